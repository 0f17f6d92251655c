//! `GET /v2/reports`.

use accounts::Capability;
use axum::{Json, extract::State};
use notify_store::{
    ReportId,
    report::{self, Filter},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::Report;
use crate::{
    Api, ApiKey,
    document::ReadRefused,
    error::ApiError,
    query::Query,
    wire::{Links, PAGE},
};

/// One page of reports, newest first.
#[derive(Serialize, ToSchema)]
pub struct Reports {
    /// The reports.
    pub reports: Vec<Report>,
    /// This page and the next.
    pub links: Links,
}

/// List the service's reports of the last seven days.
#[utoipa::path(
    get, path = "/v2/reports", tag = "Reports", operation_id = "get_reports",
    params(("older_than" = Option<Uuid>, Query, description = "Only those asked for before this one")),
    responses((status = 200, description = "At most 250 reports", body = Reports), ReadRefused)
)]
pub async fn list(
    State(api): State<Api>,
    key: ApiKey,
    query: Query,
) -> Result<Json<Reports>, ApiError> {
    key.must_have(Capability::ManageReports)?;
    query.only(&["older_than"])?;
    let older_than = query.uuid("older_than")?.map(ReportId::from_uuid);
    let rows = page(&api, &key, older_than).await?;
    let last = rows.last().map(|row| row.id.uuid());
    let links = Links::new(&api.settings, "/v2/reports", &query, last);
    Ok(Json(Reports { reports: rows.iter().map(Report::of).collect(), links }))
}

/// The page after `older_than`; none when the service has not got that report.
async fn page(
    api: &Api,
    key: &ApiKey,
    older_than: Option<ReportId>,
) -> db::Result<Vec<report::Model>> {
    let (db, service) = (api.db.read(), key.service.id);
    if let Some(before) = older_than
        && report::find(db, service, before).await?.is_none()
    {
        return Ok(Vec::new());
    }
    let filter = Filter { now: api.clock.now(), requested_by: None, older_than };
    report::page(db, service, filter, PAGE).await
}
