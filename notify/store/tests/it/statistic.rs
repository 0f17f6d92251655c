use std::collections::BTreeMap;

use accounts::{KeyKind, ServiceId};
use audit::Stamp;
use chrono::TimeDelta;
use db::Db;
use kernel::{Id, Time, Word};
use notify::{Channel, Status, status::Group};
use notify_store::{
    BatchId, NotificationId, TemplateId, batch,
    inbox::{Accept, accept_group},
    notification::{self, Filter, HandOver, HandedOver, Step},
    receipt::{About, Receipt, apply},
    statistic::{self, Days, OfPeriod, Tally, Totals},
    withdrawal::withdraw,
};

use sea_orm::{ConnectionTrait, Statement, Value};
use sea_orm_migration::{MigrationTrait, MigratorTrait};

use crate::sample::{Migrator, email};

/// Numbers that look like chance and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u64) as usize]
    }
}

struct Run<'a> {
    db: &'a Db,
    service: ServiceId,
    templates: Vec<TemplateId>,
    batches: Vec<BatchId>,
    known: Vec<NotificationId>,
    rows: i32,
    dice: Dice,
}

impl Run<'_> {
    fn message(&mut self, now: Time) -> Accept {
        let mut accept = email(self.service, now, 1_000_000);
        let row = &mut accept.notification;
        let place = self.dice.below(self.templates.len() as u64) as usize;
        row.template_id = self.templates[place];
        let channel = if place.is_multiple_of(2) { Channel::Email } else { Channel::Sms };
        row.channel = Word(channel);
        row.parts = if channel == Channel::Sms { 1 + self.dice.below(4) as i32 } else { 1 };
        if self.dice.below(5) == 0 {
            row.key_kind = Word(KeyKind::Test);
            accept.charge = None;
        }
        match self.dice.below(4) {
            0 => {
                self.rows += 1;
                row.batch_id = Some(self.dice.one(&self.batches));
                row.row_number = Some(self.rows);
            }
            1 => row.scheduled_for = Some(now + TimeDelta::hours(2)),
            _ => {}
        }
        accept
    }

    async fn accept(&mut self, now: Time) {
        let count = 1 + self.dice.below(12);
        let group: Vec<_> = (0..count).map(|_| self.message(now)).collect();
        self.known.extend(group.iter().map(|message| message.notification.id));
        accept_group(self.db, group).await.unwrap();
    }

    async fn change(&mut self, now: Time) {
        let some: Vec<_> = (0..6).map(|_| self.dice.one(&self.known)).collect();
        let (tx, mut tally) = (self.db.begin().await.unwrap(), Tally::default());
        match self.dice.below(4) {
            0 => {
                let to = self.dice.one(&[Status::Sending, Status::Sent, Status::Delivered]);
                let common = HandOver { provider: "relay".to_owned(), to, response: None };
                let mut unlike = some.clone();
                unlike.sort();
                unlike.dedup();
                let rows: Vec<_> =
                    unlike.iter().map(|id| HandedOver { id: *id, reference: None }).collect();
                notification::hand_over(&tx, &rows, &common, now, &mut tally).await.unwrap();
            }
            1 => {
                let to = self.dice.one(&[Status::TechnicalFailure, Status::PermanentFailure]);
                let step = Step {
                    from: Status::Created,
                    to,
                    at: now,
                    provider: None,
                    provider_reference: None,
                    provider_response: None,
                };
                notification::step(&tx, &some, &step, &mut tally).await.unwrap();
            }
            2 => {
                let _ = withdraw(&tx, &Stamp::system(now), self.service, some[0]).await;
            }
            _ => {
                for id in some {
                    let status = self.dice.one(&[
                        Status::Delivered,
                        Status::PermanentFailure,
                        Status::TemporaryFailure,
                    ]);
                    let receipt = Receipt { about: About::Message(id), status, words: None };
                    apply(&tx, &receipt, now, &mut tally).await.unwrap();
                }
            }
        }
        tally.write(&tx).await.unwrap();
        tx.commit().await.unwrap();
    }
}

/// What the facts must say, by counting every message.
async fn recounted(db: &Db, service: ServiceId) -> BTreeMap<(String, &'static str), Totals> {
    let filter = Filter { with_batches: true, ..Filter::default() };
    let mut sums: BTreeMap<_, Totals> = BTreeMap::new();
    for row in notification::page(db.read(), service, filter, 100_000).await.unwrap() {
        let group = row.status.group(*row.channel);
        if *row.key_kind == KeyKind::Test || group == Group::Cancelled {
            continue;
        }
        let day = row.created_at.date_naive().to_string();
        let sum = sums.entry((day, row.channel.as_str())).or_default();
        sum.requested += 1;
        sum.parts += i64::from(row.parts);
        sum.delivered += i64::from(group == Group::Delivered);
        sum.failed += i64::from(group == Group::Failed);
    }
    sums
}

testkit::on_each_engine! { Migrator;
    async fn facts_equal_a_recount_after_any_run_of_accepts_and_changes(test) {
        let clock = testkit::clock();
        let now = clock.now();
        let ids = |count: usize| (0..count).map(|_| Id::new(now)).collect::<Vec<_>>();
        let mut run = Run {
            db: &test.db, service: Id::new(now), templates: vec![], batches: vec![], known: vec![],
            rows: 1, dice: Dice(20261121),
        };
        run.templates = ids(4).into_iter().map(|id: Id<()>| Id::from_uuid(id.uuid())).collect();
        run.batches = ids(3).into_iter().map(|id: Id<()>| Id::from_uuid(id.uuid())).collect();
        for turn in 0..90 {
            if turn % 3 == 0 { run.accept(clock.now()).await } else { run.change(clock.now()).await }
            clock.advance(TimeDelta::minutes(37));
        }
        let days = Days::last(30, clock.now());
        let kept = statistic::by_day(test.db.read(), run.service, days).await.unwrap();
        let kept: BTreeMap<_, _> = kept.into_iter()
            .filter(|row| row.totals != Totals::default())
            .map(|OfPeriod { period, channel, totals }| ((period, channel.as_str()), totals)).collect();
        let counted = recounted(&test.db, run.service).await;
        assert_eq!(kept, counted);
        assert!(counted.values().any(|sum| sum.failed > 0) && counted.len() > 3, "{counted:?}");
        let all: i64 = counted.values().map(|sum| sum.requested).sum();
        let both = statistic::by_channel(test.db.read(), run.service, days).await.unwrap();
        assert_eq!(both.iter().map(|one| one.totals.requested).sum::<i64>(), all);
        let templates = statistic::by_template(test.db.read(), run.service, days, 10).await.unwrap();
        assert_eq!(templates.iter().map(|one| one.totals.requested).sum::<i64>(), all);
        assert!(templates.windows(2).all(|two| two[0].totals.requested >= two[1].totals.requested));
        let kept = batch::statistics(test.db.read(), run.service, &run.batches).await.unwrap();
        assert_eq!(kept, batch::recount(test.db.read(), run.service, &run.batches).await.unwrap());
        assert!(kept.len() > 3);
    }

    async fn months_add_up_within_a_fiscal_year_and_strangers_see_nothing(test) {
        let service = Id::new(testkit::clock().now());
        for day in ["2026-03-31", "2026-04-01", "2026-11-21", "2026-11-22", "2027-03-31"] {
            let at: Time = format!("{day}T23:59:59Z").parse().unwrap();
            accept_group(&test.db, vec![email(service, at, 9)]).await.unwrap();
        }
        let year = Days::fiscal_year(2026);
        let months = statistic::by_month(test.db.read(), service, year).await.unwrap();
        let months: Vec<_> = months.iter().map(|row| (row.period.as_str(), row.totals.requested)).collect();
        assert_eq!(months, [("2026-04", 1), ("2026-11", 2), ("2027-03", 1)]);
        let used = statistic::by_template_and_month(test.db.read(), service, year).await.unwrap();
        assert_eq!((used.len(), used[0].month.as_str()), (4, "2027-03"));
        let stranger = Id::new(testkit::clock().now());
        let none = statistic::by_channel(test.db.read(), stranger, year).await.unwrap();
        assert!(none.iter().all(|one| one.totals == Totals::default()) && none.len() == 2);
        let last = statistic::last_used(test.db.read(), service, used[0].template).await.unwrap();
        assert_eq!(last.as_deref(), Some("2027-03-31"));
    }

    async fn hard_bounces_of_the_last_day_are_held_against_what_was_sent(test) {
        let clock = testkit::clock();
        let service = Id::new(clock.now());
        let group: Vec<_> = (0..10).map(|_| email(service, clock.now(), 100)).collect();
        let ids: Vec<_> = group.iter().map(|message| message.notification.id).collect();
        accept_group(&test.db, group).await.unwrap();
        let rows: Vec<_> = ids.iter().map(|id| HandedOver { id: *id, reference: None }).collect();
        let common = HandOver { provider: "relay".to_owned(), to: Status::Sending, response: None };
        let (tx, mut tally) = (test.db.begin().await.unwrap(), Tally::default());
        notification::hand_over(&tx, &rows, &common, clock.now(), &mut tally).await.unwrap();
        let bounce = Receipt { about: About::Message(ids[0]), status: Status::PermanentFailure, words: None };
        apply(&tx, &bounce, clock.now(), &mut tally).await.unwrap();
        tally.write(&tx).await.unwrap();
        tx.commit().await.unwrap();
        let bounces = statistic::bounces(test.db.read(), service, clock.now()).await.unwrap();
        assert_eq!((bounces.sent, bounces.bounced), (10, 1));
        assert!((bounces.rate() - 0.1).abs() < 1e-9);
        clock.advance(TimeDelta::hours(25));
        let later = statistic::bounces(test.db.read(), service, clock.now()).await.unwrap();
        assert_eq!((later.sent, later.rate()), (0, 0.0));
        let tx = test.db.begin().await.unwrap();
        assert_eq!(statistic::forget_hours(&tx, clock.now()).await.unwrap(), 1);
    }

    async fn writers_that_change_the_same_facts_at_once_wait_and_never_lock_each_other_out(test) {
        let now = testkit::clock().now();
        let service = Id::new(now);
        let templates: Vec<TemplateId> = (0..6).map(|_| Id::new(now)).collect();
        let tasks: Vec<_> = (0..8u64).map(|nth| {
            let (db, templates) = (test.db.clone(), templates.clone());
            tokio::spawn(async move {
                let mut dice = Dice(nth);
                for _ in 0..10 {
                    let group = (0..20).map(|_| {
                        let mut message = email(service, now, 1_000_000);
                        message.notification.template_id = dice.one(&templates);
                        message.charge = None;
                        message
                    }).collect();
                    accept_group(&db, group).await.unwrap();
                }
            })
        }).collect();
        for task in tasks {
            task.await.unwrap();
        }
        let both = statistic::by_channel(test.db.read(), service, Days::last(1, now)).await.unwrap();
        assert_eq!(both[0].totals.requested, 1600);
    }
}

/// The tables as they were before there were facts.
struct Before;

impl MigratorTrait for Before {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let older = notify_store::migrations().into_iter().take(3);
        audit::migrations().into_iter().chain(older).collect()
    }
}

testkit::on_each_engine! { Before;
    async fn messages_that_were_there_before_the_facts_are_counted_once(test) {
        let (now, service) = (testkit::clock().now(), Id::new(testkit::clock().now()));
        let (template, batch): (TemplateId, BatchId) = (Id::new(now), Id::new(now));
        let tx = test.db.begin().await.unwrap();
        for (nth, (status, kind)) in [
            ("created", "normal"), ("sent", "normal"), ("permanent-failure", "team"), ("delivered", "test"),
            ("cancelled", "normal"),
        ].into_iter().enumerate() {
            let id: NotificationId = Id::new(now);
            let values: Vec<Value> = vec![
                id.into(), service.into(), template.into(), kind.into(), status.into(), vec![1u8].into(), now.into(),
                batch.into(), (nth as i32).into(),
            ];
            let sql = "INSERT INTO notification (id, service_id, template_id, template_version, key_kind, channel, \
                       status, sealed, parts, created_at, batch_id, row_number) \
                       VALUES ($1, $2, $3, 1, $4, 'email', $5, $6, 1, $7, $8, $9)";
            let engine = tx.get_database_backend();
            tx.execute_raw(Statement::from_sql_and_values(engine, sql, values)).await.unwrap();
        }
        tx.commit().await.unwrap();
        db::migrate::up::<Migrator>(&test.db).await.unwrap();
        let days = Days::last(1, now);
        let facts = statistic::by_channel(test.db.read(), service, days).await.unwrap();
        assert_eq!(facts[0].totals, Totals { requested: 3, delivered: 1, failed: 1, parts: 3 });
        let counts = batch::statistics(test.db.read(), service, &[batch]).await.unwrap();
        assert_eq!(counts, batch::recount(test.db.read(), service, &[batch]).await.unwrap());
        assert_eq!(counts.len(), 5);
    }
}
