//! A request's body: read within limits, then as JSON whatever its content type says
//! (API specification, section 0.7).

use axum::{
    extract::{FromRequest, Request},
    response::Response,
};
use bytes::Bytes;
use serde_json::{Map, Value};
use web::body::{Limits, Unreadable};

use crate::{
    Api,
    error::{ApiError, Refusal},
};

/// Larger bodies are parsed away from the threads that answer requests.
const LARGE: usize = 128 * 1024;

/// The body as it came; the last argument of a handler, after the proof of who calls.
#[derive(Clone, Debug)]
pub struct Raw(Bytes);

impl Raw {
    /// The body as it came.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The body as JSON; an empty one is `{}`.
    pub async fn json(&self) -> Result<Value, ApiError> {
        if self.0.len() <= LARGE {
            return parse(&self.0);
        }
        let bytes = self.0.clone();
        let parsed = tokio::task::spawn_blocking(move || parse(&bytes)).await;
        parsed.unwrap_or_else(|stopped| Err(ApiError::internal(&stopped)))
    }
}

impl FromRequest<Api> for Raw {
    type Rejection = ApiError;

    async fn from_request(request: Request, api: &Api) -> Result<Self, ApiError> {
        let (parts, body) = request.into_parts();
        let limits = Limits { bytes: api.settings.body_limit, time: api.settings.body_time };
        match web::body::read(&parts.headers, body, limits).await {
            Ok(bytes) => Ok(Self(bytes)),
            Err(unreadable) => Err(refusal(unreadable).into()),
        }
    }
}

fn refusal(unreadable: Unreadable) -> Refusal {
    match unreadable {
        Unreadable::TooLarge(limit) => Refusal::BodyTooLarge { limit },
        Unreadable::TooSlow(_) => Refusal::BodyTooSlow,
        Unreadable::Broken => Refusal::BodyBroken,
    }
}

/// Nesting beyond 127 levels is an error of the parser, so no later walk can run out of stack.
fn parse(bytes: &[u8]) -> Result<Value, ApiError> {
    if bytes.is_empty() {
        return Ok(Value::Object(Map::new()));
    }
    serde_json::from_slice(bytes).map_err(|_| Refusal::MalformedJson.into())
}

/// JSON that is already written, as an answer.
pub fn json_answer(status: http::StatusCode, body: Vec<u8>) -> Response {
    let mut answer = Response::new(axum::body::Body::from(body));
    *answer.status_mut() = status;
    let json = const { http::HeaderValue::from_static("application/json") };
    answer.headers_mut().insert(http::header::CONTENT_TYPE, json);
    answer
}
