//! `GET /v2/notifications/{id}` and its PDF, which only letters have.

use axum::{Json, extract::State};
use notify_store::{NotificationId, notification};

use super::message::Notification;
use crate::{
    Api, ApiKey,
    document::{Errors, ReadRefused},
    error::{ApiError, Refusal},
    schema::path_uuid,
    segment::Segment,
};

/// Read one message.
#[utoipa::path(
    get, path = "/v2/notifications/{notification_id}", tag = "Messages", operation_id = "get_notification",
    params(("notification_id" = Uuid, Path, description = "The message")),
    responses(
        (status = 200, description = "The message", body = Notification),
        (status = 404, description = "The service has no such message", body = Errors),
        ReadRefused,
    )
)]
pub async fn show(
    State(api): State<Api>,
    key: ApiKey,
    Segment(id): Segment,
) -> Result<Json<Notification>, ApiError> {
    let row = find(&api, &key, &id).await?;
    let (id, version) = (row.template_id, row.template_version);
    let template = api.versions.get(key.service.id, id, version).await?;
    Ok(Json(Notification::open(&api, row, &template)?))
}

/// Read the PDF of a letter: emails and texts have none.
#[utoipa::path(
    get, path = "/v2/notifications/{notification_id}/pdf", tag = "Messages", operation_id = "get_pdf",
    params(("notification_id" = Uuid, Path, description = "The message")),
    responses(
        (status = 404, description = "The service has no such message", body = Errors),
        ReadRefused,
    )
)]
pub async fn pdf(
    State(api): State<Api>,
    key: ApiKey,
    Segment(id): Segment,
) -> Result<(), ApiError> {
    find(&api, &key, &id).await?;
    Err(Refusal::NotALetter.into())
}

async fn find(api: &Api, key: &ApiKey, id: &str) -> Result<notification::Model, ApiError> {
    let id = NotificationId::from_uuid(path_uuid("notification_id", id)?);
    let found = notification::find(api.db.read(), key.service.id, id).await?;
    found.ok_or_else(|| Refusal::NoResultFound.into())
}
