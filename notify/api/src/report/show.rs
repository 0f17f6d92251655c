//! `GET /v2/reports/{report_id}`.

use accounts::Capability;
use axum::{Json, extract::State};

use super::{Report, named};
use crate::{
    Api, ApiKey,
    document::{Errors, ReadRefused},
    error::ApiError,
    segment::Segment,
};

/// Read how far a report has come.
#[utoipa::path(
    get, path = "/v2/reports/{report_id}", tag = "Reports", operation_id = "get_report",
    params(("report_id" = Uuid, Path, description = "The report")),
    responses(
        (status = 200, description = "The report", body = Report),
        (status = 404, description = "The service has no such report", body = Errors),
        ReadRefused,
    )
)]
pub async fn show(
    State(api): State<Api>,
    key: ApiKey,
    Segment(id): Segment,
) -> Result<Json<Report>, ApiError> {
    key.must_have(Capability::ManageReports)?;
    Ok(Json(Report::of(&named(&api, &key, &id).await?)))
}
