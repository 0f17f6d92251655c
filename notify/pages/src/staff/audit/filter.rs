//! Which records are asked for. What staff type is sent by a form and becomes identifiers, so that addresses of people
//! stay out of the addresses of pages and out of logs.

use ::audit::{Actor, Filter};
use accounts::{PersonId, ServiceId, SignedIn, Staff, api_key, person, service};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use kernel::{Id, Time};
use serde::Deserialize;
use ui::Errors;
use web::{Form, PageError, Reader, page};

use super::{AUDIT, Older, view};
use crate::{app::App, staff::address, words::Texts};

/// The filter as addresses carry it.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Wanted {
    /// An actor's word, or the identifier of a person.
    who: Option<String>,
    what: Option<String>,
    subject: Option<String>,
    service: Option<ServiceId>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    traffic: Option<String>,
    pub older_than: Older,
}

/// The filter as staff type it.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct AskForm {
    #[serde(default)]
    pub who: String,
    #[serde(default)]
    pub what: String,
    #[serde(default)]
    pub subject: String,
    #[serde(default)]
    pub service: String,
    #[serde(default)]
    pub from: String,
    #[serde(default)]
    pub to: String,
    #[serde(default)]
    pub traffic: String,
}

impl Wanted {
    /// What the database is asked.
    ///
    /// # Errors
    /// [`PageError::Refused`] for an actor that is none.
    pub fn filter(&self, reader: &SignedIn) -> Result<Filter, PageError> {
        let actor = match self.who.as_deref() {
            Some(word) => Some(actor(word).ok_or_else(|| PageError::Refused(word.to_owned()))?),
            None => None,
        };
        let what = self
            .what
            .clone()
            .map(|what| if what.contains('.') { what } else { format!("{what}.") });
        Ok(Filter {
            service: self.service.map(Id::uuid),
            actor,
            action: what,
            subject: self.subject.clone(),
            from: self.from.and_then(|day| midnight(reader, day)),
            before: self.to.and_then(|day| midnight(reader, day + TimeDelta::days(1))),
            without_traffic: self.traffic.is_none(),
        })
    }

    /// The address of these records at `path`, from the beginning or further down.
    pub fn address(&self, path: &str, older_than: Older) -> String {
        address(
            path,
            &[
                ("who", self.who.clone()),
                ("what", self.what.clone()),
                ("subject", self.subject.clone()),
                ("service", self.service.map(|id| id.to_string())),
                ("from", self.from.map(|day| day.to_string())),
                ("to", self.to.map(|day| day.to_string())),
                ("traffic", self.traffic.clone()),
                ("older_than", older_than.map(|id| id.to_string())),
            ],
        )
    }

    /// The form that asks for the same.
    pub async fn form(&self, app: &App, t: Texts) -> Result<AskForm, PageError> {
        let db = app.accounts.db.read();
        let who = match self.who.as_deref().and_then(actor) {
            Some(Actor::Person(id)) => {
                let known = person::find(db, Id::from_uuid(id)).await?;
                known.map_or_else(|| id.to_string(), |known| known.email_address)
            }
            Some(Actor::System) => t.staff_audit_system(),
            Some(other) => other.to_string(),
            None => String::new(),
        };
        let service = match self.service {
            Some(id) => service::find(db, id).await?.map(|one| one.name),
            None => None,
        };
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        Ok(AskForm {
            who,
            what: self.what.clone().unwrap_or_default(),
            subject: self.subject.clone().unwrap_or_default(),
            service: service.unwrap_or_default(),
            from: day(self.from),
            to: day(self.to),
            traffic: self.traffic.clone().unwrap_or_default(),
        })
    }
}

/// An actor's word, or the identifier of a person alone.
fn actor(word: &str) -> Option<Actor> {
    let person = word.parse::<PersonId>().ok().map(|id| Actor::Person(id.uuid()));
    person.or_else(|| word.parse().ok())
}

/// The first moment of a day where the reader is.
fn midnight(reader: &SignedIn, day: NaiveDate) -> Option<Time> {
    let there = reader.zone().from_local_datetime(&day.and_time(NaiveTime::MIN));
    there.earliest().map(|moment| moment.with_timezone(&Utc))
}

/// `POST /staff/audit`: finds out who and what is meant, and leads to their records.
pub async fn ask(
    State(app): State<App>,
    Staff(who): Staff,
    reader: Reader,
    Form(typed): Form<AskForm>,
) -> Result<Response, PageError> {
    let mut errors = Errors::new();
    let wanted = typed.read(&app, Texts(reader.language), &mut errors).await?;
    if errors.is_empty() {
        return Ok(Redirect::to(&wanted.address(AUDIT, None)).into_response());
    }
    let view = view(&app, &who, &reader, wanted, (typed, errors)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&view)?).into_response())
}

impl AskForm {
    async fn read(&self, app: &App, t: Texts, errors: &mut Errors) -> Result<Wanted, PageError> {
        let some = |typed: &str| Some(typed.trim().to_owned()).filter(|typed| !typed.is_empty());
        let mut day = |field: &str, typed: &str| {
            let typed = typed.trim();
            let read = typed.parse::<NaiveDate>().ok();
            if read.is_none() && !typed.is_empty() {
                errors.add(field, t.staff_audit_day_wrong());
            }
            read
        };
        let (from, to) = (day("from", &self.from), day("to", &self.to));
        if from.zip(to).is_some_and(|(from, to)| from > to) {
            errors.add("to", t.staff_audit_days_wrong());
        }
        let who = match some(&self.who) {
            Some(typed) => named(app, t, &typed).await?,
            None => None,
        };
        if who.is_none() && some(&self.who).is_some() {
            errors.add("who", t.staff_audit_who_unknown());
        }
        let service = match some(&self.service) {
            Some(typed) => of_service(app, &typed).await?,
            None => None,
        };
        if service.is_none() && some(&self.service).is_some() {
            errors.add("service", t.staff_audit_service_unknown());
        }
        Ok(Wanted {
            who,
            what: some(&self.what).map(|what| what.to_lowercase()),
            subject: some(&self.subject),
            service,
            from,
            to,
            traffic: some(&self.traffic),
            older_than: None,
        })
    }
}

/// The actor that staff name: by address, by name, by identifier, or by what the record calls it.
async fn named(app: &App, t: Texts, typed: &str) -> Result<Option<String>, PageError> {
    let db = app.accounts.db.read();
    if typed == t.staff_audit_system() {
        return Ok(Some(Actor::System.to_string()));
    }
    if let Ok(id) = typed.parse::<Id<()>>() {
        let key = api_key::find_all(db, &[Id::from_uuid(id.uuid())]).await?.pop();
        let actor = key.map_or(Actor::Person(id.uuid()), |key| Actor::ApiKey(key.id.uuid()));
        return Ok(Some(actor.to_string()));
    }
    if let Some(actor) = actor(typed) {
        return Ok(Some(actor.to_string()));
    }
    if let Some(person) = person::find_by_email(db, typed).await? {
        return Ok(Some(person.id.to_string()));
    }
    // A name has to mean one person.
    let alike = person::search(db, typed, None, 2).await?;
    Ok(match alike.as_slice() {
        [one] => Some(one.id.to_string()),
        _ => None,
    })
}

/// The service that staff name: by identifier, by its very name, or by a part that means one.
async fn of_service(app: &App, typed: &str) -> Result<Option<ServiceId>, PageError> {
    let db = app.accounts.db.read();
    if let Ok(id) = typed.parse() {
        return Ok(service::find(db, id).await?.map(|one| one.id));
    }
    if let Some(exact) = service::by_name(db, typed).await? {
        return Ok(Some(exact.id));
    }
    let sought = service::Sought { name: Some(typed.to_owned()), ..Default::default() };
    let alike = service::search(db, &sought, None, 2).await?;
    Ok(match alike.as_slice() {
        [one] => Some(one.id),
        _ => None,
    })
}
