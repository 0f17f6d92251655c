//! The product's own letters, written as templates in both languages, so that they travel the same road as all messages.

use kernel::Language;

/// One letter as it is kept in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Its name.
    pub name: &'static str,
    file: &'static str,
}

macro_rules! letters {
    ($($name:literal)*) => {
        /// Every letter that the product sends.
        pub const LETTERS: &[Letter] = &[$(Letter {
            name: $name,
            file: include_str!(concat!("letter/", $name, ".md")),
        }),*];
    };
}

letters! {
    "confirm-address" "already-registered" "sign-in-code" "reset-password" "confirm-new-address"
    "account-changed" "invitation" "team-changed"
    "keep-address" "address-in-use" "account-closed" "member-left"
    "join-asked" "join-refused"
    "go-live-asked" "gone-live" "go-live-declined" "limit-near" "limit-reached" "report-ready"
    "contact-message" "contact-receipt"
    "key-created" "key-revoked" "callback-suspended"
    "service-archived"
    "service-changed" "account-by-staff" "organisation-invitation"
}

/// The mark between the English and the French half of a letter's file.
const HALVES: &str = "\n=====\n";

impl Letter {
    /// The subject in both languages, the one for `first` first.
    pub fn subject(&self, first: Language) -> String {
        let ((english, _), (french, _)) = self.halves();
        match first {
            Language::English => format!("{english} | {french}"),
            Language::French => format!("{french} | {english}"),
        }
    }

    /// The text in both languages, each in its language block, the one for `first` first.
    pub fn body(&self, first: Language) -> String {
        let ((_, english), (_, french)) = self.halves();
        let english = format!("[[en]]\n{english}\n[[/en]]");
        let french = format!("[[fr]]\n{french}\n[[/fr]]");
        match first {
            Language::English => format!("{english}\n\n---\n\n{french}"),
            Language::French => format!("{french}\n\n---\n\n{english}"),
        }
    }

    /// Subject and text, English and French.
    fn halves(&self) -> ((&'static str, &'static str), (&'static str, &'static str)) {
        let (english, french) = self.file.split_once(HALVES).unwrap_or((self.file, self.file));
        let half = |text: &'static str| text.trim().split_once("\n\n").unwrap_or((text, ""));
        (half(english), half(french))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::Template;

    #[test]
    fn every_letter_has_both_halves_with_the_same_values() {
        for letter in LETTERS {
            let ((subject_en, body_en), (subject_fr, body_fr)) = letter.halves();
            let name = letter.name;
            assert!(letter.file.contains(HALVES), "{name}");
            assert_ne!(subject_en, subject_fr, "{name}");
            for part in [subject_en, body_en, subject_fr, body_fr] {
                assert!(!part.is_empty(), "{name}");
            }
            let both =
                Template::email(&letter.subject(Language::French), &letter.body(Language::French));
            assert!(!both.placeholders().is_empty(), "{name}");
        }
    }
}
