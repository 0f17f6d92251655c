//! A suspended call-back that goes on, one that is removed, and the secret of its signatures.

use accounts::{OnTeam, gate::ManageKeys};
use askama::Template;
use audit::Entry;
use axum::{
    extract::State,
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::Language;
use notify_store::callback;
use serde_json::json;
use ui::{BackLink, Button, ButtonKind, Copyable, Shell};
use web::{At, Form, PageError, Reader, page};

use super::{
    Which, at,
    edit::{Shown, kept, refused},
    name,
};
use crate::{
    api::{path, revoke::Nothing},
    app::App,
    words::Texts,
};

/// `POST …/callbacks/{kind}/resume`: a suspended call-back goes on if its receiver answers now (P5).
pub async fn resume(
    State(app): State<App>,
    team: OnTeam<ManageKeys>,
    At(which): At<Which>,
    reader: Reader,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let known = callback::find(app.accounts.db.read(), team.id(), which.kind).await?;
    let known = known.filter(|row| row.suspended_at.is_some()).ok_or(PageError::Missing)?;
    let token = known.secrets(&app.accounts.vault)?.token;
    if let Err(why) = app.receivers.ask(&known.url, &token, team.who.now).await {
        let form = (which.kind, kept(&known));
        return refused(&app, &team, &reader, form, Shown::wrong(t, why)).await;
    }
    let tx = app.accounts.db.begin().await?;
    callback::suspend(&tx, &team.stamp(), team.id(), which.kind, false).await?;
    tx.commit().await?;
    Ok(Redirect::to(&format!("{}?done=resumed", at(&team, which.kind))).into_response())
}

#[derive(Template)]
#[template(path = "api/callback_remove.html")]
struct Remove {
    shell: Shell,
    t: Texts,
    url: String,
    here: String,
}

impl Remove {
    fn language(&self) -> Language {
        self.shell.language
    }
}

/// `GET …/callbacks/{kind}/remove`
pub async fn ask(
    State(app): State<App>,
    team: OnTeam<ManageKeys>,
    At(which): At<Which>,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let known = callback::find(app.accounts.db.read(), team.id(), which.kind).await?;
    let known = known.ok_or(PageError::Missing)?;
    let shell = app.service_page(&reader, &team, t.callback_remove_title());
    page::show(&Remove { shell, t, url: known.url, here: at(&team, which.kind) })
}

/// `POST …/callbacks/{kind}/remove`
pub async fn remove(
    State(app): State<App>,
    team: OnTeam<ManageKeys>,
    At(which): At<Which>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, PageError> {
    let tx = app.accounts.db.begin().await?;
    callback::remove(&tx, &team.stamp(), team.id(), which.kind).await?;
    tx.commit().await?;
    Ok(Redirect::to(&format!("{}/callbacks?done=removed", path(team.id()))))
}

#[derive(Template)]
#[template(path = "api/callback_secret.html")]
struct Signing {
    shell: Shell,
    t: Texts,
    secret: Copyable,
    here: String,
}

impl Signing {
    fn language(&self) -> Language {
        self.shell.language
    }
}

/// `POST …/callbacks/{kind}/secret`: what our signatures are checked with; that somebody looked is recorded.
pub async fn secret(
    State(app): State<App>,
    team: OnTeam<ManageKeys>,
    At(which): At<Which>,
    reader: Reader,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let known = callback::find(app.accounts.db.read(), team.id(), which.kind).await?;
    let known = known.ok_or(PageError::Missing)?;
    let value = known.secrets(&app.accounts.vault)?.signing.expose().to_owned();
    let tx = app.accounts.db.begin().await?;
    let entry = Entry {
        stamp: &team.stamp(),
        service: Some(team.id().uuid()),
        action: "callback.read-secret",
        subject: known.id.to_string(),
        details: json!({"kind": which.kind}),
    };
    audit::record(&tx, &entry).await?;
    tx.commit().await?;
    let (language, id, label) = (t.0, "signing".to_owned(), t.callback_signing());
    page::show(&Signing {
        shell: app.service_page(&reader, &team, t.callback_signing_title(name(t, which.kind))),
        t,
        secret: Copyable { language, id, label, value, ..Copyable::default() },
        here: at(&team, which.kind),
    })
}
