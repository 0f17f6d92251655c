//! `DELETE /v2/manage-template-folder/{id}`.

use accounts::Capability;
use axum::{Json, extract::State};
use notify_store::{
    FolderId,
    template_folder::{self, Refusal},
};

use super::body::{Folder, folder};
use crate::{
    Api, ApiKey,
    document::{Errors, ReadRefused},
    error::ApiError,
    manage_template::stamp,
    schema::path_uuid,
    segment::Segment,
};

/// Remove an empty folder.
#[utoipa::path(
    delete, path = "/v2/manage-template-folder/{folder_id}", tag = "Template management", operation_id = "delete_template_folder",
    params(("folder_id" = Uuid, Path, description = "The folder")),
    responses(
        (status = 200, description = "The folder as it was", body = Folder),
        (status = 404, description = "The service has no such folder", body = Errors),
        ReadRefused,
    )
)]
pub async fn remove(
    State(api): State<Api>,
    key: ApiKey,
    Segment(id): Segment,
) -> Result<Json<Folder>, ApiError> {
    key.must_have(Capability::ManageTemplates)?;
    let id = FolderId::from_uuid(path_uuid("id", &id)?);
    let (service, stamp) = (key.service.id, stamp(&api, &key));
    let known = template_folder::find(api.db.read(), service, id).await?;
    let answer = folder(&api, &key, known.ok_or(Refusal::Missing)?).await?;
    let tx = api.db.begin().await?;
    template_folder::remove(&tx, &stamp, service, id).await?;
    tx.commit().await.map_err(db::Error::from)?;
    Ok(Json(answer))
}
