//! The proxy in front: when one is set up, requests that did not come through it are refused
//! (API specification, section 0.4).

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::HeaderMap;
use kernel::Secret;
use subtle::{Choice, ConstantTimeEq};

use crate::error::{ApiError, Refusal};

/// The header in which the proxy shows that a request came through it.
const HEADER: &str = "x-custom-forwarder";

/// Layer that refuses requests without one of `secrets`; with none set up it lets all through.
pub async fn forwarded(
    State(secrets): State<Arc<[Secret]>>,
    request: Request,
    next: Next,
) -> Response {
    if secrets.is_empty() || knows_one(request.headers(), &secrets) {
        return next.run(request).await;
    }
    ApiError::from(Refusal::NotForwarded).into_response()
}

/// Compares with every secret in constant time, so that nobody learns one byte by byte.
fn knows_one(headers: &HeaderMap, secrets: &[Secret]) -> bool {
    let Some(shown) = headers.get(HEADER) else { return false };
    let same = |secret: &Secret| shown.as_bytes().ct_eq(secret.expose().as_bytes());
    secrets.iter().fold(Choice::from(0), |known, secret| known | same(secret)).into()
}
