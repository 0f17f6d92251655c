//! The public HTTP API of Notify (`/v2/…`), exactly as the published clients of GC Notify and GOV.UK Notify know it.

pub mod api;
pub mod auth;
pub mod batch;
pub mod document;
pub mod error;
pub mod gate;
pub mod limiter;
pub mod memory;
pub mod notification;
pub mod query;
mod router;
pub mod schema;
pub mod seen;

pub use api::{Api, Parts, Settings};
pub use auth::ApiKey;
pub use error::{ApiError, Refusal};
pub use router::router;
