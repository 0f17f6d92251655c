//! The table `job`: putting jobs in, taking them under a lease, and ending them.

use kernel::{Id, JobKind, Time};
use sea_orm::{
    ActiveValue::Set,
    Condition, QueryOrder, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{ExprTrait, LockBehavior, LockType, OnConflict},
};
use serde::Serialize;

/// The identifier of a job.
pub type JobId = Id<Model>;

/// A job that waits, runs, or failed for good.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job")]
pub struct Model {
    /// The job.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: JobId,
    /// Its kind's name.
    pub name: String,
    /// Its data as JSON; never a secret, never a recipient.
    pub payload: String,
    /// When it may run; a lease moves it to the lease's end.
    pub run_at: Time,
    /// Who runs it.
    pub lease: Option<Uuid>,
    /// How often it was taken.
    pub attempt: i32,
    /// How the last attempt ended.
    pub last_error: Option<String>,
    /// Of two waiting jobs of a kind with the same key, the second is not kept.
    pub unique_key: Option<String>,
    /// Since when it is given up; kept for people to look at.
    pub failed_at: Option<Time>,
    /// Jobs of one share run only a few at a time in a process, so that they cannot hold all its seats.
    pub share: Option<String>,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// When a job runs, and what makes it one with another.
#[derive(Clone, Debug)]
pub struct Timing {
    /// Not before this.
    pub run_at: Time,
    /// Of two waiting jobs of a kind with the same key, the second is not kept.
    pub unique_key: Option<String>,
    /// Whose share of the seats it takes; none when it may take any.
    pub share: Option<String>,
}

impl Timing {
    /// As soon as a worker is free.
    pub const fn at(run_at: Time) -> Self {
        Self { run_at, unique_key: None, share: None }
    }

    /// The same, but at most [`crate::Settings::of_one_share`] of `share` at a time in a process.
    #[must_use]
    pub fn of_share(self, share: impl Into<String>) -> Self {
        Self { share: Some(share.into()), ..self }
    }

    /// The same, but only once while one with this key waits.
    #[must_use]
    pub fn once(self, key: impl Into<String>) -> Self {
        Self { unique_key: Some(key.into()), ..self }
    }
}

/// Adds a job in the caller's transaction: it exists exactly if the caller's change does.
///
/// # Errors
/// Only the database's own; a payload is plain data and always becomes JSON.
pub async fn enqueue<P: Serialize>(
    tx: &db::Transaction,
    kind: &JobKind<P>,
    payload: &P,
    timing: Timing,
) -> db::Result<()> {
    let json = serde_json::to_string(payload).map_err(|e| DbErr::Json(e.to_string()))?;
    let row = ActiveModel {
        id: Set(Id::new(timing.run_at)),
        name: Set(kind.name.to_owned()),
        payload: Set(json),
        run_at: Set(timing.run_at),
        lease: Set(None),
        attempt: Set(0),
        last_error: Set(None),
        unique_key: Set(timing.unique_key),
        failed_at: Set(None),
        share: Set(timing.share),
    };
    let unless_waiting = OnConflict::new().do_nothing().to_owned();
    Entity::insert(row).on_conflict(unless_waiting).exec_without_returning(tx).await?;
    Ok(())
}

/// Takes at most `most` due jobs that are of none of the shares in `full`, oldest first, and holds them
/// under `lease` until `until`.
pub async fn claim(
    tx: &db::Transaction,
    most: u64,
    (lease, until): (Uuid, Time),
    now: Time,
    full: &[String],
) -> db::Result<Vec<Model>> {
    let mut allowed = waiting(now);
    if !full.is_empty() {
        let other = Column::Share.is_not_in(full.iter().map(String::as_str));
        allowed = allowed.add(Column::Share.is_null().or(other));
    }
    let due = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(allowed)
        .order_by_asc(Column::RunAt)
        .limit(most)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .into_query();
    Ok(Entity::update_many()
        .col_expr(Column::RunAt, Expr::value(until))
        .col_expr(Column::Lease, Expr::value(lease))
        .col_expr(Column::Attempt, Expr::col(Column::Attempt).add(1))
        .filter(Column::Id.in_subquery(due))
        .exec_with_returning(tx)
        .await?)
}

fn waiting(now: Time) -> Condition {
    Condition::all().add(Column::RunAt.lte(now)).add(Column::FailedAt.is_null())
}

/// Puts jobs back that `lease` holds and that were not begun; that they were taken does not count as a try.
pub async fn put_back(
    tx: &db::Transaction,
    jobs: &[JobId],
    lease: Uuid,
    now: Time,
) -> db::Result<()> {
    if jobs.is_empty() {
        return Ok(());
    }
    Entity::update_many()
        .col_expr(Column::RunAt, Expr::value(now))
        .col_expr(Column::Lease, Expr::value(Option::<Uuid>::None))
        .col_expr(Column::Attempt, Expr::col(Column::Attempt).sub(1))
        .filter(Column::Id.is_in(jobs.iter().copied()))
        .filter(Column::Lease.eq(lease))
        .exec(tx)
        .await?;
    Ok(())
}

/// Holds everything that `lease` still holds until `until`, because its worker lives; how many jobs.
pub async fn renew(tx: &db::Transaction, lease: Uuid, until: Time) -> db::Result<u64> {
    let renewed = Entity::update_many()
        .col_expr(Column::RunAt, Expr::value(until))
        .filter(Column::Lease.eq(lease))
        .filter(Column::FailedAt.is_null())
        .exec(tx)
        .await?;
    Ok(renewed.rows_affected)
}

/// Removes a job that succeeded, if `lease` still holds it.
pub async fn finish(tx: &db::Transaction, job: JobId, lease: Uuid) -> db::Result<()> {
    Entity::delete_many()
        .filter(Column::Id.eq(job))
        .filter(Column::Lease.eq(lease))
        .exec(tx)
        .await?;
    Ok(())
}

/// Lets a job run again at `run_at`, if `lease` still holds it.
pub async fn postpone(
    tx: &db::Transaction,
    job: JobId,
    lease: Uuid,
    run_at: Time,
    error: &str,
) -> db::Result<()> {
    Entity::update_many()
        .col_expr(Column::RunAt, Expr::value(run_at))
        .col_expr(Column::Lease, Expr::value(Option::<Uuid>::None))
        .col_expr(Column::LastError, Expr::value(error))
        .filter(Column::Id.eq(job))
        .filter(Column::Lease.eq(lease))
        .exec(tx)
        .await?;
    Ok(())
}

/// Gives a job up, if `lease` still holds it: it stays for people to look at and never runs again.
pub async fn give_up(
    tx: &db::Transaction,
    job: JobId,
    lease: Uuid,
    now: Time,
    error: &str,
) -> db::Result<()> {
    Entity::update_many()
        .col_expr(Column::FailedAt, Expr::value(now))
        .col_expr(Column::UniqueKey, Expr::value(Option::<String>::None))
        .col_expr(Column::LastError, Expr::value(error))
        .filter(Column::Id.eq(job))
        .filter(Column::Lease.eq(lease))
        .exec(tx)
        .await?;
    Ok(())
}

/// Makes the jobs that `lease` holds due at once, because their worker stops.
pub async fn give_back(tx: &db::Transaction, lease: Uuid, now: Time) -> db::Result<()> {
    Entity::update_many()
        .col_expr(Column::RunAt, Expr::value(now))
        .col_expr(Column::Lease, Expr::value(Option::<Uuid>::None))
        .filter(Column::Lease.eq(lease))
        .exec(tx)
        .await?;
    Ok(())
}

/// Ends every lease, for the start of the one process that a database belongs to: whoever held them
/// is dead.
pub async fn end_all_leases(tx: &db::Transaction, now: Time) -> db::Result<u64> {
    let ended = Entity::update_many()
        .col_expr(Column::RunAt, Expr::value(now))
        .col_expr(Column::Lease, Expr::value(Option::<Uuid>::None))
        .filter(Column::Lease.is_not_null())
        .filter(Column::FailedAt.is_null())
        .exec(tx)
        .await?;
    Ok(ended.rows_affected)
}

/// Removes jobs that were given up before `before`; how many.
pub async fn forget_failed(tx: &db::Transaction, before: Time) -> db::Result<u64> {
    let gone = Entity::delete_many().filter(Column::FailedAt.lt(before)).exec(tx).await?;
    Ok(gone.rows_affected)
}

/// How many jobs wait or run.
pub async fn count(db: &impl ConnectionTrait) -> db::Result<u64> {
    Ok(Entity::find().filter(Column::FailedAt.is_null()).count(db).await?)
}

/// When the oldest due job became due; none when nothing is due.
pub async fn oldest_due(db: &impl ConnectionTrait, now: Time) -> db::Result<Option<Time>> {
    let first = Entity::find().filter(waiting(now)).order_by_asc(Column::RunAt).one(db).await?;
    Ok(first.map(|job| job.run_at))
}

/// How many jobs wait or run, counted no further than `most`.
pub async fn count_to(db: &impl ConnectionTrait, most: u64) -> db::Result<u64> {
    let some = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::FailedAt.is_null())
        .limit(most);
    Ok(some.into_tuple::<JobId>().all(db).await?.len() as u64)
}

/// Jobs that were given up, the latest first, at most `most`.
pub async fn given_up(db: &impl ConnectionTrait, most: u64) -> db::Result<Vec<Model>> {
    let failed = Entity::find().filter(Column::FailedAt.is_not_null());
    Ok(failed.order_by_desc(Column::FailedAt).limit(most).all(db).await?)
}
