//! All articles, rendered once when the process starts.

use kernel::Language;

use super::{
    article::Article,
    entry::{ENTRIES, Entry},
    facts::Facts,
};

/// Every article in both languages.
#[derive(Debug)]
pub struct Library {
    english: Vec<Article>,
    french: Vec<Article>,
}

impl Library {
    /// Reads every article with the facts of this installation.
    pub fn open(facts: &Facts<'_>) -> Self {
        let read = |language| {
            let article = |entry: &Entry| Article::read(entry.source(language), facts, language);
            ENTRIES.iter().map(article).collect()
        };
        Self { english: read(Language::English), french: read(Language::French) }
    }

    /// The articles in the order of [`ENTRIES`].
    pub fn articles(&self, language: Language) -> impl Iterator<Item = (&'static Entry, &Article)> {
        let articles = match language {
            Language::English => &self.english,
            Language::French => &self.french,
        };
        ENTRIES.iter().zip(articles)
    }

    /// The article with this name.
    pub fn find(&self, name: &str, language: Language) -> Option<(&'static Entry, &Article)> {
        self.articles(language).find(|(entry, _)| entry.name == name)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;
    use crate::public::Installation;

    fn open(support_address: Option<&str>) -> Library {
        let support_address = support_address.map(ToOwned::to_owned);
        let installation = Installation { support_address, retention_days: 7, receipt_hours: 72 };
        Library::open(&Facts { installation: &installation, sending: Default::default() })
    }

    fn headings(article: &Article) -> [usize; 3] {
        let body = ui::Cell::Rendered(article.body.clone()).to_string();
        ["<h2", "<h3", "<table"].map(|tag| body.matches(tag).count())
    }

    #[test]
    fn every_article_says_the_same_in_both_languages_as_far_as_can_be_counted() {
        for support in [None, Some("help@example.gc.ca")] {
            let library = open(support);
            let french = library.articles(Language::French);
            for ((entry, english), (_, french)) in library.articles(Language::English).zip(french) {
                let name = entry.name;
                assert_eq!(headings(english), headings(french), "{name}");
                assert_ne!(english.lead.0, french.lead.0, "{name}");
                assert!(!english.title.is_empty() && !french.title.is_empty(), "{name}");
                assert_ne!(entry.paths[0], entry.paths[1], "{name}");
            }
        }
    }

    #[test]
    fn every_fact_is_known_and_only_typographic_marks_are_used() {
        for language in [Language::English, Language::French] {
            for (entry, article) in open(Some("help@example.gc.ca")).articles(language) {
                let body = ui::Cell::Rendered(article.body.clone()).to_string();
                let name = entry.name;
                assert!(!body.contains("{{") && !article.lead.0.contains("{{"), "{name}: {body}");
                let words: String = body
                    .split("<code>")
                    .enumerate()
                    .map(|(at, part)| match at {
                        0 => part,
                        _ => part.split_once("</code>").map_or("", |(_, rest)| rest),
                    })
                    .flat_map(|part| part.split('<').map(|tag| tag.rsplit('>').next().unwrap()))
                    .collect();
                assert!(!words.contains(['"', '\'']), "{name}: {words}");
                for mark in [" ;", " !", " ?", "\u{a0};", "\u{a0}?", "« ", " »", " :"] {
                    assert!(!words.contains(mark), "{name}: {mark:?} in {words}");
                }
            }
        }
    }

    #[test]
    fn addresses_are_in_the_language_of_their_page_and_unique() {
        let mut all: Vec<&str> = ENTRIES.iter().flat_map(|entry| entry.paths).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
        for name in ["home", "features", "guidance", "terms", "usage-rules", "delivery"] {
            assert!(open(None).find(name, Language::French).is_some(), "{name}");
        }
    }

    #[test]
    fn where_nobody_can_be_written_to_no_address_is_shown() {
        for name in ["accessibility", "privacy", "security"] {
            let (with, without) = (open(Some("help@example.gc.ca")), open(None));
            let mail = |library: &Library| {
                let (_, article) = library.find(name, Language::English).unwrap();
                ui::Cell::Rendered(article.body.clone()).to_string().contains("mailto:")
            };
            assert!(mail(&with) && !mail(&without), "{name}");
        }
    }
}
