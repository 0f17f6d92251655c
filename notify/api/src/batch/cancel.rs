//! `DELETE /v2/notifications/bulk/{job_id}`.

use audit::{Actor, Stamp};
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

/// Cancel a bulk send that still waits for its time; it counts against no limit.
#[utoipa::path(
    delete, path = "/v2/notifications/bulk/{job_id}", tag = "Bulk", operation_id = "cancel_bulk_job",
    params(("job_id" = Uuid, Path, description = "The bulk send")),
    responses(
        (status = 200, description = "It will not be sent", body = CountedAnswer),
        (status = 404, description = "The service has no such bulk send", body = Errors),
        (status = 409, description = "It is cancelled already, or has begun", body = Errors),
        ReadRefused,
    )
)]
pub async fn cancel(
    State(api): State<Api>,
    key: ApiKey,
    Segment(id): Segment,
) -> Result<Json<CountedAnswer>, ApiError> {
    let id = BatchId::from_uuid(path_uuid("job_id", &id)?);
    let stamp = Stamp { actor: Actor::ApiKey(key.key.uuid()), at: api.clock.now() };
    let tx = api.db.begin().await?;
    let row = batch::cancel(&tx, &stamp, key.service.id, id).await?;
    tx.commit().await.map_err(db::Error::from)?;
    Ok(Json(counted::answer(&api, &key, &row).await?))
}

impl From<batch::Refusal> for ApiError {
    fn from(refusal: batch::Refusal) -> Self {
        match refusal {
            batch::Refusal::Missing => Refusal::JobNotFound.into(),
            batch::Refusal::Cancelled => Refusal::JobCancelled.into(),
            batch::Refusal::Begun => Refusal::JobBegun.into(),
            batch::Refusal::Store(error) => error.into(),
        }
    }
}
