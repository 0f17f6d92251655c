//! What earlier answers told of limits, so that a message beyond one is refused in its turn of the checks
//! (API specification, section 2.3) without asking the database each time.
//!
//! It only decides who is asked about: a refusal is given after a look at the database, and what is
//! accepted is counted by the transaction that accepts it.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use accounts::ServiceId;
use db::Db;
use kernel::Time;
use notify::{
    Channel,
    limit::{Charge, Exceeded, Quota, day, fiscal_year},
};
use notify_store::usage;

/// What was used when it was last seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Used {
    /// The day's number, so that yesterday's figure is not held against today.
    date: chrono::NaiveDate,
    in_day: i64,
    in_year: i64,
}

/// What is known of limits.
#[derive(Default)]
pub struct Seen(Mutex<HashMap<(ServiceId, Channel), Used>>);

impl Seen {
    /// Whether `charge` would pass a limit; the annual one is asked first.
    pub async fn exceeds(
        &self,
        db: &Db,
        (service, channel): (ServiceId, Channel),
        charge: Charge,
        now: Time,
    ) -> db::Result<Option<Exceeded>> {
        let remembered = self.remembered((service, channel), now);
        if remembered.is_some_and(|used| over(used, charge).is_none()) {
            return Ok(None);
        }
        let in_year = usage::used(db.read(), service, channel, &fiscal_year(now)).await?;
        let in_day = usage::used(db.read(), service, channel, &day(now)).await?;
        let used = Used { date: now.date_naive(), in_day, in_year };
        self.remember((service, channel), used);
        Ok(over(used, charge))
    }

    /// Remembers what an acceptance left.
    pub fn note(&self, who: (ServiceId, Channel), left: Quota, now: Time) {
        let in_day = left.daily_limit - left.daily_left;
        let in_year = left.annual_limit - left.annual_left;
        self.remember(who, Used { date: now.date_naive(), in_day, in_year });
    }

    fn remembered(&self, who: (ServiceId, Channel), now: Time) -> Option<Used> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(&who).copied().filter(|used| used.date == now.date_naive())
    }

    fn remember(&self, who: (ServiceId, Channel), used: Used) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(who, used);
    }
}

fn over(used: Used, charge: Charge) -> Option<Exceeded> {
    let Charge { units, daily_limit, annual_limit } = charge;
    if used.in_year + units > annual_limit {
        let left = Ord::max(annual_limit - used.in_year, 0);
        return Some(Exceeded::Annual { limit: annual_limit, left });
    }
    if used.in_day + units > daily_limit {
        let left = Ord::max(daily_limit - used.in_day, 0);
        return Some(Exceeded::Daily { limit: daily_limit, left });
    }
    None
}
