//! How a batch looks on the wire (API specification, section 2.6).

use kernel::Time;
use notify_store::batch;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// An answer with a batch in it.
#[derive(Serialize, ToSchema)]
pub struct JobAnswer {
    /// The batch.
    pub data: Job,
}

/// A batch.
#[derive(Serialize, ToSchema)]
pub struct Job {
    /// The batch.
    pub id: Uuid,
    /// The key that made it.
    pub api_key: JobKey,
    /// Never: a batch is there until its time of keeping ends.
    pub archived: bool,
    /// When it was accepted.
    pub created_at: String,
    /// The platform's own name, for no person made it.
    pub created_by: Maker,
    /// `pending`, `scheduled`, `in progress`, `finished` or `cancelled`.
    pub job_status: &'static str,
    /// Rows without the headings.
    pub notification_count: i32,
    /// The name that the request gave it.
    pub original_file_name: String,
    /// When its last row was made into a message.
    pub processing_finished: Option<String>,
    /// When its rows began to be made into messages.
    pub processing_started: Option<String>,
    /// The caller's own reference.
    pub reference: Option<String>,
    /// When it may start.
    pub scheduled_for: Option<String>,
    /// The reply address or sender that was asked for.
    pub sender_id: Option<Uuid>,
    /// Whose it is.
    pub service: Uuid,
    /// The service's name.
    pub service_name: Named,
    /// The template.
    pub template: Uuid,
    /// `email` or `sms`.
    pub template_type: &'static str,
    /// The template's version.
    pub template_version: i32,
    /// The last change.
    pub updated_at: Option<String>,
}

/// The key of a batch.
#[derive(Serialize, ToSchema)]
pub struct JobKey {
    /// The key.
    pub id: Option<Uuid>,
    /// `normal`, `team` or `test`.
    pub key_type: &'static str,
    /// Its name.
    pub name: String,
}

/// Who made a batch.
#[derive(Serialize, ToSchema)]
pub struct Maker {
    /// The nil UUID: the platform itself.
    pub id: Uuid,
    /// The platform's name.
    pub name: &'static str,
}

/// A name on its own.
#[derive(Serialize, ToSchema)]
pub struct Named {
    /// The name.
    pub name: String,
}

impl Job {
    /// The batch `row`, made with the key named `key_name`, of the service named `service_name`.
    pub fn of(row: &batch::Model, key_name: &str, service_name: &str) -> Self {
        Self {
            id: row.id.uuid(),
            api_key: JobKey {
                id: row.api_key_id.map(accounts::ApiKeyId::uuid),
                key_type: row.key_kind.word(),
                name: key_name.to_owned(),
            },
            archived: false,
            created_at: moment(row.created_at),
            created_by: Maker { id: Uuid::nil(), name: "Portico" },
            job_status: row.status.as_str(),
            notification_count: row.row_count,
            original_file_name: row.name.clone(),
            processing_finished: row.finished_at.map(moment),
            processing_started: row.started_at.map(moment),
            reference: row.reference.clone(),
            scheduled_for: row.scheduled_for.map(moment),
            sender_id: row.sender_id,
            service: row.service_id.uuid(),
            service_name: Named { name: service_name.to_owned() },
            template: row.template_id.uuid(),
            template_type: row.channel.as_str(),
            template_version: row.template_version,
            updated_at: row.updated_at.map(moment),
        }
    }
}

/// Batches write their times with an offset, unlike messages.
fn moment(at: Time) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.6f+00:00").to_string()
}
