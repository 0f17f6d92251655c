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
    /// The page is there, but not for this kind of request.
    WrongMethod,
    /// The reader may not do this.
    Forbidden,
    /// The form was not made for this browser, or too long ago.
    Stale,
    /// The upload is too large.
    TooLarge,
    /// Too many attempts in a short time.
    TooMany,
    /// Ours.
    Failed,
}

impl Problem {
    /// The title and the sentence below it.
    pub fn words(self, words: Texts) -> (String, String) {
        match self {
            Self::Missing => (words.missing_title(), words.missing_body()),
            Self::Refused => (words.refused_title(), words.refused_body()),
            Self::WrongMethod => (words.wrong_method_title(), words.wrong_method_body()),
            Self::Forbidden => (words.forbidden_title(), words.forbidden_body()),
            Self::Stale => (words.stale_title(), words.stale_body()),
            Self::TooLarge => (words.too_large_title(), words.too_large_body()),
            Self::TooMany => (words.too_many_title(), words.too_many_body()),
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
