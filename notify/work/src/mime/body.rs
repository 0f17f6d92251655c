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
        let (mut escapes, mut column, mut longest, mut odd) = (0, 0, 0, false);
        for &byte in text.as_bytes() {
            match byte {
                b'\n' => column = 0,
                b'\r' | b' '..=b'~' | b'\t' => column += 1,
                _ => (escapes, odd) = (escapes + 1, true),
            }
            longest = longest.max(column);
        }
        // A lone CR is no line end; it has to be escaped.
        odd |= text.contains('\r') && text.replace("\r\n", "").contains('\r');
        if !odd && longest <= LINE && !text.contains("--=_") {
            Self::Plain
        } else if escapes > text.len() / 5 {
            Self::Base64
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

/// The lines of `text` without their ends, and whether an end followed.
fn lines(text: &str) -> impl Iterator<Item = (&str, bool)> {
    text.split_inclusive('\n').map(|line| match line.strip_suffix('\n') {
        Some(line) => (line.strip_suffix('\r').unwrap_or(line), true),
        None => (line, false),
    })
}

/// One line as quoted-printable, RFC 2045 section 6.7.
fn quoted(out: &mut Vec<u8>, line: &[u8]) {
    let mut column = 0;
    let mut room = |out: &mut Vec<u8>, wanted: usize| {
        if column + wanted > QUOTED {
            out.extend_from_slice(b"=\r\n");
            column = 0;
        }
        column += wanted;
    };
    for (index, &byte) in line.iter().enumerate() {
        let last = index + 1 == line.len();
        match byte {
            b'!'..=b'<' | b'>'..=b'~' => {
                room(out, 1);
                out.push(byte);
            }
            // A blank at the end of a line may be cut off on the way.
            b' ' | b'\t' if !last => {
                room(out, 1);
                out.push(byte);
            }
            _ => {
                room(out, 3);
                out.extend_from_slice(&[b'=', hex(byte >> 4), hex(byte & 15)]);
            }
        }
    }
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
