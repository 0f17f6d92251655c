//! Reads the words of a block: emphasis, links, addresses, breaks (rendering specification, section 4.6).

use crate::{
    markdown::{
        Advice, Event, Tree,
        definition::Definitions,
        emphasis::{self, Exhausted},
        link::{self, Brackets, Target},
        section, url,
    },
    shield,
};

/// Marks nested deeper than this are text.
const MAX_DEPTH: u8 = 12;

/// Bytes at which something may begin.
const SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let signs = b"\\<![_*`~\nh\xEF";
    let mut index = 0;
    while index < signs.len() {
        special[signs[index] as usize] = true;
        index += 1;
    }
    special
};

/// Reads words into a tree.
pub fn read(words: &str, definitions: &Definitions, tree: &mut Tree) {
    Inline { definitions, tree, depth: 0, in_link: false }.read(words);
}

/// Writes words that hold no Markdown, only highlights and the line breaks of values.
pub fn verbatim(words: &str, tree: &mut Tree) {
    let definitions = Definitions::default();
    let mut inline = Inline { definitions: &definitions, tree, depth: MAX_DEPTH, in_link: true };
    let mut from = 0;
    for (at, _) in words.match_indices([shield::NEWLINE, shield::HIGHLIGHT]) {
        if let Some((found, length)) = inline.reserved(&words[at..]) {
            inline.tree.push_text(&words[from..at]);
            inline.write(found);
            from = at + length;
        }
    }
    tree.push_text(&words[from..]);
}

struct Inline<'p, 'd> {
    definitions: &'p Definitions<'d>,
    tree: &'p mut Tree,
    depth: u8,
    in_link: bool,
}

/// What begins at a place.
#[derive(Clone, Copy)]
enum Found<'s> {
    /// This text as it is.
    Text(&'s str),
    /// A line break.
    Break,
    Strong(&'s str),
    Emphasis(&'s str),
    /// Text whose marks go.
    Inner(&'s str),
    Link(&'s str, Target<'s>),
    Url(&'s str),
    Angle(&'s str),
    StrayTag(&'s str),
    Highlight(u32),
}

impl<'d> Inline<'_, 'd> {
    fn read(&mut self, words: &str) {
        let bytes = words.as_bytes();
        let mut place = Place { words, brackets: None, exhausted: Exhausted::default() };
        let mut from = 0;
        let mut at = 0;
        while let Some(found) = bytes[at..].iter().position(|byte| SPECIAL[usize::from(*byte)]) {
            at += found;
            let Some((found, length)) = self.find(&mut place, at) else {
                at += 1;
                continue;
            };
            let before = &words[from..at];
            let is_break = matches!(found, Found::Break);
            self.tree.push_text(if is_break { before.trim_end_matches(' ') } else { before });
            self.write(found);
            at += length;
            from = at;
        }
        self.tree.push_text(&words[from..]);
    }

    /// What begins at `at`, and its length.
    fn find<'s>(&mut self, place: &mut Place<'s>, at: usize) -> Option<(Found<'s>, usize)>
    where
        'd: 's,
    {
        let words = place.words;
        let rest = &words[at..];
        match words.as_bytes()[at] {
            b'\\' => escape(rest),
            b'\n' => line_break(rest),
            b'h' => self.address(rest),
            b'<' => url::angle(rest).map(|inner| (Found::Angle(inner), inner.len() + 2)),
            b'[' => self.bracket(place, at, at),
            b'!' if rest.as_bytes().get(1) == Some(&b'[') => self.image(place, at),
            0xEF => self.reserved(rest),
            _ if self.depth >= MAX_DEPTH => None,
            b'`' => emphasis::code(words, at, &mut place.exhausted)
                .map(|(inner, length)| (Found::Text(inner), length)),
            b'~' => emphasis::strike(words, at, &mut place.exhausted)
                .map(|(inner, length)| (Found::Inner(inner), length)),
            b'*' | b'_' => emphasis::strong(words, at, &mut place.exhausted)
                .map(|(inner, length)| (Found::Strong(inner), length))
                .or_else(|| {
                    let found = emphasis::single(words, at, &mut place.exhausted);
                    found.map(|(inner, length)| (Found::Emphasis(inner), length))
                }),
            _ => None,
        }
    }

    fn address<'s>(&self, rest: &'s str) -> Option<(Found<'s>, usize)> {
        let length = url::bare(rest).filter(|_| !self.in_link)?;
        Some((Found::Url(&rest[..length]), length))
    }

    fn image<'s>(&mut self, place: &mut Place<'s>, at: usize) -> Option<(Found<'s>, usize)>
    where
        'd: 's,
    {
        let was_in_link = std::mem::replace(&mut self.in_link, false);
        let found = self.bracket(place, at + 1, at);
        self.in_link = was_in_link;
        let (Found::Link(alternative, _), length) = found? else { return None };
        self.tree.advise(Advice::Image);
        Some((Found::Inner(alternative), length))
    }

    /// What the `[` at `open` begins; the length counts from `start`.
    fn bracket<'s>(
        &mut self,
        place: &mut Place<'s>,
        open: usize,
        start: usize,
    ) -> Option<(Found<'s>, usize)>
    where
        'd: 's,
    {
        let words = place.words;
        let rest = &words[open..];
        if let Some((tag, ..)) = section::tag_at(rest) {
            return Some((Found::StrayTag(&rest[..tag.len()]), tag.len() + open - start));
        }
        let close = place.brackets.get_or_insert_with(|| Brackets::of(words)).close(open)?;
        let text = &words[open + 1..close];
        if let Some(key) = text.strip_prefix('^')
            && self.definitions.note(key)
        {
            return Some((Found::Text(""), close + 1 - start));
        }
        if self.in_link || self.depth >= MAX_DEPTH {
            return None;
        }
        let (target, end) = link::target(words, text, close + 1, self.definitions)?;
        Some((Found::Link(text, target), end - start))
    }

    /// What a reserved character at the start of `rest` stands for.
    fn reserved<'s>(&self, rest: &'s str) -> Option<(Found<'s>, usize)> {
        match shield::reserved(rest)? {
            shield::NEWLINE => Some((Found::Break, shield::NEWLINE.len_utf8())),
            shield::HIGHLIGHT => {
                shield::highlight(rest).map(|(number, length)| (Found::Highlight(number), length))
            }
            _ => None,
        }
    }

    fn write(&mut self, found: Found) {
        match found {
            Found::Text(text) => self.tree.push_text(text),
            Found::Break => self.tree.events.push(Event::Break),
            Found::Inner(inner) => self.inner(inner, false),
            Found::Strong(inner) | Found::Emphasis(inner) if shield::is_empty(inner) => {}
            Found::Strong(inner) => {
                self.tree.events.push(Event::Strong);
                self.inner(inner, false);
                self.tree.events.push(Event::StrongEnd);
            }
            Found::Emphasis(inner) => {
                self.tree.events.push(Event::Emphasis);
                self.inner(inner, false);
                self.tree.events.push(Event::EmphasisEnd);
            }
            Found::Link(text, target) => {
                let link = self.tree.store_link(&target);
                self.tree.events.push(Event::Link(link));
                self.inner(text, true);
                self.tree.events.push(Event::LinkEnd);
                self.tree.push_text(target.tail);
            }
            Found::Url(address) => {
                let span = self.tree.store(address);
                self.tree.events.push(Event::Url(span));
            }
            Found::Angle(inner) => {
                let span = self.tree.store(inner);
                self.tree.events.push(Event::Angle(span, url::is_web(inner)));
            }
            Found::StrayTag(tag) => {
                let span = self.tree.store(tag);
                self.tree.events.push(Event::StrayTag(span));
            }
            Found::Highlight(number) => self.highlight(number),
        }
    }

    fn inner(&mut self, words: &str, in_link: bool) {
        Inline {
            definitions: self.definitions,
            tree: self.tree,
            depth: self.depth + 1,
            in_link: in_link || self.in_link,
        }
        .read(words);
    }

    /// A missing value, or a conditional of one line with its text read as Markdown (D15).
    fn highlight(&mut self, number: u32) {
        if !self.tree.highlights.is_conditional(number) {
            self.tree.events.push(Event::Highlight(number));
            return;
        }
        let text = self.tree.highlights.text(number).to_owned();
        self.tree.events.push(Event::Conditional(number, false));
        if self.depth < MAX_DEPTH {
            self.inner(&text, false);
        }
        self.tree.events.push(Event::ConditionalEnd(number, false));
    }
}

/// A stretch of words, with what was found out about it on the way.
struct Place<'s> {
    words: &'s str,
    brackets: Option<Brackets>,
    exhausted: Exhausted,
}

/// A backslash before a sign of the dialect.
fn escape(rest: &str) -> Option<(Found<'_>, usize)> {
    let sign = *rest.as_bytes().get(1)?;
    b"\\`*{}[]()#+-.!_>~|".contains(&sign).then(|| (Found::Text(&rest[1..2]), 2))
}

/// A line end, unless only blanks follow.
fn line_break(rest: &str) -> Option<(Found<'_>, usize)> {
    (!rest.trim_start().is_empty()).then_some((Found::Break, 1))
}
