//! A request to join, before somebody who manages the service: accepted with permissions, or refused with words.

use accounts::{
    JoinRequestId, OnTeam, gate::ManageService, join_request, letter, membership, person,
};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::Language;
use serde::Deserialize;
use ui::{
    BackLink, Button, ButtonKind, Checkboxes, Choice, ErrorSummary, Errors, Inset, Shell, TextArea,
};
use web::{At, Form, PageError, Reader, Routes, page};

use super::words;
use crate::{
    app::{App, refused},
    mail,
    team::{at, choices, chosen, said, tell},
    words::Texts,
};

pub fn routes() -> Routes<App> {
    Routes::default()
        .get("/services/{service}/team/requests/{request}", show)
        .post("/services/{service}/team/requests/{request}", accept)
        .post("/services/{service}/team/requests/{request}/refuse", refuse)
}

/// What was chosen or typed.
#[derive(Clone, Default, Deserialize)]
struct Decision {
    #[serde(default)]
    permissions: Vec<String>,
    #[serde(default)]
    words: String,
}

#[derive(Template)]
#[template(path = "join/decide.html")]
struct Decide {
    shell: Shell,
    t: Texts,
    asker: person::Model,
    reason: String,
    choices: Vec<Choice>,
    words: String,
    errors: Errors,
    back: String,
    action: String,
}

type Found = (join_request::Model, person::Model);

async fn find(
    app: &App,
    team: &OnTeam<ManageService>,
    id: JoinRequestId,
) -> Result<Found, PageError> {
    let found = join_request::find(app.accounts.db.read(), team.id(), id).await?;
    found.ok_or(PageError::Missing)
}

/// `GET /services/{service}/team/requests/{request}`
async fn show(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    At((_, id)): At<(String, JoinRequestId)>,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let found = find(&app, &team, id).await?;
    shown(&app, &reader, &team, (found, Decision::default(), Errors::default()))
}

fn shown(
    app: &App,
    reader: &Reader,
    team: &OnTeam<ManageService>,
    ((request, asker), decision, errors): (Found, Decision, Errors),
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    page::show(&Decide {
        shell: refused(app.service_page(reader, team, t.join_decide_title(&asker.name)), &errors),
        t,
        choices: choices(t, &chosen(&decision.permissions)?),
        asker,
        reason: request.reason,
        words: decision.words,
        errors,
        back: at(&team.service, ""),
        action: at(&team.service, &format!("/requests/{}", request.id)),
    })
}

/// `POST /services/{service}/team/requests/{request}`
async fn accept(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    At((_, id)): At<(String, JoinRequestId)>,
    reader: Reader,
    Form(typed): Form<Decision>,
) -> Result<Response, PageError> {
    let (request, asker) = find(&app, &team, id).await?;
    let may = chosen(&typed.permissions)?;
    let tx = app.accounts.db.begin().await?;
    let members = membership::count(&tx, team.id()).await?;
    if members >= membership::MOST as u64 {
        let errors = Errors::one("", Texts(reader.language).join_full(membership::MOST));
        let page = shown(&app, &reader, &team, ((request, asker), typed, errors))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    if join_request::decide(&tx, &team.stamp(), &request, Some(may.clone())).await? {
        let change = |t: Texts| t.changed_joined(said(t, &may));
        tell(&app, &tx, (&team.service, &asker), change).await?;
        tx.commit().await?;
    }
    Ok(Redirect::to(&at(&team.service, "?done=joined")).into_response())
}

/// `POST /services/{service}/team/requests/{request}/refuse`
async fn refuse(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    At((_, id)): At<(String, JoinRequestId)>,
    reader: Reader,
    Form(typed): Form<Decision>,
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let (request, asker) = find(&app, &team, id).await?;
    let mut errors = Errors::default();
    let said = words(t, &typed.words, ("words", t.join_words_empty()), &mut errors);
    if !errors.is_empty() {
        let page = shown(&app, &reader, &team, ((request, asker), typed, errors))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let tx = app.accounts.db.begin().await?;
    if join_request::decide(&tx, &team.stamp(), &request, None).await? {
        let to = letter::To::person(&asker);
        let letter = letter::join_refused(&to, &team.service.name, &said);
        mail::post(&app.accounts, &tx, letter).await?;
        tx.commit().await?;
    }
    Ok(Redirect::to(&at(&team.service, "?done=refused")).into_response())
}

impl Decide {
    fn language(&self) -> Language {
        self.shell.language
    }
}
