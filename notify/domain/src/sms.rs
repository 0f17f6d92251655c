//! Text messages: what is handed to the carrier, and how many parts of it are billed (rendering specification, section 10).

pub mod alphabet;
mod downgrade;
mod preview;
mod stop;

use kernel::{Language, PhoneNumber};

pub use self::alphabet::{Encoding, Length, count};
pub use self::downgrade::unsendable;
pub use self::preview::preview_html;
pub use self::stop::asks_to_stop;
use crate::dialect::Dialect;
use crate::placeholder::{Lists, Personalisation, Source};

/// A text ready to be sent. What is counted is exactly what is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    message: String,
    length: Length,
    prefix: Length,
    blank: bool,
}

impl Text {
    /// Fills a template and makes it sendable. `service` is the service's name if it is shown before the message.
    /// What has no value is left out: ask [`crate::placeholder::missing`] first.
    pub fn render(
        template: &Source,
        values: &Personalisation,
        service: Option<&str>,
        language: Language,
    ) -> Self {
        let mut filled = String::new();
        template.fill(values, Lists::Sentence(language), &mut filled);
        Self::of(&filled, service)
    }

    /// Makes a filled message sendable: prefix, downgraded characters, white space.
    pub fn of(filled: &str, service: Option<&str>) -> Self {
        let mut message = String::with_capacity(filled.len() + 32);
        if let Some(name) = service.map(str::trim).filter(|name| !name.is_empty()) {
            downgrade::append(name, &mut message);
            message.push_str(": ");
        }
        let start = message.len();
        let prefix = count(&message);
        downgrade::append(filled, &mut message);
        let blank = message[start..].trim().is_empty();
        downgrade::tidy(&mut message);
        let length = count(&message);
        Self { message, length, prefix, blank }
    }

    /// The text as it goes to the carrier.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Takes the text out.
    pub fn into_message(self) -> String {
        self.message
    }

    /// How the carrier has to encode it.
    pub const fn encoding(&self) -> Encoding {
        self.length.encoding
    }

    /// The characters, each once, because of which the carrier needs two bytes for every character.
    pub fn costly(&self) -> Vec<char> {
        let mut found: Vec<char> =
            self.message.chars().filter(|c| alphabet::is_costly(*c)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Septets of a GSM-7 message, or UTF-16 units of a UCS-2 one, prefix included.
    pub const fn units(&self) -> usize {
        self.length.units
    }

    /// The same without the name of the service and the colon after it.
    pub fn units_without_prefix(&self) -> usize {
        self.length.units.saturating_sub(self.prefix.units)
    }

    /// Parts that the carrier bills: the billable units of the notification.
    pub const fn parts(&self) -> usize {
        self.length.parts()
    }

    /// Domestic parts that sending to this number costs.
    pub fn cost(&self, to: &PhoneNumber) -> usize {
        self.parts() * usize::from(to.units())
    }

    /// Whether nothing but white space stands after the prefix; such a message is refused.
    pub const fn is_blank(&self) -> bool {
        self.blank
    }

    /// Whether the message is longer than the dialect allows: over 612 units with the prefix, or over 918 without.
    pub fn is_too_long(&self, dialect: Dialect) -> bool {
        match dialect {
            Dialect::Gc => self.units() > limit(dialect),
            Dialect::Uk => self.units_without_prefix() > limit(dialect),
        }
    }
}

/// The most units of a message: GC Notify counts the prefix, GOV.UK Notify does not.
pub const fn limit(dialect: Dialect) -> usize {
    match dialect {
        Dialect::Gc => 612,
        Dialect::Uk => 918,
    }
}

#[cfg(test)]
mod tests {
    use kernel::Language;
    use proptest::prelude::*;

    use super::{Encoding, Text, count, unsendable};
    use crate::dialect::Dialect;
    use crate::placeholder::{Personalisation, Source, Value};

    fn sent(text: &str) -> String {
        Text::of(text, None).into_message()
    }

    #[test]
    fn d23_only_a_space_before_closing_punctuation_goes() {
        assert_eq!(sent("Send a .pdf , or pay $ .50 ."), "Send a .pdf, or pay $ .50.");
    }

    #[test]
    fn d36_french_punctuation_and_spaces_survive() {
        assert_eq!(sent("« oui » à 14\u{A0}h\u{202F}30"), "\" oui \" à 14 h 30");
        assert_eq!(sent("TROIS-RIVIÈRES"), "TROIS-RIVIÈRES");
        assert_eq!(Text::of("TROIS-RIVIÈRES", None).encoding(), Encoding::Ucs2);
        assert_eq!(sent("one\u{2028}two\u{2029}three"), "one\ntwo\nthree");
    }

    #[test]
    fn the_characters_that_double_the_cost_are_named() {
        assert_eq!(Text::of("Prêt ! Ça va ?", None).costly(), ['ê']);
        assert!(Text::of("Déjà prévu € 5", None).costly().is_empty());
        assert_eq!(Text::of("Rendez-vous à l’hôpital, prêt", None).costly(), ['ê', 'ô']);
    }

    #[test]
    fn d37_no_character_is_an_error() {
        assert_eq!(sent("\u{1D15E} \u{1D160}"), "?? ???");
        assert_eq!(sent("A\u{AD}B\u{FEFF}C\u{2060}D\u{200D}E\u{200C}F"), "ABCDEF");
    }

    #[test]
    fn d38_a_base_that_is_not_gsm_is_not_sent_as_gsm() {
        assert_eq!(sent("й が"), "? ?");
        assert_eq!(sent("Nguyễn Thị Hường"), "Nguyên Thi Huong");
        let text = Text::of("Nguyễn", None);
        assert_eq!((text.encoding(), text.units()), (Encoding::Ucs2, 6));
    }

    #[test]
    fn d39_accents_are_composed_before_anything_is_lost() {
        assert_eq!(sent("e\u{301}te\u{301}"), "été");
        assert_eq!(sent("x\u{331}wisalath"), "xwisalath");
    }

    #[test]
    fn d40_everyday_syllabics_are_sent() {
        let cree = "ᓀᐦᐃᔭᐍᐏᐣ ᐊᓂᔑᓈᐯᒧᐎᓐ";
        assert_eq!(sent(cree), cree);
        assert!(unsendable(cree).is_empty());
    }

    #[test]
    fn d41_characters_beyond_the_first_plane_count_as_the_two_units_they_are() {
        assert_eq!(count("\u{11AB6}\u{11AB1}").units, 4);
        assert_eq!(Text::of(&"\u{11AB6}".repeat(36), None).parts(), 2);
    }

    #[test]
    fn d42_the_same_message_has_one_length_however_it_was_made() {
        let template = Source::parse("Good day ((name)) , ((code))");
        let values: Personalisation =
            [("name", Value::from("Zoë")), ("code", Value::from(" 12 "))].into_iter().collect();
        let text = Text::render(&template, &values, Some(" Parks "), Language::English);
        assert_eq!(text.message(), "Parks: Good day Zoë,  12");
        assert_eq!(text.units(), count(text.message()).units);
        assert_eq!(text.units(), Text::of(text.message(), None).units());
        assert_eq!(text.units_without_prefix(), text.units() - 7);
    }

    #[test]
    fn a_blank_message_is_seen_although_the_prefix_is_not_blank() {
        assert!(Text::of(" \u{200B}\n", Some("Parks")).is_blank());
        assert_eq!(Text::of("", Some("Parks")).message(), "Parks:");
        assert!(!Text::of(".", Some("Parks")).is_blank());
    }

    #[test]
    fn the_limit_of_each_dialect_counts_the_prefix_or_not() {
        let long = Text::of(&"x".repeat(606), Some("Taxes"));
        assert_eq!((long.units(), long.units_without_prefix()), (613, 606));
        assert!(long.is_too_long(Dialect::Gc) && !long.is_too_long(Dialect::Uk));
        assert!(Text::of(&"x".repeat(919), Some("Taxes")).is_too_long(Dialect::Uk));
        assert!(!Text::of(&"x".repeat(918), Some("Taxes")).is_too_long(Dialect::Uk));
    }

    proptest! {
        #[test]
        fn what_is_counted_is_what_is_sent(text in "\\PC{0,200}", prefix in proptest::option::of("\\PC{0,12}")) {
            let made = Text::of(&text, prefix.as_deref());
            let units = made.message().encode_utf16().count();
            match made.encoding() {
                Encoding::Ucs2 => prop_assert_eq!(made.units(), units),
                Encoding::Gsm7 => prop_assert!(made.units() >= units),
            }
            prop_assert_eq!(made.units() == 0, made.parts() == 0 || made.message().is_empty());
        }

        #[test]
        fn making_a_text_sendable_twice_changes_nothing(text in "[ -~à-ü«»ᐁ-ᙿ\u{300}-\u{302}\n\r\t]{0,80}") {
            let once = sent(&text);
            prop_assert_eq!(sent(&once), once);
        }
    }
}
