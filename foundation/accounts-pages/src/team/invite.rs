//! Inviting somebody to a team, and what becomes of an invitation that nobody has accepted.

use accounts::{
    OnTeam,
    gate::ManageService,
    invitation::{self, InvitationId},
    letter, membership, person,
};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use chrono::TimeDelta;
use kernel::Language;
use serde::Deserialize;
use ui::{BackLink, Button, Checkboxes, Choice, ErrorSummary, Errors, InputKind, Shell, TextInput};
use web::{Asked, At, Form, PageError, Reader, Routes, page};

use super::{at, choices, chosen};
use crate::{
    app::{App, refused},
    confirm::Nothing,
    mail, register,
    words::Texts,
};

/// An invitation that left so short a time ago is not sent again.
const PAUSE: TimeDelta = TimeDelta::minutes(1);

pub fn routes() -> Routes<App> {
    Routes::default()
        .get("/services/{service}/team/invite", edit)
        .post("/services/{service}/team/invite", save)
        .post("/services/{service}/team/invitations/{invitation}/resend", resend)
        .post("/services/{service}/team/invitations/{invitation}/cancel", cancel)
}

/// What was typed.
#[derive(Clone, Default, Deserialize)]
struct InviteForm {
    #[serde(default)]
    email_address: String,
    #[serde(default)]
    permissions: Vec<String>,
}

#[derive(Template)]
#[template(path = "team/invite.html")]
struct Invite {
    shell: Shell,
    t: Texts,
    address: String,
    choices: Vec<Choice>,
    errors: Errors,
    back: String,
    action: String,
}

/// A permission that is ticked at first, for a link that knows whom the team is missing.
#[derive(Deserialize)]
struct Proposed {
    may: Option<String>,
}

/// `GET /services/{service}/team/invite`
async fn edit(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    reader: Reader,
    Asked(Proposed { may }): Asked<Proposed>,
) -> Result<Html<String>, PageError> {
    let form = InviteForm { permissions: may.into_iter().collect(), ..InviteForm::default() };
    show(&app, &reader, &team, (form, Errors::default()))
}

fn show(
    app: &App,
    reader: &Reader,
    team: &OnTeam<ManageService>,
    (form, errors): (InviteForm, Errors),
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    page::show(&Invite {
        shell: refused(app.service_page(reader, team, t.invite_title()), &errors),
        t,
        choices: choices(t, &chosen(&form.permissions)?),
        address: form.email_address,
        errors,
        back: at(&team.service, ""),
        action: at(&team.service, "/invite"),
    })
}

/// `POST /services/{service}/team/invite`: sends the link.
async fn save(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    reader: Reader,
    Form(typed): Form<InviteForm>,
) -> Result<Response, PageError> {
    let accounts = &app.accounts;
    let permissions = chosen(&typed.permissions)?;
    let mut errors = Errors::default();
    let address = invited(&app, &team, Texts(reader.language), (&typed, &mut errors)).await?;
    let (Some(address), true) = (address, errors.is_empty()) else {
        let page = show(&app, &reader, &team, (typed, errors))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let tx = accounts.db.begin().await?;
    let whom = (address.as_str(), permissions, team.who.person.id);
    let token = invitation::invite(&tx, &accounts.vault, &team.stamp(), team.id(), whom).await?;
    send(&app, &tx, &team, (&address, reader.language, token)).await?;
    tx.commit().await?;
    Ok(Redirect::to(&at(&team.service, "?done=invited")).into_response())
}

/// The address to invite: a government's, of somebody else, who is not on the team.
async fn invited(
    app: &App,
    team: &OnTeam<ManageService>,
    t: Texts,
    (typed, errors): (&InviteForm, &mut Errors),
) -> Result<Option<String>, PageError> {
    let accounts = &app.accounts;
    let db = accounts.db.read();
    let address = register::government_address(accounts, t, &typed.email_address, errors).await?;
    let Some(address) = address.map(|address| address.to_string().to_lowercase()) else {
        return Ok(None);
    };
    let members = membership::team(db, team.id()).await?;
    let open = invitation::open(db, team.id()).await?;
    if address == team.who.person.email_address {
        errors.add("email_address", t.invite_yourself());
    } else if members.iter().any(|(member, _)| member.email_address == address) {
        errors.add("email_address", t.invite_member());
    } else if members.len() + open.len() >= membership::MOST {
        errors.add("email_address", t.invite_full(membership::MOST));
    }
    Ok(Some(address))
}

/// Sends the link in the language of the invited person, or in the inviter's for somebody unknown.
async fn send(
    app: &App,
    tx: &db::Transaction,
    team: &OnTeam<ManageService>,
    (address, language, token): (&str, Language, String),
) -> Result<(), PageError> {
    let known = person::find_by_email(tx, address).await?;
    let language = known.map_or(language, |known| known.language.0);
    let to = letter::To { name: address, address, language };
    let about = (team.who.person.name.as_str(), team.service.name.as_str());
    let link = app.accounts.url(&format!("/invitation/{token}"));
    mail::post(&app.accounts, tx, letter::invitation(&to, about, link)).await
}

/// `POST …/invitations/{invitation}/resend`: a new link for two more days; the old one stops working.
async fn resend(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    At((_, invitation)): At<(String, InvitationId)>,
    reader: Reader,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, PageError> {
    let accounts = &app.accounts;
    let tx = accounts.db.begin().await?;
    let found = invitation::find(&tx, team.id(), invitation).await?.ok_or(PageError::Missing)?;
    let over = found.accepted_at.is_some() || found.cancelled_at.is_some();
    if over {
        return Ok(Redirect::to(&at(&team.service, "")));
    }
    if team.who.now - found.sent_at >= PAUSE {
        let address = found.email_address.clone();
        let token = invitation::resend(&tx, &accounts.vault, &team.stamp(), found).await?;
        send(&app, &tx, &team, (&address, reader.language, token)).await?;
        tx.commit().await?;
    }
    Ok(Redirect::to(&at(&team.service, "?done=invited")))
}

/// `POST …/invitations/{invitation}/cancel`: its link stops working.
async fn cancel(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    At((_, invitation)): At<(String, InvitationId)>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, PageError> {
    let tx = app.accounts.db.begin().await?;
    invitation::find(&tx, team.id(), invitation).await?.ok_or(PageError::Missing)?;
    let done = invitation::cancel(&tx, &team.stamp(), team.id(), invitation).await?;
    tx.commit().await?;
    Ok(Redirect::to(&at(&team.service, if done { "?done=cancelled" } else { "" })))
}

impl Invite {
    fn language(&self) -> Language {
        self.shell.language
    }
}
