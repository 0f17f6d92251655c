//! Keeps values from being read as Markdown (D1): inside a value every character that could start structure is
//! swapped for a Unicode noncharacter, which no rule of the parser knows, and swapped back when text is written.

use memchr::{memchr, memchr2, memchr3};

/// Stands at the edge of a value where there is no letter, so that the value cannot join the text around it into a
/// list marker, an indent or a heading. Counts as a letter, so that all values look alike to the marks around them;
/// prints nothing.
pub const GUARD: char = '\u{FDD0}';
/// A line end inside a value: a line break, never the end of a block.
pub const NEWLINE: char = '\u{FDD1}';
/// A backslash inside a value.
pub const BACKSLASH: char = '\u{FDD2}';
/// A closing round bracket inside a value.
pub const CLOSING: char = '\u{FDD9}';
/// A double quotation mark that typography must not curl.
pub const STRAIGHT_DOUBLE: char = '\u{FDDF}';
/// An apostrophe that typography must not curl.
pub const STRAIGHT_SINGLE: char = '\u{FDE0}';
/// Opens a highlight in a preview; digits and [`HIGHLIGHT_END`] follow.
pub const HIGHLIGHT: char = '\u{FDE1}';
/// Opens a highlight that is a block of its own.
pub const HIGHLIGHT_BLOCK: char = '\u{FDE2}';
/// Closes a highlight.
pub const HIGHLIGHT_END: char = '\u{FDE3}';

/// First two bytes of every noncharacter used here.
const LEAD: [u8; 2] = [0xEF, 0xB7];

/// Characters shielded in values, each with its stand-in.
const SHIELDED: [(u8, char); 13] = [
    (b'\\', BACKSLASH),
    (b'`', '\u{FDD3}'),
    (b'*', '\u{FDD4}'),
    (b'_', '\u{FDD5}'),
    (b'[', '\u{FDD6}'),
    (b']', '\u{FDD7}'),
    (b'(', '\u{FDD8}'),
    (b')', CLOSING),
    (b'!', '\u{FDDA}'),
    (b'~', '\u{FDDB}'),
    (b'<', '\u{FDDC}'),
    (b'>', '\u{FDDD}'),
    (b':', '\u{FDDE}'),
];

/// Bytes of a value that need a second look.
const SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let mut index = 0;
    while index < SHIELDED.len() {
        special[SHIELDED[index].0 as usize] = true;
        index += 1;
    }
    special[b'\n' as usize] = true;
    special[b'\r' as usize] = true;
    special[0xE2] = true;
    special[0xEF] = true;
    special
};

/// The stand-in of an ASCII character.
pub fn stand_in(byte: u8) -> Option<char> {
    SHIELDED.iter().find(|(original, _)| *original == byte).map(|(_, stand_in)| *stand_in)
}

/// The character that a stand-in stands for; itself for every other.
pub fn original(c: char) -> char {
    match c {
        NEWLINE => '\n',
        STRAIGHT_DOUBLE => '"',
        STRAIGHT_SINGLE => '\'',
        _ => {
            let found = SHIELDED.iter().find(|(_, stand_in)| *stand_in == c);
            found.map_or(c, |(byte, _)| char::from(*byte))
        }
    }
}

/// The reserved character at the start of `text`, if there is one.
pub fn reserved(text: &str) -> Option<char> {
    let bytes = text.as_bytes();
    if bytes.len() < 3 || bytes[..2] != LEAD || !(0x90..=0xAF).contains(&bytes[2]) {
        return None;
    }
    text.chars().next()
}

/// Whether `text` holds any reserved character.
pub fn any_reserved(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = memchr(LEAD[0], rest.as_bytes()) {
        if reserved(&rest[at..]).is_some() {
            return true;
        }
        rest = &rest[at + 3..];
    }
    false
}

/// Whether a reserved character prints nothing.
pub fn is_silent(c: char) -> bool {
    matches!(c, GUARD | HIGHLIGHT | HIGHLIGHT_BLOCK | HIGHLIGHT_END)
}

/// Whether `text` prints nothing.
pub fn is_empty(text: &str) -> bool {
    text.chars().all(|c| c == GUARD)
}

/// Appends `text` with its stand-ins swapped back and guards left out.
pub fn unshield(text: &str, out: &mut String) {
    if !any_reserved(text) {
        out.push_str(text);
        return;
    }
    out.extend(text.chars().filter(|c| !is_silent(*c)).map(original));
}

/// Appends text of a template with one kind of line end. Noncharacters, which no text needs, become U+FFFD.
pub fn template_text(text: &str, out: &mut String) {
    let bytes = text.as_bytes();
    if memchr3(b'\r', 0xE2, 0xEF, bytes).is_none() {
        out.push_str(text);
        return;
    }
    let mut from = 0;
    let mut at = 0;
    while let Some(found) = memchr3(b'\r', 0xE2, 0xEF, &bytes[at..]) {
        at += found;
        if let Some((length, instead)) = odd(&text[at..], '\n') {
            out.push_str(&text[from..at]);
            out.push(instead);
            at += length;
            from = at;
        } else {
            at += 1;
        }
    }
    out.push_str(&text[from..]);
}

/// A line end of an unusual kind or a reserved character at the start of `text`: its length and what replaces it.
fn odd(text: &str, newline: char) -> Option<(usize, char)> {
    if text.starts_with("\r\n") {
        return Some((2, newline));
    }
    match text.chars().next()? {
        '\r' | '\n' => Some((1, newline)),
        // The line separator joins words when it is deleted (D29); the symbol for newline is one in this dialect.
        '\u{2028}' | '\u{2424}' => Some((3, newline)),
        c => reserved(text).map(|_| (c.len_utf8(), '\u{FFFD}')),
    }
}

/// Appends a value so that it stays text. A value that is a web address and nothing else is linked where it stands:
/// services send links that way, and such a value shows where it leads.
pub fn shield(text: &str, out: &mut String) {
    let Some(first) = text.chars().next() else {
        // Marks around an empty value must not run together into a rule.
        if !out.is_empty() && !out.ends_with('\n') {
            out.push(GUARD);
        }
        return;
    };
    // After a `#` no value may decide whether a heading begins.
    if !first.is_alphabetic() || out.ends_with('#') {
        out.push(GUARD);
    }
    let scheme = web_address(text);
    out.push_str(&text[..scheme]);
    shield_all(&text[scheme..], out);
    if !text.ends_with(char::is_alphanumeric) {
        out.push(GUARD);
    }
}

fn shield_all(text: &str, out: &mut String) {
    let bytes = text.as_bytes();
    let mut from = 0;
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|byte| SPECIAL[usize::from(*byte)]) {
        at += found;
        let swap = match stand_in(bytes[at]) {
            Some(stand_in) => Some((1, stand_in)),
            None => odd(&text[at..], NEWLINE),
        };
        let Some((length, instead)) = swap else {
            at += 1;
            continue;
        };
        out.push_str(&text[from..at]);
        out.push(instead);
        at += length;
        from = at;
    }
    out.push_str(&text[from..]);
}

/// Length of `http://` or `https://` when the whole text is one web address, else zero.
fn web_address(text: &str) -> usize {
    let scheme = match text {
        _ if text.starts_with("https://") => 8,
        _ if text.starts_with("http://") => 7,
        _ => return 0,
    };
    let rest = &text[scheme..];
    let clean = !rest.is_empty()
        && rest
            .chars()
            .all(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | '"'));
    if clean { scheme } else { 0 }
}

/// Replaces each tab by spaces up to the next multiple of four columns; `None` when there is no tab.
pub fn expand_tabs(text: &str) -> Option<String> {
    memchr2(b'\t', b'\t', text.as_bytes())?;
    let mut out = String::with_capacity(text.len() + 16);
    let mut column = 0;
    for c in text.chars() {
        match c {
            '\t' => {
                let spaces = 4 - column % 4;
                out.extend(std::iter::repeat_n(' ', spaces));
                column += spaces;
            }
            '\n' => {
                out.push(c);
                column = 0;
            }
            _ => {
                out.push(c);
                column += 1;
            }
        }
    }
    Some(out)
}

/// Appends the mark of highlight `number`.
pub fn push_highlight(kind: char, number: u32, out: &mut String) {
    out.push(kind);
    out.push_str(&number.to_string());
    out.push(HIGHLIGHT_END);
}

/// The number in the highlight mark at the start of `text`, and the length of the mark.
pub fn highlight(text: &str) -> Option<(u32, usize)> {
    let inner = text.strip_prefix([HIGHLIGHT, HIGHLIGHT_BLOCK])?;
    let (digits, _) = inner.split_once(HIGHLIGHT_END)?;
    let length = 2 * HIGHLIGHT.len_utf8() + digits.len();
    digits.parse().ok().map(|number| (number, length))
}

/// Appends `text` for the content of an HTML element, still to be escaped: marks that must stay straight become
/// references.
pub fn to_html(text: &str, out: &mut String) {
    for c in text.chars().filter(|c| !is_silent(*c)) {
        match c {
            STRAIGHT_DOUBLE => out.push_str("&#34;"),
            STRAIGHT_SINGLE => out.push_str("&#39;"),
            c => out.push(original(c)),
        }
    }
}
