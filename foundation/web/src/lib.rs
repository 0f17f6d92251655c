//! The glue between axum and the house: serving, request ids, metrics, body limits, CORS, probes, pages.

#![warn(missing_docs)]

pub mod body;
pub mod cors;
mod extract;
mod meter;
pub mod observe;
pub mod page;
pub mod probe;
mod reader;
pub mod refusal;
mod serve;
pub mod slashes;

pub use cors::Cors;
pub use extract::{Asked, At};
pub use observe::{Observe, RequestId};
pub use page::PageError;
pub use reader::Reader;
pub use serve::{FINISH_WITHIN, serve};
