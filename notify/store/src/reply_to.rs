//! An address that a service's recipients may reply to.

use accounts::ServiceId;
use kernel::Time;
use sea_orm::entity::prelude::*;

use crate::ReplyToId;

/// An address that a service's recipients may reply to.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reply_to")]
pub struct Model {
    /// The address' id, `email_reply_to_id` on the wire.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReplyToId,
    /// Whose it is.
    pub service_id: ServiceId,
    /// The address.
    pub email_address: String,
    /// Whether it is used when a request names none.
    pub is_default: bool,
    /// When it was added.
    pub created_at: Time,
    /// When it was removed.
    pub archived_at: Option<Time>,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
