//! What a request meets before and after its handler, seen through the router.

#![expect(clippy::unwrap_used, reason = "a test that cannot build its input should fail")]

use std::time::Duration;

use axum::{
    Router,
    body::Body,
    extract::Request,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use http::{HeaderMap, StatusCode};
use http_body_util::BodyExt;
use metrics_exporter_prometheus::PrometheusBuilder;
use serde_json::{Value, json};
use tower::ServiceExt;
use web::{
    Cors, Observe,
    body::{self, Limits},
    refusal,
};

fn house() -> Router {
    Router::new()
        .route("/thing/{id}", get(|| async { "here" }))
        .route("/broken", get(broken))
        .route("/body", post(take))
        .layer(Observe::new(refusal::internal))
}

async fn broken() -> &'static str {
    panic!("a handler that panics on purpose")
}

async fn take(headers: HeaderMap, body: Body) -> Response {
    let limits = Limits { bytes: 10, time: Duration::from_secs(2) };
    match body::read(&headers, body, limits).await {
        Ok(bytes) => bytes.len().to_string().into_response(),
        Err(why) => why.into_response(),
    }
}

fn ask(path: &str) -> http::request::Builder {
    Request::builder().uri(path)
}

async fn answer(router: Router, request: Request) -> (StatusCode, HeaderMap, String) {
    let answer = router.oneshot(request).await.unwrap();
    let (parts, body) = answer.into_parts();
    let text = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
    (parts.status, parts.headers, text)
}

#[tokio::test]
async fn a_sane_request_id_comes_back() {
    let request = ask("/thing/1").header("X-Request-Id", "abc-1.2").body(Body::empty()).unwrap();
    let (_, headers, _) = answer(house(), request).await;
    assert_eq!(headers["x-request-id"], "abc-1.2");
    assert_eq!(headers["x-content-type-options"], "nosniff");
}

#[tokio::test]
async fn a_strange_request_id_is_replaced_and_each_new_one_differs() {
    let mut seen = Vec::new();
    for strange in ["has blank", "", &"x".repeat(129), "a\"b"] {
        let request = ask("/thing/1").header("X-Request-Id", strange).body(Body::empty()).unwrap();
        let (_, headers, _) = answer(house(), request).await;
        let id = headers["x-request-id"].to_str().unwrap().to_owned();
        assert_ne!(id, strange);
        assert!(!seen.contains(&id), "{id} came twice");
        seen.push(id);
    }
}

#[tokio::test]
async fn trace_headers_are_echoed_only_when_they_came() {
    let request = ask("/thing/1").header("X-B3-TraceId", "4bf92f").body(Body::empty()).unwrap();
    let (_, headers, _) = answer(house(), request).await;
    assert_eq!(headers["x-b3-traceid"], "4bf92f");
    assert!(!headers.contains_key("x-b3-spanid"));
}

#[tokio::test]
async fn a_panic_is_answered_in_the_shape_of_the_api() {
    let (status, headers, text) =
        answer(house(), ask("/broken").body(Body::empty()).unwrap()).await;
    assert_eq!(status, 500);
    assert!(headers.contains_key("x-request-id"));
    let body: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        body,
        json!({"status_code": 500, "errors": [{
            "error": "InternalServerError",
            "message": "Internal server error",
            "code": "internal-server-error",
        }]})
    );
}

#[test]
fn requests_are_counted_by_route_not_by_path() {
    let recorder = PrometheusBuilder::new().build_recorder();
    let handle = recorder.handle();
    metrics::with_local_recorder(&recorder, || {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let router = house();
            for path in ["/thing/1", "/thing/2", "/body"] {
                answer(router.clone(), ask(path).body(Body::empty()).unwrap()).await;
            }
        });
    });
    let text = handle.render();
    let counted = r#"http_requests_total{route="/thing/{id}",method="GET",status="200"} 2"#;
    assert!(text.contains(counted), "{text}");
    let refused = r#"http_requests_total{route="/body",method="GET",status="405"} 1"#;
    assert!(text.contains(refused), "{text}");
    assert!(text.contains(r#"http_request_seconds_count{route="/thing/{id}",method="GET"} 2"#));
}

#[tokio::test]
async fn a_body_above_its_limit_is_refused_with_words() {
    let whole = ask("/body").method("POST").body(Body::from("0123456789")).unwrap();
    assert_eq!(answer(house(), whole).await.2, "10");

    let lies_about_nothing =
        ask("/body").method("POST").header("Content-Length", "11").body(Body::empty()).unwrap();
    let undeclared = ask("/body").method("POST").body(Body::from("0123456789a")).unwrap();
    for request in [lies_about_nothing, undeclared] {
        let (status, headers, text) = answer(house(), request).await;
        assert_eq!(status, 413);
        assert_eq!(headers["content-type"], "application/json");
        let body: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(body["errors"][0]["code"], "body-too-large");
        assert_eq!(
            body["errors"][0]["message"],
            "The request body must not be larger than 10 bytes"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_that_never_ends_is_given_up() {
    let stalled = Body::from_stream(futures::stream::pending::<Result<Vec<u8>, std::io::Error>>());
    let (status, _, text) =
        answer(house(), ask("/body").method("POST").body(stalled).unwrap()).await;
    assert_eq!(status, 408);
    assert!(text.contains("did not arrive within 2 seconds"), "{text}");
}

#[tokio::test]
async fn only_a_listed_origin_may_read_answers() {
    let cors = || Cors::new(["https://docs.example.ca/"]).unwrap();
    let known = ask("/thing/1").header("Origin", "https://docs.example.ca").body(Body::empty());
    let (_, headers, _) = answer(cors().on(house()), known.unwrap()).await;
    assert_eq!(headers["access-control-allow-origin"], "https://docs.example.ca");
    assert_eq!(headers["access-control-allow-headers"], "Content-Type,Authorization");
    assert_eq!(headers["access-control-allow-methods"], "GET,PUT,POST,PATCH,DELETE");

    let stranger = ask("/thing/1").header("Origin", "https://evil.example").body(Body::empty());
    let (status, headers, _) = answer(cors().on(house()), stranger.unwrap()).await;
    assert_eq!(status, 200);
    assert!(!headers.contains_key("access-control-allow-origin"));
}

#[tokio::test]
async fn options_needs_no_authentication() {
    let guarded = Router::new().route("/v2/x", post(|| async { StatusCode::UNAUTHORIZED }));
    let request = ask("/v2/x").method("OPTIONS").body(Body::empty()).unwrap();
    let (status, ..) = answer(Cors::default().on(guarded), request).await;
    assert_eq!(status, 204);
}

#[tokio::test]
async fn readiness_tells_its_reason() {
    let not_yet = web::probe::health(|| async { Err("the database does not answer".to_owned()) });
    let (status, _, text) =
        answer(not_yet.clone(), ask("/readyz").body(Body::empty()).unwrap()).await;
    assert_eq!((status.as_u16(), text.as_str()), (503, "the database does not answer"));
    let (status, ..) = answer(not_yet, ask("/healthz").body(Body::empty()).unwrap()).await;
    assert_eq!(status, 200);
}
