//! What happens around every request: an id, a span, a measure, and an answer even when the handler panics.

use std::{
    any::Any,
    convert::Infallible,
    fmt,
    future::Future,
    hash::{BuildHasher, RandomState},
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll},
    time::{Duration, Instant},
};

use axum::{
    extract::{MatchedPath, Request},
    response::Response,
};
use futures::FutureExt;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use tower::{Layer, Service};
use tracing::Instrument;

use crate::meter::{Meter, method_word};

/// The header that carries a request's id, in and out.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Tracing headers of the caller that are sent back as they came (API specification, section 0.4).
const ECHOED: [HeaderName; 2] =
    [HeaderName::from_static("x-b3-traceid"), HeaderName::from_static("x-b3-spanid")];

/// Longer than this and a request is written into the log whatever its answer.
const SLOW: Duration = Duration::from_secs(1);

/// The id of one request, in its span, in its answer and in the request's extensions.
#[derive(Clone, Debug)]
pub struct RequestId(HeaderValue);

impl RequestId {
    /// The caller's id when it is 1 to 128 characters of letters, digits and `-_.:/+=`; otherwise a new one.
    fn of(headers: &HeaderMap) -> Self {
        headers
            .get(REQUEST_ID)
            .filter(|id| is_sane(id.as_bytes()))
            .map_or_else(Self::new, |id| Self(id.clone()))
    }

    /// A number of this process followed by a count: unique without asking the system for randomness each time.
    fn new() -> Self {
        static PROCESS: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one(0));
        static COUNT: AtomicU64 = AtomicU64::new(1);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let id = format!("{:016x}-{count:x}", *PROCESS);
        Self(
            HeaderValue::from_maybe_shared(bytes::Bytes::from(id))
                .unwrap_or(HeaderValue::from(count)),
        )
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        self.0.to_str().unwrap_or_default()
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

fn is_sane(id: &[u8]) -> bool {
    (1..=128).contains(&id.len())
        && id.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:/+=".contains(byte))
}

/// Layer for a whole router: put it on last, with the answer that a panic gets in the shape of that router.
///
/// Every answer carries `X-Request-Id` and `X-Content-Type-Options: nosniff`; `http_requests_total` and
/// `http_request_seconds` count by route. Normal requests are logged at debug, slow and failed ones at info.
#[derive(Clone)]
pub struct Observe {
    on_panic: fn() -> Response,
}

impl Observe {
    /// `on_panic` makes the 500 that a panicking handler is answered with.
    pub fn new(on_panic: fn() -> Response) -> Self {
        Self { on_panic }
    }
}

impl<S> Layer<S> for Observe {
    type Service = Observed<S>;

    /// axum calls this once a route and method, so each gets a meter of its own.
    fn layer(&self, inner: S) -> Observed<S> {
        Observed { inner, on_panic: self.on_panic, meter: Arc::default() }
    }
}

/// A route under observation.
#[derive(Clone)]
pub struct Observed<S> {
    inner: S,
    on_panic: fn() -> Response,
    meter: Arc<Meter>,
}

impl<S> Service<Request> for Observed<S>
where
    S: Service<Request, Response = Response, Error = Infallible>,
    S::Future: Send + 'static,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request) -> Self::Future {
        let visit = Visit::begin(&request, Arc::clone(&self.meter), self.on_panic);
        request.extensions_mut().insert(visit.id.clone());
        let span = tracing::info_span!(
            "request",
            request.id = visit.id.as_str(),
            http.method = visit.method,
            http.route = visit.route(),
        );
        let started = span.in_scope(|| catch_unwind(AssertUnwindSafe(|| self.inner.call(request))));
        Box::pin(
            async move {
                let answer = match started {
                    Ok(answer) => AssertUnwindSafe(answer).catch_unwind().await,
                    Err(panic) => Err(panic),
                };
                Ok(visit.end(answer))
            }
            .instrument(span),
        )
    }
}

/// One request on its way through.
struct Visit {
    began: Instant,
    id: RequestId,
    echo: [Option<HeaderValue>; 2],
    method: &'static str,
    route: Option<MatchedPath>,
    meter: Arc<Meter>,
    on_panic: fn() -> Response,
}

impl Visit {
    fn begin(request: &Request, meter: Arc<Meter>, on_panic: fn() -> Response) -> Self {
        let headers = request.headers();
        Self {
            began: Instant::now(),
            id: RequestId::of(headers),
            echo: ECHOED.map(|name| headers.get(name).cloned()),
            method: method_word(request.method()),
            route: request.extensions().get::<MatchedPath>().cloned(),
            meter,
            on_panic,
        }
    }

    fn route(&self) -> &str {
        self.route.as_ref().map_or("unmatched", MatchedPath::as_str)
    }

    fn end(self, answer: Result<Result<Response, Infallible>, Box<dyn Any + Send>>) -> Response {
        let mut answer = match answer {
            Ok(Ok(answer)) => answer,
            // The process's panic hook has written what happened, within this request's span.
            Err(_) => (self.on_panic)(),
        };
        let took = self.began.elapsed();
        self.meter.record(self.route(), self.method, answer.status(), took);
        self.log(&answer, took);

        let headers = answer.headers_mut();
        headers.insert(REQUEST_ID, self.id.0);
        headers
            .insert(header::X_CONTENT_TYPE_OPTIONS, const { HeaderValue::from_static("nosniff") });
        for (name, value) in ECHOED.into_iter().zip(self.echo) {
            if let Some(value) = value {
                headers.insert(name, value);
            }
        }
        answer
    }

    fn log(&self, answer: &Response, took: Duration) {
        let status = answer.status();
        if status.is_server_error() || took > SLOW {
            tracing::info!(status = status.as_u16(), ms = took.as_millis(), "answered {status}");
        } else {
            tracing::debug!(status = status.as_u16(), us = took.as_micros(), "answered {status}");
        }
    }
}
