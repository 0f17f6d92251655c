//! Templates as senders see them: lists, versions and previews (API specification, section 2.10).

mod body;
mod history;
mod list;
mod preview;
mod show;

use utoipa_axum::{router::OpenApiRouter, routes};

pub use body::TemplateBody;
pub use history::TemplateVersions;
pub use list::Templates;
pub use preview::{Preview, PreviewTemplate};

use crate::Api;

/// The routes that read templates.
pub fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(list::list))
        .routes(routes!(show::current))
        .routes(routes!(show::version))
        .routes(routes!(preview::preview))
        .routes(routes!(history::history))
}
