//! Header fields: folded, encoded by RFC 2047, closed against line ends.

use std::io::Write;

use base64::{Engine, engine::general_purpose::STANDARD};

use super::address::Address;

/// Longest line that headers are folded to, in bytes.
const FOLD: usize = 76;
/// Bytes of text in one encoded word: 60 characters of base64, so 72 with what stands around it.
const PIECE: usize = 45;

/// One field whose value is ours: a date, an identifier, a checked address.
pub(super) fn line(out: &mut Vec<u8>, name: &str, value: &str) {
    push(out, &[name, ": ", value, "\r\n"]);
}

/// One mailbox. The display name is always base64 (rendering specification, section 9.1), so
/// nothing typed by an author can end the phrase.
pub(super) fn mailbox(out: &mut Vec<u8>, name: &str, display: &str, address: &Address) {
    push(out, &[name, ": "]);
    let display = plain(display);
    if display.is_empty() {
        let _ = write!(out, "{address}\r\n");
    } else {
        encoded(out, &display);
        let _ = write!(out, "\r\n <{address}>\r\n");
    }
}

/// One field of free text, such as the subject: as it is when it is short ASCII words, else encoded whole.
pub(super) fn words(out: &mut Vec<u8>, name: &str, value: &str) {
    push(out, &[name, ": "]);
    let value = plain(value);
    let simple = value.is_ascii()
        // What looks like an encoded word would be decoded by the reader.
        && !value.contains("=?")
        // A line may not consist of blanks alone, so runs of them are not folded.
        && !value.contains("  ")
        && value.split(' ').all(|word| word.len() < FOLD);
    if simple {
        folded(out, &value, name.len() + 2);
    } else {
        encoded(out, &value);
    }
    out.extend_from_slice(b"\r\n");
}

/// `text` on one line: controls, line ends among them, become blanks; none at the ends.
fn plain(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c })
        .collect();
    text.trim().to_owned()
}

fn folded(out: &mut Vec<u8>, value: &str, mut column: usize) {
    for (index, word) in value.split(' ').enumerate() {
        if index > 0 {
            if column + 1 + word.len() > FOLD {
                out.extend_from_slice(b"\r\n");
                column = 0;
            }
            out.push(b' ');
            column += 1;
        }
        out.extend_from_slice(word.as_bytes());
        column += word.len();
    }
}

fn encoded(out: &mut Vec<u8>, value: &str) {
    let mut rest = value;
    let mut first = true;
    while !rest.is_empty() {
        // The very first piece is shorter: the field's name stands before it.
        let (piece, after) =
            rest.split_at(rest.floor_char_boundary(if first { 36 } else { PIECE }));
        if !first {
            out.extend_from_slice(b"\r\n ");
        }
        push(out, &["=?utf-8?B?", &STANDARD.encode(piece), "?="]);
        rest = after;
        first = false;
    }
}

fn push(out: &mut Vec<u8>, parts: &[&str]) {
    for part in parts {
        out.extend_from_slice(part.as_bytes());
    }
}
