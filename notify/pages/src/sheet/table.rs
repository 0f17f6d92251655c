//! Rows of a list as a page shows them: only columns that matter, what is wrong on its cell, the row's own number.

use askama::{Template, filters::HtmlSafe};
use notify_store::dispatch::{ShownCell, ShownColumn, ShownRow};
use ui::{Cell, Link, Table};

use super::problem;
use crate::words::Texts;

/// The most characters of a cell that are shown.
const LONGEST: usize = 200;

/// What stands in a cell, and what is wrong with it.
#[derive(Template)]
#[template(path = "sheet/cell.html")]
struct Wrong {
    text: String,
    said: String,
}

impl HtmlSafe for Wrong {}

/// Rows that cannot be sent; each cell says why.
pub(super) fn failing(t: Texts, columns: &[ShownColumn], rows: &[ShownRow]) -> Table {
    let first = |row: &ShownRow| {
        let number = t.sheet_row(row.number);
        if row.is_too_long && row.cells.iter().all(|cell| cell.fault.is_none()) {
            return Cell::of(&Wrong { text: number, said: t.sheet_row_too_long() });
        }
        Cell::Text(number)
    };
    table(t, (t.sheet_failing(), first), columns, rows)
}

/// Rows of a list that can be sent, each leading to its message below `list`.
pub(super) fn passing(t: Texts, list: &str, columns: &[ShownColumn], rows: &[ShownRow]) -> Table {
    let first = |row: &ShownRow| {
        let href = format!("{list}/rows/{}", row.index);
        Cell::Link(Link::new(href, t.sheet_row(row.number)))
    };
    table(t, (t.sheet_rows(), first), columns, rows)
}

fn table(
    t: Texts,
    (caption, first): (String, impl Fn(&ShownRow) -> Cell),
    columns: &[ShownColumn],
    rows: &[ShownRow],
) -> Table {
    let used: Vec<usize> = (0..columns.len()).filter(|at| columns[*at].is_used).collect();
    let row = |row: &ShownRow| {
        let cells = used.iter().map(|at| cell(t, row, &columns[*at], row.cells.get(*at)));
        std::iter::once(first(row)).chain(cells).collect()
    };
    let headings = used.iter().map(|at| columns[*at].heading.clone());
    Table {
        caption,
        head: std::iter::once(t.sheet_row_number()).chain(headings).collect(),
        rows: rows.iter().map(row).collect(),
        ..Table::default()
    }
}

fn cell(t: Texts, row: &ShownRow, column: &ShownColumn, cell: Option<&ShownCell>) -> Cell {
    let text = short(&cell.map(|cell| cell.texts.join(", ")).unwrap_or_default());
    let stranger = column.is_recipient && !row.is_allowed && !text.is_empty();
    match cell.and_then(|cell| cell.fault) {
        Some(fault) => Cell::of(&Wrong { text, said: problem::fault(t, fault) }),
        None if stranger => Cell::of(&Wrong { text, said: t.sheet_cell_stranger() }),
        None => Cell::Text(text),
    }
}

fn short(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
