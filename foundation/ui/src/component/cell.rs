//! The smallest parts: links, tags, and what stands in a cell.

use askama::{Template, filters::HtmlSafe};

/// A link with its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
    /// Something done or in order.
    Done,
    /// Something to look out for.
    Warning,
    /// Something that failed or is stopped.
    Danger,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Neutral => "tag",
            Self::Accent => "tag tag-accent",
            Self::Done => "tag tag-done",
            Self::Warning => "tag tag-warning",
            Self::Danger => "tag tag-danger",
        }
    }
}

/// A short word that marks a kind or a state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(source = r#"<span class="{{ tone.class() }}">{{ text }}</span>"#, ext = "html")]
pub struct Tag {
    /// The word.
    pub text: String,
    /// Its colour.
    pub tone: Tone,
}

impl HtmlSafe for Tag {}

impl Tag {
    /// A tag with its word and its colour.
    pub fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone }
    }
}

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

impl Default for Cell {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl From<String> for Cell {
    fn from(words: String) -> Self {
        Self::Text(words)
    }
}

impl From<Tag> for Cell {
    fn from(tag: Tag) -> Self {
        Self::Tag(tag)
    }
}

impl From<Link> for Cell {
    fn from(link: Link) -> Self {
        Self::Link(link)
    }
}

impl Cell {
    /// A component in a cell.
    pub fn of(component: &impl HtmlSafe) -> Self {
        Self::Rendered(Rendered::of(component))
    }
}

/// The HTML of something that escapes what it shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered(String);

impl HtmlSafe for Rendered {}

impl std::fmt::Display for Rendered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl Rendered {
    /// The HTML of a component. A template of the page's own takes part by `impl HtmlSafe`.
    pub fn of(component: &impl HtmlSafe) -> Self {
        Self(component.to_string())
    }

    /// Several components, one after another.
    pub fn all<'a, C: HtmlSafe + 'a>(components: impl IntoIterator<Item = &'a C>) -> Self {
        Self(components.into_iter().map(ToString::to_string).collect())
    }

    /// Plain words in a line, escaped.
    pub fn plain(words: &str) -> Self {
        Self::of(&Cell::Text(words.to_owned()))
    }

    /// Plain words as one paragraph, escaped.
    pub fn words(words: &str) -> Self {
        Self::of(&Paragraph { words })
    }
}

#[derive(Template)]
#[template(source = "<p>{{ words }}</p>", ext = "html")]
struct Paragraph<'a> {
    words: &'a str,
}

impl HtmlSafe for Paragraph<'_> {}
