//! A message whose provider will tell how it ended, and when we stop waiting for that.

use db::Transaction;
use kernel::Time;
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect, entity::prelude::*};

use crate::NotificationId;

/// A message whose provider will tell how it ended, and when we stop waiting for that.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "awaited_receipt")]
pub struct Model {
    /// The message.
    #[sea_orm(primary_key, auto_increment = false)]
    pub notification_id: NotificationId,
    /// When waiting ends.
    pub due_at: Time,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Waits for receipts of messages that a provider just took, until `due_at`.
pub async fn insert(tx: &Transaction, ids: &[NotificationId], due_at: Time) -> db::Result<()> {
    if !ids.is_empty() {
        let rows = ids.iter().map(|id| Model { notification_id: *id, due_at });
        let rows = rows.map(|row| row.into_active_model().reset_all());
        Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Waits no longer, because the messages have ended.
pub async fn remove(tx: &Transaction, ids: &[NotificationId]) -> db::Result<()> {
    let ended = Column::NotificationId.is_in(ids.iter().copied());
    Entity::delete_many().filter(ended).exec(tx).await?;
    Ok(())
}

/// Messages whose receipt should have come by `now`, the longest overdue first.
pub async fn overdue(
    db: &impl ConnectionTrait,
    now: Time,
    most: u64,
) -> db::Result<Vec<NotificationId>> {
    Ok(Entity::find()
        .select_only()
        .column(Column::NotificationId)
        .filter(Column::DueAt.lte(now))
        .order_by_asc(Column::DueAt)
        .limit(most)
        .into_tuple()
        .all(db)
        .await?)
}
