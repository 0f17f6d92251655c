//! Templates to begin with, each in both languages, kept as files beside this one.

use kernel::Language;

use crate::Channel;

/// One sample as it is kept in its file: six lines about it, then the English and the French words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Its name in addresses.
    pub key: &'static str,
    file: &'static str,
}

macro_rules! samples {
    ($($key:literal)*) => {
        /// Every sample, in the order in which pages list them.
        pub const SAMPLES: &[Sample] = &[$(Sample {
            key: $key,
            file: include_str!(concat!("sample/", $key, ".md")),
        }),*];
    };
}

samples! {
    "appointment" "appointment-text" "received" "missing-document" "ready" "code" "closure"
    "newsletter"
}

/// The sample of this name.
pub fn find(key: &str) -> Option<Sample> {
    SAMPLES.iter().copied().find(|sample| sample.key == key)
}

/// The mark between the parts of a file.
const PARTS: &str = "\n=====\n";

impl Sample {
    fn part(self, number: usize) -> &'static str {
        self.file.split(PARTS).nth(number).unwrap_or_default().trim()
    }

    fn said(self, key: &str) -> &'static str {
        let mut lines = self.part(0).lines().filter_map(|line| line.split_once(": "));
        lines.find(|(name, _)| *name == key).map(|(_, value)| value).unwrap_or_default()
    }

    /// E-mail or text.
    pub fn channel(self) -> Channel {
        self.said("kind").parse().unwrap_or(Channel::Email)
    }

    /// The English name of its category, one of those that every installation begins with.
    pub fn category(self) -> &'static str {
        self.said("category")
    }

    /// Its name.
    pub fn name(self, language: Language) -> &'static str {
        match language {
            Language::English => self.said("name"),
            Language::French => self.said("nom"),
        }
    }

    /// What it is for.
    pub fn about(self, language: Language) -> &'static str {
        match language {
            Language::English => self.said("about"),
            Language::French => self.said("propos"),
        }
    }

    /// Subject and words in one language; a text has no subject.
    fn half(self, language: Language) -> (&'static str, &'static str) {
        let half = match language {
            Language::English => self.part(1),
            Language::French => self.part(2),
        };
        match self.channel() {
            Channel::Email => half.split_once("\n\n").unwrap_or((half, "")),
            Channel::Sms => ("", half),
        }
    }

    /// The subject in both languages, the one for `first` first; empty for a text.
    pub fn subject(self, first: Language) -> String {
        let (one, other) = (self.half(first).0, self.half(first.other()).0);
        if one.is_empty() { String::new() } else { format!("{one} | {other}") }
    }

    /// The words in both languages, the one for `first` first; those of an e-mail each in its language block.
    pub fn body(self, first: Language) -> String {
        let both = [first, first.other()].map(|language| {
            let (_, words) = self.half(language);
            match self.channel() {
                Channel::Email => format!("[[{language}]]\n{words}\n[[/{language}]]"),
                Channel::Sms => words.to_owned(),
            }
        });
        both.join("\n\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Dialect, review, sms,
        template::{Languages, Template},
    };

    #[test]
    fn eight_samples_are_whole_and_leave_nothing_to_look_at() {
        assert_eq!(SAMPLES.len(), 8);
        for sample in SAMPLES {
            let key = sample.key;
            assert_eq!(sample.file.split(PARTS).count(), 3, "{key}");
            for said in ["kind", "category", "name", "nom", "about", "propos"] {
                assert!(!sample.said(said).is_empty(), "{key}: {said}");
            }
            for language in [Language::English, Language::French] {
                let (subject, words) = sample.half(language);
                let is_email = sample.channel() == Channel::Email;
                assert_eq!(subject.is_empty(), !is_email, "{key}");
                assert!(words.len() > 40, "{key}");
                let body = sample.body(language);
                let template = match sample.channel() {
                    Channel::Email => Template::email(&sample.subject(language), &body),
                    Channel::Sms => Template::sms(&body),
                };
                let template = template.in_languages(Languages::Both);
                assert_eq!(review::remarks(&template), [], "{key}");
                assert!(!template.placeholders().is_empty(), "{key}");
                let fits = body.chars().count() <= sms::limit(Dialect::Gc);
                assert!(is_email || fits && sms::unsendable(&body).is_empty(), "{key}");
            }
        }
    }

    #[test]
    fn the_readers_language_comes_first() {
        let sample = find("received").unwrap_or(SAMPLES[0]);
        assert!(sample.subject(Language::French).starts_with("Nous avons reçu"));
        assert!(sample.body(Language::French).starts_with("[[fr]]"));
        assert!(sample.body(Language::English).starts_with("[[en]]"));
        assert_eq!(find("nothing"), None);
    }
}
