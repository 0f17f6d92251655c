//! What happened to a service, for those who manage it: day by day, in sentences (admin specification, section F.6).

mod sentence;

use std::collections::HashMap;

use accounts::{ApiKeyId, OnTeam, PersonId, api_key, gate::ManageService, person};
use askama::Template;
use audit::{Actor, Filter, RecordId, record::Model};
use axum::{extract::State, response::Html};
use chrono::NaiveDate;
use kernel::Id;
use notify_store::{TemplateId, lookup};
use serde::Deserialize;
use ui::{Pagination, Shell};
use web::{Asked, PageError, Reader, Routes, page};

use self::sentence::sentence;
use crate::{app::App, frame, words::Texts};

/// Deeds on a page.
const SIZE: u64 = 50;

/// The page of a service's history.
pub fn routes() -> Routes<App> {
    Routes::default().get("/services/{service}/history", show)
}

/// Which page is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Wanted {
    older_than: Option<RecordId>,
}

/// What happened on one day.
struct Day {
    name: String,
    deeds: Vec<Deed>,
}

/// One deed.
struct Deed {
    time: String,
    sentence: String,
    reason: Option<String>,
}

#[derive(Template)]
#[template(path = "history.html")]
struct History {
    shell: Shell,
    t: Texts,
    days: Vec<Day>,
    pages: Pagination,
}

/// `GET /services/{service}/history`
pub async fn show(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    reader: Reader,
    Asked(wanted): Asked<Wanted>,
) -> Result<Html<String>, PageError> {
    let (db, t) = (app.accounts.db.read(), Texts(reader.language));
    let filter =
        Filter { service: Some(team.id().uuid()), without_traffic: true, ..Filter::default() };
    let mut rows = audit::page(db, &filter, wanted.older_than, SIZE + 1).await?;
    let more = rows.len() as u64 > SIZE;
    rows.truncate(SIZE as usize);
    let last = rows.last().filter(|_| more).map(|row| row.id);
    let names = Names::of(&app, &rows).await?;
    let here = frame::at(team.id(), "/history");
    page::show(&History {
        shell: app.service_page(&reader, &team, t.history_page_title()),
        t,
        days: days(t, &team, &rows, &names),
        pages: Pagination {
            language: t.0,
            newer: wanted.older_than.map(|_| here.clone()),
            older: last.map(|last| format!("{here}?older_than={last}")),
        },
    })
}

fn days(t: Texts, team: &OnTeam<ManageService>, rows: &[Model], names: &Names) -> Vec<Day> {
    let zone = team.who.zone();
    let mut days: Vec<(NaiveDate, Day)> = Vec::new();
    for row in rows {
        let day = row.at.with_timezone(&zone).date_naive();
        if days.last().is_none_or(|(known, _)| *known != day) {
            days.push((day, Day { name: text::day(t.0, day), deeds: Vec::new() }));
        }
        let details = serde_json::from_str(&row.details).unwrap_or_default();
        let deed = Deed {
            time: text::clock(t.0, zone, row.at),
            sentence: sentence(t, row, &details, names),
            reason: details["reason"].as_str().map(ToOwned::to_owned),
        };
        if let Some((_, today)) = days.last_mut() {
            today.deeds.push(deed);
        }
    }
    days.into_iter().map(|(_, day)| day).collect()
}

/// Who and what the records of a page name.
struct Names {
    people: HashMap<PersonId, person::Model>,
    keys: HashMap<ApiKeyId, String>,
    templates: HashMap<TemplateId, String>,
}

impl Names {
    async fn of(app: &App, rows: &[Model]) -> Result<Self, PageError> {
        let db = app.accounts.db.read();
        let (mut people, mut keys, mut templates) = (Vec::new(), Vec::new(), Vec::new());
        for row in rows {
            match &row.actor.0 {
                Actor::Person(id) => people.push(Id::from_uuid(*id)),
                Actor::ApiKey(id) => keys.push(Id::from_uuid(*id)),
                Actor::Operator(_) | Actor::System => {}
            }
            let subject = row.subject.parse::<Id<()>>().ok();
            match (row.action.split('.').next(), subject) {
                (Some("membership"), Some(id)) => people.push(Id::from_uuid(id.uuid())),
                (Some("template"), Some(id)) => templates.push(id.uuid()),
                _ => {}
            }
        }
        let people = person::find_all(db, &people).await?;
        let keys = api_key::find_all(db, &keys).await?;
        let templates = lookup::by_id(db, &templates).await?;
        let named =
            templates.into_iter().filter_map(|one| Some((Id::from_uuid(one.id), one.name?)));
        Ok(Self {
            people: people.into_iter().map(|one| (one.id, one)).collect(),
            keys: keys.into_iter().map(|one| (one.id, one.name)).collect(),
            templates: named.collect(),
        })
    }
}
