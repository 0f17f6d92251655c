//! Keeping house: time-outs and what else comes again and again.

use jobs::JobError;
use kernel::Time;
use notify::Status;
use notify_store::{
    NotificationId, awaited_receipt, delivery, mailbox_message,
    notification::{self, Step},
    receipt::{About, Applied, Receipt},
    statistic::Tally,
};

use crate::{deliver::Depot, receive::ended};

/// Messages in one transaction.
const CHUNK: u64 = 500;

/// A message whose receipt did not come in time ended in a temporary failure (API specification,
/// section 3.14).
pub(crate) async fn time_out_receipts(depot: &Depot, now: Time) -> Result<(), JobError> {
    loop {
        let overdue = awaited_receipt::overdue(depot.db.read(), now, CHUNK).await;
        let overdue = overdue.map_err(JobError::retry)?;
        if overdue.is_empty() {
            return Ok(());
        }
        give_up_on_receipts(depot, &overdue, now).await.map_err(JobError::retry)?;
    }
}

async fn give_up_on_receipts(depot: &Depot, ids: &[NotificationId], now: Time) -> db::Result<()> {
    let tx = depot.db.begin().await?;
    let mut tally = Tally::default();
    for id in ids {
        let silence =
            Receipt { about: About::Message(*id), status: Status::TemporaryFailure, words: None };
        let applied = notify_store::receipt::apply(&tx, &silence, now, &mut tally).await?;
        if let Applied::Changed(message) = applied {
            ended(depot, &tx, &message, now).await?;
        }
    }
    // Also those that had ended already.
    awaited_receipt::remove(&tx, ids).await?;
    tally.write(&tx).await?;
    tx.commit().await?;
    depot.jobs.notify_one();
    Ok(())
}

/// A message that could not be handed over for as long as that ended in a technical failure; one
/// that waits for its time is exempt (API specification, section 3.14).
pub(crate) async fn time_out_waiting(depot: &Depot, now: Time) -> Result<(), JobError> {
    let before = now - depot.settings.receipts();
    let mut after = None;
    loop {
        let waiting = delivery::waiting_since(depot.db.read(), before, after, now, CHUNK).await;
        let waiting = waiting.map_err(JobError::retry)?;
        let Some(last) = waiting.last() else { return Ok(()) };
        after = Some(*last);
        give_up_on_waiting(depot, &waiting, before, now).await.map_err(JobError::retry)?;
    }
}

async fn give_up_on_waiting(
    depot: &Depot,
    ids: &[NotificationId],
    before: Time,
    now: Time,
) -> db::Result<()> {
    let tx = depot.db.begin().await?;
    let mut rows = notification::claimed(&tx, ids).await?;
    rows.retain(|row| row.scheduled_for.is_none_or(|at| at < before));
    let old: Vec<_> = rows.iter().map(|row| row.id).collect();
    let step = Step {
        from: Status::Created,
        to: Status::TechnicalFailure,
        at: now,
        provider: None,
        provider_reference: None,
        provider_response: None,
    };
    let mut tally = Tally::default();
    let failed = notification::step(&tx, &old, &step, &mut tally).await?;
    delivery::discard(&tx, &old).await?;
    for mut row in rows {
        if failed.contains(&row.id) {
            row.status = step.to.into();
            row.updated_at = Some(now);
            ended(depot, &tx, &row, now).await?;
        }
    }
    tally.write(&tx).await?;
    tx.commit().await?;
    depot.jobs.notify_one();
    Ok(())
}

/// Keeps the development mailbox small.
pub(crate) async fn cap_mailbox(depot: &Depot) -> Result<(), JobError> {
    let most = u64::from(depot.settings.mailbox_size);
    let capped = async {
        let tx = depot.db.begin().await?;
        mailbox_message::cap(&tx, most).await?;
        db::Result::Ok(tx.commit().await?)
    };
    capped.await.map_err(JobError::retry)
}
