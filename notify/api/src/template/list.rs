//! `GET /v2/templates`.

use axum::{Json, extract::State};
use notify_store::template;
use serde::Serialize;
use utoipa::ToSchema;

use super::TemplateBody;
use crate::{
    Api, ApiKey,
    document::{Kind, ReadRefused},
    error::{ApiError, Refusal},
    query::Query,
};

/// A service's templates.
#[derive(Serialize, ToSchema)]
pub struct Templates {
    /// Those that are not archived, by name and then by type.
    pub templates: Vec<TemplateBody>,
}

/// List the service's templates.
#[utoipa::path(
    get, path = "/v2/templates", tag = "Templates", operation_id = "get_templates",
    params(("type" = Option<Kind>, Query, description = "Only `email` or only `sms`")),
    responses((status = 200, description = "The templates", body = Templates), ReadRefused)
)]
pub async fn list(
    State(api): State<Api>,
    key: ApiKey,
    query: Query,
) -> Result<Json<Templates>, ApiError> {
    query.only(&["type"])?;
    let channel = match query.one("type") {
        None => None,
        // Nobody has letters.
        Some("letter") => return Ok(Json(Templates { templates: Vec::new() })),
        Some(word) => Some(word.parse().map_err(|_| unknown(word))?),
    };
    let found = template::list(api.db.read(), key.service.id, channel).await?;
    Ok(Json(Templates { templates: found.into_iter().map(TemplateBody::from).collect() }))
}

fn unknown(word: &str) -> Refusal {
    let (value, allowed) = (word.to_owned(), "sms, email, letter".to_owned());
    Refusal::NotOneOf { at: "type".into(), value, allowed }
}
