//! A checked list as a page shows it: columns, rows and cells that own their words.

use notify::sheet::{Cell, CheckedRow, Checking, Fault, Sheet};

/// A column of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownColumn {
    /// The heading as written.
    pub heading: String,
    /// Whether the template uses it, as a value or for the recipient.
    pub is_used: bool,
    /// Whether it holds the recipients.
    pub is_recipient: bool,
}

/// A cell of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownCell {
    /// What stands in it: one text, several of a repeated column, or nothing.
    pub texts: Vec<String>,
    /// What is wrong with it.
    pub fault: Option<Fault>,
}

/// A row and what was found about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownRow {
    /// The number that a spreadsheet shows for it, from 2 for the first row after the headings.
    pub number: usize,
    /// Its place among the rows that are not blank, from 0: what [`super::Dispatch::row`] asks for.
    pub index: usize,
    /// What stands in its recipient column.
    pub recipient: Option<String>,
    /// One for each column of the list.
    pub cells: Vec<ShownCell>,
    /// What stands beyond the last heading.
    pub beyond: Vec<String>,
    /// Whether the recipient may receive; false is a stranger to the team of a service in trial.
    pub is_allowed: bool,
    /// Whether the message is too long.
    pub is_too_long: bool,
    /// Whether an earlier row has the same recipient.
    pub is_duplicate: bool,
    /// Parts of the text; 0 for an e-mail.
    pub parts: usize,
}

impl ShownRow {
    /// Whether anything keeps it from being sent.
    #[must_use]
    pub fn has_error(&self) -> bool {
        self.is_too_long || !self.is_allowed || self.cells.iter().any(|cell| cell.fault.is_some())
    }

    pub(super) fn of(checked: &CheckedRow<'_>, columns: usize) -> Self {
        let cell = |column: usize| ShownCell {
            texts: texts(checked.row.cell(column)),
            fault: checked.fault(column),
        };
        Self {
            number: checked.row.number,
            index: checked.index,
            recipient: checked.recipient_text.clone(),
            cells: (0..columns).map(cell).collect(),
            beyond: checked.row.beyond.iter().flatten().map(|text| text.to_string()).collect(),
            is_allowed: checked.allowed || checked.recipient.is_none(),
            is_too_long: checked.message_too_long,
            is_duplicate: checked.duplicate,
            parts: checked.parts,
        }
    }
}

pub(super) fn columns(sheet: &Sheet<'_>, checking: &Checking<'_, '_, '_>) -> Vec<ShownColumn> {
    let shown = |(place, column): (usize, &notify::sheet::Column)| ShownColumn {
        heading: column.heading.clone(),
        is_used: checking.uses(place),
        is_recipient: checking.is_recipient(place),
    };
    sheet.columns().iter().enumerate().map(shown).collect()
}

fn texts(cell: &Cell<'_>) -> Vec<String> {
    match cell {
        Cell::Empty => Vec::new(),
        Cell::Text(text) => vec![text.to_string()],
        Cell::List(members) => members.iter().flatten().map(|text| text.to_string()).collect(),
    }
}
