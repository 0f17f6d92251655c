//! What an orchestrator and a metrics collector ask: alive, ready, and how it goes.

use std::{future::Future, sync::Arc};

use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::get,
};
use http::{HeaderValue, StatusCode, header};

/// `GET /healthz`: 200 as long as the process answers. `GET /readyz`: 200 when `ready` says so, else 503 with its reason.
pub fn health<F, R>(ready: F) -> Router
where
    F: Fn() -> R + Send + Sync + 'static,
    R: Future<Output = Result<(), String>> + Send + 'static,
{
    let ready = Arc::new(ready);
    let readiness = move || {
        let ready = Arc::clone(&ready);
        async move {
            match ready().await {
                Ok(()) => plain(StatusCode::OK, "ready".to_owned()),
                Err(reason) => plain(StatusCode::SERVICE_UNAVAILABLE, reason),
            }
        }
    };
    Router::new()
        .route("/healthz", get(|| async { plain(StatusCode::OK, "alive".to_owned()) }))
        .route("/readyz", get(readiness))
}

/// `GET /metrics`: what `render` gives, in the Prometheus text form.
pub fn metrics<F>(render: F) -> Router
where
    F: Fn() -> String + Clone + Send + Sync + 'static,
{
    let form = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    Router::new()
        .route("/metrics", get(move || async move { ([(header::CONTENT_TYPE, form)], render()) }))
}

fn plain(status: StatusCode, text: String) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], text).into_response()
}
