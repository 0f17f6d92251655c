//! What providers tell us afterwards: delivery receipts and received texts.

use kernel::Time;
use notify::Status;

/// One thing a provider told us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Incoming {
    /// News of a message that we handed over.
    Receipt {
        /// The provider's name for it, as in [`super::Outcome::Accepted`].
        reference: String,
        /// What became of it.
        news: News,
        /// The provider's own words, for `provider_response`.
        words: Option<String>,
    },
    /// A text that somebody sent to one of our numbers.
    Text {
        /// The provider's name for it, so that a repeated delivery can be recognised.
        reference: Option<String>,
        /// The number it comes from.
        source: String,
        /// Our number that it was sent to.
        destination: String,
        /// What it says.
        message: String,
        /// When the provider received it, if it said so.
        received_at: Option<Time>,
    },
}

/// The status that a receipt reports (API specification, section 3.14).
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum News {
    /// `delivered`.
    Delivered,
    /// `temporary-failure`.
    TemporaryFailure,
    /// `permanent-failure`.
    PermanentFailure,
    /// `technical-failure`.
    TechnicalFailure,
    /// Still on its way: nothing changes.
    Pending,
}

impl News {
    /// The status to move to; `None` when nothing changes.
    pub const fn status(self) -> Option<Status> {
        match self {
            Self::Delivered => Some(Status::Delivered),
            Self::TemporaryFailure => Some(Status::TemporaryFailure),
            Self::PermanentFailure => Some(Status::PermanentFailure),
            Self::TechnicalFailure => Some(Status::TechnicalFailure),
            Self::Pending => None,
        }
    }
}
