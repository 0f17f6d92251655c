//! Taking back a scheduled message before it leaves (API specification, section 2.7).

use accounts::{KeyKind, ServiceId};
use audit::Stamp;
use db::Transaction;
use notify::{Status, limit};
use sea_orm::entity::prelude::*;
use serde_json::json;

use crate::{
    NotificationId, delivery,
    notification::{self, Step},
    statistic::Tally,
    trail, usage,
};

/// Why a message could not be taken back.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Refusal {
    /// The service has no such message.
    #[error("no such message")]
    Missing,
    /// Only a single message with a time of its own can be taken back.
    #[error("the message is not scheduled")]
    NotScheduled,
    /// A deliverer holds it, or it has left, or it has ended in another way.
    #[error("the message has left")]
    Left,
    /// The database refused.
    #[error(transparent)]
    Store(#[from] db::Error),
}

/// Takes a scheduled message out of its lane and gives back what it was charged; its row stays, as
/// `cancelled`, so that whoever reads it later learns what happened.
///
/// Whoever takes the delivery first decides: a deliverer that holds it sends the message.
pub async fn withdraw(
    tx: &Transaction,
    stamp: &Stamp,
    service: ServiceId,
    id: NotificationId,
) -> Result<notification::Model, Refusal> {
    let row = notification::find(tx, service, id).await?.ok_or(Refusal::Missing)?;
    if row.scheduled_for.is_none() || row.batch_id.is_some() {
        return Err(Refusal::NotScheduled);
    }
    let mut tally = Tally::default();
    if !(unqueue(tx, service, id).await? && cancel(tx, stamp, id, &mut tally).await?) {
        return Err(Refusal::Left);
    }
    if row.key_kind.0 != KeyKind::Test {
        let (day, year) = (limit::day(row.created_at), limit::fiscal_year(row.created_at));
        for period in [&day, &year] {
            let of = (service, row.channel.0, period.as_str());
            usage::refund(tx, of, i64::from(row.parts)).await?;
        }
    }
    trail::leave(tx, stamp, service, ("notification.cancel", id.uuid()), json!({})).await?;
    tally.write(tx).await?;
    Ok(row)
}

async fn unqueue(tx: &Transaction, service: ServiceId, id: NotificationId) -> db::Result<bool> {
    let waiting = delivery::Entity::delete_by_id(id)
        .filter(delivery::Column::ServiceId.eq(service))
        .filter(delivery::Column::Lease.is_null());
    Ok(waiting.exec(tx).await?.rows_affected == 1)
}

async fn cancel(
    tx: &Transaction,
    stamp: &Stamp,
    id: NotificationId,
    tally: &mut Tally,
) -> db::Result<bool> {
    let step = Step {
        from: Status::Created,
        to: Status::Cancelled,
        at: stamp.at,
        provider: None,
        provider_reference: None,
        provider_response: None,
    };
    Ok(notification::step(tx, &[id], &step, tally).await?.len() == 1)
}
