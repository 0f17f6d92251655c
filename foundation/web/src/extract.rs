//! Extractors of pages: what an address says, or the page for an address that says nothing.

use axum::extract::{FromRequestParts, Path, Query};
use http::request::Parts;
use serde::de::DeserializeOwned;

use crate::PageError;

/// The variable parts of the path. What cannot be read leads nowhere, so it is [`PageError::Missing`].
#[derive(Clone, Copy, Debug)]
pub struct At<T>(pub T);

impl<T, S> FromRequestParts<S> for At<T>
where
    T: DeserializeOwned + Send,
    S: Send + Sync,
{
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, PageError> {
        let found = Path::from_request_parts(parts, state).await;
        found.map(|Path(at)| Self(at)).map_err(|_| PageError::Missing)
    }
}

/// The query. What cannot be read is [`PageError::Refused`].
#[derive(Clone, Copy, Debug)]
pub struct Asked<T>(pub T);

impl<T, S> FromRequestParts<S> for Asked<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, PageError> {
        let read = Query::try_from_uri(&parts.uri);
        read.map(|Query(asked)| Self(asked)).map_err(|error| PageError::Refused(error.to_string()))
    }
}
