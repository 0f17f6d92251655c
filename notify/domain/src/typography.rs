//! Curled quotation marks, dashes and the space before punctuation (rendering specification, section 7).

mod address;
mod quote;

use crate::shield;

/// The characters next to a stretch of text, in the same block; none at its edges.
#[derive(Clone, Copy, Debug, Default)]
pub struct Around {
    /// The character before.
    pub before: Option<char>,
    /// The character after.
    pub after: Option<char>,
}

/// Whether quotation marks are curled; in the text of links in HTML they are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quotes {
    /// `"` becomes `“` or `”`.
    Curled,
    /// `"` stays.
    Straight,
}

/// False when [`apply`] would certainly leave `text` as it is.
pub fn may_change(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        b'\'' | b'"' | b'\\' | 0xE2 => true,
        b',' | b'.' | b'-' => at > 0 && matches!(bytes[at - 1], b' ' | b'\t' | 0x80..),
        _ => false,
    })
}

/// Appends `text` with its typography.
pub fn apply(text: &str, around: Around, quotes: Quotes, out: &mut String) {
    let addresses = address::spans(text);
    let mut from = 0;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let step = match c {
            ' ' | '\t' => spaces(text, at, around),
            '\'' | '\u{2018}' | '\u{2019}' if address::contains(&addresses, at) => {
                Some((c.len_utf8(), Instead::One('\'')))
            }
            '\'' | '"' if quotes == Quotes::Curled => Some(quote::curl(text, at, around)),
            '\\' if quotes == Quotes::Curled => escaped(&text[at..]),
            c if c.is_whitespace() && c != '\n' => dash(&text[at..], c),
            _ => None,
        };
        let Some((length, instead)) = step else {
            at += c.len_utf8();
            continue;
        };
        out.push_str(&text[from..at]);
        instead.write(out);
        at += length;
        from = at;
    }
    out.push_str(&text[from..]);
}

/// What a stretch of text becomes.
#[derive(Clone, Copy, Debug)]
enum Instead {
    /// Nothing.
    Nothing,
    /// This character.
    One(char),
    /// These two.
    Two(char, char),
    /// A spaced dash.
    Dash,
}

impl Instead {
    fn write(self, out: &mut String) {
        match self {
            Self::Nothing => {}
            Self::One(c) => out.push(c),
            Self::Two(one, two) => out.extend([one, two]),
            Self::Dash => out.push_str(" \u{2013} "),
        }
    }
}

/// Blanks that go: before a comma or full stop that ends something (D23), or around a dash.
fn spaces(text: &str, at: usize, around: Around) -> Option<(usize, Instead)> {
    let rest = &text[at..];
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let mut after = rest[blanks..].chars();
    if matches!(after.next(), Some(',' | '.'))
        && after.next().or(around.after).is_none_or(char::is_whitespace)
    {
        return Some((blanks, Instead::Nothing));
    }
    dash(rest, ' ')
}

/// A blank, one to three dashes and a blank, all on one line (D21), become one spaced dash.
fn dash(rest: &str, blank: char) -> Option<(usize, Instead)> {
    let inner = &rest[blank.len_utf8()..];
    let dashes = inner.chars().take_while(|c| matches!(c, '-' | '\u{2013}' | '\u{2014}'));
    let (count, length) =
        dashes.fold((0, 0), |(count, length), c| (count + 1, length + c.len_utf8()));
    let after = inner[length..].chars().next()?;
    let spaced = (1..=3).contains(&count) && after.is_whitespace() && !is_line_end(after);
    spaced.then(|| (blank.len_utf8() + length + after.len_utf8(), Instead::Dash))
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{b}' | '\u{c}' | '\u{85}')
}

/// A backslash before certain signs protects them; a quotation mark stays straight.
fn escaped(rest: &str) -> Option<(usize, Instead)> {
    let instead = match rest.as_bytes().get(1)? {
        b'"' => shield::STRAIGHT_DOUBLE,
        b'\'' => shield::STRAIGHT_SINGLE,
        b'\\' => shield::BACKSLASH,
        sign @ (b'.' | b'-' | b'`') => char::from(*sign),
        _ => return None,
    };
    Some((2, Instead::One(instead)))
}
