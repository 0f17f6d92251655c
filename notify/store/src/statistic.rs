//! Facts about a service's messages by day and template, kept by the very transactions that accept and change
//! messages, so that no page ever counts messages.
//!
//! A message counts on the day (UTC) on which it was accepted, whatever becomes of it later. Messages of test
//! keys and those that were taken back are not in it.

pub mod batch_count;
pub mod email_hour;
pub mod key_day;
pub mod several;
mod standing;
mod tally;

use accounts::ServiceId;
use chrono::{NaiveDate, TimeDelta};
use kernel::{Time, Word};
use notify::Channel;
use sea_orm::{
    FromQueryResult, Order, QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::{Alias, ExprTrait, Func, SimpleExpr},
};

pub(crate) use self::tally::Changed;
pub use self::{
    standing::{FEW, Standing},
    tally::Tally,
};
use crate::TemplateId;

/// What became of a service's messages of one day that were made from one template.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "statistic")]
pub struct Model {
    /// The service.
    #[sea_orm(primary_key, auto_increment = false)]
    pub service_id: ServiceId,
    /// The day in UTC, `2026-11-21`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: String,
    /// The template.
    #[sea_orm(primary_key, auto_increment = false)]
    pub template_id: TemplateId,
    /// The template's channel.
    pub channel: Word<Channel>,
    /// Messages accepted.
    pub requested: i64,
    /// Of these, arrived.
    pub delivered: i64,
    /// Of these, failed.
    pub failed: i64,
    /// Parts of the texts accepted; of e-mails one each.
    pub parts: i64,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Messages counted by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Accepted.
    pub requested: i64,
    /// Arrived.
    pub delivered: i64,
    /// Failed.
    pub failed: i64,
    /// Parts of texts; of e-mails one each.
    pub parts: i64,
}

impl Totals {
    const fn of(requested: i64, delivered: i64, failed: i64, parts: i64) -> Self {
        Self { requested, delivered, failed, parts }
    }

    /// Those that have neither arrived nor failed.
    #[must_use]
    pub const fn in_transit(&self) -> i64 {
        self.requested - self.delivered - self.failed
    }
}

/// The days that a question is about, both counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first.
    pub first: NaiveDate,
    /// The last.
    pub last: NaiveDate,
}

impl Days {
    /// The last `days` days, today among them.
    #[must_use]
    pub fn last(days: u32, now: Time) -> Self {
        let last = now.date_naive();
        Self { first: last - TimeDelta::days(i64::from(Ord::max(days, 1)) - 1), last }
    }

    /// The fiscal year that begins on 1 April of `start`.
    #[must_use]
    pub fn fiscal_year(start: i32) -> Self {
        let first = |year| NaiveDate::from_ymd_opt(year, 4, 1).unwrap_or_default();
        Self { first: first(start), last: first(start + 1) - TimeDelta::days(1) }
    }
}

/// What became of the messages of one channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfChannel {
    /// E-mail or text.
    pub channel: Channel,
    /// How many.
    pub totals: Totals,
}

/// What became of the messages of one template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfTemplate {
    /// The template; it may have been archived since.
    pub template: TemplateId,
    /// Its channel.
    pub channel: Channel,
    /// How many.
    pub totals: Totals,
}

/// What became of the messages of one channel on one day or in one month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfPeriod {
    /// The day `2026-11-21` or the month `2026-11`, in UTC.
    pub period: String,
    /// E-mail or text.
    pub channel: Channel,
    /// How many.
    pub totals: Totals,
}

/// What became of one template's messages in one month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfTemplateMonth {
    /// The month `2026-11`, in UTC.
    pub month: String,
    /// The template; it may have been archived since.
    pub template: TemplateId,
    /// Its channel.
    pub channel: Channel,
    /// How many.
    pub totals: Totals,
}

/// A service's messages of these days by channel; both channels are always there.
pub async fn by_channel(
    db: &impl ConnectionTrait,
    service: ServiceId,
    days: Days,
) -> db::Result<Vec<OfChannel>> {
    let rows: Vec<(Word<Channel>, i64, i64, i64, i64)> =
        summed(of(service, days).column(Column::Channel).group_by(Column::Channel))
            .into_tuple()
            .all(db)
            .await?;
    let totals = |channel: Channel| {
        let row = rows.iter().find(|row| row.0.0 == channel)?;
        Some(Totals::of(row.1, row.2, row.3, row.4))
    };
    let both = Channel::ALL.iter().map(|channel| OfChannel {
        channel: *channel,
        totals: totals(*channel).unwrap_or_default(),
    });
    Ok(both.collect())
}

/// A service's messages of these days by template, most first, at most `most` templates.
pub async fn by_template(
    db: &impl ConnectionTrait,
    service: ServiceId,
    days: Days,
    most: u64,
) -> db::Result<Vec<OfTemplate>> {
    let templates = of(service, days)
        .columns([Column::TemplateId, Column::Channel])
        .group_by(Column::TemplateId)
        .group_by(Column::Channel)
        .order_by_desc(sum(Column::Requested))
        .order_by_asc(Column::TemplateId)
        .limit(most);
    let rows: Vec<(TemplateId, Word<Channel>, i64, i64, i64, i64)> =
        summed(templates).into_tuple().all(db).await?;
    Ok(rows
        .into_iter()
        .map(|(template, channel, requested, delivered, failed, parts)| OfTemplate {
            template,
            channel: channel.0,
            totals: Totals::of(requested, delivered, failed, parts),
        })
        .collect())
}

/// A service's messages by day and channel, oldest first; days without messages are left out.
pub async fn by_day(
    db: &impl ConnectionTrait,
    service: ServiceId,
    days: Days,
) -> db::Result<Vec<OfPeriod>> {
    by_period(db, service, days, Expr::col(Column::Day)).await
}

/// A service's messages by month and channel, oldest first; months without messages are left out.
pub async fn by_month(
    db: &impl ConnectionTrait,
    service: ServiceId,
    days: Days,
) -> db::Result<Vec<OfPeriod>> {
    by_period(db, service, days, month()).await
}

type MonthRow = (String, TemplateId, Word<Channel>, i64, i64, i64, i64);

/// A service's messages by month and template, the newest month first and in it the most used template.
pub async fn by_template_and_month(
    db: &impl ConnectionTrait,
    service: ServiceId,
    days: Days,
) -> db::Result<Vec<OfTemplateMonth>> {
    let templates = of(service, days)
        .expr_as(month(), "month")
        .columns([Column::TemplateId, Column::Channel])
        .group_by(month())
        .group_by(Column::TemplateId)
        .group_by(Column::Channel)
        .order_by_desc(month())
        .order_by_desc(sum(Column::Requested))
        .order_by_asc(Column::TemplateId);
    let rows: Vec<MonthRow> = summed(templates).into_tuple().all(db).await?;
    Ok(rows
        .into_iter()
        .map(|(month, template, channel, requested, delivered, failed, parts)| OfTemplateMonth {
            month,
            template,
            channel: channel.0,
            totals: Totals::of(requested, delivered, failed, parts),
        })
        .collect())
}

/// The last day on which a template was used, `2026-11-21`, or none if never.
pub async fn last_used(
    db: &impl ConnectionTrait,
    service: ServiceId,
    template: TemplateId,
) -> db::Result<Option<String>> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Day)
        .filter(Column::ServiceId.eq(service))
        .filter(Column::TemplateId.eq(template))
        .filter(Column::Requested.gt(0))
        .order_by_desc(Column::Day)
        .limit(1)
        .into_tuple()
        .one(db)
        .await?)
}

/// How many of a service's e-mails went out in the last 24 hours, and how many addresses did not exist.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub struct Bounces {
    /// E-mails that a provider was asked to take.
    pub sent: i64,
    /// E-mails of which was heard in this time that their address does not exist.
    pub bounced: i64,
}

impl Bounces {
    /// The share of addresses that did not exist, from 0 to 1; 0 when nothing was sent.
    #[must_use]
    pub fn rate(&self) -> f64 {
        if self.sent == 0 { 0.0 } else { (self.bounced as f64 / self.sent as f64).min(1.0) }
    }
}

/// The hard bounces of the last 24 hours, to the hour (administration specification, section F.1).
pub async fn bounces(
    db: &impl ConnectionTrait,
    service: ServiceId,
    now: Time,
) -> db::Result<Bounces> {
    use email_hour::{Column, Entity};
    let found = Entity::find()
        .select_only()
        .expr_as(total(Column::Sent), "sent")
        .expr_as(total(Column::Bounced), "bounced")
        .filter(Column::ServiceId.eq(service))
        .filter(Column::Hour.gt(now - TimeDelta::hours(24)))
        .into_model()
        .one(db)
        .await?;
    Ok(found.unwrap_or_default())
}

/// Forgets hours before `before`; days are kept for ever.
pub async fn forget_hours(tx: &db::Transaction, before: Time) -> db::Result<u64> {
    let old = email_hour::Column::Hour.lt(before);
    Ok(email_hour::Entity::delete_many().filter(old).exec(tx).await?.rows_affected)
}

async fn by_period(
    db: &impl ConnectionTrait,
    service: ServiceId,
    days: Days,
    period: SimpleExpr,
) -> db::Result<Vec<OfPeriod>> {
    let periods = of(service, days)
        .expr_as(period.clone(), "period")
        .column(Column::Channel)
        .group_by(period.clone())
        .group_by(Column::Channel)
        .order_by(period, Order::Asc)
        .order_by_asc(Column::Channel);
    let rows: Vec<(String, Word<Channel>, i64, i64, i64, i64)> =
        summed(periods).into_tuple().all(db).await?;
    Ok(rows
        .into_iter()
        .map(|(period, channel, requested, delivered, failed, parts)| OfPeriod {
            period,
            channel: channel.0,
            totals: Totals::of(requested, delivered, failed, parts),
        })
        .collect())
}

fn of(service: ServiceId, days: Days) -> Select<Entity> {
    Entity::find()
        .select_only()
        .filter(Column::ServiceId.eq(service))
        .filter(Column::Day.between(days.first.to_string(), days.last.to_string()))
}

fn summed(rows: Select<Entity>) -> Select<Entity> {
    rows.expr_as(sum(Column::Requested), "requested")
        .expr_as(sum(Column::Delivered), "delivered")
        .expr_as(sum(Column::Failed), "failed")
        .expr_as(sum(Column::Parts), "parts")
}

fn sum(column: Column) -> SimpleExpr {
    total(column)
}

/// PostgreSQL sums `bigint` to `numeric`, and nothing to null.
pub(crate) fn total(column: impl ColumnTrait) -> SimpleExpr {
    let sum = Expr::col(column).sum();
    SimpleExpr::from(Func::coalesce([sum, Expr::value(0)])).cast_as(Alias::new("bigint"))
}

fn month() -> SimpleExpr {
    Expr::cust("substr(day, 1, 7)")
}
