//! A service's keys and what else its programs need (admin specification, section K).

mod keys;
mod revoke;
mod safelist;

use accounts::{Capability, KeyKind, OnTeam, ServiceId, api_key, gate::ManageKeys};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Html,
};
use serde::Deserialize;
use text::Zone;
use ui::{Account, ButtonLink, Cell, Link, Shell, Table};
use web::{PageError, Reader, Routes, page};

use crate::{app::App, frame, words::Texts};

/// The keys, a new one, the end of one, and the safelist.
pub fn routes() -> Routes<App> {
    let at = |page: &str| format!("{}/{{service}}/api{page}", Account::SERVICES);
    Routes::default()
        .get(&at(""), show)
        .get(&at("/keys/new"), keys::edit)
        .post(&at("/keys/new"), keys::save)
        .get(&at("/keys/{key}/revoke"), revoke::ask)
        .post(&at("/keys/{key}/revoke"), revoke::revoke)
        .get(&at("/safelist"), safelist::edit)
        .post(&at("/safelist"), safelist::save)
}

/// Where a service's keys are.
fn path(service: ServiceId) -> String {
    format!("{}/{service}/api", Account::SERVICES)
}

/// What was just done.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

#[derive(Template)]
#[template(path = "api/show.html")]
struct Api {
    shell: Shell,
    t: Texts,
    keys: Table,
    revoked: Table,
    /// Where a key is made, for members; staff from outside get none.
    new: Option<ButtonLink>,
    safelist: Link,
    documentation: Link,
}

/// `GET /services/{service}/api`
pub async fn show(
    State(app): State<App>,
    team: OnTeam<ManageKeys>,
    reader: Reader,
    Query(done): Query<Done>,
) -> Result<Html<String>, PageError> {
    let (t, zone) = (Texts(reader.language), team.who.zone());
    let all = api_key::list(app.accounts.db.read(), team.id()).await?;
    let (revoked, live): (Vec<_>, Vec<_>) =
        all.iter().rev().partition(|key| key.revoked_at.is_some());
    let mut shell = app.service_page(&reader, &team, t.api_title());
    shell.done = match done.done.as_str() {
        "revoked" => Some(t.api_done_revoked()),
        "safelist" => Some(t.api_done_safelist()),
        _ => None,
    };
    let path = path(team.id());
    let new = || ButtonLink {
        text: t.api_key_new(),
        href: format!("{path}/keys/new"),
        ..ButtonLink::default()
    };
    page::show(&Api {
        keys: live_keys((t, zone), &path, &live),
        revoked: revoked_keys((t, zone), &revoked),
        new: team.member.then(new),
        safelist: Link::new(format!("{path}/safelist"), t.api_safelist_title()),
        documentation: Link::new(frame::DOCUMENTATION, t.menu_documentation()),
        shell,
        t,
    })
}

fn live_keys((t, zone): (Texts, Zone), path: &str, keys: &[&api_key::Model]) -> Table {
    let row = |key: &&api_key::Model| {
        let used = key.last_used_at.map(|when| text::moment(t.0, zone, when));
        let revoke = format!("{path}/keys/{}/revoke", key.id);
        vec![
            Cell::Text(key.name.clone()),
            Cell::Text(kind(t, key)),
            Cell::Text(text::moment(t.0, zone, key.created_at)),
            Cell::Text(used.unwrap_or_else(|| t.api_key_never_used())),
            Cell::Link(Link::new(revoke, t.api_key_revoke_named(&key.name))),
        ]
    };
    Table {
        caption: t.api_keys(),
        head: vec![
            t.api_key_name(),
            t.api_key_kind(),
            t.api_key_made(),
            t.api_key_used(),
            t.api_key_action(),
        ],
        rows: keys.iter().map(row).collect(),
        empty: Some(t.api_keys_empty()),
        ..Table::default()
    }
}

fn revoked_keys((t, zone): (Texts, Zone), keys: &[&api_key::Model]) -> Table {
    let row = |key: &&api_key::Model| {
        let when = key.revoked_at.map(|when| text::moment(t.0, zone, when)).unwrap_or_default();
        vec![Cell::Text(key.name.clone()), Cell::Text(kind(t, key)), Cell::Text(when)]
    };
    Table {
        caption: t.api_keys_revoked(),
        head: vec![t.api_key_name(), t.api_key_kind(), t.api_key_revoked()],
        rows: keys.iter().map(row).collect(),
        ..Table::default()
    }
}

/// Whom a key may write to and what else it may do.
fn kind(t: Texts, key: &api_key::Model) -> String {
    let mut words = vec![kind_name(t, key.kind.0)];
    words.extend(key.capabilities.0.iter().map(|one| capability_name(t, one)));
    words.join(", ")
}

fn kind_name(t: Texts, kind: KeyKind) -> String {
    match kind {
        KeyKind::Normal => t.api_key_kind_normal(),
        KeyKind::Team => t.api_key_kind_team(),
        KeyKind::Test => t.api_key_kind_test(),
    }
}

fn capability_name(t: Texts, capability: Capability) -> String {
    match capability {
        Capability::ManageTemplates => t.api_key_templates(),
        Capability::ManageReports => t.api_key_reports(),
    }
}
