//! A service's requests to go live: what it is for, who accepted the terms, who asked, and how staff decided.

mod state;

use accounts::{PersonId, ServiceId, service};
use audit::Stamp;
use chrono::NaiveDate;
use db::Transaction;
use kernel::{Time, Word};
use sea_orm::{
    IntoActiveModel, QueryOrder, QuerySelect, entity::prelude::*, sea_query::OnConflict,
};
use serde_json::{Value, json};

pub use state::{State, UnknownState};

use crate::{GoLiveId, trail};

/// The version of the terms of use that is in force, as the record of their acceptance says.
pub const TERMS_VERSION: u32 = 1;

/// The day from which that version holds.
#[must_use]
pub const fn terms_day() -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2026, 11, 21)
}

/// One request, from its first draft to its decision.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "go_live")]
pub struct Model {
    /// The request.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: GoLiveId,
    /// Whose it is.
    pub service_id: ServiceId,
    /// How far it is.
    pub state: Word<State>,
    /// What the messages are for; empty until it is said.
    pub purpose: String,
    /// Who gets them; empty until it is said.
    pub recipients: String,
    /// E-mails expected a day.
    pub email_daily: Option<i64>,
    /// Text parts expected a day.
    pub sms_daily: Option<i64>,
    /// Who accepted the terms of use.
    pub terms_by: Option<PersonId>,
    /// When.
    pub terms_at: Option<Time>,
    /// Who asked.
    pub asked_by: Option<PersonId>,
    /// When.
    pub asked_at: Option<Time>,
    /// Which of the staff decided.
    pub decided_by: Option<PersonId>,
    /// When.
    pub decided_at: Option<Time>,
    /// Why it was declined, in the words of staff.
    pub reason: Option<String>,
    /// When its draft began.
    pub created_at: Time,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Whether it is said what the messages are for.
    pub fn is_described(&self) -> bool {
        let said = !self.purpose.is_empty() && !self.recipients.is_empty();
        said && self.email_daily.is_some() && self.sms_daily.is_some()
    }

    /// Whether anything is said of it.
    pub fn is_begun(&self) -> bool {
        let volumes = self.email_daily.is_some() || self.sms_daily.is_some();
        volumes || !self.purpose.is_empty() || !self.recipients.is_empty()
    }
}

/// What a service says its messages are for. Half of it may be missing while it is a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Use {
    /// What the messages are for.
    pub purpose: String,
    /// Who gets them.
    pub recipients: String,
    /// E-mails expected a day.
    pub email_daily: Option<i64>,
    /// Text parts expected a day.
    pub sms_daily: Option<i64>,
}

/// How staff decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The service goes live.
    Approve,
    /// It does not yet, for this reason.
    Decline(String),
}

/// Keeps what the service says it is for.
///
/// # Errors
/// `Missing` while its request is with staff, who decide on what they were told.
pub async fn describe(
    tx: &Transaction,
    stamp: &Stamp,
    service: ServiceId,
    said: Use,
) -> db::Result<Model> {
    let draft = draft(tx, stamp, service).await?;
    let after = Model {
        purpose: said.purpose,
        recipients: said.recipients,
        email_daily: said.email_daily,
        sms_daily: said.sms_daily,
        ..draft
    };
    write(tx, stamp, after, ("go-live.describe", json!({}))).await
}

/// Notes that `person` accepted the terms of use; who did so first stays.
///
/// # Errors
/// `Missing` while its request is with staff.
pub async fn accept_terms(
    tx: &Transaction,
    stamp: &Stamp,
    service: ServiceId,
    person: PersonId,
) -> db::Result<Model> {
    let draft = draft(tx, stamp, service).await?;
    if draft.terms_at.is_some() {
        return Ok(draft);
    }
    let after = Model { terms_by: Some(person), terms_at: Some(stamp.at), ..draft };
    write(tx, stamp, after, ("go-live.terms", json!({ "version": TERMS_VERSION }))).await
}

/// Hands the request to staff.
///
/// # Errors
/// `Missing` when it is with staff already; whether everything is there is for the caller to see.
pub async fn ask(
    tx: &Transaction,
    stamp: &Stamp,
    service: ServiceId,
    person: PersonId,
) -> db::Result<Model> {
    let draft = draft(tx, stamp, service).await?;
    let (state, asked_at) = (Word(State::Asked), Some(stamp.at));
    let after = Model { state, asked_by: Some(person), asked_at, ..draft };
    service::note_asked(tx, service, Some(stamp.at)).await?;
    write(tx, stamp, after, ("go-live.ask", json!({}))).await
}

/// Decides on a request that is with staff. The service itself is changed by `accounts::service::go_live`.
///
/// # Errors
/// `Missing` when there is no such request or it is decided already.
pub async fn decide(
    tx: &Transaction,
    stamp: &Stamp,
    id: GoLiveId,
    (person, decision): (PersonId, Decision),
) -> db::Result<Model> {
    let asked = Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    let asked = asked.filter(|row| row.state.0 == State::Asked).ok_or(db::Error::Missing)?;
    let (state, reason, action) = match decision {
        Decision::Approve => (State::Approved, None, "go-live.approve"),
        Decision::Decline(reason) => (State::Declined, Some(reason), "go-live.decline"),
    };
    let details = json!({"reason": reason});
    let (state, decided_by, decided_at) = (Word(state), Some(person), Some(stamp.at));
    let after = Model { state, reason, decided_by, decided_at, ..asked };
    service::note_asked(tx, after.service_id, None).await?;
    write(tx, stamp, after, (action, details)).await
}

/// A request, of whatever service: for staff.
pub async fn find(db: &impl ConnectionTrait, id: GoLiveId) -> db::Result<Option<Model>> {
    Ok(Entity::find_by_id(id).one(db).await?)
}

/// A service's newest request.
pub async fn latest(db: &impl ConnectionTrait, service: ServiceId) -> db::Result<Option<Model>> {
    Ok(own(service).one(db).await?)
}

/// All requests of a service, newest first.
pub async fn history(db: &impl ConnectionTrait, service: ServiceId) -> db::Result<Vec<Model>> {
    Ok(own(service).all(db).await?)
}

/// Every request that waits for staff, the one that waits longest first.
pub async fn waiting(db: &impl ConnectionTrait) -> db::Result<Vec<Model>> {
    let asked = Entity::find().filter(Column::State.eq(Word(State::Asked)));
    Ok(asked.order_by_asc(Column::AskedAt).all(db).await?)
}

/// The newest decided requests of all services, at most `most`.
pub async fn decided(db: &impl ConnectionTrait, most: u64) -> db::Result<Vec<Model>> {
    let decided = [Word(State::Approved), Word(State::Declined)];
    let rows = Entity::find().filter(Column::State.is_in(decided));
    Ok(rows.order_by_desc(Column::DecidedAt).limit(most).all(db).await?)
}

fn own(service: ServiceId) -> Select<Entity> {
    Entity::find().filter(Column::ServiceId.eq(service)).order_by_desc(Column::Id)
}

/// The request that can still be changed: the open draft, or a new one that begins with what was said before.
async fn draft(tx: &Transaction, stamp: &Stamp, service: ServiceId) -> db::Result<Model> {
    let latest = own(service).lock_exclusive().one(tx).await?;
    let before = match latest {
        Some(row) if row.state.0 == State::Draft => return Ok(row),
        Some(row) if row.state.0 == State::Asked => return Err(db::Error::Missing),
        before => before,
    };
    let row = Model {
        id: GoLiveId::new(stamp.at),
        service_id: service,
        state: Word(State::Draft),
        purpose: before.as_ref().map(|row| row.purpose.clone()).unwrap_or_default(),
        recipients: before.as_ref().map(|row| row.recipients.clone()).unwrap_or_default(),
        email_daily: before.as_ref().and_then(|row| row.email_daily),
        sms_daily: before.as_ref().and_then(|row| row.sms_daily),
        terms_by: before.as_ref().and_then(|row| row.terms_by),
        terms_at: before.as_ref().and_then(|row| row.terms_at),
        asked_by: None,
        asked_at: None,
        decided_by: None,
        decided_at: None,
        reason: None,
        created_at: stamp.at,
    };
    // Two people may begin at once: the draft that was there first is the one.
    let unless_there = OnConflict::new().do_nothing().to_owned();
    let new = Entity::insert(row.into_active_model()).on_conflict(unless_there);
    new.exec_without_returning(tx).await?;
    let open = own(service).lock_exclusive().one(tx).await?;
    open.filter(|row| row.state.0 == State::Draft).ok_or(db::Error::Missing)
}

async fn write(
    tx: &Transaction,
    stamp: &Stamp,
    row: Model,
    (action, details): (&str, Value),
) -> db::Result<Model> {
    row.clone().into_active_model().reset_all().update(tx).await?;
    trail::leave(tx, stamp, row.service_id, (action, row.id.uuid()), details).await?;
    Ok(row)
}
