//! Bulk sends: one template to many rows (`job` on the wire).

mod accept;
mod asked;
mod job;
mod rows;
mod send_bulk;

use utoipa_axum::{router::OpenApiRouter, routes};

pub use job::{Job, JobAnswer};
pub use send_bulk::SendBulk;

use crate::Api;

/// The route that sends in bulk.
pub fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(send_bulk::send_bulk))
}
