//! For how many days a service's messages can be read, by channel.

use accounts::ServiceId;
use audit::Stamp;
use db::Transaction;
use kernel::{Time, Word};
use notify::Channel;
use sea_orm::{ActiveValue::Set, entity::prelude::*, sea_query::OnConflict};
use serde_json::json;

use crate::trail;

/// For how many days a service's messages of a channel can be read. A service that has set nothing has no row and
/// keeps them as long as the installation does.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "retention")]
pub struct Model {
    /// The service.
    #[sea_orm(primary_key, auto_increment = false)]
    pub service_id: ServiceId,
    /// E-mails or texts; received texts go with the texts.
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel: Word<Channel>,
    /// From 3 to 7.
    pub days: i32,
    /// The last change.
    pub updated_at: Time,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A number of days that a service may choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Days(i32);

impl Days {
    /// The fewest and the most days (administration specification, section A.1).
    pub const RANGE: std::ops::RangeInclusive<i32> = 3..=7;
    /// What a service has that chose none.
    pub const DEFAULT: Self = Self(7);

    /// A choice, if it is one.
    #[must_use]
    pub fn new(days: i32) -> Option<Self> {
        Self::RANGE.contains(&days).then_some(Self(days))
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> i32 {
        self.0
    }
}

/// Sets for how long a service's messages of a channel can be read. A shorter time takes effect at the next purge.
pub async fn set(
    tx: &Transaction,
    stamp: &Stamp,
    service: ServiceId,
    channel: Channel,
    days: Days,
) -> db::Result<()> {
    set_because(tx, stamp, service, (channel, days), "").await
}

/// The same for a reason that the record keeps.
pub async fn set_because(
    tx: &Transaction,
    stamp: &Stamp,
    service: ServiceId,
    (channel, days): (Channel, Days),
    reason: &str,
) -> db::Result<()> {
    let row = ActiveModel {
        service_id: Set(service),
        channel: Set(Word(channel)),
        days: Set(days.0),
        updated_at: Set(stamp.at),
    };
    let changed = OnConflict::columns([Column::ServiceId, Column::Channel])
        .update_columns([Column::Days, Column::UpdatedAt])
        .to_owned();
    Entity::insert(row).on_conflict(changed).exec_without_returning(tx).await?;
    let mut words = json!({ "channel": channel, "days": days.0 });
    if !reason.is_empty() {
        words["reason"] = json!(reason);
    }
    trail::leave(tx, stamp, service, ("retention.set", service.uuid()), words).await
}

/// For how many days a service's messages of a channel can be read.
pub async fn get(
    db: &impl ConnectionTrait,
    service: ServiceId,
    channel: Channel,
) -> db::Result<Days> {
    let row = Entity::find_by_id((service, Word(channel))).one(db).await?;
    Ok(row.and_then(|row| Days::new(row.days)).unwrap_or(Days::DEFAULT))
}

/// The services that keep less than `days` days, for the purge of all of them.
pub async fn shorter_than(db: &impl ConnectionTrait, days: i32) -> db::Result<Vec<Model>> {
    Ok(Entity::find().filter(Column::Days.lt(days)).all(db).await?)
}
