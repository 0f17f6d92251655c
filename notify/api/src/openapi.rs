//! The OpenAPI documents, English and French, as they are served without a key.

mod french;

use axum::{extract::State, response::Response};
use bytes::Bytes;
use http::StatusCode;
use utoipa::openapi::{OpenApi, Server};
use utoipa_axum::{router::OpenApiRouter, routes};

pub use self::french::in_french;
use crate::{Api, error::ApiError, schema::json_answer};

/// The routes.
pub fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(english)).routes(routes!(french))
}

/// Both documents, written out.
#[derive(Clone, Debug)]
pub struct Documents {
    english: Bytes,
    french: Bytes,
}

impl Documents {
    /// Writes `document` out for a server at `public_url`.
    pub fn new(mut document: OpenApi, public_url: &str) -> serde_json::Result<Self> {
        document.servers = Some(vec![Server::new(public_url)]);
        let english = Bytes::from(serde_json::to_vec(&document)?);
        let french = Bytes::from(serde_json::to_vec(&in_french(&document)?)?);
        Ok(Self { english, french })
    }
}

/// Read this document.
#[utoipa::path(
    get, path = "/v2/openapi-en", tag = "Status", operation_id = "get_openapi_en", security(()),
    responses((status = 200, description = "The OpenAPI document in English", body = Object))
)]
pub async fn english(State(api): State<Api>) -> Result<Response, ApiError> {
    answer(&api, |documents| documents.english.clone())
}

/// Read this document in French.
#[utoipa::path(
    get, path = "/v2/openapi-fr", tag = "Status", operation_id = "get_openapi_fr", security(()),
    responses((status = 200, description = "The OpenAPI document in French", body = Object))
)]
pub async fn french(State(api): State<Api>) -> Result<Response, ApiError> {
    answer(&api, |documents| documents.french.clone())
}

fn answer(api: &Api, which: impl Fn(&Documents) -> Bytes) -> Result<Response, ApiError> {
    let documents = api.documents.get();
    let documents = documents.ok_or_else(|| ApiError::internal("the documents are not written"))?;
    Ok(json_answer(StatusCode::OK, which(documents).to_vec()))
}
