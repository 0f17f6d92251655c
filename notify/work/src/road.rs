//! The whole road behind the inbox, started and stopped as one.

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use db::{Db, Engine, Transaction};
use jobs::{Backoff, Worker};
use kernel::{Clock, Post, Vault};
use notify::{batch::EXPAND, callback::DELIVER, receipt::APPLY, report::WRITE};
use notify_store::delivery;
use tokio::sync::Notify;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    callback::Teller,
    deliver::{Deliverer, Depot, Hand, Memory, give_back, keep_leases},
    expand,
    ledger::{Desk, Ledger},
    measure,
    outbound::Outbound,
    provider::settings::Routes,
    purge,
    receive::{LOOK_AGAIN, LOOKS, Receiver},
    report, schedule,
    settings::Settings,
};

/// How long before a batch that could not be made into messages is tried again, and how often.
const EXPANDING: (TimeDelta, usize) = (TimeDelta::seconds(20), 100);
/// How long before a report that could not be written is tried again, and how often.
const WRITING: (TimeDelta, usize) = (TimeDelta::minutes(1), 10);
/// How long a stop waits for what is being handed over.
const FINISHING: Duration = Duration::from_secs(8);

/// What the road is made of.
pub struct Parts {
    /// The database, migrated.
    pub db: Db,
    /// Where the time comes from.
    pub clock: Clock,
    /// What opens messages and seals call-backs.
    pub vault: Arc<Vault>,
    /// The providers.
    pub routes: Routes,
    /// The guarded client for call-backs.
    pub outbound: Outbound,
    /// How to work.
    pub settings: Settings,
    /// Who carries letters to people.
    pub post: Arc<dyn Post<Transaction>>,
    /// Rung when messages were accepted: [`notify_store::inbox::Inbox::wake`], or one that nobody rings.
    pub wake: Arc<Notify>,
}

/// The running road.
#[derive(Clone)]
pub struct Road {
    depot: Depot,
}

impl Road {
    /// Starts deliverers, ledger, jobs and schedules on `tracker`. After `stop` they finish what is in
    /// hand within some eight seconds, give back the rest, and the tracker's tasks end.
    ///
    /// On SQLite it takes back every lease first: the file belongs to one process, so all others that
    /// held one are dead. Therefore only one process may start a road on a SQLite file.
    #[must_use]
    pub fn start(parts: Parts, tracker: &TaskTracker, stop: &CancellationToken) -> Self {
        let at_a_time = usize::from(parts.settings.jobs_at_a_time.max(1));
        let of_one_share = usize::from(parts.settings.callbacks_per_service.max(1));
        let how = jobs::Settings { at_a_time, of_one_share, ..jobs::Settings::default() };
        let worker = Worker::new(parts.db.clone(), parts.clock.clone(), how);
        let (depot, routes) = depot(parts, worker.wake(), stop);
        let worker = taught(worker, &depot);
        tracker.spawn(work(depot.clone(), routes, worker));
        Self { depot }
    }

    /// The door for what providers tell us, in a process that delivers nothing: the jobs that it leaves
    /// are found by a process that does.
    #[must_use]
    pub fn receiver_only(parts: Parts, stop: &CancellationToken) -> Receiver {
        Receiver { depot: depot(parts, Arc::default(), stop).0 }
    }

    /// The door for what providers tell us afterwards.
    #[must_use]
    pub fn receiver(&self) -> Receiver {
        Receiver { depot: self.depot.clone() }
    }

    /// Ring it after a commit that enqueued a job.
    #[must_use]
    pub fn jobs(&self) -> Arc<Notify> {
        self.depot.jobs.clone()
    }
}

fn depot(parts: Parts, jobs: Arc<Notify>, stop: &CancellationToken) -> (Depot, Routes) {
    let Parts { db, clock, vault, routes, outbound, settings, post, wake } = parts;
    let (memory, settings) = (Arc::new(Memory::new(db.clone())), Arc::new(settings));
    let teller = Teller {
        db: db.clone(),
        vault: vault.clone(),
        memory: memory.clone(),
        outbound,
        clock: clock.clone(),
    };
    let stop = stop.clone();
    (Depot { db, clock, vault, memory, teller, settings, post, wake, jobs, stop }, routes)
}

/// Every kind of job and every schedule of Notify, and the one of the accounts beneath it, which have no worker of their
/// own.
fn taught(worker: Worker, depot: &Depot) -> Worker {
    let pauses = depot.settings.callback_pauses_seconds.iter();
    let calls = Backoff { pauses: pauses.map(|s| TimeDelta::seconds(i64::from(*s))).collect() };
    let teller = depot.teller.clone();
    let receiver = Receiver { depot: depot.clone() };
    let [batches, reports] = [depot; 2].map(Clone::clone);
    let worker = worker
        .on(&EXPAND, Backoff::every(EXPANDING.0, EXPANDING.1), move |batch, _| {
            let depot = batches.clone();
            async move { expand::expand(&depot, batch).await }
        })
        .on(&WRITE, Backoff::every(WRITING.0, WRITING.1), move |wanted, attempt| {
            let depot = reports.clone();
            async move { report::write(&depot, wanted, attempt).await }
        })
        .on(&DELIVER, calls, move |call, _| {
            let teller = teller.clone();
            async move { teller.call(call).await }
        })
        .on(&APPLY, Backoff::every(LOOK_AGAIN, LOOKS), move |receipt, attempt| {
            let receiver = receiver.clone();
            async move { receiver.look_again(&receipt, attempt.is_last).await }
        });
    scheduled(worker, depot)
}

fn scheduled(worker: Worker, depot: &Depot) -> Worker {
    let [silent, waiting, old, mailbox, people] = [depot; 5].map(Clone::clone);
    worker
        .every("notify.time-out-receipts", TimeDelta::minutes(10), move |now| {
            let depot = silent.clone();
            async move { schedule::time_out_receipts(&depot, now).await }
        })
        .every("notify.time-out-waiting", TimeDelta::minutes(30), move |now| {
            let depot = waiting.clone();
            async move { schedule::time_out_waiting(&depot, now).await }
        })
        .every("notify.purge", TimeDelta::hours(1), move |now| {
            let depot = old.clone();
            async move { purge::purge(&depot, now).await }
        })
        .every("notify.cap-mailbox", TimeDelta::minutes(1), move |_| {
            let depot = mailbox.clone();
            async move { schedule::cap_mailbox(&depot).await }
        })
        .every("accounts.purge", accounts::retention::EVERY, move |now| {
            let depot = people.clone();
            async move { purge::people(&depot, now).await }
        })
}

/// Delivers until the stop, then finishes in order: nothing new is taken, what is being handed over
/// ends, what became of it is written, what was not begun is given back.
async fn work(depot: Depot, routes: Routes, worker: Worker) {
    if depot.db.engine() == Engine::Sqlite {
        end_leases(&depot).await;
    }
    let [taking, working, carrying, writing, watching] = [0; 5].map(|_| TaskTracker::new());
    working.spawn(worker.run(depot.stop.clone()));
    let [abandon, ended] = [0; 2].map(|_| CancellationToken::new());
    let desk = Desk {
        db: depot.db.clone(),
        clock: depot.clock.clone(),
        receipts: depot.settings.receipts(),
        jobs: depot.jobs.clone(),
        abandon: abandon.clone(),
    };
    let ledger = Ledger::start(&desk, &writing);
    let deliverers = Deliverer::both(&depot, &routes, &ledger, (&carrying, &abandon));
    drop(ledger);
    let hands = [deliverers[0].hand(), deliverers[1].hand()];
    watching.spawn(keep_leases(depot.clone(), hands.clone(), ended.clone()));
    watching.spawn(measure::watch(depot.clone(), hands.clone(), ended.clone()));
    for deliverer in deliverers {
        taking.spawn(deliverer.run());
    }
    finished(&taking).await;
    let begun = async { tokio::join!(finished(&carrying), finished(&working)) };
    if tokio::time::timeout(FINISHING, begun).await.is_err() {
        tracing::warn!("left hand-overs or jobs unfinished; their leases will run out");
    }
    abandon.cancel();
    finished(&carrying).await;
    finished(&writing).await;
    ended.cancel();
    finished(&watching).await;
    for hand in &hands {
        returned(&depot, hand).await;
    }
    routes.email.close().await;
}

async fn finished(tasks: &TaskTracker) {
    tasks.close();
    tasks.wait().await;
}

async fn returned(depot: &Depot, hand: &Hand) {
    if let Err(error) = give_back(depot, hand).await {
        tracing::warn!(%error, "could not give messages back; their leases will run out");
    }
}

/// Takes back what a process that died had in hand.
async fn end_leases(depot: &Depot) {
    let ended = async {
        let tx = depot.db.begin().await?;
        let now = depot.clock.now();
        let count = delivery::end_all_leases(&tx, now).await?;
        jobs::queue::end_all_leases(&tx, now).await?;
        tx.commit().await?;
        db::Result::Ok(count)
    };
    match ended.await {
        Ok(0) => {}
        Ok(count) => tracing::info!(count, "took back {count} messages of a process that died"),
        Err(error) => tracing::warn!(%error, "could not take leases back; they will run out"),
    }
}
