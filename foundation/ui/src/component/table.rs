//! Facts in rows.

use askama::{Template, filters::HtmlSafe};
use kernel::Language;

use super::cell::Cell;
use crate::Texts;

/// Rows under headings; the first cell of a row is its heading.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "component/table.html")]
pub struct Table {
    /// What the table lists; also names the group that scrolls on narrow screens. Unique on the page.
    pub caption: String,
    /// Whether the caption is only heard, because a heading above says it.
    pub hide_caption: bool,
    /// The headings of the columns.
    pub head: Vec<String>,
    /// Which columns hold numbers, counted from 0; they are set to the right, digit under digit.
    pub numbers: Vec<usize>,
    /// The rows, each as long as `head`.
    pub rows: Vec<Vec<Cell>>,
    /// What is said instead of a table without rows; `None` shows the headings alone.
    pub empty: Option<String>,
}

impl HtmlSafe for Table {}

impl Table {
    fn is_number(&self, column: &usize) -> bool {
        self.numbers.contains(column)
    }
}

/// A link that changes the value of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Action {
    /// Where it goes.
    pub href: String,
    /// What it says, such as “Change”.
    pub text: String,
    /// What is changed, for those who hear the link alone, such as “service name”.
    pub about: String,
}

/// One row of a [`SummaryList`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SummaryRow {
    /// What it is.
    pub key: String,
    /// What it is set to.
    pub value: Cell,
    /// What can be done about it.
    pub actions: Vec<Action>,
}

impl From<(String, Cell)> for SummaryRow {
    fn from((key, value): (String, Cell)) -> Self {
        Self { key, value, actions: Vec::new() }
    }
}

impl SummaryRow {
    /// A row with nothing to do about it.
    pub fn new(key: impl Into<String>, value: impl Into<Cell>) -> Self {
        Self { key: key.into(), value: value.into(), actions: Vec::new() }
    }

    /// The same row with a link that says `text` and is heard as `text` and the row's key.
    #[must_use]
    pub fn action(mut self, href: impl Into<String>, text: impl Into<String>) -> Self {
        let about = self.key.clone();
        self.actions.push(Action { href: href.into(), text: text.into(), about });
        self
    }
}

/// Keys with one value each.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "component/summary_list.html")]
pub struct SummaryList {
    /// The rows.
    pub rows: Vec<SummaryRow>,
}

impl HtmlSafe for SummaryList {}

impl<R: Into<SummaryRow>> FromIterator<R> for SummaryList {
    fn from_iter<I: IntoIterator<Item = R>>(rows: I) -> Self {
        Self { rows: rows.into_iter().map(Into::into).collect() }
    }
}

impl SummaryList {
    /// Whether any row has something to do, so that all rows keep its column.
    fn acts(&self) -> bool {
        self.rows.iter().any(|row| !row.actions.is_empty())
    }
}

/// The way to newer and older rows; nothing at all when there is neither.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "component/pagination.html")]
pub struct Pagination {
    /// The language of its words.
    pub language: Language,
    /// The page of newer rows.
    pub newer: Option<String>,
    /// The page of older rows.
    pub older: Option<String>,
}

impl Pagination {
    fn words(&self) -> Texts {
        Texts(self.language)
    }
}

impl HtmlSafe for Pagination {}

/// The way through a list that is in another order than by time; nothing at all when it is one page.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "component/page_links.html")]
pub struct PageLinks {
    /// The language of its words.
    pub language: Language,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
}

impl PageLinks {
    fn words(&self) -> Texts {
        Texts(self.language)
    }
}

impl HtmlSafe for PageLinks {}
