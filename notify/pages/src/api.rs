//! A service's keys and what else its programs need (admin specification, section K).

mod callbacks;
mod keys;
mod log;
mod revoke;
mod safelist;

use std::collections::HashMap;

use accounts::{ApiKeyId, Capability, KeyKind, OnTeam, ServiceId, api_key, gate::ManageKeys};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Html,
};
use notify_store::{
    setting,
    statistic::{Days, key_day},
};
use serde::Deserialize;
use text::Zone;
use ui::{Account, ButtonLink, Cell, Link, Shell, Table};
use web::{PageError, Reader, Routes, page};

use crate::{app::App, figure, frame, words::Texts};

/// The days of which a key's messages are counted (admin specification, section K.2).
const DAYS: u32 = 7;

/// The keys, a new one, the end of one, the safelist, the message log and the call-backs.
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
        .get(&at("/log"), log::show)
        .get(&at("/callbacks"), callbacks::show)
        .get(&at("/callbacks/{kind}"), callbacks::edit::show)
        .post(&at("/callbacks/{kind}"), callbacks::edit::save)
        .post(&at("/callbacks/{kind}/resume"), callbacks::change::resume)
        .post(&at("/callbacks/{kind}/secret"), callbacks::change::secret)
        .get(&at("/callbacks/{kind}/remove"), callbacks::change::ask)
        .post(&at("/callbacks/{kind}/remove"), callbacks::change::remove)
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
    /// What else a program needs.
    ways: Vec<Link>,
    /// Requests a minute.
    rate: String,
}

/// `GET /services/{service}/api`
pub async fn show(
    State(app): State<App>,
    team: OnTeam<ManageKeys>,
    reader: Reader,
    Query(done): Query<Done>,
) -> Result<Html<String>, PageError> {
    let (t, zone) = (Texts(reader.language), team.who.zone());
    let db = app.accounts.db.read();
    let all = api_key::list(db, team.id()).await?;
    let sent = key_day::by_key(db, team.id(), Days::last(DAYS, team.who.now)).await?;
    let rate = setting::get(db, team.id()).await?.rate_limit;
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
        keys: live_keys((t, zone), &path, (&live, &sent)),
        revoked: revoked_keys((t, zone), &revoked),
        new: team.member.then(new),
        ways: vec![
            Link::new(format!("{path}/callbacks"), t.callback_title()),
            Link::new(format!("{path}/log"), t.api_log_title()),
            Link::new(format!("{path}/safelist"), t.api_safelist_title()),
            Link::new(frame::DOCUMENTATION, t.menu_documentation()),
        ],
        rate: text::number(t.0, figure::count(i64::from(rate))),
        shell,
        t,
    })
}

fn live_keys(
    (t, zone): (Texts, Zone),
    path: &str,
    (keys, sent): (&[&api_key::Model], &HashMap<ApiKeyId, i64>),
) -> Table {
    let row = |key: &&api_key::Model| {
        let used = key.last_used_at.map(|when| text::moment(t.0, zone, when));
        let revoke = format!("{path}/keys/{}/revoke", key.id);
        vec![
            Cell::Text(key.name.clone()),
            Cell::Text(kind(t, key)),
            Cell::Text(text::moment(t.0, zone, key.created_at)),
            Cell::Text(used.unwrap_or_else(|| t.api_key_never_used())),
            figure::cell(t, sent.get(&key.id).copied().unwrap_or_default()),
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
            t.api_key_sent(DAYS),
            t.api_key_action(),
        ],
        numbers: vec![4],
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
