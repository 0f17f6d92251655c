//! The loop that takes due jobs and runs them.

mod in_hand;

use std::{collections::HashMap, panic::AssertUnwindSafe, pin::Pin, sync::Arc, time::Duration};

use chrono::TimeDelta;
use db::Db;
use futures::FutureExt;
use kernel::{Clock, JobKind, Time};
use serde::de::DeserializeOwned;
use tokio::sync::Notify;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use uuid::Uuid;

use self::in_hand::InHand;
use crate::{JobError, error::Verdict, queue, schedule};

type Running = Pin<Box<dyn Future<Output = Result<(), JobError>> + Send>>;
type Run = Box<dyn Fn(String, Attempt) -> Running + Send + Sync>;
type Turn = Box<dyn Fn(Time) -> Running + Send + Sync>;

/// Which attempt at a job this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// From 1.
    pub number: i32,
    /// Whether a failure now is final.
    pub is_last: bool,
}

/// How often a kind of job is tried, and how long to wait in between.
#[derive(Clone, Debug)]
pub struct Backoff {
    /// The pauses after the first, second, … failed attempt; one attempt more than pauses.
    pub pauses: Vec<TimeDelta>,
}

impl Backoff {
    /// `tries` attempts with the same pause between them.
    #[must_use]
    pub fn every(pause: TimeDelta, tries: usize) -> Self {
        Self { pauses: vec![pause; tries.saturating_sub(1)] }
    }

    fn tries(&self) -> i32 {
        i32::try_from(self.pauses.len()).map_or(i32::MAX, |pauses| pauses.saturating_add(1))
    }

    fn pause(&self, attempt: i32) -> TimeDelta {
        let nth = usize::try_from(attempt - 1).unwrap_or(0);
        self.pauses.get(nth).or(self.pauses.last()).copied().unwrap_or_default()
    }
}

/// How a worker works.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Jobs at a time.
    pub at_a_time: usize,
    /// Jobs of one share at a time ([`crate::Timing::of_share`]), so that one slow receiver of calls
    /// holds no others up.
    pub of_one_share: usize,
    /// How long a job of a worker that died is held. While its worker lives the lease is lengthened,
    /// so a job may run for longer.
    pub lease: TimeDelta,
    /// How often to look when nothing rings.
    pub poll: Duration,
    /// How long jobs in hand may take after the word to stop; then they are dropped and given back.
    pub grace: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            at_a_time: 16,
            of_one_share: 4,
            lease: TimeDelta::minutes(10),
            poll: Duration::from_secs(1),
            grace: Duration::from_secs(7),
        }
    }
}

/// Runs jobs and schedules until it is told to stop.
pub struct Worker {
    db: Db,
    clock: Clock,
    settings: Settings,
    kinds: HashMap<&'static str, (Backoff, Run)>,
    schedules: Vec<(&'static str, TimeDelta, Turn)>,
    wake: Arc<Notify>,
    abandon: CancellationToken,
    in_hand: InHand,
    lease: Uuid,
}

impl Worker {
    /// A worker that knows no kind of job yet.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "a lease token is no record's id")]
    pub fn new(db: Db, clock: Clock, settings: Settings) -> Self {
        let (kinds, schedules) = (HashMap::new(), Vec::new());
        let (wake, lease) = (Arc::new(Notify::new()), Uuid::new_v4());
        let (abandon, in_hand) = (CancellationToken::new(), InHand::default());
        Self { db, clock, settings, kinds, schedules, wake, abandon, in_hand, lease }
    }

    /// Teaches it to run jobs of `kind`.
    #[must_use]
    pub fn on<P, F, R>(mut self, kind: &JobKind<P>, backoff: Backoff, run: F) -> Self
    where
        P: DeserializeOwned + Send + 'static,
        F: Fn(P, Attempt) -> R + Send + Sync + 'static,
        R: Future<Output = Result<(), JobError>> + Send + 'static,
    {
        let run: Run = Box::new(move |payload, attempt| match serde_json::from_str(&payload) {
            Ok(payload) => Box::pin(run(payload, attempt)),
            Err(unreadable) => Box::pin(async move { Err(JobError::fail(unreadable)) }),
        });
        self.kinds.insert(kind.name, (backoff, run));
        self
    }

    /// Teaches it to do something again and again; of all processes, one does it each time.
    #[must_use]
    pub fn every<F, R>(mut self, name: &'static str, every: TimeDelta, turn: F) -> Self
    where
        F: Fn(Time) -> R + Send + Sync + 'static,
        R: Future<Output = Result<(), JobError>> + Send + 'static,
    {
        self.schedules.push((name, every, Box::new(move |now| Box::pin(turn(now)))));
        self
    }

    /// Ring it after a commit that enqueued a job, so that the job need not wait for the next look.
    #[must_use]
    pub fn wake(&self) -> Arc<Notify> {
        self.wake.clone()
    }

    /// Works until `stop`, then finishes what is in hand, for [`Settings::grace`] at most, and gives back
    /// the rest.
    pub async fn run(self, stop: CancellationToken) {
        self.learn_schedules().await;
        let worker = Arc::new(self);
        let [running, keeping] = [0; 2].map(|_| TaskTracker::new());
        let ended = CancellationToken::new();
        keeping.spawn(worker.clone().keep_leases(ended.clone()));
        let seats = Arc::new(tokio::sync::Semaphore::new(worker.settings.at_a_time));
        while !stop.is_cancelled() {
            worker.take_turns(&running).await;
            let found = worker.take_jobs(&running, &seats).await;
            if !found {
                worker.rest(&stop).await;
            }
        }
        worker.finish(&running).await;
        ended.cancel();
        keeping.close();
        keeping.wait().await;
        if let Err(error) = worker.give_back().await {
            tracing::warn!(%error, "could not give jobs back; their leases will run out");
        }
    }

    /// Runs everything that is due now, one after the other, and gives how many ran; for tests that
    /// must know when the work is done.
    pub async fn drain(&self) -> db::Result<usize> {
        let mut ran = 0;
        loop {
            let jobs = self.claim(1).await?;
            let Some(job) = jobs.into_iter().next() else { return Ok(ran) };
            let share = job.share.clone();
            self.run_one(job).await;
            self.in_hand.end(share);
            ran += 1;
        }
    }

    /// Lets what runs come to its end, and drops what takes longer than the grace.
    async fn finish(&self, running: &TaskTracker) {
        running.close();
        if tokio::time::timeout(self.settings.grace, running.wait()).await.is_err() {
            tracing::warn!("some jobs did not end in time and are given back");
            self.abandon.cancel();
            running.wait().await;
        }
    }

    async fn learn_schedules(&self) {
        for (name, ..) in &self.schedules {
            let learned = async {
                let tx = self.db.begin().await?;
                schedule::know(&tx, name, self.clock.now()).await?;
                tx.commit().await.map_err(db::Error::from)
            };
            if let Err(error) = learned.await {
                tracing::error!(%error, schedule = name, "schedule {name} could not be kept");
            }
        }
    }

    async fn rest(&self, stop: &CancellationToken) {
        // Each process has a rhythm of its own, so that many do not ask at the same moment.
        let own = f64::from(self.lease.as_bytes()[0]) / 255.0;
        let pause = self.settings.poll.mul_f64(0.8 + 0.4 * own);
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = self.wake.notified() => {}
            () = stop.cancelled() => {}
        }
    }

    async fn take_turns(self: &Arc<Self>, running: &TaskTracker) {
        for nth in 0..self.schedules.len() {
            let (name, every, _) = &self.schedules[nth];
            let now = self.clock.now();
            let taken = async {
                let tx = self.db.begin().await?;
                let ours = schedule::take(&tx, name, *every, now).await?;
                tx.commit().await?;
                db::Result::Ok(ours)
            };
            match taken.await {
                Ok(true) => {
                    let worker = self.clone();
                    running.spawn(async move {
                        worker.abandon.run_until_cancelled(worker.turn(nth, now)).await;
                    });
                }
                Ok(false) => {}
                Err(error) => tracing::warn!(%error, schedule = name, "could not ask for a turn"),
            }
        }
    }

    async fn turn(&self, nth: usize, now: Time) {
        let (name, _, turn) = &self.schedules[nth];
        if let Err(JobError { cause, .. }) = turn(now).await {
            tracing::error!(schedule = name, "schedule {name} failed: {cause:#}");
        }
    }

    async fn take_jobs(
        self: &Arc<Self>,
        running: &TaskTracker,
        seats: &Arc<tokio::sync::Semaphore>,
    ) -> bool {
        let free = seats.available_permits();
        if free == 0 {
            return false;
        }
        let jobs = match self.claim(free as u64).await {
            Ok(jobs) => jobs,
            Err(error) => {
                tracing::warn!(%error, "could not take jobs");
                return false;
            }
        };
        let found = !jobs.is_empty();
        for job in jobs {
            let Ok(seat) = seats.clone().acquire_owned().await else { return false };
            let worker = self.clone();
            running.spawn(async move {
                let share = job.share.clone();
                worker.abandon.run_until_cancelled(worker.run_one(job)).await;
                worker.in_hand.end(share);
                drop(seat);
                worker.wake.notify_one();
            });
        }
        found
    }

    /// Takes jobs; of a share whose seats are taken none, and of another no more than it has left.
    async fn claim(&self, most: u64) -> db::Result<Vec<queue::Model>> {
        let (now, of_one) = (self.clock.now(), self.settings.of_one_share);
        let lease = (self.lease, now + self.settings.lease);
        let tx = self.db.begin().await?;
        let jobs = queue::claim(&tx, most, lease, now, &self.in_hand.full(of_one)).await?;
        let (jobs, surplus) = self.in_hand.fit(jobs, of_one);
        queue::put_back(&tx, &surplus, self.lease, now).await?;
        tx.commit().await?;
        self.in_hand.begin(&jobs);
        Ok(jobs)
    }

    /// Lengthens the leases of what runs each time a third of their length has passed.
    async fn keep_leases(self: Arc<Self>, ended: CancellationToken) {
        let mut renewed = self.clock.now();
        let look = || tokio::time::sleep(self.settings.poll);
        while ended.run_until_cancelled(look()).await.is_some() {
            let now = self.clock.now();
            if now - renewed < self.settings.lease / 3 || self.in_hand.is_empty() {
                continue;
            }
            match self.renew(now).await {
                Ok(()) => renewed = now,
                Err(error) => tracing::warn!(%error, "could not lengthen the leases of jobs"),
            }
        }
    }

    async fn renew(&self, now: Time) -> db::Result<()> {
        let tx = self.db.begin().await?;
        queue::renew(&tx, self.lease, now + self.settings.lease).await?;
        Ok(tx.commit().await?)
    }

    async fn give_back(&self) -> db::Result<()> {
        let tx = self.db.begin().await?;
        queue::give_back(&tx, self.lease, self.clock.now()).await?;
        Ok(tx.commit().await?)
    }

    async fn run_one(&self, job: queue::Model) {
        let name = job.name.clone();
        let outcome = match self.kinds.get(name.as_str()) {
            None => Err(JobError::fail(anyhow::anyhow!("nobody here runs jobs named {name}"))),
            Some((backoff, _)) if job.attempt > backoff.tries() => {
                Err(JobError::fail(anyhow::anyhow!("the process died in the last try of {name}")))
            }
            Some((backoff, run)) => {
                let is_last = job.attempt >= backoff.tries();
                let attempt = Attempt { number: job.attempt, is_last };
                // A panic is one more way to fail; without this its job would run for ever, try after try.
                let running = async { run(job.payload.clone(), attempt).await };
                let panicked = |_| Err(JobError::retry(anyhow::anyhow!("{name} panicked")));
                AssertUnwindSafe(running).catch_unwind().await.unwrap_or_else(panicked)
            }
        };
        let word = if outcome.is_ok() { "done" } else { "failed" };
        metrics::counter!("jobs_total", "name" => name.clone(), "outcome" => word).increment(1);
        if let Err(error) = self.settle(&job, outcome).await {
            tracing::warn!(%error, job.id = %job.id, "could not end job {name}; it will run again");
        }
    }

    async fn settle(&self, job: &queue::Model, outcome: Result<(), JobError>) -> db::Result<()> {
        let tx = self.db.begin().await?;
        match outcome {
            Ok(()) => queue::finish(&tx, job.id, self.lease).await?,
            Err(error) => self.unhappy(&tx, job, error).await?,
        }
        Ok(tx.commit().await?)
    }

    async fn unhappy(
        &self,
        tx: &db::Transaction,
        job: &queue::Model,
        JobError { cause, verdict }: JobError,
    ) -> db::Result<()> {
        let (id, name, now) = (job.id, &job.name, self.clock.now());
        let backoff = self.kinds.get(name.as_str()).map(|(backoff, _)| backoff);
        let tries = backoff.map_or(1, Backoff::tries);
        if verdict == Verdict::Fail || job.attempt >= tries {
            tracing::error!(job.id = %id, "gave up on job {name}: {cause:#}");
            return queue::give_up(tx, id, self.lease, now, &format!("{cause:#}")).await;
        }
        let pause = match verdict {
            Verdict::RetryAfter(pause) => pause,
            _ => backoff.map_or_else(TimeDelta::zero, |backoff| backoff.pause(job.attempt)),
        };
        tracing::info!(job.id = %id, "job {name} will be tried again: {cause:#}");
        queue::postpone(tx, id, self.lease, now + pause, &format!("{cause:#}")).await
    }
}
