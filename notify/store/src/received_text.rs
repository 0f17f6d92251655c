//! A text that somebody sent to a service.

use accounts::ServiceId;
use kernel::Time;
use sea_orm::entity::prelude::*;

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
