//! The page a reader gets instead of the one asked for.

use askama::Template;

use crate::{Shell, Texts};

/// What went wrong, as far as a reader can use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// There is no such page.
    Missing,
    /// The address or the form makes no sense.
    Refused,
    /// Ours.
    Failed,
}

impl Problem {
    /// The title and the sentence below it.
    pub fn words(self, words: Texts) -> (String, String) {
        match self {
            Self::Missing => (words.missing_title(), words.missing_body()),
            Self::Refused => (words.refused_title(), words.refused_body()),
            Self::Failed => (words.failed_title(), words.failed_body()),
        }
    }
}

/// The page for a [`Problem`].
#[derive(Template)]
#[template(path = "problem.html")]
pub struct ProblemPage {
    /// The frame; its title is the problem's.
    pub shell: Shell,
    /// What the reader can do.
    pub advice: String,
}
