//! The whole API through its router, on both engines.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

mod app;
mod auth;
mod schema;
mod send_email;
