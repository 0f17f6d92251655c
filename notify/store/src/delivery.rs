//! A message that waits to be handed to a provider: a narrow row that is gone when it has been.

use accounts::ServiceId;
use db::Transaction;
use kernel::{Time, Word};
use notify::{Channel, Lane};
use sea_orm::{
    IntoActiveModel, QueryOrder, QuerySelect, QueryTrait, Statement,
    entity::prelude::*,
    sea_query::{ExprTrait, LockBehavior, LockType},
};

use crate::NotificationId;

/// A message that waits to be handed to a provider: a narrow row that is gone when it has been.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "delivery")]
pub struct Model {
    /// The message.
    #[sea_orm(primary_key, auto_increment = false)]
    pub notification_id: NotificationId,
    /// Whose it is, for fairness between services.
    pub service_id: ServiceId,
    /// Which providers can take it.
    pub channel: Word<Channel>,
    /// How urgent it is.
    pub lane: Word<Lane>,
    /// When it may be taken; a lease moves it to the lease's end.
    pub due_at: Time,
    /// How often it has been taken.
    pub attempt: i32,
    /// Who holds it; a stranger's lease that has run out counts for nothing.
    pub lease: Option<Uuid>,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Whose messages may be claimed, and how many at most.
#[derive(Clone, Copy, Debug)]
pub struct Ask {
    /// E-mails or texts.
    pub channel: Channel,
    /// Which lane.
    pub lane: Lane,
    /// At most so many.
    pub most: u64,
}

/// The holder of claimed messages, and until when they are nobody else's.
#[derive(Clone, Copy, Debug)]
pub struct Lease {
    /// The holder's token, new for each claim.
    pub token: Uuid,
    /// The moment at which others may take the messages.
    pub until: Time,
}

/// A claimed message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// The message.
    pub notification: NotificationId,
    /// Which attempt this is, from 1.
    pub attempt: i32,
}

/// Puts messages into their lanes.
pub async fn insert(tx: &Transaction, rows: Vec<Model>) -> db::Result<()> {
    if !rows.is_empty() {
        let rows = rows.into_iter().map(|row| row.into_active_model().reset_all());
        Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// The services that have a message in this lane, due or not, in the order of their ids.
///
/// A loose index scan: the cost is one probe a service, however many messages wait.
pub async fn services(
    db: &impl ConnectionTrait,
    channel: Channel,
    lane: Lane,
) -> db::Result<Vec<ServiceId>> {
    let sql = "WITH RECURSIVE waiting(id) AS ( \
        SELECT (SELECT service_id FROM delivery WHERE channel = $1 AND lane = $2 \
                ORDER BY service_id LIMIT 1) \
        UNION ALL \
        SELECT (SELECT d.service_id FROM delivery d WHERE d.channel = $1 AND d.lane = $2 \
                AND d.service_id > waiting.id ORDER BY d.service_id LIMIT 1) \
        FROM waiting WHERE waiting.id IS NOT NULL) \
        SELECT id FROM waiting WHERE id IS NOT NULL";
    let values = [channel.as_str().into(), lane.as_str().into()];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let rows = db.query_all_raw(statement).await?;
    Ok(rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?)
}

/// Takes due messages of one service, oldest first, and holds them under `lease`.
///
/// Two claimers never take the same message: PostgreSQL skips locked rows, SQLite has one writer.
pub async fn claim(
    tx: &Transaction,
    service: ServiceId,
    ask: Ask,
    lease: Lease,
    now: Time,
) -> db::Result<Vec<Claimed>> {
    let due = Entity::find()
        .select_only()
        .column(Column::NotificationId)
        .filter(Column::Channel.eq(Word(ask.channel)))
        .filter(Column::Lane.eq(Word(ask.lane)))
        .filter(Column::ServiceId.eq(service))
        .filter(Column::DueAt.lte(now))
        .order_by_asc(Column::DueAt)
        .limit(ask.most)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .into_query();
    let rows = Entity::update_many()
        .col_expr(Column::DueAt, Expr::value(lease.until))
        .col_expr(Column::Lease, Expr::value(lease.token))
        .col_expr(Column::Attempt, Expr::col(Column::Attempt).add(1))
        .filter(Column::NotificationId.in_subquery(due))
        .exec_with_returning(tx)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Claimed { notification: row.notification_id, attempt: row.attempt })
        .collect())
}

/// Takes finished messages out of their lanes, if `token` still holds them; gives those it held.
pub async fn remove(
    tx: &Transaction,
    token: Uuid,
    finished: &[NotificationId],
) -> db::Result<Vec<NotificationId>> {
    let gone = Entity::delete_many()
        .filter(Column::NotificationId.is_in(finished.iter().copied()))
        .filter(Column::Lease.eq(token))
        .exec_with_returning(tx)
        .await?;
    Ok(gone.into_iter().map(|row| row.notification_id).collect())
}

/// Lets a message wait until `due_at`; `counts` says whether this attempt is held against it.
pub async fn postpone(
    tx: &Transaction,
    token: Uuid,
    message: NotificationId,
    due_at: Time,
    counts: bool,
) -> db::Result<()> {
    let forgiven = i32::from(!counts);
    Entity::update_many()
        .col_expr(Column::DueAt, Expr::value(due_at))
        .col_expr(Column::Lease, Expr::value(Option::<Uuid>::None))
        .col_expr(Column::Attempt, Expr::col(Column::Attempt).sub(forgiven))
        .filter(Column::NotificationId.eq(message))
        .filter(Column::Lease.eq(token))
        .exec(tx)
        .await?;
    Ok(())
}

/// Gives back what `token` still holds of `unused`, to be taken again at once; the attempt is forgiven.
pub async fn give_back(
    tx: &Transaction,
    token: Uuid,
    unused: &[NotificationId],
    now: Time,
) -> db::Result<u64> {
    let given = Entity::update_many()
        .col_expr(Column::DueAt, Expr::value(now))
        .col_expr(Column::Lease, Expr::value(Option::<Uuid>::None))
        .col_expr(Column::Attempt, Expr::col(Column::Attempt).sub(1))
        .filter(Column::NotificationId.is_in(unused.iter().copied()))
        .filter(Column::Lease.eq(token))
        .exec(tx)
        .await?;
    Ok(given.rows_affected)
}

/// Lengthens a lease over the messages that its holder is still busy with; gives those it still held.
pub async fn renew(
    tx: &Transaction,
    lease: Lease,
    busy: &[NotificationId],
) -> db::Result<Vec<NotificationId>> {
    let held = Entity::update_many()
        .col_expr(Column::DueAt, Expr::value(lease.until))
        .filter(Column::NotificationId.is_in(busy.iter().copied()))
        .filter(Column::Lease.eq(lease.token))
        .exec_with_returning(tx)
        .await?;
    Ok(held.into_iter().map(|row| row.notification_id).collect())
}

/// Ends every lease, for the start of the one process that a database belongs to: whoever held them
/// is dead. Attempts stay counted, so that a message that kills its process does not do so for ever.
pub async fn end_all_leases(tx: &Transaction, now: Time) -> db::Result<u64> {
    let ended = Entity::update_many()
        .col_expr(Column::DueAt, Expr::value(now))
        .col_expr(Column::Lease, Expr::value(Option::<Uuid>::None))
        .filter(Column::Lease.is_not_null())
        .exec(tx)
        .await?;
    Ok(ended.rows_affected)
}

/// Messages that were accepted before `before`, still wait and are in nobody's hand, in the order of
/// their ids and after `after`.
pub async fn waiting_since(
    db: &impl ConnectionTrait,
    before: Time,
    after: Option<NotificationId>,
    now: Time,
    most: u64,
) -> db::Result<Vec<NotificationId>> {
    Ok(Entity::find()
        .select_only()
        .column(Column::NotificationId)
        .filter(Column::NotificationId.lt(NotificationId::first_of(before)))
        .apply_if(after, |rows, last| rows.filter(Column::NotificationId.gt(last)))
        .filter(Column::Lease.is_null().or(Column::DueAt.lte(now)))
        .order_by_asc(Column::NotificationId)
        .limit(most)
        .into_tuple()
        .all(db)
        .await?)
}

/// Takes messages out of their lanes whoever holds them, because they have ended or are destroyed.
pub async fn discard(tx: &Transaction, ids: &[NotificationId]) -> db::Result<()> {
    let gone = Column::NotificationId.is_in(ids.iter().copied());
    Entity::delete_many().filter(gone).exec(tx).await?;
    Ok(())
}

/// Takes a waiting message out of its lane if nobody holds it; whether there was one.
pub async fn withdraw(tx: &Transaction, message: NotificationId) -> db::Result<bool> {
    let gone = Entity::delete_many()
        .filter(Column::NotificationId.eq(message))
        .filter(Column::Lease.is_null())
        .exec(tx)
        .await?;
    Ok(gone.rows_affected == 1)
}

/// The place of a service's message in its lane, while it waits.
pub async fn find(
    db: &impl ConnectionTrait,
    service: ServiceId,
    message: NotificationId,
) -> db::Result<Option<Model>> {
    Ok(Entity::find_by_id(message).filter(Column::ServiceId.eq(service)).one(db).await?)
}

/// When the longest-waiting message of a lane became due; none when nothing is due.
pub async fn oldest_due(
    db: &impl ConnectionTrait,
    channel: Channel,
    lane: Lane,
    now: Time,
) -> db::Result<Option<Time>> {
    let mut oldest = None;
    for service in services(db, channel, lane).await? {
        let first: Option<Time> = Entity::find()
            .select_only()
            .column(Column::DueAt)
            .filter(Column::Channel.eq(Word(channel)))
            .filter(Column::Lane.eq(Word(lane)))
            .filter(Column::ServiceId.eq(service))
            .filter(Column::DueAt.lte(now))
            .order_by_asc(Column::DueAt)
            .limit(1)
            .into_tuple()
            .one(db)
            .await?;
        oldest = oldest.into_iter().chain(first).min();
    }
    Ok(oldest)
}

/// How many messages wait in a lane, counted no further than `most`.
pub async fn count_to(
    db: &impl ConnectionTrait,
    channel: Channel,
    lane: Lane,
    most: u64,
) -> db::Result<u64> {
    let some = Entity::find()
        .select_only()
        .column(Column::NotificationId)
        .filter(Column::Channel.eq(Word(channel)))
        .filter(Column::Lane.eq(Word(lane)))
        .limit(most);
    Ok(some.into_tuple::<NotificationId>().all(db).await?.len() as u64)
}
