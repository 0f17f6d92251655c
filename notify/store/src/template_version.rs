//! One version of a template, never changed.

use accounts::ServiceId;
use kernel::Time;
use sea_orm::entity::prelude::*;

use crate::TemplateId;

/// One version of a template, never changed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "template_version")]
pub struct Model {
    /// The template.
    #[sea_orm(primary_key, auto_increment = false)]
    pub template_id: TemplateId,
    /// Its number, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i32,
    /// Whose it is.
    pub service_id: ServiceId,
    /// Its name then.
    pub name: String,
    /// The subject; none for a text.
    pub subject: Option<String>,
    /// The text with its placeholders.
    pub body: String,
    /// The e-mail address of who made it.
    pub created_by: String,
    /// When.
    pub created_at: Time,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
