//! How much of a limit a service has used in one period.

use accounts::ServiceId;
use db::Transaction;
use kernel::{Time, Word};
use notify::{
    Channel,
    limit::{self, Charge, Exceeded, Quota},
};
use sea_orm::{
    ActiveValue::Set,
    entity::prelude::*,
    sea_query::{ExprTrait, OnConflict},
};

use crate::notice::{self, About, Used};

/// How much of a limit a service has used in one period.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "usage")]
pub struct Model {
    /// The service.
    #[sea_orm(primary_key, auto_increment = false)]
    pub service_id: ServiceId,
    /// E-mails, or text parts.
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel: Word<Channel>,
    /// A day `2026-11-21` (UTC) or a fiscal year `2026-27`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub period: String,
    /// Messages or parts accepted in it.
    pub used: i64,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Takes `charge` from the day's and the fiscal year's limits, or from neither; the annual one is
/// asked first. Each is one guarded update, so two that run at once cannot pass a limit together. Whoever
/// brings a limit near its end or to it leaves a notice, in the same transaction.
pub async fn charge(
    tx: &Transaction,
    service: ServiceId,
    channel: Channel,
    charge: Charge,
    now: Time,
) -> db::Result<Result<Quota, Exceeded>> {
    let (year, day) = (limit::fiscal_year(now), limit::day(now));
    let Charge { units, daily_limit, annual_limit } = charge;
    let Some(in_year) = take(tx, (service, channel, &year), units, annual_limit).await? else {
        let left = annual_limit - used(tx, service, channel, &year).await?;
        return Ok(Err(Exceeded::Annual { limit: annual_limit, left: Ord::max(left, 0) }));
    };
    let Some(in_day) = take(tx, (service, channel, &day), units, daily_limit).await? else {
        refund(tx, (service, channel, &year), units).await?;
        let left = daily_limit - used(tx, service, channel, &day).await?;
        return Ok(Err(Exceeded::Daily { limit: daily_limit, left: Ord::max(left, 0) }));
    };
    let taken = [(year, in_year, annual_limit), (day, in_day, daily_limit)];
    for (period, used, limit) in taken {
        if let Some(mark) = limit::passed(used - units, used, limit) {
            let about = Used { channel, period, used, limit };
            notice::leave(tx, service, &About::Limit(mark, about), now).await?;
        }
    }
    let (daily_left, annual_left) = (daily_limit - in_day, annual_limit - in_year);
    Ok(Ok(Quota { daily_limit, daily_left, annual_limit, annual_left }))
}

/// Gives `units` back to one period.
pub async fn refund(
    tx: &Transaction,
    (service, channel, period): (ServiceId, Channel, &str),
    units: i64,
) -> db::Result<()> {
    Entity::update_many()
        .col_expr(Column::Used, Expr::col(Column::Used).sub(units))
        .filter(Column::ServiceId.eq(service))
        .filter(Column::Channel.eq(Word(channel)))
        .filter(Column::Period.eq(period))
        .exec(tx)
        .await?;
    Ok(())
}

/// What was used of a limit in `period`.
pub async fn used(
    db: &impl ConnectionTrait,
    service: ServiceId,
    channel: Channel,
    period: &str,
) -> db::Result<i64> {
    let row = Entity::find_by_id((service, Word(channel), period.to_owned())).one(db).await?;
    Ok(row.map_or(0, |row| row.used))
}

/// Adds `units` if the period stays within `limit`; gives what is used then, or none if refused.
async fn take(
    tx: &Transaction,
    (service, channel, period): (ServiceId, Channel, &str),
    units: i64,
    limit: i64,
) -> db::Result<Option<i64>> {
    if units > limit {
        return Ok(None);
    }
    let used = || Expr::col((Entity, Column::Used));
    let first = ActiveModel {
        service_id: Set(service),
        channel: Set(Word(channel)),
        period: Set(period.to_owned()),
        used: Set(units),
    };
    let within = OnConflict::columns([Column::ServiceId, Column::Channel, Column::Period])
        .value(Column::Used, used().add(units))
        .action_and_where(used().add(units).lte(limit))
        .to_owned();
    let taken = Entity::insert(first).on_conflict(within).exec_with_returning_many(tx).await;
    match taken {
        Ok(rows) => Ok(rows.first().map(|row| row.used)),
        Err(DbErr::RecordNotInserted) => Ok(None),
        Err(other) => Err(other.into()),
    }
}
