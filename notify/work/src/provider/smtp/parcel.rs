//! One message on its way through a connection, and the answer that its sender waits for.

use std::io::Write;

use tokio::sync::oneshot;

use super::{link::Link, wire::Broken};
use crate::{
    mime::Written,
    provider::{Outcome, Refusal},
};

/// A written message, its envelope and whom to answer.
pub(crate) struct Parcel {
    pub(crate) mail: Written,
    /// `MAIL FROM`, without the brackets.
    pub(crate) return_path: String,
    /// A kept connection broke under it once; the next time it goes back to the queue.
    pub(crate) second: bool,
    pub(crate) answer: oneshot::Sender<Outcome>,
}

impl Parcel {
    /// Nobody waits for it any more, so it must not be sent.
    pub(crate) fn is_withdrawn(&self) -> bool {
        self.answer.is_closed()
    }

    /// Tells the sender. Servers like to repeat the recipient; logs and other people's eyes must not
    /// see it, so it is taken out of their words.
    pub(crate) fn settle(self, outcome: Outcome) {
        let address = self.mail.to.to_string();
        let clean = |words: String| hide(&words, &address);
        let outcome = match outcome {
            Outcome::Refused { kind, words } => Outcome::Refused { kind, words: clean(words) },
            Outcome::Later { words, after } => Outcome::Later { words: clean(words), after },
            accepted @ Outcome::Accepted { .. } => accepted,
        };
        // The sender may have gone; then nobody needs the answer.
        let _ = self.answer.send(outcome);
    }

    /// The connection broke before the server could have taken it.
    pub(crate) fn settle_broken(self, why: &Broken) {
        self.settle(Outcome::later(why.to_string()));
    }

    /// What the server's offers rule out before a word is said.
    pub(crate) fn unfit(&self, link: &Link) -> Option<Outcome> {
        let technical = |words: &str| Some(Outcome::refused(Refusal::Technical, words));
        if link.offers.largest.is_some_and(|largest| self.mail.bytes.len() > largest) {
            return technical("The message is larger than the mail server takes");
        }
        if self.mail.international && !(link.offers.smtputf8 && link.offers.eight_bit) {
            return technical("The mail server does not take addresses outside ASCII");
        }
        None
    }

    /// `MAIL` and `RCPT`.
    pub(crate) fn envelope(&self, link: &Link) -> [String; 2] {
        let mut mail = format!("MAIL FROM:<{}>", self.return_path).into_bytes();
        if link.offers.size {
            let _ = write!(mail, " SIZE={}", self.mail.bytes.len());
        }
        if self.mail.international {
            mail.extend_from_slice(b" BODY=8BITMIME SMTPUTF8");
        }
        mail.extend_from_slice(b"\r\n");
        [String::from_utf8_lossy(&mail).into_owned(), format!("RCPT TO:<{}>\r\n", self.mail.to)]
    }

    /// The message as `DATA` wants it: leading dots doubled, a dot alone at the end.
    pub(crate) fn data(&self, out: &mut Vec<u8>) {
        let bytes = &self.mail.bytes;
        let mut from = 0;
        // The first line is a header, so only dots after a line end count.
        for at in memchr::memmem::find_iter(bytes, b"\n.") {
            out.extend_from_slice(&bytes[from..=at]);
            out.push(b'.');
            from = at + 1;
        }
        out.extend_from_slice(&bytes[from..]);
        out.extend_from_slice(b".\r\n");
    }
}

/// `words` without `address`, whatever its case.
fn hide(words: &str, address: &str) -> String {
    let (low, wanted) = (words.to_ascii_lowercase(), address.to_ascii_lowercase());
    let mut clean = String::with_capacity(words.len());
    let mut from = 0;
    for (at, found) in low.match_indices(&wanted) {
        clean.push_str(&words[from..at]);
        clean.push_str("[address]");
        from = at + found.len();
    }
    clean + &words[from..]
}
