//! What every page has in common: its answer, its refusals, the headers that keep a browser from running anything foreign.

use askama::Template;
use axum::{
    Router,
    body::Body,
    extract::{Path, Request, State},
    middleware::{Next, from_fn_with_state},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use kernel::Language;
use ui::{Problem, ProblemPage, Texts};

use crate::reader::{COOKIE, Reader, asked_for};

/// Nothing but our own styles, fonts, images and frames; no script, no plug-in, no foreign form target.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; frame-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");

/// Why a page is not shown. [`dress`] turns it into a page in the reader's language.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// There is no such page, or not for this reader.
    #[error("no such page")]
    Missing,
    /// The address or the form makes no sense.
    #[error("the request makes no sense: {0}")]
    Refused(String),
    /// Anything unforeseen; logged once, here.
    #[error(transparent)]
    Internal(#[from] anyhow::Error),
}

impl PageError {
    /// Wraps what nobody foresaw.
    pub fn internal(cause: impl Into<anyhow::Error>) -> Self {
        Self::Internal(cause.into())
    }
}

impl From<askama::Error> for PageError {
    fn from(error: askama::Error) -> Self {
        Self::internal(error)
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let (status, problem) = match &self {
            Self::Missing => (StatusCode::NOT_FOUND, Problem::Missing),
            Self::Refused(_) => (StatusCode::BAD_REQUEST, Problem::Refused),
            Self::Internal(cause) => {
                tracing::error!("a page failed: {cause:#}");
                (StatusCode::INTERNAL_SERVER_ERROR, Problem::Failed)
            }
        };
        let mut answer = status.into_response();
        answer.extensions_mut().insert(problem);
        answer
    }
}

/// A rendered page.
///
/// # Errors
/// When the template cannot be rendered, which only a failing `Display` brings about.
pub fn show(page: &impl Template) -> Result<Html<String>, PageError> {
    Ok(Html(page.render()?))
}

/// The answer to a panic on a page; give it to [`crate::Observe`] and put [`dress`] outside.
pub fn panicked() -> Response {
    let mut answer = StatusCode::INTERNAL_SERVER_ERROR.into_response();
    answer.extensions_mut().insert(Problem::Failed);
    answer
}

/// The product's name in a language.
pub type Product = fn(Language) -> String;

/// Puts on every page of `router` the security headers, the page for each [`PageError`] under the name of `product`,
/// and the cookie that remembers a chosen language. A header that a handler has set itself stays.
pub fn dress(router: Router, product: Product) -> Router {
    router.layer(from_fn_with_state(product, dressed))
}

async fn dressed(State(product): State<Product>, request: Request, next: Next) -> Response {
    let reader = Reader::of(request.uri(), request.headers());
    let chosen = asked_for(request.uri());
    let mut answer = next.run(request).await;
    if let Some(problem) = answer.extensions_mut().remove::<Problem>() {
        answer = with_words(answer, problem, &reader, product);
    }
    let headers = answer.headers_mut();
    protect(headers);
    if let Some(language) = chosen {
        let cookie =
            format!("{COOKIE}={language}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            headers.append(header::SET_COOKIE, cookie);
        }
    }
    answer
}

fn protect(headers: &mut HeaderMap) {
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::VARY, HeaderValue::from_static("Cookie, Accept-Language")),
    ];
    for (name, value) in fixed {
        headers.entry(name).or_insert(value);
    }
}

/// The answer with a page for its body; its status and headers stay.
fn with_words(answer: Response, problem: Problem, reader: &Reader, product: Product) -> Response {
    let (title, advice) = problem.words(Texts(reader.language));
    let shell = reader.shell(title, product(reader.language), Vec::new());
    let Ok(html) = (ProblemPage { shell, advice }).render() else { return answer };
    let (mut parts, _) = answer.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_TYPE, HTML);
    Response::from_parts(parts, Body::from(html))
}

/// `GET /assets/{name}`: the files of [`ui::asset`], to be kept for a year because their names change with their content.
pub fn assets() -> Router {
    Router::new().route(&format!("{}{{name}}", ui::asset::PREFIX), get(asset))
}

async fn asset(Path(name): Path<String>) -> Response {
    let Some(asset) = ui::asset::find(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let headers = [
        (header::CONTENT_TYPE, asset.media_type),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, asset.bytes.as_ref()).into_response()
}
