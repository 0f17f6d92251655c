//! How the foundation sends messages of its own, without knowing which product carries them.

use std::{collections::BTreeMap, fmt, future::Future, pin::Pin};

use crate::Language;

/// A message of the product itself, such as the link that confirms an address.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// Which of the product's own templates.
    pub name: &'static str,
    /// The e-mail address it goes to.
    pub to: String,
    /// The language its reader prefers; it comes first, the other one follows.
    pub language: Language,
    /// What fills the template's placeholders. They may be secret, so they are never shown.
    pub values: BTreeMap<&'static str, String>,
}

impl Letter {
    /// A letter without values.
    pub fn new(name: &'static str, to: impl Into<String>, language: Language) -> Self {
        Self { name, to: to.into(), language, values: BTreeMap::new() }
    }

    /// The same letter with one value more.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.values.insert(name, value.into());
        self
    }
}

impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Letter({})", self.name)
    }
}

/// What [`Post::hand`] gives back.
pub type Handed<'a> = Pin<Box<dyn Future<Output = Result<(), PostError>> + Send + 'a>>;

/// A letter could not be handed over; the caller's transaction must not be committed.
#[derive(Debug, thiserror::Error)]
#[error("a letter could not be posted: {0}")]
pub struct PostError(pub String);

/// Takes letters inside a transaction of type `T`: a letter goes out exactly if the transaction is committed.
pub trait Post<T>: Send + Sync {
    /// Hands over one letter.
    fn hand<'a>(&'a self, tx: &'a T, letter: Letter) -> Handed<'a>;
}
