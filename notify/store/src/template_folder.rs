//! A folder of templates.

use accounts::ServiceId;
use kernel::Time;
use sea_orm::entity::prelude::*;

use crate::FolderId;

/// A folder of templates.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "template_folder")]
pub struct Model {
    /// The folder.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FolderId,
    /// Whose it is.
    pub service_id: ServiceId,
    /// Its name.
    pub name: String,
    /// The folder it lies in; none is the top.
    pub parent_id: Option<FolderId>,
    /// When it was made.
    pub created_at: Time,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
