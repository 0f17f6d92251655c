//! Placeholders in templates, `((name))` and `((name??text))`: read once, filled many times
//! (rendering specification, section 2).

use kernel::Language;

pub use crate::personalisation::{BadEntry, NotAValue, Personalisation, Value};
use crate::scan;

/// The form of a name that is used for matching: without spaces, hyphens and underscores, in lower case.
pub fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for c in name.chars().filter(|c| !matches!(c, ' ' | '-' | '_')) {
        key.extend(c.to_lowercase());
    }
    key
}

/// Whether a value shows the text of a conditional; an absent value does not.
pub fn truthy(value: Option<&Value>) -> bool {
    value.is_some_and(Value::truthy)
}

/// The name of a placeholder, as written and as matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// As the author wrote it.
    pub written: String,
    /// By [`key`].
    pub key: String,
}

impl Name {
    pub(crate) fn new(written: &str) -> Self {
        Self { written: written.to_owned(), key: key(written) }
    }
}

/// A stretch of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Text between placeholders.
    Text(String),
    /// `((name))`.
    Placeholder(Name),
    /// `((name??text))`. The text may hold placeholders of its own (D13).
    Conditional(Conditional),
}

/// Text that is shown when a value says yes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conditional {
    /// What is asked.
    pub name: Name,
    /// The text as written.
    pub text: String,
    /// The text, read.
    pub parts: Vec<Segment>,
}

/// A subject or body, read once so that filling it is copying.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    text: String,
    segments: Vec<Segment>,
}

/// How a list value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lists {
    /// As Markdown bullets on lines of their own: bodies of e-mails.
    Bullets,
    /// "a, b and c" in the language of the message: subjects and texts (D32).
    Sentence(Language),
}

/// Receives the stretches of a template while it is filled.
pub trait Sink {
    /// Text of the template.
    fn text(&mut self, text: &str);
    /// A supplied value.
    fn value(&mut self, value: &Value);
    /// A placeholder without a value.
    fn missing(&mut self, name: &Name);
    /// A conditional without a value.
    fn missing_conditional(&mut self, conditional: &Conditional, values: &Personalisation);
}

impl Source {
    /// Reads a subject or body. Every text is acceptable: what is no placeholder is text.
    pub fn parse(text: &str) -> Self {
        Self { text: text.to_owned(), segments: scan::segments(text) }
    }

    /// The text as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The stretches in order.
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// Names in order of appearance, repetitions included, each with whether it is a conditional.
    pub fn names(&self) -> Vec<(&str, bool)> {
        let mut found = Vec::new();
        collect(&self.segments, &mut |name, conditional| {
            found.push((name.written.as_str(), conditional));
        });
        found
    }

    /// Hands every stretch, with its value where there is one, to `sink`.
    pub fn walk(&self, values: &Personalisation, sink: &mut impl Sink) {
        walk(&self.segments, values, sink);
    }

    /// Appends the filled text. What has no value is left out: ask [`missing`] first, for a message with a
    /// missing value is not sent (D7).
    pub fn fill(&self, values: &Personalisation, lists: Lists, out: &mut String) {
        out.reserve(self.text.len() + 64);
        self.walk(values, &mut Filling { lists, out });
    }

    /// Characters of the filled text, without filling it.
    pub fn length(&self, values: &Personalisation, lists: Lists) -> usize {
        let mut counting = Counting { lists, count: 0, scratch: String::new() };
        self.walk(values, &mut counting);
        counting.count
    }

    /// Whether some name has no value.
    fn any_missing(&self, values: &Personalisation) -> bool {
        let mut any = false;
        collect(&self.segments, &mut |name, _| any = any || !supplied(&name.key, values));
        any
    }
}

/// Hands stretches to `sink`; a shown conditional counts as its parts.
pub fn walk(segments: &[Segment], values: &Personalisation, sink: &mut impl Sink) {
    for segment in segments {
        match segment {
            Segment::Text(text) => sink.text(text),
            Segment::Placeholder(name) => match present(&name.key, values) {
                Some(value) => sink.value(value),
                None => sink.missing(name),
            },
            Segment::Conditional(asked) => match present(&asked.name.key, values) {
                Some(value) if value.truthy() => walk(&asked.parts, values, sink),
                Some(_) => {}
                None => sink.missing_conditional(asked, values),
            },
        }
    }
}

fn present<'v>(key: &str, values: &'v Personalisation) -> Option<&'v Value> {
    values.by_key(key).filter(|value| !value.is_missing())
}

fn supplied(key: &str, values: &Personalisation) -> bool {
    present(key, values).is_some()
}

/// Visits each name in order; the names inside the text of a conditional come after its own.
fn collect<'s>(segments: &'s [Segment], visit: &mut impl FnMut(&'s Name, bool)) {
    for segment in segments {
        match segment {
            Segment::Text(_) => {}
            Segment::Placeholder(name) => visit(name, false),
            Segment::Conditional(asked) => {
                visit(&asked.name, true);
                collect_dyn(&asked.parts, visit);
            }
        }
    }
}

/// Recursion through a trait object, so that the closure type stays finite.
fn collect_dyn<'s>(segments: &'s [Segment], visit: &mut dyn FnMut(&'s Name, bool)) {
    collect(segments, &mut |name, conditional| visit(name, conditional));
}

struct Filling<'o> {
    lists: Lists,
    out: &'o mut String,
}

impl Sink for Filling<'_> {
    fn text(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn value(&mut self, value: &Value) {
        self.lists.write(value, self.out, &mut |text, out| out.push_str(text));
    }

    fn missing(&mut self, _: &Name) {}

    fn missing_conditional(&mut self, _: &Conditional, _: &Personalisation) {}
}

struct Counting {
    lists: Lists,
    count: usize,
    scratch: String,
}

impl Sink for Counting {
    fn text(&mut self, text: &str) {
        self.count += text.chars().count();
    }

    fn value(&mut self, value: &Value) {
        if let Value::Text(text) = value {
            self.count += text.chars().count();
            return;
        }
        self.scratch.clear();
        self.lists.write(value, &mut self.scratch, &mut |text, out| out.push_str(text));
        self.count += self.scratch.chars().count();
    }

    fn missing(&mut self, _: &Name) {}

    fn missing_conditional(&mut self, _: &Conditional, _: &Personalisation) {}
}

impl Lists {
    /// Appends a value, passing its text (of each member, for a list) through `write`.
    pub fn write(self, value: &Value, out: &mut String, write: &mut impl FnMut(&str, &mut String)) {
        match value {
            Value::Text(text) => write(text, out),
            Value::List(members) => self.members(members, out, write),
            Value::Number(_) | Value::Bool(_) => write(&value.to_string(), out),
        }
    }

    fn members(
        self,
        members: &[String],
        out: &mut String,
        write: &mut impl FnMut(&str, &mut String),
    ) {
        match self {
            Self::Bullets => {
                out.push('\n');
                for member in members {
                    out.push_str("\n* ");
                    write(member, out);
                }
            }
            Self::Sentence(language) => {
                let last = members.len().saturating_sub(1);
                for (at, member) in members.iter().enumerate() {
                    match at {
                        0 => {}
                        _ if at == last => out.push_str(conjunction(language)),
                        _ => out.push_str(", "),
                    }
                    write(member, out);
                }
            }
        }
    }
}

fn conjunction(language: Language) -> &'static str {
    match language {
        Language::English => " and ",
        Language::French => " et ",
    }
}

/// Names of a template in order of first use, subject first, compared exactly as written; each with whether it is
/// anywhere a conditional (section 2.1).
pub fn placeholders<'s>(sources: &[&'s Source]) -> Vec<(&'s str, bool)> {
    let mut found: Vec<(&str, bool)> = Vec::new();
    let mut seen = std::collections::HashMap::new();
    for (name, conditional) in sources.iter().flat_map(|source| source.names()) {
        let at = *seen.entry(name).or_insert_with(|| {
            found.push((name, false));
            found.len() - 1
        });
        found[at].1 |= conditional;
    }
    found
}

/// Names without a value, in template order. An empty string is a value; an empty list is not.
pub fn missing(sources: &[&Source], values: &Personalisation) -> Vec<String> {
    // The usual answer is "none", and costs no allocation.
    if !sources.iter().any(|source| source.any_missing(values)) {
        return Vec::new();
    }
    placeholders(sources)
        .into_iter()
        .filter(|(name, _)| !supplied(&key(name), values))
        .map(|(name, _)| name.to_owned())
        .collect()
}

/// Supplied names that the template does not use, as supplied, sorted.
pub fn additional(sources: &[&Source], values: &Personalisation) -> Vec<String> {
    let used: std::collections::HashSet<String> =
        sources.iter().flat_map(|source| source.names()).map(|(name, _)| key(name)).collect();
    let mut extra: Vec<String> = values
        .iter()
        .filter(|(name, _)| !used.contains(&key(name)))
        .map(|(name, _)| name.to_owned())
        .collect();
    extra.sort();
    extra
}

/// What changed in the placeholders from one version of a template to the next; names keep their spelling.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Only in the new version, sorted.
    pub added: Vec<String>,
    /// Only in the old version, sorted.
    pub removed: Vec<String>,
}

impl Difference {
    /// Whether callers have to change what they send.
    pub fn any(&self) -> bool {
        !self.added.is_empty() || !self.removed.is_empty()
    }
}

/// Compares the placeholders of two versions by their keys.
pub fn compare(old: &[&Source], new: &[&Source]) -> Difference {
    Difference { added: only_in(new, old), removed: only_in(old, new) }
}

fn only_in(these: &[&Source], others: &[&Source]) -> Vec<String> {
    let known: std::collections::HashSet<String> =
        placeholders(others).into_iter().map(|(name, _)| key(name)).collect();
    let mut names: Vec<String> = placeholders(these)
        .into_iter()
        .filter(|(name, _)| !known.contains(&key(name)))
        .map(|(name, _)| name.to_owned())
        .collect();
    names.sort();
    names
}
