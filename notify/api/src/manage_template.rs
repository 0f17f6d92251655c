//! Managing templates with a key that may (API specification, section 2.13).

mod archive;
mod asked;
mod body;
mod category;
mod change;
mod create;
mod show;

pub use asked::folder as parent;
pub use body::ManagedTemplate;
pub use category::{Categories, Category};
pub use change::ChangeTemplate;
pub use create::{Channel, CreateTemplate};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{Api, ApiKey, Settings};

/// The routes that manage templates.
pub fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(create::create))
        .routes(routes!(category::list))
        .routes(routes!(show::show, change::change, archive::archive))
}

/// The author of versions that are made by key: the server itself.
fn author(settings: &Settings) -> String {
    format!("notify@{}", settings.sending_domain)
}

/// The stamp of what a key does now.
pub fn stamp(api: &Api, key: &ApiKey) -> audit::Stamp {
    audit::Stamp { actor: audit::Actor::ApiKey(key.key.uuid()), at: api.clock.now() }
}
