//! A number or name that a service's texts come from.

use accounts::ServiceId;
use kernel::Time;
use sea_orm::entity::prelude::*;

use crate::SmsSenderId;

/// A number or name that a service's texts come from.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sms_sender")]
pub struct Model {
    /// The sender's id, `sms_sender_id` on the wire.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SmsSenderId,
    /// Whose it is.
    pub service_id: ServiceId,
    /// The number or the name of at most 11 letters and digits.
    pub sender: String,
    /// Whether it is used when a request names none.
    pub is_default: bool,
    /// Whether texts sent to it are this service's received texts.
    pub receives: bool,
    /// When it was added.
    pub created_at: Time,
    /// When it was removed.
    pub archived_at: Option<Time>,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
