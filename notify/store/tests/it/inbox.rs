use kernel::Id;
use notify::limit::{Exceeded, Quota};
use notify_store::{
    idempotency::Promise,
    inbox::{Inbox, Outcome, Settings, accept_group},
    notification,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::sample::{Migrator, email};

testkit::on_each_engine! { Migrator;
    async fn the_last_message_that_fits_is_the_last_one_accepted(test) {
        let now = testkit::clock().now();
        let service = Id::new(now);
        let group = (0..5).map(|_| email(service, now, 3)).collect();
        let outcomes = accept_group(&test.db, group).await.unwrap();
        let daily_left = |outcome: &Outcome| match outcome {
            Outcome::Accepted(Some(Quota { daily_left, .. })) => Some(*daily_left),
            _ => None,
        };
        assert_eq!(outcomes.iter().map(daily_left).collect::<Vec<_>>(), [Some(2), Some(1), Some(0), None, None]);
        assert_eq!(outcomes[4], Outcome::Refused(Exceeded::Daily { limit: 3, left: 0 }));
        let kept = notification::page(test.db.read(), service, notification::Filter::default(), 10).await.unwrap();
        assert_eq!(kept.len(), 3);
    }

    async fn many_at_once_pass_no_limit_and_none_is_lost(test) {
        let now = testkit::clock().now();
        let service = Id::new(now);
        let (tracker, stop) = (TaskTracker::new(), CancellationToken::new());
        let inbox = Inbox::start(&test.db, Settings::of(test.db.engine()), &tracker, &stop);
        let requests = (0..300).map(|_| {
            let inbox = inbox.clone();
            tokio::spawn(async move { inbox.accept(email(service, now, 120)).await.unwrap() })
        });
        let mut accepted = 0;
        for request in requests.collect::<Vec<_>>() {
            accepted += usize::from(matches!(request.await.unwrap(), Outcome::Accepted(_)));
        }
        assert_eq!(accepted, 120);
        let kept = notification::page(test.db.read(), service, notification::Filter::default(), 400).await.unwrap();
        assert_eq!(kept.len(), 120);
        stop.cancel();
        tracker.close();
        tracker.wait().await;
    }

    async fn a_full_inbox_says_so_and_keeps_nothing_back(test) {
        let now = testkit::clock().now();
        let service = Id::new(now);
        let (tracker, stop) = (TaskTracker::new(), CancellationToken::new());
        let how = Settings { group: 1, waiting: 2, writers: 1 };
        let held = test.db.begin().await.unwrap();
        let inbox = Inbox::start(&test.db, how, &tracker, &stop);
        let requests: Vec<_> = (0..40).map(|_| {
            let inbox = inbox.clone();
            tokio::spawn(async move { inbox.accept(email(service, now, 1000)).await })
        }).collect();
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        drop(held);
        let mut accepted = 0;
        for request in requests {
            accepted += usize::from(request.await.unwrap().is_ok());
        }
        let kept = notification::page(test.db.read(), service, notification::Filter::default(), 100).await.unwrap();
        assert_eq!(kept.len(), accepted);
        assert!(test.db.engine() == db::Engine::Postgres || accepted < 40, "nothing was refused");
        stop.cancel();
    }

    async fn a_repeated_request_is_answered_alike_for_a_day(test) {
        let clock = testkit::clock();
        let service = Id::new(clock.now());
        let promise = |hash: &[u8]| Some(Promise {
            key: "order 66".to_owned(), request_hash: hash.to_vec(), answer_sealed: b"answer".to_vec(),
        });
        let send = |hash: &'static [u8]| {
            let mut message = email(service, clock.now(), 100);
            message.promise = promise(hash);
            accept_group(&test.db, vec![message])
        };
        assert!(matches!(send(b"one").await.unwrap()[0], Outcome::Accepted(_)));
        assert_eq!(send(b"one").await.unwrap(), [Outcome::Repeated(b"answer".to_vec())]);
        assert_eq!(send(b"two").await.unwrap(), [Outcome::KeyReused]);
        clock.advance(chrono::TimeDelta::hours(25));
        assert!(matches!(send(b"two").await.unwrap()[0], Outcome::Accepted(_)));
    }

    async fn a_refused_request_may_be_repeated(test) {
        let now = testkit::clock().now();
        let service = Id::new(now);
        let send = |limit: i64| {
            let mut message = email(service, now, limit);
            message.promise = Some(Promise { key: "k".into(), request_hash: vec![1], answer_sealed: vec![] });
            accept_group(&test.db, vec![message])
        };
        assert!(matches!(send(0).await.unwrap()[0], Outcome::Refused(_)));
        assert!(matches!(send(5).await.unwrap()[0], Outcome::Accepted(_)));
    }

    async fn what_was_accepted_is_recorded_once_a_key_and_group(test) {
        let now = testkit::clock().now();
        let service = Id::new(now);
        accept_group(&test.db, (0..7).map(|_| email(service, now, 5)).collect()).await.unwrap();
        let filter = audit::Filter { service: Some(service.uuid()), ..audit::Filter::default() };
        let records = audit::page(test.db.read(), &filter, None, 10).await.unwrap();
        assert_eq!(records.len(), 1);
        assert_eq!(records[0].action, "notification.accept");
        assert!(records[0].details.contains("\"messages\":5"), "{}", records[0].details);
    }
}
