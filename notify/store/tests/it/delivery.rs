use std::collections::HashSet;

use chrono::TimeDelta;
use kernel::{Id, Time};
use notify::{Channel, Lane, Status};
use notify_store::{
    delivery::{self, Ask, Lease},
    inbox::accept_group,
    notification::{self, Step},
    statistic::Tally,
};
use uuid::Uuid;

use crate::sample::{Migrator, email};

const ASK: Ask = Ask { channel: Channel::Email, lane: Lane::Normal, most: 5 };

fn lease(now: Time) -> Lease {
    Lease { token: Uuid::new_v4(), until: now + TimeDelta::minutes(5) }
}

testkit::on_each_engine! { Migrator;
    async fn eight_claimers_take_each_message_once(test) {
        let now = testkit::clock().now();
        let service = Id::new(now);
        accept_group(&test.db, (0..40).map(|_| email(service, now, 100)).collect()).await.unwrap();
        let claimers: Vec<_> = (0..8).map(|_| {
            let db = test.db.clone();
            tokio::spawn(async move {
                let tx = db.begin().await.unwrap();
                let taken = delivery::claim(&tx, service, ASK, lease(now), now).await.unwrap();
                tx.commit().await.unwrap();
                taken
            })
        }).collect();
        let mut taken = Vec::new();
        for claimer in claimers {
            taken.extend(claimer.await.unwrap());
        }
        let once: HashSet<_> = taken.iter().map(|claimed| claimed.notification).collect();
        assert_eq!((taken.len(), once.len()), (40, 40));
    }

    async fn a_dead_holders_messages_are_taken_up_after_its_lease_and_its_word_counts_no_more(test) {
        let clock = testkit::clock();
        let service = Id::new(clock.now());
        accept_group(&test.db, vec![email(service, clock.now(), 100)]).await.unwrap();
        let first = lease(clock.now());
        let tx = test.db.begin().await.unwrap();
        let taken = delivery::claim(&tx, service, ASK, first, clock.now()).await.unwrap();
        assert!(delivery::claim(&tx, service, ASK, lease(clock.now()), clock.now()).await.unwrap().is_empty());
        clock.advance(TimeDelta::minutes(6));
        let second = lease(clock.now());
        let again = delivery::claim(&tx, service, ASK, second, clock.now()).await.unwrap();
        assert_eq!((again[0].notification, again[0].attempt), (taken[0].notification, 2));
        let ids = [taken[0].notification];
        assert!(delivery::remove(&tx, first.token, &ids).await.unwrap().is_empty());
        assert_eq!(delivery::remove(&tx, second.token, &ids).await.unwrap(), ids);
    }

    async fn a_step_is_written_only_from_the_status_it_expects(test) {
        let now = testkit::clock().now();
        let service = Id::new(now);
        let message = email(service, now, 100);
        let id = message.notification.id;
        accept_group(&test.db, vec![message]).await.unwrap();
        let step = Step {
            from: Status::Created, to: Status::Sent, at: now, provider: Some("smtp".into()),
            provider_reference: None, provider_response: None,
        };
        let tx = test.db.begin().await.unwrap();
        assert_eq!(notification::step(&tx, &[id], &step, &mut Tally::default()).await.unwrap(), [id]);
        assert!(notification::step(&tx, &[id], &step, &mut Tally::default()).await.unwrap().is_empty());
        tx.commit().await.unwrap();
        let kept = notification::find(test.db.read(), service, id).await.unwrap().unwrap();
        assert_eq!((kept.status.0, kept.sent_at), (Status::Sent, Some(now)));
        assert!(notification::find(test.db.read(), Id::new(now), id).await.unwrap().is_none());
    }

    async fn each_waiting_service_is_found_once_and_the_oldest_due_is_known(test) {
        let now = testkit::clock().now();
        let services: HashSet<_> = (0..4).map(|_| Id::new(now)).collect();
        for service in &services {
            accept_group(&test.db, (0..3).map(|_| email(*service, now, 100)).collect()).await.unwrap();
        }
        let found = delivery::services(test.db.read(), Channel::Email, Lane::Normal).await.unwrap();
        assert_eq!(found.len(), 4);
        assert_eq!(found.into_iter().collect::<HashSet<_>>(), services);
        assert!(delivery::services(test.db.read(), Channel::Sms, Lane::Normal).await.unwrap().is_empty());
        let oldest = delivery::oldest_due(test.db.read(), Channel::Email, Lane::Normal, now).await.unwrap();
        assert_eq!(oldest, Some(now));
    }

    async fn a_given_back_message_is_due_at_once_and_the_attempt_forgiven(test) {
        let now = testkit::clock().now();
        let service = Id::new(now);
        accept_group(&test.db, vec![email(service, now, 100)]).await.unwrap();
        let held = lease(now);
        let tx = test.db.begin().await.unwrap();
        let taken = delivery::claim(&tx, service, ASK, held, now).await.unwrap();
        let unused = [taken[0].notification];
        assert_eq!(delivery::give_back(&tx, held.token, &unused, now).await.unwrap(), 1);
        let again = delivery::claim(&tx, service, ASK, lease(now), now).await.unwrap();
        assert_eq!(again[0].attempt, 1);
    }
}
