//! Recipient lists: a spreadsheet as comma-separated text becomes recipients with their values, row by row
//! (rendering specification, section 12).
//!
//! A [`Sheet`] borrows the text and reads one row at a time, so that a list of 100,000 rows needs the memory of one.

mod cell;
mod check;
mod export;
mod fault;
mod file;
mod json_rows;
mod record;
mod refusal;
mod report;
mod rules;
mod shape;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

pub use self::cell::Cell;
pub use self::check::{CheckedRow, Checking};
pub use self::export::write_line;
pub use self::fault::Fault;
pub use self::file::{FileCaps, UnreadableFile, read_file};
pub use self::json_rows::{NotRows, csv_of_rows};
use self::record::Records;
pub use self::refusal::{Period, Refusal};
pub use self::report::{Report, RowFaults};
pub use self::rules::{LONGEST_EMAIL, Rules, Template};
pub use self::shape::{MOST_COLUMNS, is_reasonable};
use crate::channel::Channel;
use crate::placeholder::key;

/// The most rows of a list, and of a list of a designated bulk sender.
pub const MAX_ROWS: usize = 50_000;
/// See [`MAX_ROWS`].
pub const MAX_ROWS_OF_BULK_SENDERS: usize = 100_000;

/// Headings from here on may repeat each other, but the lists of short rows are no longer filled up with nothing.
const MOST_PADDED: usize = 1_000;

/// The headings under which recipients stand, English and French.
pub const fn recipient_headings(channel: Channel) -> [&'static str; 2] {
    match channel {
        Channel::Email => ["email address", "adresse courriel"],
        Channel::Sms => ["phone number", "numéro de téléphone"],
    }
}

/// One column: headings that differ only by case, spaces, hyphens and underscores are one (D52).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The normalised heading.
    pub key: String,
    /// The heading as it is first written.
    pub heading: String,
}

/// A list whose headings have been read.
#[derive(Clone, Debug)]
pub struct Sheet<'t> {
    records: Records<'t>,
    headings: Vec<String>,
    columns: Vec<Column>,
    column_of_field: Vec<usize>,
    places: HashMap<String, usize>,
    /// Fields after the first of their column.
    repeated: Vec<usize>,
}

/// One row: what stands in each column, and what stands beyond the last heading.
#[derive(Clone, Debug)]
pub struct Row<'t> {
    /// The number that a spreadsheet shows for the row, from 1 with the headings.
    pub number: usize,
    /// Cells up to the last that the row has; [`Self::cell`] knows the rest to be empty.
    cells: Vec<Cell<'t>>,
    /// Cells without a heading; shown, never used.
    pub beyond: Vec<Option<Cow<'t, str>>>,
    /// Whether the row was cut off by a quotation mark that is never closed.
    pub unclosed: bool,
}

impl<'t> Row<'t> {
    /// What stands in a column.
    pub fn cell(&self, column: usize) -> &Cell<'t> {
        self.cells.get(column).unwrap_or(&Cell::Empty)
    }
}

impl<'t> Sheet<'t> {
    /// Reads the headings: the first row that is not blank. Any text is a list, if only one without columns.
    pub fn read(text: &'t str) -> Self {
        let mut records = Records::of(text);
        let mut fields = Vec::new();
        while records.read(&mut fields).is_some()
            && fields.iter().all(|field| field.trim().is_empty())
        {}
        let headings: Vec<String> = fields.into_iter().map(Cow::into_owned).collect();
        let mut columns: Vec<Column> = Vec::new();
        let mut places = HashMap::new();
        let mut repeated = Vec::new();
        let mut column_of_field = Vec::with_capacity(headings.len());
        for (field, heading) in headings.iter().enumerate() {
            let key = key(heading);
            let next = columns.len();
            let place = *places.entry(key.clone()).or_insert(next);
            if place == next {
                columns.push(Column { key, heading: heading.clone() });
            } else if field < MOST_PADDED {
                repeated.push(field);
            }
            column_of_field.push(place);
        }
        Self { records, headings, columns, column_of_field, places, repeated }
    }

    /// The columns from left to right.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Every heading as written, each spelling once.
    pub fn headings(&self) -> Vec<&str> {
        let mut seen = HashSet::new();
        self.headings.iter().map(String::as_str).filter(|heading| seen.insert(*heading)).collect()
    }

    /// Headings under which recipients of the channel stand, in either language, when there are two or more
    /// columns of them (D53); each spelling once.
    pub fn duplicate_recipient_headings(&self, channel: Channel) -> Vec<&str> {
        let keys = recipient_headings(channel).map(key);
        let is_recipient = |heading: &&String| keys.contains(&key(heading));
        let mut found: Vec<&str> =
            self.headings.iter().filter(is_recipient).map(String::as_str).collect();
        if found.len() < 2 {
            return Vec::new();
        }
        let mut seen = HashSet::new();
        found.retain(|heading| seen.insert(*heading));
        found
    }

    /// The rows that are not blank (D51), read as they are asked for.
    pub fn rows(&self) -> Rows<'_, 't> {
        Rows { sheet: self, records: self.records.clone(), fields: Vec::new() }
    }

    /// Checks every row against a template and the rights of its service.
    pub fn check<'s, 'r>(&'s self, rules: &'r Rules<'r>) -> Checking<'s, 'r, 't> {
        Checking::new(self, rules)
    }

    /// What stands under a heading, however it is written; `None` for nothing, and for a list.
    pub fn text<'r>(&self, row: &'r Row<'t>, heading: &str) -> Option<&'r str> {
        row.cell(self.place(&key(heading))?).text()
    }

    fn place(&self, key: &str) -> Option<usize> {
        self.places.get(key).copied()
    }

    fn row(
        &self,
        number: usize,
        fields: &mut Vec<Cow<'t, str>>,
        unclosed: bool,
    ) -> Option<Row<'t>> {
        let mut cells: Vec<Cell<'t>> = Vec::new();
        let mut beyond = Vec::new();
        let mut blank = true;
        let count = fields.len();
        for (field, text) in fields.drain(..).enumerate() {
            let value = cell::clean(text);
            blank &= value.is_none();
            match self.column_of_field.get(field) {
                Some(column) => {
                    if cells.len() <= *column {
                        cells.resize(column + 1, Cell::Empty);
                    }
                    cells[*column].add(value);
                }
                None => beyond.push(value),
            }
        }
        // A short row lacks the last values of its lists.
        for field in self.repeated.iter().filter(|field| **field >= count) {
            if let Some(cell) =
                self.column_of_field.get(*field).and_then(|column| cells.get_mut(*column))
            {
                cell.add(None);
            }
        }
        (!blank).then_some(Row { number, cells, beyond, unclosed })
    }
}

/// Reads rows; see [`Sheet::rows`].
#[derive(Debug)]
pub struct Rows<'s, 't> {
    sheet: &'s Sheet<'t>,
    records: Records<'t>,
    fields: Vec<Cow<'t, str>>,
}

impl Rows<'_, '_> {
    /// Counts what is left without keeping any of it.
    fn count_rest(&mut self) -> usize {
        let mut count = 0;
        while self.records.read(&mut self.fields).is_some() {
            count += usize::from(
                self.fields.iter().any(|field| cell::clean(Cow::Borrowed(field)).is_some()),
            );
        }
        count
    }
}

impl<'t> Iterator for Rows<'_, 't> {
    type Item = Row<'t>;

    fn next(&mut self) -> Option<Row<'t>> {
        loop {
            let number = self.records.read(&mut self.fields)?;
            let unclosed = self.records.is_unclosed();
            if let Some(row) = self.sheet.row(number, &mut self.fields, unclosed) {
                return Some(row);
            }
        }
    }
}
