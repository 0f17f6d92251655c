//! Whether the server is there: `/` and `/_status`, without a key (API specification, section 2.0).

use axum::{Json, extract::State};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    Api,
    document::Errors,
    error::{ApiError, Refusal},
    query::Query,
};

/// The routes.
pub fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(root)).routes(routes!(status, posted))
}

/// From what this program was built.
#[derive(Clone, Debug, Default)]
pub struct Build {
    /// The commit.
    pub commit: String,
    /// When.
    pub time: String,
}

/// The server is there.
#[derive(Serialize, ToSchema)]
pub struct Status {
    /// Always `ok`.
    #[schema(example = "ok")]
    pub status: &'static str,
    /// The commit it was built from; not with `simple`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub commit_sha: Option<String>,
    /// When it was built; not with `simple`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub build_time: Option<String>,
    /// The newest change of the database's tables; not with `simple`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub db_version: Option<String>,
}

/// Ask whether the server is there.
#[utoipa::path(
    get, path = "/", tag = "Status", operation_id = "get_root", security(()),
    params(("simple" = Option<String>, Query, description = "Anything: without asking the database")),
    responses(
        (status = 200, description = "It is there", body = Status),
        (status = 503, description = "The database is not", body = Errors),
    )
)]
pub async fn root(State(api): State<Api>, query: Query) -> Result<Json<Status>, ApiError> {
    answer(&api, &query).await
}

/// Ask whether the server is there.
#[utoipa::path(
    get, path = "/_status", tag = "Status", operation_id = "get_status", security(()),
    params(("simple" = Option<String>, Query, description = "Anything: without asking the database")),
    responses(
        (status = 200, description = "It is there", body = Status),
        (status = 503, description = "The database is not", body = Errors),
    )
)]
pub async fn status(State(api): State<Api>, query: Query) -> Result<Json<Status>, ApiError> {
    answer(&api, &query).await
}

/// Ask whether the server is there.
#[utoipa::path(
    post, path = "/_status", tag = "Status", operation_id = "post_status", security(()),
    params(("simple" = Option<String>, Query, description = "Anything: without asking the database")),
    responses(
        (status = 200, description = "It is there", body = Status),
        (status = 503, description = "The database is not", body = Errors),
    )
)]
pub async fn posted(State(api): State<Api>, query: Query) -> Result<Json<Status>, ApiError> {
    answer(&api, &query).await
}

async fn answer(api: &Api, query: &Query) -> Result<Json<Status>, ApiError> {
    if query.one("simple").is_some_and(|value| !value.is_empty()) {
        let (commit_sha, build_time, db_version) = (None, None, None);
        return Ok(Json(Status { status: "ok", commit_sha, build_time, db_version }));
    }
    let newest = db::migrate::newest(&api.db).await.map_err(|error| {
        tracing::error!(%error, "the database does not answer");
        Refusal::Overloaded
    })?;
    let Build { commit, time } = api.settings.build.clone();
    let (commit_sha, build_time) = (Some(commit), Some(time));
    let db_version = Some(newest.unwrap_or_default());
    Ok(Json(Status { status: "ok", commit_sha, build_time, db_version }))
}
