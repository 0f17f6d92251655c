//! The facts of several services at once, for staff and for organisations.

use accounts::ServiceId;
use chrono::TimeDelta;
use kernel::{Time, Word};
use notify::Channel;
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};

use super::{Bounces, Column, Days, Entity, OfPeriod, Totals, email_hour, month, summed, total};

/// What became of the messages of one service and channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfService {
    /// The service.
    pub service: ServiceId,
    /// E-mail or text.
    pub channel: Channel,
    /// How many.
    pub totals: Totals,
}

/// The messages of these services by service and channel; those without messages are left out.
pub async fn by_service(
    db: &impl ConnectionTrait,
    services: &[ServiceId],
    days: Days,
) -> db::Result<Vec<OfService>> {
    if services.is_empty() {
        return Ok(Vec::new());
    }
    let rows = of(services, days)
        .columns([Column::ServiceId, Column::Channel])
        .group_by(Column::ServiceId)
        .group_by(Column::Channel);
    let rows: Vec<(ServiceId, Word<Channel>, i64, i64, i64, i64)> =
        summed(rows).into_tuple().all(db).await?;
    Ok(rows
        .into_iter()
        .map(|(service, channel, requested, delivered, failed, parts)| OfService {
            service,
            channel: channel.0,
            totals: Totals::of(requested, delivered, failed, parts),
        })
        .collect())
}

/// The messages of these services together by month and channel, oldest first; months without messages are left out.
pub async fn by_month(
    db: &impl ConnectionTrait,
    services: &[ServiceId],
    days: Days,
) -> db::Result<Vec<OfPeriod>> {
    if services.is_empty() {
        return Ok(Vec::new());
    }
    let rows = of(services, days)
        .expr_as(month(), "month")
        .column(Column::Channel)
        .group_by(month())
        .group_by(Column::Channel);
    let rows: Vec<(String, Word<Channel>, i64, i64, i64, i64)> =
        summed(rows).into_tuple().all(db).await?;
    let mut periods: Vec<OfPeriod> = rows
        .into_iter()
        .map(|(period, channel, requested, delivered, failed, parts)| OfPeriod {
            period,
            channel: channel.0,
            totals: Totals::of(requested, delivered, failed, parts),
        })
        .collect();
    periods.sort_by(|one, other| one.period.cmp(&other.period));
    Ok(periods)
}

/// The messages of all services by day and channel, oldest first; days without messages are left out.
pub async fn by_day(db: &impl ConnectionTrait, days: Days) -> db::Result<Vec<OfPeriod>> {
    let rows = Entity::find()
        .select_only()
        .filter(Column::Day.between(days.first.to_string(), days.last.to_string()))
        .columns([Column::Day, Column::Channel])
        .group_by(Column::Day)
        .group_by(Column::Channel)
        .order_by_asc(Column::Day);
    let rows: Vec<(String, Word<Channel>, i64, i64, i64, i64)> =
        summed(rows).into_tuple().all(db).await?;
    Ok(rows
        .into_iter()
        .map(|(period, channel, requested, delivered, failed, parts)| OfPeriod {
            period,
            channel: channel.0,
            totals: Totals::of(requested, delivered, failed, parts),
        })
        .collect())
}

/// The e-mails of all services since the beginning of the hour of `since`: how many a provider was asked to take, and
/// how many addresses did not exist.
pub async fn bounces(db: &impl ConnectionTrait, since: Time) -> db::Result<Bounces> {
    let found = email_hour::Entity::find()
        .select_only()
        .expr_as(total(email_hour::Column::Sent), "sent")
        .expr_as(total(email_hour::Column::Bounced), "bounced")
        .filter(email_hour::Column::Hour.gt(since - TimeDelta::hours(1)))
        .into_model()
        .one(db)
        .await?;
    Ok(found.unwrap_or_default())
}

fn of(services: &[ServiceId], days: Days) -> Select<Entity> {
    Entity::find()
        .select_only()
        .filter(Column::ServiceId.is_in(services.iter().copied()))
        .filter(Column::Day.between(days.first.to_string(), days.last.to_string()))
}
