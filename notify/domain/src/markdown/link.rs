//! Links: what follows the text in square brackets (rendering specification, section 6.1, with D26).

use crate::{
    markdown::{Link, Tree, Words, definition::Definitions, destination},
    shield,
};

/// The longest destination, and the longest title, that is looked for.
const LONGEST: usize = 4096;

/// Where a link leads, as written.
#[derive(Clone, Copy, Debug)]
pub struct Target<'s> {
    destination: &'s str,
    title: Option<&'s str>,
    /// Words of a value that are no part of the address they came with, and what the author wrote after them.
    pub tail: &'s str,
}

/// The square brackets of a text, each opening one with its partner.
#[derive(Debug)]
pub struct Brackets {
    pairs: Vec<(usize, usize)>,
}

impl Brackets {
    /// Pairs brackets in one pass; those after a backslash do not count.
    pub fn of(words: &str) -> Self {
        let bytes = words.as_bytes();
        let mut open = Vec::new();
        let mut pairs = Vec::new();
        let mut at = 0;
        while let Some(found) = memchr::memchr3(b'[', b']', b'\\', &bytes[at..]) {
            at += found;
            match bytes[at] {
                b'\\' => at += 1,
                b'[' => open.push(at),
                _ => {
                    if let Some(from) = open.pop() {
                        pairs.push((from, at));
                    }
                }
            }
            at += 1;
            if at >= bytes.len() {
                break;
            }
        }
        pairs.sort_unstable();
        Self { pairs }
    }

    /// The partner of the bracket at `open`.
    pub fn close(&self, open: usize) -> Option<usize> {
        let at = self.pairs.binary_search_by_key(&open, |(from, _)| *from).ok()?;
        self.pairs.get(at).map(|(_, close)| *close)
    }
}

/// What follows the `]` that ends just before `after`: `(destination "title")`, `[key]`, or nothing when the text itself is a key.
/// Also where the link ends.
pub fn target<'s, 'd: 's>(
    words: &'s str,
    text: &'s str,
    after: usize,
    definitions: &Definitions<'d>,
) -> Option<(Target<'s>, usize)> {
    if words.as_bytes().get(after) == Some(&b'(')
        && let Some(found) = parenthesised(words, after + 1)
    {
        return Some(found);
    }
    let (key, end) = match words[after..].strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some(("", _)) => (text, after + 2),
        Some((key, _)) => (key, after + key.len() + 2),
        None => (text, after),
    };
    let link = definitions.link(key)?;
    Some((Target { destination: link.destination, title: link.title, tail: "" }, end))
}

/// Destination and title from just after `(`, and where the link ends. Round brackets in an address are balanced;
/// what is no address ends at its first closing bracket, so that nothing of it is hidden.
fn parenthesised(words: &str, from: usize) -> Option<(Target<'_>, usize)> {
    let from = from + blanks(&words[from..]);
    // Most openings that lead nowhere are seen by one quick look.
    let window = &words.as_bytes()[from..words.len().min(from + LONGEST)];
    memchr::memchr(b')', window)?;
    if let Some(found) = angled(words, from) {
        return Some(found);
    }
    let balanced = scan(words, from, true);
    match balanced {
        Some((target, _)) if destination::is_address(target.destination) => balanced,
        _ => {
            scan(words, from, false).map(|(target, end)| (shortened(words, from, target, end), end))
        }
    }
}

/// What is no address and comes from a value ends at the value's own closing bracket; the rest is text.
fn shortened<'s>(words: &'s str, from: usize, target: Target<'s>, end: usize) -> Target<'s> {
    match target.destination.find(shield::CLOSING) {
        Some(cut) => {
            let tail = &words[from + cut + shield::CLOSING.len_utf8()..end];
            Target { destination: &words[from..from + cut], title: None, tail }
        }
        None => target,
    }
}

fn scan(words: &str, from: usize, balance: bool) -> Option<(Target<'_>, usize)> {
    let mut open = 0_usize;
    let mut titles = true;
    let mut after_blank = false;
    for (offset, c) in words[from..].char_indices().take_while(|(offset, _)| *offset < LONGEST) {
        let at = from + offset;
        match c {
            '(' if balance => open += 1,
            ')' if open > 0 => open -= 1,
            ')' => {
                let target = Target { destination: &words[from..at], title: None, tail: "" };
                return Some((target, at + 1));
            }
            _ if c.is_whitespace() && !after_blank && open == 0 => {
                if let Some((title, end)) = ending(words, at, &mut titles) {
                    return Some((Target { destination: &words[from..at], title, tail: "" }, end));
                }
            }
            _ => {}
        }
        after_blank = c.is_whitespace();
    }
    None
}

/// `<destination>`, which may hold blanks and brackets.
fn angled(words: &str, from: usize) -> Option<(Target<'_>, usize)> {
    let inner = words[from..].strip_prefix('<')?;
    let mut titles = true;
    for (offset, _) in inner.match_indices('>').take_while(|(offset, _)| *offset < LONGEST) {
        let at = from + 1 + offset;
        if let Some((title, end)) = ending(words, at + 1, &mut titles) {
            return Some((Target { destination: &words[from + 1..at], title, tail: "" }, end));
        }
    }
    None
}

/// What may follow a destination: blanks, a title in quotation marks after a blank, and the closing bracket.
/// `titles` turns false when no title can end in the rest, so that this is not tried again.
fn ending<'s>(words: &'s str, at: usize, titles: &mut bool) -> Option<(Option<&'s str>, usize)> {
    let next = at + blanks(&words[at..]);
    let rest = &words[next..];
    if rest.starts_with(')') {
        return Some((None, next + 1));
    }
    if !*titles || next == at || !rest.starts_with(['"', '\'']) {
        return None;
    }
    let inside = &rest[1..];
    for (offset, _) in inside.match_indices(['"', '\'']).take_while(|(offset, _)| *offset < LONGEST)
    {
        let close = next + 1 + offset;
        let after = close + 1 + blanks(&words[close + 1..]);
        if words[after..].starts_with(')') {
            return Some((Some(&words[next + 1..close]), after + 1));
        }
    }
    *titles = false;
    None
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

impl Tree {
    /// Keeps the target of a link; a highlighted value in it becomes its bare name (D11).
    pub(super) fn store_link(&mut self, target: &Target) -> Link {
        let named = self.highlights.name_in(target.destination);
        let written = named.as_deref().unwrap_or(target.destination);
        let destination = self.store(written);
        let title = target.title.map(|title| {
            let span = self.store(title);
            Words { curled: span, straight: span }
        });
        Link {
            destination: Words { curled: destination, straight: destination },
            title,
            safe: destination::is_safe(written),
            supplied: destination::is_supplied(written),
        }
    }
}
