//! The one way in which a write of this crate leaves its audit record.

use audit::{Entry, Stamp};
use serde_json::Value;
use uuid::Uuid;

/// Records `action` on `subject` in the transaction of the deed.
pub(crate) async fn leave(
    tx: &db::Transaction,
    stamp: &Stamp,
    service: Option<Uuid>,
    (action, subject): (&str, Uuid),
    details: Value,
) -> db::Result<()> {
    let entry = Entry { stamp, service, action, subject: subject.to_string(), details };
    audit::record(tx, &entry).await
}
