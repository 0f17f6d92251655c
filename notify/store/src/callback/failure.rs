//! Counting the failed attempts at a call-back, and suspending it when there are too many
//! (API specification, section 4.7).

use accounts::ServiceId;
use audit::Stamp;
use db::Transaction;
use kernel::Time;
use notify::callback::{FAILING_TIME, FAILURES, Kind};
use sea_orm::{ActiveValue::Set, QuerySelect, entity::prelude::*};
use serde_json::json;

use super::{Column as Callback, Entity as Callbacks};
use crate::{
    CallbackId,
    notice::{self, About},
    recent, trail,
};

/// When attempts at a call-back failed within the last minutes.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "callback_failure")]
pub struct Model {
    /// The call-back.
    #[sea_orm(primary_key, auto_increment = false)]
    pub callback_id: CallbackId,
    /// The times as a JSON list, oldest first.
    pub times: String,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Counts a failed attempt at a service's call-back, and suspends it when this was the 25th within five minutes;
/// whether it was. An attempt at another address than the one that is set now counts for nothing.
pub async fn failed(
    tx: &Transaction,
    service: ServiceId,
    kind: Kind,
    url: &str,
    now: Time,
) -> db::Result<bool> {
    let known = super::find(tx, service, kind).await?;
    let known = known.filter(|known| known.url == url && known.suspended_at.is_none());
    let Some(known) = known else { return Ok(false) };
    let none = ActiveModel { callback_id: Set(known.id), times: Set("[]".to_owned()) };
    Entity::insert(none).on_conflict_do_nothing().exec_without_returning(tx).await?;
    // Held until the commit, so that two at once are counted one after the other.
    let row = Entity::find_by_id(known.id).lock_exclusive().one(tx).await?;
    // Gone when another attempt has just suspended it.
    let Some(row) = row else { return Ok(false) };
    let mut times = recent::read(&row.times, now, FAILING_TIME);
    times.push(now);
    if times.len() < FAILURES {
        let text = recent::write(&times)?;
        ActiveModel { callback_id: Set(known.id), times: Set(text) }.update(tx).await?;
        return Ok(false);
    }
    suspend(tx, (service, kind), known.id, now).await
}

/// Suspends a call-back that is not suspended yet, and leaves a notice for its team; whether it was.
async fn suspend(
    tx: &Transaction,
    (service, kind): (ServiceId, Kind),
    id: CallbackId,
    now: Time,
) -> db::Result<bool> {
    let suspended = Callbacks::update_many()
        .col_expr(Callback::SuspendedAt, Expr::value(now))
        .col_expr(Callback::UpdatedAt, Expr::value(now))
        .filter(Callback::Id.eq(id))
        .filter(Callback::SuspendedAt.is_null())
        .exec(tx)
        .await?;
    forget(tx, id).await?;
    if suspended.rows_affected == 0 {
        return Ok(false);
    }
    let minutes = FAILING_TIME.num_minutes();
    let words = json!({"kind": kind, "failures": FAILURES, "minutes": minutes});
    notice::leave(tx, service, &About::Suspended(kind, now), now).await?;
    let action = ("callback.suspend", id.uuid());
    trail::leave(tx, &Stamp::system(now), service, action, words).await?;
    Ok(true)
}

/// Forgets what failed, because the call-back was set, resumed or removed.
pub(super) async fn forget(tx: &Transaction, id: CallbackId) -> db::Result<()> {
    Entity::delete_by_id(id).exec(tx).await?;
    Ok(())
}
