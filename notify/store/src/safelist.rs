//! A recipient who may be written to by a trial service or a team key.

use accounts::ServiceId;
use audit::Stamp;
use db::Transaction;
use kernel::{Time, Word};
use notify::Channel;
use sea_orm::{IntoActiveModel, QueryOrder, entity::prelude::*};
use serde_json::json;

use crate::{SafelistId, trail};

/// A recipient who may be written to by a trial service or a team key.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "safelist")]
pub struct Model {
    /// The entry.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SafelistId,
    /// Whose it is.
    pub service_id: ServiceId,
    /// By e-mail or by text.
    pub channel: Word<Channel>,
    /// The address or number in its comparable form.
    pub recipient: String,
    /// When it was added.
    pub created_at: Time,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Adds a recipient in its comparable form (`EmailAddress::normalised`, `PhoneNumber::e164`); false if it was there.
pub async fn add(
    tx: &Transaction,
    stamp: &Stamp,
    service: ServiceId,
    (channel, recipient): (Channel, &str),
) -> db::Result<bool> {
    if contains(tx, service, (channel, recipient)).await? {
        return Ok(false);
    }
    let row = Model {
        id: SafelistId::new(stamp.at),
        service_id: service,
        channel: Word(channel),
        recipient: recipient.to_owned(),
        created_at: stamp.at,
    };
    let id = row.id;
    Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    let words = json!({"channel": channel});
    trail::leave(tx, stamp, service, ("safelist.add", id.uuid()), words).await?;
    Ok(true)
}

/// Takes a recipient off the list; false if it was not on it.
pub async fn remove(
    tx: &Transaction,
    stamp: &Stamp,
    service: ServiceId,
    (channel, recipient): (Channel, &str),
) -> db::Result<bool> {
    let Some(row) = one(service, channel, recipient).one(tx).await? else { return Ok(false) };
    let id = row.id;
    row.into_active_model().delete(tx).await?;
    let words = json!({"channel": channel});
    trail::leave(tx, stamp, service, ("safelist.remove", id.uuid()), words).await?;
    Ok(true)
}

/// Whether the recipient, in its comparable form, is on the service's list.
pub async fn contains(
    db: &impl ConnectionTrait,
    service: ServiceId,
    (channel, recipient): (Channel, &str),
) -> db::Result<bool> {
    Ok(one(service, channel, recipient).one(db).await?.is_some())
}

/// The whole list of a service, oldest first.
pub async fn list(db: &impl ConnectionTrait, service: ServiceId) -> db::Result<Vec<Model>> {
    let own = Entity::find().filter(Column::ServiceId.eq(service));
    Ok(own.order_by_asc(Column::Id).all(db).await?)
}

fn one(service: ServiceId, channel: Channel, recipient: &str) -> Select<Entity> {
    Entity::find()
        .filter(Column::ServiceId.eq(service))
        .filter(Column::Channel.eq(Word(channel)))
        .filter(Column::Recipient.eq(recipient))
}
