//! The end of a key, asked for twice because it is for ever.

use accounts::{ApiKeyId, OnTeam, ServiceId, api_key, gate::ManageKeys};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{Html, Redirect},
};
use kernel::Language;
use serde::Deserialize;
use ui::{BackLink, Button, ButtonKind, Shell};
use web::{Form, PageError, Reader, page};

use super::path;
use crate::{app::App, words::Texts};

#[derive(Template)]
#[template(path = "api/revoke.html")]
struct Revoke {
    shell: Shell,
    t: Texts,
    back: String,
    action: String,
}

impl Revoke {
    fn language(&self) -> Language {
        self.shell.language
    }
}

/// Nothing is typed.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Nothing {}

/// `GET /services/{service}/api/keys/{key}/revoke`
pub async fn ask(
    State(app): State<App>,
    team: OnTeam<ManageKeys>,
    reader: Reader,
    Path((_, id)): Path<(ServiceId, ApiKeyId)>,
) -> Result<Html<String>, PageError> {
    let key = api_key::find(app.accounts.db.read(), team.id(), id).await?;
    let key = key.filter(|key| key.revoked_at.is_none()).ok_or(PageError::Missing)?;
    let t = Texts(reader.language);
    let back = path(team.id());
    let action = format!("{back}/keys/{id}/revoke");
    let shell = app.service_page(&reader, &team, t.api_key_revoke_title(&key.name));
    page::show(&Revoke { shell, t, back, action })
}

/// `POST /services/{service}/api/keys/{key}/revoke`
pub async fn revoke(
    State(app): State<App>,
    team: OnTeam<ManageKeys>,
    Path((_, id)): Path<(ServiceId, ApiKeyId)>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, PageError> {
    let tx = app.accounts.db.begin().await?;
    match api_key::revoke(&tx, &team.stamp(), team.id(), id).await {
        Ok(_) => tx.commit().await?,
        Err(db::Error::Missing) => return Err(PageError::Missing),
        Err(error) => return Err(error.into()),
    }
    Ok(Redirect::to(&format!("{}?done=revoked", path(team.id()))))
}
