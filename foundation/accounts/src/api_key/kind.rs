//! The words of a key: whom it may write to and what else it may do.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Whom a key may write to (API specification, section 1.8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyKind {
    /// Anybody, as far as the service may: shown to people as "live".
    Normal,
    /// The team and the safelist only.
    Team,
    /// Nobody: nothing is really sent.
    Test,
}

impl KeyKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Normal, Self::Team, Self::Test];

    /// The word on the wire and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Team => "team",
            Self::Test => "test",
        }
    }
}

impl fmt::Display for KeyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A word that is none of those expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown word {word:?}: write one of {expected}")]
pub struct UnknownWord {
    /// What was given.
    pub word: String,
    /// What could have been.
    pub expected: &'static str,
}

impl FromStr for KeyKind {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || UnknownWord { word: text.to_owned(), expected: "normal, team, test" };
        Self::ALL.into_iter().find(|kind| kind.word() == text).ok_or_else(unknown)
    }
}

/// What a key may do beside sending and reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capability {
    /// Make and change templates.
    ManageTemplates,
    /// Ask for reports.
    ManageReports,
}

impl Capability {
    /// All capabilities.
    pub const ALL: [Self; 2] = [Self::ManageTemplates, Self::ManageReports];

    /// The word on the wire and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::ManageTemplates => "manage_templates",
            Self::ManageReports => "manage_reports",
        }
    }
}

impl fmt::Display for Capability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Capability {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let expected = "manage_templates, manage_reports";
        let unknown = || UnknownWord { word: text.to_owned(), expected };
        Self::ALL.into_iter().find(|capability| capability.word() == text).ok_or_else(unknown)
    }
}

/// A set of capabilities, kept as their words with commas between.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Capabilities(u8);

impl Capabilities {
    /// Whether `capability` is in the set.
    pub const fn has(self, capability: Capability) -> bool {
        self.0 & (1 << capability as u8) != 0
    }

    /// The capabilities in the set.
    pub fn iter(self) -> impl Iterator<Item = Capability> {
        Capability::ALL.into_iter().filter(move |capability| self.has(*capability))
    }
}

impl FromIterator<Capability> for Capabilities {
    fn from_iter<I: IntoIterator<Item = Capability>>(all: I) -> Self {
        Self(all.into_iter().fold(0, |set, capability| set | 1 << capability as u8))
    }
}

impl fmt::Display for Capabilities {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<_> = self.iter().map(Capability::word).collect();
        f.write_str(&words.join(","))
    }
}

impl FromStr for Capabilities {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.split(',').filter(|word| !word.is_empty()).map(str::parse).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_back() {
        for kind in KeyKind::ALL {
            assert_eq!(kind.word().parse(), Ok(kind));
        }
        let sets: [&[Capability]; 4] =
            [&[], &Capability::ALL[..1], &Capability::ALL[1..], &Capability::ALL];
        for set in sets {
            let set: Capabilities = set.iter().copied().collect();
            assert_eq!(set.to_string().parse(), Ok(set));
        }
        assert!("send_letters".parse::<Capabilities>().is_err());
    }
}
