//! The bulk sends of a service: those that wait for their time above, those that were sent below.

use std::collections::HashMap;

use accounts::{OnTeam, ServiceId, gate::Member};
use askama::Template;
use axum::{extract::State, response::Html};
use notify_store::{
    BatchId, TemplateId,
    batch::{self, Listed},
    template,
};
use serde::Deserialize;
use ui::{Cell, Link, Pagination, Shell, Table};
use web::{Asked, PageError, Reader, page};

use super::progress::Progress;
use crate::{app::App, frame, words::Texts};

/// Bulk sends on a page.
const SIZE: u64 = 50;

/// What is asked for in the address, and what was done before.
#[derive(Clone, Default, Deserialize)]
pub(super) struct Asking {
    older_than: Option<BatchId>,
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "batch/list.html")]
struct BulkSends {
    shell: Shell,
    t: Texts,
    scheduled: Option<Table>,
    sent: Table,
    pages: Pagination,
}

/// `GET /services/{service}/bulk`
pub(super) async fn show(
    State(app): State<App>,
    team: OnTeam<Member>,
    reader: Reader,
    Asked(asking): Asked<Asking>,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let db = app.accounts.db.read();
    // One more than is shown says whether there is another page.
    let mut sent = batch::sent(db, team.id(), asking.older_than, SIZE + 1).await?;
    let is_more = sent.len() as u64 > SIZE;
    sent.truncate(usize::try_from(SIZE).unwrap_or(usize::MAX));
    let here = frame::at(team.id(), "/bulk");
    let older = sent.last().filter(|_| is_more);
    let older = older.map(|last| format!("{here}?older_than={}", last.batch.id));
    let scheduled = match asking.older_than {
        None => upcoming(&app, &team, t).await?,
        Some(_) => None,
    };
    let mut shell = app.service_page(&reader, &team, t.batch_menu());
    shell.done = (asking.done.as_deref() == Some("cancelled")).then(|| t.done_batch_cancelled());
    let names = names(&app, team.id(), &sent).await?;
    page::show(&BulkSends {
        shell,
        scheduled,
        sent: sent_table(t, &team, (&sent, &names)),
        pages: Pagination { language: t.0, newer: asking.older_than.map(|_| here.clone()), older },
        t,
    })
}

/// The names of the templates of these bulk sends.
async fn names(
    app: &App,
    service: ServiceId,
    rows: &[Listed],
) -> db::Result<HashMap<TemplateId, String>> {
    let mut ids: Vec<TemplateId> = rows.iter().map(|row| row.batch.template_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let heads = template::some(app.accounts.db.read(), service, &ids).await?;
    Ok(heads.into_iter().map(|head| (head.id, head.name)).collect())
}

/// The bulk sends that wait for their time, the next one first; none when there are none.
async fn upcoming(app: &App, team: &OnTeam<Member>, t: Texts) -> Result<Option<Table>, PageError> {
    let waiting = batch::scheduled(app.accounts.db.read(), team.id()).await?;
    if waiting.is_empty() {
        return Ok(None);
    }
    let names = names(app, team.id(), &waiting).await?;
    let row = |one: &Listed| {
        let batch = &one.batch;
        let when = batch.scheduled_for.unwrap_or(batch.created_at);
        vec![
            link(team, one),
            Cell::Text(names.get(&batch.template_id).cloned().unwrap_or_default()),
            Cell::Text(text::moment(t.0, team.who.zone(), when)),
            number(t, i64::from(batch.row_count)),
        ]
    };
    Ok(Some(Table {
        caption: t.batch_upcoming(),
        head: vec![
            t.batch_name(),
            t.message_template(),
            t.batch_scheduled_for(),
            t.sheet_recipients(),
        ],
        numbers: vec![3],
        rows: waiting.iter().map(row).collect(),
        ..Table::default()
    }))
}

fn sent_table(
    t: Texts,
    team: &OnTeam<Member>,
    (sent, names): (&[Listed], &HashMap<TemplateId, String>),
) -> Table {
    let row = |one: &Listed| {
        let progress = Progress::of(one);
        vec![
            link(team, one),
            Cell::Text(names.get(&one.batch.template_id).cloned().unwrap_or_default()),
            Cell::Text(text::moment(t.0, team.who.zone(), one.batch.created_at)),
            Cell::Tag(progress.tag(t)),
            number(t, progress.in_transit),
            number(t, progress.delivered),
            number(t, progress.failed),
        ]
    };
    Table {
        caption: t.batch_sent(),
        head: vec![
            t.batch_name(),
            t.message_template(),
            t.batch_created(),
            t.message_status(),
            t.group_in_transit(),
            t.group_delivered(),
            t.group_failed(),
        ],
        numbers: vec![4, 5, 6],
        rows: sent.iter().map(row).collect(),
        empty: Some(t.batch_none()),
        ..Table::default()
    }
}

fn link(team: &OnTeam<Member>, one: &Listed) -> Cell {
    let href = frame::at(team.id(), &format!("/bulk/{}", one.batch.id));
    Cell::Link(Link::new(href, one.batch.name.clone()))
}

fn number(t: Texts, count: i64) -> Cell {
    Cell::Text(text::number(t.0, u64::try_from(count).unwrap_or(0)))
}
