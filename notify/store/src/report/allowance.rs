//! How often a service may ask for a report: ten times within any hour (API specification, section 2.14).

use accounts::ServiceId;
use db::Transaction;
use kernel::Time;
use notify::report::{ALLOWANCE, ALLOWANCE_TIME};
use sea_orm::{ActiveValue::Set, QuerySelect, entity::prelude::*};

use crate::recent;

/// When a service asked within the last hour.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "report_allowance")]
pub struct Model {
    /// The service.
    #[sea_orm(primary_key, auto_increment = false)]
    pub service_id: ServiceId,
    /// The times as a JSON list, oldest first.
    pub taken: String,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What is left of the hour after a request was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// How many more would be counted now.
    pub remaining: usize,
    /// When the oldest counted one counts no more.
    pub reset: Time,
}

/// The hour is full until then; the request was not counted, so that whoever waits gets through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full {
    /// When the oldest counted one counts no more.
    pub reset: Time,
}

/// Counts one request of a service, exactly, also between processes; the caller commits.
pub async fn take(
    tx: &Transaction,
    service: ServiceId,
    now: Time,
) -> db::Result<Result<Taken, Full>> {
    let none = ActiveModel { service_id: Set(service), taken: Set("[]".to_owned()) };
    Entity::insert(none).on_conflict_do_nothing().exec_without_returning(tx).await?;
    // Held until the commit, so that two at once are counted one after the other.
    let row = Entity::find_by_id(service).lock_exclusive().one(tx).await?;
    let row = row.ok_or(db::Error::Missing)?;
    let mut taken = recent::read(&row.taken, now, ALLOWANCE_TIME);
    let reset = taken.first().copied().unwrap_or(now) + ALLOWANCE_TIME;
    if taken.len() >= ALLOWANCE {
        return Ok(Err(Full { reset }));
    }
    taken.push(now);
    let row = ActiveModel { service_id: Set(service), taken: Set(recent::write(&taken)?) };
    row.update(tx).await?;
    Ok(Ok(Taken { remaining: ALLOWANCE - taken.len(), reset }))
}
