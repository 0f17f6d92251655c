//! The request itself: staff are told by letter.

use accounts::{OnTeam, gate::ManageService, letter::To, person};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use kernel::Letter;
use notify_store::go_live::{self, State as Progress};
use serde::Deserialize;
use ui::Errors;
use web::{Form, PageError, Reader, page};

use super::{
    checklist::{Checklist, Standing},
    path,
};
use crate::{app::App, staff, words::Texts};

/// Nothing is typed.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Nothing {}

/// `POST /services/{service}/go-live`: asks staff, or says what is missing.
pub async fn ask(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    reader: Reader,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let list = Checklist::of(&app.accounts.db, team.id(), team.who.now).await?;
    let asked = list.request.as_ref().is_some_and(|row| row.state.0 == Progress::Asked);
    if asked || !team.service.trial {
        return Ok(Redirect::to(&path(team.id())).into_response());
    }
    let mut errors = Errors::default();
    for (index, (title, standing)) in list.all(t).into_iter().enumerate() {
        if standing != Standing::Done {
            errors.add(format!("task-{}-status", index + 1), t.go_live_missing(title));
        }
    }
    if errors.is_empty() {
        hand_over(&app, &team).await?;
        let here = format!("{}?done=asked", path(team.id()));
        return Ok(Redirect::to(&here).into_response());
    }
    let view = super::view(&app, &team, &reader, errors).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&view)?).into_response())
}

async fn hand_over(app: &App, team: &OnTeam<ManageService>) -> Result<(), PageError> {
    let staff = person::staff(app.accounts.db.read()).await?;
    let tx = app.accounts.db.begin().await?;
    let request = match go_live::ask(&tx, &team.stamp(), team.id(), team.who.person.id).await {
        Ok(request) => request,
        // Somebody else was first, and staff have been told.
        Err(db::Error::Missing) => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    let link = app.accounts.url(&staff::request_path(request.id));
    for reader in &staff {
        let to = To::person(reader);
        let letter = Letter::new("go-live-asked", to.address, to.language)
            .with("service", &team.service.name)
            .with("person", &team.who.person.name)
            .with("link", &link);
        app.accounts.post.hand(&tx, letter).await?;
    }
    Ok(tx.commit().await?)
}
