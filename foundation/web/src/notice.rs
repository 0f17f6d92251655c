//! What stands on every page for a time, because somebody announced it.

use std::sync::Arc;

use kernel::Language;

/// One announcement in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notice {
    /// Its words in English.
    pub english: String,
    /// Its words in French.
    pub french: String,
    /// Whether those who have not signed in see it, too.
    pub everybody: bool,
}

impl Notice {
    /// Its words in a language.
    pub fn words(&self, language: Language) -> &str {
        match language {
            Language::English => &self.english,
            Language::French => &self.french,
        }
    }
}

/// What stands on pages now. Put it among a request's extensions, and [`crate::Reader`] shows it.
#[derive(Clone, Debug, Default)]
pub struct Notices(pub Arc<[Notice]>);
