//! An address that a service's recipients may reply to.

use accounts::ServiceId;
use audit::Stamp;
use db::Transaction;
use kernel::{EmailAddress, Time};
use sea_orm::{IntoActiveModel, QueryOrder, entity::prelude::*};
use serde_json::json;

use crate::{ReplyToId, trail};

/// An address that a service's recipients may reply to.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reply_to")]
pub struct Model {
    /// The address' id, `email_reply_to_id` on the wire.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReplyToId,
    /// Whose it is.
    pub service_id: ServiceId,
    /// The address.
    pub email_address: String,
    /// Whether it is used when a request names none.
    pub is_default: bool,
    /// When it was added.
    pub created_at: Time,
    /// When it was removed.
    pub archived_at: Option<Time>,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Why a reply address could not be added or removed (API specification, section 5.5).
#[derive(Clone, Debug, thiserror::Error)]
pub enum Refusal {
    /// The service has this address already.
    #[error("the service has this reply address already")]
    Taken,
    /// The default stays while there are others.
    #[error("the default reply address cannot be removed while there are others")]
    IsDefault,
    /// The database refused.
    #[error(transparent)]
    Store(#[from] db::Error),
}

impl From<DbErr> for Refusal {
    fn from(cause: DbErr) -> Self {
        Self::Store(cause.into())
    }
}

/// Adds a reply address; the first one is the default whatever `as_default` says.
pub async fn add(
    tx: &Transaction,
    stamp: &Stamp,
    service: ServiceId,
    address: &EmailAddress,
    as_default: bool,
) -> Result<Model, Refusal> {
    let before = list(tx, service).await?;
    let address = address.normalised();
    if before.iter().any(|row| row.email_address == address) {
        return Err(Refusal::Taken);
    }
    let is_default = as_default || before.is_empty();
    if is_default {
        no_default(tx, service).await?;
    }
    let row = Model {
        id: ReplyToId::new(stamp.at),
        service_id: service,
        email_address: address,
        is_default,
        created_at: stamp.at,
        archived_at: None,
    };
    Entity::insert(row.clone().into_active_model()).exec_without_returning(tx).await?;
    let words = json!({"default": is_default});
    trail::leave(tx, stamp, service, ("reply-to.add", row.id.uuid()), words).await?;
    Ok(row)
}

/// Makes another address the default.
pub async fn make_default(
    tx: &Transaction,
    stamp: &Stamp,
    service: ServiceId,
    id: ReplyToId,
) -> db::Result<Model> {
    let row = find(tx, service, id).await?.ok_or(db::Error::Missing)?;
    if row.is_default {
        return Ok(row);
    }
    no_default(tx, service).await?;
    let row = Model { is_default: true, ..row };
    row.clone().into_active_model().reset_all().update(tx).await?;
    trail::leave(tx, stamp, service, ("reply-to.default", id.uuid()), json!({})).await?;
    Ok(row)
}

/// Removes an address; messages that were accepted with it keep it.
pub async fn remove(
    tx: &Transaction,
    stamp: &Stamp,
    service: ServiceId,
    id: ReplyToId,
) -> Result<(), Refusal> {
    let rows = list(tx, service).await?;
    let row = rows.iter().find(|row| row.id == id).ok_or(db::Error::Missing)?;
    if row.is_default && rows.len() > 1 {
        return Err(Refusal::IsDefault);
    }
    let gone = Model { archived_at: Some(stamp.at), ..row.clone() };
    gone.into_active_model().reset_all().update(tx).await?;
    trail::leave(tx, stamp, service, ("reply-to.remove", id.uuid()), json!({})).await?;
    Ok(())
}

/// A service's address, unless it was removed.
pub async fn find(
    db: &impl ConnectionTrait,
    service: ServiceId,
    id: ReplyToId,
) -> db::Result<Option<Model>> {
    Ok(own(service).filter(Column::Id.eq(id)).one(db).await?)
}

/// The address that is used when a request names none.
pub async fn default(db: &impl ConnectionTrait, service: ServiceId) -> db::Result<Option<Model>> {
    Ok(own(service).filter(Column::IsDefault.eq(true)).one(db).await?)
}

/// A service's addresses, oldest first.
pub async fn list(db: &impl ConnectionTrait, service: ServiceId) -> db::Result<Vec<Model>> {
    Ok(own(service).order_by_asc(Column::Id).all(db).await?)
}

fn own(service: ServiceId) -> Select<Entity> {
    Entity::find().filter(Column::ServiceId.eq(service)).filter(Column::ArchivedAt.is_null())
}

async fn no_default(tx: &Transaction, service: ServiceId) -> db::Result<()> {
    Entity::update_many()
        .col_expr(Column::IsDefault, Expr::value(false))
        .filter(Column::ServiceId.eq(service))
        .filter(Column::ArchivedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}
