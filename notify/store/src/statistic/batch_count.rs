//! How many messages of a batch stand at one status.

use accounts::ServiceId;
use kernel::Word;
use notify::Status;
use sea_orm::entity::prelude::*;

use crate::BatchId;

/// How many messages of a batch stand at one status.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "batch_count")]
pub struct Model {
    /// The batch.
    #[sea_orm(primary_key, auto_increment = false)]
    pub batch_id: BatchId,
    /// The status.
    #[sea_orm(primary_key, auto_increment = false)]
    pub status: Word<Status>,
    /// Whose batch it is.
    pub service_id: ServiceId,
    /// How many.
    pub messages: i64,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
