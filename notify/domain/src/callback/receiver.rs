//! Asking a receiver of call-backs whether it is there (API specification, section 4.6). The pages ask; the binary puts
//! the guarded client behind it, because only that may reach out.

use std::{pin::Pin, time::Duration};

use kernel::{Secret, Time};

/// From when on a receiver is slow.
const SLOW: Duration = Duration::from_secs(1);

/// Why an address cannot be a receiver's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It cannot be read.
    NotAnAddress,
    /// It is not https.
    NotHttps,
    /// It carries a user name or a password.
    SignIn,
    /// It leads into a network that is not called.
    Private,
}

/// A receiver that answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status of its answer. One in the 500s says that it is there and did not know the question.
    pub status: u16,
    /// How long it took.
    pub took: Duration,
}

impl Answer {
    /// Whether its team should be warned.
    #[must_use]
    pub fn is_slow(&self) -> bool {
        self.took >= SLOW
    }
}

/// Why an address should not be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// It answers with this status in the 400s.
    Refused(u16),
    /// It did not answer in time.
    Silent,
    /// It cannot be reached, or must not be.
    Unreachable,
}

/// What comes of asking.
pub type Asking<'a> = Pin<Box<dyn Future<Output = Result<Answer, NoAnswer>> + Send + 'a>>;

/// Who asks receivers.
pub trait Receivers: Send + Sync {
    /// Whether a receiver may be at this address, as far as that is known without asking.
    ///
    /// # Errors
    /// What is wrong with it.
    fn check(&self, url: &str) -> Result<(), Unfit>;

    /// Posts a question without meaning to `url` with `token`; it ends within two seconds.
    fn ask<'a>(&'a self, url: &'a str, token: &'a Secret, now: Time) -> Asking<'a>;
}
