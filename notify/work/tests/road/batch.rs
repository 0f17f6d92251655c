use std::{collections::HashSet, time::Duration};

use accounts::KeyKind;
use jobs::Timing;
use kernel::{Id, Word};
use notify::{
    Channel, Status,
    batch::{EXPAND, ExpandBatch, State},
    status::Group,
};
use notify_store::{
    BatchId, batch,
    dispatch::{self, Dispatch, Start},
    inbox::{self, Inbox},
    notification::{self, Content, Filter},
    setting::{self, Limits},
    statistic, usage,
};
use notify_work::provider::Outcome;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::house::{House, Migrator, Scripted, Space};

/// Accepts a batch of e-mails, as the API does.
async fn accept(house: &House, space: Space, csv: &str, rows: i32) -> BatchId {
    let now = house.now();
    let id = Id::new(now);
    let row = batch::Model {
        id,
        service_id: space.id,
        template_id: space.email,
        template_version: 1,
        channel: Word(Channel::Email),
        api_key_id: None,
        created_by: None,
        key_kind: Word(KeyKind::Normal),
        name: "March".to_owned(),
        reference: None,
        status: Word(State::Pending),
        row_count: rows,
        units: i64::from(rows),
        charged_on: notify::limit::day(now),
        sender_id: None,
        reply_to: Some("desk@example.gc.ca".to_owned()),
        content_sealed: house.vault.seal(id.uuid().as_bytes(), csv.as_bytes()).unwrap(),
        file_hash: None,
        scheduled_for: None,
        created_at: now,
        started_at: None,
        finished_at: None,
        updated_at: None,
    };
    let tx = house.db.begin().await.unwrap();
    batch::insert(&tx, row).await.unwrap();
    let job = ExpandBatch { service: space.id.uuid(), batch: id.uuid() };
    jobs::enqueue(&tx, &EXPAND, &job, Timing::at(now)).await.unwrap();
    tx.commit().await.unwrap();
    id
}

fn list(rows: usize) -> String {
    let mut csv = "email address,name,reference,unused\n".to_owned();
    for nth in 0..rows {
        csv.push_str(&format!("Person{nth}@example.ca,Name {nth},ref-{nth},x\n"));
    }
    csv
}

async fn state(house: &House, space: Space, id: BatchId) -> State {
    *batch::find(house.db.read(), space.id, id).await.unwrap().unwrap().status
}

async fn messages(house: &House, space: Space) -> Vec<notification::Model> {
    let filter = Filter { with_batches: true, ..Filter::default() };
    notification::page(house.db.read(), space.id, filter, 5001).await.unwrap()
}

testkit::on_each_engine! { Migrator;
    async fn simulated_recipients_of_a_sheet_are_never_stored_and_never_sent_to(test) {
        let house = House::new(&test.db, Scripted::willing());
        let space = house.service("Permits").await;
        let csv = "email address,name\nSimulate-Delivered@notification.canada.ca,Ana\nbo@example.ca,Bo\n";
        let id = accept(&house, space, csv, 2).await;
        let running = house.start();
        house.within(Duration::from_secs(10), async || {
            state(&house, space, id).await == State::Finished && house.queued().await == 0
        }).await;
        let rows = messages(&house, space).await;
        assert_eq!(rows.iter().map(|row| row.row_number).collect::<Vec<_>>(), [Some(3)]);
        running.end().await;
    }

    async fn every_row_becomes_a_message_with_its_values_and_is_sent(test) {
        let house = House::new(&test.db, Scripted::willing());
        let space = house.service("Permits").await;
        let id = accept(&house, space, &list(3), 3).await;
        let running = house.start();
        house.within(Duration::from_secs(10), async || {
            state(&house, space, id).await == State::Finished && house.queued().await == 0
        }).await;
        let mut rows = messages(&house, space).await;
        rows.sort_by_key(|row| row.row_number);
        assert_eq!(rows.iter().map(|row| row.row_number).collect::<Vec<_>>(), [Some(2), Some(3), Some(4)]);
        let row = &rows[1];
        assert_eq!((row.status.0, row.reference.as_deref()), (Status::Sent, Some("ref-1")));
        assert_eq!((row.batch_id, row.reply_to.as_deref()), (Some(id), Some("desk@example.gc.ca")));
        let content = Content::open(&house.vault, row.id, &row.sealed).unwrap();
        assert_eq!((content.to.as_str(), content.deliver_to.as_str()), ("Person1@example.ca", "person1@example.ca"));
        assert_eq!(content.values["name"], "Name 1");
        assert!(!content.values.contains_key("unused"));
        assert!(house.provider.taken().iter().any(|(_, words)| words.contains("Hello Name 2")));
        let kept = batch::find(test.db.read(), space.id, id).await.unwrap().unwrap();
        assert!(kept.started_at.is_some() && kept.finished_at >= kept.started_at);
        running.end().await;
    }

    async fn a_batch_that_was_killed_in_the_middle_goes_on_with_what_is_missing(test) {
        let house = House::new(&test.db, Scripted::willing());
        let space = house.service("Permits").await;
        let id = accept(&house, space, &list(2200), 2200).await;
        let running = house.start();
        house.within(Duration::from_secs(20), async || {
            state(&house, space, id).await == State::Finished && house.queued().await == 0
        }).await;
        running.end().await;
        // As if the process had died with a gap and a missing end: rows 600 to 1100 and those after 1800.
        let rows = messages(&house, space).await;
        let lost = |row: i32| (600..1100).contains(&row) || row > 1800;
        let gone: Vec<_> = rows.iter().filter(|row| row.row_number.is_some_and(lost)).map(|row| row.id).collect();
        let tx = test.db.begin().await.unwrap();
        notification::destroy(&tx, &gone).await.unwrap();
        use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
        let mut begun = batch::find(&tx, space.id, id).await.unwrap().unwrap().into_active_model();
        begun.status = Set(Word(State::InProgress));
        begun.update(&tx).await.unwrap();
        let job = ExpandBatch { service: space.id.uuid(), batch: id.uuid() };
        for _ in 0..2 {
            jobs::enqueue(&tx, &EXPAND, &job, Timing::at(house.now())).await.unwrap();
        }
        tx.commit().await.unwrap();
        let running = house.start();
        house.within(Duration::from_secs(20), async || {
            state(&house, space, id).await == State::Finished && house.queued().await == 0
        }).await;
        let rows = messages(&house, space).await;
        let numbers: HashSet<_> = rows.iter().map(|row| row.row_number).collect();
        assert_eq!((rows.len(), numbers.len()), (2200, 2200));
        assert_eq!(house.provider.taken().len(), 2200 + gone.len());
        running.end().await;
    }

    async fn a_batch_that_is_stopped_makes_no_more_messages_and_takes_back_what_waits(test) {
        let after = Some(Duration::from_millis(1));
        let mut house = House::new(&test.db, Scripted::new(move |_, _| {
            Outcome::Later { words: "closed".to_owned(), after }
        }));
        // Few in hand, so that most wait.
        house.settings.email.in_hand = 4;
        let space = house.service("Permits").await;
        let who = (space.id, Id::new(house.now()));
        let tx = test.db.begin().await.unwrap();
        accounts::service::go_live(&tx, &house.stamp(), space.id).await.unwrap();
        let limits = Some(Limits { email_daily: 9_000, ..Limits::LIVE });
        let change = setting::Change { limits, ..setting::Change::default() };
        setting::change(&tx, &house.stamp(), space.id, &change).await.unwrap();
        tx.commit().await.unwrap();
        let running = house.start();
        let (tracker, stop) = (TaskTracker::new(), CancellationToken::new());
        let dispatch = Dispatch {
            db: test.db.clone(),
            vault: house.vault.clone(),
            inbox: Inbox::start(&test.db, inbox::Settings::of(test.db.engine()), &tracker, &stop),
            clock: house.clock.clone(),
            jobs: running.road.jobs(),
            settings: dispatch::Settings::default(),
        };
        let upload = dispatch.keep_upload(who, space.email, "all.csv", list(5000)).await.unwrap();
        let id = dispatch.start(who, upload.id, Start::default()).await.unwrap().id;
        house.within(Duration::from_secs(30), async || messages(&house, space).await.len() >= 500).await;
        dispatch.stop(who, id).await.unwrap();
        assert!(matches!(dispatch.stop(who, id).await, Err(batch::Refusal::Cancelled)));
        let taken_back = async || {
            let rows = messages(&house, space).await;
            rows.iter().filter(|row| row.status.0 != Status::Cancelled).count() <= 4
        };
        house.within(Duration::from_secs(30), taken_back).await;
        let rows = messages(&house, space).await;
        assert!(rows.len() < 5000, "everything was made before the stop");
        let left = rows.iter().filter(|row| row.status.0 != Status::Cancelled).count();
        // The list was charged as a whole: what was never made and what was taken back is given back.
        let day = notify::limit::day(house.now());
        let used = usage::used(test.db.read(), space.id, Channel::Email, &day).await.unwrap();
        assert_eq!(used, left as i64);
        let shown = batch::show(test.db.read(), space.id, id).await.unwrap().unwrap();
        assert_eq!((shown.batch.status.0, shown.made()), (State::Cancelled, rows.len() as i64));
        assert_eq!(shown.in_group(Group::Cancelled), (rows.len() - left) as i64);
        assert_eq!(batch::sent(test.db.read(), space.id, None, 9).await.unwrap().len(), 1);
        stop.cancel();
        running.end().await;
    }

    async fn five_thousand_rows_are_made_once_each_and_their_facts_agree(test) {
        let house = House::new(&test.db, Scripted::willing());
        let space = house.service("Permits").await;
        let id = accept(&house, space, &list(5000), 5000).await;
        // Two processes at once: each job is one's, and neither makes a row twice.
        let (one, other) = (house.start(), house.start());
        house.within(Duration::from_secs(60), async || state(&house, space, id).await == State::Finished).await;
        house.within(Duration::from_secs(60), async || house.queued().await == 0).await;
        one.end().await;
        other.end().await;
        let numbers = notification::rows_of_batch(test.db.read(), space.id, id).await.unwrap();
        assert_eq!((numbers.len(), numbers.iter().collect::<HashSet<_>>().len()), (5000, 5000));
        let kept = batch::statistics(test.db.read(), space.id, &[id]).await.unwrap();
        assert_eq!(kept, [(id, Status::Sent, 5000)]);
        assert_eq!(kept, batch::recount(test.db.read(), space.id, &[id]).await.unwrap());
        let days = statistic::Days::last(2, house.now());
        let facts = statistic::by_channel(test.db.read(), space.id, days).await.unwrap();
        assert_eq!((facts[0].totals.requested, facts[0].totals.delivered), (5000, 5000));
    }

    async fn a_batch_of_a_suspended_service_is_called_off(test) {
        let house = House::new(&test.db, Scripted::willing());
        let space = house.service("Permits").await;
        let tx = test.db.begin().await.unwrap();
        accounts::service::suspend(&tx, &house.stamp(), space.id).await.unwrap();
        tx.commit().await.unwrap();
        let id = accept(&house, space, &list(2), 2).await;
        let running = house.start();
        house.within(Duration::from_secs(10), async || {
            state(&house, space, id).await == State::Cancelled
        }).await;
        assert!(messages(&house, space).await.is_empty());
        running.end().await;
    }
}
