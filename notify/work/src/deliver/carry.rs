//! One message from the queue to its provider.

use std::sync::Arc;

use accounts::KeyKind;
use chrono::TimeDelta;
use kernel::{Clock, Vault, vault::VaultError};
use notify::{Dialect, Lane, Recipient, Status};
use notify_store::notification::{self, Content, HandOver};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use super::{
    compose::{compose, open},
    hand::Grip,
    memory::{Memory, Sender},
    verdict::{self, Try, Verdict},
    way::{Message, Way},
};
use crate::{
    callback::Teller,
    ledger::{Entry, Ledger},
};

/// The name of the provider that test keys get.
const SIMULATOR: &str = "simulator";

/// Carries messages of one channel.
pub(super) struct Carrier {
    pub(super) way: Way,
    pub(super) vault: Arc<Vault>,
    pub(super) clock: Clock,
    pub(super) memory: Arc<Memory>,
    pub(super) teller: Teller,
    pub(super) ledger: Ledger,
    /// One permit for each message that may be handed over at the same time.
    pub(super) sessions: Semaphore,
    pub(super) sending_domain: String,
    /// A lease that ends within this is too short to begin.
    pub(super) margin: TimeDelta,
    /// Nothing new is begun after it.
    pub(super) stop: CancellationToken,
    /// What is not finished is left after it.
    pub(super) abandon: CancellationToken,
}

/// A message in hand.
pub(super) struct Parcel {
    pub(super) grip: Grip,
    pub(super) row: notification::Model,
    pub(super) lane: Lane,
    pub(super) attempt: i32,
}

/// Why nothing was decided about a message: it stays as it is and is tried again.
#[derive(Debug, thiserror::Error)]
enum Undecided {
    #[error(transparent)]
    Store(#[from] db::Error),
    #[error(transparent)]
    Vault(#[from] VaultError),
}

impl Carrier {
    /// Carries one message when a session is free, and hands what became of it to the ledger.
    pub(super) async fn carry(&self, parcel: Parcel) {
        let session = tokio::select! {
            biased;
            () = self.stop.cancelled() => return parcel.grip.unused(),
            session = self.sessions.acquire() => session,
        };
        if !parcel.grip.lasts_beyond(self.clock.now() + self.margin) {
            // Too late to begin: the lease runs out, and whoever takes the message next has time.
            return;
        }
        let judged = tokio::select! {
            biased;
            judged = self.judge(&parcel) => judged,
            () = self.abandon.cancelled() => return,
        };
        drop(session);
        let Parcel { grip, mut row, .. } = parcel;
        let (verdict, content) = match judged {
            Ok(judged) => judged,
            Err(error) => {
                let id = row.id;
                tracing::warn!(%error, notification.id = %id, "could not prepare {id}; it is given back");
                return grip.unused();
            }
        };
        self.count(&verdict);
        let tell = match (verdict.status(), content) {
            (Some(status), Some(content)) if status.is_final() => {
                self.told(&mut row, &verdict, &content).await
            }
            _ => None,
        };
        self.ledger.record(Entry { grip, verdict, tell }).await;
    }

    async fn judge(&self, parcel: &Parcel) -> Result<(Verdict, Option<Content>), Undecided> {
        let row = &parcel.row;
        if *row.status != Status::Created {
            return Ok((Verdict::Gone, None));
        }
        let content = match open(&self.vault, row) {
            Ok(content) => content,
            Err(VaultError::Broken) => return Ok((self.refuse(row, "it cannot be opened"), None)),
            // A key that is missing from the settings can be put back.
            Err(other) => return Err(other.into()),
        };
        let verdict = match self.prepared(row, &content).await? {
            Err(refused) => refused,
            Ok(_) if *row.key_kind == KeyKind::Test => simulated(row, &content),
            Ok(message) => self.hand_over(parcel, &message).await,
        };
        Ok((verdict, Some(content)))
    }

    /// Checks what may have changed since the message was accepted, and makes it.
    async fn prepared(
        &self,
        row: &notification::Model,
        content: &Content,
    ) -> db::Result<Result<Message, Verdict>> {
        let sender = match self.memory.sender(row.service_id).await? {
            Some(sender) if sender.may_send => sender,
            _ => return Ok(Err(self.refuse(row, "its service may not send"))),
        };
        if let (Some(_), Some(key)) = (row.scheduled_for, row.api_key_id)
            && self.memory.is_revoked(row.service_id, key).await?
        {
            return Ok(Err(self.refuse(row, "its key was revoked")));
        }
        let (template, version) = (row.template_id, row.template_version);
        let template = self.memory.template(row.service_id, template, version).await?;
        let Some(template) = template else {
            return Ok(Err(self.refuse(row, "its template is not there")));
        };
        let sender: &Sender = &sender;
        Ok(compose(row, content, &template, sender, &self.sending_domain)
            .map_err(|why| self.refuse(row, &why.to_string())))
    }

    fn refuse(&self, row: &notification::Model, why: &str) -> Verdict {
        let id = row.id;
        tracing::warn!(notification.id = %id, service.id = %row.service_id, "cannot send {id}: {why}");
        Verdict::technical()
    }

    async fn hand_over(&self, parcel: &Parcel, message: &Message) -> Verdict {
        let begun = tokio::time::Instant::now();
        let outcome = self.way.hand_over(message).await;
        let provider = self.way.name().to_owned();
        metrics::histogram!("notify_delivery_seconds", "provider" => provider)
            .record(begun.elapsed().as_secs_f64());
        let Parcel { row, lane, attempt, .. } = parcel;
        let this = Try {
            message: row.id,
            channel: *row.channel,
            lane: *lane,
            attempt: *attempt,
            now: self.clock.now(),
        };
        verdict::of(outcome, &self.way, this)
    }

    /// The call-back for a message that ended here.
    async fn told(
        &self,
        row: &mut notification::Model,
        verdict: &Verdict,
        content: &Content,
    ) -> Option<notify::callback::DeliverCallback> {
        let now = self.clock.now();
        row.updated_at = Some(now);
        match verdict {
            Verdict::HandedOver { common, .. } => {
                row.status = common.to.into();
                row.sent_at = Some(now);
                row.provider_response.clone_from(&common.response);
            }
            Verdict::Failed { to, response } => {
                row.status = (*to).into();
                row.provider_response.clone_from(response);
            }
            Verdict::Later { .. } | Verdict::Gone => return None,
        }
        self.teller.ended(row, content).await.unwrap_or_else(|error| {
            let id = row.id;
            tracing::error!(%error, notification.id = %id, "no call-back for {id}");
            None
        })
    }

    fn count(&self, verdict: &Verdict) {
        let provider = match verdict {
            Verdict::HandedOver { common, .. } => common.provider.clone(),
            _ => self.way.name().to_owned(),
        };
        let outcome = verdict.outcome();
        metrics::counter!("notify_deliveries_total", "provider" => provider, "outcome" => outcome)
            .increment(1);
    }
}

/// What becomes of a message of a test key, which goes nowhere (API specification, section 3.3). The
/// numbers of both dialects are known, whichever the installation speaks.
fn simulated(row: &notification::Model, content: &Content) -> Verdict {
    let outcome = |dialect| {
        Recipient::parse(*row.channel, &content.deliver_to, dialect)
            .map_or(Status::Delivered, |recipient| recipient.test_outcome(dialect))
    };
    let to =
        [Dialect::Gc, Dialect::Uk].map(outcome).into_iter().find(|to| *to != Status::Delivered);
    Verdict::HandedOver {
        common: HandOver {
            provider: SIMULATOR.to_owned(),
            to: to.unwrap_or(Status::Delivered),
            response: None,
        },
        reference: None,
    }
}
