//! Bulk sends: one template to many rows (`job` on the wire).

mod accept;
mod asked;
mod cancel;
mod counted;
mod job;
mod list;
mod rows;
mod send_bulk;
mod show;

use utoipa_axum::{router::OpenApiRouter, routes};

pub use counted::{Count, CountedAnswer, CountedJob};
pub use job::{Job, JobAnswer};
pub use send_bulk::SendBulk;

use crate::Api;

/// The routes that send in bulk, and that read and cancel what was sent so.
pub fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(send_bulk::send_bulk, list::list))
        .routes(routes!(show::show, cancel::cancel))
}
