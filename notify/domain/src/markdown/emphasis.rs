//! Bold, italic, code and struck text: where each ends (rendering specification, section 4.6, rules 9 to 13, with
//! D34: a mark opens only before and closes only after something that is no blank, and not inside a word or number).

use crate::shield;

/// Marks for which no closing mark is left in a text, so that each is looked for once.
#[derive(Clone, Copy, Debug, Default)]
pub struct Exhausted {
    double_star: bool,
    double_line: bool,
    star: bool,
    line: bool,
    strike: bool,
    /// One bit for each length of a run of backticks.
    code: u64,
}

/// What is inside, and the length of the whole.
type Inner<'s> = Option<(&'s str, usize)>;

/// `**bold**` or `__bold__` at `at`.
pub fn strong<'s>(words: &'s str, at: usize, exhausted: &mut Exhausted) -> Inner<'s> {
    let mark = words.as_bytes()[at];
    let done = if mark == b'*' { &mut exhausted.double_star } else { &mut exhausted.double_line };
    let from = at + 2;
    if *done || words.as_bytes().get(at + 1) != Some(&mark) || is_blank(after(words, from)) {
        return None;
    }
    if mark == b'_' && is_word(before(words, at)) {
        return None;
    }
    let end = double_end(words, from, mark);
    *done = end.is_none();
    end.map(|end| (&words[from..end], end + 2 - at))
}

/// The nearest pair of marks that closes: at least one character inside, no third mark after it.
fn double_end(words: &str, from: usize, mark: u8) -> Option<usize> {
    let bytes = words.as_bytes();
    let mut search = from + after(words, from)?.len_utf8();
    while let Some(found) = memchr::memchr(mark, bytes.get(search..)?) {
        let at = search + found;
        let pair = bytes.get(at + 1) == Some(&mark) && bytes.get(at + 2) != Some(&mark);
        let inside_word = mark == b'_' && is_word(after(words, at + 2));
        if pair && !is_blank(before(words, at)) && !inside_word {
            return Some(at);
        }
        search = at + 1;
    }
    None
}

/// `*italic*` or `_italic_` at `at`.
pub fn single<'s>(words: &'s str, at: usize, exhausted: &mut Exhausted) -> Inner<'s> {
    let mark = words.as_bytes()[at];
    let done = if mark == b'*' { &mut exhausted.star } else { &mut exhausted.line };
    let from = at + 1;
    if *done || is_blank(after(words, from)) || is_word(before(words, at)) {
        return None;
    }
    let end = single_end(words, from, mark);
    *done = end.is_none();
    end.map(|end| (&words[from..end], end + 1 - at))
}

/// The nearest mark that closes; inside, the mark stands only in pairs.
fn single_end(words: &str, from: usize, mark: u8) -> Option<usize> {
    let bytes = words.as_bytes();
    let mut at = from;
    while let Some(found) = memchr::memchr(mark, bytes.get(at..)?) {
        at += found;
        if bytes.get(at + 1) == Some(&mark) {
            at += 2;
            continue;
        }
        let inside_word = mark == b'_' && is_word(after(words, at + 1));
        if at > from && !is_blank(before(words, at)) && !inside_word {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// A run of backticks up to the next run of the same length; blanks at the edges go.
pub fn code<'s>(words: &'s str, at: usize, exhausted: &mut Exhausted) -> Inner<'s> {
    let bytes = words.as_bytes();
    let length = run(bytes, at);
    let bit = 1_u64.checked_shl(u32::try_from(length).ok()?)?;
    if exhausted.code & bit != 0 {
        return None;
    }
    let from = at + length;
    let mut search = from;
    while let Some(found) = memchr::memchr(b'`', &bytes[search..]) {
        let close = search + found;
        let closing = run(bytes, close);
        if closing == length {
            return Some((words[from..close].trim(), close + length - at));
        }
        search = close + closing;
    }
    exhausted.code |= bit;
    None
}

/// `~~struck~~`, with no blank just inside the marks.
pub fn strike<'s>(words: &'s str, at: usize, exhausted: &mut Exhausted) -> Inner<'s> {
    let from = at + 2;
    if exhausted.strike || !words[at..].starts_with("~~") || is_blank(after(words, from)) {
        return None;
    }
    let mut search = from + 1;
    while let Some(found) =
        words.as_bytes().get(search..).and_then(|rest| memchr::memmem::find(rest, b"~~"))
    {
        let end = search + found;
        if !is_blank(before(words, end)) {
            return Some((&words[from..end], end + 2 - at));
        }
        search = end + 1;
    }
    exhausted.strike = true;
    None
}

fn run(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().take_while(|byte| **byte == b'`').count()
}

fn before(words: &str, at: usize) -> Option<char> {
    words[..at].chars().next_back()
}

fn after(words: &str, at: usize) -> Option<char> {
    words.get(at..)?.chars().next()
}

/// The edge of a text counts as a blank.
fn is_blank(c: Option<char>) -> bool {
    c.is_none_or(char::is_whitespace)
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | shield::GUARD))
}
