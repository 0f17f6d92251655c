//! `DELETE /v2/notifications/{id}`: taking back a scheduled message before it leaves.

use audit::{Actor, Stamp};
use axum::{Json, extract::State};
use notify_store::{
    NotificationId,
    withdrawal::{self, withdraw},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Api, ApiKey,
    document::{Errors, ReadRefused},
    error::{ApiError, Refusal},
    schema::path_uuid,
    segment::Segment,
};

/// It is done.
#[derive(Serialize, ToSchema)]
pub struct Done {
    /// Always `success`.
    #[schema(example = "success")]
    pub result: &'static str,
}

/// Take back a scheduled message; it can still be read, as `cancelled`, and counts against no limit.
#[utoipa::path(
    delete, path = "/v2/notifications/{notification_id}", tag = "Messages", operation_id = "delete_notification",
    params(("notification_id" = Uuid, Path, description = "The message")),
    responses(
        (status = 200, description = "It will not be sent", body = Done),
        (status = 404, description = "The service has no such message", body = Errors),
        ReadRefused,
    )
)]
pub async fn remove(
    State(api): State<Api>,
    key: ApiKey,
    Segment(id): Segment,
) -> Result<Json<Done>, ApiError> {
    let id = NotificationId::from_uuid(path_uuid("notification_id", &id)?);
    let stamp = Stamp { actor: Actor::ApiKey(key.key.uuid()), at: api.clock.now() };
    let tx = api.db.begin().await?;
    withdraw(&tx, &stamp, key.service.id, id).await?;
    tx.commit().await.map_err(db::Error::from)?;
    Ok(Json(Done { result: "success" }))
}

impl From<withdrawal::Refusal> for ApiError {
    fn from(refusal: withdrawal::Refusal) -> Self {
        match refusal {
            withdrawal::Refusal::Missing => Refusal::NotificationNotFound.into(),
            withdrawal::Refusal::NotScheduled => Refusal::NotScheduled.into(),
            withdrawal::Refusal::Left => Refusal::AlreadySent.into(),
            withdrawal::Refusal::Store(error) => error.into(),
        }
    }
}
