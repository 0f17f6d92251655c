//! Writes an e-mail as it goes over the wire: headers that nothing can be smuggled into, two bodies, 7-bit lines.
//!
//! Written by hand because the mail library that we know leaves a long word in a subject on one line
//! of any length and passes `=?…?=` typed by an author on as an encoded word
//! (`docs/decisions` has the page); the writer also costs a fifth of the library's time.

use kernel::Time;
use thiserror::Error;

use crate::provider::OutgoingEmail;

pub mod address;
mod body;
mod header;

use address::Address;

/// Why an e-mail cannot be written. None of these goes away by trying again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Unwritable {
    /// The sender's address is not one.
    #[error("the sender's address cannot stand in a message")]
    Sender,
    /// The recipient's address is not one.
    #[error("the recipient's address cannot stand in a message")]
    Recipient,
    /// The address for answers is not one.
    #[error("the reply-to address cannot stand in a message")]
    ReplyTo,
}

/// A written e-mail with what its envelope needs.
#[derive(Clone, Debug)]
pub struct Written {
    /// The recipient, for the envelope.
    pub to: Address,
    /// Domain of the sender, for `Message-ID` and the return path.
    pub domain: String,
    /// Headers, empty line and body; every line ends with CRLF, the last one too; no line is longer
    /// than 998 bytes; all ASCII unless `international`.
    pub bytes: Vec<u8>,
    /// An address in the headers is not ASCII, so the server has to know SMTPUTF8.
    pub international: bool,
}

/// Writes `email`, dated `now`: `multipart/alternative` with the plain text first
/// (rendering specification, section 9.1).
///
/// # Errors
/// [`Unwritable`] when an address cannot stand in a header or an envelope.
pub fn write(email: &OutgoingEmail, now: Time) -> Result<Written, Unwritable> {
    let from = Address::parse(&email.from_address).ok_or(Unwritable::Sender)?;
    let to = Address::parse(&email.to).ok_or(Unwritable::Recipient)?;
    let reply_to = match &email.reply_to {
        Some(text) => Some(Address::parse(text).ok_or(Unwritable::ReplyTo)?),
        None => None,
    };
    let mut out = Vec::with_capacity(1024 + (email.html.len() + email.plain.len()) * 5 / 4);
    header::mailbox(&mut out, "From", &email.from_name, &from);
    header::mailbox(&mut out, "To", "", &to);
    if let Some(reply_to) = &reply_to {
        header::mailbox(&mut out, "Reply-To", "", reply_to);
    }
    header::words(&mut out, "Subject", &email.subject);
    header::line(&mut out, "Date", &now.to_rfc2822());
    header::line(&mut out, "Message-ID", &format!("<{}@{}>", email.id, from.domain()));
    if let Some(unsubscribe) = &email.unsubscribe {
        header::line(&mut out, "List-Unsubscribe", &format!("<{}>", unsubscribe.as_str()));
        header::line(&mut out, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    }
    header::line(&mut out, "MIME-Version", "1.0");
    body::alternative(&mut out, email);
    let international = [Some(&from), Some(&to), reply_to.as_ref()]
        .into_iter()
        .flatten()
        .any(|address| !address.is_ascii());
    Ok(Written { domain: from.domain().to_owned(), to, bytes: out, international })
}
