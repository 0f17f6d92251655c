//! Whom a message goes to: reading, comparing, who may receive, and the recipients that are only simulated.

mod uk;

use std::collections::HashSet;

use kernel::{
    EmailAddress, PhoneNumber, email_address::InvalidEmailAddress, phone_number::PhoneNumberError,
};

pub use self::uk::UkNumberError;
use crate::channel::Channel;
use crate::dialect::Dialect;
use crate::status::Status;

/// A recipient that a message can be sent to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Recipient {
    /// By e-mail.
    Email(EmailAddress),
    /// By text.
    Sms(PhoneNumber),
}

/// Why a text is no recipient of a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecipientError {
    /// No e-mail address.
    #[error(transparent)]
    Email(#[from] InvalidEmailAddress),
    /// No number, in the words of GC Notify.
    #[error(transparent)]
    Phone(#[from] PhoneNumberError),
    /// No number, in the words of GOV.UK Notify.
    #[error(transparent)]
    UkPhone(#[from] UkNumberError),
}

impl RecipientError {
    /// The sentence of the published library, which cell errors show.
    pub fn message(self) -> String {
        self.to_string()
    }

    /// The sentence of the API: the request's field, a space, and [`Self::message`] (specification, section 14).
    pub fn api_message(self) -> String {
        let field = match self {
            Self::Email(_) => "email_address",
            Self::Phone(_) | Self::UkPhone(_) => "phone_number",
        };
        format!("{field} {self}")
    }
}

impl Recipient {
    /// Reads a recipient of a channel. Whether an international number is permitted is asked by
    /// [`Self::is_international`].
    ///
    /// # Errors
    /// The reason in the words of the dialect.
    pub fn parse(channel: Channel, text: &str, dialect: Dialect) -> Result<Self, RecipientError> {
        Ok(match (channel, dialect) {
            (Channel::Email, _) => Self::Email(EmailAddress::parse(text)?),
            (Channel::Sms, Dialect::Gc) => Self::Sms(PhoneNumber::parse(text)?.sendable()?),
            (Channel::Sms, Dialect::Uk) => Self::Sms(uk::parse(text)?),
        })
    }

    /// Reads a recipient where only local numbers are permitted, as in a spreadsheet of a service without
    /// international texts.
    ///
    /// # Errors
    /// As [`Self::parse`]; a number from elsewhere is "not a valid local number".
    pub fn parse_local(
        channel: Channel,
        text: &str,
        dialect: Dialect,
    ) -> Result<Self, RecipientError> {
        if let (Channel::Sms, Dialect::Gc) = (channel, dialect) {
            return Ok(Self::Sms(PhoneNumber::parse_local(text)?));
        }
        let read = Self::parse(channel, text, dialect)?;
        if read.is_international(dialect) {
            Err(UkNumberError::NotUkMobile.into())
        } else {
            Ok(read)
        }
    }

    /// The channel that reaches this recipient.
    pub const fn channel(&self) -> Channel {
        match self {
            Self::Email(_) => Channel::Email,
            Self::Sms(_) => Channel::Sms,
        }
    }

    /// The form to compare and to send to: the lower-cased address, or the number in E.164. Two channels never share
    /// a key, because only addresses hold an `@` (D47).
    pub fn key(&self) -> String {
        match self {
            Self::Email(address) => address.normalised(),
            Self::Sms(number) => number.e164().to_owned(),
        }
    }

    /// Whether this is a number outside the country of the dialect; its service needs a permission for it.
    pub fn is_international(&self, dialect: Dialect) -> bool {
        match (self, dialect) {
            (Self::Email(_), _) => false,
            (Self::Sms(number), Dialect::Gc) => !number.is_local(),
            (Self::Sms(number), Dialect::Uk) => number.country_code() != uk::HOME,
        }
    }

    /// Whether requests to this recipient are validated and accepted, but nothing is sent or stored (appendix C).
    pub fn is_simulated(&self, dialect: Dialect) -> bool {
        let (emails, numbers) = match dialect {
            Dialect::Gc => (GC_EMAILS, GC_NUMBERS),
            Dialect::Uk => (UK_EMAILS, UK_NUMBERS),
        };
        match self {
            Self::Email(address) => emails.contains(&address.normalised().as_str()),
            Self::Sms(number) => numbers.contains(&number.e164()),
        }
    }

    /// Whether copies of this recipient in a list are meant: simulated ones and the mailbox simulator.
    pub fn is_for_testing(&self, dialect: Dialect) -> bool {
        let simulator = match self {
            Self::Email(address) => {
                address.domain().eq_ignore_ascii_case("simulator.amazonses.com")
            }
            Self::Sms(_) => false,
        };
        simulator || self.is_simulated(dialect)
    }

    /// What becomes of a message that a test key sends to this recipient (API specification, section 3.3).
    pub fn test_outcome(&self, dialect: Dialect) -> Status {
        let key = self.key();
        let (permanent, temporary) = match dialect {
            Dialect::Gc => ("+15149301632", "+15149301633"),
            Dialect::Uk => ("+447700900002", "+447700900003"),
        };
        match key.as_str() {
            "temp-fail@simulator.notify" => Status::TemporaryFailure,
            "perm-fail@simulator.notify" => Status::PermanentFailure,
            number if number == permanent => Status::PermanentFailure,
            number if number == temporary => Status::TemporaryFailure,
            _ => Status::Delivered,
        }
    }
}

const GC_EMAILS: &[&str] = &[
    "simulate-delivered@notification.canada.ca",
    "simulate-delivered-2@notification.canada.ca",
    "simulate-delivered-3@notification.canada.ca",
];
const UK_EMAILS: &[&str] = &[
    "simulate-delivered@notifications.service.gov.uk",
    "simulate-delivered-2@notifications.service.gov.uk",
    "simulate-delivered-3@notifications.service.gov.uk",
];
const GC_NUMBERS: &[&str] = &["+16132532222", "+16132532223", "+16132532224"];
const UK_NUMBERS: &[&str] = &["+447700900000", "+447700900111", "+447700900222"];

/// The form by which any text is compared with recipients: of a valid address or number its
/// [key](Recipient::key), of other text the text itself. Only a text with an `@` is taken for an address, and no such
/// text for a number (D47).
pub fn key(text: &str) -> String {
    if text.contains('@') {
        EmailAddress::parse(text).map(|address| address.normalised())
    } else {
        PhoneNumber::parse(text)
            .map(|number| number.e164().to_owned())
            .map_err(|_| InvalidEmailAddress)
    }
    .unwrap_or_else(|_| text.to_owned())
}

/// The recipients that a trial service or a team key may send to: team members and the list the service keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Safelist(HashSet<String>);

impl Safelist {
    /// Whether it holds this recipient, however either was written.
    pub fn allows(&self, recipient: &Recipient) -> bool {
        match recipient {
            Recipient::Sms(number) => self.0.contains(number.e164()),
            Recipient::Email(address) => self.0.contains(&address.normalised()),
        }
    }

    /// The same for a text whose channel is not known.
    pub fn allows_text(&self, text: &str) -> bool {
        self.0.contains(&key(text))
    }
}

impl<T: AsRef<str>> FromIterator<T> for Safelist {
    fn from_iter<I: IntoIterator<Item = T>>(entries: I) -> Self {
        Self(entries.into_iter().map(|entry| key(entry.as_ref())).collect())
    }
}

/// Who may receive from a service with a key. "Nobody" and "everybody" cannot be mistaken for one another (D49).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Live services with a live key, and test keys, which deliver nothing.
    Anyone,
    /// Trial services and team keys.
    Only(Safelist),
}

impl Audience {
    /// Whether this recipient may receive. Simulated ones always may.
    pub fn allows(&self, recipient: &Recipient, dialect: Dialect) -> bool {
        match self {
            Self::Anyone => true,
            Self::Only(list) => list.allows(recipient) || recipient.is_simulated(dialect),
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects")]

    use proptest::prelude::*;

    use super::{Audience, Recipient, Safelist, key};
    use crate::channel::Channel::{Email, Sms};
    use crate::dialect::Dialect::{Gc, Uk};
    use crate::status::Status;

    #[test]
    fn d47_recipients_are_compared_by_channel_and_foreign_numbers_by_their_digits() {
        let list: Safelist = ["819-555-0177", "+447911123456"].iter().collect();
        assert!(!list.allows_text("8195550177@texte.example.ca"));
        assert!(list.allows_text("+44 7911 123456"));
        assert_eq!(key("8195550177@Texte.example.ca"), "8195550177@texte.example.ca");
        assert!(Recipient::parse(Sms, "8195550177@texte.example.ca", Gc).is_err());
    }

    #[test]
    fn d49_an_empty_safelist_means_nobody_and_anyone_is_said_aloud() {
        let rosa = Recipient::parse(Email, "rosa@exemple.ca", Gc).unwrap();
        assert!(!Audience::Only(Safelist::default()).allows(&rosa, Gc));
        assert!(Audience::Anyone.allows(&rosa, Gc));
    }

    #[test]
    fn simulated_recipients_are_known_however_they_are_written() {
        for text in ["6132532222", "+1 (613) 253-2222"] {
            let number = Recipient::parse(Sms, text, Gc).unwrap();
            assert!(number.is_simulated(Gc) && !number.is_simulated(Uk));
            assert!(Audience::Only(Safelist::default()).allows(&number, Gc));
        }
        assert!(
            Recipient::parse(Email, "Simulate-Delivered-2@notification.canada.ca", Gc)
                .unwrap()
                .is_simulated(Gc)
        );
        assert!(Recipient::parse(Sms, "07700 900111", Uk).unwrap().is_simulated(Uk));
    }

    #[test]
    fn a_test_key_sees_the_failures_it_asks_for() {
        let outcome = |channel, text| Recipient::parse(channel, text, Gc).unwrap().test_outcome(Gc);
        assert_eq!(outcome(Email, "perm-fail@simulator.notify"), Status::PermanentFailure);
        assert_eq!(outcome(Sms, "514-930-1633"), Status::TemporaryFailure);
        assert_eq!(outcome(Sms, "613-555-0142"), Status::Delivered);
    }

    #[test]
    fn the_api_names_the_field_before_the_reason() {
        let refusal =
            |channel, text| Recipient::parse(channel, text, Gc).unwrap_err().api_message();
        assert_eq!(refusal(Email, "rosa"), "email_address Not a valid email address");
        assert_eq!(refusal(Sms, "613555"), "phone_number Not a valid international number");
        assert_eq!(
            refusal(Sms, "+98 912 345 6789"),
            "phone_number Country code 98 is not supported"
        );
    }

    #[test]
    fn d46_a_number_in_a_country_that_we_may_not_text_is_no_recipient() {
        let refusal = Recipient::parse(Sms, "+86 138 1234 5678", Gc).unwrap_err();
        assert_eq!(refusal.message(), "Country code 86 is not supported");
        assert!(Recipient::parse(Sms, "+44 7911 123456", Gc).is_ok());
    }

    proptest! {
        #[test]
        fn a_key_is_its_own_key(text in "\\PC{0,30}|[a-c.@]{3,12}|\\+?[0-9 -]{7,16}") {
            let once = key(&text);
            prop_assert_eq!(key(&once), once);
        }
    }
}
