//! Fields to type in. A field's `id` is its name unless the page says otherwise, so that an error can link to it.

use askama::{Template, filters::HtmlSafe};
use kernel::Language;

use super::live::Inserts;
use crate::Texts;

/// What a browser may know about a text: which keyboard to offer, what to check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputKind {
    /// Any text.
    #[default]
    Text,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Tel,
    /// Something to look for.
    Search,
    /// A web address.
    Url,
    /// A day, in the browser's own calendar.
    Date,
    /// A time of day.
    Time,
    /// A whole number, typed as text with the digits' keyboard.
    Number,
}

impl InputKind {
    const fn attributes(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Text => ("text", None),
            Self::Email => ("email", None),
            Self::Tel => ("tel", None),
            Self::Search => ("search", None),
            Self::Url => ("url", None),
            Self::Date => ("date", None),
            Self::Time => ("time", None),
            Self::Number => ("text", Some("numeric")),
        }
    }
}

/// How long an answer a field expects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    /// A name, an address.
    #[default]
    Full,
    /// About twenty characters.
    Long,
    /// About ten.
    Medium,
    /// About five.
    Short,
}

impl Width {
    const fn class(self) -> &'static str {
        match self {
            Self::Full => "input",
            Self::Long => "input width-long",
            Self::Medium => "input width-medium",
            Self::Short => "input width-short",
        }
    }
}

/// The given `id`, or the name when there is none.
pub(super) const fn id_or<'a>(id: &'a str, name: &'a str) -> &'a str {
    if id.is_empty() { name } else { id }
}

/// The `id`s of what describes a field, for `aria-describedby`.
pub(super) fn described(id: &str, parts: &[(bool, &str)]) -> Option<String> {
    let ids: Vec<String> = parts
        .iter()
        .filter(|(present, _)| *present)
        .map(|(_, part)| format!("{id}-{part}"))
        .collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// A line of text.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "component/text_input.html")]
pub struct TextInput {
    /// What it is sent as.
    pub name: String,
    /// Its `id`, when the name stands twice on the page; empty takes the name.
    pub id: String,
    /// What is asked for.
    pub label: String,
    /// Whether the label is only heard, because what is asked for is plain to see.
    pub hide_label: bool,
    /// How to answer.
    pub hint: Option<String>,
    /// What was typed.
    pub value: String,
    /// What is wrong with it.
    pub error: Option<String>,
    /// What kind of text.
    pub kind: InputKind,
    /// What a browser may fill in, by its name in HTML such as `email` or `organization`; empty says nothing.
    pub autocomplete: &'static str,
    /// How long an answer is expected.
    pub width: Width,
    /// The language in which to say that it may stay empty; fields are required unless they say so.
    pub optional: Option<Language>,
    /// Whether the browser leaves the spelling alone: names, codes, addresses.
    pub no_spellcheck: bool,
    /// What stands before the text, such as `https://`.
    pub prefix: Option<String>,
    /// What stands after it, such as a unit or a domain.
    pub suffix: Option<String>,
}

impl HtmlSafe for TextInput {}

impl TextInput {
    fn id(&self) -> &str {
        id_or(&self.id, &self.name)
    }

    fn described(&self) -> Option<String> {
        described(
            self.id(),
            &[
                (self.hint.is_some(), "hint"),
                (self.error.is_some(), "error"),
                (self.prefix.is_some(), "prefix"),
                (self.suffix.is_some(), "suffix"),
            ],
        )
    }
}

/// A password, shown on request where there is script. What was typed is never sent back.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "component/password_input.html")]
pub struct PasswordInput {
    /// The language of the words on its button.
    pub language: Language,
    /// What it is sent as.
    pub name: String,
    /// Its `id`; empty takes the name.
    pub id: String,
    /// What is asked for.
    pub label: String,
    /// What makes a good one.
    pub hint: Option<String>,
    /// What is wrong with it.
    pub error: Option<String>,
    /// Whether a new one is chosen, rather than the known one given.
    pub new: bool,
}

impl HtmlSafe for PasswordInput {}

impl PasswordInput {
    fn id(&self) -> &str {
        id_or(&self.id, &self.name)
    }

    fn described(&self) -> Option<String> {
        described(self.id(), &[(self.hint.is_some(), "hint"), (self.error.is_some(), "error")])
    }

    fn words(&self) -> Texts {
        Texts(self.language)
    }
}

/// A code from an e-mail, a text message or an authenticator.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "component/code_input.html")]
pub struct CodeInput {
    /// What it is sent as.
    pub name: String,
    /// Its `id`; empty takes the name.
    pub id: String,
    /// What is asked for.
    pub label: String,
    /// Where to find it.
    pub hint: Option<String>,
    /// What was typed.
    pub value: String,
    /// What is wrong with it.
    pub error: Option<String>,
    /// Whether letters belong to it, as to a recovery code.
    pub letters: bool,
}

impl HtmlSafe for CodeInput {}

impl CodeInput {
    fn id(&self) -> &str {
        id_or(&self.id, &self.name)
    }

    fn described(&self) -> Option<String> {
        described(self.id(), &[(self.hint.is_some(), "hint"), (self.error.is_some(), "error")])
    }
}

/// Words about the length of a text, counted anew by the server while somebody types.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counter {
    /// Where the form is sent with `POST` to be counted; the answer is the words, as HTML or plain text.
    pub url: String,
    /// The words for the text as it stands.
    pub text: String,
}

impl Counter {
    /// Words that `url` counts anew. (A template writes this call where it cannot write a literal inside `Some`.)
    pub fn new(url: impl Into<String>, text: impl Into<String>) -> Self {
        Self { url: url.into(), text: text.into() }
    }
}

/// A text of several lines.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "component/text_area.html")]
pub struct TextArea {
    /// What it is sent as.
    pub name: String,
    /// Its `id`; empty takes the name.
    pub id: String,
    /// What is asked for.
    pub label: String,
    /// Whether the label is only heard.
    pub hide_label: bool,
    /// How to answer.
    pub hint: Option<String>,
    /// What was typed.
    pub value: String,
    /// What is wrong with it.
    pub error: Option<String>,
    /// How many lines are seen at first; 0 takes five.
    pub rows: u16,
    /// The direction of the text; empty lets the text decide.
    pub dir: &'static str,
    /// The language of the text, when it is not the page's.
    pub lang: Option<Language>,
    /// Whether every character counts: codes, lists, placeholders.
    pub monospace: bool,
    /// The language in which to say that it may stay empty.
    pub optional: Option<Language>,
    /// Whether the browser leaves the spelling alone.
    pub no_spellcheck: bool,
    /// What is said about its length.
    pub counter: Option<Counter>,
    /// Buttons that write into it; their `into` is filled in.
    pub inserts: Option<Inserts>,
}

impl HtmlSafe for TextArea {}

impl TextArea {
    fn id(&self) -> &str {
        id_or(&self.id, &self.name)
    }

    fn described(&self) -> Option<String> {
        described(
            self.id(),
            &[
                (self.hint.is_some(), "hint"),
                (self.error.is_some(), "error"),
                (self.counter.is_some(), "count"),
            ],
        )
    }

    fn tools(&self) -> Option<Inserts> {
        let inserts = self.inserts.clone()?;
        Some(Inserts { into: self.id().to_owned(), ..inserts })
    }

    const fn lines(&self) -> u16 {
        if self.rows == 0 { 5 } else { self.rows }
    }

    const fn direction(&self) -> &'static str {
        if self.dir.is_empty() { "auto" } else { self.dir }
    }
}

/// A file to send. Its form needs `enctype="multipart/form-data"`.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "component/file_input.html")]
pub struct FileInput {
    /// What it is sent as.
    pub name: String,
    /// Its `id`; empty takes the name.
    pub id: String,
    /// What is asked for.
    pub label: String,
    /// Whether the label is only heard.
    pub hide_label: bool,
    /// Which files, how large.
    pub hint: Option<String>,
    /// What is wrong with it.
    pub error: Option<String>,
    /// The endings and media types offered, such as `.csv,.xlsx,.ods`.
    pub accept: &'static str,
    /// Whether several may be chosen.
    pub multiple: bool,
    /// The language in which to say that it may stay empty.
    pub optional: Option<Language>,
}

impl HtmlSafe for FileInput {}

impl FileInput {
    fn id(&self) -> &str {
        id_or(&self.id, &self.name)
    }

    fn described(&self) -> Option<String> {
        described(self.id(), &[(self.hint.is_some(), "hint"), (self.error.is_some(), "error")])
    }
}
