//! A spreadsheet that somebody uploaded and has not sent yet: kept sealed for a day, then gone.

use accounts::{PersonId, ServiceId};
use chrono::TimeDelta;
use db::Transaction;
use kernel::{Time, Vault, vault::VaultError};
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect, entity::prelude::*};

use crate::{TemplateId, UploadId};

/// How long an upload waits for its sender.
pub const KEPT: TimeDelta = TimeDelta::hours(24);

/// A spreadsheet that waits to be sent.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "upload")]
pub struct Model {
    /// The upload, and later its batch.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UploadId,
    /// Whose it is.
    pub service_id: ServiceId,
    /// Who uploaded it.
    pub person_id: PersonId,
    /// What its messages are to be made from.
    pub template_id: TemplateId,
    /// In which version.
    pub template_version: i32,
    /// The file's name as it was uploaded.
    pub file_name: String,
    /// The keyed SHA-256 of the file.
    pub file_hash: Vec<u8>,
    /// Rows that are not blank, headings not counted.
    pub row_count: i32,
    /// The list as comma-separated text, sealed for this row's id.
    pub content_sealed: Vec<u8>,
    /// When it was uploaded.
    pub created_at: Time,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// The list as comma-separated text.
    ///
    /// # Errors
    /// When the vault lacks its key, or the row was changed.
    pub fn open(&self, vault: &Vault) -> Result<String, VaultError> {
        let plain = vault.open(self.id.uuid().as_bytes(), &self.content_sealed)?;
        String::from_utf8(plain).map_err(|_| VaultError::Broken)
    }
}

/// Keeps a new upload.
pub async fn insert(tx: &Transaction, row: Model) -> db::Result<()> {
    Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

/// A service's upload, unless its day is over.
pub async fn find(
    db: &impl ConnectionTrait,
    service: ServiceId,
    id: UploadId,
    now: Time,
) -> db::Result<Option<Model>> {
    Ok(own(service, id, now).one(db).await?)
}

/// The template that a service's upload is for, unless its day is over.
pub async fn template(
    db: &impl ConnectionTrait,
    service: ServiceId,
    id: UploadId,
    now: Time,
) -> db::Result<Option<TemplateId>> {
    let wanted = own(service, id, now).select_only().column(Column::TemplateId);
    Ok(wanted.into_tuple().one(db).await?)
}

/// A service's upload, held for the rest of the transaction so that it is started once.
pub async fn held(
    tx: &Transaction,
    service: ServiceId,
    id: UploadId,
    now: Time,
) -> db::Result<Option<Model>> {
    Ok(own(service, id, now).lock_exclusive().one(tx).await?)
}

/// Removes an upload, because it was sent or is not wanted; whether there was one.
pub async fn remove(tx: &Transaction, service: ServiceId, id: UploadId) -> db::Result<bool> {
    let gone = Entity::delete_by_id(id).filter(Column::ServiceId.eq(service)).exec(tx).await?;
    Ok(gone.rows_affected == 1)
}

/// Removes uploads whose day is over; how many went.
pub async fn purge(tx: &Transaction, now: Time) -> db::Result<u64> {
    let old = Column::Id.lt(UploadId::first_of(now - KEPT));
    Ok(Entity::delete_many().filter(old).exec(tx).await?.rows_affected)
}

fn own(service: ServiceId, id: UploadId, now: Time) -> Select<Entity> {
    Entity::find_by_id(id)
        .filter(Column::ServiceId.eq(service))
        .filter(Column::CreatedAt.gt(now - KEPT))
        .order_by_asc(Column::Id)
}
