//! Accepting a batch: its charge, its row, the job that expands it and the record of it, in one transaction.

use audit::{Actor, Entry, Stamp};
use jobs::Timing;
use kernel::Word;
use notify::{
    batch::{EXPAND, ExpandBatch, State, charged_at},
    limit::{Charge, Quota, day},
};
use notify_store::{
    BatchId, batch,
    idempotency::{self, Kept, Promise},
    usage,
};
use serde_json::json;
use uuid::Uuid;

use super::{asked::Asked, rows::Checked};
use crate::{
    error::{ApiError, Refusal},
    gate::Gate,
    memory::Template,
};

/// What became of a batch.
pub enum Accepted {
    /// It is stored; what is left of the limits, unless it cost nothing.
    New(Option<Quota>),
    /// The same request was answered before, and this (sealed) was the answer.
    Repeated(Vec<u8>),
}

/// Makes the row of a batch.
pub fn row(
    gate: &Gate<'_>,
    asked: &Asked,
    template: &Template,
    checked: &Checked,
    (sender_id, reply_to): (Option<Uuid>, Option<String>),
) -> Result<batch::Model, ApiError> {
    let Gate { api, key, now, channel, .. } = *gate;
    let id = BatchId::new(now);
    let status = if asked.scheduled_for.is_some() { State::Scheduled } else { State::Pending };
    Ok(batch::Model {
        id,
        service_id: key.service.id,
        template_id: template.id,
        template_version: template.version,
        channel: Word(channel),
        api_key_id: Some(key.key),
        created_by: None,
        key_kind: Word(key.kind),
        name: asked.name.clone(),
        reference: asked.reference.clone(),
        status: Word(status),
        row_count: i32::try_from(checked.rows).unwrap_or(i32::MAX),
        units: i64::try_from(checked.units).unwrap_or(i64::MAX),
        charged_on: day(charged_at(channel, asked.scheduled_for, now)),
        sender_id,
        reply_to,
        content_sealed: api.vault.seal(id.uuid().as_bytes(), checked.csv.as_bytes())?,
        file_hash: None,
        scheduled_for: asked.scheduled_for,
        created_at: now,
        started_at: None,
        finished_at: None,
        updated_at: None,
    })
}

/// Stores a batch.
pub async fn accept(
    gate: &Gate<'_>,
    row: batch::Model,
    promise: Option<Promise>,
) -> Result<Accepted, ApiError> {
    let service = row.service_id;
    let at = charged_at(gate.channel, row.scheduled_for, gate.now);
    let tx = gate.api.db.begin().await?;
    if let Some(promise) = promise {
        match idempotency::keep(&tx, service, &promise, gate.now).await? {
            Kept::New => {}
            Kept::Same(answer) => return Ok(Accepted::Repeated(answer)),
            Kept::Other => return Err(Refusal::IdempotencyReused.into()),
        }
    }
    let charge = gate.charge(0).map(|limits| Charge { units: row.units, ..limits });
    let left = match charge.filter(|charge| charge.units > 0) {
        None => None,
        Some(charge) => {
            let charged = usage::charge(&tx, service, gate.channel, charge, at).await?;
            Some(charged.map_err(|exceeded| gate.over(exceeded))?)
        }
    };
    keep(gate, &tx, row).await?;
    tx.commit().await.map_err(|error| ApiError::from(db::Error::from(error)))?;
    Ok(Accepted::New(left))
}

async fn keep(gate: &Gate<'_>, tx: &db::Transaction, row: batch::Model) -> Result<(), ApiError> {
    let (service, batch) = (row.service_id.uuid(), row.id.uuid());
    let stamp = Stamp { actor: Actor::ApiKey(gate.key.key.uuid()), at: gate.now };
    let details = json!({ "rows": row.row_count, "units": row.units, "template": row.template_id });
    let (subject, action) = (batch.to_string(), "batch.create");
    let record = Entry { stamp: &stamp, service: Some(service), action, subject, details };
    audit::record(tx, &record).await?;
    let due = row.scheduled_for.unwrap_or(gate.now);
    batch::insert(tx, row).await?;
    jobs::enqueue(tx, &EXPAND, &ExpandBatch { service, batch }, Timing::at(due)).await?;
    Ok(())
}
