//! Makes text safe inside HTML (rendering specification, section 3).

use crate::character_reference;

/// Bytes that [`text`] may have to change.
const SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        special[byte] = byte != b'\t' as usize && byte != b'\n' as usize;
        byte += 1;
    }
    special[b'<' as usize] = true;
    special[b'>' as usize] = true;
    special[b'&' as usize] = true;
    special
};

/// Appends `text` for the content of an element. `<` and `>` become references, and so does `&` unless it begins a
/// complete reference, so that authors may write `&nbsp;`. NUL goes, other control characters become `?`, line ends
/// become LF. Quotation marks stay.
pub fn text(text: &str, out: &mut String) {
    let bytes = text.as_bytes();
    let mut from = 0;
    let mut at = 0;
    while let Some(next) = bytes[at..].iter().position(|byte| SPECIAL[*byte as usize]) {
        at += next;
        let (instead, length) = replacement(&text[at..]);
        out.push_str(&text[from..at]);
        match instead {
            Some(instead) => out.push_str(instead),
            None => out.push_str(&text[at..at + length]),
        }
        at += length;
        from = at;
    }
    out.push_str(&text[from..]);
}

/// What the special character at the start of `text` becomes, and how many bytes that replaces; `None` keeps them.
fn replacement(text: &str) -> (Option<&'static str>, usize) {
    match text.as_bytes()[0] {
        b'<' => (Some("&lt;"), 1),
        b'>' => (Some("&gt;"), 1),
        b'&' => match character_reference::length(text) {
            0 => (Some("&amp;"), 1),
            length => (None, length),
        },
        0 => (Some(""), 1),
        b'\r' if text.as_bytes().get(1) == Some(&b'\n') => (Some("\n"), 2),
        b'\r' => (Some("\n"), 1),
        _ => (Some("?"), 1),
    }
}

/// Appends `text` for a double-quoted attribute. Every `&` is escaped: an address with `&copy=2` in its query has to
/// stay that address. Control characters are left out.
pub fn attribute(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_ascii_control() => {}
            c => out.push(c),
        }
    }
}

/// Appends `text` without its HTML tags; what is inside the tags' elements stays, and the rest is escaped as [`text`].
pub fn strip_tags(html: &str, out: &mut String) {
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        let Some(length) = tag_length(&rest[open..]) else {
            text(&rest[..=open], out);
            rest = &rest[open + 1..];
            continue;
        };
        text(&rest[..open], out);
        rest = &rest[open + length..];
    }
    text(rest, out);
}

/// Length of the tag or comment at the start of `html`, which begins with `<`.
fn tag_length(html: &str) -> Option<usize> {
    let inner = html[1..].strip_prefix('/').unwrap_or(&html[1..]);
    if html.starts_with("<!--") {
        return html.find("-->").map(|end| end + 3);
    }
    if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    None
}
