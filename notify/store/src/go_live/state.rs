//! How far a request to go live is.

use std::{fmt, str::FromStr};

/// How far a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The team fills it in.
    Draft,
    /// It waits for staff.
    Asked,
    /// The service went live with it.
    Approved,
    /// Staff said no, with a reason.
    Declined,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Draft, Self::Asked, Self::Approved, Self::Declined];

    /// The word that the column keeps.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Asked => "asked",
            Self::Approved => "approved",
            Self::Declined => "declined",
        }
    }
}

/// A word that is no state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no state of a request to go live")]
pub struct UnknownState;

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for State {
    type Err = UnknownState;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|state| state.word() == word).ok_or(UnknownState)
    }
}
