use accounts::ServiceId;
use chrono::TimeDelta;
use kernel::{Id, Time};
use notify::Status;
use notify_store::{
    NotificationId, awaited_receipt,
    inbox::accept_group,
    notification::{self, HandOver, HandedOver},
    receipt::{About, Applied, Receipt, apply},
    statistic::Tally,
};

use crate::sample::{Migrator, email};

fn named(id: NotificationId) -> String {
    format!("queue-{id}")
}

fn receipt(reference: &str, status: Status) -> Receipt {
    let (provider, reference) = ("relay".to_owned(), reference.to_owned());
    Receipt {
        about: About::Provider { provider, reference },
        status,
        words: Some("250 ok".to_owned()),
    }
}

/// Accepts `count` messages and hands them over to a provider that gives receipts.
async fn handed_over(
    db: &db::Db,
    service: ServiceId,
    count: usize,
    now: Time,
) -> Vec<NotificationId> {
    let group: Vec<_> = (0..count).map(|_| email(service, now, 1000)).collect();
    let ids: Vec<_> = group.iter().map(|message| message.notification.id).collect();
    accept_group(db, group).await.unwrap();
    let rows: Vec<_> =
        ids.iter().map(|id| HandedOver { id: *id, reference: Some(named(*id)) }).collect();
    let common = HandOver { provider: "relay".to_owned(), to: Status::Sending, response: None };
    let tx = db.begin().await.unwrap();
    let mut tally = Tally::default();
    let mut written = notification::hand_over(&tx, &rows, &common, now, &mut tally).await.unwrap();
    awaited_receipt::insert(&tx, &written, now + TimeDelta::hours(72)).await.unwrap();
    assert!(
        notification::hand_over(&tx, &rows, &common, now, &mut tally).await.unwrap().is_empty()
    );
    tally.write(&tx).await.unwrap();
    tx.commit().await.unwrap();
    let mut expected = ids.clone();
    expected.sort();
    written.sort();
    assert_eq!(written, expected);
    ids
}

async fn say(db: &db::Db, receipt: &Receipt, at: Time) -> Applied {
    let tx = db.begin().await.unwrap();
    let mut tally = Tally::default();
    let applied = apply(&tx, receipt, at, &mut tally).await.unwrap();
    tally.write(&tx).await.unwrap();
    tx.commit().await.unwrap();
    applied
}

testkit::on_each_engine! { Migrator;
    async fn hundreds_are_handed_over_in_one_statement_each_with_its_own_name(test) {
        let now = testkit::clock().now();
        let service = Id::new(now);
        let ids = handed_over(&test.db, service, 300, now).await;
        for id in [ids[0], ids[299]] {
            let kept = notification::find(test.db.read(), service, id).await.unwrap().unwrap();
            assert_eq!(kept.status.0, Status::Sending);
            assert_eq!((kept.provider.as_deref(), kept.sent_at), (Some("relay"), Some(now)));
            assert_eq!((kept.provider_reference, kept.completed_at), (Some(named(id)), None));
        }
    }

    async fn a_receipt_ends_the_message_and_the_waiting_and_later_ones_obey_the_rules(test) {
        let now = testkit::clock().now();
        let service = Id::new(now);
        let id = handed_over(&test.db, service, 1, now).await[0];
        let later = now + TimeDelta::hours(73);
        assert_eq!(awaited_receipt::overdue(test.db.read(), later, 10).await.unwrap(), [id]);
        assert!(awaited_receipt::overdue(test.db.read(), now, 10).await.unwrap().is_empty());

        let delivered = say(&test.db, &receipt(&named(id), Status::Delivered), later).await;
        let kept = notification::find(test.db.read(), service, id).await.unwrap().unwrap();
        assert_eq!(delivered, Applied::Changed(Box::new(kept.clone())));
        assert_eq!((kept.status.0, kept.completed_at), (Status::Delivered, Some(later)));
        assert_eq!(kept.provider_response.as_deref(), Some("250 ok"));
        assert!(awaited_receipt::overdue(test.db.read(), later, 10).await.unwrap().is_empty());

        let again = say(&test.db, &receipt(&named(id), Status::Delivered), later).await;
        assert_eq!(again, Applied::Nothing);
        let bounce = Receipt { about: About::Message(id), ..receipt("", Status::PermanentFailure) };
        assert!(matches!(say(&test.db, &bounce, later).await, Applied::Changed(_)));
        let late = say(&test.db, &receipt(&named(id), Status::Delivered), later).await;
        assert_eq!(late, Applied::Nothing);
    }

    async fn a_receipt_before_its_message_is_unknown(test) {
        let now = testkit::clock().now();
        let message = email(Id::new(now), now, 10);
        let about = About::Message(message.notification.id);
        assert_eq!(say(&test.db, &receipt("nobody", Status::Delivered), now).await, Applied::Unknown);
        accept_group(&test.db, vec![message]).await.unwrap();
        let early = Receipt { about, ..receipt("", Status::Delivered) };
        assert_eq!(say(&test.db, &early, now).await, Applied::Unknown);
    }

    async fn two_receipts_at_once_change_a_message_once(test) {
        let now = testkit::clock().now();
        let id = handed_over(&test.db, Id::new(now), 1, now).await[0];
        let both = [Status::Delivered, Status::Delivered].map(|status| {
            let db = test.db.clone();
            tokio::spawn(async move { say(&db, &receipt(&named(id), status), now).await })
        });
        let mut changed = 0;
        for one in both {
            changed += usize::from(matches!(one.await.unwrap(), Applied::Changed(_)));
        }
        assert_eq!(changed, 1);
    }

    async fn age_is_asked_of_the_primary_key(test) {
        let clock = testkit::clock();
        let service = Id::new(clock.now());
        let old = handed_over(&test.db, service, 3, clock.now()).await;
        clock.advance(TimeDelta::days(7));
        let young = handed_over(&test.db, service, 2, clock.now()).await;
        let mut due = notification::accepted_before(test.db.read(), None, clock.now(), 10).await.unwrap();
        due.sort();
        let mut expected = old.clone();
        expected.sort();
        assert_eq!(due, expected);
        let tx = test.db.begin().await.unwrap();
        assert_eq!(notification::destroy(&tx, &due).await.unwrap(), 3);
        tx.commit().await.unwrap();
        assert!(notification::find(test.db.read(), service, old[0]).await.unwrap().is_none());
        assert!(notification::find(test.db.read(), service, young[0]).await.unwrap().is_some());
    }
}
