//! Where an error's data becomes the sentences that callers match on.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, header};
use notify::Dialect;

use super::ApiError;

/// How this installation words its errors.
#[derive(Clone, Debug)]
pub struct Wording {
    /// Whose sentences.
    pub dialect: Dialect,
    /// Where the documentation is that some sentences point to, without a slash at the end.
    pub documentation: Arc<str>,
}

impl Wording {
    /// Whether the sentences are GOV.UK Notify's.
    pub fn is_uk(&self) -> bool {
        self.dialect == Dialect::Uk
    }
}

/// Layer that gives every [`ApiError`] among the answers its body.
pub async fn word(State(wording): State<Wording>, request: Request, next: Next) -> Response {
    let mut answer = next.run(request).await;
    let Some(error) = answer.extensions_mut().remove::<ApiError>() else { return answer };
    let body = error.body(&wording).to_string();
    let mut worded = (answer.status(), body).into_response();
    std::mem::swap(worded.headers_mut(), answer.headers_mut());
    let json = const { HeaderValue::from_static("application/json") };
    worded.headers_mut().insert(header::CONTENT_TYPE, json);
    worded.headers_mut().remove(header::CONTENT_LENGTH);
    worded
}
