//! A department or agency, to which services belong.

use audit::Stamp;
use kernel::{Id, Time};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, IntoActiveModel, QueryOrder, QuerySelect, QueryTrait,
    entity::prelude::*,
};
use serde_json::json;

use crate::trail;

/// The identifier of an organisation.
pub type OrganisationId = Id<Model>;

/// An organisation.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organisation")]
pub struct Model {
    /// Its identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// Its name, unique.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// When it was made.
    pub created_at: Time,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Makes an organisation; a taken name is the conflict `uq_organisation_name`.
pub async fn create(tx: &db::Transaction, stamp: &Stamp, name: &str) -> db::Result<Model> {
    let id = Id::new(stamp.at);
    let row = ActiveModel { id: Set(id), name: Set(name.to_owned()), created_at: Set(stamp.at) };
    let made = row.insert(tx).await?;
    let deed = ("organisation.create", id.uuid());
    trail::leave(tx, stamp, None, deed, json!({"name": name})).await?;
    Ok(made)
}

/// Gives an organisation another name; a taken one is the conflict `uq_organisation_name`.
pub async fn rename(
    tx: &db::Transaction,
    stamp: &Stamp,
    id: OrganisationId,
    name: &str,
) -> db::Result<Model> {
    let before = find(tx, id).await?.ok_or(db::Error::Missing)?;
    let mut row = before.clone().into_active_model();
    row.name = Set(name.to_owned());
    let after = row.update(tx).await?;
    let details = json!({"from": before.name, "to": name});
    trail::leave(tx, stamp, None, ("organisation.rename", id.uuid()), details).await?;
    Ok(after)
}

/// The organisation, if there is one.
pub async fn find(db: &impl ConnectionTrait, id: OrganisationId) -> db::Result<Option<Model>> {
    Ok(Entity::find_by_id(id).one(db).await?)
}

/// The organisation of this very name, if there is one.
pub async fn by_name(db: &impl ConnectionTrait, name: &str) -> db::Result<Option<Model>> {
    Ok(Entity::find().filter(Column::Name.eq(name)).one(db).await?)
}

/// One page of organisations, newest first; `older_than` is the last id of the page before.
pub async fn page(
    db: &impl ConnectionTrait,
    older_than: Option<OrganisationId>,
    size: u64,
) -> db::Result<Vec<Model>> {
    let rows = Entity::find()
        .apply_if(older_than, |rows, last| rows.filter(Column::Id.lt(last)))
        .order_by_desc(Column::Id)
        .limit(size)
        .all(db)
        .await?;
    Ok(rows)
}
