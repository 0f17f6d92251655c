//! A folder as answers show it.

use accounts::membership;
use notify_store::template_folder::Model;
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
    /// The people who see it: the whole team.
    pub users_with_permission: Vec<Uuid>,
}

/// Folders with the people who see them.
pub async fn folders(api: &Api, key: &ApiKey, rows: Vec<Model>) -> db::Result<Vec<Folder>> {
    let team = membership::people(api.db.read(), key.service.id).await?;
    let people: Vec<_> = team.into_iter().map(|person| person.id.uuid()).collect();
    let folder = |row: Model| Folder {
        id: row.id.uuid(),
        service_id: row.service_id.uuid(),
        name: row.name,
        parent_folder_id: row.parent_id.map(kernel::Id::uuid),
        users_with_permission: people.clone(),
    };
    Ok(rows.into_iter().map(folder).collect())
}

/// One folder with the people who see it.
pub async fn folder(api: &Api, key: &ApiKey, row: Model) -> db::Result<Folder> {
    folders(api, key, vec![row]).await?.pop().ok_or(db::Error::Missing)
}
