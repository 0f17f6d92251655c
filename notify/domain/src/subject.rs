//! The subject of an e-mail: one line, with typography and without Markdown (rendering specification, section 8).

use crate::{
    escape, shield,
    typography::{self, Around, Quotes},
};

/// The subject for the mail header: not escaped, and without any line end or control character, so that a value
/// cannot add a header.
pub fn text(filled: &str) -> String {
    let mut out = String::with_capacity(filled.len());
    shield::unshield(&one_line(&curled(&clean(filled))), &mut out);
    out
}

/// The subject for the title of the HTML part and for pages, escaped.
pub fn html(filled: &str) -> String {
    marked_html(&clean(filled))
}

/// As [`html`], for a text that is clean but for highlights, which stay.
pub(crate) fn marked_html(filled: &str) -> String {
    let shown: String = filled.chars().filter(|c| *c != '\0').map(visible).collect();
    let mut words = String::with_capacity(shown.len());
    refer_to_marks(&one_line(&curled(&shown)), &mut words);
    let mut out = String::with_capacity(words.len());
    escape::text(&words, &mut out);
    out
}

/// The text without reserved characters.
fn clean(filled: &str) -> String {
    let mut out = String::with_capacity(filled.len());
    shield::template_text(filled, &mut out);
    out
}

/// Control characters are shown as `?` in HTML, except blanks.
fn visible(c: char) -> char {
    if c < ' ' && !matches!(c, '\t' | '\n' | '\r') { '?' } else { c }
}

/// Quotation marks that an author protected stay straight on pages too.
fn refer_to_marks(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            shield::STRAIGHT_DOUBLE => out.push_str("&#34;"),
            shield::STRAIGHT_SINGLE => out.push_str("&#39;"),
            shield::BACKSLASH => out.push('\\'),
            c => out.push(c),
        }
    }
}

fn curled(filled: &str) -> String {
    let mut out = String::with_capacity(filled.len() + 8);
    typography::apply(filled, Around::default(), Quotes::Curled, &mut out);
    out
}

/// Single blanks, none at the ends; characters without width go, except joiners inside a word or an emoji (D19).
fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_whitespace() {
            blank = !out.is_empty();
            continue;
        }
        let joins = matches!(c, '\u{200c}' | '\u{200d}')
            && !blank
            && out.chars().next_back().is_some_and(is_joined)
            && chars.peek().copied().is_some_and(is_joined);
        if (has_no_width(c) && !joins) || c.is_control() {
            continue;
        }
        if std::mem::take(&mut blank) {
            out.push(' ');
        }
        out.push(c);
    }
    out
}

fn has_no_width(c: char) -> bool {
    matches!(c, '\u{180e}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// A letter, or a sign from which emoji are made.
fn is_joined(c: char) -> bool {
    c.is_alphabetic() || (!c.is_ascii() && !c.is_whitespace() && !has_no_width(c))
}
