//! Numbers as GOV.UK Notify reads and refuses them (API specification, section 3.12).

use kernel::{PhoneNumber, phone_number::PhoneNumberError};

/// The calling code of the United Kingdom.
pub(super) const HOME: u16 = 44;
/// A mobile number without calling code and leading zero.
const MOBILE_DIGITS: usize = 10;
/// The fewest and the most digits of an international number.
const INTERNATIONAL_DIGITS: std::ops::RangeInclusive<usize> = 8..=15;

/// Why GOV.UK Notify refuses a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UkNumberError {
    /// More digits than a number has.
    #[error("Too many digits")]
    TooManyDigits,
    /// Fewer digits than a number has.
    #[error("Not enough digits")]
    NotEnoughDigits,
    /// A landline, or a foreign number where only local ones are permitted.
    #[error("Not a UK mobile number")]
    NotUkMobile,
    /// Something else than digits, spaces, brackets, hyphens and a plus.
    #[error("Must not contain letters or symbols")]
    LettersOrSymbols,
    /// `+` and a code that no country has, or that cannot be sent to.
    #[error("Not a valid country prefix")]
    CountryPrefix,
    /// The right shape, but nobody can have it.
    #[error("Number is not valid – double check the phone number you entered")]
    NotValid,
}

impl UkNumberError {
    /// The same for a French reader of the interface.
    pub const fn message_fr(self) -> &'static str {
        match self {
            Self::TooManyDigits => "Trop de chiffres",
            Self::NotEnoughDigits => "Pas assez de chiffres",
            Self::NotUkMobile => "Ce n’est pas un numéro de mobile britannique",
            Self::LettersOrSymbols => "Le numéro ne doit contenir ni lettres ni symboles",
            Self::CountryPrefix => "Indicatif de pays non valide",
            Self::NotValid => "Numéro non valide – vérifiez le numéro saisi",
        }
    }
}

pub(super) fn parse(text: &str) -> Result<PhoneNumber, UkNumberError> {
    let read = PhoneNumber::parse_from(text, HOME);
    let sendable =
        read.and_then(
            |number| if number.country_code() == HOME { Ok(number) } else { number.sendable() },
        );
    let number = sendable.map_err(|error| reason(text, error))?;
    if number.country_code() == HOME && !number.e164().starts_with("+447") {
        return Err(UkNumberError::NotUkMobile);
    }
    Ok(number)
}

fn reason(text: &str, error: PhoneNumberError) -> UkNumberError {
    let strange =
        |c: char| !(c.is_numeric() || c.is_whitespace() || matches!(c, '(' | ')' | '-' | '+'));
    if text.trim().contains(strange) {
        return UkNumberError::LettersOrSymbols;
    }
    if let PhoneNumberError::CountryNotSupported(_) = error {
        return UkNumberError::CountryPrefix;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let foreign = text.trim_start().starts_with('+') && !digits.starts_with("44");
    if foreign {
        return match digits.len() {
            count if count < *INTERNATIONAL_DIGITS.start() => UkNumberError::NotEnoughDigits,
            count if count > *INTERNATIONAL_DIGITS.end() => UkNumberError::TooManyDigits,
            _ => UkNumberError::NotValid,
        };
    }
    let national = digits
        .trim_start_matches("00")
        .strip_prefix("44")
        .unwrap_or(&digits)
        .trim_start_matches('0');
    match national.len() {
        count if count < MOBILE_DIGITS => UkNumberError::NotEnoughDigits,
        count if count > MOBILE_DIGITS => UkNumberError::TooManyDigits,
        _ if !national.starts_with('7') => UkNumberError::NotUkMobile,
        _ => UkNumberError::NotValid,
    }
}

#[cfg(test)]
mod tests {
    use super::{UkNumberError as E, parse};

    #[test]
    fn each_refusal_says_what_is_wrong() {
        let refused = [
            ("07700 90000", E::NotEnoughDigits),
            ("07700 9000000", E::TooManyDigits),
            ("020 7946 0018", E::NotUkMobile),
            ("07700x900000", E::LettersOrSymbols),
            ("+98 912 345 6789", E::CountryPrefix),
            ("+33 6 39", E::NotEnoughDigits),
        ];
        for (text, error) in refused {
            assert_eq!(parse(text).err(), Some(error), "{text}");
        }
        assert_eq!(
            parse("+44 (0)7700 900000").map(|number| number.e164().to_owned()),
            Ok("+447700900000".to_owned())
        );
    }
}
