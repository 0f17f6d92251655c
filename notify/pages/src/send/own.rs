//! Sending to oneself: the same form without a recipient to type, or no form at all where nothing is to be filled in.

use accounts::{OnTeam, gate::SendMessages, person};
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use kernel::Language;
use notify::Channel;
use notify_store::template;
use ui::{Account, BackLink, Errors, Link, Shell, Tabs};
use web::{At, PageError, Reader, page};

use super::{Way, Which, checked, draw, one, token, ways};
use crate::{app::App, frame, words::Texts};

/// The recipient that somebody is for a channel; none without a number for texts.
pub(super) fn address(channel: Channel, person: &person::Model) -> Option<String> {
    match channel {
        Channel::Email => Some(person.email_address.clone()),
        Channel::Sms => person.mobile_number.clone(),
    }
}

#[derive(Template)]
#[template(path = "send/no_number.html")]
struct NoNumber {
    shell: Shell,
    t: Texts,
    back: String,
    ways: Tabs,
    profile: Link,
}

/// `GET …/send/self`
pub(super) async fn show(
    State(app): State<App>,
    team: OnTeam<SendMessages>,
    At(which): At<Which>,
    reader: Reader,
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let current = template::current(app.accounts.db.read(), team.id(), which.template).await?;
    let current = current.filter(|one| one.head.archived_at.is_none()).ok_or(PageError::Missing)?;
    let here = frame::at(team.id(), &format!("/templates/{}", current.head.id));
    let Some(own) = address(*current.head.channel, &team.who.person) else {
        let page = NoNumber {
            shell: app.service_page(&reader, &team, t.send_title(&current.head.name)),
            ways: ways(t, &format!("{here}/send"), Way::Own),
            profile: Link::new(Account::PROFILE, t.send_own_profile()),
            back: here,
            t,
        };
        return Ok(page::show(&page)?.into_response());
    };
    let typed = vec![
        ("form".to_owned(), token(&app)?),
        ("to".to_owned(), own),
        ("way".to_owned(), "self".to_owned()),
    ];
    let read = current.head.read(&current.text);
    if read.placeholders().is_empty()
        && let Ok(prepared) =
            app.dispatch.prepare_one(team.id(), &one(which.template, &typed)).await
    {
        let page = checked(&app, &team, &reader, (&prepared, typed))?;
        return Ok(page::show(&page)?.into_response());
    }
    let page = draw(&app, &team, (which, &reader), &typed, Errors::default()).await?;
    Ok(page::show(&page)?.into_response())
}

impl NoNumber {
    fn language(&self) -> Language {
        self.shell.language
    }
}
