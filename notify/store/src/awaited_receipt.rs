//! A message whose provider will tell how it ended, and when we stop waiting for that.

use kernel::Time;
use sea_orm::entity::prelude::*;

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
