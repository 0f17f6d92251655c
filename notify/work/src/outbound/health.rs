//! Asking a receiver whether it is there, before its address is kept (API specification, section 4.6).

use std::time::Duration;

use kernel::{Id, Secret, Time};
use thiserror::Error;

use super::{Call, Outbound, Unanswered};

/// How long a receiver may take to answer at all.
const LIMIT: Duration = Duration::from_secs(2);
/// From when on it should be told that it is slow.
const SLOW: Duration = Duration::from_secs(1);
/// What it is asked.
const BODY: &[u8] = br#"{"health_check": true}"#;

/// A receiver that answered. An answer in the 500s counts: it is there and did not know what to do with the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Health {
    /// The status of its answer.
    pub status: u16,
    /// How long it took.
    pub elapsed: Duration,
}

impl Health {
    /// Whether it took a second or more: it can be used, and whoever sets it should be warned.
    pub fn is_slow(self) -> bool {
        self.elapsed >= SLOW
    }
}

/// Why an address should not be kept as a call-back; a sentence without its subject.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unhealthy {
    /// It answered in the 400s: a wrong path or token, for instance.
    #[error("it answers with the status {0}: check the address and the bearer token")]
    Refused(u16),
    /// It did not answer in time.
    #[error("it did not answer within {} seconds", LIMIT.as_secs())]
    Silent,
    /// It cannot be reached, or must not be.
    #[error("it cannot be reached: {0}")]
    Unreachable(String),
}

impl Outbound {
    /// Posts a question without meaning to `url` with `token`, and gives the answer; it ends within two seconds.
    ///
    /// # Errors
    /// [`Unhealthy`] says why the address should not be kept.
    pub async fn health(&self, url: &str, token: &Secret, now: Time) -> Result<Health, Unhealthy> {
        let event = Id::<Call<'_>>::new(now).uuid();
        let (bearer, body) = (Some(token), BODY.to_vec());
        let call = Call { event, url, bearer, signing: None, body };
        let begun = tokio::time::Instant::now();
        let answer = tokio::time::timeout(LIMIT, self.answer(call, now)).await;
        let answer = answer.map_err(|_| Unhealthy::Silent)?;
        let answer = answer.map_err(|unanswered| match unanswered {
            Unanswered::Again(words) | Unanswered::Never(words) => Unhealthy::Unreachable(words),
        })?;
        let (status, elapsed) = (answer.status(), begun.elapsed());
        if status.is_client_error() {
            return Err(Unhealthy::Refused(status.as_u16()));
        }
        Ok(Health { status: status.as_u16(), elapsed })
    }
}
