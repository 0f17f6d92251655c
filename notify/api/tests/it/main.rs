//! The whole API through its router, on both engines.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

mod app;
mod auth;
mod bulk_read;
mod dialect;
mod errors;
mod limits;
mod once;
mod openapi;
mod read;
mod received;
mod reports;
mod schedule;
mod schema;
mod send_bulk;
mod send_email;
mod send_sms;
mod status;
mod templates;
mod tenants;
