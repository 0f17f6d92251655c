use accounts::{KeyKind, ServiceId};
use audit::Stamp;
use chrono::TimeDelta;
use kernel::{Id, Time, Word};
use notify::{
    Channel, Status,
    batch::State,
    limit::{self, Charge},
};
use notify_store::{
    batch::{self, Refusal},
    notification, received_text,
    statistic::Tally,
    usage,
};

use crate::sample::{Migrator, email};

fn sample(service: ServiceId, now: Time, scheduled_for: Option<Time>) -> batch::Model {
    batch::Model {
        id: Id::new(now),
        service_id: service,
        template_id: Id::new(now),
        template_version: 1,
        channel: Word(Channel::Email),
        api_key_id: None,
        created_by: None,
        key_kind: Word(KeyKind::Normal),
        name: "permits".to_owned(),
        reference: None,
        status: Word(if scheduled_for.is_some() { State::Scheduled } else { State::Pending }),
        row_count: 40,
        units: 40,
        charged_on: limit::day(now),
        sender_id: None,
        reply_to: None,
        content_sealed: vec![1],
        file_hash: None,
        scheduled_for,
        created_at: now,
        started_at: None,
        finished_at: None,
        updated_at: None,
    }
}

testkit::on_each_engine! { Migrator;
    async fn a_waiting_batch_is_cancelled_once_and_its_charge_given_back(test) {
        let stamp = Stamp::system(testkit::clock().now());
        let (service, other) = (Id::new(stamp.at), Id::new(stamp.at));
        let waiting = sample(service, stamp.at, Some(stamp.at + TimeDelta::hours(1)));
        let charge = Charge { units: 41, daily_limit: 100, annual_limit: 1000 };
        let tx = test.db.begin().await.unwrap();
        usage::charge(&tx, service, Channel::Email, charge, stamp.at).await.unwrap().unwrap();
        batch::insert(&tx, waiting.clone()).await.unwrap();
        assert!(matches!(batch::cancel(&tx, &stamp, other, waiting.id).await, Err(Refusal::Missing)));
        let gone = batch::cancel(&tx, &stamp, service, waiting.id).await.unwrap();
        assert_eq!((gone.status.0, gone.updated_at), (State::Cancelled, Some(stamp.at)));
        for period in [limit::day(stamp.at), limit::fiscal_year(stamp.at)] {
            assert_eq!(usage::used(&tx, service, Channel::Email, &period).await.unwrap(), 1);
        }
        assert!(matches!(batch::cancel(&tx, &stamp, service, waiting.id).await, Err(Refusal::Cancelled)));
    }

    async fn a_batch_that_may_have_begun_is_not_cancelled(test) {
        let stamp = Stamp::system(testkit::clock().now());
        let service = Id::new(stamp.at);
        let (pending, due) = (sample(service, stamp.at, None), sample(service, stamp.at, Some(stamp.at)));
        let tx = test.db.begin().await.unwrap();
        for one in [&pending, &due] {
            batch::insert(&tx, one.clone()).await.unwrap();
            assert!(matches!(batch::cancel(&tx, &stamp, service, one.id).await, Err(Refusal::Begun)));
        }
        let mut ids: Vec<_> = [pending.id, due.id].into();
        ids.sort_unstable_by(|a, b| b.cmp(a));
        let listed: Vec<_> = batch::page(&tx, service, None, 9).await.unwrap().iter().map(|row| row.id).collect();
        assert_eq!(listed, ids);
        assert_eq!(batch::page(&tx, service, Some(ids[0]), 9).await.unwrap()[0].id, ids[1]);
    }

    async fn statistics_count_a_batchs_messages_by_status(test) {
        let now = testkit::clock().now();
        let service = Id::new(now);
        let id = Id::new(now);
        let rows = (0..5).map(|row| {
            let status = if row < 3 { Status::Created } else { Status::Delivered };
            let message = email(service, now, 9).notification;
            notification::Model { batch_id: Some(id), row_number: Some(row), status: Word(status), ..message }
        });
        let (tx, mut tally) = (test.db.begin().await.unwrap(), Tally::default());
        let rows: Vec<_> = rows.collect();
        rows.iter().for_each(|row| tally.accepted(row));
        notification::insert(&tx, rows).await.unwrap();
        tally.write(&tx).await.unwrap();
        notification::insert(&tx, vec![email(service, now, 9).notification]).await.unwrap();
        let counted = batch::statistics(&tx, service, &[id]).await.unwrap();
        assert_eq!(counted, [(id, Status::Created, 3), (id, Status::Delivered, 2)]);
        assert!(batch::statistics(&tx, Id::new(now), &[id]).await.unwrap().is_empty());
    }

    async fn a_text_that_its_provider_brings_twice_is_kept_once(test) {
        let (now, vault) = (testkit::clock().now(), testkit::vault());
        let service = Id::new(now);
        let content = received_text::Content { from: "+16135550123".into(), text: "STOP".into() };
        let text = || {
            let id = Id::new(now);
            received_text::Model {
                id, service_id: service, notify_number: "+16135550100".into(),
                sealed: content.seal(&vault, id).unwrap(), sender_hash: None, provider: "texts".into(),
                provider_reference: "a-1".into(), received_at: now, created_at: now,
            }
        };
        let tx = test.db.begin().await.unwrap();
        let first = text();
        assert!(received_text::insert(&tx, first.clone()).await.unwrap());
        assert!(!received_text::insert(&tx, text()).await.unwrap());
        let page = received_text::page(&tx, service, None, 9).await.unwrap();
        assert_eq!(page, std::slice::from_ref(&first));
        assert_eq!(received_text::Content::open(&vault, page[0].id, &page[0].sealed).unwrap(), content);
        assert_eq!(received_text::find(&tx, Id::new(now), first.id).await.unwrap(), None);
    }
}
