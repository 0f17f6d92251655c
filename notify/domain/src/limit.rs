//! How much a service may send, and in which periods it is counted (API specification, section 3.6).

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc};

use crate::word::words;

/// What a message costs and what it is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Charge {
    /// One for an e-mail, the number of parts for a text.
    pub units: i64,
    /// Units a day, counted from midnight UTC.
    pub daily_limit: i64,
    /// Units a fiscal year, counted from 1 April UTC.
    pub annual_limit: i64,
}

/// What is left after a charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// The day's limit.
    pub daily_limit: i64,
    /// What is left of it.
    pub daily_left: i64,
    /// The fiscal year's limit.
    pub annual_limit: i64,
    /// What is left of it.
    pub annual_left: i64,
}

/// Which limit refused; the annual one is asked first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Exceeded {
    /// The fiscal year's limit.
    #[error("the annual limit of {limit} is reached: {left} left")]
    Annual {
        /// The limit.
        limit: i64,
        /// What is left of it, less than was asked for.
        left: i64,
    },
    /// The day's limit.
    #[error("the daily limit of {limit} is reached: {left} left")]
    Daily {
        /// The limit.
        limit: i64,
        /// What is left of it, less than was asked for.
        left: i64,
    },
}

/// From this share of a limit on, in percent, it is near its end (administration specification, section A.1).
pub const NEAR: i64 = 80;

words! {
    /// What of a limit is worth telling a team.
    Mark as "mark of a limit" {
        /// [`NEAR`] percent are used.
        Near = "near",
        /// Nothing is left.
        Reached = "reached",
    }
}

/// The mark that a limit passes when what is used of it grows from `before` to `after`; of two, the later one.
#[must_use]
pub fn passed(before: i64, after: i64, limit: i64) -> Option<Mark> {
    let is_near = |used: i64| used.saturating_mul(100) >= limit.saturating_mul(NEAR);
    if before < limit && after >= limit {
        Some(Mark::Reached)
    } else if !is_near(before) && is_near(after) {
        Some(Mark::Near)
    } else {
        None
    }
}

/// The first moment of the next day in UTC, at which daily limits begin anew.
#[must_use]
pub fn next_day(at: DateTime<Utc>) -> DateTime<Utc> {
    first_moment(at.date_naive() + TimeDelta::days(1))
}

/// The first moment of the next fiscal year in UTC, at which annual limits begin anew.
#[must_use]
pub fn next_year(at: DateTime<Utc>) -> DateTime<Utc> {
    let year = if at.month() < 4 { at.year() } else { at.year() + 1 };
    first_moment(NaiveDate::from_ymd_opt(year, 4, 1).unwrap_or_default())
}

fn first_moment(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}

/// The year in whose April the fiscal year of `at` began.
#[must_use]
pub fn fiscal_start(at: DateTime<Utc>) -> i32 {
    if at.month() < 4 { at.year() - 1 } else { at.year() }
}

/// The day of `at` in UTC, as `2026-11-21`.
#[must_use]
pub fn day(at: DateTime<Utc>) -> String {
    at.date_naive().to_string()
}

/// The fiscal year of `at`, 1 April to 31 March in UTC, as `2026-27`.
#[must_use]
pub fn fiscal_year(at: DateTime<Utc>) -> String {
    let start = fiscal_start(at);
    format!("{start}-{:02}", (start + 1) % 100)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    #[test]
    fn a_fiscal_year_begins_on_the_first_of_april() {
        assert_eq!(fiscal_year("2027-03-31T23:59:59Z".parse().unwrap()), "2026-27");
        assert_eq!(fiscal_year("2027-04-01T00:00:00Z".parse().unwrap()), "2027-28");
        assert_eq!(fiscal_year("2099-12-01T00:00:00Z".parse().unwrap()), "2099-00");
        assert_eq!(day("2026-11-21T23:59:59Z".parse().unwrap()), "2026-11-21");
    }

    #[test]
    fn limits_begin_anew_at_midnight_and_on_the_first_of_april() {
        let at = "2026-12-31T23:59:59Z".parse().unwrap();
        assert_eq!(next_day(at).to_rfc3339(), "2027-01-01T00:00:00+00:00");
        assert_eq!(next_year(at).to_rfc3339(), "2027-04-01T00:00:00+00:00");
        let march = "2027-03-31T12:00:00Z".parse().unwrap();
        assert_eq!(next_year(march).to_rfc3339(), "2027-04-01T00:00:00+00:00");
    }

    #[test]
    fn a_limit_passes_each_mark_once() {
        assert_eq!(passed(38, 39, 50), None);
        assert_eq!(passed(39, 40, 50), Some(Mark::Near));
        assert_eq!(passed(40, 49, 50), None);
        assert_eq!(passed(49, 50, 50), Some(Mark::Reached));
        assert_eq!(passed(0, 50, 50), Some(Mark::Reached));
        assert_eq!(passed(50, 51, 50), None);
    }
}
