//! What a service can ask to be told, in the words it is told in (API specification, section 4).

pub mod receiver;

use chrono::TimeDelta;
use kernel::{JobKind, Time};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::word::words;

words! {
    /// What a call-back is about.
    Kind as "kind of call-back" {
        /// How a message ended.
        Delivery = "delivery",
        /// A text that somebody sent to the service.
        Received = "received",
    }
}

words! {
    /// What became of one attempt at a call-back.
    Outcome as "outcome of a call-back" {
        /// The receiver took it.
        Taken = "taken",
        /// It failed and will be tried again, unless it was the last try.
        Again = "again",
        /// It failed and will not be tried again.
        Dropped = "dropped",
    }
}

/// The body that tells how a message ended: what GC Notify and GOV.UK Notify send, together
/// (section 4.2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryReceipt {
    /// The message.
    pub id: Uuid,
    /// The caller's own reference.
    pub reference: Option<String>,
    /// The recipient as the caller wrote it.
    pub to: String,
    /// How it ended.
    pub status: String,
    /// The same for people, in English.
    pub status_description: String,
    /// The same for people, in French.
    pub status_description_fr: String,
    /// The provider's words.
    pub provider_response: Option<String>,
    /// When it was accepted.
    pub created_at: String,
    /// When it ended.
    pub completed_at: String,
    /// When a provider took it.
    pub sent_at: Option<String>,
    /// `email` or `sms`.
    pub notification_type: String,
    /// What it was made from.
    pub template_id: Uuid,
    /// In which version.
    pub template_version: i32,
}

/// The body that brings a text which somebody sent to the service (section 4.4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceivedText {
    /// The text.
    pub id: Uuid,
    /// The number of whoever wrote.
    pub source_number: String,
    /// The service's number.
    pub destination_number: String,
    /// What they wrote.
    pub message: String,
    /// When the provider received it.
    pub date_received: String,
}

/// A moment as the API writes it, with six digits of a second and `Z` (section 0.4).
pub fn moment(time: Time) -> String {
    time.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}

/// What the work of [`DELIVER`] needs to know. Where to and what was fixed when the event happened,
/// so that a later change of the address does not affect it; both are sealed, because the body names
/// a recipient and the target a token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliverCallback {
    /// Whose call-back, for the log.
    pub service: Uuid,
    /// The event; the same in every attempt.
    pub event: Uuid,
    /// A [`Call`] as JSON, sealed for `event`, in base64.
    pub sealed: String,
    /// Which of the service's call-backs this is; none for the address that a message brought itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
}

/// One call: where to and what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// The https address.
    pub url: String,
    /// The bearer token to show there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// What the signature is made with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signing: Option<String>,
    /// The JSON to post.
    pub body: String,
}

/// Failed attempts within [`FAILING_TIME`] after which a call-back is suspended (API specification, section 4.7).
pub const FAILURES: usize = 25;
/// The time in which [`FAILURES`] failed attempts suspend a call-back.
pub const FAILING_TIME: TimeDelta = TimeDelta::minutes(5);

/// Tells a service about one event.
pub const DELIVER: JobKind<DeliverCallback> = JobKind::new("notify.deliver-callback");

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::moment;

    #[test]
    fn a_moment_has_always_six_digits() {
        assert_eq!(moment("2026-11-21T10:00:00Z".parse().unwrap()), "2026-11-21T10:00:00.000000Z");
    }
}
