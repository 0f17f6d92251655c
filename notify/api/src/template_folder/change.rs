//! `PATCH /v2/manage-template-folder/{id}`.

use accounts::Capability;
use axum::{Json, extract::State};
use notify_store::{
    FolderId,
    template_folder::{self, Change},
};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::body::{Folder, folder};
use crate::{
    Api, ApiKey,
    document::{BodyRefused, Errors, ReadRefused},
    error::ApiError,
    manage_template::{parent, stamp},
    schema::{Fields, Raw, path_uuid},
    segment::Segment,
};

/// What is to be changed; what is left out stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeFolder {
    /// Its name.
    #[schema(min_length = 1, max_length = 255, nullable = false)]
    pub name: Option<String>,
    /// The folder it shall lie in; null is the top.
    pub parent_folder_id: Option<Uuid>,
}

/// Rename or move a folder.
#[utoipa::path(
    patch, path = "/v2/manage-template-folder/{folder_id}", tag = "Template management", operation_id = "update_template_folder",
    params(("folder_id" = Uuid, Path, description = "The folder")),
    request_body = ChangeFolder,
    responses(
        (status = 200, description = "The folder as it is now", body = Folder),
        (status = 404, description = "The service has no such folder", body = Errors),
        ReadRefused, BodyRefused,
    )
)]
pub async fn change(
    State(api): State<Api>,
    key: ApiKey,
    Segment(id): Segment,
    raw: Raw,
) -> Result<Json<Folder>, ApiError> {
    key.must_have(Capability::ManageTemplates)?;
    let id = FolderId::from_uuid(path_uuid("id", &id)?);
    let mut fields = Fields::of(raw.json().await?, &["name", "parent_folder_id"])?;
    let change = Change { name: super::name(&mut fields), parent_id: parent(&mut fields) };
    fields.done()?;
    let (service, stamp) = (key.service.id, stamp(&api, &key));
    let tx = api.db.begin().await?;
    let changed = template_folder::change(&tx, &stamp, service, id, &change).await?;
    tx.commit().await.map_err(db::Error::from)?;
    Ok(Json(folder(&api, &key, changed).await?))
}
