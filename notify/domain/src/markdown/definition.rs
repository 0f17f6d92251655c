//! Link definitions (`[key]: address`) and footnotes (`[^key]: words`). A definition that something refers to takes
//! effect and disappears; any other is printed as the text it is (D5).

use std::collections::HashSet;

use crate::markdown::{Advice, Event, Tree, inline};

/// The longest key that is looked for.
const LONGEST_KEY: usize = 300;

/// A `[key]: address "title"` line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkDefinition<'s> {
    key: String,
    /// Where the link leads.
    pub destination: &'s str,
    /// Its title.
    pub title: Option<&'s str>,
}

/// What is defined and referred to in a text.
#[derive(Debug, Default)]
pub struct Definitions<'s> {
    links: Vec<LinkDefinition<'s>>,
    notes: Vec<(String, String)>,
    unused: Vec<&'s str>,
}

impl<'s> Definitions<'s> {
    /// Finds the definitions of `source`; most texts have none, which one search shows.
    pub fn of(source: &'s str) -> Self {
        let mut found = Self::default();
        if memchr::memmem::find(source.as_bytes(), b"]:").is_none() {
            return found;
        }
        let used = references(source);
        let mut lines = source.lines().peekable();
        while let Some(line) = lines.next() {
            if let Some(link) = link(line) {
                if used.contains(&link.key) {
                    found.links.push(link);
                } else {
                    found.unused.push(line.trim());
                }
            } else if let Some((key, text)) = note(line)
                && used.contains(&key)
            {
                let mut text = text.to_owned();
                while let Some(more) = lines.next_if(|next| continues_note(next)) {
                    text.push('\n');
                    text.push_str(more.trim());
                }
                found.notes.push((key, text));
            }
        }
        found
    }

    /// The link that `[key]` refers to.
    pub fn link(&self, key: &str) -> Option<&LinkDefinition<'s>> {
        if self.links.is_empty() {
            return None;
        }
        let key = normal(key);
        self.links.iter().find(|link| link.key == key)
    }

    /// Whether `[^key]` refers to a footnote; `key` comes without the `^`.
    pub fn note(&self, key: &str) -> bool {
        !self.notes.is_empty() && self.notes.iter().any(|(known, _)| *known == note_key(key))
    }

    /// Whether the line is a definition that takes effect.
    pub fn hides(&self, line: &str) -> bool {
        self.hides_link(line) || self.hides_note(line)
    }

    /// Whether the line begins a footnote that is referred to.
    pub fn hides_note(&self, line: &str) -> bool {
        !self.notes.is_empty()
            && note(line).is_some_and(|(key, _)| self.notes.iter().any(|(known, _)| *known == key))
    }

    fn hides_link(&self, line: &str) -> bool {
        !self.links.is_empty()
            && link(line).is_some_and(|link| self.links.iter().any(|known| known.key == link.key))
    }

    /// Writes the footnotes at the end of the text, and advises about what is not used.
    pub fn finish(&self, tree: &mut Tree) {
        for (_, text) in &self.notes {
            tree.events.push(Event::Paragraph);
            inline::read(text, self, tree);
            tree.events.push(Event::ParagraphEnd);
        }
        for line in &self.unused {
            tree.advise(Advice::UnusedDefinition((*line).to_owned()));
        }
    }
}

/// Whether a line belongs to the footnote before it.
pub fn continues_note(line: &str) -> bool {
    line.starts_with(' ') && !line.trim().is_empty()
}

/// Lower case, with single blanks.
fn normal(key: &str) -> String {
    key.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

fn note_key(key: &str) -> String {
    format!("^{}", normal(key))
}

/// Everything in square brackets that could refer to a definition.
fn references(source: &str) -> HashSet<String> {
    let bytes = source.as_bytes();
    let mut found = HashSet::new();
    let mut open = None;
    for at in memchr::memchr2_iter(b'[', b']', bytes) {
        if bytes[at] == b'[' {
            open = Some(at + 1);
        } else if let Some(from) = open.take()
            && at - from <= LONGEST_KEY
            && bytes.get(at + 1) != Some(&b':')
        {
            found.insert(normal(&source[from..at]));
        }
    }
    found
}

fn link(line: &str) -> Option<LinkDefinition<'_>> {
    let inner = line.trim().strip_prefix('[')?;
    let (key, rest) = inner.split_once("]:")?;
    if key.is_empty() || key.contains(['^', ']', '[']) {
        return None;
    }
    let rest = rest.trim_start();
    let (token, after) = rest.split_once(' ').unwrap_or((rest, ""));
    let destination = token.strip_prefix('<').unwrap_or(token);
    let destination = destination.strip_suffix('>').unwrap_or(destination);
    let looks_like_an_address = destination.contains(['.', '/', '#', ':']) && destination.len() > 1;
    let title = title(after.trim());
    let whole = after.trim().is_empty() || title.is_some();
    (looks_like_an_address && whole).then(|| LinkDefinition {
        key: normal(key),
        destination,
        title,
    })
}

fn title(text: &str) -> Option<&str> {
    let inner = text.strip_prefix(['"', '(', '\''])?;
    inner.strip_suffix(['"', ')', '\'']).filter(|title| !title.is_empty())
}

fn note(line: &str) -> Option<(String, &str)> {
    let (key, text) = line.trim_start().strip_prefix("[^")?.split_once("]:")?;
    let usable = !key.is_empty() && !key.contains([']', '[']);
    usable.then(|| (note_key(key), text.trim()))
}
