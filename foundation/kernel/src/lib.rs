//! The values every part of Portico speaks in: identifiers, time, secrets, languages, addresses. No I/O.

pub mod clock;
#[cfg(feature = "db")]
mod column;
pub mod email_address;
pub mod id;
pub mod job;
pub mod language;
pub mod phone_number;
pub mod post;
pub mod secret;
pub mod vault;
pub mod word;

pub use clock::{Clock, Time};
pub use email_address::EmailAddress;
pub use id::Id;
pub use job::JobKind;
pub use language::Language;
pub use phone_number::PhoneNumber;
pub use post::{Handed, Letter, Post, PostError};
pub use secret::Secret;
pub use vault::Vault;
pub use word::Word;
