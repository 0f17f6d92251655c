//! Who belongs to an organisation: sees its live services, what they use, and who else belongs to it.

use audit::Stamp;
use kernel::{Id, Time};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, QueryOrder, QuerySelect, QueryTrait, entity::prelude::*,
};
use serde_json::json;

use crate::{OrganisationId, PersonId, organisation, person, trail};

/// So many members and open invitations together an organisation can have; its lists are therefore bounded.
pub const MOST: usize = 200;

/// One person of one organisation.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organisation_member")]
pub struct Model {
    /// The organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: Id<organisation::Model>,
    /// The person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Id<person::Model>,
    /// Since when.
    pub created_at: Time,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Makes somebody a member; one who is a member already stays, and the answer is false.
pub async fn add(
    tx: &db::Transaction,
    stamp: &Stamp,
    organisation: OrganisationId,
    person: PersonId,
) -> db::Result<bool> {
    if is_member(tx, organisation, person).await? {
        return Ok(false);
    }
    let row = ActiveModel {
        organisation_id: Set(organisation),
        person_id: Set(person),
        created_at: Set(stamp.at),
    };
    Entity::insert(row).exec_without_returning(tx).await?;
    let deed = ("organisation.add-member", organisation.uuid());
    trail::leave(tx, stamp, None, deed, json!({"person": person})).await?;
    Ok(true)
}

/// Takes somebody out; one who is no member is no error, and the answer is false.
pub async fn remove(
    tx: &db::Transaction,
    stamp: &Stamp,
    organisation: OrganisationId,
    person: PersonId,
) -> db::Result<bool> {
    if Entity::delete_by_id((organisation, person)).exec(tx).await?.rows_affected == 0 {
        return Ok(false);
    }
    let deed = ("organisation.remove-member", organisation.uuid());
    trail::leave(tx, stamp, None, deed, json!({"person": person})).await?;
    Ok(true)
}

/// Whether somebody is a member.
pub async fn is_member(
    db: &impl ConnectionTrait,
    organisation: OrganisationId,
    person: PersonId,
) -> db::Result<bool> {
    Ok(Entity::find_by_id((organisation, person)).one(db).await?.is_some())
}

/// The members, oldest account first.
pub async fn list(
    db: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> db::Result<Vec<person::Model>> {
    let members = Entity::find()
        .select_only()
        .column(Column::PersonId)
        .filter(Column::OrganisationId.eq(organisation))
        .into_query();
    let rows = person::Entity::find()
        .filter(person::Column::Id.in_subquery(members))
        .order_by_asc(person::Column::Id)
        .all(db)
        .await?;
    Ok(rows)
}

/// The organisations that a person is a member of, by name.
pub async fn organisations(
    db: &impl ConnectionTrait,
    person: PersonId,
) -> db::Result<Vec<organisation::Model>> {
    let own = Entity::find()
        .select_only()
        .column(Column::OrganisationId)
        .filter(Column::PersonId.eq(person))
        .into_query();
    let rows = organisation::Entity::find()
        .filter(organisation::Column::Id.in_subquery(own))
        .order_by_asc(organisation::Column::Name)
        .all(db)
        .await?;
    Ok(rows)
}
