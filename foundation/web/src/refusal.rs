//! An error answer in the shape of the public API (API specification, section 0.5) for what is refused before a handler runs.

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use serde::Serialize;

#[derive(Serialize)]
struct Body<'a> {
    status_code: u16,
    errors: [Entry<'a>; 1],
}

#[derive(Serialize)]
struct Entry<'a> {
    error: &'a str,
    message: &'a str,
    code: &'a str,
}

/// `{"status_code": …, "errors": [{"error", "message", "code"}]}` with that status.
pub fn answer(status: StatusCode, error: &str, message: &str, code: &str) -> Response {
    let errors = [Entry { error, message, code }];
    (status, Json(Body { status_code: status.as_u16(), errors })).into_response()
}

/// The 500 that tells the caller nothing but that it was ours; the cause is in the log beside the request id.
pub fn internal() -> Response {
    answer(
        StatusCode::INTERNAL_SERVER_ERROR,
        "InternalServerError",
        "Internal server error",
        "internal-server-error",
    )
}
