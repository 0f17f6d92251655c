use std::time::Duration;

use accounts::{person, session};
use chrono::TimeDelta;
use kernel::{Clock, Id, Language, Word};
use notify::{Channel, Lane, Status};
use notify_store::{awaited_receipt, mailbox_message, notification, retention, statistic};
use notify_work::provider::Outcome;
use sea_orm::EntityTrait;

use crate::house::{House, Migrator, Scripted};

testkit::on_each_engine! { Migrator;
    async fn silence_for_three_days_is_a_failure_and_after_seven_a_message_is_gone(test) {
        let mut house = House::new(&test.db, Scripted { receipts: true, ..Scripted::willing() });
        house.clock = Clock::fixed(house.clock.now());
        let space = house.service("Permits").await;
        let running = house.start();
        let ids = house.emails(space, 5).await;
        house.until(&ids, |status| status == Status::Sending).await;
        house.clock.advance(TimeDelta::hours(73));
        house.until(&ids, |status| status == Status::TemporaryFailure).await;
        let later = house.now() + TimeDelta::days(9);
        assert!(awaited_receipt::overdue(test.db.read(), later, 9).await.unwrap().is_empty());
        house.clock.advance(TimeDelta::days(5));
        house.within(Duration::from_secs(10), async || {
            notification::find(test.db.read(), space.id, ids[0]).await.unwrap().is_none()
        }).await;
        running.end().await;
    }

    async fn a_service_may_keep_less_and_what_waits_or_is_under_way_stays(test) {
        let mut house = House::new(&test.db, Scripted { receipts: true, ..Scripted::willing() });
        house.clock = Clock::fixed(house.clock.now());
        house.settings.receipt_hours = 80;
        let (brief, usual) = (house.service("Brief").await, house.service("Usual").await);
        let tx = test.db.begin().await.unwrap();
        let days = retention::Days::new(3).unwrap();
        retention::set(&tx, &house.stamp(), brief.id, Channel::Email, days).await.unwrap();
        tx.commit().await.unwrap();
        assert!(retention::Days::new(2).is_none() && retention::Days::new(8).is_none());
        let mut later = house.message(brief, Channel::Email, "noor@example.ca", Lane::Normal);
        later.notification.scheduled_for = Some(house.now() + TimeDelta::hours(96));
        let later = house.accept(vec![later]).await;
        let (gone, kept) = (house.emails(brief, 3).await, house.emails(usual, 3).await);
        let running = house.start();
        let all = [gone.clone(), kept.clone()].concat();
        house.until(&all, |status| status == Status::Sending).await;
        // What is still under way after three days is kept until it has ended.
        house.clock.advance(TimeDelta::hours(74));
        tokio::time::sleep(Duration::from_secs(2)).await;
        assert_eq!(house.row(brief, gone[0]).await.status.0, Status::Sending);
        house.clock.advance(TimeDelta::hours(7));
        house.until(&kept, |status| status == Status::TemporaryFailure).await;
        house.clock.advance(TimeDelta::hours(2));
        house.within(Duration::from_secs(10), async || {
            notification::find(test.db.read(), brief.id, gone[2]).await.unwrap().is_none()
        }).await;
        assert_eq!(house.row(usual, kept[0]).await.status.0, Status::TemporaryFailure);
        assert_eq!(house.row(brief, later[0]).await.status.0, Status::Created);
        let days = statistic::Days::last(7, house.now());
        let facts = statistic::by_channel(test.db.read(), brief.id, days).await.unwrap();
        assert_eq!((facts[0].totals.requested, facts[0].totals.failed), (4, 3));
        running.end().await;
    }

    async fn what_nobody_takes_for_three_days_fails_and_what_waits_for_its_time_does_not(test) {
        let after = Some(Duration::from_secs(10_000_000));
        let mut house = House::new(&test.db, Scripted::new(move |_, _| {
            Outcome::Later { words: "closed".to_owned(), after }
        }));
        house.clock = Clock::fixed(house.clock.now());
        let space = house.service("Permits").await;
        let mut scheduled = house.message(space, Channel::Email, "noor@example.ca", Lane::Normal);
        scheduled.notification.scheduled_for = Some(house.now() + TimeDelta::hours(96));
        let scheduled = house.accept(vec![scheduled]).await;
        let ids = house.emails(space, 3).await;
        let running = house.start();
        house.within(Duration::from_secs(10), async || house.provider.taken().len() == 3).await;
        tokio::time::sleep(Duration::from_millis(200)).await;
        house.clock.advance(TimeDelta::hours(73));
        house.until(&ids, |status| status == Status::TechnicalFailure).await;
        assert_eq!(house.queued().await, 1);
        assert_eq!(house.row(space, scheduled[0]).await.status.0, Status::Created);
        running.end().await;
    }

    async fn the_mailbox_keeps_only_the_newest(test) {
        let mut house = House::new(&test.db, Scripted::willing());
        house.settings.mailbox_size = 3;
        let ids: Vec<_> = (0..8).map(|nth| Id::new(house.now() + TimeDelta::seconds(nth))).collect();
        let rows = ids.iter().map(|id| mailbox_message::Model {
            id: *id,
            notification_id: Id::new(house.now()),
            channel: Word(Channel::Sms),
            sender: String::new(),
            recipient: "+16135550123".to_owned(),
            subject: None,
            headers: None,
            html: None,
            plain: "Ready".to_owned(),
            encoding: Some("gsm7".to_owned()),
            parts: 1,
            received_at: house.now(),
        });
        let tx = test.db.begin().await.unwrap();
        mailbox_message::insert(&tx, rows.collect()).await.unwrap();
        tx.commit().await.unwrap();
        let running = house.start();
        house.within(Duration::from_secs(10), async || {
            mailbox_message::page(test.db.read(), None, 9).await.unwrap().len() == 3
        }).await;
        assert!(mailbox_message::find(test.db.read(), ids[7]).await.unwrap().is_some());
        assert!(mailbox_message::find(test.db.read(), ids[4]).await.unwrap().is_none());
        running.end().await;
    }

    async fn sessions_that_are_over_are_removed_once_a_day(test) {
        let mut house = House::new(&test.db, Scripted::willing());
        house.clock = Clock::fixed(house.clock.now());
        let details = person::Details {
            name: "Noor".to_owned(),
            email_address: "noor@example.gc.ca".to_owned(),
            mobile_number: None,
            language: Language::English,
        };
        let tx = test.db.begin().await.unwrap();
        let noor = person::create(&tx, &house.stamp(), &details).await.unwrap().id;
        session::begin(&tx, &house.vault, noor, ("old", true), house.now()).await.unwrap();
        tx.commit().await.unwrap();
        let running = house.start();
        house.clock.advance(TimeDelta::hours(25));
        let tx = test.db.begin().await.unwrap();
        session::begin(&tx, &house.vault, noor, ("new", true), house.now()).await.unwrap();
        tx.commit().await.unwrap();
        house.within(Duration::from_secs(10), async || {
            // Those that are over are never listed; only their rows are asked for here.
            let rows = session::Entity::find().all(test.db.read()).await.unwrap();
            rows.iter().map(|row| row.browser.as_str()).collect::<Vec<_>>() == ["new"]
        }).await;
        running.end().await;
    }
}
