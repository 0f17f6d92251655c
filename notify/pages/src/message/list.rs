//! The list of messages.

use accounts::{OnTeam, gate::Member};
use askama::Template;
use axum::{extract::State, response::Html};
use notify::{Channel, Status, status::Group};
use notify_store::{
    NotificationId,
    notification::{Content, Model},
    search::{self, Found, Search},
};
use serde::Deserialize;
use ui::{
    Button, ButtonKind, Cell, InputKind, Link, Pagination, Shell, Tab, Table, Tabs, Tag, TextInput,
    Tone,
};
use web::{Asked, Form, PageError, Reader, page};

use crate::{app::App, frame, letter, words::Texts};

/// Messages on a page.
const SIZE: u64 = 50;

/// What is looked for in the address. A recipient never stands there.
#[derive(Clone, Default, Deserialize)]
pub struct Wanted {
    group: Option<Group>,
    older_than: Option<NotificationId>,
}

/// What is looked for by a form, so that the recipient stays out of addresses and logs.
#[derive(Clone, Default, Deserialize)]
pub struct SearchForm {
    #[serde(default)]
    recipient: String,
}

#[derive(Template)]
#[template(path = "message/list.html")]
struct Messages {
    shell: Shell,
    t: Texts,
    tabs: Tabs,
    table: Table,
    pages: Pagination,
    recipient: String,
    action: String,
}

/// `GET /services/{service}/messages`
pub async fn show(
    State(app): State<App>,
    team: OnTeam<Member>,
    reader: Reader,
    Asked(wanted): Asked<Wanted>,
) -> Result<Html<String>, PageError> {
    list(&app, &team, &reader, (wanted, String::new())).await
}

/// `POST /services/{service}/messages/search`
pub async fn search(
    State(app): State<App>,
    team: OnTeam<Member>,
    reader: Reader,
    Form(form): Form<SearchForm>,
) -> Result<Html<String>, PageError> {
    list(&app, &team, &reader, (Wanted::default(), form.recipient)).await
}

async fn list(
    app: &App,
    team: &OnTeam<Member>,
    reader: &Reader,
    (wanted, recipient): (Wanted, String),
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let sought = Search {
        group: wanted.group,
        older_than: wanted.older_than,
        recipient: Some(recipient.clone()).filter(|typed| !typed.trim().is_empty()),
        size: SIZE,
        ..Search::default()
    };
    let (db, vault) = (app.accounts.db.read(), &app.accounts.vault);
    let dialect = app.dispatch.settings.dialect;
    let found = search::search(db, vault, dialect, team.id(), &sought).await?;
    let here = frame::at(team.id(), "/messages");
    page::show(&Messages {
        shell: app.service_page(reader, team, t.menu_messages()),
        t,
        tabs: tabs(t, &here, wanted.group),
        pages: pages(t, &here, &wanted, &found),
        table: table(t, app, team, &found.rows),
        recipient,
        action: format!("{here}/search"),
    })
}

fn tabs(t: Texts, here: &str, current: Option<Group>) -> Tabs {
    let all = [None, Some(Group::InTransit), Some(Group::Delivered), Some(Group::Failed)];
    let tab = |group: Option<Group>| Tab {
        href: group.map_or_else(|| here.to_owned(), |is| format!("{here}?group={is}")),
        text: group.map_or_else(|| t.messages_all(), |is| name(t, is)),
        count: None,
        current: group == current,
    };
    Tabs {
        language: t.0,
        label: t.messages_filter(),
        tabs: all.into_iter().map(tab).collect(),
        pills: true,
    }
}

fn pages(t: Texts, here: &str, wanted: &Wanted, found: &Found) -> Pagination {
    let with = |older: Option<NotificationId>| {
        let group = wanted.group.map(|is| format!("group={is}&")).unwrap_or_default();
        older.map_or_else(
            || format!("{here}?{group}"),
            |id| format!("{here}?{group}older_than={id}"),
        )
    };
    Pagination {
        language: t.0,
        newer: wanted.older_than.map(|_| with(None)),
        older: found.next.map(|next| with(Some(next))),
    }
}

fn table(t: Texts, app: &App, team: &OnTeam<Member>, rows: &[Model]) -> Table {
    let row = |row: &Model| {
        let content = Content::open(&app.accounts.vault, row.id, &row.sealed);
        let to = content.map_or_else(|_| t.message_gone(), |content| content.to);
        let href = frame::at(team.id(), &format!("/messages/{}", row.id));
        vec![
            Cell::Link(Link::new(href, to)),
            Cell::Tag(letter::kind(t, row.channel.0)),
            Cell::Tag(tag(t, row.status.0, row.channel.0)),
            Cell::Text(text::moment(t.0, team.who.zone(), row.created_at)),
        ]
    };
    Table {
        caption: t.messages_caption(),
        head: vec![t.message_to(), t.kind(), t.message_status(), t.message_accepted()],
        rows: rows.iter().map(row).collect(),
        empty: Some(t.messages_none()),
        ..Table::default()
    }
}

/// A status as people say it.
pub fn tag(t: Texts, status: Status, channel: Channel) -> Tag {
    let group = status.group(channel);
    let tone = match group {
        Group::InTransit | Group::Cancelled => Tone::Neutral,
        Group::Delivered => Tone::Done,
        Group::Failed => Tone::Danger,
    };
    Tag { text: name(t, group), tone }
}

fn name(t: Texts, group: Group) -> String {
    match group {
        Group::InTransit => t.group_in_transit(),
        Group::Delivered => t.group_delivered(),
        Group::Failed => t.group_failed(),
        Group::Cancelled => t.group_cancelled(),
    }
}
