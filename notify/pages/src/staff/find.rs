//! Find anything: one box for identifiers, names, addresses of people and client references (admin specification,
//! section O.3).

use accounts::{SignedIn, Staff, api_key, organisation, person, service};
use askama::Template;
use axum::{extract::State, response::Html};
use kernel::Id;
use notify_store::{NotificationId, lookup};
use serde::Deserialize;
use ui::{Button, Cell, Link, Shell, Table, TextArea};
use web::{Form, PageError, Reader, Routes, page};

use super::{organisation as organisations, people, request_path, service as services};
use crate::{app::App, frame, words::Texts};

/// Where staff find anything.
pub(super) const FIND: &str = "/staff/find";

/// Identifiers looked up at once.
const MOST_IDS: usize = 100;
/// Of each kind, so many are shown for a name.
const MOST: u64 = 10;

/// The box, and what it finds.
pub(super) fn routes() -> Routes<App> {
    Routes::default().get(FIND, ask).post(FIND, find)
}

/// What is looked for.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct FindForm {
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "staff/find.html")]
struct Find {
    shell: Shell,
    t: Texts,
    q: String,
    /// None until something was looked for.
    found: Option<Table>,
    unknown: Vec<String>,
    action: &'static str,
}

/// `GET /staff/find`
pub async fn ask(
    State(app): State<App>,
    Staff(who): Staff,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    view(&app, &who, &reader, (String::new(), None))
}

/// `POST /staff/find`: changes nothing; addresses and references stay out of the addresses of pages and out of logs.
pub async fn find(
    State(app): State<App>,
    Staff(who): Staff,
    reader: Reader,
    Form(FindForm { q }): Form<FindForm>,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let ids = identifiers(&q);
    let typed = q.trim();
    let found = match (ids.is_empty(), typed.is_empty()) {
        (false, _) => by_ids(&app, t, &ids).await?,
        (true, false) => (by_words(&app, t, typed).await?, Vec::new()),
        (true, true) => return view(&app, &who, &reader, (String::new(), None)),
    };
    view(&app, &who, &reader, (q, Some(found)))
}

type Rows = Vec<Vec<Cell>>;

fn view(
    app: &App,
    who: &SignedIn,
    reader: &Reader,
    (q, found): (String, Option<(Rows, Vec<String>)>),
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let (rows, unknown) = found.map_or((None, Vec::new()), |(rows, not)| (Some(rows), not));
    let table = |rows| Table {
        caption: t.staff_found(),
        head: vec![t.staff_found_what(), t.staff_found_name(), t.staff_service()],
        rows,
        empty: Some(t.staff_found_none()),
        ..Table::default()
    };
    page::show(&Find {
        shell: app.page(reader, who, t.staff_find_title()),
        t,
        q,
        found: rows.map(table),
        unknown,
        action: FIND,
    })
}

/// Everything in a text that is an identifier, whatever stands between.
fn identifiers(text: &str) -> Vec<Id<()>> {
    let words = text.split(|sign: char| !(sign.is_ascii_hexdigit() || sign == '-'));
    let mut ids: Vec<Id<()>> =
        words.filter(|word| word.len() >= 32).filter_map(|word| word.parse().ok()).collect();
    ids.sort();
    ids.dedup();
    ids.truncate(MOST_IDS);
    ids
}

fn line(kind: String, name: Cell, service: Cell) -> Vec<Cell> {
    vec![Cell::Text(kind), name, service]
}

fn of_service(one: &service::Model) -> Cell {
    Cell::Link(Link::new(services::path(one.id), one.name.clone()))
}

/// What identifiers mean, and which mean nothing.
async fn by_ids(app: &App, t: Texts, ids: &[Id<()>]) -> Result<(Rows, Vec<String>), PageError> {
    let db = app.accounts.db.read();
    fn typed<T>(ids: &[Id<()>]) -> Vec<Id<T>> {
        ids.iter().map(|id| Id::from_uuid(id.uuid())).collect()
    }
    let mut rows = Rows::new();
    let mut known = Vec::new();
    for one in service::find_all(db, &typed(ids)).await? {
        known.push(one.id.uuid());
        rows.push(line(t.staff_is_service(), of_service(&one), services::tag(t, &one).into()));
    }
    for one in organisation::find_all(db, &typed(ids)).await? {
        known.push(one.id.uuid());
        let name = Link::new(organisations::path(one.id), one.name);
        rows.push(line(t.staff_organisation(), name.into(), Cell::default()));
    }
    for one in person::find_all(db, &typed(ids)).await? {
        known.push(one.id.uuid());
        rows.push(person_line(t, &one));
    }
    let keys = api_key::find_all(db, &typed(ids)).await?;
    let uuids: Vec<_> = ids.iter().map(|id| id.uuid()).collect();
    let things = lookup::by_id(db, &uuids).await?;
    let owners: Vec<_> = keys
        .iter()
        .map(|key| key.service_id)
        .chain(things.iter().map(|thing| thing.service))
        .collect();
    let owners = service::find_all(db, &owners).await?;
    let owner = |id| owners.iter().find(|one| one.id == id).map(of_service).unwrap_or_default();
    for key in keys {
        known.push(key.id.uuid());
        let at = frame::at(key.service_id, "/api");
        let name = Link::new(at, key.name);
        rows.push(line(t.staff_is_key(), name.into(), owner(key.service_id)));
    }
    for thing in things {
        known.push(thing.id);
        let service = owner(thing.service);
        let (kind, name) = thing_line(t, thing);
        rows.push(line(kind, name, service));
    }
    let unknown = ids.iter().filter(|id| !known.contains(&id.uuid())).map(ToString::to_string);
    Ok((rows, unknown.collect()))
}

fn person_line(t: Texts, one: &person::Model) -> Vec<Cell> {
    let name = Link::new(people::path(one.id), format!("{} ({})", one.name, one.email_address));
    line(t.staff_is_person(), name.into(), people::tag(t, one).into())
}

/// What a thing is called, and where it is.
fn thing_line(t: Texts, thing: lookup::Found) -> (String, Cell) {
    let id = thing.id;
    let name = thing.name.unwrap_or_else(|| id.to_string());
    let at = |page: &str| Cell::Link(Link::new(frame::at(thing.service, page), name.clone()));
    match thing.kind {
        lookup::Kind::Notification => (t.staff_is_message(), at(&format!("/messages/{id}"))),
        lookup::Kind::Template => (t.staff_is_template(), at(&format!("/templates/{id}"))),
        lookup::Kind::Request => {
            (t.staff_is_request(), Link::new(request_path(Id::from_uuid(id)), name).into())
        }
        lookup::Kind::Folder => (t.staff_is_folder(), Cell::Text(name)),
        lookup::Kind::Batch => (t.staff_is_batch(), Cell::Text(name)),
        lookup::Kind::ReceivedText => (t.staff_is_received(), Cell::Text(name)),
        lookup::Kind::Report => (t.staff_is_report(), Cell::Text(name)),
    }
}

/// What has this name, address or reference.
async fn by_words(app: &App, t: Texts, typed: &str) -> Result<Rows, PageError> {
    let db = app.accounts.db.read();
    let mut rows = Rows::new();
    let sought = service::Sought { name: Some(typed.to_owned()), ..Default::default() };
    for one in service::search(db, &sought, None, MOST).await? {
        rows.push(line(t.staff_is_service(), of_service(&one), services::tag(t, &one).into()));
    }
    for one in organisation::search(db, typed, None, MOST).await? {
        let name = Link::new(organisations::path(one.id), one.name);
        rows.push(line(t.staff_organisation(), name.into(), Cell::default()));
    }
    for one in person::search(db, typed, None, MOST).await? {
        rows.push(person_line(t, &one));
    }
    let messages = lookup::by_reference(db, typed, MOST).await?;
    let owners: Vec<_> = messages.iter().map(|one| one.service_id).collect();
    let owners = service::find_all(db, &owners).await?;
    for one in messages {
        let id: NotificationId = one.id;
        let at = frame::at(one.service_id, &format!("/messages/{id}"));
        let service = owners.iter().find(|owner| owner.id == one.service_id).map(of_service);
        let name = Link::new(at, one.reference.unwrap_or_default());
        rows.push(line(t.staff_is_message(), name.into(), service.unwrap_or_default()));
    }
    Ok(rows)
}
