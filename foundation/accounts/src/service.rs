//! A team's space: what owns templates, keys and messages.

mod deed;
mod list;

use audit::Stamp;
use kernel::{Id, Time};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, IntoActiveModel, QueryOrder, QuerySelect, QueryTrait,
    entity::prelude::*,
};
use serde_json::{Value, json};

pub use deed::{Deed, UnknownDeed};
pub use list::{Count, Sought, State, counts, find_all, search};

use crate::{OrganisationId, api_key, organisation, trail};

/// The identifier of a service.
pub type ServiceId = Id<Model>;

/// A service and the state it is in (API specification, section 1.9).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "service")]
pub struct Model {
    /// Its identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// Its name, unique.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// The organisation it belongs to, if one.
    pub organisation_id: Option<Id<organisation::Model>>,
    /// Whether only its team may be written to: true until it goes live.
    pub trial: bool,
    /// Since when it may read but not send.
    pub suspended_at: Option<Time>,
    /// Since when it is gone for good.
    pub archived_at: Option<Time>,
    /// When it was made.
    pub created_at: Time,
    /// Whether it counts among the live services that figures speak of; services that only try the platform do not.
    pub counted: bool,
    /// Since when staff look at its request to go live; none when there is no such request.
    pub asked_live_at: Option<Time>,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Whether it may read but not send.
    pub const fn is_suspended(&self) -> bool {
        self.suspended_at.is_some()
    }

    /// Whether it is gone for good.
    pub const fn is_archived(&self) -> bool {
        self.archived_at.is_some()
    }
}

/// Makes a service in trial; a taken name is the conflict `uq_service_name`.
pub async fn create(
    tx: &db::Transaction,
    stamp: &Stamp,
    name: &str,
    organisation: Option<OrganisationId>,
) -> db::Result<Model> {
    let row = ActiveModel {
        id: Set(Id::new(stamp.at)),
        name: Set(name.to_owned()),
        organisation_id: Set(organisation),
        trial: Set(true),
        suspended_at: Set(None),
        archived_at: Set(None),
        created_at: Set(stamp.at),
        counted: Set(true),
        asked_live_at: Set(None),
    };
    let made = row.insert(tx).await?;
    leave(tx, stamp, made.id, "service.create", json!({"name": name})).await?;
    Ok(made)
}

/// Gives a service another name; a taken one is the conflict `uq_service_name`.
pub async fn rename(
    tx: &db::Transaction,
    stamp: &Stamp,
    id: ServiceId,
    name: &str,
) -> db::Result<Model> {
    let before = get(tx, id).await?;
    let mut row = before.clone().into_active_model();
    row.name = Set(name.to_owned());
    let after = row.update(tx).await?;
    leave(tx, stamp, id, "service.rename", json!({"from": before.name, "to": name})).await?;
    Ok(after)
}

/// Moves a service to an organisation, or out of all.
pub async fn join(
    tx: &db::Transaction,
    stamp: &Stamp,
    id: ServiceId,
    organisation: Option<OrganisationId>,
) -> db::Result<Model> {
    link(tx, stamp, id, (organisation, "")).await
}

/// Moves a service to an organisation, or out of all, for a reason that the record keeps.
pub async fn link(
    tx: &db::Transaction,
    stamp: &Stamp,
    id: ServiceId,
    (organisation, reason): (Option<OrganisationId>, &str),
) -> db::Result<Model> {
    let before = get(tx, id).await?;
    let from = before.organisation_id;
    let mut row = before.into_active_model();
    row.organisation_id = Set(organisation);
    let after = row.update(tx).await?;
    let words = because(json!({"organisation": organisation, "from": from}), reason);
    leave(tx, stamp, id, "service.join", words).await?;
    Ok(after)
}

/// Lets a service read and no longer send; its keys stay.
pub async fn suspend(tx: &db::Transaction, stamp: &Stamp, id: ServiceId) -> db::Result<Model> {
    perform(tx, stamp, id, (Deed::Suspend, "")).await
}

/// Lets a suspended service send again.
pub async fn resume(tx: &db::Transaction, stamp: &Stamp, id: ServiceId) -> db::Result<Model> {
    perform(tx, stamp, id, (Deed::Resume, "")).await
}

/// Ends the trial: the service may write to anybody.
pub async fn go_live(tx: &db::Transaction, stamp: &Stamp, id: ServiceId) -> db::Result<Model> {
    perform(tx, stamp, id, (Deed::GoLive, "")).await
}

/// Puts a service away for good: its keys are revoked and its name is free again, because it gets
/// the prefix `_archived_{time}_` (API specification, section 1.9).
pub async fn archive(tx: &db::Transaction, stamp: &Stamp, id: ServiceId) -> db::Result<Model> {
    perform(tx, stamp, id, (Deed::Archive, "")).await
}

/// Does what staff do to a service, for a reason that the record keeps; an empty one is none.
pub async fn perform(
    tx: &db::Transaction,
    stamp: &Stamp,
    id: ServiceId,
    (deed, reason): (Deed, &str),
) -> db::Result<Model> {
    let before = get(tx, id).await?;
    let mut words = json!({});
    let mut row = before.clone().into_active_model();
    match deed {
        Deed::Suspend => row.suspended_at = Set(Some(stamp.at)),
        Deed::Resume => row.suspended_at = Set(None),
        Deed::GoLive => row.trial = Set(false),
        Deed::BackToTrial => row.trial = Set(true),
        Deed::Count => row.counted = Set(true),
        Deed::LeaveOut => row.counted = Set(false),
        Deed::Archive => {
            let day = stamp.at.format("%Y-%m-%d_%H:%M:%S");
            row.name = Set(format!("_archived_{day}_{}", before.name));
            row.archived_at = Set(Some(stamp.at));
            words = json!({"name": before.name});
        }
    }
    let after = row.update(tx).await?;
    if deed == Deed::Archive {
        api_key::revoke_all(tx, stamp, id).await?;
    }
    leave(tx, stamp, id, deed.action(), because(words, reason)).await?;
    Ok(after)
}

/// Notes that staff look at the service's request to go live, or no longer do.
pub async fn note_asked(
    tx: &db::Transaction,
    id: ServiceId,
    since: Option<Time>,
) -> db::Result<()> {
    Entity::update_many()
        .col_expr(Column::AskedLiveAt, Expr::value(since))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// The details of a record with the reason, if there is one.
fn because(mut details: Value, reason: &str) -> Value {
    if !reason.is_empty() {
        details["reason"] = json!(reason);
    }
    details
}

/// The form of what goes before an archived service's name; `archived_as` counts on its length.
const ARCHIVED: &str = "_archived_2026-11-21_12:00:00_";

/// The service, which must be there.
pub async fn get(db: &impl ConnectionTrait, id: ServiceId) -> db::Result<Model> {
    find(db, id).await?.ok_or(db::Error::Missing)
}

/// The service, if there is one.
pub async fn find(db: &impl ConnectionTrait, id: ServiceId) -> db::Result<Option<Model>> {
    Ok(Entity::find_by_id(id).one(db).await?)
}

/// The service of this very name, if there is one.
pub async fn by_name(db: &impl ConnectionTrait, name: &str) -> db::Result<Option<Model>> {
    Ok(Entity::find().filter(Column::Name.eq(name)).one(db).await?)
}

/// The newest archived service that had this name before it was put away.
pub async fn archived_as(db: &impl ConnectionTrait, name: &str) -> db::Result<Option<Model>> {
    let archived = Entity::find().filter(Column::ArchivedAt.is_not_null());
    let alike = archived.filter(Column::Name.ends_with(name)).order_by_desc(Column::Id);
    let had_it = |row: &Model| row.name.get(ARCHIVED.len()..) == Some(name);
    Ok(alike.all(db).await?.into_iter().find(had_it))
}

/// One page of services, newest first; `older_than` is the last id of the page before.
pub async fn page(
    db: &impl ConnectionTrait,
    older_than: Option<ServiceId>,
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

async fn leave(
    tx: &db::Transaction,
    stamp: &Stamp,
    id: ServiceId,
    action: &str,
    details: Value,
) -> db::Result<()> {
    trail::leave(tx, stamp, Some(id.uuid()), (action, id.uuid()), details).await
}
