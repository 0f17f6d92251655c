//! Which web sites' scripts may call the API (API specification, section 0.4): a short list, usually a documentation site.

use std::{convert::Infallible, sync::Arc};

use axum::{
    Router,
    extract::{Request, State},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header, header::InvalidHeaderValue};

const METHODS: HeaderValue = HeaderValue::from_static("GET,PUT,POST,PATCH,DELETE");
const HEADERS: HeaderValue = HeaderValue::from_static("Content-Type,Authorization");

/// The origins that may call.
#[derive(Clone, Debug, Default)]
pub struct Cors {
    origins: Arc<[HeaderValue]>,
}

impl Cors {
    /// `origins` as browsers send them, such as `https://docs.example.ca`; none at all is a good default.
    ///
    /// # Errors
    /// When one of them cannot stand in a header.
    pub fn new<I: AsRef<str>>(
        origins: impl IntoIterator<Item = I>,
    ) -> Result<Self, InvalidHeaderValue> {
        let origins = origins
            .into_iter()
            .map(|origin| HeaderValue::from_str(origin.as_ref().trim_end_matches('/')))
            .collect::<Result<_, _>>()?;
        Ok(Self { origins })
    }

    /// Puts the rules on every route of `router`. `OPTIONS` is answered here with 204, before any authentication.
    pub fn on(self, router: Router) -> Router {
        router.layer(from_fn_with_state(self, across))
    }

    fn admitted(&self, headers: &HeaderMap) -> Option<HeaderValue> {
        let origin = headers.get(header::ORIGIN)?;
        self.origins.iter().find(|known| *known == origin).cloned()
    }
}

async fn across(
    State(cors): State<Cors>,
    request: Request,
    next: Next,
) -> Result<Response, Infallible> {
    let admitted = cors.admitted(request.headers());
    let mut answer = if request.method() == Method::OPTIONS {
        (StatusCode::NO_CONTENT, [(header::ALLOW, METHODS)]).into_response()
    } else {
        next.run(request).await
    };
    let headers = answer.headers_mut();
    if let Some(origin) = admitted {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HEADERS);
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, METHODS);
    }
    if !cors.origins.is_empty() {
        headers.append(header::VARY, const { HeaderValue::from_static("Origin") });
    }
    Ok(answer)
}
