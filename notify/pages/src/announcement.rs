//! The board of announcements: what stands on every page now, asked of the database every few seconds at most.

use std::sync::{Arc, Mutex, PoisonError};

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use chrono::TimeDelta;
use db::Db;
use kernel::{Clock, Time};
use notify_store::announcement;
use web::{Notice, Notices};

/// For so long a page may show what stood on the board before: no page pays a query for it.
const FRESH: TimeDelta = TimeDelta::seconds(15);

/// The board.
#[derive(Clone)]
pub struct Board {
    db: Db,
    clock: Clock,
    kept: Arc<Mutex<Kept>>,
}

/// What was on the board, and when it is asked for again.
#[derive(Default)]
struct Kept {
    until: Option<Time>,
    notices: Notices,
}

impl std::fmt::Debug for Board {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Board").finish_non_exhaustive()
    }
}

impl Board {
    /// A board that has not been looked at yet.
    pub fn new(db: Db, clock: Clock) -> Self {
        Self { db, clock, kept: Arc::default() }
    }

    /// Lets the next page ask again, because something was changed here.
    pub fn forget(&self) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).until = None;
    }

    /// What is kept, and whether this caller is the one who asks again.
    fn kept(&self, now: Time) -> (Notices, bool) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let stale = kept.until.is_none_or(|until| until <= now);
        if stale {
            kept.until = Some(now + FRESH);
        }
        (kept.notices.clone(), stale)
    }

    /// What stands on pages now. While the database is away, what stood there before.
    async fn notices(&self) -> Notices {
        let now = self.clock.now();
        let (kept, stale) = self.kept(now);
        if !stale {
            return kept;
        }
        match announcement::shown(self.db.read(), now).await {
            Ok(rows) => {
                let notices = Notices(rows.into_iter().map(notice).collect());
                let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
                kept.notices = notices.clone();
                notices
            }
            Err(error) => {
                tracing::warn!(%error, "could not read the announcements");
                kept
            }
        }
    }
}

fn notice(row: announcement::Model) -> Notice {
    Notice { english: row.english, french: row.french, everybody: row.everybody }
}

/// Hangs the board beside every page: a layer for all of them.
pub async fn hang(State(board): State<Board>, mut request: Request, next: Next) -> Response {
    let notices = board.notices().await;
    request.extensions_mut().insert(notices);
    next.run(request).await
}
