//! What was found in a whole list.

use super::{CheckedRow, Fault, Sheet};
use crate::dialect::Dialect;

/// The most rows with faults that a report holds; the counts go on.
const MOST_EXAMPLES: usize = 50;

/// A row that cannot be sent, for messages: headings as written with their faults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFaults {
    /// The spreadsheet's own number (D57).
    pub number: usize,
    /// Headings and faults, from left to right.
    pub faults: Vec<(String, Fault)>,
    /// Whether the message is too long.
    pub too_long: bool,
}

/// What was found in a whole list. Its size does not grow with the list, but for four bytes a copy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Headings that the template needs and the list lacks, sorted; the recipient's in the reader's language.
    pub missing_columns: Vec<String>,
    /// Headings of recipient columns when there are several.
    pub duplicate_recipient_columns: Vec<String>,
    /// Rows that are not blank.
    pub rows: usize,
    /// Whether there are more rows than allowed; only the allowed ones are checked (D58).
    pub too_many_rows: bool,
    /// Whether there are more rows than messages left this year.
    pub over_annual: bool,
    /// Whether there are more rows than messages left today.
    pub over_daily: bool,
    /// Rows whose recipient may not receive, those without a readable one counted where only some may.
    pub not_allowed: usize,
    /// Rows whose recipient can be read and may not receive.
    pub strangers: usize,
    /// Rows that cannot be sent.
    pub rows_with_errors: usize,
    /// Rows with a wrong recipient.
    pub bad_recipients: usize,
    /// Rows that lack data.
    pub rows_missing_data: usize,
    /// Rows whose message is too long.
    pub rows_too_long: usize,
    /// The number of the first row whose message is too long.
    pub first_too_long: Option<usize>,
    /// The first rows that cannot be sent.
    pub examples: Vec<RowFaults>,
    /// Places, from 0, of rows whose recipient stands in an earlier row.
    pub duplicate_rows: Vec<u32>,
    /// Recipients that stand in more than one row.
    pub duplicated_recipients: usize,
    /// Parts of all texts as they will be sent.
    pub parts: usize,
    /// Rows with a simulated recipient.
    pub simulated: usize,
}

impl Report {
    /// Whether the list cannot be sent as it is. A list without rows is no error here.
    pub fn has_errors(&self) -> bool {
        !self.missing_columns.is_empty()
            || !self.duplicate_recipient_columns.is_empty()
            || self.too_many_rows
            || self.over_annual
            || self.over_daily
            || self.not_allowed > 0
            || self.rows_with_errors > 0
    }

    /// Whether simulated and real recipients stand side by side.
    pub const fn mixes_simulated(&self) -> bool {
        self.simulated > 0 && self.simulated < self.rows
    }

    pub(super) fn add(&mut self, checked: &CheckedRow<'_>, sheet: &Sheet<'_>, dialect: Dialect) {
        let simulated = checked.recipient.as_ref().is_some_and(|to| to.is_simulated(dialect));
        self.rows += 1;
        self.parts += checked.parts;
        self.not_allowed += usize::from(!checked.allowed);
        self.strangers += usize::from(!checked.allowed && checked.recipient.is_some());
        self.rows_with_errors += usize::from(checked.has_error());
        self.bad_recipients += usize::from(checked.bad_recipient());
        self.rows_missing_data += usize::from(checked.missing_data());
        self.rows_too_long += usize::from(checked.message_too_long);
        self.simulated += usize::from(simulated);
        if checked.message_too_long {
            self.first_too_long.get_or_insert(checked.row.number);
        }
        if checked.duplicate {
            self.duplicate_rows.extend(u32::try_from(checked.index));
        }
        if checked.has_error() && self.examples.len() < MOST_EXAMPLES {
            let named = |(column, fault): &(usize, Fault)| {
                Some((sheet.columns.get(*column)?.heading.clone(), *fault))
            };
            self.examples.push(RowFaults {
                number: checked.row.number,
                faults: checked.faults.iter().filter_map(named).collect(),
                too_long: checked.message_too_long,
            });
        }
    }
}
