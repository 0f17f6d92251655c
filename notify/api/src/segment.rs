//! Reading the parts of a path that stand for something.

use axum::extract::{FromRequestParts, Path};
use http::request::Parts;
use serde::de::DeserializeOwned;

use crate::{
    Api,
    error::{ApiError, Refusal},
};

/// The parts of the path, decoded; what is no text at all is refused as no UUID.
#[derive(Clone, Debug)]
pub struct Segment<T = String>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<Api> for Segment<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, ApiError> {
        match Path::<T>::from_request_parts(parts, api).await {
            Ok(Path(read)) => Ok(Self(read)),
            Err(_) => Err(Refusal::NotUuid { at: "id".into() }.into()),
        }
    }
}
