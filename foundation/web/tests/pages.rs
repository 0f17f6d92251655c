//! What a page's reader gets around the page itself.

#![expect(clippy::unwrap_used, reason = "a test that cannot build its input should fail")]

use axum::{Router, body::Body, extract::Request, response::Response, routing::get};
use http_body_util::BodyExt;
use kernel::Language;
use tower::ServiceExt;
use ui::{Link, LinkGroup, Surroundings};
use web::{
    Observe, PageError,
    page::{self, Around, Spoken},
};

fn pages() -> Router {
    let router = Router::new()
        .route("/missing", get(|| async { PageError::Missing }))
        .route(
            "/failing",
            get(|| async { PageError::internal(std::io::Error::other("disk full")) }),
        )
        .route("/panicking", get(panicking))
        .route("/spoken", get(spoken))
        .method_not_allowed_fallback(|| async { PageError::WrongMethod })
        .route("/own", get(|| async { ([("content-security-policy", "sandbox")], "own") }));
    let keys = std::collections::BTreeMap::from([(1, vec![7; 32])]);
    let vault = kernel::Vault::new(&keys, b"tests only").unwrap();
    let doorkeeper = web::Doorkeeper::new(std::sync::Arc::new(vault), false);
    page::dress(router.layer(Observe::new(page::panicked)), Around::new(around), doorkeeper)
}

fn around(language: Language) -> Surroundings {
    let home = if language == Language::French { "/accueil" } else { "/" };
    let about = LinkGroup { title: "About".to_owned(), links: vec![Link::new("/own", "Own")] };
    Surroundings {
        product: "Notify".to_owned(),
        home: home.to_owned(),
        menu: vec![Link::new("/missing", "Here")],
        footer: vec![about],
        terms: "/terms".to_owned(),
        session_minutes: 480,
    }
}

async fn spoken() -> impl axum::response::IntoResponse {
    (axum::Extension(Spoken(Language::French)), "bonjour")
}

async fn panicking() -> &'static str {
    panic!("a page that panics on purpose")
}

async fn ask(router: Router, path: &str, headers: &[(&str, &str)]) -> (Response<()>, String) {
    let mut request = Request::builder().uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = answer.into_parts();
    let text = body.collect().await.unwrap().to_bytes();
    (Response::from_parts(parts, ()), String::from_utf8_lossy(&text).into_owned())
}

#[tokio::test]
async fn a_missing_page_is_said_in_the_readers_language() {
    let (answer, html) = ask(pages(), "/missing?a=1", &[("accept-language", "fr-CA")]).await;
    assert_eq!(answer.status(), 404);
    assert!(html.contains("<h1>Page introuvable</h1>"), "{html}");
    assert!(html.contains(r#"href="/missing?a=1&#38;lang=en""#), "{html}");
    let cookies: Vec<_> = answer.headers().get_all("set-cookie").iter().collect();
    assert!(cookies.iter().all(|cookie| cookie.as_bytes().starts_with(b"visit=")), "{cookies:?}");
}

#[tokio::test]
async fn a_chosen_language_is_remembered() {
    let (answer, html) = ask(pages(), "/missing?lang=fr", &[]).await;
    assert!(html.contains("<html lang=\"fr\">"));
    let cookie = answer.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("lang=fr; Path=/;"), "{cookie}");
}

#[tokio::test]
async fn a_failure_and_a_panic_tell_the_reader_nothing_of_their_cause() {
    for path in ["/failing", "/panicking"] {
        let (answer, html) = ask(pages(), path, &[]).await;
        assert_eq!(answer.status(), 500);
        assert!(html.contains("<h1>Sorry, something went wrong</h1>"), "{html}");
        assert!(!html.contains("disk full") && !html.contains("on purpose"));
        assert!(answer.headers().contains_key("x-request-id"));
    }
}

#[tokio::test]
async fn every_page_forbids_foreign_content_unless_it_says_otherwise_itself() {
    let (answer, _) = ask(pages(), "/missing", &[]).await;
    let policy = answer.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let (answer, _) = ask(pages(), "/own", &[]).await;
    assert_eq!(answer.headers()["content-security-policy"], "sandbox");
}

#[tokio::test]
async fn assets_are_kept_for_ever_under_their_hashed_names_only() {
    let path = ui::asset::path("style.css");
    let (answer, sheet) = ask(page::assets(), path, &[]).await;
    assert_eq!(answer.headers()["content-type"], "text/css; charset=utf-8");
    assert_eq!(answer.headers()["cache-control"], "public, max-age=31536000, immutable");
    assert!(sheet.contains("@font-face"));
    let (answer, _) = ask(page::assets(), "/assets/style.css", &[]).await;
    assert_eq!(answer.status(), 404);
}

#[tokio::test]
async fn a_refusal_stands_in_the_products_surroundings() {
    let (answer, html) = ask(pages(), "/missing", &[("accept-language", "fr")]).await;
    assert_eq!(answer.status(), 404);
    assert!(html.contains(r#"<p class="product"><a href="/accueil">Notify</a></p>"#), "{html}");
    assert!(html.contains(r#"<a href="/missing" aria-current="page">Here</a>"#), "{html}");
    assert!(html.contains("<h2>About</h2>") && html.contains(r#"<a href="/own">Own</a>"#));
    let request = Request::post("/missing").body(Body::empty()).unwrap();
    let answer = pages().oneshot(request).await.unwrap();
    assert_eq!(answer.status(), 405);
    let html = answer.into_body().collect().await.unwrap().to_bytes();
    assert!(String::from_utf8_lossy(&html).contains("<h1>This page cannot be used this way</h1>"));
}

#[tokio::test]
async fn who_never_chose_a_language_goes_on_in_that_of_the_page() {
    let chosen = |answer: &Response<()>| {
        let mut cookies = answer.headers().get_all("set-cookie").iter();
        cookies.any(|cookie| cookie.as_bytes().starts_with(b"lang=fr"))
    };
    let (answer, _) = ask(pages(), "/spoken", &[("accept-language", "en")]).await;
    assert!(chosen(&answer));
    let (answer, _) = ask(pages(), "/spoken", &[("cookie", "lang=en")]).await;
    assert!(!chosen(&answer));
}
