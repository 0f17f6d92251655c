//! One message to one recipient, from its acceptance to its end.

mod bulk;
mod new;

pub use bulk::{HandOver, HandedOver, hand_over};
pub use new::{NewMessage, Origin, recipient_hash};

use accounts::{ApiKeyId, KeyKind, PersonId, ServiceId};
use db::Transaction;
use kernel::{Time, Vault, Word, vault::VaultError};
use notify::{Channel, Status};
use sea_orm::{
    FromQueryResult, IntoActiveModel, QueryOrder, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{ExprTrait, Query},
};
use serde::{Deserialize, Serialize};

use crate::{
    BatchId, NotificationId, TemplateId,
    statistic::{Changed, Tally},
};

/// One message to one recipient, from its acceptance to its end.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notification")]
pub struct Model {
    /// The message.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: NotificationId,
    /// Whose it is.
    pub service_id: ServiceId,
    /// What it was made from.
    pub template_id: TemplateId,
    /// In which version.
    pub template_version: i32,
    /// The key that sent it; none for a person.
    pub api_key_id: Option<ApiKeyId>,
    /// The person who sent it; none for a key.
    pub created_by: Option<PersonId>,
    /// The kind of that key; a person sends as a `normal` one does.
    pub key_kind: Word<KeyKind>,
    /// E-mail or text.
    pub channel: Word<Channel>,
    /// How far it has come.
    pub status: Word<Status>,
    /// The caller's own reference.
    pub reference: Option<String>,
    /// [`Content`], sealed for this row's id: recipient, values and what else is personal.
    pub sealed: Vec<u8>,
    /// The keyed hash of service and recipient, by which its messages are found ([`recipient_hash`]).
    pub recipient_hash: Option<i64>,
    /// The reply address (e-mail) or the sender (text), fixed when it was accepted.
    pub reply_to: Option<String>,
    /// Parts that count against limits: 1 for an e-mail.
    pub parts: i32,
    /// The batch it belongs to.
    pub batch_id: Option<BatchId>,
    /// Its row in that batch, as the spreadsheet counts: headings are row 1.
    pub row_number: Option<i32>,
    /// When it was accepted.
    pub created_at: Time,
    /// When it may leave; none is at once.
    pub scheduled_for: Option<Time>,
    /// When a provider took it.
    pub sent_at: Option<Time>,
    /// When it reached a completed status.
    pub completed_at: Option<Time>,
    /// The last change of status.
    pub updated_at: Option<Time>,
    /// Which provider took it.
    pub provider: Option<String>,
    /// The provider's own name for it.
    pub provider_reference: Option<String>,
    /// The provider's words about how it ended.
    pub provider_response: Option<String>,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The personal part of a message, kept sealed ([`Content::seal`]) and gone when retention ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The recipient as the caller wrote it.
    pub to: String,
    /// The recipient in the form a provider needs: an address, or a number in E.164.
    pub deliver_to: String,
    /// The values for the template's placeholders, as the caller gave them.
    #[serde(default, skip_serializing_if = "serde_json::Map::is_empty")]
    pub values: serde_json::Map<String, serde_json::Value>,
    /// Names of values that were to be neutralised (`sanitise_content_for`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sanitised: Vec<String>,
    /// The address for one-click unsubscription.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsubscribe: Option<String>,
    /// Where this one message's receipt goes, instead of the service's call-back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback: Option<CallbackTarget>,
}

/// Where one message's receipt goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallbackTarget {
    /// The https address.
    pub url: String,
    /// The bearer token to show there.
    pub token: Option<String>,
}

impl Content {
    /// Seals the content for the message `id`.
    pub fn seal(&self, vault: &Vault, id: NotificationId) -> Result<Vec<u8>, VaultError> {
        let plain = serde_json::to_vec(self).map_err(|_| VaultError::Broken)?;
        vault.seal(id.uuid().as_bytes(), &plain)
    }

    /// Opens what was sealed for the message `id`.
    pub fn open(vault: &Vault, id: NotificationId, sealed: &[u8]) -> Result<Self, VaultError> {
        let plain = vault.open(id.uuid().as_bytes(), sealed)?;
        serde_json::from_slice(&plain).map_err(|_| VaultError::Broken)
    }
}

/// Which of a service's messages a list shows; empty lists mean all.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only these channels.
    pub channels: Vec<Channel>,
    /// Only these statuses.
    pub statuses: Vec<Status>,
    /// Only this caller's reference.
    pub reference: Option<String>,
    /// Only those sent with keys of this kind.
    pub key_kind: Option<KeyKind>,
    /// Also those that belong to a batch.
    pub with_batches: bool,
    /// Only those older than this one.
    pub older_than: Option<NotificationId>,
}

/// One page of a service's messages, newest first.
pub async fn page(
    db: &impl ConnectionTrait,
    service: ServiceId,
    filter: Filter,
    size: u64,
) -> db::Result<Vec<Model>> {
    let channels: Vec<_> = filter.channels.into_iter().map(Word).collect();
    let statuses: Vec<_> = filter.statuses.into_iter().map(Word).collect();
    Ok(Entity::find()
        .filter(Column::ServiceId.eq(service))
        .apply_if((!channels.is_empty()).then_some(channels), |rows, any| {
            rows.filter(Column::Channel.is_in(any))
        })
        .apply_if((!statuses.is_empty()).then_some(statuses), |rows, any| {
            rows.filter(Column::Status.is_in(any))
        })
        .apply_if(filter.reference, |rows, is| rows.filter(Column::Reference.eq(is)))
        .apply_if(filter.key_kind, |rows, is| rows.filter(Column::KeyKind.eq(Word(is))))
        .apply_if((!filter.with_batches).then_some(()), |rows, ()| {
            rows.filter(Column::BatchId.is_null())
        })
        .apply_if(filter.older_than, |rows, last| rows.filter(Column::Id.lt(last)))
        .order_by_desc(Column::Id)
        .limit(size)
        .all(db)
        .await?)
}

/// One message of a service.
pub async fn find(
    db: &impl ConnectionTrait,
    service: ServiceId,
    id: NotificationId,
) -> db::Result<Option<Model>> {
    Ok(Entity::find_by_id(id).filter(Column::ServiceId.eq(service)).one(db).await?)
}

/// Claimed messages, for delivery; whose they are stands in each.
pub async fn claimed(db: &impl ConnectionTrait, ids: &[NotificationId]) -> db::Result<Vec<Model>> {
    Ok(Entity::find().filter(Column::Id.is_in(ids.iter().copied())).all(db).await?)
}

/// The message that `provider` knows by `reference`, held for the rest of the transaction so that
/// two receipts for it come one after the other.
pub async fn by_provider_reference(
    tx: &Transaction,
    provider: &str,
    reference: &str,
) -> db::Result<Option<Model>> {
    Ok(Entity::find()
        .filter(Column::ProviderReference.eq(reference))
        .filter(Column::Provider.eq(provider))
        .lock_exclusive()
        .one(tx)
        .await?)
}

/// A message whatever its service, for its own provider's receipt; held like the one above.
pub async fn held(tx: &Transaction, id: NotificationId) -> db::Result<Option<Model>> {
    Ok(Entity::find_by_id(id).lock_exclusive().one(tx).await?)
}

/// The rows of a batch that are messages already.
pub async fn rows_of_batch(
    db: &impl ConnectionTrait,
    service: ServiceId,
    batch: BatchId,
) -> db::Result<Vec<i32>> {
    Ok(Entity::find()
        .select_only()
        .column(Column::RowNumber)
        .filter(Column::ServiceId.eq(service))
        .filter(Column::BatchId.eq(batch))
        .filter(Column::RowNumber.is_not_null())
        .into_tuple()
        .all(db)
        .await?)
}

/// The oldest messages whose time of keeping has ended, at most `most`: those that were accepted before `before` and
/// do not wait for a later time. Of one service and channel only those that have ended, because what may still
/// arrive must be known until the whole installation's time is over.
pub async fn accepted_before(
    db: &impl ConnectionTrait,
    of: Option<(ServiceId, Channel)>,
    before: Time,
    most: u64,
) -> db::Result<Vec<NotificationId>> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Id.lt(NotificationId::first_of(before)))
        .filter(Column::ScheduledFor.is_null().or(Column::ScheduledFor.lt(before)))
        .apply_if(of, |rows, (service, channel)| {
            rows.filter(Column::ServiceId.eq(service))
                .filter(Column::Channel.eq(Word(channel)))
                .filter(Column::CompletedAt.is_not_null())
        })
        .order_by_asc(Column::Id)
        .limit(most)
        .into_tuple()
        .all(db)
        .await?)
}

/// Destroys messages with everything personal in them; how many there were.
pub async fn destroy(tx: &Transaction, ids: &[NotificationId]) -> db::Result<u64> {
    let gone = Entity::delete_many().filter(Column::Id.is_in(ids.iter().copied())).exec(tx).await?;
    Ok(gone.rows_affected)
}

/// Stores new messages.
pub async fn insert(tx: &Transaction, rows: Vec<Model>) -> db::Result<()> {
    if !rows.is_empty() {
        let rows = rows.into_iter().map(|row| row.into_active_model().reset_all());
        Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// A step of a message's life that is about to be written.
#[derive(Clone, Debug)]
pub struct Step {
    /// The status it must have now; otherwise nothing is written.
    pub from: Status,
    /// The status it gets.
    pub to: Status,
    /// When.
    pub at: Time,
    /// Which provider took it, if one just did.
    pub provider: Option<String>,
    /// The provider's own name for it.
    pub provider_reference: Option<String>,
    /// The provider's words.
    pub provider_response: Option<String>,
}

/// Writes one step for many messages that take the same one; gives those that were as expected, and
/// counts them in `tally`.
pub async fn step(
    tx: &Transaction,
    ids: &[NotificationId],
    step: &Step,
    tally: &mut Tally,
) -> db::Result<Vec<NotificationId>> {
    let mut update = Entity::update_many()
        .col_expr(Column::Status, Expr::value(step.to.as_str()))
        .col_expr(Column::UpdatedAt, Expr::value(step.at))
        .filter(Column::Id.is_in(ids.iter().copied()))
        .filter(Column::Status.eq(Word(step.from)));
    if let Some(provider) = &step.provider {
        update = update
            .col_expr(Column::Provider, Expr::value(provider.as_str()))
            .col_expr(Column::SentAt, Expr::value(step.at));
    }
    if let Some(reference) = &step.provider_reference {
        update = update.col_expr(Column::ProviderReference, Expr::value(reference.as_str()));
    }
    if let Some(words) = &step.provider_response {
        update = update.col_expr(Column::ProviderResponse, Expr::value(words.as_str()));
    }
    if step.to.is_completed() {
        update = update.col_expr(Column::CompletedAt, Expr::value(step.at));
    }
    let query =
        update.into_query().returning(Query::returning().columns(Changed::COLUMNS)).to_owned();
    let changed = tx.query_all(&query).await?;
    let mut ids = Vec::with_capacity(changed.len());
    for row in &changed {
        let message = Changed::from_query_result(row, "")?;
        tally.stepped(&message, step.from, step.to, step.at);
        ids.push(message.id);
    }
    Ok(ids)
}
