//! Hiding what messages of a template were filled with, for good.

use accounts::{OnTeam, gate::ManageTemplates};
use askama::Template;
use axum::{
    extract::State,
    response::{Html, Redirect},
};
use notify_store::template;
use serde::Deserialize;
use ui::{BackLink, Button, ButtonKind, Shell};
use web::{At, Form, PageError, Reader, page};

use super::Which;
use crate::{app::App, frame, words::Texts};

#[derive(Template)]
#[template(path = "template/redact.html")]
struct Redact {
    shell: Shell,
    t: Texts,
    back: String,
    action: String,
}

/// `GET …/templates/{template}/redact`: says first that there is no way back.
pub async fn ask(
    State(app): State<App>,
    team: OnTeam<ManageTemplates>,
    At(which): At<Which>,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let head = which.live(&app, &team).await?.head;
    let here = frame::at(team.id(), &format!("/templates/{}", head.id));
    page::show(&Redact {
        shell: app.service_page(&reader, &team, t.redact_title(&head.name)),
        t,
        action: format!("{here}/redact"),
        back: here,
    })
}

/// Nothing but the proof.
#[derive(Deserialize)]
pub struct Nothing {}

/// `POST …/templates/{template}/redact`
pub async fn redact(
    State(app): State<App>,
    team: OnTeam<ManageTemplates>,
    At(which): At<Which>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, PageError> {
    let id = which.live(&app, &team).await?.head.id;
    let tx = app.accounts.db.begin().await?;
    template::redact(&tx, &team.stamp(), (team.id(), id)).await?;
    tx.commit().await?;
    Ok(Redirect::to(&frame::at(team.id(), &format!("/templates/{id}?done=redacted"))))
}
