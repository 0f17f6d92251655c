//! A category of templates, which gives those in it their lane.

use kernel::{Time, Word};
use notify::Lane;
use sea_orm::entity::prelude::*;

use crate::CategoryId;

/// A category of templates, which gives those in it their lane.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "template_category")]
pub struct Model {
    /// The category.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CategoryId,
    /// Its English name.
    pub name_en: String,
    /// Its French name.
    pub name_fr: String,
    /// The lane of its e-mails.
    pub email_lane: Word<Lane>,
    /// The lane of its texts.
    pub sms_lane: Word<Lane>,
    /// When it was made.
    pub created_at: Time,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
