//! Providers: who carries a message the last mile, and the few answers they may give.

use std::{future::Future, pin::Pin, time::Duration};

use notify::{Status, status::Cause};
use url::Url;
use uuid::Uuid;

pub mod http_text;
mod json;
pub mod mailbox;
pub mod receipts;
pub mod settings;
pub mod smtp;

/// One rendered e-mail, ready to be handed over.
///
/// The texts are taken as they are: rendering, limits and recipient rules are done. What could
/// break the wire format (line ends in headers, bytes above 127, long lines) is dealt with here.
#[derive(Clone, Debug)]
pub struct OutgoingEmail {
    /// The notification; becomes the left half of `Message-ID` and of the return path.
    pub id: Uuid,
    /// Display name of the sender, usually the service's name.
    pub from_name: String,
    /// Mailbox of the sender, `{email_from}@{sending domain}`.
    pub from_address: String,
    /// The recipient's mailbox, lower-cased; a non-ASCII domain is converted when it is handed over.
    pub to: String,
    /// Mailbox for answers; no header without it.
    pub reply_to: Option<String>,
    /// Subject, not encoded.
    pub subject: String,
    /// The whole HTML document.
    pub html: String,
    /// The plain-text part.
    pub plain: String,
    /// One-click unsubscribe address.
    pub unsubscribe: Option<Unsubscribe>,
}

/// A header line may have 998 bytes; an address cannot be folded.
const LONGEST_ADDRESS: usize = 970;

/// An address for one-click unsubscribing that may stand in a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsubscribe(String);

impl Unsubscribe {
    /// Takes an https address whose host has a dot, which holds no control characters and fits on a
    /// line of a header;
    /// anything else is `None`, and the message then goes without the header
    /// (rendering specification, section 9.4).
    pub fn parse(address: &str) -> Option<Self> {
        if address.chars().any(char::is_control) {
            return None;
        }
        let url = Url::parse(address).ok()?;
        let dotted = url.host_str().is_some_and(|host| host.contains('.'));
        // The parsed form is ASCII without blanks or angle brackets, which the header needs.
        let fits = url.as_str().len() <= LONGEST_ADDRESS;
        (url.scheme() == "https" && dotted && fits).then(|| Self(String::from(url)))
    }

    /// The address, in ASCII.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One text message, ready to be handed over.
#[derive(Clone, Debug)]
pub struct OutgoingText {
    /// The notification.
    pub id: Uuid,
    /// Sender shown to the recipient; the provider's own when `None`.
    pub from: Option<String>,
    /// The recipient in E.164 form, `+16132532222`.
    pub to: String,
    /// The whole text, prefix included.
    pub body: String,
}

/// What became of handing one message over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The provider has it now and answers for it.
    Accepted {
        /// The provider's own name for the message, by which receipts find it.
        reference: Option<String>,
    },
    /// The provider will never take it; the notification ends here.
    Refused {
        /// Which final status this is.
        kind: Refusal,
        /// What the provider said, for `provider_response`. Never holds a recipient knowingly.
        words: String,
    },
    /// Not now; to be tried again.
    Later {
        /// What went wrong, for the log and for the last attempt's `provider_response`.
        words: String,
        /// How long the provider asked us to wait, where it said so.
        after: Option<Duration>,
    },
}

/// The final status that a refusal leads to (API specification, section 3.14).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// `permanent-failure`: the address or number is bad or blocked.
    Permanent,
    /// `temporary-failure`: the provider itself has given up for a passing reason.
    Temporary,
    /// `provider-failure`: the provider refused the request, perhaps for a reason that the status's
    /// description depends on.
    Provider(Option<Cause>),
    /// `technical-failure`: we could not make the provider take it.
    Technical,
}

impl Refusal {
    /// The status that the notification ends in.
    pub const fn status(&self) -> Status {
        match self {
            Self::Permanent => Status::PermanentFailure,
            Self::Temporary => Status::TemporaryFailure,
            Self::Provider(_) => Status::ProviderFailure,
            Self::Technical => Status::TechnicalFailure,
        }
    }
}

impl Outcome {
    /// A refusal of `kind` with the provider's `words`.
    pub fn refused(kind: Refusal, words: impl Into<String>) -> Self {
        Self::Refused { kind, words: words.into() }
    }

    /// Another try is worth while, at a moment of our choice.
    pub fn later(words: impl Into<String>) -> Self {
        Self::Later { words: words.into(), after: None }
    }
}

/// A hand-over in progress. Dropping it before the message is on the wire calls it off; dropping it
/// later only loses the answer.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Outcome> + Send + 'a>>;

/// A goodbye in progress.
pub type Closing<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// A way for e-mails.
pub trait EmailRoute: Send + Sync {
    /// The provider's name in configuration, statistics and `sent_by`.
    fn name(&self) -> &str;

    /// Whether receipts will follow, so that a handed-over message waits for one.
    fn gives_receipts(&self) -> bool;

    /// Whether to take a message is to deliver it, so that it is `delivered` at once.
    fn delivers_itself(&self) -> bool {
        false
    }

    /// Hands one e-mail over. Never panics and always ends within the provider's time limits.
    fn send<'a>(&'a self, email: &'a OutgoingEmail) -> Sending<'a>;

    /// Sends what was handed over already and lets go of connections; later messages are answered
    /// [`Outcome::Later`]. For the stop of the process; it may last as long as the server's last answer
    /// may, so whoever is in a hurry bounds it.
    fn close(&self) -> Closing<'_> {
        Box::pin(std::future::ready(()))
    }
}

/// A way for text messages.
pub trait TextRoute: Send + Sync {
    /// The provider's name in configuration, statistics and `sent_by`.
    fn name(&self) -> &str;

    /// Whether receipts will follow: then a handed-over text is `sending`, else `sent`.
    fn gives_receipts(&self) -> bool;

    /// Whether to take a message is to deliver it, so that it is `delivered` at once.
    fn delivers_itself(&self) -> bool {
        false
    }

    /// Hands one text over. Never panics and always ends within the provider's time limits.
    fn send<'a>(&'a self, text: &'a OutgoingText) -> Sending<'a>;
}
