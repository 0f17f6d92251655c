use accounts::{KeyKind, ServiceId};
use db::Db;
use kernel::{Id, Time, Vault, Word};
use notify::{Channel, Dialect, Status, status::Group};
use notify_store::{
    BatchId, NotificationId,
    inbox::{Accept, accept_group},
    notification::{self, Content, HandOver, HandedOver, Step, recipient_hash},
    search::{self, Found, InBatch, Search},
    statistic::Tally,
};

use crate::sample::{Migrator, email};

fn to(service: ServiceId, now: Time, vault: &Vault, recipient: &str) -> Accept {
    let mut accept = email(service, now, 1_000_000);
    let row = &mut accept.notification;
    let channel = if recipient.contains('@') { Channel::Email } else { Channel::Sms };
    let content = Content {
        to: recipient.to_uppercase(),
        deliver_to: recipient.to_owned(),
        values: serde_json::Map::new(),
        sanitised: vec![],
        unsubscribe: None,
        callback: None,
    };
    row.channel = Word(channel);
    row.sealed = content.seal(vault, row.id).unwrap();
    row.recipient_hash = Some(recipient_hash(vault, service, recipient));
    accept
}

async fn find(db: &Db, service: ServiceId, wanted: Search) -> Found {
    search::search(db.read(), &testkit::vault(), Dialect::Gc, service, &wanted).await.unwrap()
}

fn ids(found: &Found) -> Vec<NotificationId> {
    found.rows.iter().map(|row| row.id).collect()
}

testkit::on_each_engine! { Migrator;
    async fn messages_are_found_by_their_recipient_whole_or_in_part(test) {
        let (clock, vault) = (testkit::clock(), testkit::vault());
        let (service, other) = (Id::new(clock.now()), Id::new(clock.now()));
        let mut known = Vec::new();
        for recipient in ["noor@example.ca", "bo@example.ca", "+16135550142", "noor@example.ca"] {
            clock.advance(chrono::TimeDelta::seconds(1));
            let message = to(service, clock.now(), &vault, recipient);
            known.push(message.notification.id);
            let theirs = to(other, clock.now(), &vault, recipient);
            accept_group(&test.db, vec![message, theirs]).await.unwrap();
        }
        let by = |text: &str| Search { recipient: Some(text.to_owned()), size: 10, ..Search::default() };
        let whole = find(&test.db, service, by(" NOOR@example.ca")).await;
        assert_eq!((ids(&whole), whole.next), (vec![known[3], known[0]], None));
        assert_eq!(ids(&find(&test.db, service, by("613-555-0142")).await), [known[2]]);
        assert_eq!(ids(&find(&test.db, service, by("5550 142")).await), [known[2]]);
        assert_eq!(ids(&find(&test.db, service, by("@EXAMPLE")).await), [known[3], known[1], known[0]]);
        assert!(find(&test.db, service, by("nobody@example.ca")).await.rows.is_empty());
        let first = find(&test.db, service, Search { size: 2, ..by("example") }).await;
        assert_eq!((ids(&first), first.next), (vec![known[3], known[1]], Some(known[1])));
        let rest = Search { size: 2, older_than: first.next, ..by("example") };
        let rest = find(&test.db, service, rest).await;
        assert_eq!((ids(&rest), rest.next), (vec![known[0]], None));
        let hash = |service| recipient_hash(&vault, service, "noor@example.ca");
        assert_ne!(hash(service), hash(other));
    }

    async fn messages_are_found_by_what_became_of_them(test) {
        let (now, vault) = (testkit::clock().now(), testkit::vault());
        let service = Id::new(now);
        let mut group: Vec<_> = (0..6).map(|_| to(service, now, &vault, "noor@example.ca")).collect();
        group.push(to(service, now, &vault, "+16135550142"));
        group[5].notification.key_kind = Word(KeyKind::Test);
        group[5].charge = None;
        let known: Vec<_> = group.iter().map(|message| message.notification.id).collect();
        accept_group(&test.db, group).await.unwrap();
        let (tx, mut tally) = (test.db.begin().await.unwrap(), Tally::default());
        for (nth, to) in [(1, Status::Sent), (2, Status::Delivered), (3, Status::PermanentFailure), (6, Status::Sent)] {
            let rows = [HandedOver { id: known[nth], reference: None }];
            let common = HandOver { provider: "relay".to_owned(), to, response: None };
            notification::hand_over(&tx, &rows, &common, now, &mut tally).await.unwrap();
        }
        let step = Step {
            from: Status::Created, to: Status::TechnicalFailure, at: now, provider: None,
            provider_reference: None, provider_response: None,
        };
        notification::step(&tx, &[known[4]], &step, &mut tally).await.unwrap();
        tally.write(&tx).await.unwrap();
        tx.commit().await.unwrap();
        let sorted = |some: &[usize]| {
            let mut some: Vec<_> = some.iter().map(|nth| known[*nth]).collect();
            some.sort_by(|a, b| b.cmp(a));
            some
        };
        let all = Search { size: 10, ..Search::default() };
        assert_eq!(ids(&find(&test.db, service, all.clone()).await), sorted(&[0, 1, 2, 3, 4, 6]));
        for (group, some) in [
            (Group::InTransit, &[0, 6][..]), (Group::Delivered, &[1, 2]), (Group::Failed, &[3, 4]),
            (Group::Cancelled, &[]),
        ] {
            let wanted = Search { group: Some(group), ..all.clone() };
            assert_eq!(ids(&find(&test.db, service, wanted).await), sorted(some), "{group}");
        }
        let problems = Search { problem_addresses: true, ..all.clone() };
        assert_eq!(ids(&find(&test.db, service, problems).await), sorted(&[3]));
        let texts = Search { channel: Some(Channel::Sms), ..all.clone() };
        assert_eq!(ids(&find(&test.db, service, texts).await), sorted(&[6]));
        assert!(find(&test.db, Id::new(now), all).await.rows.is_empty());
    }

    async fn a_page_looks_at_a_bounded_number_of_messages_and_says_where_to_go_on(test) {
        let (clock, vault) = (testkit::clock(), testkit::vault());
        let service = Id::new(clock.now());
        let text = to(service, clock.now(), &vault, "+16135550142");
        let wanted_id = text.notification.id;
        accept_group(&test.db, vec![text]).await.unwrap();
        clock.advance(chrono::TimeDelta::seconds(1));
        let sample = email(service, clock.now(), 9).notification;
        for _ in 0..(search::LOOKED_AT / 500) {
            let rows = (0..500).map(|_| notification::Model { id: Id::new(clock.now()), ..sample.clone() });
            let tx = test.db.begin().await.unwrap();
            notification::insert(&tx, rows.collect()).await.unwrap();
            tx.commit().await.unwrap();
        }
        let texts = Search { channel: Some(Channel::Sms), size: 50, ..Search::default() };
        let first = find(&test.db, service, texts.clone()).await;
        assert!(first.rows.is_empty() && first.next.is_some());
        let second = find(&test.db, service, Search { older_than: first.next, ..texts }).await;
        assert_eq!((ids(&second), second.next), (vec![wanted_id], None));
    }

    async fn a_batch_is_paged_by_its_rows_whatever_is_looked_for_in_it(test) {
        let (now, vault) = (testkit::clock().now(), testkit::vault());
        let (service, batch): (ServiceId, BatchId) = (Id::new(now), Id::new(now));
        let group: Vec<_> = (2..12).map(|row| {
            let mut message = to(service, now, &vault, &format!("person{row}@example.ca"));
            message.notification.batch_id = Some(batch);
            message.notification.row_number = Some(row);
            if row % 5 == 0 {
                message.notification.status = Word(Status::PermanentFailure);
            }
            message
        }).chain([to(service, now, &vault, "person3@example.ca")]).collect();
        accept_group(&test.db, group).await.unwrap();
        let find = async |wanted: InBatch| {
            let found = search::in_batch(test.db.read(), &vault, Dialect::Gc, service, &wanted).await.unwrap();
            let rows: Vec<_> = found.rows.iter().filter_map(|row| row.row_number).collect();
            (rows, found.next_row)
        };
        let all = InBatch::all(batch, 6);
        assert_eq!(find(all.clone()).await, ((2..8).collect(), Some(7)));
        assert_eq!(find(InBatch { after_row: Some(7), ..all.clone() }).await, ((8..12).collect(), None));
        let failed = InBatch { group: Some(Group::Failed), ..all.clone() };
        assert_eq!(find(failed.clone()).await, (vec![5, 10], None));
        assert_eq!(find(InBatch { problem_addresses: true, after_row: Some(5), ..failed }).await, (vec![10], None));
        let whole = InBatch { recipient: Some("Person3@example.ca".to_owned()), ..all.clone() };
        assert_eq!(find(whole).await, (vec![3], None));
        let part = InBatch { recipient: Some("person1".to_owned()), ..all.clone() };
        assert_eq!(find(part).await, (vec![10, 11], None));
        let stranger = search::in_batch(test.db.read(), &vault, Dialect::Gc, Id::new(now), &all).await.unwrap();
        assert!(stranger.rows.is_empty());
    }
}
