//! The table `schedule`: work that comes again and again, done by one process each time.

use chrono::TimeDelta;
use kernel::Time;
use sea_orm::{ActiveValue::Set, entity::prelude::*};

/// When a schedule is next due.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "schedule")]
pub struct Model {
    /// The schedule.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// When it is next due.
    pub due_at: Time,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Makes the schedule known; it is first due at once.
pub async fn know(tx: &db::Transaction, name: &str, now: Time) -> db::Result<()> {
    let row = ActiveModel { name: Set(name.to_owned()), due_at: Set(now) };
    Entity::insert(row).on_conflict_do_nothing().exec_without_returning(tx).await?;
    Ok(())
}

/// Takes one turn: whether it was due and is ours. Of many processes that ask, one is told yes.
pub async fn take(
    tx: &db::Transaction,
    name: &str,
    every: TimeDelta,
    now: Time,
) -> db::Result<bool> {
    let moved = Entity::update_many()
        .col_expr(Column::DueAt, Expr::value(now + every))
        .filter(Column::Name.eq(name))
        .filter(Column::DueAt.lte(now))
        .exec(tx)
        .await?;
    Ok(moved.rows_affected == 1)
}
