//! Who is on a service's team.

use audit::Stamp;
use kernel::{Id, Time, Word};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, PaginatorTrait, QueryOrder, QuerySelect, QueryTrait,
    entity::prelude::*,
};
use serde_json::json;

use crate::{Permission, Permissions, PersonId, ServiceId, person, service, trail};

/// One person on one team.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership")]
pub struct Model {
    /// The team.
    #[sea_orm(primary_key, auto_increment = false)]
    pub service_id: Id<service::Model>,
    /// The person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Id<person::Model>,
    /// What they may do.
    pub permissions: Word<Permissions>,
    /// Since when.
    pub created_at: Time,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Where a service's team can be reached: a trial service and a team key may write to these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contacts {
    /// E-mail addresses in lower case.
    pub emails: Vec<String>,
    /// Mobile numbers in international form.
    pub phones: Vec<String>,
}

/// So many members and open invitations together a team can have; every list of a team is therefore bounded.
pub const MOST: usize = 200;

/// A rule that a change would break (admin specification, section L).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Somebody can change the settings and the team.
    Manager,
    /// A live service has two members.
    Two,
}

/// The rule that would be broken if `person` kept only the permissions `after`, or left the team with `None`.
///
/// Holds the service's row until the transaction ends, so that two who leave at once do not both find the other there.
pub async fn breaks(
    tx: &db::Transaction,
    (service, person): (ServiceId, PersonId),
    after: Option<&Permissions>,
) -> db::Result<Option<Rule>> {
    let held = service::Entity::find_by_id(service).lock_exclusive().one(tx).await?;
    let live = held.is_some_and(|held| !held.trial);
    broken(tx, (service, live), person, after).await
}

/// The same without holding the row: true only for now, to be shown before somebody decides.
pub(crate) async fn broken(
    db: &impl ConnectionTrait,
    (service, live): (ServiceId, bool),
    person: PersonId,
    after: Option<&Permissions>,
) -> db::Result<Option<Rule>> {
    let own = Column::ServiceId.eq(service);
    let others = Entity::find().filter(own).filter(Column::PersonId.ne(person)).all(db).await?;
    let manages = |may: &Permissions| may.has(Permission::ManageService);
    if live && after.is_none() && others.len() < 2 {
        return Ok(Some(Rule::Two));
    }
    let managed =
        after.is_some_and(manages) || others.iter().any(|other| manages(&other.permissions.0));
    Ok((!managed).then_some(Rule::Manager))
}

/// Puts a person on a team with every permission; somebody who is on it already stays, and the answer is false.
pub async fn add(
    tx: &db::Transaction,
    stamp: &Stamp,
    service: ServiceId,
    person: PersonId,
) -> db::Result<bool> {
    if Entity::find_by_id((service, person)).one(tx).await?.is_some() {
        return Ok(false);
    }
    let row = ActiveModel {
        service_id: Set(service),
        person_id: Set(person),
        permissions: Set(Word(Permissions::all())),
        created_at: Set(stamp.at),
    };
    Entity::insert(row).exec_without_returning(tx).await?;
    let deed = ("membership.add", person.uuid());
    trail::leave(tx, stamp, Some(service.uuid()), deed, json!({})).await?;
    Ok(true)
}

/// Gives a member of a team these permissions and no others.
pub async fn permit(
    tx: &db::Transaction,
    stamp: &Stamp,
    (service, person): (ServiceId, PersonId),
    permissions: Permissions,
) -> db::Result<()> {
    let words = json!({"permissions": permissions.to_string()});
    let done = Entity::update_many()
        .col_expr(Column::Permissions, Expr::value(permissions.to_string()))
        .filter(Column::ServiceId.eq(service))
        .filter(Column::PersonId.eq(person))
        .exec(tx)
        .await?;
    if done.rows_affected == 0 {
        return Err(db::Error::Missing);
    }
    let deed = ("membership.permit", person.uuid());
    trail::leave(tx, stamp, Some(service.uuid()), deed, words).await
}

/// A person's membership of a team, if they are on it.
pub async fn find(
    db: &impl ConnectionTrait,
    service: ServiceId,
    person: PersonId,
) -> db::Result<Option<Model>> {
    Ok(Entity::find_by_id((service, person)).one(db).await?)
}

/// The memberships of a team, oldest account first.
pub async fn list(db: &impl ConnectionTrait, service: ServiceId) -> db::Result<Vec<Model>> {
    let own = Entity::find().filter(Column::ServiceId.eq(service));
    Ok(own.order_by_asc(Column::PersonId).all(db).await?)
}

/// How many people are on a team.
pub async fn count(db: &impl ConnectionTrait, service: ServiceId) -> db::Result<u64> {
    Ok(Entity::find().filter(Column::ServiceId.eq(service)).count(db).await?)
}

/// Everybody on a team with what they may do, oldest account first.
pub async fn team(
    db: &impl ConnectionTrait,
    service: ServiceId,
) -> db::Result<Vec<(person::Model, Permissions)>> {
    let own = Column::ServiceId.eq(service);
    let rows = Entity::find().filter(own).all(db).await?;
    let permissions: std::collections::HashMap<_, _> =
        rows.into_iter().map(|row| (row.person_id, row.permissions.0)).collect();
    let with = |person: person::Model| {
        let permissions = permissions.get(&person.id).cloned().unwrap_or_default();
        (person, permissions)
    };
    Ok(people(db, service).await?.into_iter().map(with).collect())
}

/// The services whose team a person is on, without those that are gone, by name.
pub async fn services(
    db: &impl ConnectionTrait,
    person: PersonId,
) -> db::Result<Vec<service::Model>> {
    let of_person = Entity::find()
        .select_only()
        .column(Column::ServiceId)
        .filter(Column::PersonId.eq(person))
        .into_query();
    let rows = service::Entity::find()
        .filter(service::Column::Id.in_subquery(of_person))
        .filter(service::Column::ArchivedAt.is_null())
        .order_by_asc(service::Column::Name)
        .all(db)
        .await?;
    Ok(rows)
}

/// Takes a person off a team; somebody who is not on it is no error, and the answer is false.
pub async fn remove(
    tx: &db::Transaction,
    stamp: &Stamp,
    service: ServiceId,
    person: PersonId,
) -> db::Result<bool> {
    let gone = Entity::delete_by_id((service, person)).exec(tx).await?.rows_affected;
    if gone == 0 {
        return Ok(false);
    }
    let deed = ("membership.remove", person.uuid());
    trail::leave(tx, stamp, Some(service.uuid()), deed, json!({})).await?;
    Ok(true)
}

/// The people on a team, oldest account first.
pub async fn people(
    db: &impl ConnectionTrait,
    service: ServiceId,
) -> db::Result<Vec<person::Model>> {
    let on_team = Entity::find()
        .select_only()
        .column(Column::PersonId)
        .filter(Column::ServiceId.eq(service))
        .into_query();
    let rows = person::Entity::find()
        .filter(person::Column::Id.in_subquery(on_team))
        .order_by_asc(person::Column::Id)
        .all(db)
        .await?;
    Ok(rows)
}

/// Where the team can be reached (API specification, section 3.1).
pub async fn contacts(db: &impl ConnectionTrait, service: ServiceId) -> db::Result<Contacts> {
    let team = people(db, service).await?;
    let mut contacts = Contacts::default();
    for person in team {
        contacts.emails.push(person.email_address);
        contacts.phones.extend(person.mobile_number);
    }
    Ok(contacts)
}
