use audit::Stamp;
use chrono::TimeDelta;
use kernel::{Id, Time};
use notify::{Channel, Lane, Status, limit};
use notify_store::{
    delivery::{self, Ask, Lease},
    inbox::{Accept, accept_group},
    notification, usage,
    withdrawal::{Refusal, withdraw},
};
use uuid::Uuid;

use crate::sample::{Migrator, email};

fn scheduled(service: accounts::ServiceId, now: Time) -> Accept {
    let mut message = email(service, now, 9);
    message.notification.scheduled_for = Some(now + TimeDelta::hours(1));
    message
}

testkit::on_each_engine! { Migrator;
    async fn a_scheduled_message_is_taken_back_once_and_its_charge_with_it(test) {
        let stamp = Stamp::system(testkit::clock().now());
        let service = Id::new(stamp.at);
        let message = scheduled(service, stamp.at);
        let id = message.notification.id;
        accept_group(&test.db, vec![message]).await.unwrap();
        let tx = test.db.begin().await.unwrap();
        assert!(matches!(withdraw(&tx, &stamp, Id::new(stamp.at), id).await, Err(Refusal::Missing)));
        withdraw(&tx, &stamp, service, id).await.unwrap();
        assert!(matches!(withdraw(&tx, &stamp, service, id).await, Err(Refusal::Left)));
        tx.commit().await.unwrap();
        let kept = notification::find(test.db.read(), service, id).await.unwrap().unwrap();
        assert_eq!((kept.status.0, kept.completed_at), (Status::Cancelled, Some(stamp.at)));
        for period in [limit::day(stamp.at), limit::fiscal_year(stamp.at)] {
            assert_eq!(usage::used(test.db.read(), service, Channel::Email, &period).await.unwrap(), 0);
        }
        assert!(delivery::services(test.db.read(), Channel::Email, Lane::Normal).await.unwrap().is_empty());
    }

    async fn a_message_that_a_deliverer_holds_or_that_was_never_scheduled_stays(test) {
        let stamp = Stamp::system(testkit::clock().now());
        let service = Id::new(stamp.at);
        let (held, plain) = (scheduled(service, stamp.at), email(service, stamp.at, 9));
        let (held_id, plain_id) = (held.notification.id, plain.notification.id);
        accept_group(&test.db, vec![held]).await.unwrap();
        let then = stamp.at + TimeDelta::hours(2);
        let tx = test.db.begin().await.unwrap();
        let ask = Ask { channel: Channel::Email, lane: Lane::Normal, most: 5 };
        let lease = Lease { token: Uuid::from_u128(7), until: then + TimeDelta::minutes(5) };
        assert_eq!(delivery::claim(&tx, service, ask, lease, then).await.unwrap().len(), 1);
        assert!(matches!(withdraw(&tx, &Stamp::system(then), service, held_id).await, Err(Refusal::Left)));
        tx.commit().await.unwrap();
        accept_group(&test.db, vec![plain]).await.unwrap();
        let tx = test.db.begin().await.unwrap();
        assert!(matches!(withdraw(&tx, &stamp, service, plain_id).await, Err(Refusal::NotScheduled)));
    }
}
