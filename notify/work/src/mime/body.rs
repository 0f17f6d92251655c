//! The two bodies, each in the transfer encoding that suits it.

use std::io::Write;

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::provider::OutgoingEmail;

/// Longest line that RFC 5322 allows, without its CRLF.
const LINE: usize = 998;
/// Longest line of quoted-printable, without the mark of a soft break.
const QUOTED: usize = 75;
/// No quoted-printable or base64 text can hold this, and a 7-bit text that does is quoted.
const BOUNDARY: &str = "=_";

/// `Content-Type`, the empty line and both parts.
pub(super) fn alternative(out: &mut Vec<u8>, email: &OutgoingEmail) {
    let id = email.id.simple();
    let _ =
        write!(out, "Content-Type: multipart/alternative;\r\n boundary=\"{BOUNDARY}{id}\"\r\n\r\n");
    for (kind, text) in [("plain", &email.plain), ("html", &email.html)] {
        let way = Way::of(text);
        let _ = write!(
            out,
            "--{BOUNDARY}{id}\r\nContent-Type: text/{kind}; charset=utf-8\r\n\
             Content-Transfer-Encoding: {}\r\n\r\n",
            way.name()
        );
        way.write(out, text);
        out.extend_from_slice(b"\r\n");
    }
    let _ = write!(out, "--{BOUNDARY}{id}--\r\n");
}

/// A transfer encoding of RFC 2045.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Plain,
    Quoted,
    Base64,
}

impl Way {
    /// Plain for ASCII in lines of lawful length, base64 where it is shorter, quoted-printable else.
    fn of(text: &str) -> Self {
        let foreign = text.bytes().filter(|byte| !byte.is_ascii()).count();
        if foreign > text.len() / 5 {
            Self::Base64
        } else if foreign == 0 && !text.contains("--=_") && is_lawful(text) {
            Self::Plain
        } else {
            Self::Quoted
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Plain => "7bit",
            Self::Quoted => "quoted-printable",
            Self::Base64 => "base64",
        }
    }

    fn write(self, out: &mut Vec<u8>, text: &str) {
        match self {
            Self::Plain => lines(text).for_each(|(line, ended)| {
                out.extend_from_slice(line.as_bytes());
                out.extend_from_slice(if ended { b"\r\n" } else { b"" });
            }),
            Self::Quoted => lines(text).for_each(|(line, ended)| {
                quoted(out, line.as_bytes());
                out.extend_from_slice(if ended { b"\r\n" } else { b"" });
            }),
            Self::Base64 => base64(out, text),
        }
    }
}

/// Whether an ASCII text may travel as it is: no long line, no control, no carriage return of its own.
fn is_lawful(text: &str) -> bool {
    lines(text).all(|(line, _)| {
        line.len() <= LINE && line.bytes().all(|byte| matches!(byte, b'\t' | b' '..=b'~'))
    })
}

/// The lines of `text` without their ends, and whether an end followed.
fn lines(text: &str) -> impl Iterator<Item = (&str, bool)> {
    text.split_inclusive('\n').map(|line| match line.strip_suffix('\n') {
        Some(line) => (line.strip_suffix('\r').unwrap_or(line), true),
        None => (line, false),
    })
}

/// One line as quoted-printable, RFC 2045 section 6.7: runs of plain bytes are copied whole.
fn quoted(out: &mut Vec<u8>, line: &[u8]) {
    let mut column = 0;
    let mut rest = line;
    while !rest.is_empty() {
        let run = rest.iter().position(|&byte| !is_plain(byte)).unwrap_or(rest.len());
        // A blank at the end of a line may be cut off on the way.
        let run = if run == rest.len() && is_blank(rest[run - 1]) { run - 1 } else { run };
        let mut plain = &rest[..run];
        while column + plain.len() > QUOTED {
            let (now, later) = plain.split_at(QUOTED - column);
            out.extend_from_slice(now);
            out.extend_from_slice(b"=\r\n");
            (plain, column) = (later, 0);
        }
        out.extend_from_slice(plain);
        column += plain.len();
        rest = &rest[run..];
        if let Some((&byte, after)) = rest.split_first() {
            if column + 3 > QUOTED {
                out.extend_from_slice(b"=\r\n");
                column = 0;
            }
            out.extend_from_slice(&[b'=', hex(byte >> 4), hex(byte & 15)]);
            column += 3;
            rest = after;
        }
    }
}

/// Bytes that may stand for themselves; blanks may, but not at the end of a line.
const fn is_plain(byte: u8) -> bool {
    matches!(byte, b'\t' | b' '..=b'<' | b'>'..=b'~')
}

const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

const fn hex(nibble: u8) -> u8 {
    b"0123456789ABCDEF"[nibble as usize]
}

/// The text with CRLF line ends in base64, 76 characters a line.
fn base64(out: &mut Vec<u8>, text: &str) {
    let mut whole = String::with_capacity(text.len() + 64);
    for (line, ended) in lines(text) {
        whole.push_str(line);
        whole.push_str(if ended { "\r\n" } else { "" });
    }
    for piece in whole.as_bytes().chunks(57) {
        out.extend_from_slice(STANDARD.encode(piece).as_bytes());
        out.extend_from_slice(b"\r\n");
    }
}
