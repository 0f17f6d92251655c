//! A few moments of the last while, as one JSON list in a column.

use chrono::TimeDelta;
use kernel::Time;
use sea_orm::DbErr;

/// Those of the moments in `text` that lie within `time` before `now`, oldest first; what is no such list is empty.
pub(crate) fn read(text: &str, now: Time, time: TimeDelta) -> Vec<Time> {
    let mut moments: Vec<Time> = serde_json::from_str(text).unwrap_or_default();
    moments.retain(|at| *at > now - time);
    moments
}

/// The text that [`read`] reads.
pub(crate) fn write(moments: &[Time]) -> db::Result<String> {
    Ok(serde_json::to_string(moments).map_err(|error| DbErr::Json(error.to_string()))?)
}
