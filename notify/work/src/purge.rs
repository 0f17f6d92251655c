//! Destroying what is personal when its time is over, in steps that hold no lock for long. The facts stay.

use accounts::ServiceId;
use chrono::TimeDelta;
use db::Db;
use jobs::JobError;
use kernel::Time;
use notify::Channel;
use notify_store::{
    NotificationId, awaited_receipt, batch, callback::attempt, delivery, idempotency, notice,
    notification, received_text, report, retention, statistic, upload,
};

use crate::deliver::Depot;

/// Messages in one transaction.
const CHUNK: u64 = 500;
/// Batches in one transaction; each can hold many megabytes.
const BATCHES: u64 = 20;
/// How long the hours of e-mails are known, for the page of problem addresses.
const HOURS: TimeDelta = TimeDelta::days(8);
/// How long it is known what managers were told: longer than a fiscal year, because that is the longest period in
/// which they are told of something once.
const NOTICES: TimeDelta = TimeDelta::days(400);

/// Whose messages are purged; none is everybody's.
type Of = Option<(ServiceId, Channel)>;

/// Destroys messages, batches, received texts, uploads and reports whose time is over; a read then finds nothing.
pub(crate) async fn purge(depot: &Depot, now: Time) -> Result<(), JobError> {
    let destroyed = all(depot, now).await.map_err(JobError::retry)?;
    if destroyed > 0 {
        tracing::info!(destroyed, "destroyed {destroyed} messages whose retention has ended");
    }
    Ok(())
}

/// Removes sessions, links and codes whose time is over.
pub(crate) async fn people(depot: &Depot, now: Time) -> Result<(), JobError> {
    let gone = accounts::retention::purge(&depot.db, now).await.map_err(JobError::retry)?;
    tracing::debug!(gone, "removed {gone} rows of accounts whose time is over");
    Ok(())
}

async fn all(depot: &Depot, now: Time) -> db::Result<u64> {
    let longest = i32::try_from(depot.settings.retention_days).unwrap_or(i32::MAX);
    let ago = |days: i32| now - TimeDelta::days(i64::from(days));
    let mut destroyed = of(&depot.db, None, ago(longest)).await?;
    for shorter in retention::shorter_than(depot.db.read(), longest).await? {
        let whose = Some((shorter.service_id, *shorter.channel));
        destroyed += of(&depot.db, whose, ago(shorter.days)).await?;
    }
    let tx = depot.db.begin().await?;
    upload::purge(&tx, now).await?;
    report::purge(&tx, now).await?;
    idempotency::purge(&tx, now).await?;
    statistic::forget_hours(&tx, now - HOURS).await?;
    notice::purge(&tx, now - NOTICES).await?;
    attempt::purge(&tx, ago(longest)).await?;
    jobs::queue::forget_failed(&tx, ago(longest)).await?;
    tx.commit().await?;
    Ok(destroyed)
}

/// Destroys what was accepted before `before`; how many messages there were.
async fn of(db: &Db, whose: Of, before: Time) -> db::Result<u64> {
    let mut destroyed = 0;
    loop {
        let old = notification::accepted_before(db.read(), whose, before, CHUNK).await?;
        if old.is_empty() {
            break;
        }
        destroyed += destroy(db, &old).await?;
    }
    loop {
        let tx = db.begin().await?;
        let gone = batch::purge(&tx, whose, before, BATCHES).await?;
        tx.commit().await?;
        if gone < BATCHES {
            break;
        }
    }
    if whose.is_none_or(|(_, channel)| channel == Channel::Sms) {
        let tx = db.begin().await?;
        received_text::purge(&tx, whose.map(|(service, _)| service), before).await?;
        tx.commit().await?;
    }
    Ok(destroyed)
}

async fn destroy(db: &Db, ids: &[NotificationId]) -> db::Result<u64> {
    let tx = db.begin().await?;
    delivery::discard(&tx, ids).await?;
    awaited_receipt::remove(&tx, ids).await?;
    let destroyed = notification::destroy(&tx, ids).await?;
    tx.commit().await?;
    Ok(destroyed)
}
