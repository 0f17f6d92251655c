//! What every page has in common: its answer, its refusals, the headers that keep a browser from running anything foreign.

use std::sync::Arc;

use askama::Template;
use axum::{
    Router,
    body::Body,
    extract::{Path, Request, State},
    middleware::{Next, from_fn_with_state},
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use kernel::Language;
use ui::{Problem, ProblemPage, Surroundings, Texts};

use crate::{
    reader::{COOKIE, Reader},
    visit::Doorkeeper,
};

/// Nothing but our own script file, styles, fonts, images and frames; nothing inline, no plug-in, no foreign form target.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; font-src 'self'; \
     img-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");

/// Why a page is not shown. [`dress`] turns it into a page in the reader's language.
///
/// It is no `Error` itself, so that every error becomes one with `?`.
#[derive(Debug)]
pub enum PageError {
    /// There is no such page, or not for this reader.
    Missing,
    /// The address or the form makes no sense; the words are for the log.
    Refused(String),
    /// Nobody has signed in, or not for long enough; afterwards the reader comes back to this path and query.
    SignIn(String),
    /// The page is there, but not for this kind of request.
    WrongMethod,
    /// The reader is known and may not do this.
    Forbidden,
    /// The form did not come from a page of ours that this browser was shown.
    Stale,
    /// The upload is larger than the page takes.
    TooLarge,
    /// The reader has asked too often in a short time.
    TooMany,
    /// Anything unforeseen; logged once, here.
    Internal(anyhow::Error),
}

impl PageError {
    /// Wraps what nobody foresaw.
    pub fn internal(cause: impl Into<anyhow::Error>) -> Self {
        Self::Internal(cause.into())
    }
}

impl<E: Into<anyhow::Error>> From<E> for PageError {
    fn from(cause: E) -> Self {
        Self::internal(cause)
    }
}

/// Where somebody signs in; the query parameter `next` says where to go then.
pub const SIGN_IN: &str = "/sign-in";

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let (status, problem) = match &self {
            Self::SignIn(next) => return sign_in(next).into_response(),
            Self::Missing => (StatusCode::NOT_FOUND, Problem::Missing),
            Self::Refused(_) => (StatusCode::BAD_REQUEST, Problem::Refused),
            Self::WrongMethod => (StatusCode::METHOD_NOT_ALLOWED, Problem::WrongMethod),
            Self::Stale => (StatusCode::BAD_REQUEST, Problem::Stale),
            Self::Forbidden => (StatusCode::FORBIDDEN, Problem::Forbidden),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, Problem::TooLarge),
            Self::TooMany => (StatusCode::TOO_MANY_REQUESTS, Problem::TooMany),
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

fn sign_in(next: &str) -> Redirect {
    let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
    Redirect::to(&format!("{SIGN_IN}?next={next}"))
}

/// `path` if it leads to a page of this site and nowhere else, so that nobody is sent astray after signing in.
pub fn own_path(path: &str) -> Option<&str> {
    let own = path.starts_with('/') && !path.starts_with("//") && !path.contains('\\');
    (own && !path.chars().any(char::is_control)).then_some(path)
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

/// What a product puts around all its pages, in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    english: Surroundings,
    french: Surroundings,
}

impl Around {
    /// From what `of` says in each language.
    pub fn new(of: impl Fn(Language) -> Surroundings) -> Self {
        Self { english: of(Language::English), french: of(Language::French) }
    }

    /// In one language.
    pub const fn within(&self, language: Language) -> &Surroundings {
        match language {
            Language::English => &self.english,
            Language::French => &self.french,
        }
    }
}

/// Says of an answer that its page is written in this language only, its sibling standing elsewhere. A reader who has
/// never chosen a language goes on in the one of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spoken(pub Language);

/// Puts on every page of `router` the security headers, the page for each [`PageError`], what the product puts around
/// pages, and the cookie that remembers a chosen language. A header that a handler has set itself stays.
pub fn dress(router: Router, around: Around, doorkeeper: Doorkeeper) -> Router {
    router.layer(from_fn_with_state((Arc::new(around), doorkeeper), dressed))
}

async fn dressed(
    State((around, doorkeeper)): State<(Arc<Around>, Doorkeeper)>,
    mut request: Request,
    next: Next,
) -> Response {
    let (visit, first) = match doorkeeper.visit(request.headers()) {
        Ok(known) => known,
        Err(error) => return PageError::internal(error).into_response(),
    };
    let mut reader = Reader::of(request.uri(), request.headers());
    reader.csrf.clone_from(&visit.proof);
    reader.around.clone_from(&around);
    request.extensions_mut().insert(visit.clone());
    request.extensions_mut().insert(around);
    let mut answer = next.run(request).await;
    if let Some(problem) = answer.extensions_mut().remove::<Problem>() {
        answer = with_words(answer, problem, &reader);
    }
    let spoken = answer.extensions_mut().remove::<Spoken>().filter(|_| !reader.has_chosen());
    let headers = answer.headers_mut();
    protect(headers);
    if let Some(language) = reader.asked().or(spoken.map(|Spoken(language)| language)) {
        let cookie =
            format!("{COOKIE}={language}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            headers.append(header::SET_COOKIE, cookie);
        }
    }
    if first && let Ok(cookie) = HeaderValue::from_str(&doorkeeper.cookie(&visit)) {
        headers.append(header::SET_COOKIE, cookie);
    }
    answer
}

fn protect(headers: &mut HeaderMap) {
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
        (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::VARY, HeaderValue::from_static("Cookie, Accept-Language")),
    ];
    for (name, value) in fixed {
        headers.entry(name).or_insert(value);
    }
}

/// The answer with a page for its body; its status and headers stay.
fn with_words(answer: Response, problem: Problem, reader: &Reader) -> Response {
    let (title, advice) = problem.words(Texts(reader.language));
    let product = reader.around.within(reader.language).product.clone();
    let shell = reader.shell(title, product, Vec::new());
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

async fn asset(Path(name): Path<String>, asked: HeaderMap) -> Response {
    let Some(asset) = ui::asset::find(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let takes = asked.get(header::ACCEPT_ENCODING).and_then(|kinds| kinds.to_str().ok());
    let packed =
        asset.gzip.as_deref().filter(|_| takes.is_some_and(|kinds| kinds.contains("gzip")));
    let headers = [
        (header::CONTENT_TYPE, asset.media_type),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::VARY, "Accept-Encoding"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    match packed {
        Some(bytes) => ([(header::CONTENT_ENCODING, "gzip")], headers, bytes).into_response(),
        None => (headers, asset.bytes.as_ref()).into_response(),
    }
}
