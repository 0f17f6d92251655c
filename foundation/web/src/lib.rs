//! The glue between axum and the house: serving, request ids, metrics, body limits, CORS, probes.

#![warn(missing_docs)]

pub mod body;
pub mod cors;
mod meter;
pub mod observe;
pub mod probe;
pub mod refusal;
mod serve;
pub mod slashes;

pub use cors::Cors;
pub use observe::{Observe, RequestId};
pub use serve::{FINISH_WITHIN, serve};
