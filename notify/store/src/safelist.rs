//! A recipient who may be written to by a trial service or a team key.

use accounts::ServiceId;
use kernel::{Time, Word};
use notify::Channel;
use sea_orm::entity::prelude::*;

use crate::SafelistId;

/// A recipient who may be written to by a trial service or a team key.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "safelist")]
pub struct Model {
    /// The entry.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SafelistId,
    /// Whose it is.
    pub service_id: ServiceId,
    /// By e-mail or by text.
    pub channel: Word<Channel>,
    /// The address or number in its comparable form.
    pub recipient: String,
    /// When it was added.
    pub created_at: Time,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
