//! Replies of an SMTP server: read from the wire and turned into what becomes of the message.

use std::fmt;

use crate::provider::{Outcome, Refusal};

/// Longest line of a reply that is read. RFC 5321 allows 512; servers with long policies exceed it.
const LINE: usize = 4096;
/// Most bytes of one reply that are read.
const REPLY: usize = 64 * 1024;

/// One reply: its code, its enhanced code and its text in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reply {
    /// The three digits.
    pub(crate) code: u16,
    /// The enhanced status code of RFC 3463 without its class: subject and detail.
    pub(crate) detail: Option<(u16, u16)>,
    /// The lines of text, the codes taken off.
    pub(crate) lines: Vec<String>,
}

/// What a buffer holds.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Parsed {
    /// A whole reply, and how many bytes it took.
    Whole(Reply, usize),
    /// Not enough yet.
    Partial,
    /// Something that is not SMTP.
    Garbled,
}

impl Reply {
    /// Reads the first reply in `bytes`.
    pub(crate) fn parse(bytes: &[u8]) -> Parsed {
        let mut at = 0;
        let mut reply: Option<Self> = None;
        while let Some(end) = bytes[at..].iter().position(|&b| b == b'\n') {
            let line = bytes[at..at + end].strip_suffix(b"\r").unwrap_or(&bytes[at..at + end]);
            at += end + 1;
            let Some((code, more, text)) = split(line) else { return Parsed::Garbled };
            let reply = reply.get_or_insert_with(|| Self { code, detail: None, lines: Vec::new() });
            if reply.code != code || at > REPLY {
                return Parsed::Garbled;
            }
            let (detail, text) = enhanced(code, text);
            reply.detail = reply.detail.or(detail);
            reply.lines.push(text.to_owned());
            if !more {
                return Parsed::Whole(reply.clone(), at);
            }
        }
        if bytes.len() - at > LINE { Parsed::Garbled } else { Parsed::Partial }
    }

    /// Codes 200 to 299.
    pub(crate) const fn is_good(&self) -> bool {
        self.code / 100 == 2
    }

    /// The server is about to close the connection.
    pub(crate) const fn is_goodbye(&self) -> bool {
        self.code == 421
    }

    /// The name under which the server queued the message, where it tells it the way most do.
    pub(crate) fn queued_as(&self) -> Option<String> {
        let text = self.lines.last()?;
        let (_, name) = text.split_once("queued as ")?;
        let name: String =
            name.chars().take_while(|c| c.is_ascii_alphanumeric()).take(64).collect();
        (!name.is_empty()).then_some(name)
    }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code)?;
        if let Some((subject, detail)) = self.detail {
            write!(f, " {}.{subject}.{detail}", self.code / 100)?;
        }
        self.lines.iter().filter(|line| !line.is_empty()).try_for_each(|line| write!(f, " {line}"))
    }
}

/// Code, whether lines follow, and text.
fn split(line: &[u8]) -> Option<(u16, bool, &str)> {
    let line = std::str::from_utf8(line).ok()?;
    let code: u16 = line.get(..3)?.parse().ok().filter(|code| (200..600).contains(code))?;
    match line.as_bytes().get(3) {
        None => Some((code, false, "")),
        Some(b' ') => Some((code, false, &line[4..])),
        Some(b'-') => Some((code, true, &line[4..])),
        Some(_) => None,
    }
}

/// Takes `5.1.1` off the text when its class agrees with the code.
fn enhanced(code: u16, text: &str) -> (Option<(u16, u16)>, &str) {
    let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
    let mut numbers = first.split('.').map(str::parse::<u16>);
    let found = (numbers.next(), numbers.next(), numbers.next(), numbers.next());
    let (Some(Ok(class)), Some(Ok(subject)), Some(Ok(detail)), None) = found else {
        return (None, text);
    };
    if class == code / 100 { (Some((subject, detail)), rest) } else { (None, text) }
}

/// The command whose reply is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// `MAIL FROM`: what is refused is the sender, or us.
    Sender,
    /// `RCPT TO`: what is refused is the recipient.
    Recipient,
    /// `DATA`, `BDAT` and the reply after the last byte: what is refused is the message.
    Message,
}

/// What a reply that is not a success means for the message (API specification, section 3.14).
///
/// 4xx is tried again. A 5xx to the recipient, or one whose enhanced code speaks of the address, is
/// a permanent failure (mailbox full: temporary). A 5xx about us, our sender, our message or the
/// protocol is a technical failure, because the address is not to blame; one that asks for a sign-in
/// or for TLS is tried again, because it waits for the operator.
pub(crate) fn judge(step: Step, reply: &Reply) -> Outcome {
    let words = reply.to_string();
    if reply.code / 100 != 5 || matches!(reply.code, 530 | 534 | 535 | 538) {
        return Outcome::later(words);
    }
    Outcome::refused(kind(step, reply), words)
}

fn kind(step: Step, reply: &Reply) -> Refusal {
    match reply.detail {
        Some((2, 2)) => return Refusal::Temporary,
        Some((1 | 2, _)) if step != Step::Sender => return Refusal::Permanent,
        // The domain of the recipient has no mail server.
        Some((4, _)) if step == Step::Recipient => return Refusal::Permanent,
        Some((3 | 5 | 6 | 7, _)) => return Refusal::Technical,
        _ => {}
    }
    match (step, reply.code) {
        (Step::Recipient, 500..=504 | 555) => Refusal::Technical,
        (Step::Recipient, 552) => Refusal::Temporary,
        (Step::Recipient, _) => Refusal::Permanent,
        _ => Refusal::Technical,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::panic, reason = "a test says so when it fails")]

    use super::*;

    fn reply(text: &str) -> Reply {
        match Reply::parse(format!("{text}\r\n").as_bytes()) {
            Parsed::Whole(reply, _) => reply,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn replies_are_read_line_by_line() {
        let text = b"250-one.example\r\n250-SIZE 100\r\n250 HELP\r\n354 go\r\n";
        let Parsed::Whole(first, used) = Reply::parse(text) else { panic!("not whole") };
        assert_eq!(first.lines, ["one.example", "SIZE 100", "HELP"]);
        assert_eq!(&text[used..], b"354 go\r\n");
        assert_eq!(Reply::parse(b"250-more\r\n250"), Parsed::Partial);
        assert_eq!(Reply::parse(b"HTTP/1.1 400\r\n"), Parsed::Garbled);
        assert_eq!(Reply::parse(b"250-a\r\n550 b\r\n"), Parsed::Garbled);
        assert_eq!(Reply::parse(&[b'2'; LINE + 1]), Parsed::Garbled);
        assert_eq!(Reply::parse(b"\xff\xfe\r\n"), Parsed::Garbled);
    }

    #[test]
    fn enhanced_codes_count_only_when_their_class_agrees() {
        assert_eq!(reply("550 5.1.1 no such user").detail, Some((1, 1)));
        assert_eq!(reply("550 4.1.1 no such user").detail, None);
        assert_eq!(reply("550 5.1 no").detail, None);
        assert_eq!(
            reply("550-5.1.1 no\r\n550 5.1.1 such user").to_string(),
            "550 5.1.1 no such user"
        );
    }

    #[test]
    fn the_reply_decides_the_end_of_the_message() {
        use Step::{Message, Recipient, Sender};
        let refused = |kind| Some(kind);
        let cases = [
            (Recipient, "550 5.1.1 no such user", refused(Refusal::Permanent)),
            (Recipient, "550 no", refused(Refusal::Permanent)),
            (Recipient, "554 no", refused(Refusal::Permanent)),
            (Recipient, "550 5.4.4 host not found", refused(Refusal::Permanent)),
            (Recipient, "552 5.2.2 mailbox full", refused(Refusal::Temporary)),
            (Recipient, "552 mailbox full", refused(Refusal::Temporary)),
            (Recipient, "554 5.7.1 relay access denied", refused(Refusal::Technical)),
            (Recipient, "503 bad sequence", refused(Refusal::Technical)),
            (Recipient, "450 4.2.0 greylisted", None),
            (Recipient, "530 5.7.0 sign in first", None),
            (Sender, "550 5.1.0 sender unknown", refused(Refusal::Technical)),
            (Sender, "552 5.3.4 too big", refused(Refusal::Technical)),
            (Sender, "451 later", None),
            (Message, "554 5.7.1 spam", refused(Refusal::Technical)),
            (Message, "550 5.1.1 no such user", refused(Refusal::Permanent)),
            (Message, "554 no", refused(Refusal::Technical)),
            (Message, "452 4.3.1 disk full", None),
        ];
        for (step, text, wanted) in cases {
            let got = match judge(step, &reply(text)) {
                Outcome::Refused { kind, .. } => Some(kind),
                Outcome::Later { .. } => None,
                other => panic!("{text}: {other:?}"),
            };
            assert_eq!(got, wanted, "{step:?} {text}");
        }
    }

    #[test]
    fn the_queue_name_is_found_in_the_words_of_postfix() {
        assert_eq!(reply("250 2.0.0 Ok: queued as 4F3aX").queued_as().as_deref(), Some("4F3aX"));
        assert_eq!(reply("250 2.0.0 Ok").queued_as(), None);
    }
}
