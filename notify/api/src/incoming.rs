//! What providers post to this server: delivery receipts and received texts (API specification, section 3.14).
//!
//! Who reads and keeps it is handed in, because only the crate that knows the providers can.

use std::{future::Future, pin::Pin};

use axum::extract::State;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    Api,
    document::{BodyRefused, Errors},
    error::{ApiError, Refusal},
    schema::Raw,
    segment::Segment,
};

/// Takes in what a provider posted.
pub trait Incoming: Send + Sync {
    /// Proves that the request is the provider's, reads it and keeps everything in it. When this
    /// answers `Ok`, it is on disk and the provider need not send it again.
    fn take<'a>(
        &'a self,
        provider: &'a str,
        headers: &'a HeaderMap,
        body: Bytes,
    ) -> Pin<Box<dyn Future<Output = Result<(), NotTaken>> + Send + 'a>>;
}

/// Why a provider's request was not taken; then nothing of it was kept.
#[derive(Debug, thiserror::Error)]
pub enum NotTaken {
    /// No provider of this name posts to us.
    #[error("no provider of this name posts to us")]
    UnknownProvider,
    /// There is no proof that it comes from the provider.
    #[error("the request carries no proof")]
    NoProof,
    /// The proof is wrong.
    #[error("the request's proof is wrong")]
    WrongProof,
    /// It is not what the settings describe.
    #[error("{0}")]
    Unreadable(String),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] db::Error),
}

/// No provider posts to this server.
pub struct Nobody;

impl Incoming for Nobody {
    fn take<'a>(
        &'a self,
        _: &'a str,
        _: &'a HeaderMap,
        _: Bytes,
    ) -> Pin<Box<dyn Future<Output = Result<(), NotTaken>> + Send + 'a>> {
        Box::pin(async { Err(NotTaken::UnknownProvider) })
    }
}

/// The routes that providers post to; each proves itself as the operator's settings say.
pub fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(receipts)).routes(routes!(received_texts))
}

/// Take delivery receipts from a provider.
#[utoipa::path(
    post, path = "/providers/{provider}/receipts", tag = "Providers", operation_id = "take_receipts", security(()),
    params(("provider" = String, Path, description = "The provider's name in the settings")),
    request_body = Object,
    responses(
        (status = 204, description = "Kept"),
        (status = 400, description = "The request is not what the settings describe", body = Errors),
        (status = 401, description = "No proof that it comes from the provider", body = Errors),
        (status = 403, description = "A wrong proof", body = Errors),
        (status = 404, description = "No provider of this name posts to this server", body = Errors),
        (status = 503, description = "Busy: send it again", body = Errors),
        BodyRefused,
    )
)]
pub async fn receipts(
    State(api): State<Api>,
    Segment(provider): Segment,
    headers: HeaderMap,
    raw: Raw,
) -> Result<StatusCode, ApiError> {
    take(&api, &provider, &headers, &raw).await
}

/// Take texts that a provider received for a service.
#[utoipa::path(
    post, path = "/providers/{provider}/received-texts", tag = "Providers", operation_id = "take_received_texts", security(()),
    params(("provider" = String, Path, description = "The provider's name in the settings")),
    request_body = Object,
    responses(
        (status = 204, description = "Kept"),
        (status = 400, description = "The request is not what the settings describe", body = Errors),
        (status = 401, description = "No proof that it comes from the provider", body = Errors),
        (status = 403, description = "A wrong proof", body = Errors),
        (status = 404, description = "No provider of this name posts to this server", body = Errors),
        (status = 503, description = "Busy: send it again", body = Errors),
        BodyRefused,
    )
)]
pub async fn received_texts(
    State(api): State<Api>,
    Segment(provider): Segment,
    headers: HeaderMap,
    raw: Raw,
) -> Result<StatusCode, ApiError> {
    take(&api, &provider, &headers, &raw).await
}

async fn take(
    api: &Api,
    provider: &str,
    headers: &HeaderMap,
    raw: &Raw,
) -> Result<StatusCode, ApiError> {
    let body = Bytes::copy_from_slice(raw.bytes());
    api.incoming.take(provider, headers, body).await.map_err(|refused| {
        // Whoever makes names up writes nothing into the log.
        if !matches!(refused, NotTaken::UnknownProvider) {
            tracing::warn!(provider, error = %refused, "refused what {provider} posted");
        }
        ApiError::from(refused)
    })?;
    Ok(StatusCode::NO_CONTENT)
}

impl From<NotTaken> for ApiError {
    fn from(refused: NotTaken) -> Self {
        match refused {
            NotTaken::UnknownProvider => Refusal::ProviderUnknown.into(),
            NotTaken::NoProof => Refusal::ProofMissing.into(),
            NotTaken::WrongProof => Refusal::ProofWrong.into(),
            NotTaken::Unreadable(why) => Refusal::ProviderUnreadable { why }.into(),
            NotTaken::Store(error) => error.into(),
        }
    }
}
