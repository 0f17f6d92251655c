//! Reports by a key that may manage them: asked for, listed, downloaded (API specification, section 2.14).

mod content;
mod list;
mod request;
mod show;

use notify_store::report;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

pub use list::Reports;
pub use request::{Language, ReportType, RequestReport, Requested};

use crate::{Api, ApiKey, error::ApiError, schema::path_uuid, wire};

/// The routes of reports.
pub fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(request::request, list::list))
        .routes(routes!(show::show))
        .routes(routes!(content::content))
}

/// A report and how far it has come.
#[derive(Serialize, ToSchema)]
pub struct Report {
    /// The report.
    pub id: Uuid,
    /// `sms`, `email` or `job`.
    #[schema(value_type = ReportType)]
    pub report_type: &'static str,
    /// The service.
    pub service_id: Uuid,
    /// `requested`, `generating`, `ready` or `error`.
    #[schema(value_type = Progress)]
    pub status: &'static str,
    /// When it was asked for.
    #[schema(format = DateTime)]
    pub requested_at: String,
    /// When it became ready, or failed.
    #[schema(format = DateTime)]
    pub completed_at: Option<String>,
    /// Until when it can be downloaded.
    #[schema(format = DateTime)]
    pub expires_at: Option<String>,
    /// The key that asked for it; null for a person.
    pub api_key_id: Option<Uuid>,
}

/// How far a report has come.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
pub enum Progress {
    /// Asked for.
    Requested,
    /// Being written.
    Generating,
    /// It can be downloaded.
    Ready,
    /// It could not be written.
    Error,
}

impl Report {
    /// A report as the wire shows it.
    pub fn of(row: &report::Model) -> Self {
        Self {
            id: row.id.uuid(),
            report_type: row.kind.as_str(),
            service_id: row.service_id.uuid(),
            status: row.status.as_str(),
            requested_at: wire::time(row.requested_at),
            completed_at: row.completed_at.map(wire::time),
            expires_at: row.expires_at.map(wire::time),
            api_key_id: row.api_key_id.map(|key| key.uuid()),
        }
    }
}

/// The service's own report that a path names.
async fn named(api: &Api, key: &ApiKey, id: &str) -> Result<report::Model, ApiError> {
    let id = notify_store::ReportId::from_uuid(path_uuid("report_id", id)?);
    let found = report::find(api.db.read(), key.service.id, id).await?;
    Ok(found.ok_or(db::Error::Missing)?)
}
