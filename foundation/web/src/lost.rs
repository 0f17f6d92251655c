//! Two houses under one address: what leads nowhere, and the first address, answer people with a page and programs as
//! the API does.

use std::convert::Infallible;

use axum::{
    Router,
    body::Body,
    extract::Request,
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
};
use http::{Method, StatusCode, header};
use tower::ServiceExt;

/// Both under one roof. `people` are asked first. Each has its own answer for unknown addresses; that of `people` goes
/// to who asks with GET for HTML outside of `prefixes`, that of `programs` to everybody else. `/` is both: a page, and
/// where programs learn whether the server runs (API specification, section 2.0).
pub fn roof(people: Router, programs: Router, prefixes: &'static [&'static str]) -> Router {
    let (page, health) = (people.clone(), programs.clone());
    let first = from_fn(move |request: Request, next: Next| {
        let health = health.clone();
        async move {
            if request.uri().path() != "/" || is_person(&request, prefixes) {
                return next.run(request).await;
            }
            health.oneshot(request).await.into_response()
        }
    });
    let elsewhere =
        move |request: Request| elsewhere(page.clone(), programs.clone(), request, prefixes);
    people.reset_fallback().layer(first).fallback(elsewhere)
}

/// What no page answers: the API, or for people whom it cannot help the page that says so.
async fn elsewhere(
    page: Router,
    programs: Router,
    request: Request,
    prefixes: &[&str],
) -> Result<Response, Infallible> {
    if !is_person(&request, prefixes) {
        return programs.oneshot(request).await;
    }
    let (parts, body) = request.into_parts();
    let again = Request::from_parts(parts.clone(), Body::empty());
    let answer = programs.oneshot(Request::from_parts(parts, body)).await?;
    if answer.status() == StatusCode::NOT_FOUND { page.oneshot(again).await } else { Ok(answer) }
}

fn is_person(request: &Request, prefixes: &[&str]) -> bool {
    let path = request.uri().path();
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let takes = request.headers().get(header::ACCEPT).and_then(|kinds| kinds.to_str().ok());
    let html = takes.is_some_and(|kinds| kinds.contains("text/html"));
    reads && html && !prefixes.iter().any(|prefix| path.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use axum::routing::get;
    use http_body_util::BodyExt;

    use super::*;

    async fn asked(path: &str, accept: &str) -> String {
        let people = Router::new().route("/page", get(|| async { "page" }));
        let people = people.route("/", get(|| async { "home" }));
        let programs = Router::new().route("/v2/thing", get(|| async { "thing" }));
        let programs = programs.route("/", get(|| async { "health" }));
        let router = roof(
            people.fallback(|| async { (StatusCode::NOT_FOUND, "lost page") }),
            programs.fallback(|| async { (StatusCode::NOT_FOUND, "lost thing") }),
            &["/v2/"],
        );
        let request = Request::builder().uri(path).header("accept", accept);
        let answer = router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        String::from_utf8_lossy(&body).into_owned()
    }

    #[tokio::test]
    async fn people_get_a_page_and_programs_the_answer_of_the_api() {
        let browser = "text/html,application/xhtml+xml,*/*;q=0.8";
        assert_eq!(asked("/page", "*/*").await, "page");
        assert_eq!(asked("/", browser).await, "home");
        assert_eq!(asked("/", "*/*").await, "health");
        assert_eq!(asked("/v2/thing", browser).await, "thing");
        assert_eq!(asked("/nowhere", browser).await, "lost page");
        assert_eq!(asked("/nowhere", "*/*").await, "lost thing");
        assert_eq!(asked("/v2/nowhere", browser).await, "lost thing");
    }
}
