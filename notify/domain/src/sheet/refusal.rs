//! Why the bulk route refuses a list, first reason first, in the words of the API (specification, section 2.6).

use std::fmt;

use super::{Report, RowFaults, Rules};
use crate::channel::Channel;

/// The most rows that a refusal names.
const MOST_ROWS: usize = 20;

/// How long an allowance lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// The fiscal year.
    Annual,
    /// The day.
    Daily,
}

/// Why a list is refused; [`fmt::Display`] is the sentence of the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Columns are missing, sorted.
    MissingColumns(Vec<String>),
    /// Several columns hold recipients, sorted.
    DuplicateColumns(Vec<String>),
    /// More rows than messages are left.
    NotEnoughLeft {
        /// In which period.
        period: Period,
        /// Of which channel.
        channel: Channel,
        /// Messages left.
        left: usize,
        /// Rows of the list.
        asked: usize,
    },
    /// More rows than allowed.
    TooManyRows(usize),
    /// A recipient is no member of the team of a trial service.
    NotAllowedInTrial,
    /// A recipient is not open to a team key.
    NotAllowedForTeamKey,
    /// The spreadsheet's number of the first row whose text is too long.
    RowTooLong(usize),
    /// Rows with faults.
    Rows(Vec<RowFaults>),
    /// Simulated and real recipients in one list.
    MixedSimulated,
}

impl Report {
    /// The first reason to refuse the list, or `None`. `in_trial` is whether the service is; else a key is to blame
    /// for recipients who may not receive.
    pub fn refusal(&self, rules: &Rules<'_>, in_trial: bool) -> Option<Refusal> {
        let left = |period, left: Option<usize>| Refusal::NotEnoughLeft {
            period,
            channel: rules.channel(),
            left: left.unwrap_or(0),
            asked: self.rows,
        };
        let sms_too_long = self.first_too_long.filter(|_| rules.channel() == Channel::Sms);
        Some(if !self.missing_columns.is_empty() {
            Refusal::MissingColumns(self.missing_columns.clone())
        } else if !self.duplicate_recipient_columns.is_empty() {
            let mut columns = self.duplicate_recipient_columns.clone();
            columns.sort();
            Refusal::DuplicateColumns(columns)
        } else if self.over_annual {
            left(Period::Annual, rules.annual_left)
        } else if self.over_daily {
            left(Period::Daily, rules.daily_left)
        } else if self.too_many_rows {
            Refusal::TooManyRows(rules.max_rows)
        } else if self.not_allowed > 0 {
            if in_trial { Refusal::NotAllowedInTrial } else { Refusal::NotAllowedForTeamKey }
        } else if let Some(number) = sms_too_long {
            Refusal::RowTooLong(number)
        } else if self.rows_with_errors > 0 {
            Refusal::Rows(self.examples.iter().take(MOST_ROWS).cloned().collect())
        } else {
            return None;
        })
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingColumns(columns) => write!(out, "Missing column headers: {}", columns.join(", ")),
            Self::DuplicateColumns(columns) => write!(out, "Duplicate column headers: {}", columns.join(", ")),
            Self::NotEnoughLeft { period, channel, left, asked } => {
                let what = match channel {
                    Channel::Email => "messages",
                    Channel::Sms => "sms messages",
                };
                let limit = match period {
                    Period::Annual => "annual",
                    Period::Daily => "daily",
                };
                write!(out, "You only have {left} remaining {what} before you reach your {limit} limit. ")?;
                write!(out, "You've tried to send {asked} {what}.")
            }
            Self::TooManyRows(most) => write!(out, "Too many rows. Maximum number of rows allowed is {most}"),
            Self::NotAllowedInTrial => out.write_str(
                "You cannot send to these recipients because your service is in trial mode. You can only send to \
                 members of your team and your safelist.",
            ),
            Self::NotAllowedForTeamKey => out.write_str(
                "You cannot send to these recipients because you used a team and safelist API key.",
            ),
            Self::RowTooLong(number) => write!(
                out,
                "Row {number} - has a character count greater than 612 characters. Some messages may be too long due \
                 to custom content."
            ),
            Self::Rows(rows) => write_rows(rows, out),
            Self::MixedSimulated => {
                out.write_str("Bulk sending to testing and non-testing numbers is not supported")
            }
        }
    }
}

fn write_rows(rows: &[RowFaults], out: &mut fmt::Formatter<'_>) -> fmt::Result {
    out.write_str("Some rows have errors.")?;
    for row in rows {
        write!(out, " Row {} - ", row.number)?;
        for (place, (heading, fault)) in row.faults.iter().enumerate() {
            let comma = if place > 0 { "," } else { "" };
            write!(out, "{comma}`{heading}`: {}", fault.api_message())?;
        }
        if row.faults.is_empty() {
            out.write_str("message too long")?;
        }
        out.write_str(".")?;
    }
    Ok(())
}
