use accounts::{KeyKind, ServiceId};
use audit::Stamp;
use chrono::TimeDelta;
use db::Db;
use kernel::{Id, Language, Time, Word};
use notify::{
    Channel, Status,
    report::{Coverage, Kind, State},
};
use notify_store::{ReportId, notification, report};
use uuid::Uuid;

use crate::sample::{Migrator, email};

async fn wanted(db: &Db, service: ServiceId, now: Time, coverage: Coverage) -> report::Model {
    let wanted =
        report::Wanted { kind: Kind::Email, language: Language::French, coverage, api_key: None };
    let tx = db.begin().await.unwrap();
    let row = report::request(&tx, &Stamp::system(now), service, &wanted).await.unwrap();
    tx.commit().await.unwrap();
    row
}

async fn begun(db: &Db, row: &report::Model, writer: u128) -> Option<report::Model> {
    let tx = db.begin().await.unwrap();
    let writer = Uuid::from_u128(writer);
    let begun = report::begin(&tx, row.service_id, row.id, writer).await.unwrap();
    tx.commit().await.unwrap();
    begun
}

async fn add(db: &Db, row: &mut report::Model, text: &str) -> bool {
    let tx = db.begin().await.unwrap();
    let sealed = report::seal(&testkit::vault(), row, text).unwrap();
    let added = report::add(&tx, row, sealed, 1).await.unwrap();
    tx.commit().await.unwrap();
    added
}

async fn finish(db: &Db, row: &report::Model, now: Time) -> bool {
    let tx = db.begin().await.unwrap();
    let finished = report::finish(&tx, row, now).await.unwrap();
    tx.commit().await.unwrap();
    finished
}

async fn text(db: &Db, id: ReportId, place: i32) -> Option<String> {
    let piece = report::read(db.read(), &testkit::vault(), id, place).await.unwrap();
    piece.map(|piece| String::from_utf8(piece.unwrap()).unwrap())
}

async fn purge(db: &Db, now: Time) -> u64 {
    let tx = db.begin().await.unwrap();
    let purged = report::purge(&tx, now).await.unwrap();
    tx.commit().await.unwrap();
    purged
}

testkit::on_each_engine! { Migrator;
    async fn of_two_runs_that_write_a_report_the_later_one_alone_goes_on(test) {
        let (db, now) = (&test.db, testkit::clock().now());
        let row = wanted(db, Id::new(now), now, Coverage::default()).await;
        assert_eq!(row.status.0, State::Requested);
        let mut first = begun(db, &row, 1).await.unwrap();
        assert!(add(db, &mut first, "old").await);
        let mut second = begun(db, &row, 2).await.unwrap();
        assert!(!add(db, &mut first, "late").await && !finish(db, &first, now).await);
        assert!(add(db, &mut second, "new").await && add(db, &mut second, "er").await);
        assert!(finish(db, &second, now).await);
        assert_eq!(text(db, row.id, 0).await.as_deref(), Some("new"));
        assert_eq!(text(db, row.id, 1).await.as_deref(), Some("er"));
        let done = report::find(db.read(), row.service_id, row.id).await.unwrap().unwrap();
        assert_eq!((done.status.0, done.pieces, done.line_count), (State::Ready, 2, 2));
        assert_eq!(done.expires_at, Some(now + TimeDelta::hours(72)));
        assert!(begun(db, &row, 3).await.is_none(), "what is ready is not written again");
        assert!(report::find(db.read(), Id::new(now), row.id).await.unwrap().is_none());
    }

    async fn a_file_is_destroyed_after_three_days_and_the_report_after_seven(test) {
        let (db, now) = (&test.db, testkit::clock().now());
        let row = wanted(db, Id::new(now), now, Coverage::default()).await;
        let mut writing = begun(db, &row, 1).await.unwrap();
        add(db, &mut writing, "kept").await;
        finish(db, &writing, now).await;
        assert_eq!(purge(db, now + TimeDelta::hours(71)).await, 0);
        assert!(text(db, row.id, 0).await.is_some());
        assert_eq!(purge(db, now + TimeDelta::hours(73)).await, 1);
        assert!(text(db, row.id, 0).await.is_none());
        let listed = async |at| {
            let filter = report::Filter { now: at, requested_by: Some("system".to_owned()), older_than: None };
            report::page(db.read(), row.service_id, filter, 9).await.unwrap().len()
        };
        assert_eq!(listed(now + TimeDelta::days(6)).await, 1);
        assert_eq!(listed(now + TimeDelta::days(8)).await, 0);
        assert_eq!(purge(db, now + TimeDelta::days(8)).await, 1);
        assert!(report::find(db.read(), row.service_id, row.id).await.unwrap().is_none());
    }

    async fn a_report_whose_writing_was_never_ended_counts_as_failed(test) {
        let (db, now) = (&test.db, testkit::clock().now());
        let row = wanted(db, Id::new(now), now, Coverage::default()).await;
        let mut writing = begun(db, &row, 1).await.unwrap();
        add(db, &mut writing, "half").await;
        purge(db, now + TimeDelta::hours(13)).await;
        let failed = report::find(db.read(), row.service_id, row.id).await.unwrap().unwrap();
        assert_eq!(failed.status.0, State::Error);
        assert!(text(db, row.id, 0).await.is_none());
        assert!(!finish(db, &writing, now).await);
    }

    async fn a_report_covers_what_was_asked_for_page_by_page(test) {
        let (db, clock) = (&test.db, testkit::clock());
        let now = clock.now();
        let (service, batch) = (Id::new(now), Id::new(now));
        let own = |at| email(service, at, 9).notification;
        let mut rows: Vec<_> = (0..5).map(|hour| own(now + TimeDelta::hours(hour))).collect();
        rows[1].status = Word(Status::Delivered);
        rows[2].key_kind = Word(KeyKind::Test);
        rows[3].channel = Word(Channel::Sms);
        (rows[0].batch_id, rows[0].row_number) = (Some(batch), Some(3));
        (rows[4].batch_id, rows[4].row_number) = (Some(batch), Some(2));
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        rows.push(own(now - TimeDelta::days(8)));
        rows.push(own(now + TimeDelta::days(1)));
        rows.push(email(Id::new(now), now, 9).notification);
        let tx = db.begin().await.unwrap();
        notification::insert(&tx, rows).await.unwrap();
        tx.commit().await.unwrap();
        let at = now + TimeDelta::hours(10);
        let covered = async |coverage: Coverage| {
            let row = wanted(db, service, at, coverage).await;
            let (mut found, mut last) = (Vec::new(), None);
            loop {
                let page = report::rows(db.read(), &row, last.as_ref(), 2).await.unwrap();
                let Some(end) = page.last().cloned() else { return found };
                found.extend(page.iter().map(|row| ids.iter().position(|id| *id == row.id).unwrap()));
                last = Some(end);
            }
        };
        assert_eq!(covered(Coverage::default()).await, [0, 1, 2, 3, 4]);
        let emails = Coverage { channel: Some(Channel::Email), test: Some(false), ..Coverage::default() };
        assert_eq!(covered(emails).await, [0, 1, 4]);
        assert_eq!(covered(Coverage { test: Some(true), ..Coverage::default() }).await, [2]);
        let delivered = Coverage { statuses: vec![Status::Delivered, Status::Sent], ..Coverage::default() };
        assert_eq!(covered(delivered).await, [1]);
        assert_eq!(covered(Coverage { batch: Some(batch.uuid()), ..Coverage::default() }).await, [4, 0]);
    }

    async fn a_service_asks_ten_times_within_any_hour(test) {
        let (db, now) = (&test.db, testkit::clock().now());
        let service = Id::new(now);
        let take = async |service, minutes| {
            let tx = db.begin().await.unwrap();
            let taken = report::take(&tx, service, now + TimeDelta::minutes(minutes)).await.unwrap();
            tx.commit().await.unwrap();
            taken
        };
        for nth in 0..10 {
            let taken = take(service, nth).await.unwrap();
            assert_eq!((taken.remaining, taken.reset), (9 - nth as usize, now + TimeDelta::hours(1)));
        }
        assert_eq!(take(service, 59).await, Err(report::Full { reset: now + TimeDelta::hours(1) }));
        assert!(take(Id::new(now), 59).await.is_ok());
        assert!(take(service, 60).await.is_ok());
        assert_eq!(take(service, 60).await, Err(report::Full { reset: now + TimeDelta::minutes(61) }));
    }

    async fn requests_at_the_same_moment_are_counted_exactly(test) {
        let (db, now) = (&test.db, testkit::clock().now());
        let service = Id::new(now);
        let asked = (0..16).map(|_| {
            let db = db.clone();
            tokio::spawn(async move {
                let tx = db.begin().await.unwrap();
                let taken = report::take(&tx, service, now).await.unwrap().is_ok();
                tx.commit().await.unwrap();
                taken
            })
        });
        let mut counted = 0;
        for one in asked.collect::<Vec<_>>() {
            counted += usize::from(one.await.unwrap());
        }
        assert_eq!(counted, 10);
    }
}
