//! The glue between axum and the house: serving, request ids, metrics, body limits, CORS, probes, pages.

#![warn(missing_docs)]

pub mod body;
pub mod cors;
mod extract;
mod form;
pub mod lost;
mod meter;
mod notice;
pub mod observe;
pub mod page;
pub mod probe;
mod reader;
pub mod refusal;
mod routes;
mod serve;
pub mod slashes;
pub mod visit;

pub use cors::Cors;
pub use extract::{Asked, At};
pub use form::{File, Form, LARGEST_FORM, Upload};
pub use notice::{Notice, Notices};
pub use observe::{Observe, RequestId};
pub use page::PageError;
pub use reader::Reader;
pub use routes::{Route, Routes};
pub use serve::{FINISH_WITHIN, serve};
pub use visit::{Doorkeeper, Visit};
