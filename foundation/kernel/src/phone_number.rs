//! Telephone numbers: what counts as one, what a text to it costs, and how it is shown.

mod candidate;
mod plan;
mod rate;

use std::fmt;

pub use self::rate::InternationalRate;
use self::{candidate::Candidate, plan::Plan};

/// The calling code of Canada, the United States and most of the Caribbean.
const HOME: u16 = 1;
/// The calling code of the United Kingdom.
const UK: u16 = 44;
/// The shortest number that can be sent to, `+` included.
const SHORTEST: usize = 8;

/// A number that a text may be sent to (rendering specification, section 11.1). It exists only if it is valid.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PhoneNumber {
    e164: String,
    country_code: u16,
}

/// Why a text is no number that we can send to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhoneNumberError {
    /// Two numbers, written with a semicolon between them.
    #[error("Not a valid number")]
    SeveralNumbers,
    /// Only local numbers were allowed, and this is none.
    #[error("Not a valid local number")]
    NotLocal,
    /// Neither a local number nor one with `+` and its country's code.
    #[error("Not a valid international number")]
    NotInternational,
    /// Valid, but shorter than anything a text can reach.
    #[error("Not enough digits")]
    NotEnoughDigits,
    /// Texts cannot be sent to this calling code; four digits are a territory inside `+1`.
    #[error("Country code {0} is not supported")]
    CountryNotSupported(u16),
}

impl PhoneNumberError {
    /// The sentence that clients of the API match on.
    pub fn message(self) -> String {
        self.to_string()
    }

    /// What a reader of the interface is told, in English. Unlike [`Self::message`] it says what to do.
    pub fn explanation(self) -> String {
        match self {
            Self::SeveralNumbers => "Enter one number only".into(),
            Self::NotLocal => "Number must have 10 digits".into(),
            Self::NotInternational => {
                "Number must have 10 digits, or start with + and a country code if it is international".into()
            }
            Self::NotEnoughDigits => "Not enough digits".into(),
            Self::CountryNotSupported(code) => format!("Text messages cannot be sent to country code {code}"),
        }
    }

    /// What a reader of the interface is told, in French.
    pub fn explanation_fr(self) -> String {
        match self {
            Self::SeveralNumbers => "Entrez un seul numéro".into(),
            Self::NotLocal => "Le numéro doit comporter 10 chiffres.".into(),
            Self::NotInternational => {
                "Le numéro doit comporter 10 chiffres ou, s’il est international, commencer par + et l’indicatif du pays."
                    .into()
            }
            Self::NotEnoughDigits => "Pas assez de chiffres".into(),
            Self::CountryNotSupported(code) => {
                format!("Impossible d’envoyer des messages texte vers l’indicatif de pays {code}")
            }
        }
    }
}

/// What is known of a number whether or not we may send to it: the answer of the published library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberInfo {
    /// Whether the calling code is other than 1.
    pub international: bool,
    /// The calling code alone, never with an area code.
    pub country_code: u16,
    /// Units of the calling code alone. Bills go by [`PhoneNumber::units`], which knows the territories inside `+1`.
    pub units: u8,
}

impl PhoneNumber {
    /// Reads a number of any country. Without `+` it is one of `+1`. The caller decides what to do with
    /// an international one, by [`Self::is_local`], and whether it is sent to, by [`Self::sendable`].
    ///
    /// # Errors
    /// The text is not one whole number, the number cannot exist, or its country is in no rate table.
    pub fn parse(text: &str) -> Result<Self, PhoneNumberError> {
        Self::parse_from(text, HOME)
    }

    /// As [`Self::parse`], but without `+` the number is one of the country with the calling code `home`.
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn parse_from(text: &str, home: u16) -> Result<Self, PhoneNumberError> {
        let number = Self::read(text, home, PhoneNumberError::NotInternational)?;
        number.calling_code_rate()?;
        Ok(number)
    }

    /// Reads a number of our own country and its neighbour, as `6135550142` or `+1 613 555 0142`.
    ///
    /// # Errors
    /// As [`Self::parse`]; any number from elsewhere is "not a valid local number".
    pub fn parse_local(text: &str) -> Result<Self, PhoneNumberError> {
        let number = Self::read(text, HOME, PhoneNumberError::NotLocal)?;
        if number.is_local() { Ok(number) } else { Err(PhoneNumberError::NotLocal) }
    }

    fn read(text: &str, home: u16, otherwise: PhoneNumberError) -> Result<Self, PhoneNumberError> {
        if text.contains(';') {
            return Err(PhoneNumberError::SeveralNumbers);
        }
        Candidate::of(text).and_then(|found| Self::of_candidate(&found, home)).ok_or(otherwise)
    }

    fn of_candidate(found: &Candidate, home: u16) -> Option<Self> {
        let (country_code, plan, national) = if found.international {
            Plan::split(found.digits())?
        } else {
            let plan = Plan::of(home)?;
            (home, plan, plan.national(&home.to_string(), found.digits()))
        };
        let exists = plan.is_valid(&national)
            || (home == UK && country_code == UK && is_british_drama_number(&national));
        exists.then(|| Self { e164: format!("+{country_code}{national}"), country_code })
    }

    /// The number itself, if texts may be sent to its country or territory (D46). Reading a number does not ask this,
    /// because numbers are also compared and shown.
    ///
    /// # Errors
    /// [`PhoneNumberError::CountryNotSupported`] when the rate table forbids it.
    pub fn sendable(self) -> Result<Self, PhoneNumberError> {
        let rate = self.rate();
        if rate.can_send { Ok(self) } else { Err(PhoneNumberError::CountryNotSupported(rate.code)) }
    }

    fn calling_code_rate(&self) -> Result<InternationalRate, PhoneNumberError> {
        if self.e164.len() < SHORTEST {
            return Err(PhoneNumberError::NotEnoughDigits);
        }
        rate::of_code(self.country_code)
            .ok_or(PhoneNumberError::CountryNotSupported(self.country_code))
    }

    /// The number as every network knows it: `+`, calling code and national number, digits only.
    pub fn e164(&self) -> &str {
        &self.e164
    }

    /// The calling code, such as 1 or 44.
    pub const fn country_code(&self) -> u16 {
        self.country_code
    }

    /// Whether the number is one of Canada, the United States or a territory without a rate of its own.
    pub fn is_local(&self) -> bool {
        self.rate().code == HOME
    }

    /// The row of the rate table that applies, by area code inside `+1`.
    pub fn rate(&self) -> InternationalRate {
        let territory = || self.e164.get(1..5)?.parse().ok().and_then(rate::of_code);
        let own = if self.country_code == HOME { territory() } else { None };
        own.or_else(|| rate::of_code(self.country_code)).unwrap_or(InternationalRate {
            code: self.country_code,
            units: u8::MAX,
            can_send: false,
        })
    }

    /// Domestic units that one fragment to this number costs.
    pub fn units(&self) -> u8 {
        self.rate().units
    }

    /// The number with its groups apart, for people: `+1 613-555-0142`.
    pub fn human(&self) -> String {
        if self.country_code == HOME
            && let (Some(area), Some(exchange), Some(line)) =
                (self.e164.get(2..5), self.e164.get(5..8), self.e164.get(8..12))
        {
            return format!("+1 {area}-{exchange}-{line}");
        }
        match phonenumber::parse(None, &self.e164) {
            Ok(number) => number.format().mode(phonenumber::Mode::International).to_string(),
            Err(_) => self.e164.clone(),
        }
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.e164)
    }
}

impl std::str::FromStr for PhoneNumber {
    type Err = PhoneNumberError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

/// What the published library says of a number, sendable or not.
///
/// # Errors
/// As [`PhoneNumber::parse`], but a country that is only marked as not sendable is no error.
pub fn info(text: &str) -> Result<NumberInfo, PhoneNumberError> {
    let number = PhoneNumber::read(text, HOME, PhoneNumberError::NotInternational)?;
    let rate = number.calling_code_rate()?;
    Ok(NumberInfo { international: rate.code != HOME, country_code: rate.code, units: rate.units })
}

/// Any text that holds a number in the form for people, an extension kept; other text unchanged.
pub fn human(text: &str) -> String {
    let (number, extension) = split_extension(text);
    let shown = PhoneNumber::read(number, HOME, PhoneNumberError::NotInternational)
        .map(|number| number.human());
    match (shown, extension) {
        (Ok(shown), Some(extension)) => format!("{shown} ext. {extension}"),
        (Ok(shown), None) => shown,
        (Err(_), _) => text.to_owned(),
    }
}

/// Loads the numbering data (about 60 ms) ahead of the first number, so that no request waits for it.
pub fn warm_up() {
    let _ = PhoneNumber::parse("+16135550142");
    let _ = PhoneNumber::parse("+442079460018");
}

/// Ofcom gave these numbers to nobody, for use in drama; GOV.UK Notify's simulated numbers are among them.
fn is_british_drama_number(national: &str) -> bool {
    national.len() == 10 && national.starts_with("7700900")
}

fn split_extension(text: &str) -> (&str, Option<&str>) {
    let front = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let extension = &text[front.len()..];
    let marker = front.trim_end_matches(['.', ':', ' ', '\u{A0}']);
    let word = marker.trim_end_matches(char::is_alphabetic);
    let known = ["ext", "extn", "extension", "x", "poste"]
        .iter()
        .any(|w| marker[word.len()..].eq_ignore_ascii_case(w));
    if known && (1..=7).contains(&extension.len()) { (word, Some(extension)) } else { (text, None) }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects")]

    use proptest::prelude::*;

    use super::{NumberInfo, PhoneNumber, PhoneNumberError, human, info};

    #[test]
    fn d43_a_number_must_be_the_whole_value() {
        for text in [
            "call 613-555-0142 after 5",
            "613-555-0142, 819-555-0177",
            "613-555-0142 ext. 204",
            "<b>6135550142</b>",
        ] {
            assert_eq!(PhoneNumber::parse(text), Err(PhoneNumberError::NotInternational), "{text}");
            assert_eq!(PhoneNumber::parse_local(text), Err(PhoneNumberError::NotLocal), "{text}");
        }
        assert_eq!(PhoneNumber::parse(" (613) 555-0142, ").unwrap().e164(), "+16135550142");
        assert!(PhoneNumber::parse("613-555\n-0142").is_err());
        assert!(PhoneNumber::parse("$6135550142").is_err());
        assert!(PhoneNumber::parse("613-555 (0142)").is_err());
    }

    #[test]
    fn d44_every_reason_is_said_in_both_languages_and_says_what_to_do() {
        assert!(PhoneNumberError::NotInternational.explanation().contains('+'));
        assert!(PhoneNumberError::NotInternational.explanation_fr().contains('+'));
        assert_eq!(PhoneNumberError::NotLocal.explanation(), "Number must have 10 digits");
        assert!(PhoneNumberError::CountryNotSupported(98).explanation_fr().contains("98"));
    }

    #[test]
    fn d45_caribbean_numbers_have_their_own_rate() {
        let jamaica = PhoneNumber::parse("+1 876 555 0142").unwrap();
        assert_eq!((jamaica.units(), jamaica.is_local(), jamaica.country_code()), (12, false, 1));
        assert_eq!(PhoneNumber::parse_local("876 555 0142"), Err(PhoneNumberError::NotLocal));
        assert_eq!(PhoneNumber::parse("613 555 0142").unwrap().units(), 1);
        assert_eq!(
            info("+1 876 555 0142"),
            Ok(NumberInfo { international: false, country_code: 1, units: 1 })
        );
    }

    #[test]
    fn d46_a_country_that_is_marked_as_not_sendable_is_refused() {
        let send = |text| PhoneNumber::parse(text).and_then(PhoneNumber::sendable);
        assert_eq!(send("+86 138 1234 5678"), Err(PhoneNumberError::CountryNotSupported(86)));
        assert_eq!(send("+1 671 555 0142"), Err(PhoneNumberError::CountryNotSupported(1671)));
        assert!(send("+44 7911 123456").is_ok() && send("613 555 0142").is_ok());
        assert_eq!(info("+86 138 1234 5678").map(|known| known.units), Ok(3));
    }

    #[test]
    fn a_number_without_plus_belongs_to_the_country_it_is_dialled_from() {
        assert_eq!(PhoneNumber::parse_from("07700 900000", 44).unwrap().e164(), "+447700900000");
        assert_eq!(PhoneNumber::parse_from("+1 613 555 0142", 44).unwrap().e164(), "+16135550142");
        assert!(PhoneNumber::parse("07700 900000").is_err());
        assert!(PhoneNumber::parse("+44 7700 900000").is_err());
    }

    #[test]
    fn the_form_for_people_keeps_the_groups_of_the_country() {
        assert_eq!(human("+442079460018"), "+44 20 7946 0018");
        assert_eq!(human("+393123456789"), "+39 312 345 6789");
        assert_eq!(human("not a number"), "not a number");
        assert_eq!(PhoneNumber::parse("+390612345678").unwrap().e164(), "+390612345678");
    }

    proptest! {
        #[test]
        fn reading_any_text_ends_without_a_panic(text in "\\PC{0,40}") {
            let _ = (PhoneNumber::parse(&text), human(&text), info(&text));
        }

        #[test]
        fn a_number_reads_back_from_every_form_it_is_shown_in(area in 200_u32..1000, rest in 0_u32..10_000_000) {
            if let Ok(number) = PhoneNumber::parse(&format!("{area}{rest:07}")) {
                prop_assert_eq!(&PhoneNumber::parse(number.e164()).unwrap(), &number);
                prop_assert_eq!(&PhoneNumber::parse(&number.human()).unwrap(), &number);
            }
        }
    }
}
