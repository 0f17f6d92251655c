//! The link of an invitation to an organisation. Opening it changes nothing, because mail scanners open links too; the
//! button on its page does.

use accounts::{
    SignedIn,
    invitation::State as Stands,
    organisation::{self, invitation},
    person,
};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use ui::{Button, Link, Shell};
use web::{At, Form, PageError, Reader, Routes, page};

use super::path;
use crate::{app::App, words::Texts};

/// The page of a link, and its button.
pub fn routes() -> Routes<App> {
    let link = "/organisation-invitation/{token}";
    Routes::default().get(link, show).post(link, accept)
}

#[derive(Template)]
#[template(path = "organisation/invitation.html")]
struct Page {
    shell: Shell,
    t: Texts,
    body: String,
    /// Where the button sends, when there is something to accept.
    action: Option<String>,
    link: Option<Link>,
}

/// An invitation with what its page says about it.
struct Invited {
    invitation: invitation::Model,
    organisation: organisation::Model,
    inviter: String,
}

async fn find(app: &App, token: &str) -> Result<Invited, PageError> {
    let db = app.accounts.db.read();
    let invitation = invitation::by_token(db, token).await?.ok_or(PageError::Missing)?;
    let organisation = organisation::find(db, invitation.organisation_id).await?;
    let inviter = person::find(db, invitation.invited_by).await?;
    Ok(Invited {
        organisation: organisation.ok_or(PageError::Missing)?,
        inviter: inviter.map(|inviter| inviter.name).unwrap_or_default(),
        invitation,
    })
}

/// `GET /organisation-invitation/{token}`
pub async fn show(
    State(app): State<App>,
    At(token): At<String>,
    who: Option<SignedIn>,
    reader: Reader,
) -> Result<Response, PageError> {
    let (t, invited) = (Texts(reader.language), find(&app, &token).await?);
    if let Some(page) = hindered(&app, &reader, &invited, who.as_ref())? {
        return Ok(page);
    }
    let here = format!("/organisation-invitation/{token}");
    let Some(who) = who else {
        let address = &invited.invitation.email_address;
        let known = person::find_by_email(app.accounts.db.read(), address).await?;
        if known.is_some_and(|known| known.confirmed_at.is_some()) {
            return Err(PageError::SignIn(here));
        }
        let page = Page {
            shell: app.public(&reader, t.organisation_invited(&invited.organisation.name)),
            t,
            body: t.organisation_invited_register(address, &invited.inviter),
            action: None,
            link: Some(Link::new("/register", t.organisation_register())),
        };
        return Ok(page::show(&page)?.into_response());
    };
    let page = Page {
        shell: app.page(&reader, &who, t.organisation_invited(&invited.organisation.name)),
        t,
        body: t.organisation_invited_body(&invited.inviter),
        action: Some(here),
        link: None,
    };
    Ok(page::show(&page)?.into_response())
}

/// The page for an invitation that this reader cannot accept, with the reason.
fn hindered(
    app: &App,
    reader: &Reader,
    invited: &Invited,
    who: Option<&SignedIn>,
) -> Result<Option<Response>, PageError> {
    let t = Texts(reader.language);
    let address = &invited.invitation.email_address;
    let stranger = who.filter(|who| who.person.email_address != *address);
    let inviter = &invited.inviter;
    let gone = StatusCode::GONE;
    let (status, body) = match (invited.invitation.state(app.accounts.clock.now()), stranger) {
        (Stands::Cancelled, _) => (gone, t.organisation_invited_cancelled(inviter)),
        (Stands::Expired, _) => (gone, t.organisation_invited_expired(inviter)),
        (Stands::Accepted, _) => (gone, t.organisation_invited_accepted()),
        (Stands::Open, Some(who)) => {
            (StatusCode::FORBIDDEN, t.organisation_invited_other(&who.person.email_address))
        }
        (Stands::Open, None) => return Ok(None),
    };
    let title = t.organisation_invited(&invited.organisation.name);
    let shell = match who {
        Some(who) => app.page(reader, who, title),
        None => app.public(reader, title),
    };
    let page = page::show(&Page { shell, t, body, action: None, link: None })?;
    Ok(Some((status, page).into_response()))
}

/// Nothing is typed.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Nothing {}

/// `POST /organisation-invitation/{token}`: the invited person, signed in, becomes a member.
pub async fn accept(
    State(app): State<App>,
    At(token): At<String>,
    who: SignedIn,
    reader: Reader,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, PageError> {
    let invited = find(&app, &token).await?;
    if let Some(page) = hindered(&app, &reader, &invited, Some(&who))? {
        return Ok(page);
    }
    let tx = app.accounts.db.begin().await?;
    if invitation::accept(&tx, &who.stamp(), &invited.invitation, who.person.id).await? {
        tx.commit().await?;
    }
    Ok(Redirect::to(&path(invited.organisation.id)).into_response())
}
