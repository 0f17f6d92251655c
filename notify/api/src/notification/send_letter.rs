//! `POST /v2/notifications/letter`: no service may send letters (API specification, section 2.5).

use axum::response::Response;

use crate::{
    ApiKey,
    document::Errors,
    error::{ApiError, Refusal},
    schema::Raw,
};

/// Refuse a letter: this server sends emails and texts.
#[utoipa::path(
    post, path = "/v2/notifications/letter", tag = "Send", operation_id = "send_letter",
    request_body = Object,
    responses(
        (status = 400, description = "The service may not send letters", body = Errors),
        (status = 401, description = "No key", body = Errors),
        (status = 403, description = "A key that may not send", body = Errors),
        (status = 408, description = "The body did not arrive in time", body = Errors),
        (status = 413, description = "The body is too large", body = Errors),
    )
)]
pub async fn send_letter(key: ApiKey, raw: Raw) -> Result<Response, ApiError> {
    raw.json().await?;
    if key.service.is_suspended() {
        return Err(Refusal::Suspended.into());
    }
    Err(Refusal::ChannelNotAllowed { messages: "letters" }.into())
}
