//! Which characters a text may hold, and how many units and parts a message takes (appendix A of the specification).

use crate::word::words;

words! {
    /// How a message is encoded on the air.
    Encoding as "encoding" {
        /// Seven bits a character: 160 in a part.
        Gsm7 = "gsm7",
        /// Sixteen bits a unit: 70 in a part.
        Ucs2 = "ucs2",
    }
}

/// What a character needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One septet.
    Basic,
    /// Two septets: an escape and a character.
    Extension,
    /// UCS-2, and worth it: French, Welsh and the syllabics.
    Extra,
    /// Not to be sent.
    Never,
}

/// Encoding and units of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// The encoding that holds all its characters.
    pub encoding: Encoding,
    /// Septets or UTF-16 units.
    pub units: usize,
}

impl Length {
    /// Parts on the air: several parts carry a header that links them, so each holds a little less.
    pub const fn parts(self) -> usize {
        let (one, each) = match self.encoding {
            Encoding::Gsm7 => (160, 153),
            Encoding::Ucs2 => (70, 67),
        };
        if self.units <= one { 1 } else { self.units.div_ceil(each) }
    }
}

/// Counts a message as it is sent: the only place where this is done (D42).
pub fn count(message: &str) -> Length {
    let mut septets = 0;
    for character in message.chars() {
        match kind(character) {
            Kind::Basic => septets += 1,
            Kind::Extension => septets += 2,
            Kind::Never if is_bare_greek_vowel(character) => septets += 1,
            Kind::Extra | Kind::Never => {
                return Length { encoding: Encoding::Ucs2, units: message.encode_utf16().count() };
            }
        }
    }
    Length { encoding: Encoding::Gsm7, units: septets }
}

/// Whether one such character makes the whole message UCS-2.
pub(super) const fn is_costly(character: char) -> bool {
    match kind(character) {
        Kind::Basic | Kind::Extension => false,
        Kind::Never => !is_bare_greek_vowel(character),
        Kind::Extra => true,
    }
}

/// Small Greek vowels, as they are left when their accent is dropped. Vector `sms-unsupported-009` of the published
/// library sends and counts them as one septet; carriers write them as the capitals that GSM-7 has.
pub(super) const fn is_bare_greek_vowel(character: char) -> bool {
    matches!(character, 'α' | 'ε' | 'η' | 'ι' | 'ο' | 'υ' | 'ω')
}

pub(super) const fn kind(character: char) -> Kind {
    match character {
        '\n' | '\r' | '\u{1B}' | ' '..='Z' | '_' | 'a'..='z' => Kind::Basic,
        '^' | '{' | '}' | '\\' | '[' | '~' | ']' | '|' | '€' => Kind::Extension,
        '£' | '¥' | 'è' | 'é' | 'ù' | 'ì' | 'ò' | 'Ç' | 'Ø' | 'ø' | 'Å' | 'å' | 'Δ' | 'Φ' | 'Γ'
        | 'Λ' | 'Ω' | 'Π' | 'Ψ' | 'Σ' | 'Θ' | 'Ξ' | 'Æ' | 'æ' | 'ß' | 'É' | '¤' | '¡' | 'Ä'
        | 'Ö' | 'Ñ' | 'Ü' | '§' | '¿' | 'ä' | 'ö' | 'ñ' | 'ü' | 'à' => Kind::Basic,
        'À' | 'Â' | 'È' | 'Ê' | 'Ë' | 'Î' | 'Ï' | 'Ô' | 'Ù' | 'Û' | 'â' | 'ç' | 'ê' | 'ë' | 'î'
        | 'ï' | 'ô' | 'û' | 'Œ' | 'œ' | 'Ŵ' | 'ŵ' | 'Ŷ' | 'ŷ' => Kind::Extra,
        // The whole Unified Canadian Aboriginal Syllabics blocks (D40).
        '\u{1400}'..='\u{167F}' | '\u{18B0}'..='\u{18FF}' | '\u{11AB0}'..='\u{11ABF}' => {
            Kind::Extra
        }
        _ => Kind::Never,
    }
}

#[cfg(test)]
mod tests {
    use super::{Encoding, Kind, Length, kind};

    #[test]
    fn gsm_has_127_characters_and_its_extension_nine() {
        let all = |wanted| ('\0'..=char::MAX).filter(|c| kind(*c) == wanted).count();
        // The escape is a member of the basic table, and `@`…`Z` share it with the letters.
        assert_eq!(all(Kind::Basic), 128);
        assert_eq!(all(Kind::Extension), 9);
    }

    #[test]
    fn parts_grow_at_the_published_borders() {
        let gsm = |units| Length { encoding: Encoding::Gsm7, units }.parts();
        let ucs = |units| Length { encoding: Encoding::Ucs2, units }.parts();
        assert_eq!(
            [gsm(0), gsm(160), gsm(161), gsm(306), gsm(307), gsm(612), gsm(613)],
            [1, 1, 2, 2, 3, 4, 5]
        );
        assert_eq!([ucs(70), ucs(71), ucs(134), ucs(135), ucs(612)], [1, 2, 2, 3, 10]);
    }
}
