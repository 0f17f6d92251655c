//! The list of organisations, by name.

use accounts::{Staff, organisation};
use askama::Template;
use axum::{extract::State, response::Html};
use serde::Deserialize;
use ui::{Button, ButtonKind, ButtonLink, Cell, InputKind, Link, Shell, Table, TextInput};
use web::{Asked, PageError, Reader, page};

use super::{ORGANISATIONS, kind, path};
use crate::{
    app::App,
    staff::{address, moment},
    words::Texts,
};

/// Organisations on a page.
const SIZE: u64 = 50;

/// Which organisations are asked for.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    q: String,
    after: Option<String>,
}

#[derive(Template)]
#[template(path = "staff/organisations.html")]
struct Organisations {
    shell: Shell,
    t: Texts,
    table: Table,
    q: String,
    /// The first page and the next one, where there are such.
    first: Option<String>,
    next: Option<String>,
    action: &'static str,
    new: String,
}

/// `GET /staff/organisations`
pub async fn show(
    State(app): State<App>,
    Staff(who): Staff,
    reader: Reader,
    Asked(wanted): Asked<Wanted>,
) -> Result<Html<String>, PageError> {
    let (db, t) = (app.accounts.db.read(), Texts(reader.language));
    let mut rows = organisation::search(db, &wanted.q, wanted.after.as_deref(), SIZE + 1).await?;
    let more = rows.len() as u64 > SIZE;
    rows.truncate(SIZE as usize);
    let q = Some(wanted.q.trim().to_owned()).filter(|q| !q.is_empty());
    let at = |after: Option<String>| address(ORGANISATIONS, &[("q", q.clone()), ("after", after)]);
    let row = |one: &organisation::Model| {
        vec![
            Cell::Link(Link::new(path(one.id), one.name.clone())),
            Cell::Text(kind(t, one.kind.0)),
            Cell::Text(moment(t, &who, one.created_at)),
        ]
    };
    let head = vec![t.staff_organisation(), t.staff_organisation_kind(), t.staff_service_made()];
    let last = rows.last().filter(|_| more).map(|one| one.name.clone());
    page::show(&Organisations {
        shell: app.page(&reader, &who, t.staff_organisations_title()),
        t,
        table: Table {
            caption: t.staff_organisations_caption(),
            head,
            rows: rows.iter().map(row).collect(),
            empty: Some(t.staff_organisations_none()),
            ..Table::default()
        },
        first: wanted.after.as_ref().map(|_| at(None)),
        next: last.map(|last| at(Some(last))),
        q: wanted.q,
        action: ORGANISATIONS,
        new: format!("{ORGANISATIONS}/new"),
    })
}
