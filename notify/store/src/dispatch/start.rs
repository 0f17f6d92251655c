//! Starting an upload: it becomes a batch of the same id, charged and recorded, in one transaction.

use accounts::{KeyKind, PersonId, ServiceId};
use audit::{Actor, Stamp};
use jobs::Timing;
use kernel::{Language, Time, Word};
use notify::{
    batch::{EXPAND, ExpandBatch, State, charged_at},
    limit::{self, Exceeded},
    schedule::{self, Unusable},
};
use serde_json::json;
use uuid::Uuid;

use super::{
    Dispatch, Look, NotChecked, Problem, Ready,
    check::{aside, problems, units},
};
use crate::{BatchId, UploadId, batch, trail, upload, usage};

/// How an upload is to be sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Start {
    /// When, see [`notify::schedule::moment`]; none is at once.
    pub scheduled_for: Option<Time>,
    /// The reply address or sender; none means the service's default.
    pub sender: Option<Uuid>,
    /// Whether the person has seen that the same file was sent today, and wants it again.
    pub again: bool,
}

/// Why an upload is not started.
#[derive(Clone, Debug, thiserror::Error)]
pub enum NotStarted {
    /// There is nothing to start.
    #[error(transparent)]
    NotChecked(#[from] NotChecked),
    /// The list cannot be sent as it is.
    #[error("the list cannot be sent as it is")]
    Problems(Vec<Problem>),
    /// The service has no such reply address or sender.
    #[error("the service has no such reply address or sender")]
    Sender,
    /// It cannot be scheduled for this time.
    #[error(transparent)]
    Schedule(#[from] Unusable),
    /// Another send has used up the limit in between.
    #[error(transparent)]
    Limit(#[from] Exceeded),
}

impl From<db::Error> for NotStarted {
    fn from(error: db::Error) -> Self {
        Self::NotChecked(error.into())
    }
}

/// A list that can be sent.
struct Sendable {
    ready: Ready,
    rows: usize,
    units: i64,
    sender: Option<(Uuid, String)>,
}

impl Dispatch {
    /// Sends an upload, now or at its time. Whoever asks a second time gets the same batch.
    ///
    /// # Errors
    /// Why it is not started; nothing is changed then.
    pub async fn start(
        &self,
        (service, person): (ServiceId, PersonId),
        id: UploadId,
        how: Start,
    ) -> Result<batch::Model, NotStarted> {
        if let Some(begun) = self.begun(service, id).await? {
            return Ok(begun);
        }
        if let Some(at) = how.scheduled_for {
            schedule::within(at, self.clock.now())?;
        }
        let sendable = match self.sendable(service, id, how).await {
            Ok(sendable) => sendable,
            // Another request may have started it while this one was reading: the list is then gone, or it looks like
            // one that was sent before, or its own charge has used up the limit.
            Err(why) => return self.begun(service, id).await?.ok_or(why),
        };
        let started = self.accept((service, person), id, how, sendable).await?;
        self.jobs.notify_one();
        Ok(started)
    }

    async fn begun(&self, service: ServiceId, id: UploadId) -> db::Result<Option<batch::Model>> {
        batch::find(self.db.read(), service, BatchId::from_uuid(id.uuid())).await
    }

    async fn sendable(
        &self,
        service: ServiceId,
        id: UploadId,
        how: Start,
    ) -> Result<Sendable, NotStarted> {
        let (upload, work) = self.work(service, id, Language::English).await?;
        let look = Look { language: Language::English, from: 0, rows: 0 };
        let before = self.sent_before(&upload).await?.filter(|_| !how.again);
        let (mut ready, report) = aside(move || {
            let report = work.examine(look).report;
            (work.ready, report)
        })
        .await?;
        let at = charged_at(ready.channel(), how.scheduled_for, self.clock.now());
        ready.quota =
            super::ready::quota(self.db.read(), &ready.setting, ready.channel(), at).await?;
        let problems = problems(&report, &ready, self.settings.most_rows, before);
        if !problems.is_empty() {
            return Err(NotStarted::Problems(problems));
        }
        let sender = self.sender(&ready, how.sender).await?.ok_or(NotStarted::Sender)?;
        let units = units(&report, ready.channel());
        Ok(Sendable { ready, rows: report.rows, units, sender })
    }

    async fn accept(
        &self,
        (service, person): (ServiceId, PersonId),
        id: UploadId,
        how: Start,
        list: Sendable,
    ) -> Result<batch::Model, NotStarted> {
        let now = self.clock.now();
        let tx = self.db.begin().await?;
        let Some(upload) = upload::held(&tx, service, id, now).await? else {
            let batch = batch::find(&tx, service, BatchId::from_uuid(id.uuid())).await?;
            return Ok(batch.ok_or(NotChecked::Gone)?);
        };
        upload::remove(&tx, service, id).await?;
        let channel = list.ready.channel();
        let charged_at = charged_at(channel, how.scheduled_for, now);
        if list.units > 0 {
            let charge = list.ready.charge(list.units);
            usage::charge(&tx, service, channel, charge, charged_at).await??;
        }
        let row = row(upload, person, how, list, (now, limit::day(charged_at)));
        let stamp = Stamp { actor: Actor::Person(person.uuid()), at: now };
        let words =
            json!({ "rows": row.row_count, "units": row.units, "template": row.template_id });
        trail::leave(&tx, &stamp, service, ("batch.create", row.id.uuid()), words).await?;
        let job = ExpandBatch { service: service.uuid(), batch: row.id.uuid() };
        let due = Timing::at(row.scheduled_for.unwrap_or(now));
        batch::insert(&tx, row.clone()).await?;
        jobs::enqueue(&tx, &EXPAND, &job, due).await?;
        tx.commit().await.map_err(db::Error::from)?;
        Ok(row)
    }
}

fn row(
    upload: upload::Model,
    person: PersonId,
    how: Start,
    list: Sendable,
    (now, charged_on): (Time, String),
) -> batch::Model {
    let state = if how.scheduled_for.is_some() { State::Scheduled } else { State::Pending };
    let (sender_id, reply_to) = list.sender.unzip();
    batch::Model {
        // What was sealed for the upload opens for the batch, because both have one id.
        id: BatchId::from_uuid(upload.id.uuid()),
        service_id: upload.service_id,
        template_id: upload.template_id,
        template_version: upload.template_version,
        channel: list.ready.head.channel,
        api_key_id: None,
        created_by: Some(person),
        key_kind: Word(KeyKind::Normal),
        name: upload.file_name,
        reference: None,
        status: Word(state),
        row_count: i32::try_from(list.rows).unwrap_or(i32::MAX),
        units: list.units,
        charged_on,
        sender_id,
        reply_to,
        content_sealed: upload.content_sealed,
        file_hash: Some(upload.file_hash),
        scheduled_for: how.scheduled_for,
        created_at: now,
        started_at: None,
        finished_at: None,
        updated_at: None,
    }
}
