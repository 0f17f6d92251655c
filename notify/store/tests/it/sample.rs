//! Messages to test with.

use accounts::{KeyKind, ServiceId};
use kernel::{Id, Time, Word};
use notify::{Channel, Lane, Status, limit::Charge};
use notify_store::{
    inbox::Accept,
    notification::{self, Content},
};
use sea_orm_migration::{MigrationTrait, MigratorTrait};

/// Notify's tables and the audit's; they stand without the accounts'.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        audit::migrations().into_iter().chain(notify_store::migrations()).collect()
    }
}

/// An e-mail of `service` that counts against a daily limit of `daily_limit`.
pub fn email(service: ServiceId, now: Time, daily_limit: i64) -> Accept {
    let id = Id::new(now);
    let content = Content {
        to: "Noor@example.gc.ca".to_owned(),
        deliver_to: "noor@example.gc.ca".to_owned(),
        values: serde_json::Map::new(),
        sanitised: vec![],
        unsubscribe: None,
        callback: None,
    };
    let notification = notification::Model {
        id,
        service_id: service,
        template_id: Id::new(now),
        template_version: 1,
        api_key_id: None,
        created_by: None,
        key_kind: Word(KeyKind::Normal),
        channel: Word(Channel::Email),
        status: Word(Status::Created),
        reference: None,
        sealed: content.seal(&testkit::vault(), id).unwrap(),
        recipient_hash: None,
        reply_to: None,
        parts: 1,
        batch_id: None,
        row_number: None,
        created_at: now,
        scheduled_for: None,
        sent_at: None,
        completed_at: None,
        updated_at: None,
        provider: None,
        provider_reference: None,
        provider_response: None,
    };
    let charge = Charge { units: 1, daily_limit, annual_limit: 1_000_000 };
    Accept { notification, lane: Lane::Normal, charge: Some(charge), promise: None }
}
