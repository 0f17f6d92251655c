//! `GET /v2/manage-template-folder` and one folder of it.

use accounts::Capability;
use axum::{Json, extract::State};
use notify_store::{FolderId, template_folder};
use serde::Serialize;
use utoipa::ToSchema;

use super::body::{Folder, folder, folders};
use crate::{
    Api, ApiKey,
    document::{Errors, ReadRefused},
    error::{ApiError, Refusal},
    schema::path_uuid,
    segment::Segment,
};

/// A service's folders.
#[derive(Serialize, ToSchema)]
pub struct Folders {
    /// The folders, oldest first.
    pub template_folders: Vec<Folder>,
}

/// List the service's folders.
#[utoipa::path(
    get, path = "/v2/manage-template-folder", tag = "Template management", operation_id = "get_template_folders",
    responses((status = 200, description = "The folders", body = Folders), ReadRefused)
)]
pub async fn list(State(api): State<Api>, key: ApiKey) -> Result<Json<Folders>, ApiError> {
    key.must_have(Capability::ManageTemplates)?;
    let rows = template_folder::list(api.db.read(), key.service.id).await?;
    Ok(Json(Folders { template_folders: folders(&api, &key, rows).await? }))
}

/// Read one folder.
#[utoipa::path(
    get, path = "/v2/manage-template-folder/{folder_id}", tag = "Template management", operation_id = "get_template_folder",
    params(("folder_id" = Uuid, Path, description = "The folder")),
    responses(
        (status = 200, description = "The folder", body = Folder),
        (status = 404, description = "The service has no such folder", body = Errors),
        ReadRefused,
    )
)]
pub async fn show(
    State(api): State<Api>,
    key: ApiKey,
    Segment(id): Segment,
) -> Result<Json<Folder>, ApiError> {
    key.must_have(Capability::ManageTemplates)?;
    let id = FolderId::from_uuid(path_uuid("id", &id)?);
    let found = template_folder::find(api.db.read(), key.service.id, id).await?;
    Ok(Json(folder(&api, &key, found.ok_or(Refusal::NoResultFound)?).await?))
}
