//! A value of the domain that a column stores as its word.

use std::ops::Deref;

/// Wraps a domain enum so that a database column keeps it as text through `Display` and `FromStr`;
/// an unknown word in the database is an error and never a panic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Word<T>(pub T);

impl<T> Deref for Word<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> From<T> for Word<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}
