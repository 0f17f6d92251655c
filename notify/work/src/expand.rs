//! Bulk sends: the rows of an accepted batch become messages, hundreds in a transaction.

use std::{collections::HashSet, sync::Arc};

use accounts::ServiceId;
use chrono::TimeDelta;
use jobs::JobError;
use kernel::{Id, Word};
use notify::{
    Channel, Lane, Recipient,
    batch::{ExpandBatch, State},
    placeholder::Value,
    recipient::Audience,
    sheet::{self, CheckedRow, Rules, Sheet},
    template::Template,
};
use notify_store::{
    BatchId, batch, delivery,
    notification::{self, Content, NewMessage, Origin},
    statistic::Tally,
    template,
};
use serde_json::{Map, Value as Json};

use crate::deliver::{Depot, Sender};

/// Rows in one transaction.
const CHUNK: usize = 500;

/// Makes every row that is not yet a message into one. It may be stopped at any moment and called
/// again: what is there is left, what is missing is made, and two at once make no row twice.
pub(crate) async fn expand(depot: &Depot, job: ExpandBatch) -> Result<(), JobError> {
    let service = ServiceId::from_uuid(job.service);
    let Some(batch) = begin(depot, service, job).await.map_err(JobError::retry)? else {
        return Ok(());
    };
    let id = batch.id;
    let sealed = depot.vault.open(id.uuid().as_bytes(), &batch.content_sealed);
    let csv = String::from_utf8(sealed.map_err(JobError::fail)?).map_err(JobError::fail)?;
    let plan = Plan::of(depot, batch).await.map_err(JobError::retry)?;
    let Some(plan) = plan else {
        return Err(JobError::fail(anyhow::anyhow!("the template or the settings are not there")));
    };
    match plan.make(depot, &csv).await.map_err(JobError::retry)? {
        Made::Interrupted => {
            let stopping = anyhow::anyhow!("the process is stopping");
            return Err(JobError::retry_after(stopping, TimeDelta::zero()));
        }
        Made::Stopped => {
            tracing::info!(batch.id = %id, service.id = %service, "batch {id} was stopped by its sender");
        }
        Made::All => {
            tracing::info!(batch.id = %id, service.id = %service, "made the rows of batch {id} into messages");
        }
    }
    Ok(())
}

/// The batch if there is anything to make. One whose service may not send is called off before it begins.
async fn begin(
    depot: &Depot,
    service: ServiceId,
    job: ExpandBatch,
) -> db::Result<Option<batch::Model>> {
    let (id, now) = (Id::from_uuid(job.batch), depot.clock.now());
    let tx = depot.db.begin().await?;
    let space = accounts::service::find(&tx, service).await?;
    let may_send = space.is_some_and(|space| !space.is_suspended() && !space.is_archived());
    if !may_send && batch::call_off(&tx, service, id, now).await? {
        tx.commit().await?;
        tracing::info!(batch.id = %id, service.id = %service, "called off batch {id}: its service may not send");
        return Ok(None);
    }
    let begun = batch::begin(&tx, service, id, now).await?;
    tx.commit().await?;
    if begun.is_none() {
        take_back(depot, service, id).await?;
    }
    Ok(begun)
}

/// Takes back what waits of a batch that its sender stopped.
async fn take_back(depot: &Depot, service: ServiceId, id: BatchId) -> db::Result<()> {
    let stopped = batch::find(depot.db.read(), service, id).await?;
    let is_stopped =
        |row: &batch::Model| row.status.0 == State::Cancelled && row.started_at.is_some();
    if !stopped.as_ref().is_some_and(is_stopped) {
        return Ok(());
    }
    let mut taken_back = 0;
    loop {
        let tx = depot.db.begin().await?;
        let some = batch::take_back(&tx, service, id, depot.clock.now()).await?;
        tx.commit().await?;
        taken_back += some;
        if some == 0 {
            break;
        }
    }
    tracing::info!(batch.id = %id, service.id = %service, taken_back, "took {taken_back} messages of stopped batch {id} back");
    Ok(())
}

/// How far a batch came.
enum Made {
    /// Every row is a message.
    All,
    /// Its sender stopped it.
    Stopped,
    /// The process is stopping; another goes on.
    Interrupted,
}

/// What every row of a batch needs.
struct Plan {
    batch: batch::Model,
    template: Arc<Template>,
    sender: Arc<Sender>,
    lane: Lane,
    done: HashSet<i32>,
}

/// A chunk of messages with their places in the queue.
#[derive(Default)]
struct Chunk {
    messages: Vec<notification::Model>,
    waiting: Vec<delivery::Model>,
}

impl Plan {
    async fn of(depot: &Depot, batch: batch::Model) -> db::Result<Option<Self>> {
        let (service, id) = (batch.service_id, batch.template_id);
        let template = depot.memory.template(service, id, batch.template_version).await?;
        let sender = depot.memory.sender(service).await?;
        let (Some(template), Some(sender)) = (template, sender) else { return Ok(None) };
        let rows = usize::try_from(batch.row_count).unwrap_or(0);
        let head = template::find(depot.db.read(), service, id).await?;
        let Some(head) = head else { return Ok(None) };
        let lane = template::lane(depot.db.read(), &head).await?.of_batch(rows);
        let done = notification::rows_of_batch(depot.db.read(), service, batch.id).await?;
        Ok(Some(Self { batch, template, sender, lane, done: done.into_iter().collect() }))
    }

    /// Makes what is missing.
    async fn make(&self, depot: &Depot, csv: &str) -> db::Result<Made> {
        let sheet = Sheet::read(csv);
        let rules = self.rules(depot);
        let reference = sheet.columns().iter().position(|column| column.key == "reference");
        let mut chunk = Chunk::default();
        for row in sheet.check(&rules) {
            let number = i32::try_from(row.row.number).unwrap_or(i32::MAX);
            // Simulated recipients are accepted, never stored and never sent to (API specification, section 3.2).
            let dialect = depot.settings.dialect;
            let simulated = row.recipient.as_ref().is_some_and(|to| to.is_simulated(dialect));
            if simulated || self.done.contains(&number) {
                continue;
            }
            let reference = reference.and_then(|at| row.row.cell(at).text()).map(str::to_owned);
            self.add(depot, &mut chunk, (number, &row), reference)?;
            if chunk.messages.len() == CHUNK {
                if !self.keep(depot, std::mem::take(&mut chunk)).await? {
                    return Ok(Made::Stopped);
                }
                if depot.stop.is_cancelled() {
                    return Ok(Made::Interrupted);
                }
            }
        }
        if !self.keep(depot, chunk).await? {
            return Ok(Made::Stopped);
        }
        let tx = depot.db.begin().await?;
        batch::finish(&tx, self.batch.service_id, self.batch.id, depot.clock.now()).await?;
        tx.commit().await?;
        Ok(Made::All)
    }

    /// Keeps a chunk unless the batch was stopped; whether it goes on.
    async fn keep(&self, depot: &Depot, chunk: Chunk) -> db::Result<bool> {
        if chunk.messages.is_empty() {
            return Ok(true);
        }
        let (service, id) = (self.batch.service_id, self.batch.id);
        let tx = depot.db.begin().await?;
        if !batch::is_running(&tx, service, id, depot.clock.now()).await? {
            return Ok(false);
        }
        let mut tally = Tally::default();
        chunk.messages.iter().for_each(|message| tally.accepted(message));
        notification::insert(&tx, chunk.messages).await?;
        delivery::insert(&tx, chunk.waiting).await?;
        tally.write(&tx).await?;
        tx.commit().await?;
        depot.wake.notify_waiters();
        Ok(true)
    }

    /// The rules only read the rows here: whether they may be sent was decided when the batch was accepted.
    fn rules(&self, depot: &Depot) -> Rules<'_> {
        let (subject, body) = (self.template.subject(), self.template.body());
        let service = self.sender.prefix.then_some(self.sender.name.as_str());
        let template = match *self.batch.channel {
            Channel::Email => sheet::Template::Email { subject, body },
            Channel::Sms => sheet::Template::Sms { body, service },
        };
        Rules {
            template,
            language: self.template.languages().of_words(),
            dialect: depot.settings.dialect,
            international: true,
            max_rows: usize::MAX,
            audience: &Audience::Anyone,
            annual_left: None,
            daily_left: None,
        }
    }

    fn add(
        &self,
        depot: &Depot,
        chunk: &mut Chunk,
        (number, row): (i32, &CheckedRow<'_>),
        reference: Option<String>,
    ) -> db::Result<()> {
        let (now, batch) = (depot.clock.now(), &self.batch);
        let message = NewMessage {
            id: Id::new(now),
            service: batch.service_id,
            template: (batch.template_id, batch.template_version),
            channel: *batch.channel,
            origin: Origin {
                api_key_id: batch.api_key_id,
                key_kind: *batch.key_kind,
                created_by: batch.created_by,
            },
            content: self.content(depot, row),
            reference,
            reply_to: batch.reply_to.clone(),
            parts: Ord::max(row.parts, 1),
            batch: Some((batch.id, number)),
            at: now,
            scheduled_for: None,
        };
        // A vault that cannot seal has no key: as with a database that is away, a later try may succeed.
        let row = message.row(&depot.vault).map_err(|error| db::Error::Busy(error.to_string()))?;
        chunk.waiting.push(delivery::Model {
            notification_id: row.id,
            service_id: batch.service_id,
            channel: batch.channel,
            lane: Word(self.lane),
            due_at: now,
            attempt: 0,
            lease: None,
        });
        chunk.messages.push(row);
        Ok(())
    }

    fn content(&self, depot: &Depot, row: &CheckedRow<'_>) -> Content {
        let to = row.recipient_text.clone().unwrap_or_default();
        // A column headed `to` is not among those that the check reads as recipients.
        let other = || Recipient::parse(*self.batch.channel, &to, depot.settings.dialect).ok();
        let deliver_to = match row.recipient.clone().or_else(other) {
            Some(recipient) => recipient.key(),
            None => to.clone(),
        };
        let values: Map<String, Json> = row
            .personalisation
            .iter()
            .map(|(name, value)| (name.to_owned(), json(value)))
            .collect();
        Content { to, deliver_to, values, sanitised: vec![], unsubscribe: None, callback: None }
    }
}

fn json(value: &Value) -> Json {
    match value {
        Value::List(members) => Json::from(members.clone()),
        other => Json::from(other.to_string()),
    }
}
