//! Bare web addresses in text (rendering specification, section 6.2, with D3 and D24).

use crate::shield;

/// Length of `http://` or `https://` at the start of `text`, else zero.
fn scheme(text: &str) -> usize {
    match text {
        _ if text.starts_with("https://") => 8,
        _ if text.starts_with("http://") => 7,
        _ => 0,
    }
}

/// Whether `text` begins like a web address.
pub fn is_web(text: &str) -> bool {
    scheme(text) > 0
}

/// Length of the web address at the start of `text`. What usually follows an address in a sentence is left out:
/// full stops, commas, quotation marks, and a closing bracket that none opened.
pub fn bare(text: &str) -> Option<usize> {
    let scheme = scheme(text);
    if scheme == 0 {
        return None;
    }
    let rest = &text[scheme..];
    let end = rest.find(ends_address).unwrap_or(rest.len());
    let kept = trim(&rest[..end]);
    (kept > 0).then_some(scheme + kept)
}

fn ends_address(c: char) -> bool {
    c.is_whitespace()
        || matches!(shield::original(c), '<' | '>' | '"' | '\n')
        || is_highlight_mark(c)
}

fn is_highlight_mark(c: char) -> bool {
    matches!(c, shield::HIGHLIGHT | shield::HIGHLIGHT_BLOCK | shield::HIGHLIGHT_END)
}

/// Length of `address` without the signs that end a sentence.
fn trim(address: &str) -> usize {
    let count = |sign| address.chars().filter(|c| shield::original(*c) == sign).count();
    let mut unopened = count(')').saturating_sub(count('('));
    let mut kept = address;
    while let Some(last) = kept.chars().next_back() {
        match shield::original(last) {
            ')' if unopened > 0 => unopened -= 1,
            ')' => break,
            shield::GUARD => {}
            sign if ends_sentence(sign) => {}
            _ => break,
        }
        kept = &kept[..kept.len() - last.len_utf8()];
    }
    kept.len()
}

fn ends_sentence(sign: char) -> bool {
    ".,:;!?'\"]\u{bb}\u{2018}\u{2019}\u{201c}\u{201d}".contains(sign)
}

/// The address in `<…>` at the start of `text`: something with a `@` or `:` inside, and no blank.
pub fn angle(text: &str) -> Option<&str> {
    let inner = &text[1..];
    let end = inner.find(|c: char| c == '>' || c == '<' || c.is_whitespace())?;
    let address = &inner[..end];
    let inside = address.find(['@', ':'])?;
    let whole = inner.as_bytes()[end] == b'>' && inside > 0 && inside + 1 < address.len();
    (whole && !shield::any_reserved(address)).then_some(address)
}

/// Appends the address for `href`: what it already escapes stays, only what is illegal is escaped (D3).
pub fn encode(address: &str, out: &mut String) {
    let bytes = address.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let legal = match byte {
            b'%' => {
                let digits = bytes.get(at + 1..at + 3);
                digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
            }
            b'!' | b'#'..=b';' | b'=' | b'?'..=b'[' | b']' | b'_' | b'a'..=b'z' | b'~' => true,
            _ => false,
        };
        if legal {
            out.push(char::from(*byte));
        } else {
            const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
            out.push('%');
            out.push(char::from(DIGITS[usize::from(byte >> 4)]));
            out.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
}
