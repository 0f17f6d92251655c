//! The parts pages are made of, each a struct that renders as HTML inside a template.

use askama::{Template, filters::HtmlSafe};
use kernel::Language;

use crate::Texts;

/// A link with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it goes.
    pub href: String,
    /// What it says.
    pub text: String,
    /// Whether the reader is there already.
    pub current: bool,
}

impl Link {
    /// A link to somewhere else.
    pub fn new(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self { href: href.into(), text: text.into(), current: false }
    }
}

/// What a tag means; the words carry the meaning, the colour only helps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// A plain fact.
    #[default]
    Neutral,
    /// One kind among others.
    Accent,
    /// Something to look out for.
    Warning,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Neutral => "tag",
            Self::Accent => "tag tag-accent",
            Self::Warning => "tag tag-warning",
        }
    }
}

/// A short word that marks a kind or a state.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(source = r#"<span class="{{ tone.class() }}">{{ text }}</span>"#, ext = "html")]
pub struct Tag {
    /// The word.
    pub text: String,
    /// Its colour.
    pub tone: Tone,
}

impl HtmlSafe for Tag {}

/// What stands in a cell of a table or beside a key of a list.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "component/cell.html")]
pub enum Cell {
    /// Words.
    Text(String),
    /// A component of the page's own.
    Rendered(Rendered),
    /// Something typed or read by machines, in the monospaced face.
    Code(String),
    /// A mark.
    Tag(Tag),
    /// A link.
    Link(Link),
}

impl HtmlSafe for Cell {}

impl Cell {
    /// A component in a cell.
    pub fn of(component: &impl HtmlSafe) -> Self {
        Self::Rendered(Rendered(component.to_string()))
    }
}

/// The HTML of something that escapes what it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered(String);

/// Rows under headings; the first cell of a row is its heading.
#[derive(Clone, Debug, Template)]
#[template(path = "component/table.html")]
pub struct Table {
    /// What the table lists; also names the group that scrolls on narrow screens. Unique on the page.
    pub caption: String,
    /// The headings of the columns.
    pub head: Vec<String>,
    /// The rows, each as long as `head`.
    pub rows: Vec<Vec<Cell>>,
}

impl HtmlSafe for Table {}

/// Keys with one value each.
#[derive(Clone, Debug, Template)]
#[template(path = "component/summary_list.html")]
pub struct SummaryList {
    /// Key and value.
    pub rows: Vec<(String, Cell)>,
}

impl HtmlSafe for SummaryList {}

/// The way to newer and older rows; nothing at all when there is neither.
#[derive(Clone, Debug, Template)]
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
