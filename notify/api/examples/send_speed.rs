//! How long accepting one e-mail takes up to its storage, beside a bare route behind the same layers:
//! `cargo run --release -p notify-api --example send_speed`.
//!
//! The recipient is simulated, so that neither sealing (1 µs) nor the database is in the figure.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    dead_code,
    reason = "it stands on the tests' own application"
)]

#[path = "../tests/it/app.rs"]
mod app;

use std::time::{Duration, Instant};

use app::{App, Migrator};
use axum::body::Body;
use http::{Request, header};
use notify_api::Settings;
use notify_store::setting::{Change, Limits};
use serde_json::json;
use tower::ServiceExt;

/// Requests in one measurement.
const REQUESTS: u32 = 100_000;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let test = testkit::TestDatabase::fresh::<Migrator>(testkit::Engine::Sqlite).await;
    let remember = Duration::from_secs(2);
    let app = App::with(&test, |settings| Settings { remember, ..settings }).await;
    let limits = Some(Limits { rate: i32::MAX, ..Limits::LIVE });
    app.set(Change { limits, ..Change::default() }).await;
    let template =
        app.email("Permit ((number))", &"Dear ((name)), come at ((hour)).\n\n".repeat(20)).await;
    let body = json!({
        "email_address": "simulate-delivered@notification.canada.ca",
        "template_id": template,
        "reference": "case 7",
        "personalisation": {"name": "Noor Tremblay", "number": "A-12345", "hour": "14:30"},
    });
    let body = bytes::Bytes::from(body.to_string());
    let bearer = app.key.bearer(&app.clock, 0);
    for round in 1..=3 {
        let send = measure(&app, "/v2/notifications/email", Some(&bearer), &body, 201).await;
        let full =
            measure(&app, "/v2/notifications/email", Some(&app.key.header()), &body, 201).await;
        let bare = measure(&app, "/v2/nothing", None, &body, 404).await;
        println!("round {round}: token {send:.1} µs, full key {full:.1} µs, no route {bare:.1} µs");
    }
}

/// Microseconds a request, on one core.
async fn measure(
    app: &App,
    path: &str,
    authorization: Option<&str>,
    body: &bytes::Bytes,
    status: u16,
) -> f64 {
    let start = Instant::now();
    for _ in 0..REQUESTS {
        let mut request = Request::post(path).header(header::CONTENT_TYPE, "application/json");
        if let Some(authorization) = authorization {
            request = request.header(header::AUTHORIZATION, authorization);
        }
        let request = request.body(Body::from(body.clone())).unwrap();
        let answer = app.router.clone().oneshot(request).await.unwrap();
        assert_eq!(answer.status().as_u16(), status);
    }
    start.elapsed().as_secs_f64() * 1e6 / f64::from(REQUESTS)
}
