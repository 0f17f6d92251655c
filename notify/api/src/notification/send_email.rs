//! `POST /v2/notifications/email`.

use axum::{extract::State, response::Response};
use notify::Channel;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Once, answer::Accepted, sending};
use crate::{Api, ApiKey, document::Errors, error::ApiError, schema::Raw};

/// An email to send.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SendEmail {
    /// The recipient.
    #[schema(example = "noor@example.gc.ca")]
    pub email_address: String,
    /// The template.
    pub template_id: Uuid,
    /// Values for the template's placeholders: texts, numbers, booleans or lists of these.
    #[schema(value_type = Option<Object>)]
    pub personalisation: Option<serde_json::Value>,
    /// Your own reference, for finding the message again.
    #[schema(max_length = 1000, nullable = false)]
    pub reference: Option<String>,
    /// One of the service's reply addresses; the default one if left out.
    pub email_reply_to_id: Option<Uuid>,
    /// When to send it, ISO 8601, at most 96 hours ahead; UTC unless it has an offset.
    pub scheduled_for: Option<String>,
    /// An https address that unsubscribes the recipient with one click.
    pub one_click_unsubscribe_url: Option<String>,
    /// Names of values that shall have no effect: no links, no Markdown.
    pub sanitise_content_for: Option<Vec<String>>,
    /// Where the receipt of this one message goes.
    pub callback: Option<Callback>,
}

/// An address that is told how one message ended.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Callback {
    /// A public https address.
    pub url: String,
    /// The bearer token to show there, 10 to 1,000 visible characters.
    pub bearer_token: Option<String>,
}

/// Accept an email: it is stored when this answers, and its delivery follows.
#[utoipa::path(
    post, path = "/v2/notifications/email", tag = "Send", operation_id = "send_email",
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key and body within 24 hours get the same answer and send nothing.")),
    request_body = SendEmail,
    responses(
        (status = 201, description = "Accepted", body = Accepted),
        (status = 400, description = "The request or the message is not acceptable", body = Errors),
        (status = 401, description = "No key", body = Errors),
        (status = 403, description = "A key that may not send", body = Errors),
        (status = 408, description = "The body did not arrive in time", body = Errors),
        (status = 409, description = "The Idempotency-Key was used with another request", body = Errors),
        (status = 413, description = "The body is too large", body = Errors),
        (status = 429, description = "A limit is reached", body = Errors),
        (status = 503, description = "Busy: come back after Retry-After seconds", body = Errors),
    )
)]
pub async fn send_email(
    State(api): State<Api>,
    key: ApiKey,
    once: Once,
    raw: Raw,
) -> Result<Response, ApiError> {
    sending::send(&api, &key, Channel::Email, once, &raw).await
}
