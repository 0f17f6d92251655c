//! Asking to join the team of a service: of one's own organisation or domain, and of no other (admin specification,
//! section (c) 2).

use audit::{Actor, Stamp};
use chrono::TimeDelta;
use kernel::{Id, Time};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, PaginatorTrait, QueryOrder, QuerySelect, QueryTrait,
    entity::prelude::*, sea_query::ExprTrait,
};
use serde_json::json;

use crate::{Permissions, PersonId, ServiceId, domain, membership, person, service, trail};

/// The identifier of a request.
pub type JoinRequestId = Id<Model>;

/// Longest reason, and longest words of a refusal, in characters.
pub const LONGEST: usize = 500;
/// So many requests one person can make in a day.
const A_DAY: u64 = 10;
/// So many services of an organisation are looked through.
const LOOKED_THROUGH: u64 = 5000;

/// A request.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "join_request")]
pub struct Model {
    /// Its identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// The service.
    pub service_id: Id<service::Model>,
    /// Who asks.
    pub person_id: Id<person::Model>,
    /// Why.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// When.
    pub asked_at: Time,
    /// When it was decided.
    pub decided_at: Option<Time>,
    /// By whom.
    pub decided_by: Option<Uuid>,
    /// How.
    pub accepted: Option<bool>,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The services that `person` may ask to join, whose names contain `part` in any case, by name: those of the organisation
/// of their address, and those with a member at the same domain. At most `most`.
pub async fn findable(
    db: &impl ConnectionTrait,
    person: &person::Model,
    part: &str,
    most: usize,
) -> db::Result<Vec<service::Model>> {
    let part = part.to_lowercase();
    let rows = near(db, person).await?.order_by_asc(service::Column::Name);
    let rows = rows.limit(LOOKED_THROUGH).all(db).await?;
    let named = rows.into_iter().filter(|row| row.name.to_lowercase().contains(&part));
    Ok(named.take(most).collect())
}

/// The service, if `person` may ask to join it.
pub async fn wanted(
    db: &impl ConnectionTrait,
    person: &person::Model,
    service: ServiceId,
) -> db::Result<Option<service::Model>> {
    let near = near(db, person).await?;
    Ok(near.filter(service::Column::Id.eq(service)).one(db).await?)
}

/// Services near a person, without those that are gone and those whose team they are on.
async fn near(
    db: &impl ConnectionTrait,
    person: &person::Model,
) -> db::Result<Select<service::Entity>> {
    let members = || membership::Entity::find().select_only().column(membership::Column::ServiceId);
    let own = members().filter(membership::Column::PersonId.eq(person.id)).into_query();
    let host = person.email_address.rsplit_once('@').map_or("", |(_, host)| host);
    let alike = person::Entity::find()
        .select_only()
        .column(person::Column::Id)
        .filter(person::Column::EmailAddress.ends_with(format!("@{host}")))
        .into_query();
    let beside = members().filter(membership::Column::PersonId.in_subquery(alike)).into_query();
    let mut near = service::Column::Id.in_subquery(beside);
    if let Some(organisation) = domain::organisation_of(db, &person.email_address).await? {
        near = near.or(service::Column::OrganisationId.eq(organisation));
    }
    Ok(service::Entity::find()
        .filter(service::Column::ArchivedAt.is_null())
        .filter(service::Column::Id.not_in_subquery(own))
        .filter(near))
}

/// Asks to join; nothing when the same person asked before and waits, or asked too often today.
pub async fn ask(
    tx: &db::Transaction,
    stamp: &Stamp,
    (service, person): (ServiceId, PersonId),
    reason: &str,
) -> db::Result<Option<JoinRequestId>> {
    let own = || Entity::find().filter(Column::PersonId.eq(person));
    let waits = own().filter(Column::ServiceId.eq(service)).filter(Column::DecidedAt.is_null());
    let today = own().filter(Column::AskedAt.gt(stamp.at - TimeDelta::days(1)));
    if waits.count(tx).await? > 0 || today.count(tx).await? >= A_DAY {
        return Ok(None);
    }
    let id = JoinRequestId::new(stamp.at);
    let row = ActiveModel {
        id: Set(id),
        service_id: Set(service),
        person_id: Set(person),
        reason: Set(reason.to_owned()),
        asked_at: Set(stamp.at),
        decided_at: Set(None),
        decided_by: Set(None),
        accepted: Set(None),
    };
    Entity::insert(row).exec_without_returning(tx).await?;
    let deed = ("join-request.ask", id.uuid());
    trail::leave(tx, stamp, Some(service.uuid()), deed, json!({})).await?;
    Ok(Some(id))
}

/// A service's request that nobody has decided, with who asks.
pub async fn find(
    db: &impl ConnectionTrait,
    service: ServiceId,
    id: JoinRequestId,
) -> db::Result<Option<(Model, person::Model)>> {
    let open = Entity::find_by_id(id).filter(Column::ServiceId.eq(service));
    let Some(row) = open.filter(Column::DecidedAt.is_null()).one(db).await? else {
        return Ok(None);
    };
    Ok(person::find(db, row.person_id).await?.map(|person| (row, person)))
}

/// A service's requests that nobody has decided, oldest first; nobody sees more than a hundred.
pub async fn open(
    db: &impl ConnectionTrait,
    service: ServiceId,
) -> db::Result<Vec<(Model, person::Model)>> {
    let own = Entity::find().filter(Column::ServiceId.eq(service));
    let own = own.filter(Column::DecidedAt.is_null()).order_by_asc(Column::Id);
    let rows = own.limit(100).all(db).await?;
    let ids: Vec<PersonId> = rows.iter().map(|row| row.person_id).collect();
    let people = person::Entity::find().filter(person::Column::Id.is_in(ids)).all(db).await?;
    let with = |row: Model| {
        let person = people.iter().find(|person| person.id == row.person_id)?;
        Some((row, person.clone()))
    };
    Ok(rows.into_iter().filter_map(with).collect())
}

/// The services that a person waits for.
pub async fn waiting(
    db: &impl ConnectionTrait,
    person: PersonId,
) -> db::Result<Vec<service::Model>> {
    let own = Entity::find()
        .select_only()
        .column(Column::ServiceId)
        .filter(Column::PersonId.eq(person))
        .filter(Column::DecidedAt.is_null())
        .into_query();
    let rows = service::Entity::find()
        .filter(service::Column::Id.in_subquery(own))
        .filter(service::Column::ArchivedAt.is_null())
        .order_by_asc(service::Column::Name);
    Ok(rows.all(db).await?)
}

/// Decides a request: puts who asks on the team with these permissions, or with none refuses. Whether it was still open.
pub async fn decide(
    tx: &db::Transaction,
    stamp: &Stamp,
    request: &Model,
    may: Option<Permissions>,
) -> db::Result<bool> {
    let by = match stamp.actor {
        Actor::Person(id) => Some(id),
        _ => None,
    };
    let done = Entity::update_many()
        .col_expr(Column::DecidedAt, Expr::value(stamp.at))
        .col_expr(Column::DecidedBy, Expr::value(by))
        .col_expr(Column::Accepted, Expr::value(may.is_some()))
        .filter(Column::Id.eq(request.id))
        .filter(Column::DecidedAt.is_null())
        .exec(tx)
        .await?;
    if done.rows_affected == 0 {
        return Ok(false);
    }
    let whom = (request.service_id, request.person_id);
    let action = if may.is_some() { "join-request.accept" } else { "join-request.refuse" };
    let deed = (action, request.id.uuid());
    trail::leave(tx, stamp, Some(whom.0.uuid()), deed, json!({})).await?;
    if let Some(may) = may
        && membership::add(tx, stamp, whom.0, whom.1).await?
    {
        membership::permit(tx, stamp, whom, may).await?;
    }
    Ok(true)
}

/// Forgets every request of a person.
pub async fn forget(tx: &db::Transaction, person: PersonId) -> db::Result<()> {
    Entity::delete_many().filter(Column::PersonId.eq(person)).exec(tx).await?;
    Ok(())
}
