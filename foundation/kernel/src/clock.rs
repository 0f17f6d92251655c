//! Time, handed in and never taken, so that a test can move it.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use chrono::{DateTime, TimeDelta, Utc};

/// A moment in UTC, exact to the microsecond.
pub type Time = DateTime<Utc>;

/// Where the time comes from: the machine, or a test's hand.
#[derive(Clone, Debug, Default)]
pub struct Clock(Option<Arc<AtomicI64>>);

impl Clock {
    /// The machine's clock.
    pub const fn system() -> Self {
        Self(None)
    }

    /// A clock that stands still at `start` until [`Clock::advance`] moves it.
    pub fn fixed(start: Time) -> Self {
        Self(Some(Arc::new(AtomicI64::new(start.timestamp_micros()))))
    }

    /// The present moment, cut to microseconds because PostgreSQL keeps no more: a time that was
    /// written must equal the time that is read back.
    #[expect(clippy::disallowed_methods, reason = "the one place where the machine's time is read")]
    pub fn now(&self) -> Time {
        let micros = match &self.0 {
            Some(held) => held.load(Ordering::SeqCst),
            None => Utc::now().timestamp_micros(),
        };
        DateTime::from_timestamp_micros(micros).unwrap_or_default()
    }

    /// Moves a fixed clock on by `step`; the machine's clock does not move for anyone.
    pub fn advance(&self, step: TimeDelta) {
        if let Some(held) = &self.0 {
            held.fetch_add(step.num_microseconds().unwrap_or(0), Ordering::SeqCst);
        }
    }
}
