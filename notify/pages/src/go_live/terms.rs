//! The terms of use, which are those of the public page, accepted once for the service, with person, date and version.

use accounts::{
    OnTeam, Permission,
    gate::{ManageService, Member},
    person,
};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::Language;
use notify_store::go_live::{self, State as Progress};
use serde::Deserialize;
use ui::{BackLink, Button, Checkbox, ErrorSummary, Errors, Shell};
use web::{Form, PageError, Reader, page};

use super::path;
use crate::{app::App, public::Article, words::Texts};

/// Whether the box was ticked.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct TermsForm {
    #[serde(default)]
    agree: String,
}

#[derive(Template)]
#[template(path = "go_live/terms.html")]
struct Terms<'a> {
    shell: Shell,
    t: Texts,
    terms: &'a Article,
    errors: Errors,
    /// When and by whom they were accepted.
    accepted: Option<String>,
    may: bool,
    back: String,
}

impl Terms<'_> {
    fn language(&self) -> Language {
        self.shell.language
    }
}

/// `GET /services/{service}/go-live/terms`
pub async fn show(
    State(app): State<App>,
    team: OnTeam<Member>,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    page::show(&view(&app, &team, &reader, Errors::default()).await?)
}

/// `POST /services/{service}/go-live/terms`
pub async fn accept(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    reader: Reader,
    Form(typed): Form<TermsForm>,
) -> Result<Response, PageError> {
    if typed.agree != "yes" {
        let errors = Errors::one("agree", Texts(reader.language).go_live_terms_missing());
        let view = view(&app, &team, &reader, errors).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&view)?).into_response());
    }
    let latest = go_live::latest(app.accounts.db.read(), team.id()).await?;
    let asked = latest.is_some_and(|row| row.state.0 == Progress::Asked);
    if asked || !team.service.trial {
        return Ok(Redirect::to(&path(team.id())).into_response());
    }
    let tx = app.accounts.db.begin().await?;
    match go_live::accept_terms(&tx, &team.stamp(), team.id(), team.who.person.id).await {
        Ok(_) => tx.commit().await?,
        // Somebody else has asked meanwhile.
        Err(db::Error::Missing) => return Ok(Redirect::to(&path(team.id())).into_response()),
        Err(error) => return Err(error.into()),
    }
    Ok(Redirect::to(&format!("{}?done=terms", path(team.id()))).into_response())
}

async fn view<'a, C>(
    app: &'a App,
    team: &OnTeam<C>,
    reader: &Reader,
    errors: Errors,
) -> Result<Terms<'a>, PageError> {
    let (db, t) = (app.accounts.db.read(), Texts(reader.language));
    let row = go_live::latest(db, team.id()).await?;
    let accepted = match row.and_then(|row| row.terms_by.zip(row.terms_at)) {
        Some((who, when)) => {
            let who = person::find(db, who).await?.map(|person| person.name).unwrap_or_default();
            Some(t.go_live_task_terms_by(who, text::moment(t.0, team.who.zone(), when)))
        }
        None => None,
    };
    let (_, terms) = app.library.find("terms", reader.language).ok_or(PageError::Missing)?;
    let shell = app.service_page(reader, team, t.go_live_terms_title());
    Ok(Terms {
        shell: if errors.is_empty() { shell } else { shell.failed() },
        t,
        terms,
        errors,
        accepted,
        may: team.may(Permission::ManageService),
        back: path(team.id()),
    })
}
