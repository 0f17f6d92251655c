//! The life of a bulk send (API specification, sections 2.6 and 5.7).

use crate::word::words;

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
