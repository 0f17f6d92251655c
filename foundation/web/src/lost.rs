//! What is asked for under an address that leads nowhere: programs get the answer of the API, people get a page.

use axum::{Router, extract::Request};
use http::{Method, header};
use tower::ServiceExt;

/// Both under one roof. Each has its own answer for unknown addresses; that of `people` goes to who asks with GET for
/// HTML outside of `prefixes`, that of `programs` to everybody else.
pub fn roof(people: Router, programs: Router, prefixes: &'static [&'static str]) -> Router {
    let (page, refusal) = (people.clone(), programs.clone());
    let lost = move |request: Request| {
        let answerer = if is_person(&request, prefixes) { page.clone() } else { refusal.clone() };
        answerer.oneshot(request)
    };
    people.reset_fallback().merge(programs.reset_fallback()).fallback(lost)
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
    use axum::{body::Body, routing::get};
    use http_body_util::BodyExt;

    use super::*;

    async fn asked(path: &str, accept: &str) -> String {
        let people = Router::new().route("/page", get(|| async { "page" }));
        let programs = Router::new().route("/v2/thing", get(|| async { "thing" }));
        let router = roof(
            people.fallback(|| async { "lost page" }),
            programs.fallback(|| async { "lost thing" }),
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
        assert_eq!(asked("/v2/thing", browser).await, "thing");
        assert_eq!(asked("/nowhere", browser).await, "lost page");
        assert_eq!(asked("/nowhere", "*/*").await, "lost thing");
        assert_eq!(asked("/v2/nowhere", browser).await, "lost thing");
    }
}
