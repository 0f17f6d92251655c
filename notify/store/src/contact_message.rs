//! Messages that somebody wrote to support, counted so that nobody sends too many. The words travel as a letter; here
//! stands only whose they are, as a fingerprint, for a day.

use chrono::TimeDelta;
use db::Transaction;
use kernel::{Time, Vault};
use sea_orm::{ActiveValue::Set, entity::prelude::*};

use crate::ContactMessageId;

/// One address may write so often within an hour.
pub const EACH: u64 = 5;
/// All addresses together may write so often within an hour, because each message leaves as two letters.
pub const ALL: u64 = 300;
/// How long it is known who wrote.
const KEPT: TimeDelta = TimeDelta::hours(24);

/// One message to support.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contact_message")]
pub struct Model {
    /// The message; its birth is when it was written.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ContactMessageId,
    /// A keyed hash of the writer's address.
    pub sender: Vec<u8>,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Notes that `address` writes; `false` when it, or everybody together, has written too often within the hour. What is
/// older than a day is forgotten.
pub async fn note(tx: &Transaction, vault: &Vault, address: &str, now: Time) -> db::Result<bool> {
    let old = Column::Id.lt(ContactMessageId::first_of(now - KEPT));
    Entity::delete_many().filter(old).exec(tx).await?;
    let within = Column::Id.gte(ContactMessageId::first_of(now - TimeDelta::hours(1)));
    let sender = vault.fingerprint(format!("contact {}", address.to_lowercase()).as_bytes());
    let own = Entity::find().filter(Column::Sender.eq(sender.to_vec())).filter(within.clone());
    if own.count(tx).await? >= EACH || Entity::find().filter(within).count(tx).await? >= ALL {
        return Ok(false);
    }
    let row = ActiveModel { id: Set(ContactMessageId::new(now)), sender: Set(sender.to_vec()) };
    Entity::insert(row).exec_without_returning(tx).await?;
    Ok(true)
}
