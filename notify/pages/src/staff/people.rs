//! People as staff see them: found by address or name, with their services, and what can be done about their account.

mod deed;

use accounts::{
    PersonId, SignedIn, Staff,
    credential::{self, attempt},
    membership,
    organisation::member,
    person::{self, Deed, Model},
    session,
};
use askama::Template;
use axum::{extract::State, response::Html};
use kernel::Language;
use serde::Deserialize;
use ui::{
    BackLink, Button, ButtonKind, Cell, InputKind, Link, Pagination, Shell, SummaryList,
    SummaryRow, Table, Tag, TextInput, Tone,
};
use web::{Asked, At, Form, PageError, Reader, Routes, page};

use super::{address, moment, organisation as organisations, service as services};
use crate::{app::App, words::Texts};

/// Where staff find people.
pub(super) const PEOPLE: &str = "/staff/people";

/// People on a page.
const SIZE: u64 = 50;

/// The list, a person's page, and the questions before what staff do.
pub(super) fn routes() -> Routes<App> {
    let one = format!("{PEOPLE}/{{person}}");
    let deed = format!("{one}/deeds/{{deed}}");
    Routes::default()
        .get(PEOPLE, list)
        .post(PEOPLE, search)
        .get(&one, show)
        .get(&deed, deed::ask)
        .post(&deed, deed::perform)
}

/// Where staff see a person.
pub(super) fn path(person: PersonId) -> String {
    format!("{PEOPLE}/{person}")
}

/// The state of an account in a word.
pub(super) fn tag(t: Texts, person: &Model) -> Tag {
    match (person.archived_at, person.blocked_at, person.confirmed_at) {
        (Some(_), ..) => Tag::new(t.staff_person_archived(), Tone::Neutral),
        (_, Some(_), _) => Tag::new(t.staff_person_blocked(), Tone::Danger),
        (_, _, None) => Tag::new(t.staff_person_pending(), Tone::Warning),
        _ => Tag::new(t.staff_person_active(), Tone::Done),
    }
}

/// Which page of everybody is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Wanted {
    older_than: Option<PersonId>,
}

/// What is looked for by a form, so that addresses of people stay out of the addresses of pages and out of logs.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct SearchForm {
    #[serde(default)]
    q: String,
    older_than: Option<PersonId>,
}

#[derive(Template)]
#[template(path = "staff/people.html")]
struct People {
    shell: Shell,
    t: Texts,
    table: Table,
    pages: Pagination,
    q: String,
    /// The last of this page of a search, when there are more.
    more: Option<PersonId>,
    action: &'static str,
}

/// `GET /staff/people`
pub async fn list(
    State(app): State<App>,
    Staff(who): Staff,
    reader: Reader,
    Asked(wanted): Asked<Wanted>,
) -> Result<Html<String>, PageError> {
    let older_than = wanted.older_than;
    view(&app, &who, &reader, SearchForm { older_than, ..SearchForm::default() }).await
}

/// `POST /staff/people`: changes nothing.
pub async fn search(
    State(app): State<App>,
    Staff(who): Staff,
    reader: Reader,
    Form(form): Form<SearchForm>,
) -> Result<Html<String>, PageError> {
    view(&app, &who, &reader, form).await
}

async fn view(
    app: &App,
    who: &SignedIn,
    reader: &Reader,
    form: SearchForm,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let db = app.accounts.db.read();
    let mut rows = person::search(db, &form.q, form.older_than, SIZE + 1).await?;
    let more = rows.len() as u64 > SIZE;
    rows.truncate(SIZE as usize);
    let last = rows.last().filter(|_| more).map(|row| row.id);
    let searched = !form.q.trim().is_empty();
    let row = |one: &Model| {
        let signed_in = one.signed_in_at.map(|when| moment(t, who, when));
        vec![
            Cell::Link(Link::new(path(one.id), one.name.clone())),
            Cell::Text(one.email_address.clone()),
            tag(t, one).into(),
            Cell::Text(signed_in.unwrap_or_else(|| t.staff_person_never())),
        ]
    };
    page::show(&People {
        shell: app.page(reader, who, t.staff_people_title()),
        t,
        table: Table {
            caption: t.staff_people_caption(),
            head: vec![
                t.staff_person(),
                t.staff_address(),
                t.staff_state(),
                t.staff_person_signed_in(),
            ],
            rows: rows.iter().map(row).collect(),
            empty: Some(t.staff_people_none()),
            ..Table::default()
        },
        pages: Pagination {
            language: t.0,
            newer: form.older_than.filter(|_| !searched).map(|_| PEOPLE.to_owned()),
            older: last
                .filter(|_| !searched)
                .map(|last| address(PEOPLE, &[("older_than", Some(last.to_string()))])),
        },
        more: last.filter(|_| searched),
        q: form.q,
        action: PEOPLE,
    })
}

/// What was just done.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

#[derive(Template)]
#[template(path = "staff/person.html")]
struct OnePerson {
    shell: Shell,
    t: Texts,
    state: Tag,
    facts: SummaryList,
    services: Table,
    organisations: Vec<Link>,
    deeds: Vec<Link>,
    audit: String,
}

impl OnePerson {
    fn language(&self) -> Language {
        self.shell.language
    }
}

/// `GET /staff/people/{person}`
pub async fn show(
    State(app): State<App>,
    Staff(who): Staff,
    reader: Reader,
    At(id): At<PersonId>,
    Asked(done): Asked<Done>,
) -> Result<Html<String>, PageError> {
    let (db, t) = (app.accounts.db.read(), Texts(reader.language));
    let person = person::find(db, id).await?.ok_or(PageError::Missing)?;
    let mut shell = app.page(&reader, &who, person.name.clone());
    shell.done = (done.done == "saved").then(|| t.staff_person_done());
    // Nobody shuts themselves out.
    let own = person.id == who.person.id;
    let deeds = Deed::ALL.into_iter().filter(|deed| deed.applies(&person) && !own);
    let link = |deed: Deed| Link::new(format!("{}/deeds/{deed}", path(id)), deed::name(t, deed));
    let member_of = member::organisations(db, id).await?;
    page::show(&OnePerson {
        shell,
        t,
        state: tag(t, &person),
        facts: facts(&app, &who, t, &person).await?,
        services: teams(&app, t, id).await?,
        organisations: member_of
            .into_iter()
            .map(|one| Link::new(organisations::path(one.id), one.name))
            .collect(),
        deeds: deeds.map(link).collect(),
        audit: address(super::AUDIT, &[("who", Some(id.to_string()))]),
    })
}

async fn facts(
    app: &App,
    who: &SignedIn,
    t: Texts,
    person: &Model,
) -> Result<SummaryList, PageError> {
    let (db, vault) = (app.accounts.db.read(), &app.accounts.vault);
    let failures = attempt::failures(db, vault, &person.email_address).await?;
    let sessions = session::list(db, person.id, who.now).await?.len();
    let language = match person.language.0 {
        Language::English => t.staff_language_english(),
        Language::French => t.staff_language_french(),
    };
    let number = |n: usize| text::number(t.0, n as u64);
    let signed_in = person.signed_in_at.map(|when| moment(t, who, when));
    let tries = number(usize::try_from(failures).unwrap_or_default());
    let tries = match failures >= credential::MOST_FAILURES {
        true => t.staff_person_locked(tries),
        false => tries,
    };
    let staff = if person.staff { t.staff_yes() } else { t.staff_no() };
    let rows = [
        SummaryRow::new(t.staff_address(), person.email_address.clone()),
        SummaryRow::new(t.staff_person_language(), language),
        SummaryRow::new(t.staff_person_staff(), staff),
        SummaryRow::new(t.staff_service_made(), moment(t, who, person.created_at)),
        SummaryRow::new(
            t.staff_person_signed_in(),
            signed_in.unwrap_or_else(|| t.staff_person_never()),
        ),
        SummaryRow::new(t.staff_person_sessions(), number(sessions)),
        SummaryRow::new(t.staff_person_failures(), tries),
        SummaryRow::new(t.staff_person_id(), Cell::Code(person.id.to_string())),
    ];
    Ok(rows.into_iter().collect())
}

async fn teams(app: &App, t: Texts, person: PersonId) -> Result<Table, PageError> {
    let teams = membership::services(app.accounts.db.read(), person).await?;
    let row = |one: &accounts::service::Model| {
        let link = Link::new(services::path(one.id), one.name.clone());
        vec![Cell::Link(link), services::tag(t, one).into()]
    };
    Ok(Table {
        caption: t.staff_person_services(),
        hide_caption: true,
        head: vec![t.staff_service(), t.staff_state()],
        rows: teams.iter().map(row).collect(),
        empty: Some(t.staff_person_no_services()),
        ..Table::default()
    })
}
