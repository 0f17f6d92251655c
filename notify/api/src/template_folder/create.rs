//! `POST /v2/manage-template-folder`.

use accounts::Capability;
use axum::{Json, extract::State};
use http::StatusCode;
use notify_store::template_folder;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::body::{Folder, folder};
use crate::{
    Api, ApiKey,
    document::{BodyRefused, ReadRefused},
    error::{ApiError, Refusal},
    manage_template::{parent, stamp},
    schema::{Fields, Raw},
};

/// A folder to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateFolder {
    /// Its name.
    #[schema(min_length = 1, max_length = 255)]
    pub name: String,
    /// The folder it shall lie in; null is the top.
    pub parent_folder_id: Option<Uuid>,
}

/// Make a folder.
#[utoipa::path(
    post, path = "/v2/manage-template-folder", tag = "Template management", operation_id = "create_template_folder",
    request_body = CreateFolder,
    responses((status = 201, description = "The folder", body = Folder), ReadRefused, BodyRefused)
)]
pub async fn create(
    State(api): State<Api>,
    key: ApiKey,
    raw: Raw,
) -> Result<(StatusCode, Json<Folder>), ApiError> {
    key.must_have(Capability::ManageTemplates)?;
    let mut fields = Fields::of(raw.json().await?, &["name", "parent_folder_id"])?;
    if !fields.has("name") {
        fields.refuse(Refusal::Required { at: "".into(), field: "name".into() });
    }
    let name = super::name(&mut fields);
    let parent = parent(&mut fields).flatten();
    let name = fields.finish(name)?;
    let (service, stamp) = (key.service.id, stamp(&api, &key));
    let tx = api.db.begin().await?;
    let made = template_folder::create(&tx, &stamp, service, &name, parent).await?;
    tx.commit().await.map_err(db::Error::from)?;
    Ok((StatusCode::CREATED, Json(folder(&api, &key, made).await?)))
}
