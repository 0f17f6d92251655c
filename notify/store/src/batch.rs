//! A bulk send: one template to many rows (`job` on the wire).

use std::collections::HashMap;

use accounts::{ApiKeyId, KeyKind, PersonId, ServiceId};
use audit::Stamp;
use db::Transaction;
use kernel::{Time, Word};
use notify::{
    Channel, Status,
    batch::{State, charged_at},
    limit,
    status::Group,
};
use sea_orm::{
    IdenStatic, IntoActiveModel, Iterable, QueryOrder, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{ExprTrait, LockBehavior, LockType},
};
use serde_json::json;

use crate::{
    BatchId, NotificationId, TemplateId, delivery, notification,
    statistic::{Tally, batch_count},
    trail, usage,
};

/// A bulk send: one template to many rows (`job` on the wire).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "batch")]
pub struct Model {
    /// The batch.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BatchId,
    /// Whose it is.
    pub service_id: ServiceId,
    /// What its messages are made from.
    pub template_id: TemplateId,
    /// In which version.
    pub template_version: i32,
    /// E-mail or text.
    pub channel: Word<Channel>,
    /// The key that made it.
    pub api_key_id: Option<ApiKeyId>,
    /// The person who made it on a page; none for a key.
    pub created_by: Option<PersonId>,
    /// The kind of that key; a person sends as a `normal` one does.
    pub key_kind: Word<KeyKind>,
    /// The name shown for it.
    pub name: String,
    /// The caller's own reference.
    pub reference: Option<String>,
    /// How far it has come.
    pub status: Word<State>,
    /// Rows with a recipient.
    pub row_count: i32,
    /// Messages or parts that it was charged for.
    pub units: i64,
    /// The day whose limit it was charged to.
    pub charged_on: String,
    /// The reply address or sender that was asked for.
    pub sender_id: Option<Uuid>,
    /// That address or sender itself.
    pub reply_to: Option<String>,
    /// Its rows as CSV text, sealed for this row's id.
    pub content_sealed: Vec<u8>,
    /// SHA-256 of the uploaded file, keyed, by which a second sending of it is noticed.
    pub file_hash: Option<Vec<u8>>,
    /// When it may start.
    pub scheduled_for: Option<Time>,
    /// When it was accepted.
    pub created_at: Time,
    /// When its rows began to be made into messages.
    pub started_at: Option<Time>,
    /// When the last row had been.
    pub finished_at: Option<Time>,
    /// The last change.
    pub updated_at: Option<Time>,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Why a batch could not be cancelled (API specification, section 2.7).
#[derive(Clone, Debug, thiserror::Error)]
pub enum Refusal {
    /// The service has no such batch.
    #[error("no such batch")]
    Missing,
    /// It is cancelled already.
    #[error("the batch is cancelled already")]
    Cancelled,
    /// It has begun, or never waited.
    #[error("the batch is being sent or has been sent")]
    Begun,
    /// The database refused.
    #[error(transparent)]
    Store(#[from] db::Error),
}

impl From<DbErr> for Refusal {
    fn from(cause: DbErr) -> Self {
        Self::Store(cause.into())
    }
}

/// Keeps a new batch.
pub async fn insert(tx: &Transaction, row: Model) -> db::Result<()> {
    Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

/// A service's batch, without its rows: its `content_sealed` is empty.
pub async fn find(
    db: &impl ConnectionTrait,
    service: ServiceId,
    id: BatchId,
) -> db::Result<Option<Model>> {
    Ok(light(service).filter(Column::Id.eq(id)).one(db).await?)
}

/// A service's batch with its rows, which can be many megabytes.
pub async fn with_rows(
    db: &impl ConnectionTrait,
    service: ServiceId,
    id: BatchId,
) -> db::Result<Option<Model>> {
    Ok(Entity::find_by_id(id).filter(Column::ServiceId.eq(service)).one(db).await?)
}

/// One page of a service's batches, newest first, without their rows.
pub async fn page(
    db: &impl ConnectionTrait,
    service: ServiceId,
    older_than: Option<BatchId>,
    size: u64,
) -> db::Result<Vec<Model>> {
    Ok(light(service)
        .apply_if(older_than, |rows, last| rows.filter(Column::Id.lt(last)))
        .order_by_desc(Column::Id)
        .limit(size)
        .all(db)
        .await?)
}

/// The names of some of a service's batches.
pub async fn names(
    db: &impl ConnectionTrait,
    service: ServiceId,
    ids: Vec<BatchId>,
) -> db::Result<HashMap<BatchId, String>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(BatchId, String)> = Entity::find()
        .select_only()
        .column(Column::Id)
        .column(Column::Name)
        .filter(Column::ServiceId.eq(service))
        .filter(Column::Id.is_in(ids))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// A batch with how far its messages have come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The batch, without its rows.
    pub batch: Model,
    /// Its messages by status; those whose rows are not messages yet are in none.
    pub counts: Vec<(Status, i64)>,
}

impl Listed {
    /// How many of its messages are in a group.
    #[must_use]
    pub fn in_group(&self, group: Group) -> i64 {
        let channel = *self.batch.channel;
        let counts = self.counts.iter().filter(|(status, _)| status.group(channel) == group);
        counts.map(|(_, count)| count).sum()
    }

    /// How many of its rows are messages.
    #[must_use]
    pub fn made(&self) -> i64 {
        self.counts.iter().map(|(_, count)| count).sum()
    }
}

/// The batches of a service that wait for their time, the next one first.
pub async fn scheduled(db: &impl ConnectionTrait, service: ServiceId) -> db::Result<Vec<Listed>> {
    let rows = light(service)
        .filter(Column::Status.eq(Word(State::Scheduled)))
        .order_by_asc(Column::ScheduledFor)
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|batch| Listed { batch, counts: Vec::new() }).collect())
}

/// One page of the batches of a service that do not wait and were not cancelled before they began, newest first, with how far they
/// have come: two queries whatever their size.
pub async fn sent(
    db: &impl ConnectionTrait,
    service: ServiceId,
    older_than: Option<BatchId>,
    size: u64,
) -> db::Result<Vec<Listed>> {
    let never_begun = Column::Status.eq(Word(State::Cancelled)).and(Column::StartedAt.is_null());
    let rows = light(service)
        .filter(Column::Status.ne(Word(State::Scheduled)))
        .filter(never_begun.not())
        .apply_if(older_than, |rows, last| rows.filter(Column::Id.lt(last)))
        .order_by_desc(Column::Id)
        .limit(size)
        .all(db)
        .await?;
    listed(db, service, rows).await
}

/// One batch with how far it has come.
pub async fn show(
    db: &impl ConnectionTrait,
    service: ServiceId,
    id: BatchId,
) -> db::Result<Option<Listed>> {
    let row = find(db, service, id).await?;
    Ok(listed(db, service, row.into_iter().collect()).await?.pop())
}

async fn listed(
    db: &impl ConnectionTrait,
    service: ServiceId,
    rows: Vec<Model>,
) -> db::Result<Vec<Listed>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let counts = statistics(db, service, &ids).await?;
    let of = |id: BatchId| {
        let own = counts.iter().filter(move |(batch, ..)| *batch == id);
        own.map(|(_, status, count)| (*status, *count)).collect()
    };
    Ok(rows.into_iter().map(|batch| Listed { counts: of(batch.id), batch }).collect())
}

/// A service's batches with every column but the rows.
fn light(service: ServiceId) -> Select<Entity> {
    let columns = Column::iter().filter(|column| !matches!(column, Column::ContentSealed));
    let mut select = Entity::find().select_only().filter(Column::ServiceId.eq(service));
    for column in columns {
        select = select.column(column);
    }
    select.expr_as(Expr::value(Vec::<u8>::new()), Column::ContentSealed.as_str())
}

/// How many messages of each batch stand at each status, read from the facts: what the wire calls `statistics`.
pub async fn statistics(
    db: &impl ConnectionTrait,
    service: ServiceId,
    batches: &[BatchId],
) -> db::Result<Vec<(BatchId, Status, i64)>> {
    if batches.is_empty() {
        return Ok(Vec::new());
    }
    let rows = batch_count::Entity::find()
        .filter(batch_count::Column::BatchId.is_in(batches.iter().copied()))
        .filter(batch_count::Column::ServiceId.eq(service))
        .filter(batch_count::Column::Messages.gt(0))
        .order_by_asc(batch_count::Column::BatchId)
        .order_by_asc(batch_count::Column::Status)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.batch_id, row.status.0, row.messages)).collect())
}

/// The same by counting messages, for tests and for an operator who doubts the facts.
pub async fn recount(
    db: &impl ConnectionTrait,
    service: ServiceId,
    batches: &[BatchId],
) -> db::Result<Vec<(BatchId, Status, i64)>> {
    let rows: Vec<(BatchId, Word<Status>, i64)> = notification::Entity::find()
        .select_only()
        .column(notification::Column::BatchId)
        .column(notification::Column::Status)
        .column_as(notification::Column::Id.count(), "messages")
        .filter(notification::Column::BatchId.is_in(batches.iter().copied()))
        .filter(notification::Column::ServiceId.eq(service))
        .group_by(notification::Column::BatchId)
        .group_by(notification::Column::Status)
        .order_by_asc(notification::Column::BatchId)
        .order_by_asc(notification::Column::Status)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(batch, status, count)| (batch, status.0, count)).collect())
}

/// The newest batch of today (UTC) that was made of the same file, by content or by name, with the same version
/// of the template and was not cancelled.
pub async fn sent_today(
    db: &impl ConnectionTrait,
    service: ServiceId,
    (template, version): (TemplateId, i32),
    (file_name, file_hash): (&str, &[u8]),
    now: Time,
) -> db::Result<Option<BatchId>> {
    let midnight = now.date_naive().and_time(chrono::NaiveTime::MIN).and_utc();
    Ok(Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::ServiceId.eq(service))
        .filter(Column::CreatedAt.gte(midnight))
        .filter(Column::Id.gte(BatchId::first_of(midnight - crate::upload::KEPT)))
        .filter(Column::TemplateId.eq(template))
        .filter(Column::TemplateVersion.eq(version))
        .filter(Column::FileHash.eq(file_hash).or(Column::Name.eq(file_name)))
        .filter(Column::FileHash.is_not_null())
        .filter(Column::Status.ne(Word(State::Cancelled)))
        .order_by_desc(Column::Id)
        .limit(1)
        .into_tuple()
        .one(db)
        .await?)
}

/// Cancels a batch that still waits for its time, and gives back what it was charged.
///
/// One guarded update decides, so a batch that begins at the same moment is either begun or
/// cancelled and never both.
pub async fn cancel(
    tx: &Transaction,
    stamp: &Stamp,
    service: ServiceId,
    id: BatchId,
) -> Result<Model, Refusal> {
    let waits = Expr::col(Column::Status).eq(State::Scheduled.as_str());
    let changed = Entity::update_many()
        .col_expr(Column::Status, Expr::value(State::Cancelled.as_str()))
        .col_expr(Column::UpdatedAt, Expr::value(stamp.at))
        .filter(Column::Id.eq(id))
        .filter(Column::ServiceId.eq(service))
        .filter(waits)
        .filter(Column::ScheduledFor.gt(stamp.at))
        .exec(tx)
        .await?;
    let row = find(tx, service, id).await?.ok_or(Refusal::Missing)?;
    if changed.rows_affected == 0 {
        let cancelled = row.status.0 == State::Cancelled;
        return Err(if cancelled { Refusal::Cancelled } else { Refusal::Begun });
    }
    give_back(tx, &row, row.units).await?;
    let words = json!({"rows": row.row_count, "units": row.units});
    trail::leave(tx, stamp, service, ("batch.cancel", id.uuid()), words).await?;
    Ok(row)
}

/// Gives back a part of what a batch was charged.
async fn give_back(tx: &Transaction, row: &Model, units: i64) -> db::Result<()> {
    if row.key_kind.0 == KeyKind::Test || units == 0 {
        return Ok(());
    }
    let year = limit::fiscal_year(charged_at(*row.channel, row.scheduled_for, row.created_at));
    for period in [row.charged_on.as_str(), &year] {
        usage::refund(tx, (row.service_id, row.channel.0, period), units).await?;
    }
    Ok(())
}

/// Begins to make messages of a batch's rows, or goes on with one that was begun; the batch as it is
/// then, or none when it was cancelled, has been finished or is gone.
pub async fn begin(
    tx: &Transaction,
    service: ServiceId,
    id: BatchId,
    now: Time,
) -> db::Result<Option<Model>> {
    let waits = [Word(State::Pending), Word(State::Scheduled)];
    Entity::update_many()
        .col_expr(Column::Status, Expr::value(State::InProgress.as_str()))
        .col_expr(Column::StartedAt, Expr::value(now))
        .col_expr(Column::UpdatedAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(Column::ServiceId.eq(service))
        .filter(Column::Status.is_in(waits))
        .exec(tx)
        .await?;
    Ok(with_rows(tx, service, id).await?.filter(|row| row.status.0 == State::InProgress))
}

/// Every row of a batch is a message now.
pub async fn finish(
    tx: &Transaction,
    service: ServiceId,
    id: BatchId,
    now: Time,
) -> db::Result<()> {
    Entity::update_many()
        .col_expr(Column::Status, Expr::value(State::Finished.as_str()))
        .col_expr(Column::FinishedAt, Expr::value(now))
        .col_expr(Column::UpdatedAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(Column::ServiceId.eq(service))
        .filter(Column::Status.eq(Word(State::InProgress)))
        .exec(tx)
        .await?;
    Ok(())
}

/// Calls off a batch that has not begun, because its service may not send now, and gives back what it
/// was charged; whether there was one.
pub async fn call_off(
    tx: &Transaction,
    service: ServiceId,
    id: BatchId,
    now: Time,
) -> db::Result<bool> {
    let changed = Entity::update_many()
        .col_expr(Column::Status, Expr::value(State::Cancelled.as_str()))
        .col_expr(Column::UpdatedAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(Column::ServiceId.eq(service))
        .filter(Column::Status.is_in([Word(State::Pending), Word(State::Scheduled)]))
        .exec(tx)
        .await?;
    let Some(row) = find(tx, service, id).await?.filter(|_| changed.rows_affected == 1) else {
        return Ok(false);
    };
    give_back(tx, &row, row.units).await?;
    Ok(true)
}

/// Whether a batch is still being made into messages; asked in the transaction of each chunk, it holds the batch's row,
/// so that a stop comes before the chunk or after it.
pub async fn is_running(
    tx: &Transaction,
    service: ServiceId,
    id: BatchId,
    now: Time,
) -> db::Result<bool> {
    let held = Entity::update_many()
        .col_expr(Column::UpdatedAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(Column::ServiceId.eq(service))
        .filter(Column::Status.eq(Word(State::InProgress)))
        .exec(tx)
        .await?;
    Ok(held.rows_affected == 1)
}

/// Stops a batch that has begun and has not wholly left, and gives back what was charged for rows that are no messages.
/// Messages that wait are taken back by [`take_back`] afterwards.
///
/// # Errors
/// `Missing` when the service has no such batch, `Cancelled` when it was stopped before, `Begun` when nothing of it waits.
pub async fn stop(
    tx: &Transaction,
    stamp: &Stamp,
    service: ServiceId,
    id: BatchId,
) -> Result<(), Refusal> {
    let changed = Entity::update_many()
        .col_expr(Column::Status, Expr::value(State::Cancelled.as_str()))
        .col_expr(Column::StartedAt, Expr::col(Column::StartedAt).if_null(stamp.at))
        .col_expr(Column::UpdatedAt, Expr::value(stamp.at))
        .filter(Column::Id.eq(id))
        .filter(Column::ServiceId.eq(service))
        .filter(Column::Status.ne(Word(State::Cancelled)))
        .exec(tx)
        .await?;
    let row = find(tx, service, id).await?.ok_or(Refusal::Missing)?;
    if changed.rows_affected == 0 {
        return Err(Refusal::Cancelled);
    }
    // Finished is written once, so what is dropped with the error rolls the change back.
    if row.finished_at.is_some() && waiting(tx, id, 1).await?.is_empty() {
        return Err(Refusal::Begun);
    }
    let made: Option<i64> = notification::Entity::find()
        .select_only()
        .expr_as(crate::statistic::total(notification::Column::Parts), "parts")
        .filter(notification::Column::BatchId.eq(id))
        .into_tuple()
        .one(tx)
        .await?;
    let unmade = Ord::max(row.units - made.unwrap_or_default(), 0);
    give_back(tx, &row, unmade).await?;
    let words = json!({"rows": row.row_count, "unmade_units": unmade});
    trail::leave(tx, stamp, service, ("batch.stop", id.uuid()), words).await?;
    Ok(())
}

/// Messages of a batch that wait in nobody's hand, held for the rest of the transaction.
async fn waiting(tx: &Transaction, id: BatchId, most: u64) -> db::Result<Vec<NotificationId>> {
    let created = notification::Entity::find()
        .select_only()
        .column(notification::Column::Id)
        .filter(notification::Column::BatchId.eq(id))
        .filter(notification::Column::Status.eq(Word(Status::Created)))
        .into_query();
    Ok(delivery::Entity::find()
        .select_only()
        .column(delivery::Column::NotificationId)
        .filter(delivery::Column::NotificationId.in_subquery(created))
        .filter(delivery::Column::Lease.is_null())
        .order_by_asc(delivery::Column::NotificationId)
        .limit(most)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .into_tuple()
        .all(tx)
        .await?)
}

/// Messages of a stopped batch that [`take_back`] takes in one transaction.
const TAKEN_BACK: u64 = 500;

/// Takes back some messages of a stopped batch that wait in nobody's hand, and what they cost; how many, and 0 when none is left.
pub async fn take_back(
    tx: &Transaction,
    service: ServiceId,
    id: BatchId,
    now: Time,
) -> db::Result<u64> {
    let row = find(tx, service, id).await?.ok_or(db::Error::Missing)?;
    let waiting = waiting(tx, id, TAKEN_BACK).await?;
    if waiting.is_empty() {
        return Ok(0);
    }
    delivery::discard(tx, &waiting).await?;
    let step = notification::Step {
        from: Status::Created,
        to: Status::Cancelled,
        at: now,
        provider: None,
        provider_reference: None,
        provider_response: None,
    };
    let mut tally = Tally::default();
    let cancelled = notification::step(tx, &waiting, &step, &mut tally).await?;
    let units =
        notification::claimed(tx, &cancelled).await?.iter().map(|row| i64::from(row.parts)).sum();
    give_back(tx, &row, units).await?;
    tally.write(tx).await?;
    Ok(waiting.len() as u64)
}

/// Destroys batches with their rows that were accepted before `before` and do not wait for a later time, at most
/// `most`; how many there were. Of one service and channel only those that are finished or cancelled.
pub async fn purge(
    tx: &Transaction,
    of: Option<(ServiceId, Channel)>,
    before: Time,
    most: u64,
) -> db::Result<u64> {
    let over = [Word(State::Finished), Word(State::Cancelled)];
    let old: Vec<BatchId> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Id.lt(BatchId::first_of(before)))
        .filter(Column::CreatedAt.lt(before))
        .filter(Column::ScheduledFor.is_null().or(Column::ScheduledFor.lt(before)))
        .apply_if(of, |rows, (service, channel)| {
            rows.filter(Column::ServiceId.eq(service))
                .filter(Column::Channel.eq(Word(channel)))
                .filter(Column::Status.is_in(over))
        })
        .order_by_asc(Column::Id)
        .limit(most)
        .into_tuple()
        .all(tx)
        .await?;
    let counts = batch_count::Column::BatchId.is_in(old.iter().copied());
    batch_count::Entity::delete_many().filter(counts).exec(tx).await?;
    let gone = Entity::delete_many().filter(Column::Id.is_in(old)).exec(tx).await?;
    Ok(gone.rows_affected)
}
