//! A message in the development mailbox.

use db::Transaction;
use kernel::{Time, Word};
use notify::Channel;
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect, QueryTrait, entity::prelude::*};

use crate::{MailboxMessageId, NotificationId};

/// A message in the development mailbox.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mailbox_message")]
pub struct Model {
    /// The message in the mailbox.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MailboxMessageId,
    /// The message it came from.
    pub notification_id: NotificationId,
    /// E-mail or text.
    pub channel: Word<Channel>,
    /// Who it says it is from.
    pub sender: String,
    /// Who it is for.
    pub recipient: String,
    /// The subject of an e-mail.
    pub subject: Option<String>,
    /// The headers of an e-mail, as sent.
    pub headers: Option<String>,
    /// The HTML part of an e-mail.
    pub html: Option<String>,
    /// The plain part of an e-mail, or the text.
    pub plain: String,
    /// How a text is encoded: `gsm7` or `ucs2`.
    pub encoding: Option<String>,
    /// The parts of a text.
    pub parts: i32,
    /// When it arrived.
    pub received_at: Time,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Puts messages into the mailbox.
pub async fn insert(tx: &Transaction, rows: Vec<Model>) -> db::Result<()> {
    if !rows.is_empty() {
        let rows = rows.into_iter().map(|row| row.into_active_model().reset_all());
        Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// One page of the mailbox, newest first. The mailbox belongs to the installation, not to a service: it exists in
/// development only, where whoever sees the page also holds every key.
pub async fn page(
    db: &impl ConnectionTrait,
    older_than: Option<MailboxMessageId>,
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

/// One message of the mailbox.
pub async fn find(db: &impl ConnectionTrait, id: MailboxMessageId) -> db::Result<Option<Model>> {
    Ok(Entity::find_by_id(id).one(db).await?)
}

/// Keeps the newest `most` messages and removes the others; how many went.
pub async fn cap(tx: &Transaction, most: u64) -> db::Result<u64> {
    let first_too_many: Option<MailboxMessageId> = Entity::find()
        .select_only()
        .column(Column::Id)
        .order_by_desc(Column::Id)
        .offset(most)
        .limit(1)
        .into_tuple()
        .one(tx)
        .await?;
    let Some(last) = first_too_many else { return Ok(0) };
    Ok(Entity::delete_many().filter(Column::Id.lte(last)).exec(tx).await?.rows_affected)
}
