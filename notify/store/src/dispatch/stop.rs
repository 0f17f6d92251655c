//! Stopping a batch that is being sent: what has not left is taken back, and what it cost is given back.

use accounts::{PersonId, ServiceId};
use audit::{Actor, Stamp};
use chrono::TimeDelta;
use jobs::Timing;
use notify::batch::{EXPAND, ExpandBatch};

use super::Dispatch;
use crate::{
    BatchId,
    batch::{self, Refusal},
};

/// When what a worker had in hand at the moment of the stop, and could not hand over, is back in its lane.
const LOOK_AGAIN: TimeDelta = TimeDelta::minutes(10);

impl Dispatch {
    /// Stops a batch. Rows that are not messages yet never become any; messages that wait are taken back by a job, whose
    /// refunds and counts follow within moments; what is in a provider's hands arrives all the same. A batch that waits
    /// for its time is cancelled as by [`batch::cancel`].
    ///
    /// # Errors
    /// `Missing` when the service has no such batch, `Cancelled` when it was stopped before, `Begun` when nothing of it
    /// waits any more.
    pub async fn stop(
        &self,
        (service, person): (ServiceId, PersonId),
        id: BatchId,
    ) -> Result<(), Refusal> {
        let stamp = Stamp { actor: Actor::Person(person.uuid()), at: self.clock.now() };
        let tx = self.db.begin().await?;
        match batch::cancel(&tx, &stamp, service, id).await {
            Ok(_) => return Ok(tx.commit().await?),
            Err(Refusal::Begun) => batch::stop(&tx, &stamp, service, id).await?,
            Err(other) => return Err(other),
        }
        let job = ExpandBatch { service: service.uuid(), batch: id.uuid() };
        for due in [stamp.at, stamp.at + LOOK_AGAIN] {
            jobs::enqueue(&tx, &EXPAND, &job, Timing::at(due)).await?;
        }
        tx.commit().await?;
        self.jobs.notify_one();
        Ok(())
    }
}
