//! What was answered to a request that carried an `Idempotency-Key`, for 24 hours.

use accounts::ServiceId;
use chrono::TimeDelta;
use db::Transaction;
use kernel::Time;
use sea_orm::{ActiveValue::Set, TryInsertResult, entity::prelude::*};

/// What was answered to a request that carried an `Idempotency-Key`, for 24 hours.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency")]
pub struct Model {
    /// Whose request.
    #[sea_orm(primary_key, auto_increment = false)]
    pub service_id: ServiceId,
    /// The key that the caller chose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// The fingerprint of the request it belongs to.
    pub request_hash: Vec<u8>,
    /// The answer, sealed for the service and key.
    pub answer_sealed: Vec<u8>,
    /// When.
    pub created_at: Time,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// How long a repeated request gets the same answer.
pub const KEPT: TimeDelta = TimeDelta::hours(24);

/// The promise to answer a repeated request alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// The `Idempotency-Key` of the request.
    pub key: String,
    /// The fingerprint of the request.
    pub request_hash: Vec<u8>,
    /// The answer, sealed.
    pub answer_sealed: Vec<u8>,
}

/// What was found when a promise was about to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Nothing: this is the first such request in 24 hours.
    New,
    /// The same request, and its sealed answer.
    Same(Vec<u8>),
    /// Another request with the same key.
    Other,
}

/// Keeps the promise unless the key was used in the last 24 hours.
pub async fn keep(
    tx: &Transaction,
    service: ServiceId,
    promise: &Promise,
    now: Time,
) -> db::Result<Kept> {
    Entity::delete_many()
        .filter(Column::ServiceId.eq(service))
        .filter(Column::Key.eq(&promise.key))
        .filter(Column::CreatedAt.lt(now - KEPT))
        .exec(tx)
        .await?;
    let row = ActiveModel {
        service_id: Set(service),
        key: Set(promise.key.clone()),
        request_hash: Set(promise.request_hash.clone()),
        answer_sealed: Set(promise.answer_sealed.clone()),
        created_at: Set(now),
    };
    let tried = Entity::insert(row)
        .on_conflict_do_nothing_on([Column::ServiceId, Column::Key])
        .exec_without_returning(tx)
        .await?;
    if matches!(tried, TryInsertResult::Inserted(1..)) {
        return Ok(Kept::New);
    }
    let before = find(tx, service, &promise.key).await?.ok_or(db::Error::Missing)?;
    let same = before.request_hash == promise.request_hash;
    Ok(if same { Kept::Same(before.answer_sealed) } else { Kept::Other })
}

/// What was answered to the request with this key, if it is still kept.
pub async fn find(
    db: &impl ConnectionTrait,
    service: ServiceId,
    key: &str,
) -> db::Result<Option<Model>> {
    Ok(Entity::find_by_id((service, key.to_owned())).one(db).await?)
}

/// Takes a promise back, because the request was refused after all.
pub async fn forget(tx: &Transaction, service: ServiceId, key: &str) -> db::Result<()> {
    Entity::delete_by_id((service, key.to_owned())).exec(tx).await?;
    Ok(())
}

/// Removes promises that are past their 24 hours; how many went.
pub async fn purge(tx: &Transaction, now: Time) -> db::Result<u64> {
    let gone = Entity::delete_many().filter(Column::CreatedAt.lt(now - KEPT)).exec(tx).await?;
    Ok(gone.rows_affected)
}
