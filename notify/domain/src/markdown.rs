//! The Markdown of e-mail templates, read once into a tree from which HTML, plain text and preheader are written
//! (rendering specification, section 4, with what section 16 says instead of each defect).

mod block;
mod definition;
mod destination;
mod emphasis;
pub mod html;
mod inline;
mod line;
mod link;
mod list;
pub mod plain;
pub mod preheader;
mod section;
mod text;
mod url;

use crate::preview::Highlights;

pub use destination::is_safe;

/// Part of [`Tree::text`], in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    from: u32,
    to: u32,
}

/// Text in two forms: with curled quotation marks, and without for the text of links in HTML.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Words {
    curled: Span,
    straight: Span,
}

/// A `[[en]]`, `[[fr]]` or `[[rtl]]` block (section 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// In English.
    English,
    /// In French.
    French,
    /// Written from right to left.
    RightToLeft,
}

/// Where a link leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// As it is written in the template or value.
    destination: Words,
    /// The words in quotation marks after it.
    title: Option<Words>,
    /// False when the scheme is one that could run code.
    safe: bool,
    /// The scheme came from a value, not from the author.
    supplied: bool,
}

/// What the parser found, in order; blocks and marks open and close in proper nesting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A paragraph opens.
    Paragraph,
    /// A paragraph closes.
    ParagraphEnd,
    /// A heading of level 1 or 2 opens.
    Heading(u8),
    /// A heading closes.
    HeadingEnd(u8),
    /// A line between parts.
    Rule,
    /// A list opens; true when it is numbered.
    List(bool),
    /// A list closes.
    ListEnd(bool),
    /// An item opens.
    Item,
    /// An item closes.
    ItemEnd,
    /// A callout opens.
    Callout,
    /// A callout closes.
    CalloutEnd,
    /// A language or direction block opens.
    Section(Section),
    /// A language or direction block closes.
    SectionEnd,
    /// A highlighted conditional opens, by its number; true when it is a block.
    Conditional(u32, bool),
    /// A highlighted conditional closes.
    ConditionalEnd(u32, bool),
    /// A highlighted missing or hidden value, by its number.
    Highlight(u32),
    /// Words.
    Text(Words),
    /// A line break.
    Break,
    /// Bold opens.
    Strong,
    /// Bold closes.
    StrongEnd,
    /// Italic opens.
    Emphasis,
    /// Italic closes.
    EmphasisEnd,
    /// A link opens.
    Link(Link),
    /// A link closes. Links do not nest.
    LinkEnd,
    /// A bare web address.
    Url(Span),
    /// An address in angle brackets; true for a web address.
    Angle(Span, bool),
    /// A language or direction tag without its partner.
    StrayTag(Span),
}

/// Something in a template that its author should know of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Advice {
    /// Tables are printed as text (D5).
    Table,
    /// Images are printed as their description (D5).
    Image,
    /// A `[word]: token` line that nothing refers to is printed as text (D5).
    UnusedDefinition(String),
    /// A language or direction tag without its partner (D10).
    UnbalancedTag(String),
}

/// A text read.
#[derive(Debug, Default)]
pub struct Tree {
    text: String,
    events: Vec<Event>,
    advice: Vec<Advice>,
    highlights: Highlights,
}

impl Tree {
    /// Reads a filled body: template text as it is, values shielded. Never fails; what is no Markdown is text.
    pub fn parse(filled: &str) -> Self {
        Self::parse_highlighted(filled, Highlights::default())
    }

    /// Reads a body in which missing values are marked.
    pub(crate) fn parse_highlighted(filled: &str, highlights: Highlights) -> Self {
        let expanded = crate::shield::expand_tabs(filled);
        let source = expanded.as_deref().unwrap_or(filled);
        let mut tree = Self {
            text: String::with_capacity(source.len() * 2 + 64),
            events: Vec::with_capacity(64 + source.len() / 16),
            advice: Vec::new(),
            highlights,
        };
        section::parse(source, &mut tree);
        tree.curl();
        tree
    }

    /// What the author should know.
    pub fn advice(&self) -> &[Advice] {
        &self.advice
    }

    /// What was found, in order.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Words as they were written.
    pub(crate) fn words(&self, words: Words) -> String {
        self.unshielded(words.straight)
    }

    /// Where a link leads, as it was written.
    pub(crate) fn destination(&self, link: Link) -> String {
        let raw = self.get(link.destination.straight);
        let named = self.highlights.name_in(raw);
        let mut out = String::new();
        crate::shield::unshield(named.as_deref().unwrap_or(raw), &mut out);
        out
    }

    /// A bare web address, as it was written.
    pub(crate) fn address(&self, span: Span) -> String {
        self.unshielded(span)
    }

    /// Whether there is a block in this language or direction.
    pub fn has(&self, section: Section) -> bool {
        self.events.contains(&Event::Section(section))
    }

    fn unshielded(&self, span: Span) -> String {
        let mut out = String::new();
        crate::shield::unshield(self.get(span), &mut out);
        out
    }

    fn get(&self, span: Span) -> &str {
        &self.text[span.from as usize..span.to as usize]
    }

    fn advise(&mut self, advice: Advice) {
        if !self.advice.contains(&advice) {
            self.advice.push(advice);
        }
    }
}
