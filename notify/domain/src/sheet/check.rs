//! Checks a list row by row: recipients, values, lengths, rights, copies. Rows stay as they were read (D59).

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use kernel::Language;

use super::{Cell, Fault, Row, Rows, Sheet, recipient_headings};
use crate::channel::Channel;
use crate::dialect::Dialect;
use crate::placeholder::{Lists, Personalisation, Source, key, placeholders};
use crate::recipient::{Audience, Recipient};
use crate::sms::{self, Text};

/// The most rows with faults that a report holds; the counts go on.
const MOST_EXAMPLES: usize = 50;
/// The longest e-mail body of GC Notify, in characters before Markdown.
const LONGEST_EMAIL: usize = 50_000;
/// The longest e-mail body of GOV.UK Notify, in bytes.
const LONGEST_EMAIL_UK: usize = 2_000_000;

/// What the rows are filled into.
#[derive(Clone, Copy, Debug)]
pub enum Template<'r> {
    /// An e-mail.
    Email {
        /// Its subject.
        subject: &'r Source,
        /// Its body.
        body: &'r Source,
    },
    /// A text.
    Sms {
        /// Its body.
        body: &'r Source,
        /// The service's name, if it is shown before the message.
        service: Option<&'r str>,
    },
}

/// What a list is checked against.
#[derive(Clone, Debug)]
pub struct Rules<'r> {
    /// The template it will be sent with.
    pub template: Template<'r>,
    /// The language of the reader, for the name of a missing recipient column and for lists in texts.
    pub language: Language,
    /// Whose limits apply.
    pub dialect: Dialect,
    /// Whether the service may text abroad.
    pub international: bool,
    /// The most rows, headings not counted.
    pub max_rows: usize,
    /// Who may receive.
    pub audience: &'r Audience,
    /// Messages left this fiscal year; `None` when nobody counts.
    pub annual_left: Option<usize>,
    /// Messages left today.
    pub daily_left: Option<usize>,
}

impl<'r> Rules<'r> {
    /// The channel of the template.
    pub const fn channel(&self) -> Channel {
        match self.template {
            Template::Email { .. } => Channel::Email,
            Template::Sms { .. } => Channel::Sms,
        }
    }

    fn sources(&self) -> Vec<&'r Source> {
        match self.template {
            Template::Email { subject, body } => vec![subject, body],
            Template::Sms { body, .. } => vec![body],
        }
    }
}

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
    /// Rows whose recipient may not receive.
    pub not_allowed: usize,
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
}

/// Checks rows as they are asked for; see [`Sheet::check`].
#[derive(Debug)]
pub struct Checking<'s, 'r, 't> {
    sheet: &'s Sheet<'t>,
    rules: &'r Rules<'r>,
    rows: Rows<'s, 't>,
    uses: Vec<Use>,
    recipient_sources: Vec<usize>,
    /// Hashes of recipients, and whether a copy was seen.
    seen: HashMap<u64, bool>,
    template_units: usize,
    report: Report,
}

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    Ignored,
    Value,
    Recipient,
}

impl<'s, 'r, 't> Checking<'s, 'r, 't> {
    pub(super) fn new(sheet: &'s Sheet<'t>, rules: &'r Rules<'r>) -> Self {
        let [english, french] = recipient_headings(rules.channel()).map(key);
        let used = used_keys(rules);
        let uses = sheet.columns.iter().map(|column| match &column.key {
            key if *key == english || *key == french => Use::Recipient,
            key if used.contains(key) => Use::Value,
            _ => Use::Ignored,
        });
        let sources = [english.as_str(), french.as_str(), "to"];
        let report = Report {
            missing_columns: missing_columns(sheet, rules),
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
            uses: uses.collect(),
            recipient_sources: sources.into_iter().filter_map(|key| sheet.place(key)).collect(),
            seen: HashMap::new(),
            template_units: template_units(rules),
            report,
        }
    }

    /// Whether the template uses a column, as a value or for the recipient.
    pub fn uses(&self, column: usize) -> bool {
        self.uses.get(column).is_some_and(|is| *is != Use::Ignored)
    }

    /// Whether a column holds recipients of the template's channel, in either language.
    pub fn is_recipient(&self, column: usize) -> bool {
        self.uses.get(column) == Some(&Use::Recipient)
    }

    /// Whether the list has a column of recipients.
    pub fn has_recipient_column(&self) -> bool {
        self.uses.contains(&Use::Recipient)
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
        let mut faults = self.cell_faults(&row);
        let recipient_text =
            self.recipient_sources.iter().find_map(|place| row.cells[*place].last());
        let recipient = self.recipient(&row);
        let allowed = match (&self.rules.audience, &recipient) {
            (Audience::Anyone, _) => true,
            (audience, Some(recipient)) => audience.allows(recipient, self.rules.dialect),
            (Audience::Only(_), None) => false,
        };
        let personalisation = self.personalisation(&row);
        let length = self.length(&personalisation);
        if length.too_long {
            self.blame(&row, &mut faults);
        }
        CheckedRow {
            index: self.report.rows,
            recipient_text: recipient_text.map(str::to_owned),
            duplicate: recipient.as_ref().is_some_and(|recipient| self.is_copy(recipient)),
            recipient,
            allowed,
            personalisation,
            faults,
            message_too_long: length.too_long,
            parts: length.parts,
            row,
        }
    }

    fn cell_faults(&self, row: &Row<'t>) -> Vec<(usize, Fault)> {
        let mut faults = Vec::new();
        for (column, (cell, is)) in row.cells.iter().zip(&self.uses).enumerate() {
            let fault = match is {
                Use::Ignored => None,
                Use::Value => (*cell == Cell::Empty).then_some(Fault::Missing),
                Use::Recipient => self.recipient_fault(cell),
            };
            faults.extend(fault.map(|fault| (column, fault)));
        }
        if row.unclosed {
            let last = row.cells.iter().rposition(|cell| *cell != Cell::Empty).unwrap_or(0);
            faults.retain(|(column, _)| *column != last);
            faults.push((last, Fault::UnclosedQuote));
            faults.sort_by_key(|(column, _)| *column);
        }
        faults
    }

    fn recipient_fault(&self, cell: &Cell<'t>) -> Option<Fault> {
        match cell.last() {
            Some(text) => self.parse(text).err().map(Fault::Recipient),
            None => self.report.duplicate_recipient_columns.is_empty().then_some(Fault::Missing),
        }
    }

    fn recipient(&self, row: &Row<'t>) -> Option<Recipient> {
        let columns = self.uses.iter().zip(&row.cells).filter(|(is, _)| **is == Use::Recipient);
        let text = columns.filter_map(|(_, cell)| cell.last()).next()?;
        self.parse(text).ok()
    }

    fn parse(&self, text: &str) -> Result<Recipient, crate::recipient::RecipientError> {
        let Rules { international, dialect, .. } = *self.rules;
        let channel = self.rules.channel();
        if international {
            Recipient::parse(channel, text, dialect)
        } else {
            Recipient::parse_local(channel, text, dialect)
        }
    }

    fn personalisation(&self, row: &Row<'t>) -> Personalisation {
        let used = self
            .sheet
            .columns
            .iter()
            .zip(&row.cells)
            .zip(&self.uses)
            .filter(|(_, is)| **is != Use::Ignored);
        used.filter_map(|((column, cell), is)| {
            let value = match is {
                Use::Recipient => cell.last().map(Into::into),
                _ => cell.value(),
            };
            Some((column.heading.as_str(), value?))
        })
        .collect()
    }

    fn length(&self, values: &Personalisation) -> Sized {
        match self.rules.template {
            Template::Sms { body, service } => {
                let text = Text::render(body, values, service, self.rules.language);
                Sized { too_long: text.is_too_long(self.rules.dialect), parts: text.parts() }
            }
            Template::Email { body, .. } => {
                let mut filled = String::new();
                body.fill(values, Lists::Bullets, &mut filled);
                let too_long = match self.rules.dialect {
                    Dialect::Gc => {
                        filled.len() > LONGEST_EMAIL && filled.chars().nth(LONGEST_EMAIL).is_some()
                    }
                    Dialect::Uk => filled.len() > LONGEST_EMAIL_UK,
                };
                Sized { too_long, parts: 0 }
            }
        }
    }

    /// Names the values that alone make a text too long, so that the reader knows where to cut.
    fn blame(&self, row: &Row<'t>, faults: &mut Vec<(usize, Fault)>) {
        if self.rules.channel() == Channel::Email {
            return;
        }
        let limit = sms::limit(self.rules.dialect);
        for (column, cell) in row.cells.iter().enumerate() {
            let Some(text) = cell.text().filter(|_| self.uses[column] == Use::Value) else {
                continue;
            };
            let alone = self.template_units + Text::of(text, None).units();
            if alone > limit && faults.iter().all(|(at, _)| *at != column) {
                faults.push((column, Fault::TooLong));
            }
        }
        faults.sort_by_key(|(column, _)| *column);
    }

    /// Whether an earlier row has this recipient. Those for testing are meant to be repeated.
    fn is_copy(&mut self, recipient: &Recipient) -> bool {
        if recipient.is_for_testing(self.rules.dialect) {
            return false;
        }
        let mut hasher = DefaultHasher::new();
        recipient.key().hash(&mut hasher);
        match self.seen.entry(hasher.finish()) {
            std::collections::hash_map::Entry::Vacant(first) => {
                first.insert(false);
                false
            }
            std::collections::hash_map::Entry::Occupied(mut again) => {
                self.report.duplicated_recipients += usize::from(!again.insert(true));
                true
            }
        }
    }

    fn add(&mut self, checked: &CheckedRow<'t>) {
        let simulated =
            checked.recipient.as_ref().is_some_and(|to| to.is_simulated(self.rules.dialect));
        let report = &mut self.report;
        report.rows += 1;
        report.parts += checked.parts;
        report.not_allowed += usize::from(!checked.allowed);
        report.rows_with_errors += usize::from(checked.has_error());
        report.bad_recipients += usize::from(checked.bad_recipient());
        report.rows_missing_data += usize::from(checked.missing_data());
        report.rows_too_long += usize::from(checked.message_too_long);
        report.simulated += usize::from(simulated);
        if checked.message_too_long {
            report.first_too_long.get_or_insert(checked.row.number);
        }
        if checked.duplicate {
            report.duplicate_rows.extend(u32::try_from(checked.index));
        }
        if checked.has_error() && report.examples.len() < MOST_EXAMPLES {
            let heading = |column: usize| self.sheet.columns[column].heading.clone();
            report.examples.push(RowFaults {
                number: checked.row.number,
                faults: checked
                    .faults
                    .iter()
                    .map(|(column, fault)| (heading(*column), *fault))
                    .collect(),
                too_long: checked.message_too_long,
            });
        }
    }
}

struct Sized {
    too_long: bool,
    parts: usize,
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
        self.add(&checked);
        Some(checked)
    }
}

fn used_keys(rules: &Rules<'_>) -> std::collections::HashSet<String> {
    placeholders(&rules.sources()).into_iter().map(|(name, _)| key(name)).collect()
}

/// Placeholders without a column, and the recipient's heading if there is none in either language; sorted.
fn missing_columns(sheet: &Sheet<'_>, rules: &Rules<'_>) -> Vec<String> {
    let headings = recipient_headings(rules.channel());
    let mut missing: Vec<String> = placeholders(&rules.sources())
        .into_iter()
        .filter(|(name, _)| sheet.place(&key(name)).is_none())
        .map(|(name, _)| name.to_owned())
        .collect();
    if headings.iter().all(|heading| sheet.place(&key(heading)).is_none()) {
        let heading = match rules.language {
            Language::English => headings[0],
            Language::French => headings[1],
        };
        missing.push(heading.to_owned());
    }
    missing.sort();
    missing.dedup();
    missing
}

/// Units of the template's own text.
fn template_units(rules: &Rules<'_>) -> usize {
    match rules.template {
        Template::Email { .. } => 0,
        Template::Sms { body, .. } => {
            Text::render(body, &Personalisation::new(), None, rules.language).units()
        }
    }
}
