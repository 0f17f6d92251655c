//! Words in English and French: a missing one does not build, and each is a method.
//!
//! A crate with pages keeps files by subject in `text/en/` and `text/fr/`, calls [`build::generate`] in its build script and writes
//! [`texts!`] in a module: that gives `Texts`, with one method a message (`t.sent_to(count)`).

#![warn(missing_docs)]

#[cfg(feature = "build")]
pub mod build;
#[cfg(feature = "run")]
mod catalogue;
#[cfg(feature = "run")]
mod format;

#[cfg(feature = "run")]
pub use catalogue::{Argument, Catalogue, Value};
#[cfg(feature = "run")]
pub use chrono_tz::Tz as Zone;
#[cfg(feature = "run")]
pub use format::{clock, day, moment, number};

/// Brings in the `Texts` that the build script wrote.
#[macro_export]
macro_rules! texts {
    () => {
        include!(concat!(env!("OUT_DIR"), "/texts.rs"));
    };
}
