//! A number or name that a service's texts come from.

use accounts::ServiceId;
use audit::Stamp;
use db::Transaction;
use kernel::Time;
use sea_orm::{IntoActiveModel, QueryOrder, entity::prelude::*};
use serde_json::json;

use crate::{SmsSenderId, trail};

/// A number or name that a service's texts come from.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sms_sender")]
pub struct Model {
    /// The sender's id, `sms_sender_id` on the wire.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SmsSenderId,
    /// Whose it is.
    pub service_id: ServiceId,
    /// The number or the name of at most 11 letters and digits.
    pub sender: String,
    /// Whether it is used when a request names none.
    pub is_default: bool,
    /// Whether texts sent to it are this service's received texts.
    pub receives: bool,
    /// When it was added.
    pub created_at: Time,
    /// When it was removed.
    pub archived_at: Option<Time>,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What a new sender shall be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSender {
    /// The number, or the name of at most 11 letters and digits.
    pub sender: String,
    /// Whether it is used when a request names none; the first one always is.
    pub is_default: bool,
    /// Whether texts sent to it are this service's received texts.
    pub receives: bool,
}

/// Why a sender could not be added or removed (API specification, section 5.5).
#[derive(Clone, Debug, thiserror::Error)]
pub enum Refusal {
    /// The service has this sender already.
    #[error("the service has this sender already")]
    Taken,
    /// The number receives the texts of another service.
    #[error("the number receives the texts of another service")]
    Receives,
    /// The default stays while there are others.
    #[error("the default sender cannot be removed while there are others")]
    IsDefault,
    /// The database refused.
    #[error(transparent)]
    Store(#[from] db::Error),
}

/// Adds a sender; the first one is the default.
pub async fn add(
    tx: &Transaction,
    stamp: &Stamp,
    service: ServiceId,
    wanted: &NewSender,
) -> Result<Model, Refusal> {
    let before = list(tx, service).await?;
    if before.iter().any(|row| row.sender == wanted.sender) {
        return Err(Refusal::Taken);
    }
    if wanted.receives && receiving(tx, &wanted.sender).await?.is_some() {
        return Err(Refusal::Receives);
    }
    let is_default = wanted.is_default || before.is_empty();
    if is_default {
        no_default(tx, service).await?;
    }
    let row = Model {
        id: SmsSenderId::new(stamp.at),
        service_id: service,
        sender: wanted.sender.clone(),
        is_default,
        receives: wanted.receives,
        created_at: stamp.at,
        archived_at: None,
    };
    insert(tx, &row).await?;
    let words = json!({"sender": row.sender, "default": is_default, "receives": row.receives});
    trail::leave(tx, stamp, service, ("sms-sender.add", row.id.uuid()), words).await?;
    Ok(row)
}

/// Makes another sender the default.
pub async fn make_default(
    tx: &Transaction,
    stamp: &Stamp,
    service: ServiceId,
    id: SmsSenderId,
) -> db::Result<Model> {
    let row = find(tx, service, id).await?.ok_or(db::Error::Missing)?;
    if row.is_default {
        return Ok(row);
    }
    no_default(tx, service).await?;
    let row = Model { is_default: true, ..row };
    row.clone().into_active_model().reset_all().update(tx).await?;
    trail::leave(tx, stamp, service, ("sms-sender.default", id.uuid()), json!({})).await?;
    Ok(row)
}

/// Removes a sender; messages that were accepted with it keep it.
pub async fn remove(
    tx: &Transaction,
    stamp: &Stamp,
    service: ServiceId,
    id: SmsSenderId,
) -> Result<(), Refusal> {
    let rows = list(tx, service).await?;
    let row = rows.iter().find(|row| row.id == id).ok_or(db::Error::Missing)?;
    if row.is_default && rows.len() > 1 {
        return Err(Refusal::IsDefault);
    }
    let gone = Model { archived_at: Some(stamp.at), ..row.clone() };
    let words = json!({"sender": gone.sender});
    gone.into_active_model().reset_all().update(tx).await.map_err(db::Error::from)?;
    trail::leave(tx, stamp, service, ("sms-sender.remove", id.uuid()), words).await?;
    Ok(())
}

/// A service's sender, unless it was removed.
pub async fn find(
    db: &impl ConnectionTrait,
    service: ServiceId,
    id: SmsSenderId,
) -> db::Result<Option<Model>> {
    Ok(own(service).filter(Column::Id.eq(id)).one(db).await?)
}

/// The sender that is used when a request names none.
pub async fn default(db: &impl ConnectionTrait, service: ServiceId) -> db::Result<Option<Model>> {
    Ok(own(service).filter(Column::IsDefault.eq(true)).one(db).await?)
}

/// A service's senders, oldest first.
pub async fn list(db: &impl ConnectionTrait, service: ServiceId) -> db::Result<Vec<Model>> {
    Ok(own(service).order_by_asc(Column::Id).all(db).await?)
}

/// Whose received texts come to `number`: the one finder that is asked before the service is known.
pub async fn receiving(db: &impl ConnectionTrait, number: &str) -> db::Result<Option<Model>> {
    let live = Entity::find().filter(Column::ArchivedAt.is_null());
    Ok(live.filter(Column::Receives.eq(true)).filter(Column::Sender.eq(number)).one(db).await?)
}

async fn insert(tx: &Transaction, row: &Model) -> db::Result<()> {
    Entity::insert(row.clone().into_active_model()).exec_without_returning(tx).await?;
    Ok(())
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
