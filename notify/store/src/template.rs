//! A template's head: what stays the same from version to version, and the current version's number.

use accounts::ServiceId;
use kernel::{Time, Word};
use notify::{Channel, Lane};
use sea_orm::entity::prelude::*;

use crate::{CategoryId, FolderId, TemplateId};

/// A template's head: what stays the same from version to version, and the current version's number.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "template")]
pub struct Model {
    /// The template.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TemplateId,
    /// Whose it is.
    pub service_id: ServiceId,
    /// E-mail or text; never changes.
    pub channel: Word<Channel>,
    /// The lane it asks for; none means its category's.
    pub lane: Option<Word<Lane>>,
    /// Its category.
    pub category_id: Option<CategoryId>,
    /// The folder it lies in; none is the top.
    pub folder_id: Option<FolderId>,
    /// The current name.
    pub name: String,
    /// The current version's number, from 1.
    pub version: i32,
    /// The language of its text: `en`, `fr` or `both`.
    pub language: String,
    /// Whether the whole body runs from right to left.
    pub right_to_left: bool,
    /// When it was made.
    pub created_at: Time,
    /// The last change; none when never changed.
    pub updated_at: Option<Time>,
    /// When it was archived; nothing is sent with it after that.
    pub archived_at: Option<Time>,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
