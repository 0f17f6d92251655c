//! How much a service may send, and in which periods it is counted (API specification, section 3.6).

use chrono::{DateTime, Datelike, Utc};

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

/// The day of `at` in UTC, as `2026-11-21`.
#[must_use]
pub fn day(at: DateTime<Utc>) -> String {
    at.date_naive().to_string()
}

/// The fiscal year of `at`, 1 April to 31 March in UTC, as `2026-27`.
#[must_use]
pub fn fiscal_year(at: DateTime<Utc>) -> String {
    let start = if at.month() < 4 { at.year() - 1 } else { at.year() };
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
}
