//! Notify's pages on both engines and in both languages.
#![expect(clippy::unwrap_used, reason = "a test that cannot build its input should fail")]

mod documentation;
mod house;
mod mailbox;
