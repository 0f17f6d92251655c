//! The audit record: who did what to what, with filters, page by page, and as a file.

mod export;
mod filter;

use std::collections::HashMap;

use ::audit::{Actor, RecordId, record::Model};
use accounts::{ApiKeyId, PersonId, ServiceId, SignedIn, Staff, api_key, person, service};
use askama::Template;
use axum::{extract::State, response::Html};
use kernel::{Id, Language};
use ui::{
    Button, ButtonKind, ButtonLink, Cell, Checkbox, ErrorSummary, Errors, InputKind, Link,
    Pagination, Shell, Table, TextInput, Width,
};
use web::{Asked, PageError, Reader, Routes, page};

use self::filter::{AskForm, Wanted};
use super::{AUDIT, moment, people, service as services};
use crate::{app::App, words::Texts};

/// Records on a page.
const SIZE: u64 = 50;

/// The list, the form that filters it, and the file.
pub(super) fn routes() -> Routes<App> {
    Routes::default()
        .get(AUDIT, show)
        .post(AUDIT, filter::ask)
        .get("/staff/audit.csv", export::export)
}

#[derive(Template)]
#[template(path = "staff/audit.html")]
struct Audit {
    shell: Shell,
    t: Texts,
    form: AskForm,
    errors: Errors,
    table: Table,
    pages: Pagination,
    export: String,
    about_export: String,
    action: &'static str,
}

impl Audit {
    fn language(&self) -> Language {
        self.shell.language
    }
}

/// `GET /staff/audit`
pub async fn show(
    State(app): State<App>,
    Staff(who): Staff,
    reader: Reader,
    Asked(wanted): Asked<Wanted>,
) -> Result<Html<String>, PageError> {
    let form = wanted.form(&app, Texts(reader.language)).await?;
    page::show(&view(&app, &who, &reader, wanted, (form, Errors::default())).await?)
}

async fn view(
    app: &App,
    who: &SignedIn,
    reader: &Reader,
    wanted: Wanted,
    (form, errors): (AskForm, Errors),
) -> Result<Audit, PageError> {
    let (db, t) = (app.accounts.db.read(), Texts(reader.language));
    let filter = wanted.filter(who)?;
    let mut rows = ::audit::page(db, &filter, wanted.older_than, SIZE + 1).await?;
    let more = rows.len() as u64 > SIZE;
    rows.truncate(SIZE as usize);
    let last = rows.last().filter(|_| more).map(|row| row.id);
    let shell = app.page(reader, who, t.staff_audit_title());
    let most = text::number(t.0, export::MOST as u64);
    Ok(Audit {
        shell: if errors.is_empty() { shell } else { shell.failed() },
        t,
        form,
        errors,
        table: table(app, who, t, &rows).await?,
        pages: Pagination {
            language: t.0,
            newer: wanted.older_than.map(|_| wanted.address(AUDIT, None)),
            older: last.map(|last| wanted.address(AUDIT, Some(last))),
        },
        export: wanted.address("/staff/audit.csv", None),
        about_export: t.staff_audit_export_about(most),
        action: AUDIT,
    })
}

/// Who and what the records of a page name.
struct Names {
    people: HashMap<PersonId, String>,
    keys: HashMap<ApiKeyId, String>,
    services: HashMap<ServiceId, String>,
}

impl Names {
    async fn of(app: &App, rows: &[Model]) -> Result<Self, PageError> {
        let db = app.accounts.db.read();
        let (mut people, mut keys, mut services) = (Vec::new(), Vec::new(), Vec::new());
        for row in rows {
            match &row.actor.0 {
                Actor::Person(id) => people.push(Id::from_uuid(*id)),
                Actor::ApiKey(id) => keys.push(Id::from_uuid(*id)),
                Actor::Operator(_) | Actor::System => {}
            }
            services.extend(row.service_id.map(Id::from_uuid));
        }
        let people = person::find_all(db, &people).await?;
        let keys = api_key::find_all(db, &keys).await?;
        let services = service::find_all(db, &services).await?;
        Ok(Self {
            people: people.into_iter().map(|one| (one.id, one.name)).collect(),
            keys: keys.into_iter().map(|one| (one.id, one.name)).collect(),
            services: services.into_iter().map(|one| (one.id, one.name)).collect(),
        })
    }

    fn actor(&self, t: Texts, actor: &Actor) -> Cell {
        match actor {
            Actor::Person(id) => {
                let id = Id::from_uuid(*id);
                let name = self.people.get(&id).cloned().unwrap_or_else(|| id.to_string());
                Link::new(people::path(id), name).into()
            }
            Actor::ApiKey(id) => {
                let id = Id::from_uuid(*id);
                let name = self.keys.get(&id).cloned().unwrap_or_else(|| id.to_string());
                t.staff_audit_key(name).into()
            }
            Actor::Operator(name) => t.staff_audit_operator(name).into(),
            Actor::System => t.staff_audit_system().into(),
        }
    }

    fn service(&self, row: &Model) -> Cell {
        let Some(id) = row.service_id.map(ServiceId::from_uuid) else { return Cell::default() };
        let name = self.services.get(&id).cloned().unwrap_or_else(|| id.to_string());
        Link::new(services::path(id), name).into()
    }
}

async fn table(app: &App, who: &SignedIn, t: Texts, rows: &[Model]) -> Result<Table, PageError> {
    let names = Names::of(app, rows).await?;
    let row = |row: &Model| {
        vec![
            Cell::Text(moment(t, who, row.at)),
            names.actor(t, &row.actor.0),
            Cell::Code(row.action.clone()),
            names.service(row),
            Cell::Code(row.subject.clone()),
            Cell::Text(details(&row.details)),
        ]
    };
    Ok(Table {
        caption: t.staff_audit_caption(),
        head: vec![
            t.staff_audit_when(),
            t.staff_audit_who(),
            t.staff_audit_what(),
            t.staff_service(),
            t.staff_audit_subject(),
            t.staff_audit_details(),
        ],
        rows: rows.iter().map(row).collect(),
        empty: Some(t.staff_audit_none()),
        ..Table::default()
    })
}

/// The details of a record as people read them: `reason: Complaints · days: 3`.
fn details(json: &str) -> String {
    let Ok(serde_json::Value::Object(words)) = serde_json::from_str(json) else {
        return json.to_owned();
    };
    let said = |(key, value): (&String, &serde_json::Value)| match value {
        serde_json::Value::String(words) => format!("{key}: {words}"),
        value => format!("{key}: {value}"),
    };
    words.iter().map(said).collect::<Vec<_>>().join(" · ")
}

/// Where the next page begins; the type that addresses carry.
type Older = Option<RecordId>;
