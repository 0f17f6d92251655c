//! The public HTTP API of Notify (`/v2/…`), exactly as the published clients of GC Notify and GOV.UK Notify know it.

pub mod api;
pub mod auth;
pub mod batch;
pub mod document;
pub mod error;
pub mod forwarder;
pub mod gate;
pub mod incoming;
pub mod limiter;
pub mod manage_template;
pub mod memory;
pub mod notification;
pub mod openapi;
pub mod query;
pub mod received_text;
pub mod report;
mod router;
pub mod schema;
pub mod seen;
mod segment;
pub mod status;
pub mod template;
pub mod template_folder;
mod versions;
pub mod wire;

pub use api::{Api, Parts, Settings};
pub use auth::ApiKey;
pub use error::{ApiError, Refusal};
pub use incoming::Incoming;
pub use router::router;
pub use status::Build;
