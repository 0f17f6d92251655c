//! Where a service's programs are told how messages ended and what was written to it (admin specification, section
//! K.6): the two addresses and how they stand.

pub mod change;
pub mod edit;

use accounts::{OnTeam, gate::ManageKeys};
use askama::Template;
use axum::{extract::State, response::Html};
use kernel::Language;
use notify::callback::Kind;
use notify_store::{callback, sms_sender};
use serde::Deserialize;
use ui::{BackLink, Cell, Link, Shell, Table, Tag, Tone};
use web::{Asked, PageError, Reader, page};

use super::{Done, path};
use crate::{app::App, words::Texts};

/// Which of the service's call-backs.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Which {
    kind: Kind,
}

/// Where a call-back's page is.
fn at(team: &OnTeam<ManageKeys>, kind: Kind) -> String {
    format!("{}/callbacks/{kind}", path(team.id()))
}

/// What a call-back is about.
fn name(t: Texts, kind: Kind) -> String {
    match kind {
        Kind::Delivery => t.callback_delivery(),
        Kind::Received => t.callback_received(),
    }
}

/// How a call-back stands.
fn state(t: Texts, row: Option<&callback::Model>) -> Tag {
    match row {
        None => Tag::new(t.callback_unset(), Tone::Neutral),
        Some(row) if row.suspended_at.is_some() => Tag::new(t.callback_suspended(), Tone::Danger),
        Some(_) => Tag::new(t.callback_on(), Tone::Done),
    }
}

#[derive(Template)]
#[template(path = "api/callbacks.html")]
struct Callbacks {
    shell: Shell,
    t: Texts,
    table: Table,
    back: String,
}

impl Callbacks {
    fn language(&self) -> Language {
        self.shell.language
    }
}

/// `GET /services/{service}/api/callbacks`
pub async fn show(
    State(app): State<App>,
    team: OnTeam<ManageKeys>,
    reader: Reader,
    Asked(done): Asked<Done>,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let db = app.accounts.db.read();
    let known = callback::list(db, team.id()).await?;
    let receives = sms_sender::list(db, team.id()).await?.iter().any(|one| one.receives);
    let of = |kind: Kind| known.iter().find(|row| row.kind.0 == kind);
    let shown = |kind: &Kind| *kind == Kind::Delivery || receives || of(*kind).is_some();
    let row = |kind: Kind| {
        let row = of(kind);
        vec![
            Cell::Link(Link::new(at(&team, kind), name(t, kind))),
            row.map_or_else(Cell::default, |row| Cell::Code(row.url.clone())),
            Cell::Tag(state(t, row)),
        ]
    };
    let mut shell = app.service_page(&reader, &team, t.callback_title());
    shell.done = (done.done == "removed").then(|| t.callback_done_removed());
    page::show(&Callbacks {
        shell,
        t,
        table: Table {
            caption: t.callback_title(),
            hide_caption: true,
            head: vec![t.callback_what(), t.callback_url(), t.callback_state()],
            rows: Kind::ALL.iter().copied().filter(shown).map(row).collect(),
            ..Table::default()
        },
        back: path(team.id()),
    })
}
