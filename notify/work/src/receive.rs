//! What providers tell us: receipts are written into their messages, received texts are kept, services are told.

use accounts::ServiceId;
use db::Transaction;
use jobs::{JobError, Timing};
use kernel::{Id, Time};
use notify::{
    Channel, Recipient,
    callback::{self as wire, DeliverCallback, moment},
    receipt::{APPLY, ApplyReceipt},
};
use notify_store::{
    notification::{self, recipient_hash},
    receipt::{About, Applied, Receipt},
    received_text, sms_sender,
    statistic::Tally,
};

use crate::{
    callback,
    deliver::{Depot, open},
    provider::receipts::Incoming,
};

/// How long before a receipt whose message is not known yet is looked at again.
pub(crate) const LOOK_AGAIN: chrono::TimeDelta = chrono::TimeDelta::seconds(300);
/// How often.
pub(crate) const LOOKS: usize = 5;

/// Takes in what providers tell; one for the whole process.
#[derive(Clone)]
pub struct Receiver {
    pub(crate) depot: Depot,
}

impl Receiver {
    /// Writes everything that one request of `provider` brought, in one transaction: after it the
    /// provider may be told that we have it.
    ///
    /// # Errors
    /// The database's own; then nothing was kept, and the provider should try again.
    pub async fn take(&self, provider: &str, incoming: Vec<Incoming>) -> db::Result<()> {
        let now = self.depot.clock.now();
        let tx = self.depot.db.begin().await?;
        let mut tally = Tally::default();
        for item in incoming {
            match item {
                Incoming::Receipt { reference, news, words } => {
                    let Some(status) = news.status() else { continue };
                    let provider = provider.to_owned();
                    let receipt = ApplyReceipt { provider, reference, status, words };
                    if !self.apply(&tx, &receipt, now, &mut tally).await? {
                        let later = Timing::at(now + LOOK_AGAIN);
                        jobs::enqueue(&tx, &APPLY, &receipt, later).await?;
                    }
                }
                Incoming::Text { .. } => self.text(&tx, provider, item, now).await?,
            }
        }
        tally.write(&tx).await?;
        tx.commit().await?;
        self.depot.jobs.notify_one();
        Ok(())
    }

    /// Looks again for the message of a receipt; after the last look the receipt is dropped.
    pub(crate) async fn look_again(
        &self,
        receipt: &ApplyReceipt,
        is_last: bool,
    ) -> Result<(), JobError> {
        let tx = self.depot.db.begin().await.map_err(JobError::retry)?;
        let (mut tally, now) = (Tally::default(), self.depot.clock.now());
        let known = self.apply(&tx, receipt, now, &mut tally).await.map_err(JobError::retry)?;
        tally.write(&tx).await.map_err(JobError::retry)?;
        tx.commit().await.map_err(JobError::retry)?;
        let ApplyReceipt { provider, reference, .. } = receipt;
        match (known, is_last) {
            (true, _) => Ok(()),
            (false, true) => {
                tracing::info!(
                    provider,
                    reference,
                    "dropped a receipt of {provider}: it names no message of ours"
                );
                Ok(())
            }
            (false, false) => Err(JobError::retry(anyhow::anyhow!("no such message yet"))),
        }
    }

    /// Writes a receipt; whether its message is known.
    async fn apply(
        &self,
        tx: &Transaction,
        receipt: &ApplyReceipt,
        now: Time,
        tally: &mut Tally,
    ) -> db::Result<bool> {
        let ApplyReceipt { provider, reference, status, words } = receipt.clone();
        let about = About::Provider { provider, reference };
        let receipt = Receipt { about, status, words };
        match notify_store::receipt::apply(tx, &receipt, now, tally).await? {
            Applied::Changed(message) => {
                ended(&self.depot, tx, &message, now).await?;
                Ok(true)
            }
            Applied::Nothing => Ok(true),
            Applied::Unknown => Ok(false),
        }
    }

    async fn text(
        &self,
        tx: &Transaction,
        provider: &str,
        item: Incoming,
        now: Time,
    ) -> db::Result<()> {
        let Incoming::Text { reference, source, destination, message, received_at } = item else {
            return Ok(());
        };
        let Some(sender) = sms_sender::receiving(tx, &destination).await? else {
            tracing::info!(provider, "dropped a text to a number that belongs to no service");
            return Ok(());
        };
        let id = Id::new(now);
        let received_at = received_at.unwrap_or(now);
        let content = received_text::Content { from: source.clone(), text: message.clone() };
        let sealed = match content.seal(&self.depot.vault, id) {
            Ok(sealed) => sealed,
            Err(error) => {
                tracing::error!(%error, "could not keep a received text");
                return Err(db::Error::Busy(error.to_string()));
            }
        };
        let row = received_text::Model {
            id,
            service_id: sender.service_id,
            notify_number: destination.clone(),
            sealed,
            sender_hash: Some(self.sender_hash(sender.service_id, &source)),
            provider: provider.to_owned(),
            provider_reference: reference,
            received_at,
            created_at: now,
        };
        let service = row.service_id;
        if !received_text::insert(tx, row).await? {
            return Ok(());
        }
        let body = wire::ReceivedText {
            id: id.uuid(),
            source_number: source,
            destination_number: destination,
            message,
            date_received: moment(received_at),
        };
        let call = self.depot.teller.received(service, &body).await;
        callback::enqueue(tx, told(call), now).await
    }

    /// The hash under which texts to the same number are found too; a short code stands for itself.
    fn sender_hash(&self, service: ServiceId, source: &str) -> i64 {
        let depot = &self.depot;
        let parsed = Recipient::parse(Channel::Sms, source, depot.settings.dialect);
        let key = parsed.map_or_else(|_| source.to_owned(), |recipient| recipient.key());
        recipient_hash(&depot.vault, service, &key)
    }
}

/// Enqueues the call-back for a message that has just ended, if it has and somebody wants to know.
pub(crate) async fn ended(
    depot: &Depot,
    tx: &Transaction,
    message: &notification::Model,
    now: Time,
) -> db::Result<()> {
    if !message.status.is_final() {
        return Ok(());
    }
    let id = message.id;
    match open(&depot.vault, message) {
        Ok(content) => {
            let call = depot.teller.ended(message, &content).await;
            callback::enqueue(tx, told(call), now).await
        }
        Err(error) => {
            tracing::error!(%error, notification.id = %id, "no call-back for {id}");
            Ok(())
        }
    }
}

/// A call-back that cannot be made must not keep the news from being written.
fn told(call: Result<Option<DeliverCallback>, callback::Untold>) -> Option<DeliverCallback> {
    call.unwrap_or_else(|error| {
        tracing::error!(%error, "a call-back could not be made");
        None
    })
}
