//! A text that somebody sent to a service.

pub mod conversation;

use accounts::ServiceId;
use db::Transaction;
use kernel::{Time, Vault, vault::VaultError};
use sea_orm::{
    IntoActiveModel, QueryOrder, QuerySelect, QueryTrait, TryInsertResult, entity::prelude::*,
};
use serde::{Deserialize, Serialize};

use crate::ReceivedTextId;

/// A text that somebody sent to a service.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "received_text")]
pub struct Model {
    /// The text.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReceivedTextId,
    /// Whose it is.
    pub service_id: ServiceId,
    /// The service's number it was sent to.
    pub notify_number: String,
    /// [`Content`], sealed for this row's id: who wrote what.
    pub sealed: Vec<u8>,
    /// The keyed hash of service and number, by which a conversation is found
    /// ([`crate::notification::recipient_hash`]); none in what was kept before there was one.
    pub sender_hash: Option<i64>,
    /// Which provider brought it.
    pub provider: String,
    /// The provider's own name for it; one text is kept once.
    pub provider_reference: String,
    /// When the provider received it.
    pub received_at: Time,
    /// When it was kept.
    pub created_at: Time,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Who wrote what: the personal part of a received text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The number of whoever wrote.
    pub from: String,
    /// What they wrote.
    pub text: String,
}

impl Content {
    /// Seals the content for the text `id`.
    pub fn seal(&self, vault: &Vault, id: ReceivedTextId) -> Result<Vec<u8>, VaultError> {
        let plain = serde_json::to_vec(self).map_err(|_| VaultError::Broken)?;
        vault.seal(id.uuid().as_bytes(), &plain)
    }

    /// Opens what was sealed for the text `id`.
    pub fn open(vault: &Vault, id: ReceivedTextId, sealed: &[u8]) -> Result<Self, VaultError> {
        let plain = vault.open(id.uuid().as_bytes(), sealed)?;
        serde_json::from_slice(&plain).map_err(|_| VaultError::Broken)
    }
}

/// Keeps a received text, once for each name that its provider gave it; false if it was kept before.
pub async fn insert(tx: &Transaction, row: Model) -> db::Result<bool> {
    let (service, of_sender) = (row.service_id, row.sender_hash.map(|hash| (hash, row.id)));
    let kept = Entity::insert(row.into_active_model().reset_all())
        .on_conflict_do_nothing_on([Column::Provider, Column::ProviderReference])
        .exec_without_returning(tx)
        .await?;
    let is_new = matches!(kept, TryInsertResult::Inserted(1..));
    if let Some(of_sender) = of_sender.filter(|_| is_new) {
        conversation::note(tx, service, of_sender).await?;
    }
    Ok(is_new)
}

/// One page of a service's received texts, newest first.
pub async fn page(
    db: &impl ConnectionTrait,
    service: ServiceId,
    older_than: Option<ReceivedTextId>,
    size: u64,
) -> db::Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(Column::ServiceId.eq(service))
        .apply_if(older_than, |rows, last| rows.filter(Column::Id.lt(last)))
        .order_by_desc(Column::Id)
        .limit(size)
        .all(db)
        .await?)
}

/// Some of a service's received texts.
pub async fn some(
    db: &impl ConnectionTrait,
    service: ServiceId,
    ids: &[ReceivedTextId],
) -> db::Result<Vec<Model>> {
    let own = Entity::find().filter(Column::ServiceId.eq(service));
    Ok(own.filter(Column::Id.is_in(ids.iter().copied())).all(db).await?)
}

/// One page of what somebody wrote to a service, newest first.
pub async fn of_sender(
    db: &impl ConnectionTrait,
    (service, sender_hash): (ServiceId, i64),
    older_than: Option<ReceivedTextId>,
    size: u64,
) -> db::Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(Column::ServiceId.eq(service))
        .filter(Column::SenderHash.eq(sender_hash))
        .apply_if(older_than, |rows, last| rows.filter(Column::Id.lt(last)))
        .order_by_desc(Column::Id)
        .limit(size)
        .all(db)
        .await?)
}

/// One received text of a service.
pub async fn find(
    db: &impl ConnectionTrait,
    service: ServiceId,
    id: ReceivedTextId,
) -> db::Result<Option<Model>> {
    Ok(Entity::find_by_id(id).filter(Column::ServiceId.eq(service)).one(db).await?)
}

/// Destroys texts that were kept before `before`; how many there were.
pub async fn purge(tx: &Transaction, of: Option<ServiceId>, before: Time) -> db::Result<u64> {
    conversation::purge(tx, of, before).await?;
    let old = Entity::delete_many()
        .filter(Column::Id.lt(ReceivedTextId::first_of(before)))
        .apply_if(of, |rows, service| rows.filter(Column::ServiceId.eq(service)));
    Ok(old.exec(tx).await?.rows_affected)
}
