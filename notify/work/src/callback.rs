//! Call-backs: telling a service how its messages ended and what was written to it.

use std::{sync::Arc, time::Duration};

use accounts::ServiceId;
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::TimeDelta;
use db::{Db, Transaction};
use jobs::{JobError, Timing};
use kernel::{Clock, Id, Secret, Time, Vault, vault::VaultError};
use notify::{
    Status,
    callback::{
        Call, DELIVER, DeliverCallback, DeliveryReceipt, Kind, Outcome, ReceivedText, moment,
    },
    status::Cause,
};
use notify_store::{
    callback::{
        self,
        attempt::{self, Attempt},
    },
    notification::{self, Content},
};
use uuid::Uuid;

use crate::{
    deliver::Memory,
    outbound::{self, Called, Outbound},
};

/// Makes call-backs when something happens, and carries them out later.
#[derive(Clone)]
pub(crate) struct Teller {
    pub(crate) db: Db,
    pub(crate) vault: Arc<Vault>,
    pub(crate) memory: Arc<Memory>,
    pub(crate) outbound: Outbound,
    pub(crate) clock: Clock,
}

/// Where a call-back goes and how it is proved.
struct Target {
    /// Which of the service's call-backs; none for the address that a message brought itself.
    kind: Option<Kind>,
    url: String,
    token: Option<String>,
    signing: Option<String>,
}

/// Why a call-back could not be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Untold {
    /// The database did not say where it goes.
    #[error(transparent)]
    Store(#[from] db::Error),
    /// A secret could not be sealed or opened.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The body did not become JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

impl Teller {
    /// The call-back that tells how `row` ended; none when nobody wants to know. `row` is the message
    /// as it is after its last step.
    pub(crate) async fn ended(
        &self,
        row: &notification::Model,
        content: &Content,
    ) -> Result<Option<DeliverCallback>, Untold> {
        let service = row.service_id;
        let Some(target) = self.target(service, content).await? else { return Ok(None) };
        let body = serde_json::to_string(&receipt(row, content))?;
        self.seal(service, target, body).map(Some)
    }

    /// The call-back that brings a received text; none when nobody wants to know.
    pub(crate) async fn received(
        &self,
        service: ServiceId,
        text: &ReceivedText,
    ) -> Result<Option<DeliverCallback>, Untold> {
        let Some(known) = self.known(service, Kind::Received).await? else { return Ok(None) };
        let body = serde_json::to_string(text)?;
        self.seal(service, self.open(&known)?, body).map(Some)
    }

    /// The message's own target, else the service's.
    async fn target(
        &self,
        service: ServiceId,
        content: &Content,
    ) -> Result<Option<Target>, Untold> {
        let Some(own) = &content.callback else {
            let known = self.known(service, Kind::Delivery).await?;
            return Ok(known.map(|known| self.open(&known)).transpose()?);
        };
        // A message's own receiver knows the service's signing secret, or else the token.
        let known = self.memory.callback(service, Kind::Delivery).await?;
        let signing = match known {
            Some(known) => Some(known.secrets(&self.vault)?.signing.expose().to_owned()),
            None => own.token.clone(),
        };
        let (url, token) = (own.url.clone(), own.token.clone());
        Ok(Some(Target { kind: None, url, token, signing }))
    }

    /// The service's call-back, unless it is suspended: then the event is dropped, and counted.
    async fn known(
        &self,
        service: ServiceId,
        kind: Kind,
    ) -> db::Result<Option<Arc<callback::Model>>> {
        let known = self.memory.callback(service, kind).await?;
        let suspended = known.as_ref().is_some_and(|known| known.suspended_at.is_some());
        if suspended {
            count("suspended");
        }
        Ok(known.filter(|_| !suspended))
    }

    fn open(&self, known: &callback::Model) -> Result<Target, VaultError> {
        let secrets = known.secrets(&self.vault)?;
        Ok(Target {
            kind: Some(*known.kind),
            url: known.url.clone(),
            token: Some(secrets.token.expose().to_owned()),
            signing: Some(secrets.signing.expose().to_owned()),
        })
    }

    fn seal(
        &self,
        service: ServiceId,
        target: Target,
        body: String,
    ) -> Result<DeliverCallback, Untold> {
        let event = Id::<Call>::new(self.clock.now()).uuid();
        let Target { kind, url, token, signing } = target;
        let call = serde_json::to_vec(&Call { url, token, signing, body })?;
        let sealed = STANDARD.encode(self.vault.seal(event.as_bytes(), &call)?);
        Ok(DeliverCallback { service: service.uuid(), event, sealed, kind })
    }

    /// Makes one attempt at a call-back (API specification, section 4.1); none while the service's
    /// call-back is suspended: then the event is dropped (section 4.7).
    pub(crate) async fn call(&self, job: DeliverCallback) -> Result<(), JobError> {
        let service = ServiceId::from_uuid(job.service);
        if let Some(kind) = job.kind {
            let known = self.memory.callback(service, kind).await.map_err(JobError::retry)?;
            if known.is_some_and(|known| known.suspended_at.is_some()) {
                count("suspended");
                return Ok(());
            }
        }
        let call = self.unseal(&job).map_err(JobError::fail)?;
        let (token, signing) = (call.token.map(Secret::new), call.signing.map(Secret::new));
        let (event, url) = (job.event, call.url.as_str());
        let (bearer, signing) = (token.as_ref(), signing.as_ref());
        let body = call.body.into_bytes();
        let call = outbound::Call { event, url, bearer, signing, body };
        let begun = tokio::time::Instant::now();
        let called = self.outbound.call(call, self.clock.now()).await;
        if let Some(kind) = job.kind {
            let attempt = outcome_of(kind, event, &called, begun.elapsed());
            self.made(service, url, attempt).await;
        }
        settled(&job, called)
    }

    /// Keeps an attempt for the team to see, and counts one that failed; too many within five minutes suspend the
    /// call-back. When the database does not take it, it goes uncounted, because the attempt itself must not be lost
    /// for it.
    async fn made(&self, service: ServiceId, url: &str, attempt: Attempt) {
        let (kind, is_taken) = (attempt.kind, attempt.outcome == Outcome::Taken);
        if is_taken && !self.memory.is_first_told(service, kind) {
            return;
        }
        let counted = async {
            let (tx, now) = (self.db.begin().await?, self.clock.now());
            attempt::keep(&tx, service, attempt, now).await?;
            let suspended = !is_taken && callback::failed(&tx, service, kind, url, now).await?;
            tx.commit().await?;
            db::Result::Ok(suspended)
        };
        match counted.await {
            Ok(true) => {
                self.memory.forget_callback(service, kind);
                tracing::warn!(service.id = %service, "suspended the {kind} call-back of service {service}: too many failures");
            }
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "could not keep an attempt at a call-back"),
        }
    }

    fn unseal(&self, job: &DeliverCallback) -> anyhow::Result<Call> {
        let sealed = STANDARD.decode(&job.sealed)?;
        Ok(serde_json::from_slice(&self.vault.open(job.event.as_bytes(), &sealed)?)?)
    }
}

fn outcome_of(kind: Kind, event: Uuid, called: &Called, took: Duration) -> Attempt {
    let (outcome, words) = match called {
        Called::Taken => (Outcome::Taken, None),
        Called::Again { words, .. } => (Outcome::Again, Some(words.clone())),
        Called::Dropped { words } => (Outcome::Dropped, Some(words.clone())),
    };
    Attempt { kind, event, outcome, words, took }
}

/// What follows from an attempt.
fn settled(job: &DeliverCallback, called: Called) -> Result<(), JobError> {
    match called {
        Called::Taken => {
            count("taken");
            Ok(())
        }
        Called::Again { words, after } => {
            count("again");
            Err(again(words, after))
        }
        Called::Dropped { words } => {
            count("dropped");
            let (service, event) = (job.service, job.event);
            tracing::info!(service.id = %service, event.id = %event, "dropped call-back {event}: {words}");
            Ok(())
        }
    }
}

/// Enqueues call-backs in the transaction of what they tell. Those of one service take only its share of the seats.
pub(crate) async fn enqueue(
    tx: &Transaction,
    calls: impl IntoIterator<Item = DeliverCallback>,
    now: Time,
) -> db::Result<()> {
    for call in calls {
        let timing = Timing::at(now).of_share(format!("callback:{}", call.service));
        jobs::enqueue(tx, &DELIVER, &call, timing).await?;
    }
    Ok(())
}

/// A pause that the receiver asked for is respected, the usual one otherwise.
fn again(words: String, after: Option<Duration>) -> JobError {
    let cause = anyhow::anyhow!(words);
    match after.and_then(|after| TimeDelta::from_std(after).ok()) {
        Some(pause) => JobError::retry_after(cause, pause),
        None => JobError::retry(cause),
    }
}

fn count(outcome: &'static str) {
    metrics::counter!("notify_callbacks_total", "outcome" => outcome).increment(1);
}

/// The body (API specification, section 4.2).
fn receipt(row: &notification::Model, content: &Content) -> DeliveryReceipt {
    let (status, channel): (Status, _) = (*row.status, *row.channel);
    let cause: Option<Cause> =
        row.provider_response.as_deref().and_then(|words| words.parse().ok());
    let id: Uuid = row.id.uuid();
    DeliveryReceipt {
        id,
        reference: row.reference.clone(),
        to: content.to.clone(),
        status: status.to_string(),
        status_description: status.description(channel, cause).to_owned(),
        status_description_fr: status.description_fr(channel, cause).to_owned(),
        provider_response: row.provider_response.clone(),
        created_at: moment(row.created_at),
        completed_at: moment(row.updated_at.unwrap_or(row.created_at)),
        sent_at: row.sent_at.map(moment),
        notification_type: channel.to_string(),
        template_id: row.template_id.uuid(),
        template_version: row.template_version,
    }
}
