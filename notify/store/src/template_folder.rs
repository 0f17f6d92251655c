//! A folder of templates.

use accounts::ServiceId;
use audit::Stamp;
use db::Transaction;
use kernel::Time;
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect, entity::prelude::*};
use serde_json::json;

use crate::{FolderId, folder_viewer, template, trail};

/// A folder of templates.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "template_folder")]
pub struct Model {
    /// The folder.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FolderId,
    /// Whose it is.
    pub service_id: ServiceId,
    /// Its name.
    pub name: String,
    /// The folder it lies in; none is the top.
    pub parent_id: Option<FolderId>,
    /// When it was made.
    pub created_at: Time,
    /// Whether only some members see it, see [`crate::folder_viewer`]; else everybody who sees the folder above.
    pub restricted: bool,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// How deep folders may lie in one another.
pub const DEEPEST: usize = 50;

/// Why a folder could not be made, changed or removed (API specification, section 2.13).
#[derive(Clone, Debug, thiserror::Error)]
pub enum Refusal {
    /// The service has no such folder.
    #[error("no such folder")]
    Missing,
    /// A name is more than white space.
    #[error("name cannot be empty")]
    NoName,
    /// The folder to put it into is not there.
    #[error("parent_folder_id not found")]
    NoParent,
    /// It cannot lie in itself.
    #[error("You cannot move a folder to itself")]
    IntoItself,
    /// It cannot lie in what lies in it.
    #[error("You cannot move a folder to one of its subfolders")]
    IntoSubfolder,
    /// Folders do not lie deeper than [`DEEPEST`].
    #[error("folders are nested too deeply")]
    TooDeep,
    /// Only an empty folder can be removed.
    #[error("Folder is not empty")]
    NotEmpty,
    /// The database refused.
    #[error(transparent)]
    Store(#[from] db::Error),
}

impl From<DbErr> for Refusal {
    fn from(cause: DbErr) -> Self {
        Self::Store(cause.into())
    }
}

/// What is to be changed; none stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Its name.
    pub name: Option<String>,
    /// The folder it lies in; `Some(None)` is the top.
    pub parent_id: Option<Option<FolderId>>,
}

/// Makes a folder.
pub async fn create(
    tx: &Transaction,
    stamp: &Stamp,
    service: ServiceId,
    name: &str,
    parent: Option<FolderId>,
) -> Result<Model, Refusal> {
    let name = named(name)?;
    let all = list(tx, service).await?;
    let row = Model {
        id: FolderId::new(stamp.at),
        service_id: service,
        name,
        parent_id: parent,
        created_at: stamp.at,
        restricted: false,
    };
    place(&all, row.id, parent)?;
    Entity::insert(row.clone().into_active_model()).exec_without_returning(tx).await?;
    let words = json!({"name": row.name, "parent": parent});
    trail::leave(tx, stamp, service, ("template-folder.create", row.id.uuid()), words).await?;
    Ok(row)
}

/// Renames or moves a folder.
pub async fn change(
    tx: &Transaction,
    stamp: &Stamp,
    service: ServiceId,
    id: FolderId,
    change: &Change,
) -> Result<Model, Refusal> {
    let all = locked(tx, service).await?;
    let before = all.iter().find(|row| row.id == id).ok_or(Refusal::Missing)?;
    let mut after = before.clone();
    if let Some(name) = &change.name {
        after.name = named(name)?;
    }
    if let Some(parent) = change.parent_id {
        place(&all, id, parent)?;
        after.parent_id = parent;
    }
    if after == *before {
        return Ok(after);
    }
    after.clone().into_active_model().reset_all().update(tx).await?;
    let words = json!({"name": after.name, "parent": after.parent_id});
    trail::leave(tx, stamp, service, ("template-folder.change", id.uuid()), words).await?;
    Ok(after)
}

/// Removes an empty folder and gives it as it was.
pub async fn remove(
    tx: &Transaction,
    stamp: &Stamp,
    service: ServiceId,
    id: FolderId,
) -> Result<Model, Refusal> {
    let all = locked(tx, service).await?;
    let row = all.iter().find(|row| row.id == id).ok_or(Refusal::Missing)?;
    let held = template::Column::FolderId.eq(id);
    let template = template::Entity::find().filter(template::Column::ServiceId.eq(service));
    let live = template.filter(template::Column::ArchivedAt.is_null());
    let holds_template = live.filter(held.clone()).one(tx).await?.is_some();
    if holds_template || all.iter().any(|other| other.parent_id == Some(id)) {
        return Err(Refusal::NotEmpty);
    }
    // What was archived in a restricted folder stays as hidden as the folder above.
    template::Entity::update_many()
        .col_expr(template::Column::FolderId, Expr::value(row.parent_id.map(kernel::Id::uuid)))
        .filter(template::Column::ServiceId.eq(service))
        .filter(held)
        .exec(tx)
        .await?;
    folder_viewer::forget(tx, id).await?;
    row.clone().into_active_model().delete(tx).await?;
    let words = json!({"name": row.name});
    trail::leave(tx, stamp, service, ("template-folder.remove", id.uuid()), words).await?;
    Ok(row.clone())
}

/// A service's folder.
pub async fn find(
    db: &impl ConnectionTrait,
    service: ServiceId,
    id: FolderId,
) -> db::Result<Option<Model>> {
    Ok(Entity::find_by_id(id).filter(Column::ServiceId.eq(service)).one(db).await?)
}

/// The nearest restricted folder on the way up from `folder`, itself included.
pub async fn restricted_above(
    db: &impl ConnectionTrait,
    service: ServiceId,
    folder: FolderId,
) -> db::Result<Option<FolderId>> {
    let all = list(db, service).await?;
    let mut at = Some(folder);
    for _ in 0..=DEEPEST {
        let Some(row) = at.and_then(|id| all.iter().find(|row| row.id == id)) else { break };
        if row.restricted {
            return Ok(Some(row.id));
        }
        at = row.parent_id;
    }
    Ok(None)
}

/// Whether any of a service's folders is seen by some members only.
pub async fn any_restricted(db: &impl ConnectionTrait, service: ServiceId) -> db::Result<bool> {
    let found = own(service).filter(Column::Restricted.eq(true)).one(db).await?;
    Ok(found.is_some())
}

/// All folders of a service, oldest first.
pub async fn list(db: &impl ConnectionTrait, service: ServiceId) -> db::Result<Vec<Model>> {
    Ok(own(service).all(db).await?)
}

fn own(service: ServiceId) -> Select<Entity> {
    Entity::find().filter(Column::ServiceId.eq(service)).order_by_asc(Column::Id)
}

/// All folders of a service, locked until the transaction ends, so that two moves make no circle.
async fn locked(tx: &Transaction, service: ServiceId) -> db::Result<Vec<Model>> {
    Ok(own(service).lock_exclusive().all(tx).await?)
}

fn named(name: &str) -> Result<String, Refusal> {
    let name = name.trim();
    if name.is_empty() { Err(Refusal::NoName) } else { Ok(name.to_owned()) }
}

/// Whether `id` may lie in `parent`: the way up from there ends at the top and does not meet `id`.
fn place(all: &[Model], id: FolderId, parent: Option<FolderId>) -> Result<(), Refusal> {
    if parent == Some(id) {
        return Err(Refusal::IntoItself);
    }
    let mut above = parent;
    for _ in 0..DEEPEST {
        let Some(folder) = above else { return Ok(()) };
        if folder == id {
            return Err(Refusal::IntoSubfolder);
        }
        let row = all.iter().find(|row| row.id == folder).ok_or(Refusal::NoParent)?;
        above = row.parent_id;
    }
    Err(Refusal::TooDeep)
}
