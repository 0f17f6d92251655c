use std::{collections::HashSet, time::Duration};

use accounts::KeyKind;
use chrono::TimeDelta;
use kernel::{Clock, Word};
use notify::{Channel, Lane, Status, status::Cause};
use notify_store::{delivery, notification::Content};
use notify_work::provider::{Outcome, Refusal};

use crate::house::{House, Migrator, Scripted};

testkit::on_each_engine! { Migrator;
    async fn what_is_accepted_is_rendered_and_handed_over_once(test) {
        let house = House::new(&test.db, Scripted::willing());
        let space = house.service("Permits").await;
        let running = house.start();
        let emails = house.emails(space, 300).await;
        let text = house.message(space, Channel::Sms, "+16135550123", Lane::Priority);
        let text = house.accept(vec![text]).await[0];
        house.until(&emails, |status| status == Status::Sent).await;
        house.until(&[text], |status| status == Status::Sent).await;
        let taken = house.provider.taken();
        let once: HashSet<_> = taken.iter().map(|(id, _)| *id).collect();
        assert_eq!((taken.len(), once.len()), (301, 301));
        let words = |id| taken.iter().find(|(taken, _)| *taken == id).unwrap().1.clone();
        assert_eq!(
            words(emails[0].uuid()),
            "permits@localhost | Hello Noor | Your permit is ready, Noor."
        );
        assert_eq!(words(text.uuid()), "Permits: Ready, Noor");
        let row = house.row(space, emails[7]).await;
        assert_eq!(row.provider.as_deref(), Some("scripted"));
        assert_eq!(row.provider_reference, Some(format!("queue-{}", emails[7])));
        assert!(row.sent_at.is_some() && row.completed_at == row.sent_at);
        assert_eq!(house.queued().await, 0);
        assert!(running.end().await < Duration::from_secs(3));
    }

    async fn a_message_waits_for_a_receipt_only_if_its_provider_gives_them(test) {
        let house = House::new(&test.db, Scripted { receipts: true, ..Scripted::willing() });
        let space = house.service("Permits").await;
        let running = house.start();
        let ids = house.emails(space, 3).await;
        house.until(&ids, |status| status == Status::Sending).await;
        let late = house.now() + TimeDelta::hours(73);
        let awaited = notify_store::awaited_receipt::overdue(test.db.read(), late, 9).await.unwrap();
        assert_eq!(awaited.len(), 3);
        assert!(house.row(space, ids[0]).await.completed_at.is_none());
        running.end().await;
    }

    async fn a_refusal_ends_a_message_with_the_status_of_its_kind(test) {
        let house = House::new(&test.db, Scripted::new(|_, to| match to {
            "+16135550101" => Outcome::refused(Refusal::Permanent, "no such number"),
            "+16135550102" => Outcome::refused(Refusal::Temporary, "carrier is down"),
            "+16135550103" => {
                Outcome::refused(Refusal::Provider(Some(Cause::DestinationCountryBlocked)), "no")
            }
            _ => Outcome::refused(Refusal::Technical, "not today"),
        }));
        let space = house.service("Permits").await;
        let running = house.start();
        let expected = [
            (Status::PermanentFailure, "no such number"),
            (Status::TemporaryFailure, "carrier is down"),
            (Status::ProviderFailure, "DESTINATION_COUNTRY_BLOCKED"),
            (Status::TechnicalFailure, "not today"),
        ];
        let message = |nth| house.message(space, Channel::Sms, &format!("+1613555010{nth}"), Lane::Normal);
        let ids = house.accept((1..=4).map(message).collect()).await;
        house.until(&ids, Status::is_final).await;
        for (id, (status, words)) in ids.iter().zip(expected) {
            let row = house.row(space, *id).await;
            assert_eq!((row.status.0, row.provider_response.as_deref()), (status, Some(words)));
            assert!(row.completed_at.is_some() && row.sent_at.is_none());
        }
        assert_eq!(house.queued().await, 0);
        running.end().await;
    }

    async fn a_failed_attempt_is_tried_again_later_and_after_the_last_the_message_fails(test) {
        let mut house = House::new(&test.db, Scripted::new(|_, _| Outcome::later("busy")));
        house.clock = Clock::fixed(house.clock.now());
        let space = house.service("Permits").await;
        let running = house.start();
        let id = house.emails(space, 1).await[0];
        for attempt in 1..=49 {
            house.within(Duration::from_secs(10), async || {
                let waits = house.row(space, id).await.status.0 == Status::Created;
                house.provider.taken().len() == attempt && waits == (attempt < 49)
            }).await;
            tokio::time::sleep(Duration::from_millis(60)).await;
            house.clock.advance(TimeDelta::seconds(361));
        }
        let row = house.row(space, id).await;
        assert_eq!(row.status.0, Status::TechnicalFailure);
        assert_eq!(row.provider_response.as_deref(), Some("busy"));
        assert_eq!(house.queued().await, 0);
        running.end().await;
    }

    async fn a_test_key_reaches_nobody_and_ends_as_its_recipient_says(test) {
        let house = House::new(&test.db, Scripted::willing());
        let space = house.service("Permits").await;
        let running = house.start();
        let expected = [
            (Channel::Email, "noor@example.ca", Status::Delivered),
            (Channel::Email, "temp-fail@simulator.notify", Status::TemporaryFailure),
            (Channel::Email, "perm-fail@simulator.notify", Status::PermanentFailure),
            (Channel::Sms, "+15149301632", Status::PermanentFailure),
            (Channel::Sms, "+15149301633", Status::TemporaryFailure),
            (Channel::Sms, "+447700900002", Status::PermanentFailure),
            (Channel::Sms, "+447700900003", Status::TemporaryFailure),
            (Channel::Sms, "+16135550123", Status::Delivered),
        ];
        let messages = expected.map(|(channel, to, _)| {
            let mut message = house.message(space, channel, to, Lane::Normal);
            message.notification.key_kind = Word(KeyKind::Test);
            message
        });
        let ids = house.accept(messages.into()).await;
        house.until(&ids, Status::is_final).await;
        for (id, (_, to, status)) in ids.iter().zip(expected) {
            assert_eq!(house.row(space, *id).await.status.0, status, "{to}");
        }
        assert!(house.provider.taken().is_empty());
        running.end().await;
    }

    async fn what_changed_since_acceptance_is_seen_when_a_message_is_sent(test) {
        let house = House::new(&test.db, Scripted::willing());
        let (space, gone) = (house.service("Permits").await, house.service("Gone").await);
        let (stamp, kind) = (house.stamp(), KeyKind::Normal);
        let tx = test.db.begin().await.unwrap();
        accounts::service::suspend(&tx, &stamp, gone.id).await.unwrap();
        let wanted = accounts::api_key::NewKey { name: "web".into(), kind, capabilities: Default::default() };
        let key = accounts::api_key::issue(&tx, &house.vault, &stamp, space.id, &wanted).await.unwrap().id;
        accounts::api_key::revoke(&tx, &stamp, space.id, key).await.unwrap();
        tx.commit().await.unwrap();

        let message = || house.message(space, Channel::Email, "noor@example.ca", Lane::Normal);
        let of_suspended = house.message(gone, Channel::Email, "noor@example.ca", Lane::Normal);
        let (mut scheduled, mut untemplated, mut unvalued, mut broken) = (message(), message(), message(), message());
        scheduled.notification.scheduled_for = Some(house.now());
        scheduled.notification.api_key_id = Some(key);
        untemplated.notification.template_version = 9;
        let id = unvalued.notification.id;
        let mut content = Content::open(&house.vault, id, &unvalued.notification.sealed).unwrap();
        content.values.clear();
        unvalued.notification.sealed = content.seal(&house.vault, id).unwrap();
        broken.notification.sealed = vec![0, 0, 0, 1, 9, 9];
        let fine = message();
        let doomed = [of_suspended, scheduled, untemplated, unvalued, broken];
        let spaces = [gone, space, space, space, space];
        let ids = house.accept(doomed.into()).await;
        let fine = house.accept(vec![fine]).await;
        let running = house.start();
        house.until(&ids, Status::is_final).await;
        house.until(&fine, |status| status == Status::Sent).await;
        for (nth, (id, space)) in ids.iter().zip(spaces).enumerate() {
            assert_eq!(house.row(space, *id).await.status.0, Status::TechnicalFailure, "case {nth}");
        }
        assert_eq!(house.provider.taken().len(), 1);
        running.end().await;
    }

    async fn a_killed_workers_messages_are_taken_up_after_their_lease(test) {
        let house = House::new(&test.db, Scripted::willing());
        let space = house.service("Permits").await;
        let ids = house.emails(space, 20).await;
        // A process takes them and is never heard of again.
        let until = house.now() + TimeDelta::milliseconds(1500);
        let lease = delivery::Lease { token: uuid::Uuid::from_u128(7), until };
        let ask = delivery::Ask { channel: Channel::Email, lane: Lane::Normal, most: 50 };
        let tx = test.db.begin().await.unwrap();
        let taken = delivery::claim(&tx, space.id, ask, lease, house.now()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(taken.len(), 20);
        let running = house.start();
        house.until(&ids, |status| status == Status::Sent).await;
        // On SQLite the dead process was the only one, so nobody waits for its lease.
        let waited = house.row(space, ids[0]).await.sent_at.unwrap() >= until;
        assert_eq!(waited, test.db.engine() == db::Engine::Postgres);
        assert_eq!(house.provider.taken().len(), 20);
        running.end().await;
    }

    async fn two_roads_hand_each_message_over_once_and_end_it_once(test) {
        let house = House::new(&test.db, Scripted::willing());
        let space = house.service("Permits").await;
        // The second road on SQLite is against the rules, but starts before anything is leased.
        let (one, two) = (house.start(), house.start());
        tokio::time::sleep(Duration::from_millis(200)).await;
        let ids = house.emails(space, 1000).await;
        house.until(&ids, |status| status == Status::Sent).await;
        let once: HashSet<_> = house.provider.taken().iter().map(|(id, _)| *id).collect();
        assert_eq!((house.provider.taken().len(), once.len()), (1000, 1000));
        one.end().await;
        two.end().await;
    }

    async fn a_stop_finishes_what_is_begun_and_gives_back_the_rest_at_once(test) {
        let mut house = House::new(&test.db, Scripted { delay: Duration::from_millis(300), ..Scripted::willing() });
        house.settings.email.sessions = 4;
        let space = house.service("Permits").await;
        let ids = house.emails(space, 60).await;
        let running = house.start();
        house.within(Duration::from_secs(10), async || !house.provider.taken().is_empty()).await;
        assert!(running.end().await < Duration::from_secs(3));
        let sent = house.provider.taken().len();
        assert!((4..60).contains(&sent), "{sent}");
        assert_eq!(house.queued().await, 60 - sent as u64);
        let running = house.start();
        house.until(&ids, |status| status == Status::Sent).await;
        assert_eq!(house.provider.taken().len(), 60);
        running.end().await;
    }

    async fn a_slow_hand_over_keeps_its_lease(test) {
        let mut house = House::new(&test.db, Scripted { delay: Duration::from_millis(2500), ..Scripted::willing() });
        house.settings.lease_seconds = 1;
        let space = house.service("Permits").await;
        let (one, two) = (house.start(), house.start());
        tokio::time::sleep(Duration::from_millis(200)).await;
        let ids = house.emails(space, 8).await;
        house.until(&ids, |status| status == Status::Sent).await;
        assert_eq!(house.provider.taken().len(), 8, "the other road took a message that was in hand");
        one.end().await;
        two.end().await;
    }
}
