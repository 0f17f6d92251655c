//! All routes of the API with their documentation, as one list.

use axum::{Router, middleware::from_fn_with_state};
use http::{Method, Uri};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::{
    Api, batch, document,
    error::{ApiError, Refusal, word},
    forwarder::forwarded,
    incoming, manage_template, notification,
    openapi::{self, Documents},
    received_text, report, status, template, template_folder,
};

/// The routes, ready to be mounted at `/`, and what is written about them.
pub fn router(api: Api) -> (Router, utoipa::openapi::OpenApi) {
    let (routes, written) = OpenApiRouter::with_openapi(document::Document::openapi())
        .merge(notification::routes())
        .merge(batch::routes())
        .merge(template::routes())
        .merge(received_text::routes())
        .merge(manage_template::routes())
        .merge(template_folder::routes())
        .merge(report::routes())
        .merge(incoming::routes())
        .merge(status::routes())
        .merge(openapi::routes())
        .split_for_parts();
    match Documents::new(written.clone(), &api.settings.public_url) {
        // A second router of the same API says the same.
        Ok(documents) => drop(api.documents.set(documents)),
        Err(error) => tracing::error!(%error, "cannot write the OpenAPI documents"),
    }
    let cors = api.settings.cors.clone();
    let wording = api.settings.wording();
    let routes = routes
        .fallback(unknown_path)
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn_with_state(api.settings.forwarders.clone(), forwarded))
        .layer(from_fn_with_state(wording, word))
        .with_state(api);
    (cors.on(routes), written)
}

async fn unknown_path() -> ApiError {
    Refusal::UnknownPath.into()
}

/// On `POST` what follows `/v2/notifications/` is a kind of message, so there another one is an unknown path
/// (API specification, section 2.0).
async fn wrong_method(method: Method, uri: Uri) -> ApiError {
    let kind = uri.path().strip_prefix("/v2/notifications/");
    if method == Method::POST && kind.is_some_and(|kind| !kind.contains('/')) {
        return Refusal::UnknownPath.into();
    }
    Refusal::WrongMethod.into()
}
