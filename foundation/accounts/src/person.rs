//! Somebody who works with services: a team member.

use audit::Stamp;
use kernel::{Id, Language, Time, Word};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, IntoActiveModel, QueryOrder, QuerySelect, QueryTrait,
    entity::prelude::*,
};
use serde_json::json;

use crate::trail;

/// The identifier of a person.
pub type PersonId = Id<Model>;

/// A person.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    /// Their identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// Their name as they write it.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Their e-mail address in lower case, unique.
    #[sea_orm(column_type = "Text")]
    pub email_address: String,
    /// Their mobile number in international form, if they gave one.
    #[sea_orm(column_type = "Text", nullable)]
    pub mobile_number: Option<String>,
    /// The language they read.
    pub language: Word<Language>,
    /// When they were added.
    pub created_at: Time,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What is known of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    /// Their name as they write it.
    pub name: String,
    /// Their e-mail address, in any case; it is kept in lower case.
    pub email_address: String,
    /// Their mobile number in international form, if they gave one.
    pub mobile_number: Option<String>,
    /// The language they read.
    pub language: Language,
}

/// Adds a person; a known address is the conflict `uq_person_email_address`.
pub async fn create(tx: &db::Transaction, stamp: &Stamp, details: &Details) -> db::Result<Model> {
    let id = Id::new(stamp.at);
    let row = ActiveModel {
        id: Set(id),
        name: Set(details.name.clone()),
        email_address: Set(details.email_address.to_lowercase()),
        mobile_number: Set(details.mobile_number.clone()),
        language: Set(Word(details.language)),
        created_at: Set(stamp.at),
    };
    let made = row.insert(tx).await?;
    trail::leave(tx, stamp, None, ("person.create", id.uuid()), json!({})).await?;
    Ok(made)
}

/// Writes what is known of a person anew; a known address is the conflict `uq_person_email_address`.
pub async fn change(
    tx: &db::Transaction,
    stamp: &Stamp,
    id: PersonId,
    details: &Details,
) -> db::Result<Model> {
    let mut row = find(tx, id).await?.ok_or(db::Error::Missing)?.into_active_model();
    row.name = Set(details.name.clone());
    row.email_address = Set(details.email_address.to_lowercase());
    row.mobile_number = Set(details.mobile_number.clone());
    row.language = Set(Word(details.language));
    let after = row.update(tx).await?;
    trail::leave(tx, stamp, None, ("person.change", id.uuid()), json!({})).await?;
    Ok(after)
}

/// The person, if there is one.
pub async fn find(db: &impl ConnectionTrait, id: PersonId) -> db::Result<Option<Model>> {
    Ok(Entity::find_by_id(id).one(db).await?)
}

/// The person with this e-mail address, in any case.
pub async fn find_by_email(
    db: &impl ConnectionTrait,
    email_address: &str,
) -> db::Result<Option<Model>> {
    let wanted = Column::EmailAddress.eq(email_address.to_lowercase());
    Ok(Entity::find().filter(wanted).one(db).await?)
}

/// One page of people, newest first; `older_than` is the last id of the page before.
pub async fn page(
    db: &impl ConnectionTrait,
    older_than: Option<PersonId>,
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
