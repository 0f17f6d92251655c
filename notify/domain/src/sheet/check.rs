//! Checks a list row by row: recipients, values, lengths, rights, copies. Rows stay as they were read (D59).

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::{Cell, Fault, Report, Row, Rows, Rules, Sheet, recipient_headings};
use crate::channel::Channel;
use crate::placeholder::{Personalisation, key};
use crate::recipient::{Audience, Recipient};
use crate::sms::{self, Text};

/// A row and what was found about it.
#[derive(Clone, Debug)]
pub struct CheckedRow<'t> {
    /// The row as it was read.
    pub row: Row<'t>,
    /// Its place among the rows that are not blank, from 0.
    pub index: usize,
    /// What stands in its recipient column, trimmed and not reformatted.
    pub recipient_text: Option<String>,
    /// The recipient, unless it is missing or wrong.
    pub recipient: Option<Recipient>,
    /// Whether the recipient may receive.
    pub allowed: bool,
    /// Values for the placeholders that the template uses.
    pub personalisation: Personalisation,
    /// Column numbers and what is wrong there, from left to right.
    pub faults: Vec<(usize, Fault)>,
    /// Whether the message as rendered is over the limit.
    pub message_too_long: bool,
    /// Parts of the text, prefix included (D55); 0 for an e-mail.
    pub parts: usize,
    /// Whether an earlier row has the same recipient.
    pub duplicate: bool,
}

impl CheckedRow<'_> {
    /// Whether anything keeps the row from being sent.
    pub fn has_error(&self) -> bool {
        self.message_too_long || !self.faults.is_empty()
    }

    /// Whether the recipient is there and wrong.
    pub fn bad_recipient(&self) -> bool {
        self.faults.iter().any(|(_, fault)| matches!(fault, Fault::Recipient(_)))
    }

    /// Whether a value or the recipient is missing.
    pub fn missing_data(&self) -> bool {
        self.faults.iter().any(|(_, fault)| *fault == Fault::Missing)
    }

    /// What is wrong in a column.
    pub fn fault(&self, column: usize) -> Option<Fault> {
        self.faults.iter().find(|(at, _)| *at == column).map(|(_, fault)| *fault)
    }
}

/// Checks rows as they are asked for; see [`Sheet::check`].
#[derive(Debug)]
pub struct Checking<'s, 'r, 't> {
    sheet: &'s Sheet<'t>,
    rules: &'r Rules<'r>,
    rows: Rows<'s, 't>,
    /// Columns that the template uses, from left to right; the work on a row grows with these and its own cells.
    used: Vec<(usize, Use)>,
    recipient_sources: Vec<usize>,
    /// Hashes of recipients, and whether a copy was seen.
    seen: HashMap<u64, bool>,
    own_units: usize,
    report: Report,
}

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    Value,
    Recipient,
}

impl<'s, 'r, 't> Checking<'s, 'r, 't> {
    pub(super) fn new(sheet: &'s Sheet<'t>, rules: &'r Rules<'r>) -> Self {
        let [english, french] = recipient_headings(rules.channel()).map(key);
        let used = rules.used_keys();
        let columns = sheet.columns.iter().enumerate();
        let used = columns.filter_map(|(place, column)| match &column.key {
            key if *key == english || *key == french => Some((place, Use::Recipient)),
            key if used.contains(key) => Some((place, Use::Value)),
            _ => None,
        });
        let sources = [english.as_str(), french.as_str(), "to"];
        let report = Report {
            missing_columns: rules.missing_columns(sheet),
            duplicate_recipient_columns: sheet
                .duplicate_recipient_headings(rules.channel())
                .into_iter()
                .map(str::to_owned)
                .collect(),
            ..Report::default()
        };
        Self {
            sheet,
            rules,
            rows: sheet.rows(),
            used: used.collect(),
            recipient_sources: sources.into_iter().filter_map(|key| sheet.place(key)).collect(),
            seen: HashMap::new(),
            own_units: rules.own_units(),
            report,
        }
    }

    /// Whether the template uses a column, as a value or for the recipient.
    pub fn uses(&self, column: usize) -> bool {
        self.used.iter().any(|(place, _)| *place == column)
    }

    /// Whether a column holds recipients of the template's channel, in either language.
    pub fn is_recipient(&self, column: usize) -> bool {
        self.used.contains(&(column, Use::Recipient))
    }

    /// Whether the list has a column of recipients.
    pub fn has_recipient_column(&self) -> bool {
        self.used.iter().any(|(_, is)| *is == Use::Recipient)
    }

    /// Checks what is left and gives the sum of everything.
    pub fn report(mut self) -> Report {
        while self.next().is_some() {}
        self.report.rows += self.rows.count_rest();
        let Report { rows, .. } = self.report;
        self.report.too_many_rows = rows > self.rules.max_rows;
        self.report.over_annual = self.rules.annual_left.is_some_and(|left| rows > left);
        self.report.over_daily = self.rules.daily_left.is_some_and(|left| rows > left);
        self.report
    }

    fn examine(&mut self, row: Row<'t>) -> CheckedRow<'t> {
        let recipient_text =
            self.recipient_sources.iter().find_map(|place| row.cell(*place).last());
        let (recipient, mut faults) = self.recipient(&row);
        self.find_missing(&row, &mut faults);
        let allowed = match (&self.rules.audience, &recipient) {
            (Audience::Anyone, _) => true,
            (audience, Some(recipient)) => audience.allows(recipient, self.rules.dialect),
            (Audience::Only(_), None) => false,
        };
        let personalisation = self.personalisation(&row);
        let size = self.rules.size(&personalisation);
        if size.too_long {
            self.blame(&row, &mut faults);
        }
        faults.sort_by_key(|(column, _)| *column);
        CheckedRow {
            index: self.report.rows,
            recipient_text: recipient_text.map(str::to_owned),
            duplicate: recipient.as_ref().is_some_and(|recipient| self.is_copy(recipient)),
            recipient,
            allowed,
            personalisation,
            faults,
            message_too_long: size.too_long,
            parts: size.parts,
            row,
        }
    }

    /// The recipient in the first recipient column that is not empty, or what is wrong there.
    fn recipient(&self, row: &Row<'t>) -> (Option<Recipient>, Vec<(usize, Fault)>) {
        let columns =
            || self.used.iter().filter(|(_, is)| *is == Use::Recipient).map(|(place, _)| *place);
        match columns().find_map(|place| Some((place, row.cell(place).last()?))) {
            Some((place, text)) => match self.rules.recipient(text) {
                Ok(recipient) => (Some(recipient), Vec::new()),
                Err(error) => (None, vec![(place, Fault::Recipient(error))]),
            },
            None if self.report.duplicate_recipient_columns.is_empty() => {
                (None, columns().map(|place| (place, Fault::Missing)).collect())
            }
            None => (None, Vec::new()),
        }
    }

    fn find_missing(&self, row: &Row<'t>, faults: &mut Vec<(usize, Fault)>) {
        let empty = |place: &usize| *row.cell(*place) == Cell::Empty;
        let values = self.used.iter().filter(|(_, is)| *is == Use::Value).map(|(place, _)| *place);
        faults.extend(values.filter(empty).map(|place| (place, Fault::Missing)));
        if row.unclosed {
            let last = row.cells.iter().rposition(|cell| *cell != Cell::Empty).unwrap_or(0);
            faults.retain(|(column, _)| *column != last);
            faults.push((last, Fault::UnclosedQuote));
        }
    }

    fn personalisation(&self, row: &Row<'t>) -> Personalisation {
        let values = self.used.iter().filter_map(|(place, is)| {
            let value = match is {
                Use::Recipient => row.cell(*place).last().map(Into::into),
                Use::Value => row.cell(*place).value(),
            };
            Some((self.sheet.columns.get(*place)?.heading.as_str(), value?))
        });
        values.collect()
    }

    /// Names the values that alone make a text too long, so that the reader knows where to cut.
    fn blame(&self, row: &Row<'t>, faults: &mut Vec<(usize, Fault)>) {
        if self.rules.channel() == Channel::Email {
            return;
        }
        let limit = sms::limit(self.rules.dialect);
        for (column, _) in self.used.iter().filter(|(_, is)| *is == Use::Value) {
            let Some(text) = row.cell(*column).text() else { continue };
            let alone = self.own_units + Text::of(text, None).units();
            if alone > limit && faults.iter().all(|(at, _)| at != column) {
                faults.push((*column, Fault::TooLong));
            }
        }
    }

    /// Whether an earlier row has this recipient. Those for testing are meant to be repeated.
    fn is_copy(&mut self, recipient: &Recipient) -> bool {
        if recipient.is_for_testing(self.rules.dialect) {
            return false;
        }
        let mut hasher = DefaultHasher::new();
        recipient.key().hash(&mut hasher);
        match self.seen.entry(hasher.finish()) {
            Entry::Vacant(first) => {
                first.insert(false);
                false
            }
            Entry::Occupied(mut again) => {
                self.report.duplicated_recipients += usize::from(!again.insert(true));
                true
            }
        }
    }
}

impl<'t> Iterator for Checking<'_, '_, 't> {
    type Item = CheckedRow<'t>;

    /// The next row, until as many as the rules allow have been checked.
    fn next(&mut self) -> Option<CheckedRow<'t>> {
        if self.report.rows >= self.rules.max_rows {
            return None;
        }
        let row = self.rows.next()?;
        let checked = self.examine(row);
        self.report.add(&checked, self.sheet, self.rules.dialect);
        Some(checked)
    }
}
