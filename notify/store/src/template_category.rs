//! A category of templates, which gives those in it their lane.

use kernel::{Time, Word};
use notify::{Channel, Lane};
use sea_orm::{QueryOrder, entity::prelude::*};

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

impl Model {
    /// The lane that the category gives to templates of `channel`.
    pub const fn lane(&self, channel: Channel) -> Lane {
        match channel {
            Channel::Email => self.email_lane.0,
            Channel::Sms => self.sms_lane.0,
        }
    }
}

/// A category; they are the same for every service.
pub async fn find(db: &impl ConnectionTrait, id: CategoryId) -> db::Result<Option<Model>> {
    Ok(Entity::find_by_id(id).one(db).await?)
}

/// The category of this English name.
pub async fn by_name(db: &impl ConnectionTrait, name_en: &str) -> db::Result<Option<Model>> {
    Ok(Entity::find().filter(Column::NameEn.eq(name_en)).one(db).await?)
}

/// All categories by their English names.
pub async fn list(db: &impl ConnectionTrait) -> db::Result<Vec<Model>> {
    Ok(Entity::find().order_by_asc(Column::NameEn).all(db).await?)
}
