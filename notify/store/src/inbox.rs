//! The door through which every message enters: requests that come together share one transaction.

use std::{collections::BTreeMap, sync::Arc};

use accounts::ServiceId;
use audit::{Actor, Entry, Stamp};
use db::Db;
use kernel::Word;
use notify::{
    Channel, Lane,
    limit::{Charge, Exceeded, Quota},
};
use serde_json::json;
use tokio::sync::{Mutex, Notify, mpsc, oneshot};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{delivery, idempotency, notification, statistic::Tally, usage};

/// A message to accept.
#[derive(Clone, Debug)]
pub struct Accept {
    /// The message.
    pub notification: notification::Model,
    /// The lane it waits in.
    pub lane: Lane,
    /// What it costs; none for a test key.
    pub charge: Option<Charge>,
    /// The promise to answer a repeated request alike.
    pub promise: Option<idempotency::Promise>,
}

/// What became of an [`Accept`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is stored and will be delivered; what is left of the limits, unless it cost nothing.
    Accepted(Option<Quota>),
    /// A limit refused it; nothing is stored.
    Refused(Exceeded),
    /// The same request was answered before, and this (sealed) was the answer.
    Repeated(Vec<u8>),
    /// The same `Idempotency-Key` came with another request before.
    KeyReused,
}

/// Why nothing is known of an [`Accept`].
#[derive(Clone, Debug, thiserror::Error)]
pub enum InboxError {
    /// Too many requests wait already: come back in a second.
    #[error("too many requests wait to be stored")]
    Overloaded,
    /// The database refused the whole group.
    #[error(transparent)]
    Database(#[from] db::Error),
    /// The process is stopping.
    #[error("the process is stopping")]
    Stopping,
}

/// How the inbox works.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The most messages in one transaction.
    pub group: usize,
    /// The most requests that may wait; the next is refused as overloaded.
    pub waiting: usize,
    /// Transactions at a time: one on SQLite, a few on PostgreSQL.
    pub writers: usize,
}

impl Settings {
    /// The settings that suit `engine`.
    #[must_use]
    pub fn of(engine: db::Engine) -> Self {
        let writers = if engine == db::Engine::Sqlite { 1 } else { 3 };
        Self { group: 500, waiting: 4096, writers }
    }
}

type Waiting = (Accept, oneshot::Sender<Result<Outcome, InboxError>>);

/// Accepts messages durably: when [`Inbox::accept`] answers `Accepted`, the message is on disk.
#[derive(Clone, Debug)]
pub struct Inbox {
    queue: mpsc::Sender<Waiting>,
    wake: Arc<Notify>,
}

impl Inbox {
    /// Starts the writers on `tracker`; they end, with the queue emptied, after `stop`.
    #[must_use]
    pub fn start(db: &Db, how: Settings, tracker: &TaskTracker, stop: &CancellationToken) -> Self {
        let (queue, waiting) = mpsc::channel(how.waiting);
        let waiting = Arc::new(Mutex::new(waiting));
        let wake = Arc::new(Notify::new());
        for _ in 0..how.writers {
            let writer = Writer { db: db.clone(), group: how.group, wake: wake.clone() };
            tracker.spawn(writer.run(waiting.clone(), stop.clone()));
        }
        Self { queue, wake }
    }

    /// Stores the message with its delivery, its charge and its promise in one durable transaction.
    pub async fn accept(&self, message: Accept) -> Result<Outcome, InboxError> {
        let (answer, stored) = oneshot::channel();
        self.queue.try_send((message, answer)).map_err(|full| match full {
            mpsc::error::TrySendError::Full(_) => InboxError::Overloaded,
            mpsc::error::TrySendError::Closed(_) => InboxError::Stopping,
        })?;
        stored.await.map_err(|_| InboxError::Stopping)?
    }

    /// Whether the next message would be refused because as many wait as can.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.queue.capacity() == 0
    }

    /// Rings whenever messages have been stored, for the deliverers of this process.
    #[must_use]
    pub fn wake(&self) -> Arc<Notify> {
        self.wake.clone()
    }
}

struct Writer {
    db: Db,
    group: usize,
    wake: Arc<Notify>,
}

impl Writer {
    async fn run(self, queue: Arc<Mutex<mpsc::Receiver<Waiting>>>, stop: CancellationToken) {
        loop {
            let mut group = Vec::new();
            {
                let mut queue = queue.lock().await;
                tokio::select! {
                    biased;
                    taken = queue.recv_many(&mut group, self.group) => if taken == 0 { return },
                    () = stop.cancelled() => queue.close(),
                }
            }
            if !group.is_empty() {
                self.write(group).await;
            }
        }
    }

    async fn write(&self, group: Vec<Waiting>) {
        let (messages, answers): (Vec<_>, Vec<_>) = group.into_iter().unzip();
        metrics::histogram!("notify_accept_group_size").record(messages.len() as f64);
        match accept_group(&self.db, messages).await {
            Ok(outcomes) => {
                self.wake.notify_waiters();
                for (answer, outcome) in answers.into_iter().zip(outcomes) {
                    // Whoever hung up has a stored message all the same, as the API promises.
                    let _ = answer.send(Ok(outcome));
                }
            }
            Err(error) => {
                for answer in answers {
                    let _ = answer.send(Err(error.clone().into()));
                }
            }
        }
    }
}

/// Stores a group of messages in one transaction; the outcomes are in the order of the messages.
pub async fn accept_group(db: &Db, group: Vec<Accept>) -> db::Result<Vec<Outcome>> {
    let tx = db.begin().await?;
    let mut outcomes = promised(&tx, &group).await?;
    charged(&tx, &group, &mut outcomes).await?;
    let (mut messages, mut deliveries) = (Vec::new(), Vec::new());
    for (message, outcome) in group.into_iter().zip(&outcomes) {
        if matches!(outcome, Some(Outcome::Accepted(_))) {
            deliveries.push(waiting(&message));
            messages.push(message.notification);
        }
    }
    recorded(&tx, &messages).await?;
    let mut tally = Tally::default();
    messages.iter().for_each(|message| tally.accepted(message));
    notification::insert(&tx, messages).await?;
    delivery::insert(&tx, deliveries).await?;
    tally.write(&tx).await?;
    tx.commit().await?;
    Ok(outcomes.into_iter().flatten().collect())
}

/// Records who had how many messages accepted: one record for each key and person of the group, because the
/// messages themselves say the rest.
async fn recorded(tx: &db::Transaction, messages: &[notification::Model]) -> db::Result<()> {
    let mut by_sender: BTreeMap<_, Vec<&notification::Model>> = BTreeMap::new();
    for message in messages {
        let sender = (message.service_id, message.api_key_id, message.created_by);
        by_sender.entry(sender).or_default().push(message);
    }
    for ((service, key, person), sent) in by_sender {
        let person = || person.map_or(Actor::System, |person| Actor::Person(person.uuid()));
        let actor = key.map_or_else(person, |key| Actor::ApiKey(key.uuid()));
        let stamp = Stamp { actor, at: sent[0].created_at };
        let entry = Entry {
            stamp: &stamp,
            service: Some(service.uuid()),
            action: "notification.accept",
            subject: sent[0].id.to_string(),
            details: json!({ "messages": sent.len(), "last": sent[sent.len() - 1].id }),
        };
        audit::record(tx, &entry).await?;
    }
    Ok(())
}

/// The row that makes an accepted message wait for a provider.
fn waiting(message: &Accept) -> delivery::Model {
    let row = &message.notification;
    delivery::Model {
        notification_id: row.id,
        service_id: row.service_id,
        channel: row.channel,
        lane: Word(message.lane),
        due_at: row.scheduled_for.unwrap_or(row.created_at),
        attempt: 0,
        lease: None,
    }
}

/// Answers those whose request was answered before, and keeps the promises of the others.
async fn promised(tx: &db::Transaction, group: &[Accept]) -> db::Result<Vec<Option<Outcome>>> {
    let mut outcomes = vec![None; group.len()];
    for (message, outcome) in group.iter().zip(&mut outcomes) {
        let Some(promise) = &message.promise else { continue };
        let row = &message.notification;
        *outcome = match idempotency::keep(tx, row.service_id, promise, row.created_at).await? {
            idempotency::Kept::New => None,
            idempotency::Kept::Same(answer) => Some(Outcome::Repeated(answer)),
            idempotency::Kept::Other => Some(Outcome::KeyReused),
        };
    }
    Ok(outcomes)
}

/// Charges everything that is still open: a service's whole group at once if the limits allow it,
/// else one by one, so that the last message that fits is the last one accepted.
async fn charged(
    tx: &db::Transaction,
    group: &[Accept],
    outcomes: &mut [Option<Outcome>],
) -> db::Result<()> {
    let mut by_service: BTreeMap<(ServiceId, Channel), Vec<usize>> = BTreeMap::new();
    for (nth, message) in group.iter().enumerate() {
        match (&outcomes[nth], &message.charge) {
            (Some(_), _) => {}
            (None, None) => outcomes[nth] = Some(Outcome::Accepted(None)),
            (None, Some(_)) => {
                let row = &message.notification;
                by_service.entry((row.service_id, *row.channel)).or_default().push(nth);
            }
        }
    }
    for ((service, channel), members) in by_service {
        let same_limits = all_alike(group, &members);
        if !(same_limits && together(tx, service, channel, group, &members, outcomes).await?) {
            one_by_one(tx, group, &members, outcomes).await?;
        }
    }
    Ok(())
}

fn all_alike(group: &[Accept], members: &[usize]) -> bool {
    let first = &group[members[0]];
    members.iter().all(|nth| {
        let other = &group[*nth];
        let limits = |of: &Accept| of.charge.map(|c| (c.daily_limit, c.annual_limit));
        limits(other) == limits(first)
            && other.notification.created_at.date_naive()
                == first.notification.created_at.date_naive()
    })
}

async fn together(
    tx: &db::Transaction,
    service: ServiceId,
    channel: Channel,
    group: &[Accept],
    members: &[usize],
    outcomes: &mut [Option<Outcome>],
) -> db::Result<bool> {
    let units = |nth: usize| group[nth].charge.map_or(0, |charge| charge.units);
    let first = &group[members[0]];
    let Some(limits) = first.charge else { return Ok(false) };
    let sum = Charge { units: members.iter().map(|nth| units(*nth)).sum(), ..limits };
    let at = first.notification.created_at;
    let Ok(mut left) = usage::charge(tx, service, channel, sum, at).await? else {
        return Ok(false);
    };
    for nth in members.iter().rev() {
        outcomes[*nth] = Some(Outcome::Accepted(Some(left)));
        left.daily_left += units(*nth);
        left.annual_left += units(*nth);
    }
    Ok(true)
}

async fn one_by_one(
    tx: &db::Transaction,
    group: &[Accept],
    members: &[usize],
    outcomes: &mut [Option<Outcome>],
) -> db::Result<()> {
    for nth in members {
        let message = &group[*nth];
        let Some(charge) = message.charge else { continue };
        let row = &message.notification;
        let charged =
            usage::charge(tx, row.service_id, *row.channel, charge, row.created_at).await?;
        outcomes[*nth] = Some(match charged {
            Ok(left) => Outcome::Accepted(Some(left)),
            Err(exceeded) => {
                if let Some(promise) = &message.promise {
                    idempotency::forget(tx, row.service_id, &promise.key).await?;
                }
                Outcome::Refused(exceeded)
            }
        });
    }
    Ok(())
}
