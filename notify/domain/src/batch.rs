//! The life of a bulk send (API specification, sections 2.6 and 5.7).

use kernel::{JobKind, Time};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{channel::Channel, word::words};

/// What the work of [`EXPAND`] needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpandBatch {
    /// Whose batch.
    pub service: Uuid,
    /// Which.
    pub batch: Uuid,
}

/// Makes the rows of an accepted batch into messages, at once or when its time has come.
pub const EXPAND: JobKind<ExpandBatch> = JobKind::new("notify.expand-batch");

/// The moment to whose day and year a batch accepted at `now` is charged: e-mails for later go on the
/// account of that day, texts always on the account of this one (API specification, section 2.6, step 11).
#[must_use]
pub fn charged_at(channel: Channel, scheduled_for: Option<Time>, now: Time) -> Time {
    match (channel, scheduled_for) {
        (Channel::Email, Some(later)) => later,
        _ => now,
    }
}

words! {
    /// How far a batch has come; the words are the wire's `job_status`.
    State as "state of a batch" {
        /// Accepted; its rows are about to be made into messages.
        Pending = "pending",
        /// Waits for its time.
        Scheduled = "scheduled",
        /// Its rows are being made into messages.
        InProgress = "in progress",
        /// Every row is a message.
        Finished = "finished",
        /// Stopped before it began.
        Cancelled = "cancelled",
    }
}
