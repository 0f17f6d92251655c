//! What a service's managers are told of once, whichever process notices it and whichever tells them.
//!
//! A notice is left in the transaction of what it is about. Its name says what that was, so a second one of the same
//! name is none. It is told in one transaction with its letters, by whoever marks it first.

use accounts::ServiceId;
use db::Transaction;
use kernel::Time;
use notify::{Channel, callback::Kind, limit::Mark};
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect, TryInsertResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

/// A notice.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notice")]
pub struct Model {
    /// Whose managers are told.
    #[sea_orm(primary_key, auto_increment = false)]
    pub service_id: ServiceId,
    /// What happened, and when it would be another one: `limit-near email 2026-11-21`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// [`About`] as JSON.
    pub about: String,
    /// When it happened.
    pub created_at: Time,
    /// When the managers were told.
    pub told_at: Option<Time>,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum About {
    /// So much of a limit was used.
    Limit(Mark, Used),
    /// A call-back was suspended because too many attempts failed.
    Suspended(Kind, Time),
}

/// What was used of a limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Used {
    /// E-mails, or parts of texts.
    pub channel: Channel,
    /// The day `2026-11-21` or the fiscal year `2026-27`.
    pub period: String,
    /// How much was used.
    pub used: i64,
    /// Of how much.
    pub limit: i64,
}

impl Used {
    /// Whether the limit is that of a day, and not of a fiscal year.
    #[must_use]
    pub fn is_daily(&self) -> bool {
        self.period.matches('-').count() == 2
    }
}

impl About {
    fn name(&self) -> String {
        match self {
            Self::Limit(mark, Used { channel, period, .. }) => {
                format!("limit-{mark} {channel} {period}")
            }
            Self::Suspended(kind, at) => format!("callback-suspended {kind} {}", at.timestamp()),
        }
    }
}

impl Model {
    /// What it is about; none when a newer program left it.
    #[must_use]
    pub fn about(&self) -> Option<About> {
        serde_json::from_str(&self.about).ok()
    }
}

/// Leaves a notice; false if it was left before.
pub async fn leave(
    tx: &Transaction,
    service: ServiceId,
    about: &About,
    at: Time,
) -> db::Result<bool> {
    let words = serde_json::to_string(about).map_err(|error| DbErr::Json(error.to_string()))?;
    let row = ActiveModel {
        service_id: Set(service),
        name: Set(about.name()),
        about: Set(words),
        created_at: Set(at),
        told_at: Set(None),
    };
    let left = Entity::insert(row)
        .on_conflict_do_nothing_on([Column::ServiceId, Column::Name])
        .exec_without_returning(tx)
        .await?;
    Ok(matches!(left, TryInsertResult::Inserted(1..)))
}

/// The notices of all services of which nobody was told yet, oldest first, at most `most`.
pub async fn untold(db: &impl ConnectionTrait, most: u64) -> db::Result<Vec<Model>> {
    let waiting = Entity::find().filter(Column::ToldAt.is_null());
    Ok(waiting.order_by_asc(Column::CreatedAt).limit(most).all(db).await?)
}

/// Marks a notice as told; false if another was first, and then nothing may be sent.
pub async fn tell(tx: &Transaction, notice: &Model, at: Time) -> db::Result<bool> {
    let told = Entity::update_many()
        .col_expr(Column::ToldAt, Expr::value(at))
        .filter(Column::ServiceId.eq(notice.service_id))
        .filter(Column::Name.eq(notice.name.as_str()))
        .filter(Column::ToldAt.is_null())
        .exec(tx)
        .await?;
    Ok(told.rows_affected == 1)
}

/// Forgets what was told before `before`; how many there were.
pub async fn purge(tx: &Transaction, before: Time) -> db::Result<u64> {
    let old = Entity::delete_many().filter(Column::ToldAt.lt(before));
    Ok(old.exec(tx).await?.rows_affected)
}
