//! The last messages that programs sent, for whoever writes one (admin specification, section K.1).

use std::collections::HashMap;

use accounts::{ApiKeyId, OnTeam, api_key, gate::ManageKeys};
use askama::Template;
use axum::{extract::State, response::Html};
use kernel::Language;
use notify_store::{
    NotificationId,
    notification::{Content, Model},
    search,
};
use serde::Deserialize;
use ui::{BackLink, Cell, Link, Pagination, Shell, Table};
use web::{Asked, PageError, Reader, page};

use super::path;
use crate::{app::App, frame, message, words::Texts};

/// Messages on a page (admin specification, section K.1).
const SIZE: u64 = 50;

/// Where the page begins.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct From {
    older_than: Option<NotificationId>,
}

#[derive(Template)]
#[template(path = "api/log.html")]
struct Log {
    shell: Shell,
    t: Texts,
    table: Table,
    pages: Pagination,
    back: String,
    here: String,
}

impl Log {
    fn language(&self) -> Language {
        self.shell.language
    }
}

/// `GET /services/{service}/api/log`
pub async fn show(
    State(app): State<App>,
    team: OnTeam<ManageKeys>,
    reader: Reader,
    Asked(from): Asked<From>,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let db = app.accounts.db.read();
    let found = search::by_keys(db, team.id(), from.older_than, SIZE).await?;
    let keys = api_key::list(db, team.id()).await?;
    let keys: HashMap<_, _> = keys.into_iter().map(|key| (key.id, key.name)).collect();
    let here = format!("{}/log", path(team.id()));
    let rows = found.rows.iter().map(|row| line(&app, t, &team, (row, &keys)));
    page::show(&Log {
        shell: app.service_page(&reader, &team, t.api_log_title()),
        t,
        table: Table {
            caption: t.api_log_caption(),
            head: vec![
                t.message_to(),
                t.api_log_key(),
                t.message_status(),
                t.message_reference(),
                t.message_id(),
                t.message_accepted(),
            ],
            rows: rows.collect(),
            empty: Some(t.api_log_empty()),
            ..Table::default()
        },
        pages: Pagination {
            language: t.0,
            newer: from.older_than.map(|_| here.clone()),
            older: found.next.map(|next| format!("{here}?older_than={next}")),
        },
        back: path(team.id()),
        here,
    })
}

fn line(
    app: &App,
    t: Texts,
    team: &OnTeam<ManageKeys>,
    (row, keys): (&Model, &HashMap<ApiKeyId, String>),
) -> Vec<Cell> {
    let content = Content::open(&app.accounts.vault, row.id, &row.sealed);
    let to = content.map_or_else(|_| t.message_gone(), |content| content.to);
    let key = row.api_key_id.and_then(|id| keys.get(&id)).cloned().unwrap_or_default();
    let may = team.may(accounts::Permission::ViewActivity)
        || team.may(accounts::Permission::SendMessages);
    let to = if may {
        Cell::Link(Link::new(frame::at(team.id(), &format!("/messages/{}", row.id)), to))
    } else {
        Cell::Text(to)
    };
    vec![
        to,
        Cell::Text(key),
        Cell::Tag(message::tag(t, row.status.0, row.channel.0)),
        Cell::Text(row.reference.clone().unwrap_or_default()),
        Cell::Code(row.id.to_string()),
        Cell::Text(text::moment(t.0, team.who.zone(), row.created_at)),
    ]
}
