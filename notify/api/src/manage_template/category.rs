//! `GET /v2/manage-template/template-categories`, and the list of categories that refusals carry.

use accounts::Capability;
use axum::{Json, extract::State};
use notify_store::{CategoryId, template_category};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Api, ApiKey,
    document::ReadRefused,
    error::{ApiError, Refusal},
};

/// All categories.
#[derive(Serialize, ToSchema)]
pub struct Categories {
    /// The categories by name.
    pub template_categories: Vec<Category>,
}

/// One category.
#[derive(Serialize, ToSchema)]
pub struct Category {
    /// The category.
    pub template_category_id: Uuid,
    /// Its English name.
    pub name: String,
}

/// List the categories that a template can have.
#[utoipa::path(
    get, path = "/v2/manage-template/template-categories", tag = "Template management", operation_id = "get_template_categories",
    responses((status = 200, description = "The categories", body = Categories), ReadRefused)
)]
pub async fn list(State(api): State<Api>, key: ApiKey) -> Result<Json<Categories>, ApiError> {
    key.must_have(Capability::ManageTemplates)?;
    Ok(Json(Categories { template_categories: all(&api).await? }))
}

/// Refuses a category that does not exist.
pub async fn must_exist(api: &Api, id: Option<CategoryId>) -> Result<(), ApiError> {
    let Some(id) = id else { return Ok(()) };
    match template_category::find(api.db.read(), id).await? {
        Some(_) => Ok(()),
        None => Err(with_list(api, Refusal::CategoryNotFound.into()).await),
    }
}

/// Puts the list of categories beside the errors when one of them is about categories.
pub async fn with_list(api: &Api, error: ApiError) -> ApiError {
    let about_them = error.problems().iter().any(|problem| {
        matches!(
            problem,
            Refusal::CategoryRequired | Refusal::CategoryNotUuid | Refusal::CategoryNotFound
        )
    });
    if !about_them {
        return error;
    }
    match all(api).await {
        Ok(list) => error.beside("template_categories", json!(list)),
        Err(failed) => failed.into(),
    }
}

async fn all(api: &Api) -> db::Result<Vec<Category>> {
    let rows = template_category::list(api.db.read()).await?;
    let category = |row: template_category::Model| Category {
        template_category_id: row.id.uuid(),
        name: row.name_en,
    };
    Ok(rows.into_iter().map(category).collect())
}
