//! What an answer of a provider means for a message (API specification, sections 3.14 and 3.16).

use chrono::TimeDelta;
use kernel::Time;
use notify::{Channel, Lane, Status};
use notify_store::{NotificationId, notification::HandOver};

use super::way::Way;
use crate::provider::{Outcome, Refusal};

/// Attempts after the first; then we give up.
const RETRIES: i32 = 48;

/// What is to be written about a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// A provider took it.
    HandedOver {
        /// By whom, and the status it gets.
        common: HandOver,
        /// The provider's own name for it.
        reference: Option<String>,
    },
    /// It will never be handed over.
    Failed {
        /// How it ended.
        to: Status,
        /// The provider's words, where it had any.
        response: Option<String>,
    },
    /// To be tried again.
    Later {
        /// Not before this.
        due_at: Time,
        /// Whether the attempt is held against it.
        counts: bool,
    },
    /// There is nothing to deliver any more.
    Gone,
}

impl Verdict {
    /// A failure of our own making.
    pub(crate) const fn technical() -> Self {
        Self::Failed { to: Status::TechnicalFailure, response: None }
    }

    /// The status that the message gets, if it gets another one.
    pub(crate) const fn status(&self) -> Option<Status> {
        match self {
            Self::HandedOver { common, .. } => Some(common.to),
            Self::Failed { to, .. } => Some(*to),
            Self::Later { .. } | Self::Gone => None,
        }
    }

    /// The word for it in the metrics.
    pub(crate) const fn outcome(&self) -> &'static str {
        match self {
            Self::HandedOver { .. } => "handed-over",
            Self::Failed { .. } => "failed",
            Self::Later { .. } => "later",
            Self::Gone => "gone",
        }
    }
}

/// One attempt at handing a message over.
#[derive(Clone, Copy, Debug)]
pub(super) struct Try {
    pub(super) message: NotificationId,
    pub(super) channel: Channel,
    pub(super) lane: Lane,
    /// From 1.
    pub(super) attempt: i32,
    pub(super) now: Time,
}

/// Judges what a provider answered.
pub(super) fn of(outcome: Outcome, way: &Way, this: Try) -> Verdict {
    match outcome {
        Outcome::Accepted { reference } => Verdict::HandedOver {
            common: HandOver { provider: way.name().to_owned(), to: accepted(way), response: None },
            reference,
        },
        Outcome::Refused { kind, words } => refused(&kind, words, this.channel),
        Outcome::Later { words, after } => {
            later(words, after.and_then(|a| TimeDelta::from_std(a).ok()), this)
        }
    }
}

/// Both kinds of message wait for a receipt if one will come, else they count as sent.
fn accepted(way: &Way) -> Status {
    if way.delivers_itself() {
        Status::Delivered
    } else if way.gives_receipts() {
        Status::Sending
    } else {
        Status::Sent
    }
}

fn refused(kind: &Refusal, words: String, channel: Channel) -> Verdict {
    // `provider-failure` is a status of texts; its cause is the word its description is made from.
    let (to, response) = match (kind, channel) {
        (Refusal::Provider(_), Channel::Email) => (Status::TechnicalFailure, words),
        (Refusal::Provider(Some(cause)), Channel::Sms) => (kind.status(), cause.to_string()),
        _ => (kind.status(), words),
    };
    Verdict::Failed { to, response: Some(response).filter(|words| !words.is_empty()) }
}

/// A provider that names a pause limits its rate: that is not held against the message.
fn later(words: String, after: Option<TimeDelta>, this: Try) -> Verdict {
    let counts = after.is_none();
    if counts && this.attempt > RETRIES {
        return Verdict::Failed { to: Status::TechnicalFailure, response: Some(words) };
    }
    let pause = if this.lane == Lane::Priority { 25 } else { 300 };
    let pause = match after {
        Some(asked) => spread(asked.max(TimeDelta::seconds(1)), this),
        None => spread(TimeDelta::seconds(pause), this),
    };
    Verdict::Later { due_at: this.now + pause, counts }
}

/// Lengthens a pause by up to a fifth, by chance that comes with the message's own id: those that
/// failed together do not come back together.
fn spread(pause: TimeDelta, this: Try) -> TimeDelta {
    let random = this.message.uuid().into_bytes()[15].wrapping_mul(this.attempt as u8 | 1);
    pause + pause * i32::from(random) / (5 * 255)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use kernel::Id;
    use notify::status::Cause;

    use super::*;

    fn this(lane: Lane, attempt: i32) -> Try {
        let now = testkit::clock().now();
        Try { message: Id::new(now), channel: Channel::Sms, lane, attempt, now }
    }

    fn seconds(verdict: &Verdict, now: Time) -> i64 {
        let Verdict::Later { due_at, .. } = verdict else { panic!("{verdict:?}") };
        (*due_at - now).num_seconds()
    }

    #[test]
    fn retries_wait_by_lane_with_chance_and_end_after_forty_eight() {
        let (urgent, other) = (this(Lane::Priority, 1), this(Lane::Bulk, 48));
        assert!((25..=30).contains(&seconds(&later("busy".into(), None, urgent), urgent.now)));
        assert!((300..=360).contains(&seconds(&later("busy".into(), None, other), other.now)));
        let last = later("busy".to_owned(), None, this(Lane::Normal, 49));
        let failed =
            Verdict::Failed { to: Status::TechnicalFailure, response: Some("busy".to_owned()) };
        assert_eq!(last, failed);
    }

    #[test]
    fn a_provider_that_names_a_pause_is_obeyed_without_counting() {
        let many = this(Lane::Priority, 1000);
        let asked =
            later("slow down".into(), TimeDelta::from_std(Duration::from_secs(600)).ok(), many);
        assert!(matches!(asked, Verdict::Later { counts: false, .. }));
        assert!((600..=720).contains(&seconds(&asked, many.now)));
    }

    #[test]
    fn each_refusal_has_its_status() {
        let of = |kind, channel| refused(&kind, "no".to_owned(), channel).status();
        assert_eq!(of(Refusal::Permanent, Channel::Email), Some(Status::PermanentFailure));
        assert_eq!(of(Refusal::Temporary, Channel::Sms), Some(Status::TemporaryFailure));
        assert_eq!(of(Refusal::Technical, Channel::Sms), Some(Status::TechnicalFailure));
        assert_eq!(of(Refusal::Provider(None), Channel::Sms), Some(Status::ProviderFailure));
        assert_eq!(of(Refusal::Provider(None), Channel::Email), Some(Status::TechnicalFailure));
        let cause = Refusal::Provider(Some(Cause::DestinationCountryBlocked));
        let response = Some("DESTINATION_COUNTRY_BLOCKED".to_owned());
        let blocked = refused(&cause, "no".to_owned(), Channel::Sms);
        assert_eq!(blocked, Verdict::Failed { to: Status::ProviderFailure, response });
    }
}
