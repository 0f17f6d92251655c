//! `GET /v2/notifications/bulk/{job_id}`.

use axum::{Json, extract::State};
use notify_store::{BatchId, batch};

use super::counted::{self, CountedAnswer};
use crate::{
    Api, ApiKey,
    document::{Errors, ReadRefused},
    error::{ApiError, Refusal},
    schema::path_uuid,
    segment::Segment,
};

/// Read one bulk send.
#[utoipa::path(
    get, path = "/v2/notifications/bulk/{job_id}", tag = "Bulk", operation_id = "get_bulk_job",
    params(("job_id" = Uuid, Path, description = "The bulk send")),
    responses(
        (status = 200, description = "The bulk send", body = CountedAnswer),
        (status = 404, description = "The service has no such bulk send", body = Errors),
        ReadRefused,
    )
)]
pub async fn show(
    State(api): State<Api>,
    key: ApiKey,
    Segment(id): Segment,
) -> Result<Json<CountedAnswer>, ApiError> {
    let id = BatchId::from_uuid(path_uuid("job_id", &id)?);
    let found = batch::find(api.db.read(), key.service.id, id).await?;
    let row = found.ok_or(Refusal::JobNotFound)?;
    Ok(Json(counted::answer(&api, &key, &row).await?))
}
