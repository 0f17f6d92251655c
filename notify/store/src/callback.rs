//! Where a service wants to be told of receipts or received texts.

use accounts::ServiceId;
use kernel::{Time, Word};
use notify::callback::Kind;
use sea_orm::entity::prelude::*;

use crate::CallbackId;

/// Where a service wants to be told of receipts or received texts.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "callback")]
pub struct Model {
    /// The call-back.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CallbackId,
    /// Whose it is.
    pub service_id: ServiceId,
    /// What it is told.
    pub kind: Word<Kind>,
    /// The https address.
    pub url: String,
    /// The bearer token that the service chose, sealed for this row.
    pub token_sealed: Vec<u8>,
    /// The secret that our signatures are made with, sealed for this row.
    pub signing_secret_sealed: Vec<u8>,
    /// Since when nothing is sent to it.
    pub suspended_at: Option<Time>,
    /// When it was set.
    pub created_at: Time,
    /// The last change.
    pub updated_at: Time,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
