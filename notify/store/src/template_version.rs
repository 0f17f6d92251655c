//! One version of a template, never changed.

use std::collections::HashMap;

use accounts::ServiceId;
use db::Transaction;
use kernel::Time;
use sea_orm::{
    IntoActiveModel, QueryOrder,
    entity::prelude::*,
    sea_query::{ExprTrait, Query},
};

use crate::{TemplateId, template};

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

/// One version of a service's template.
pub async fn find(
    db: &impl ConnectionTrait,
    service: ServiceId,
    template: TemplateId,
    version: i32,
) -> db::Result<Option<Model>> {
    let own = Column::ServiceId.eq(service);
    Ok(Entity::find_by_id((template, version)).filter(own).one(db).await?)
}

/// Some versions of a service's templates, in one query.
pub async fn some(
    db: &impl ConnectionTrait,
    service: ServiceId,
    wanted: &[(TemplateId, i32)],
) -> db::Result<Vec<Model>> {
    let own = Entity::find().filter(Column::ServiceId.eq(service));
    let rows = own
        .filter(Column::TemplateId.is_in(wanted.iter().map(|(template, _)| *template)))
        .filter(Column::Version.is_in(wanted.iter().map(|(_, version)| *version)))
        .all(db)
        .await?;
    // Two lists in one query find other pairs of them too.
    Ok(rows.into_iter().filter(|row| wanted.contains(&(row.template_id, row.version))).collect())
}

/// Every version of a service's template, newest first; none when the service has no such template.
pub async fn list(
    db: &impl ConnectionTrait,
    service: ServiceId,
    template: TemplateId,
) -> db::Result<Vec<Model>> {
    let own = Entity::find().filter(Column::ServiceId.eq(service));
    let of_it = own.filter(Column::TemplateId.eq(template));
    Ok(of_it.order_by_desc(Column::Version).all(db).await?)
}

/// Keeps a version for ever.
pub(crate) async fn insert(tx: &Transaction, row: &Model) -> db::Result<()> {
    Entity::insert(row.clone().into_active_model()).exec_without_returning(tx).await?;
    Ok(())
}

/// The current version of each template of a service, archived ones too, in one query.
pub(crate) async fn currents(
    db: &impl ConnectionTrait,
    service: ServiceId,
) -> db::Result<HashMap<TemplateId, Model>> {
    let head = template::Entity;
    let current = Query::select()
        .column(template::Column::Version)
        .from(head)
        .and_where(Expr::col((head, template::Column::Id)).equals((Entity, Column::TemplateId)))
        .to_owned();
    let own = Entity::find().filter(Column::ServiceId.eq(service));
    let texts = own.filter(Column::Version.in_subquery(current)).all(db).await?;
    Ok(texts.into_iter().map(|text| (text.template_id, text)).collect())
}
