//! When keys were last used, gathered beside the requests and written in groups.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError, atomic::Ordering},
};

use db::Db;
use kernel::Time;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, sea_query::Expr};

use super::keyring::Known;
use crate::{ApiKeyId, api_key};

/// A key's last use is written at most this often (API specification, section 1.8).
const PAUSE: chrono::TimeDelta = chrono::TimeDelta::seconds(10);

/// Uses that are not written yet.
#[derive(Default)]
pub(super) struct Usage(Mutex<HashMap<ApiKeyId, Time>>);

impl Usage {
    /// Sets a use aside for writing, unless one of the last ten seconds is already.
    pub fn note(&self, known: &Known, now: Time) {
        let (micros, seen) = (now.timestamp_micros(), known.noted.load(Ordering::Relaxed));
        if micros.saturating_sub(seen) < PAUSE.num_microseconds().unwrap_or(i64::MAX) {
            return;
        }
        let won = known.noted.compare_exchange(seen, micros, Ordering::Relaxed, Ordering::Relaxed);
        if won.is_ok() {
            self.waiting().insert(known.id, now);
        }
    }

    /// Writes what is set aside in one transaction; what could not be written is set aside again.
    pub async fn flush(&self, db: &Db) -> db::Result<usize> {
        let uses = std::mem::take(&mut *self.waiting());
        if uses.is_empty() {
            return Ok(0);
        }
        let written = write(db, &uses).await;
        if written.is_err() {
            let mut waiting = self.waiting();
            for (key, at) in uses {
                waiting.entry(key).or_insert(at);
            }
        }
        written
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, HashMap<ApiKeyId, Time>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn write(db: &Db, uses: &HashMap<ApiKeyId, Time>) -> db::Result<usize> {
    // In one order everywhere, so that two processes that write the same keys never wait in a ring.
    let mut uses: Vec<_> = uses.iter().collect();
    uses.sort_unstable();
    let tx = db.begin().await?;
    let mut written = 0;
    for (key, at) in uses {
        let stale = Condition::any()
            .add(api_key::Column::LastUsedAt.is_null())
            .add(api_key::Column::LastUsedAt.lte(*at - PAUSE));
        let change = api_key::Entity::update_many()
            .col_expr(api_key::Column::LastUsedAt, Expr::value(*at))
            .filter(api_key::Column::Id.eq(*key))
            .filter(stale);
        written += change.exec(&tx).await?.rows_affected as usize;
    }
    tx.commit().await?;
    Ok(written)
}
