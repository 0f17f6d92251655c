//! Reads a request's body within a size and a time, or says clearly why not.

use std::time::Duration;

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};

use crate::refusal;

/// How much of a refused body is read and thrown away, so that a client which writes first and reads later
/// still sees the answer instead of a broken connection.
const DRAIN: usize = 4 * 1024 * 1024;
const DRAIN_WITHIN: Duration = Duration::from_millis(500);

/// What a body may cost.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Most bytes.
    pub bytes: usize,
    /// Longest time from the first byte of the body to its last.
    pub time: Duration,
}

impl Default for Limits {
    /// 10 MiB within 30 s.
    fn default() -> Self {
        Self { bytes: 10 * 1024 * 1024, time: Duration::from_secs(30) }
    }
}

/// Why a body was not read. As an answer it has the shape of the public API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It is, or says it is, larger than this many bytes.
    #[error("The request body must not be larger than {0} bytes")]
    TooLarge(usize),
    /// It did not arrive whole in time.
    #[error("The request body did not arrive within {} seconds", .0.as_secs())]
    TooSlow(Duration),
    /// The connection or the transfer coding broke.
    #[error("The request body could not be read")]
    Broken,
}

impl IntoResponse for Unreadable {
    fn into_response(self) -> Response {
        let (status, error, code) = match self {
            Self::TooLarge(_) => {
                (StatusCode::PAYLOAD_TOO_LARGE, "RequestEntityTooLarge", "body-too-large")
            }
            Self::TooSlow(_) => (StatusCode::REQUEST_TIMEOUT, "RequestTimeout", "body-too-slow"),
            Self::Broken => (StatusCode::BAD_REQUEST, "BadRequestError", "body-unreadable"),
        };
        refusal::answer(status, error, &self.to_string(), code)
    }
}

/// The whole body.
///
/// # Errors
/// [`Unreadable`], as soon as it is known: a `Content-Length` above the limit is refused before anything is kept.
pub async fn read(
    headers: &HeaderMap,
    mut body: Body,
    limits: Limits,
) -> Result<Bytes, Unreadable> {
    if declared_length(headers).is_some_and(|length| length > limits.bytes as u64) {
        drain(&mut body).await;
        return Err(Unreadable::TooLarge(limits.bytes));
    }
    let whole = Limited::new(&mut body, limits.bytes).collect();
    match tokio::time::timeout(limits.time, whole).await {
        Ok(Ok(whole)) => Ok(whole.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            drain(&mut body).await;
            Err(Unreadable::TooLarge(limits.bytes))
        }
        Ok(Err(_)) => Err(Unreadable::Broken),
        Err(_) => Err(Unreadable::TooSlow(limits.time)),
    }
}

fn declared_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

async fn drain(body: &mut Body) {
    let _ = tokio::time::timeout(DRAIN_WITHIN, Limited::new(body, DRAIN).collect()).await;
}
