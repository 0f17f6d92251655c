//! Which way a straight quotation mark curls (rendering specification, section 7.1).

use super::{Around, Instead};

const OPEN_DOUBLE: char = '\u{201C}';
const CLOSE_DOUBLE: char = '\u{201D}';
const OPEN_SINGLE: char = '\u{2018}';
const CLOSE_SINGLE: char = '\u{2019}';

/// Curls the quotation mark at `at`: bytes taken, and what they become.
pub fn curl(text: &str, at: usize, around: Around) -> (usize, Instead) {
    let place = Place::of(text, at, around);
    let rest = &text[at + 1..];
    let mut ahead = rest.chars();
    match (text.as_bytes()[at], ahead.next()) {
        (b'"', Some('\'')) if ahead.next().or(around.after).is_some_and(is_word) => {
            (2, Instead::Two(OPEN_DOUBLE, OPEN_SINGLE))
        }
        (b'\'', Some('"')) if ahead.next().or(around.after).is_some_and(is_word) => {
            (2, Instead::Two(OPEN_SINGLE, OPEN_DOUBLE))
        }
        (b'"', _) => (1, Instead::One(double(&place))),
        _ => (1, Instead::One(single(&place, rest))),
    }
}

/// What stands around a quotation mark.
struct Place {
    before: Option<char>,
    after: Option<char>,
    /// The mark opens a stretch of text, after a mark such as bold or at the start of a block.
    opens_run: bool,
    /// After a blank or what looks like one.
    after_blank: bool,
}

impl Place {
    fn of(text: &str, at: usize, around: Around) -> Self {
        let before = text[..at].chars().next_back();
        let references = ["&nbsp;", "&ndash;", "&mdash;", "&#8211;", "&#8212;"];
        let after_blank = before.or(around.before).is_some_and(char::is_whitespace)
            || before == Some(';') && references.iter().any(|name| text[..at].ends_with(name));
        Self {
            opens_run: before.is_none() && !after_blank,
            before: before.or(around.before),
            after: text[at + 1..].chars().next().or(around.after),
            after_blank,
        }
    }

    /// After something that a closing mark can follow.
    fn after_text(&self) -> bool {
        self.before.is_some_and(|c| !matches!(c, ' ' | '\t' | '\r' | '\n' | '[' | '{' | '(' | '-'))
    }
}

fn double(place: &Place) -> char {
    let before_word = place.after.is_some_and(is_word);
    let before_blank = place.after.is_some_and(char::is_whitespace);
    let before_sign = place.after.is_some_and(|c| c.is_ascii_punctuation());
    if before_word && (place.after_blank || place.opens_run) {
        OPEN_DOUBLE
    } else if before_blank || (place.opens_run && before_sign) || place.after_text() {
        CLOSE_DOUBLE
    } else {
        OPEN_DOUBLE
    }
}

fn single(place: &Place, rest: &str) -> char {
    let before_digit = place.after.is_some_and(char::is_numeric);
    let before_word = place.after.is_some_and(is_word);
    if place.before.is_some_and(is_word) && is_decade(rest) {
        CLOSE_SINGLE
    } else if (place.after_blank && before_word) || before_digit || !place.after_text() {
        OPEN_SINGLE
    } else {
        CLOSE_SINGLE
    }
}

/// Two digits and an s, as in `80s`.
fn is_decade(rest: &str) -> bool {
    let bytes = rest.as_bytes();
    bytes.len() >= 3 && bytes[0].is_ascii_digit() && bytes[1].is_ascii_digit() && bytes[2] == b's'
}

/// A letter, digit or underscore.
pub fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
