//! The way back into the database: what became of messages is written in groups, a transaction for hundreds.

use std::{collections::HashMap, sync::Arc, time::Duration};

use chrono::TimeDelta;
use db::{Db, Transaction};
use kernel::{Clock, Time};
use notify::{Status, callback::DeliverCallback};
use notify_store::{
    NotificationId, awaited_receipt, delivery,
    notification::{self, HandOver, HandedOver, Step},
    statistic::Tally,
};
use tokio::sync::{Mutex, Notify, mpsc};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use uuid::Uuid;

use crate::{
    callback,
    deliver::{Grip, Verdict},
};

/// The most messages in one transaction.
const GROUP: usize = 500;
/// How long a group is gathered: nobody waits for it, and a fuller group costs less for each message.
const GATHER: Duration = Duration::from_millis(15);
/// How long to wait before a group that could not be written is tried again.
const AGAIN: Duration = Duration::from_millis(250);

/// What is to be written about one message.
#[derive(Debug)]
pub(crate) struct Entry {
    /// The hold on the message; it ends when this is written.
    pub(crate) grip: Grip,
    /// What became of it.
    pub(crate) verdict: Verdict,
    /// Whom to tell if it ended.
    pub(crate) tell: Option<DeliverCallback>,
}

/// Takes what became of messages and writes it.
#[derive(Clone)]
pub(crate) struct Ledger {
    queue: mpsc::Sender<Entry>,
}

/// What the writers need.
#[derive(Clone)]
pub(crate) struct Desk {
    pub(crate) db: Db,
    pub(crate) clock: Clock,
    /// How long to wait for a receipt.
    pub(crate) receipts: TimeDelta,
    /// Rung when a call-back waits.
    pub(crate) jobs: Arc<Notify>,
    /// From then on a database that is away is not waited for.
    pub(crate) abandon: CancellationToken,
}

impl Ledger {
    /// Starts the writers on `tracker`; they end when every `Ledger` is dropped and all is written.
    pub(crate) fn start(desk: &Desk, tracker: &TaskTracker) -> Self {
        let (queue, entries) = mpsc::channel(4 * GROUP);
        let entries = Arc::new(Mutex::new(entries));
        // SQLite has one writer; on PostgreSQL one gathers while the other commits.
        let writers = if desk.db.engine() == db::Engine::Sqlite { 1 } else { 2 };
        for _ in 0..writers {
            tracker.spawn(desk.clone().run(entries.clone()));
        }
        Self { queue }
    }

    /// Hands an entry in; waits when the writers are behind.
    pub(crate) async fn record(&self, entry: Entry) {
        // It fails only after the writers have ended, and they outlive every Ledger.
        let _ = self.queue.send(entry).await;
    }
}

impl Desk {
    async fn run(self, queue: Arc<Mutex<mpsc::Receiver<Entry>>>) {
        loop {
            let mut group = Vec::new();
            {
                let mut queue = queue.lock().await;
                if queue.recv_many(&mut group, GROUP).await == 0 {
                    return;
                }
                let gathered = tokio::time::sleep(GATHER);
                tokio::pin!(gathered);
                while group.len() < GROUP {
                    let room = GROUP - group.len();
                    tokio::select! {
                        taken = queue.recv_many(&mut group, room) => if taken == 0 { break },
                        () = &mut gathered => break,
                    }
                }
            }
            self.keep(group).await;
        }
    }

    /// Writes a group, again and again while the database is away. What the database refuses for
    /// another reason is written one by one, so that one bad entry spoils only itself.
    async fn keep(&self, group: Vec<Entry>) {
        let size = group.len();
        metrics::histogram!("notify_ledger_group_size").record(size as f64);
        while let Err(error) = self.write(&group).await {
            match error {
                db::Error::Busy(_) if !self.abandon.is_cancelled() => {
                    tracing::warn!(%error, "{size} outcomes wait for the database");
                    tokio::time::sleep(AGAIN).await;
                }
                _ if size > 1 => {
                    for one in group {
                        Box::pin(self.keep(vec![one])).await;
                    }
                    return;
                }
                _ => {
                    let id = group[0].grip.id();
                    tracing::error!(%error, notification.id = %id, "could not write what became of {id}");
                    return;
                }
            }
        }
    }

    async fn write(&self, group: &[Entry]) -> db::Result<()> {
        let now = self.clock.now();
        let tx = self.db.begin().await?;
        let mut tally = Tally::default();
        let mut changed = self.handed_over(&tx, group, now, &mut tally).await?;
        changed.extend(self.failed(&tx, group, now, &mut tally).await?);
        postponed(&tx, group).await?;
        let tell = group.iter().filter(|entry| changed.contains_key(&entry.grip.id()));
        let calls: Vec<_> = tell.filter_map(|entry| entry.tell.clone()).collect();
        let told = !calls.is_empty();
        callback::enqueue(&tx, calls, now).await?;
        tally.write(&tx).await?;
        tx.commit().await?;
        if told {
            self.jobs.notify_one();
        }
        Ok(())
    }

    /// Writes hand-overs whoever holds the lease now, because they are facts, and takes the messages
    /// out of the queue if the lease is still ours.
    async fn handed_over(
        &self,
        tx: &Transaction,
        group: &[Entry],
        now: Time,
        tally: &mut Tally,
    ) -> db::Result<HashMap<NotificationId, Status>> {
        let mut alike: HashMap<&HandOver, Vec<HandedOver>> = HashMap::new();
        for entry in group {
            if let Verdict::HandedOver { common, reference } = &entry.verdict {
                let message = HandedOver { id: entry.grip.id(), reference: reference.clone() };
                alike.entry(common).or_default().push(message);
            }
        }
        let (mut changed, mut awaited) = (HashMap::new(), Vec::new());
        for (common, messages) in alike {
            let written = notification::hand_over(tx, &messages, common, now, tally).await?;
            if common.to == Status::Sending {
                awaited.extend(&written);
            }
            changed.extend(written.into_iter().map(|id| (id, common.to)));
        }
        awaited_receipt::insert(tx, &awaited, now + self.receipts).await?;
        let done =
            |verdict: &Verdict| matches!(verdict, Verdict::HandedOver { .. } | Verdict::Gone);
        removed(tx, group.iter().filter(|entry| done(&entry.verdict))).await?;
        Ok(changed)
    }

    /// Writes failures, of messages that are still ours only: another holder may have better luck.
    async fn failed(
        &self,
        tx: &Transaction,
        group: &[Entry],
        now: Time,
        tally: &mut Tally,
    ) -> db::Result<HashMap<NotificationId, Status>> {
        let failures = group.iter().filter(|entry| matches!(entry.verdict, Verdict::Failed { .. }));
        let held = removed(tx, failures).await?;
        let mut alike: HashMap<(Status, &Option<String>), Vec<NotificationId>> = HashMap::new();
        for entry in group {
            if let Verdict::Failed { to, response } = &entry.verdict
                && held.contains(&entry.grip.id())
            {
                alike.entry((*to, response)).or_default().push(entry.grip.id());
            }
        }
        let mut changed = HashMap::new();
        for ((to, response), ids) in alike {
            let step = Step {
                from: Status::Created,
                to,
                at: now,
                provider: None,
                provider_reference: None,
                provider_response: response.clone(),
            };
            let written = notification::step(tx, &ids, &step, tally).await?;
            changed.extend(written.into_iter().map(|id| (id, to)));
        }
        Ok(changed)
    }
}

/// Takes messages out of the queue that we still hold; gives those.
async fn removed(
    tx: &Transaction,
    entries: impl Iterator<Item = &Entry>,
) -> db::Result<Vec<NotificationId>> {
    let mut by_lease: HashMap<Uuid, Vec<NotificationId>> = HashMap::new();
    for entry in entries {
        by_lease.entry(entry.grip.token()).or_default().push(entry.grip.id());
    }
    let mut gone = Vec::new();
    for (token, ids) in by_lease {
        gone.extend(delivery::remove(tx, token, &ids).await?);
    }
    Ok(gone)
}

async fn postponed(tx: &Transaction, group: &[Entry]) -> db::Result<()> {
    for entry in group {
        if let Verdict::Later { due_at, counts } = entry.verdict {
            delivery::postpone(tx, entry.grip.token(), entry.grip.id(), due_at, counts).await?;
        }
    }
    Ok(())
}
