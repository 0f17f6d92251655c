//! Who wrote to a service, each with their newest text: kept by the transactions that keep texts, so that an inbox of
//! any size is read a page at a time.

use accounts::ServiceId;
use db::Transaction;
use kernel::Time;
use sea_orm::{
    ActiveValue::Set,
    QueryOrder, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{ExprTrait, OnConflict},
};

use crate::ReceivedTextId;

/// Somebody who wrote to a service.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "conversation")]
pub struct Model {
    /// The service.
    #[sea_orm(primary_key, auto_increment = false)]
    pub service_id: ServiceId,
    /// The keyed hash of service and number ([`crate::notification::recipient_hash`]).
    #[sea_orm(primary_key, auto_increment = false)]
    pub sender_hash: i64,
    /// Their newest text.
    pub latest_id: ReceivedTextId,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Notes that somebody wrote.
pub(super) async fn note(
    tx: &Transaction,
    service: ServiceId,
    (sender_hash, text): (i64, ReceivedTextId),
) -> db::Result<()> {
    let row = ActiveModel {
        service_id: Set(service),
        sender_hash: Set(sender_hash),
        latest_id: Set(text),
    };
    let latest = || Expr::col((Entity, Column::LatestId));
    let newer = OnConflict::columns([Column::ServiceId, Column::SenderHash])
        .update_column(Column::LatestId)
        .action_and_where(latest().lt(text))
        .to_owned();
    match Entity::insert(row).on_conflict(newer).exec_without_returning(tx).await {
        Ok(_) | Err(DbErr::RecordNotInserted) => Ok(()),
        Err(other) => Err(other.into()),
    }
}

/// One page of those who wrote to a service, whoever wrote last first; `older_than` is the text at the end of the page
/// before.
pub async fn page(
    db: &impl ConnectionTrait,
    service: ServiceId,
    older_than: Option<ReceivedTextId>,
    size: u64,
) -> db::Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(Column::ServiceId.eq(service))
        .apply_if(older_than, |rows, last| rows.filter(Column::LatestId.lt(last)))
        .order_by_desc(Column::LatestId)
        .limit(size)
        .all(db)
        .await?)
}

/// How many wrote to a service; whoever counts looks at `most` at most.
pub async fn count(db: &impl ConnectionTrait, service: ServiceId, most: u64) -> db::Result<usize> {
    let some: Vec<i64> = Entity::find()
        .select_only()
        .column(Column::SenderHash)
        .filter(Column::ServiceId.eq(service))
        .limit(most)
        .into_tuple()
        .all(db)
        .await?;
    Ok(some.len())
}

/// Forgets those whose newest text was kept before `before`.
pub(super) async fn purge(tx: &Transaction, of: Option<ServiceId>, before: Time) -> db::Result<()> {
    Entity::delete_many()
        .filter(Column::LatestId.lt(ReceivedTextId::first_of(before)))
        .apply_if(of, |rows, service| rows.filter(Column::ServiceId.eq(service)))
        .exec(tx)
        .await?;
    Ok(())
}
