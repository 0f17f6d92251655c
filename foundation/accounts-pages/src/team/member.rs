//! One member of a team: what they may do, and how they leave it.

use accounts::{
    OnTeam, Permissions, PersonId,
    gate::{ManageService, OwnTeam},
    membership, person,
};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::Language;
use serde::Deserialize;
use ui::{Account, BackLink, Button, ButtonKind, Checkboxes, Choice, ErrorSummary, Errors, Shell};
use web::{At, Form, PageError, Reader, Routes, page};

use super::{at, choices, chosen, refusal, said, tell, tell_managers};
use crate::{
    app::{App, refused},
    confirm::Nothing,
    words::Texts,
};

pub fn routes() -> Routes<App> {
    Routes::default()
        .get("/services/{service}/team/leave", ask_leave)
        .post("/services/{service}/team/leave", leave)
        .get("/services/{service}/team/{person}", edit)
        .post("/services/{service}/team/{person}", save)
        .get("/services/{service}/team/{person}/remove", ask_remove)
        .post("/services/{service}/team/{person}/remove", remove)
}

/// What was chosen.
#[derive(Default, Deserialize)]
struct MayForm {
    #[serde(default)]
    permissions: Vec<String>,
}

#[derive(Template)]
#[template(path = "team/member.html")]
struct OneMember {
    shell: Shell,
    t: Texts,
    address: String,
    choices: Vec<Choice>,
    errors: Errors,
    back: String,
    action: String,
    remove: String,
}

/// Asks whether somebody is to leave the team.
#[derive(Template)]
#[template(path = "team/sure.html")]
struct Sure {
    shell: Shell,
    body: String,
    errors: Errors,
    back: String,
    action: String,
    button: String,
}

/// Another member of the team: nobody changes or removes themselves here.
async fn other(
    app: &App,
    team: &OnTeam<ManageService>,
    id: PersonId,
) -> Result<(person::Model, Permissions), PageError> {
    let db = app.accounts.db.read();
    let found = membership::find(db, team.id(), id).await?.ok_or(PageError::Missing)?;
    if id == team.who.person.id {
        return Err(PageError::Missing);
    }
    let person = person::find(db, id).await?.ok_or(PageError::Missing)?;
    Ok((person, found.permissions.0))
}

/// `GET /services/{service}/team/{person}`
async fn edit(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    At((_, id)): At<(String, PersonId)>,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let (member, may) = other(&app, &team, id).await?;
    show(&app, &reader, &team, (&member, &may, Errors::default()))
}

fn show(
    app: &App,
    reader: &Reader,
    team: &OnTeam<ManageService>,
    (member, may, errors): (&person::Model, &Permissions, Errors),
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    page::show(&OneMember {
        shell: refused(app.service_page(reader, team, member.name.clone()), &errors),
        t,
        address: member.email_address.clone(),
        choices: choices(t, may),
        errors,
        back: at(&team.service, ""),
        action: at(&team.service, &format!("/{}", member.id)),
        remove: at(&team.service, &format!("/{}/remove", member.id)),
    })
}

/// `POST /services/{service}/team/{person}`: what they may do from now on, and a letter that says so.
async fn save(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    At((_, id)): At<(String, PersonId)>,
    reader: Reader,
    Form(typed): Form<MayForm>,
) -> Result<Response, PageError> {
    let (member, before) = other(&app, &team, id).await?;
    let after = chosen(&typed.permissions)?;
    let whom = (team.id(), id);
    let tx = app.accounts.db.begin().await?;
    if let Some(rule) = membership::breaks(&tx, whom, Some(&after)).await? {
        let errors = Errors::one("permissions", refusal(Texts(reader.language), rule));
        let page = show(&app, &reader, &team, (&member, &after, errors))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    if after != before {
        membership::permit(&tx, &team.stamp(), whom, after.clone()).await?;
        tell(&app, &tx, (&team.service, &member), |t| t.changed_may(said(t, &after))).await?;
        tx.commit().await?;
    }
    Ok(Redirect::to(&at(&team.service, "?done=permitted")).into_response())
}

/// `GET /services/{service}/team/{person}/remove`
async fn ask_remove(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    At((_, id)): At<(String, PersonId)>,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let (member, _) = other(&app, &team, id).await?;
    sure_remove(&app, &reader, &team, (&member, Errors::default()))
}

fn sure_remove(
    app: &App,
    reader: &Reader,
    team: &OnTeam<ManageService>,
    (member, errors): (&person::Model, Errors),
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    page::show(&Sure {
        shell: refused(app.service_page(reader, team, t.remove_title(&member.name)), &errors),
        body: t.remove_body(),
        errors,
        back: at(&team.service, &format!("/{}", member.id)),
        action: at(&team.service, &format!("/{}/remove", member.id)),
        button: t.remove_button(),
    })
}

/// `POST /services/{service}/team/{person}/remove`
async fn remove(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    At((_, id)): At<(String, PersonId)>,
    reader: Reader,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, PageError> {
    let (member, _) = other(&app, &team, id).await?;
    let tx = app.accounts.db.begin().await?;
    if let Some(rule) = membership::breaks(&tx, (team.id(), id), None).await? {
        let errors = Errors::one("", refusal(Texts(reader.language), rule));
        let page = sure_remove(&app, &reader, &team, (&member, errors))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    if membership::remove(&tx, &team.stamp(), team.id(), id).await? {
        tell(&app, &tx, (&team.service, &member), Texts::changed_removed).await?;
    }
    tx.commit().await?;
    Ok(Redirect::to(&at(&team.service, "?done=removed")).into_response())
}

/// `GET /services/{service}/team/leave`
async fn ask_leave(
    State(app): State<App>,
    team: OnTeam<OwnTeam>,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    sure_leave(&app, &reader, &team, Errors::default())
}

fn sure_leave(
    app: &App,
    reader: &Reader,
    team: &OnTeam<OwnTeam>,
    errors: Errors,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    page::show(&Sure {
        shell: refused(app.service_page(reader, team, t.leave_title()), &errors),
        body: t.leave_body(),
        errors,
        back: at(&team.service, ""),
        action: at(&team.service, "/leave"),
        button: t.leave_button(),
    })
}

/// `POST /services/{service}/team/leave`
async fn leave(
    State(app): State<App>,
    team: OnTeam<OwnTeam>,
    reader: Reader,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, PageError> {
    let person = &team.who.person;
    let tx = app.accounts.db.begin().await?;
    if let Some(rule) = membership::breaks(&tx, (team.id(), person.id), None).await? {
        let errors = Errors::one("", refusal(Texts(reader.language), rule));
        let page = sure_leave(&app, &reader, &team, errors)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    if membership::remove(&tx, &team.stamp(), team.id(), person.id).await? {
        tell(&app, &tx, (&team.service, person), Texts::changed_left).await?;
        tell_managers(&app, &tx, (&team.service, person)).await?;
    }
    tx.commit().await?;
    Ok(Redirect::to(Account::SERVICES).into_response())
}

impl OneMember {
    fn language(&self) -> Language {
        self.shell.language
    }
}

impl Sure {
    fn language(&self) -> Language {
        self.shell.language
    }
}
