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
use crate::{app::App, notice, words::Texts};

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
    let accounts = &app.accounts;
    let key = api_key::find(accounts.db.read(), team.id(), id).await?.ok_or(PageError::Missing)?;
    let values = [("key", key.name), ("person", team.who.person.name.clone())];
    let letters = notice::of_key(accounts, &team.service, "key-revoked", &values).await?;
    let tx = accounts.db.begin().await?;
    // Of two who revoke it at once, one is the one who did.
    if api_key::revoke(&tx, &team.stamp(), team.id(), id).await? {
        for letter in letters {
            accounts.post.hand(&tx, letter).await?;
        }
        tx.commit().await?;
    }
    Ok(Redirect::to(&format!("{}?done=revoked", path(team.id()))))
}
