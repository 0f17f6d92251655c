//! The one way in which a change of what a service has set leaves its audit record.

use accounts::ServiceId;
use audit::{Entry, Stamp};
use serde_json::Value;
use uuid::Uuid;

/// Records `action` on `subject` in the transaction of the deed.
pub(crate) async fn leave(
    tx: &db::Transaction,
    stamp: &Stamp,
    service: ServiceId,
    (action, subject): (&str, Uuid),
    details: Value,
) -> db::Result<()> {
    let (service, subject) = (Some(service.uuid()), subject.to_string());
    audit::record(tx, &Entry { stamp, service, action, subject, details }).await
}
