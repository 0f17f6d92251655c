//! What is not kept for ever: sessions that are over, links and codes that no longer work, old sign-ins.

use chrono::TimeDelta;
use db::Db;
use kernel::Time;

use crate::{link, passkey, session, sign_in, sign_in_code};

/// How often [`purge`] is to be called: sessions end after hours, and nothing else is in a hurry.
pub const EVERY: TimeDelta = TimeDelta::hours(24);

/// Removes everything of this crate whose time is over; gives how many rows there were.
///
/// # Errors
/// Those of the database; then nothing was removed.
pub async fn purge(db: &Db, now: Time) -> db::Result<u64> {
    let tx = db.begin().await?;
    let mut gone = session::purge(&tx, now).await?;
    gone += link::purge(&tx, now).await?;
    gone += sign_in_code::purge(&tx, now).await?;
    gone += sign_in::purge(&tx, now).await?;
    gone += passkey::answered::purge(&tx, now).await?;
    tx.commit().await?;
    Ok(gone)
}
