//! The records as a file of comma-separated values, sent while it is read, so that its length costs no memory.

use ::audit::{Filter, RecordId, record::Model};
use accounts::Staff;
use axum::{
    body::Body,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use db::Db;
use futures::{Stream, stream};
use notify::sheet::write_line;
use web::{Asked, PageError};

use super::filter::Wanted;
use crate::app::App;

/// Most records of one file.
pub const MOST: usize = 100_000;
/// Records read at once.
const CHUNK: usize = 1_000;

/// `GET /staff/audit.csv`
pub async fn export(
    State(app): State<App>,
    Staff(who): Staff,
    Asked(wanted): Asked<Wanted>,
) -> Result<Response, PageError> {
    let filter = wanted.filter(&who)?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\""),
    ];
    let body = Body::from_stream(lines(app.accounts.db, filter));
    Ok((headers, body).into_response())
}

/// How far a file is.
struct Place {
    db: Db,
    filter: Filter,
    last: Option<RecordId>,
    left: usize,
    head: bool,
}

fn lines(db: Db, filter: Filter) -> impl Stream<Item = db::Result<String>> {
    let start = Place { db, filter, last: None, left: MOST, head: true };
    stream::try_unfold(start, |mut place| async move {
        let mut text = String::new();
        if place.head {
            text.push('\u{feff}');
            let head = ["at", "actor", "service", "action", "subject", "details"];
            write_line(head, &mut text);
            place.head = false;
        }
        let size = Ord::min(CHUNK, place.left);
        let rows = ::audit::page(place.db.read(), &place.filter, place.last, size as u64).await?;
        if rows.is_empty() && text.is_empty() {
            return Ok(None);
        }
        for row in &rows {
            write_line(cells(row), &mut text);
        }
        place.last = rows.last().map(|row| row.id);
        place.left = if rows.len() < size { 0 } else { place.left - size };
        Ok(Some((text, place)))
    })
}

fn cells(row: &Model) -> [String; 6] {
    [
        row.at.to_rfc3339(),
        row.actor.0.to_string(),
        row.service_id.map(|id| id.to_string()).unwrap_or_default(),
        row.action.clone(),
        row.subject.clone(),
        row.details.clone(),
    ]
}
