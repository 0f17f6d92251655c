//! What kind of public body an organisation is.

use std::{fmt, str::FromStr};

/// What kind of public body an organisation is (admin specification, section N).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// A department or agency of the federal government.
    Federal,
    /// A provincial or territorial government, or a part of one.
    Provincial,
    /// A municipality or another local government.
    Municipal,
    /// Anything else, and what nobody has said yet.
    #[default]
    Other,
}

/// A word that is no kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no kind of organisation")]
pub struct UnknownKind;

impl Kind {
    /// All of them, in the order in which pages list them.
    pub const ALL: [Self; 4] = [Self::Federal, Self::Provincial, Self::Municipal, Self::Other];

    /// The word that columns and forms keep.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Federal => "federal",
            Self::Provincial => "provincial",
            Self::Municipal => "municipal",
            Self::Other => "other",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word).ok_or(UnknownKind)
    }
}
