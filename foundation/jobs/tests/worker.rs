//! Jobs on both engines: each runs, none is lost, none runs twice while its worker lives.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may stop at the first surprise, and its tasks end with it"
)]

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::{Duration, Instant},
};

use chrono::TimeDelta;
use jobs::{Backoff, JobError, Settings, Timing, Worker, enqueue, queue};
use kernel::{Clock, JobKind};
use sea_orm::EntityTrait;
use sea_orm_migration::{MigrationTrait, MigratorTrait};
use tokio_util::sync::CancellationToken;

struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        jobs::migrations()
    }
}

const RING: JobKind<u32> = JobKind::new("test.ring");

async fn put(db: &db::Db, clock: &Clock, payload: u32, key: Option<&str>) {
    let tx = db.begin().await.unwrap();
    let timing = Timing::at(clock.now());
    let timing = if let Some(key) = key { timing.once(key) } else { timing };
    enqueue(&tx, &RING, &payload, timing).await.unwrap();
    tx.commit().await.unwrap();
}

fn counting(db: &db::Db, clock: &Clock, tries: usize, fails: usize) -> (Worker, Arc<AtomicUsize>) {
    let runs = Arc::new(AtomicUsize::new(0));
    let counter = runs.clone();
    let worker = Worker::new(db.clone(), clock.clone(), Settings::default()).on(
        &RING,
        Backoff::every(TimeDelta::minutes(5), tries),
        move |_, _| {
            let nth = counter.fetch_add(1, SeqCst);
            async move {
                if nth < fails { Err(JobError::retry(anyhow::anyhow!("not yet"))) } else { Ok(()) }
            }
        },
    );
    (worker, runs)
}

async fn left(db: &db::Db) -> Option<queue::Model> {
    queue::Entity::find().one(db.read()).await.unwrap()
}

/// Waits until `is` says so.
async fn until(is: impl AsyncFn() -> bool) {
    let begun = Instant::now();
    while !is().await {
        assert!(begun.elapsed() < Duration::from_secs(10), "it did not come to that");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

testkit::on_each_engine! { Migrator;
    async fn eight_workers_run_each_job_once(test) {
        let clock = testkit::clock();
        for nth in 0..40 {
            put(&test.db, &clock, nth, None).await;
        }
        let workers: Vec<_> = (0..8).map(|_| {
            let (worker, runs) = counting(&test.db, &clock, 1, 0);
            tokio::spawn(async move { worker.drain().await.unwrap(); runs.load(SeqCst) })
        }).collect();
        let mut ran = 0;
        for worker in workers {
            ran += worker.await.unwrap();
        }
        assert_eq!((ran, queue::count(test.db.read()).await.unwrap()), (40, 0));
    }

    async fn a_failed_job_waits_its_pause_and_is_given_up_when_its_tries_are_spent(test) {
        let clock = testkit::clock();
        put(&test.db, &clock, 1, None).await;
        let (worker, runs) = counting(&test.db, &clock, 3, 9);
        for expected in 1..=3 {
            worker.drain().await.unwrap();
            worker.drain().await.unwrap();
            assert_eq!(runs.load(SeqCst), expected);
            clock.advance(TimeDelta::minutes(6));
        }
        worker.drain().await.unwrap();
        assert_eq!((runs.load(SeqCst), queue::count(test.db.read()).await.unwrap()), (3, 0));
        let kept = queue::Entity::find().one(test.db.read()).await.unwrap().unwrap();
        assert_eq!((kept.last_error.as_deref(), kept.failed_at.is_some()), (Some("not yet"), true));
    }

    async fn a_dead_workers_job_is_taken_up_after_its_lease(test) {
        let clock = testkit::clock();
        put(&test.db, &clock, 1, None).await;
        let tx = test.db.begin().await.unwrap();
        let until = clock.now() + TimeDelta::minutes(10);
        queue::claim(&tx, 1, (uuid::Uuid::new_v4(), until), clock.now(), &[]).await.unwrap();
        tx.commit().await.unwrap();
        let (worker, runs) = counting(&test.db, &clock, 3, 0);
        assert_eq!(worker.drain().await.unwrap(), 0);
        clock.advance(TimeDelta::minutes(11));
        assert_eq!((worker.drain().await.unwrap(), runs.load(SeqCst)), (1, 1));
    }

    async fn of_two_jobs_with_one_key_the_second_is_not_kept(test) {
        let clock = testkit::clock();
        put(&test.db, &clock, 1, Some("same")).await;
        put(&test.db, &clock, 2, Some("same")).await;
        assert_eq!(queue::count(test.db.read()).await.unwrap(), 1);
    }

    async fn a_job_of_nobody_is_kept_for_people_to_see(test) {
        let clock = testkit::clock();
        put(&test.db, &clock, 1, None).await;
        Worker::new(test.db.clone(), clock, Settings::default()).drain().await.unwrap();
        let kept = queue::Entity::find().one(test.db.read()).await.unwrap().unwrap();
        assert!(kept.last_error.unwrap().contains("test.ring"));
    }

    async fn a_running_worker_hears_the_bell_takes_its_turns_and_stops(test) {
        let clock = Clock::system();
        let turns = Arc::new(AtomicUsize::new(0));
        let turned = turns.clone();
        let (worker, runs) = counting(&test.db, &clock, 1, 0);
        let worker = worker.every("test.turn", TimeDelta::hours(1), move |_| {
            turned.fetch_add(1, SeqCst);
            async { Ok(()) }
        });
        let (bell, stop) = (worker.wake(), CancellationToken::new());
        let running = tokio::spawn(worker.run(stop.clone()));
        put(&test.db, &clock, 1, None).await;
        bell.notify_one();
        for _ in 0..500 {
            if runs.load(SeqCst) == 1 && turns.load(SeqCst) == 1 { break }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        stop.cancel();
        running.await.unwrap();
        assert_eq!((runs.load(SeqCst), turns.load(SeqCst)), (1, 1));
    }

    async fn a_job_that_panics_is_given_up_when_its_tries_are_spent(test) {
        let clock = testkit::clock();
        put(&test.db, &clock, 1, None).await;
        let worker = Worker::new(test.db.clone(), clock.clone(), Settings::default())
            .on(&RING, Backoff::every(TimeDelta::minutes(5), 2), |_, _| async { panic!("on purpose") });
        for _ in 0..3 {
            worker.drain().await.unwrap();
            clock.advance(TimeDelta::minutes(6));
        }
        let kept = queue::Entity::find().one(test.db.read()).await.unwrap().unwrap();
        assert_eq!((kept.attempt, kept.failed_at.is_some()), (2, true));
        assert_eq!(kept.last_error.as_deref(), Some("test.ring panicked"));
    }

    async fn a_job_whose_last_try_killed_its_worker_is_given_up_and_not_run(test) {
        let clock = testkit::clock();
        put(&test.db, &clock, 1, None).await;
        for _ in 0..3 {
            let tx = test.db.begin().await.unwrap();
            let now = clock.now();
            queue::claim(&tx, 1, (uuid::Uuid::new_v4(), now), now, &[]).await.unwrap();
            tx.commit().await.unwrap();
        }
        let (worker, runs) = counting(&test.db, &clock, 3, 0);
        worker.drain().await.unwrap();
        let kept = queue::Entity::find().one(test.db.read()).await.unwrap().unwrap();
        assert_eq!((runs.load(SeqCst), kept.failed_at.is_some()), (0, true));
    }

    async fn a_stop_waits_its_grace_for_a_long_job_and_gives_it_back(test) {
        let clock = testkit::clock();
        put(&test.db, &clock, 1, None).await;
        let begun = Arc::new(AtomicUsize::new(0));
        let counter = begun.clone();
        let grace = std::time::Duration::from_millis(200);
        let settings = Settings { grace, ..Settings::default() };
        let worker = Worker::new(test.db.clone(), clock.clone(), settings)
            .on(&RING, Backoff::every(TimeDelta::minutes(5), 2), move |_, _| {
                counter.fetch_add(1, SeqCst);
                std::future::pending()
            });
        let stop = CancellationToken::new();
        let running = tokio::spawn(worker.run(stop.clone()));
        for _ in 0..500 {
            if begun.load(SeqCst) == 1 { break }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        stop.cancel();
        tokio::time::timeout(std::time::Duration::from_secs(5), running).await.unwrap().unwrap();
        let left = queue::Entity::find().one(test.db.read()).await.unwrap().unwrap();
        assert_eq!((begun.load(SeqCst), left.lease, left.run_at), (1, None, clock.now()));
    }

    async fn a_job_that_runs_longer_than_its_lease_is_nobody_elses(test) {
        let clock = testkit::clock();
        put(&test.db, &clock, 1, None).await;
        let (begun, go) = (Arc::new(AtomicUsize::new(0)), Arc::new(tokio::sync::Notify::new()));
        let (counter, goes) = (begun.clone(), go.clone());
        let settings = Settings { poll: Duration::from_millis(10), ..Settings::default() };
        let worker = Worker::new(test.db.clone(), clock.clone(), settings)
            .on(&RING, Backoff::every(TimeDelta::minutes(5), 2), move |_, _| {
                counter.fetch_add(1, SeqCst);
                let goes = goes.clone();
                async move { goes.notified().await; Ok(()) }
            });
        let stop = CancellationToken::new();
        let running = tokio::spawn(worker.run(stop.clone()));
        until(async || begun.load(SeqCst) == 1).await;
        let (other, runs) = counting(&test.db, &clock, 2, 0);
        for _ in 0..6 {
            clock.advance(TimeDelta::minutes(4));
            let held = clock.now() + TimeDelta::minutes(10);
            until(async || left(&test.db).await.is_some_and(|job| job.run_at == held)).await;
            assert_eq!(other.drain().await.unwrap(), 0);
        }
        go.notify_one();
        until(async || left(&test.db).await.is_none()).await;
        stop.cancel();
        running.await.unwrap();
        assert_eq!((begun.load(SeqCst), runs.load(SeqCst)), (1, 0));
    }

    async fn a_slow_share_leaves_seats_to_the_others_and_loses_no_try(test) {
        let clock = testkit::clock();
        for nth in 0..12 {
            let tx = test.db.begin().await.unwrap();
            enqueue(&tx, &RING, &nth, Timing::at(clock.now()).of_share("slow")).await.unwrap();
            tx.commit().await.unwrap();
        }
        clock.advance(TimeDelta::seconds(1));
        put(&test.db, &clock, 99, None).await;
        let (slow, most, quick) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let go = Arc::new(tokio::sync::Semaphore::new(0));
        let (slows, mosts, quicks, goes) = (slow.clone(), most.clone(), quick.clone(), go.clone());
        let settings = Settings { at_a_time: 6, of_one_share: 2, poll: Duration::from_millis(10), ..Settings::default() };
        let worker = Worker::new(test.db.clone(), clock.clone(), settings)
            .on(&RING, Backoff::every(TimeDelta::minutes(5), 1), move |payload, _| {
                let (slow, most, quick, go) = (slows.clone(), mosts.clone(), quicks.clone(), goes.clone());
                async move {
                    if payload == 99 {
                        quick.fetch_add(1, SeqCst);
                        return Ok(());
                    }
                    most.fetch_max(slow.fetch_add(1, SeqCst) + 1, SeqCst);
                    go.acquire().await.unwrap().forget();
                    slow.fetch_sub(1, SeqCst);
                    Ok(())
                }
            });
        let stop = CancellationToken::new();
        let running = tokio::spawn(worker.run(stop.clone()));
        until(async || quick.load(SeqCst) == 1).await;
        until(async || slow.load(SeqCst) == 2).await;
        let waiting = queue::Entity::find().all(test.db.read()).await.unwrap();
        let tried = waiting.iter().filter(|job| job.attempt > 0 && job.payload != "99").count();
        assert_eq!(tried, 2, "being put back is no try");
        go.add_permits(12);
        until(async || queue::count(test.db.read()).await.unwrap() == 0).await;
        stop.cancel();
        running.await.unwrap();
        assert_eq!(most.load(SeqCst), 2);
    }
}
