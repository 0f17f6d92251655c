//! How many sends a service may ask for within a minute with each kind of key (API specification, section 3.5).

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use accounts::{KeyKind, ServiceId};
use kernel::Time;

use crate::error::Refusal;

/// One place a second. The first is only partly within the last 60 seconds and counts whole, so that
/// no 60 seconds ever hold more than the limit.
const PLACES: usize = 61;

/// The requests of the last minute, by service and kind of key.
#[derive(Default)]
pub struct Limiter(Mutex<HashMap<(ServiceId, KeyKind), Window>>);

/// What is left of the minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Requests a minute.
    pub limit: u32,
    /// How many more would be accepted now.
    pub remaining: u32,
}

struct Window {
    places: [u32; PLACES],
    newest: i64,
    total: u32,
}

impl Limiter {
    /// Counts one request, or refuses it without counting it: whoever waits gets through.
    pub fn take(
        &self,
        (service, kind): (ServiceId, KeyKind),
        limit: u32,
        now: Time,
    ) -> Result<Taken, Refusal> {
        let second = now.timestamp();
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let window = all.entry((service, kind)).or_insert_with(|| Window::new(second));
        window.forward(second);
        if window.total >= limit {
            let retry_after = window.first_leaves_in();
            return Err(Refusal::RateLimited { kind: shown(kind), limit, retry_after });
        }
        window.count();
        Ok(Taken { limit, remaining: limit - window.total })
    }
}

impl Window {
    fn new(second: i64) -> Self {
        Self { places: [0; PLACES], newest: second, total: 0 }
    }

    fn place(second: i64) -> usize {
        second.rem_euclid(PLACES as i64) as usize
    }

    /// Lets the seconds pass that lie between the newest place and `second`; a clock that goes back changes nothing.
    fn forward(&mut self, second: i64) {
        let passed = (second - self.newest).clamp(0, PLACES as i64);
        for step in 1..=passed {
            let left = &mut self.places[Self::place(second - passed + step)];
            self.total -= *left;
            *left = 0;
        }
        self.newest = self.newest.max(second);
    }

    fn count(&mut self) {
        self.places[Self::place(self.newest)] += 1;
        self.total += 1;
    }

    /// Seconds until the oldest counted request no longer counts.
    fn first_leaves_in(&self) -> u64 {
        let oldest = (1..=PLACES as i64)
            .find(|ahead| self.places[Self::place(self.newest + ahead)] > 0)
            .unwrap_or(1);
        oldest.unsigned_abs()
    }
}

/// The kind of key as refusals show it.
const fn shown(kind: KeyKind) -> &'static str {
    match kind {
        KeyKind::Normal => "LIVE",
        KeyKind::Team => "TEAM",
        KeyKind::Test => "TEST",
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use kernel::Id;

    use super::*;

    #[test]
    fn no_minute_holds_more_than_the_limit_and_the_next_one_begins_again() {
        let limiter = Limiter::default();
        let start = Time::UNIX_EPOCH + TimeDelta::milliseconds(300);
        let who = (Id::new(start), KeyKind::Normal);
        for count in 0..5 {
            let taken = limiter.take(who, 5, start + TimeDelta::seconds(count));
            assert_eq!(taken, Ok(Taken { limit: 5, remaining: 4 - count as u32 }));
        }
        let refused = |at| match limiter.take(who, 5, at) {
            Err(Refusal::RateLimited { retry_after, kind: "LIVE", limit: 5 }) => Some(retry_after),
            _ => None,
        };
        assert_eq!(refused(start + TimeDelta::seconds(4)), Some(57));
        assert_eq!(refused(start + TimeDelta::seconds(60)), Some(1));
        assert_eq!(refused(start + TimeDelta::seconds(61)), None);
        assert_eq!(refused(start + TimeDelta::seconds(61)), Some(1));
        assert!(limiter.take(who, 5, start + TimeDelta::hours(2)).is_ok());
    }

    #[test]
    fn each_kind_of_key_has_its_own_minute() {
        let limiter = Limiter::default();
        let service = Id::new(Time::UNIX_EPOCH);
        for kind in KeyKind::ALL {
            assert!(limiter.take((service, kind), 1, Time::UNIX_EPOCH).is_ok());
            assert!(limiter.take((service, kind), 1, Time::UNIX_EPOCH).is_err());
        }
    }
}
