//! A folder as answers show it.

use accounts::PersonId;
use notify_store::{folder_viewer, template_folder::Model};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Api, ApiKey};

/// A folder of templates.
#[derive(Serialize, ToSchema)]
pub struct Folder {
    /// The folder.
    pub id: Uuid,
    /// The service.
    pub service_id: Uuid,
    /// Its name.
    pub name: String,
    /// The folder it lies in; null is the top.
    pub parent_folder_id: Option<Uuid>,
    /// The people of the team who see it.
    pub users_with_permission: Vec<Uuid>,
}

/// Folders with the people who see them.
pub async fn folders(api: &Api, key: &ApiKey, rows: Vec<Model>) -> db::Result<Vec<Folder>> {
    let mut seers = folder_viewer::seers(api.db.read(), key.service.id).await?;
    let mut folder = |row: Model| Folder {
        id: row.id.uuid(),
        service_id: row.service_id.uuid(),
        name: row.name,
        parent_folder_id: row.parent_id.map(kernel::Id::uuid),
        users_with_permission: people(seers.remove(&row.id)),
    };
    Ok(rows.into_iter().map(&mut folder).collect())
}

fn people(seers: Option<Vec<PersonId>>) -> Vec<Uuid> {
    seers.unwrap_or_default().into_iter().map(kernel::Id::uuid).collect()
}

/// One folder with the people who see it.
pub async fn folder(api: &Api, key: &ApiKey, row: Model) -> db::Result<Folder> {
    folders(api, key, vec![row]).await?.pop().ok_or(db::Error::Missing)
}
