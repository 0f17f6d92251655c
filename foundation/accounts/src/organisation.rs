//! A department or agency, to which services belong.

pub mod invitation;
mod kind;
pub mod member;

use audit::Stamp;
use kernel::{Id, Time, Word};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, IntoActiveModel, QueryOrder, QuerySelect, QueryTrait,
    entity::prelude::*,
};
use serde_json::json;

pub use kind::{Kind, UnknownKind};

use crate::{trail, wording};

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
    /// What kind of public body it is.
    pub kind: Word<Kind>,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Makes an organisation; a taken name is the conflict `uq_organisation_name`.
pub async fn create(tx: &db::Transaction, stamp: &Stamp, name: &str) -> db::Result<Model> {
    let id = Id::new(stamp.at);
    let row = ActiveModel {
        id: Set(id),
        name: Set(name.to_owned()),
        created_at: Set(stamp.at),
        kind: Set(Word(Kind::default())),
    };
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

/// Says what kind of public body an organisation is.
pub async fn classify(
    tx: &db::Transaction,
    stamp: &Stamp,
    id: OrganisationId,
    kind: Kind,
) -> db::Result<Model> {
    let mut row = find(tx, id).await?.ok_or(db::Error::Missing)?.into_active_model();
    row.kind = Set(Word(kind));
    let after = row.update(tx).await?;
    let details = json!({"kind": kind.as_str()});
    trail::leave(tx, stamp, None, ("organisation.classify", id.uuid()), details).await?;
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

/// One page of the organisations whose name holds `part` (empty for all), by name; `after` is the last name of the
/// page before.
pub async fn search(
    db: &impl ConnectionTrait,
    part: &str,
    after: Option<&str>,
    size: u64,
) -> db::Result<Vec<Model>> {
    let part = Some(part.trim()).filter(|part| !part.is_empty());
    let rows = Entity::find()
        .apply_if(part, |rows, part| rows.filter(wording::contains(Column::Name, part)))
        .apply_if(after, |rows, last| rows.filter(Column::Name.gt(last)))
        .order_by_asc(Column::Name)
        .limit(size)
        .all(db)
        .await?;
    Ok(rows)
}

/// These organisations, in no order; ids of none are left out.
pub async fn find_all(db: &impl ConnectionTrait, ids: &[OrganisationId]) -> db::Result<Vec<Model>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(Entity::find().filter(Column::Id.is_in(ids.iter().copied())).all(db).await?)
}
