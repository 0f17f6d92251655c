//! Reports: the messages that one covers are read a page at a time and written as sealed pieces of a CSV file.

use std::collections::{HashMap, hash_map::Entry};

use accounts::{ApiKeyId, PersonId, ServiceId, api_key, person, service};
use audit::Actor;
use chrono::TimeDelta;
use db::{Db, Transaction};
use jobs::{Attempt, JobError};
use kernel::{Id, Letter};
use notify::{
    report::{Form, Line, WriteReport},
    status::Cause,
};
use notify_store::{BatchId, ReportId, TemplateId, batch, notification, report, template};

use crate::deliver::{Depot, open};

/// Messages that are read at a time.
const PAGE: u64 = 250;
/// Bytes of the file after which a piece is sealed and kept; a piece is little more than that.
const PIECE: usize = 256 * 1024;
/// Names that are remembered while a report is written.
const NAMES: usize = 10_000;

/// Writes the file of a report. It may be stopped at any moment and called again; of two at once the
/// later one alone goes on. A report that cannot be written in the last try is marked so.
pub(crate) async fn write(
    depot: &Depot,
    job: WriteReport,
    attempt: Attempt,
) -> Result<(), JobError> {
    let (service, id) = (ServiceId::from_uuid(job.service), Id::from_uuid(job.report));
    let lines = match written(depot, service, id).await {
        Ok(Some(lines)) => lines,
        Ok(None) => return Ok(()),
        Err(Unwritten::Stopping) => {
            let stopping = anyhow::anyhow!("the process is stopping");
            return Err(JobError::retry_after(stopping, TimeDelta::zero()));
        }
        Err(error) => {
            if attempt.is_last {
                give_up(depot, service, id).await.map_err(JobError::retry)?;
            }
            return Err(JobError::retry(error));
        }
    };
    tracing::info!(report.id = %id, service.id = %service, lines, "wrote report {id} with {lines} messages");
    Ok(())
}

/// Why a report was not written to its end.
#[derive(Debug, thiserror::Error)]
enum Unwritten {
    /// The process stops.
    #[error("the process is stopping")]
    Stopping,
    /// The database refused.
    #[error(transparent)]
    Store(#[from] db::Error),
    /// The letter that says so could not be posted.
    #[error(transparent)]
    Post(#[from] kernel::post::PostError),
    /// Something could not be sealed or opened.
    #[error(transparent)]
    Vault(#[from] kernel::vault::VaultError),
}

/// How many messages were written; none when there is nothing to write, or another run does.
#[expect(clippy::disallowed_methods, reason = "the name of a run is no record's id")]
async fn written(
    depot: &Depot,
    service: ServiceId,
    id: ReportId,
) -> Result<Option<i64>, Unwritten> {
    let tx = depot.db.begin().await?;
    let begun = report::begin(&tx, service, id, uuid::Uuid::new_v4()).await?;
    tx.commit().await.map_err(db::Error::from)?;
    let Some(row) = begun else { return Ok(None) };
    let form = Form { kind: *row.kind, language: *row.language, dialect: depot.settings.dialect };
    let mut writer = Writer { depot, names: Names::new(depot.db.clone(), service), form, row };
    let whole = writer.write().await?;
    Ok(whole.then_some(writer.row.line_count))
}

async fn give_up(depot: &Depot, service: ServiceId, id: ReportId) -> db::Result<()> {
    let tx = depot.db.begin().await?;
    report::give_up(&tx, service, id, depot.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// One run that writes a report.
struct Writer<'a> {
    depot: &'a Depot,
    names: Names,
    form: Form,
    row: report::Model,
}

impl Writer<'_> {
    /// Writes the whole file; false when another run took over.
    async fn write(&mut self) -> Result<bool, Unwritten> {
        let (mut text, mut lines) = (String::new(), 0);
        self.form.begin(&mut text);
        let mut last: Option<notification::Model> = None;
        loop {
            let page = report::rows(self.depot.db.read(), &self.row, last.as_ref(), PAGE).await?;
            self.names.learn(&page).await?;
            for row in &page {
                self.line(row, &mut text)?;
            }
            lines += page.len();
            let is_end = page.len() < PAGE as usize;
            last = page.into_iter().next_back().or(last);
            if is_end || text.len() >= PIECE {
                if !self.keep(std::mem::take(&mut text), std::mem::take(&mut lines)).await? {
                    return Ok(false);
                }
                if self.depot.stop.is_cancelled() && !is_end {
                    return Err(Unwritten::Stopping);
                }
            }
            if is_end {
                return self.finish().await;
            }
        }
    }

    fn line(&self, row: &notification::Model, text: &mut String) -> Result<(), Unwritten> {
        let content = open(&self.depot.vault, row)?;
        let cause = row.provider_response.as_deref().and_then(Cause::in_response);
        let (sent_by, sent_by_email) = self.names.sender(row);
        let line = Line {
            recipient: &content.to,
            template: self.names.template(row),
            channel: *row.channel,
            sent_by,
            sent_by_email,
            batch: self.names.batch(row),
            row: row.row_number,
            status: *row.status,
            cause,
            at: row.sent_at.unwrap_or(row.created_at),
        };
        self.form.line(&line, text);
        Ok(())
    }

    async fn keep(&mut self, text: String, lines: usize) -> Result<bool, Unwritten> {
        let sealed = report::seal(&self.depot.vault, &self.row, &text)?;
        let tx = self.depot.db.begin().await?;
        let kept = report::add(&tx, &mut self.row, sealed, lines).await?;
        tx.commit().await.map_err(db::Error::from)?;
        Ok(kept)
    }

    /// Ends the file, and tells whoever asked for it in the same transaction.
    async fn finish(&self) -> Result<bool, Unwritten> {
        let tx = self.depot.db.begin().await?;
        let finished = report::finish(&tx, &self.row, self.depot.clock.now()).await?;
        if finished && let Some(letter) = self.letter(&tx).await? {
            self.depot.post.hand(&tx, letter).await?;
        }
        tx.commit().await.map_err(db::Error::from)?;
        if finished {
            self.depot.wake.notify_waiters();
        }
        Ok(finished)
    }

    /// What the person is told who asked for the report; a program asks by itself.
    async fn letter(&self, tx: &Transaction) -> db::Result<Option<Letter>> {
        let Ok(Actor::Person(id)) = self.row.requested_by.parse::<Actor>() else { return Ok(None) };
        let Some(person) = person::find(tx, PersonId::from_uuid(id)).await? else {
            return Ok(None);
        };
        let Some(service) = service::find(tx, self.row.service_id).await? else { return Ok(None) };
        let site = self.depot.settings.public_url.trim_end_matches('/');
        let link = format!("{site}/services/{}/reports", service.id);
        let letter = Letter::new("report-ready", person.email_address, *person.language);
        Ok(Some(letter.with("service", service.name).with("link", link)))
    }
}

/// The names that messages know by id only.
struct Names {
    db: Db,
    service: ServiceId,
    templates: HashMap<TemplateId, String>,
    batches: HashMap<BatchId, String>,
    keys: HashMap<ApiKeyId, String>,
    /// Names and e-mail addresses.
    people: HashMap<PersonId, (String, String)>,
}

impl Names {
    fn new(db: Db, service: ServiceId) -> Self {
        let (templates, batches, keys, people) = Default::default();
        Self { db, service, templates, batches, keys, people }
    }

    /// Looks up what the messages of a page need and is not known yet.
    async fn learn(&mut self, page: &[notification::Model]) -> db::Result<()> {
        let [templates, batches] = [self.templates.len(), self.batches.len()];
        if templates + batches + self.keys.len() + self.people.len() > NAMES {
            *self = Self::new(self.db.clone(), self.service);
        }
        let (db, service) = (self.db.read(), self.service);
        for row in page {
            if let Entry::Vacant(unknown) = self.templates.entry(row.template_id) {
                let head = template::find(db, service, row.template_id).await?;
                unknown.insert(head.map(|head| head.name).unwrap_or_default());
            }
            if let Some(Entry::Vacant(unknown)) = row.batch_id.map(|id| self.batches.entry(id)) {
                let batch = batch::find(db, service, *unknown.key()).await?;
                unknown.insert(batch.map(|batch| batch.name).unwrap_or_default());
            }
            if let Some(Entry::Vacant(unknown)) = row.api_key_id.map(|id| self.keys.entry(id)) {
                let key = api_key::find(db, service, *unknown.key()).await?;
                unknown.insert(key.map(|key| key.name).unwrap_or_default());
            }
            if let Some(Entry::Vacant(unknown)) = row.created_by.map(|id| self.people.entry(id)) {
                let known = person::find(db, *unknown.key()).await?;
                let named = known.map(|known| (known.name, known.email_address));
                unknown.insert(named.unwrap_or_default());
            }
        }
        Ok(())
    }

    fn template(&self, row: &notification::Model) -> &str {
        self.templates.get(&row.template_id).map_or("", String::as_str)
    }

    fn batch(&self, row: &notification::Model) -> &str {
        let name = row.batch_id.and_then(|id| self.batches.get(&id));
        name.map_or("", String::as_str)
    }

    /// The name of the person or of the key that sent it, and the person's e-mail address.
    fn sender(&self, row: &notification::Model) -> (&str, &str) {
        if let Some((name, email)) = row.created_by.and_then(|id| self.people.get(&id)) {
            return (name, email);
        }
        let name = row.api_key_id.and_then(|id| self.keys.get(&id));
        (name.map_or("", String::as_str), "")
    }
}
