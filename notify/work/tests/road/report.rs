use std::time::Duration;

use audit::Stamp;
use chrono::TimeDelta;
use jobs::Timing;
use kernel::{Clock, Id, Language, Word};
use notify::{
    Channel, Lane, Status,
    report::{Coverage, Kind, State, WRITE, WriteReport},
};
use notify_store::{
    notification,
    report::{self, Model},
};

use crate::house::{House, Migrator, Scripted, Space};

/// Asks for a report, as the API does.
async fn wanted(house: &House, space: Space, kind: Kind, coverage: Coverage) -> Model {
    let now = house.now();
    let wanted = report::Wanted { kind, language: Language::English, coverage, api_key: None };
    let tx = house.db.begin().await.unwrap();
    let row = report::request(&tx, &Stamp::system(now), space.id, &wanted).await.unwrap();
    let job = WriteReport { service: space.id.uuid(), report: row.id.uuid() };
    jobs::enqueue(&tx, &WRITE, &job, Timing::at(now)).await.unwrap();
    tx.commit().await.unwrap();
    row
}

async fn now(house: &House, row: &Model) -> Model {
    report::find(house.db.read(), row.service_id, row.id).await.unwrap().unwrap()
}

async fn written(house: &House, row: &Model) -> (Model, String) {
    let ended = async || matches!(*now(house, row).await.status, State::Ready | State::Error);
    house.within(Duration::from_secs(30), ended).await;
    let row = now(house, row).await;
    let mut text = Vec::new();
    for place in 0..row.pieces {
        let piece = report::read(house.db.read(), &house.vault, row.id, place).await.unwrap();
        text.extend(piece.unwrap().unwrap());
    }
    (row, String::from_utf8(text).unwrap())
}

testkit::on_each_engine! { Migrator;
    async fn a_report_says_to_whom_and_what_became_of_it_and_no_value(test) {
        let mut house = House::new(&test.db, Scripted::willing());
        house.clock = Clock::fixed("2026-11-21T17:00:00Z".parse().unwrap());
        let space = house.service("Permits").await;
        let other = house.service("Parks").await;
        let details = accounts::person::Details {
            name: "Sam Roy".to_owned(),
            email_address: "sam@example.gc.ca".to_owned(),
            mobile_number: None,
            language: Language::English,
        };
        let tx = house.db.begin().await.unwrap();
        let person = accounts::person::create(&tx, &house.stamp(), &details).await.unwrap();
        tx.commit().await.unwrap();
        let mut formula = house.message(space, Channel::Email, "=1+1@example.ca", Lane::Normal);
        formula.notification.status = Word(Status::PermanentFailure);
        formula.notification.created_by = Some(person.id);
        let text = house.message(space, Channel::Sms, "+16135550142", Lane::Normal);
        let theirs = house.message(other, Channel::Email, "kim@example.ca", Lane::Normal);
        let rows = [formula, text, theirs].map(|message| message.notification).to_vec();
        let tx = house.db.begin().await.unwrap();
        notification::insert(&tx, rows).await.unwrap();
        tx.commit().await.unwrap();
        let running = house.start();
        let emails = Coverage { channel: Some(Channel::Email), ..Coverage::default() };
        let asked = wanted(&house, space, Kind::Email, emails).await;
        let (row, text) = written(&house, &asked).await;
        assert_eq!((row.status.0, row.line_count), (State::Ready, 1));
        assert_eq!(row.expires_at, Some(house.now() + TimeDelta::hours(72)));
        let (_, line) = text.split_once("\r\n").unwrap();
        assert_eq!(
            line,
            "\"'=1+1@example.ca\",\"email of Permits\",\"email\",\"Sam Roy\",\"sam@example.gc.ca\",\"\",\"No such address\",\"2026-11-21 12:00:00\"\r\n"
        );
        assert!(!text.contains("Noor"), "a value");
        running.end().await;
    }

    async fn a_long_report_is_kept_in_pieces_and_holds_every_message_once(test) {
        let house = House::new(&test.db, Scripted::willing());
        let space = house.service("Permits").await;
        let batch = Id::new(house.now());
        for chunk in 0..16 {
            let rows = (0..250).map(|nth| {
                let to = format!("person-{}@a-rather-long-name-of-a-host.example.ca", chunk * 250 + nth);
                let message = house.message(space, Channel::Email, &to, Lane::Normal).notification;
                notification::Model { batch_id: Some(batch), row_number: Some(chunk * 250 + nth + 2), ..message }
            });
            let tx = house.db.begin().await.unwrap();
            notification::insert(&tx, rows.collect()).await.unwrap();
            tx.commit().await.unwrap();
        }
        let running = house.start();
        let coverage = Coverage { batch: Some(batch.uuid()), ..Coverage::default() };
        let asked = wanted(&house, space, Kind::Batch, coverage).await;
        let (row, text) = written(&house, &asked).await;
        assert!(row.pieces > 1, "{}", row.pieces);
        assert_eq!(row.line_count, 4000);
        for (nth, line) in text.lines().skip(1).enumerate() {
            assert!(line.starts_with(&format!("\"{}\",\"person-{nth}@", nth + 2)), "{line}");
        }
        assert_eq!(text.lines().count(), 4001);
        running.end().await;
    }

    async fn who_asked_for_a_report_is_told_once_when_it_is_ready(test) {
        let house = House::new(&test.db, Scripted::willing());
        let space = house.service("Permits").await;
        let details = accounts::person::Details {
            name: "Sam Roy".to_owned(),
            email_address: "sam@example.gc.ca".to_owned(),
            mobile_number: None,
            language: Language::French,
        };
        let tx = house.db.begin().await.unwrap();
        let person = accounts::person::create(&tx, &house.stamp(), &details).await.unwrap();
        let stamp = Stamp { actor: audit::Actor::Person(person.id.uuid()), at: house.now() };
        let wanted = report::Wanted {
            kind: Kind::Email, language: Language::French, coverage: Coverage::default(), api_key: None,
        };
        let row = report::request(&tx, &stamp, space.id, &wanted).await.unwrap();
        let job = WriteReport { service: space.id.uuid(), report: row.id.uuid() };
        // The job is there twice, and the letter once.
        for _ in 0..2 {
            jobs::enqueue(&tx, &WRITE, &job, Timing::at(house.now())).await.unwrap();
        }
        tx.commit().await.unwrap();
        let running = house.start();
        assert_eq!(*written(&house, &row).await.0.status, State::Ready);
        running.end().await;
        let letters = house.letters.0.lock().unwrap();
        assert_eq!(letters.len(), 1);
        let letter = &letters[0];
        assert_eq!((letter.name, letter.to.as_str()), ("report-ready", "sam@example.gc.ca"));
        assert_eq!((letter.language, letter.values["service"].as_str()), (Language::French, "Permits"));
        assert!(letter.values["link"].ends_with(&format!("/services/{}/reports", space.id)));
    }

    async fn an_empty_report_has_its_headings(test) {
        let house = House::new(&test.db, Scripted::willing());
        let space = house.service("Permits").await;
        let running = house.start();
        let asked = wanted(&house, space, Kind::Sms, Coverage::default()).await;
        let (row, text) = written(&house, &asked).await;
        assert_eq!((row.line_count, text.lines().count()), (0, 1));
        running.end().await;
    }

    async fn what_is_stored_of_a_report_shows_no_recipient(test) {
        use sea_orm::{ConnectionTrait, Statement};
        let house = House::new(&test.db, Scripted::willing());
        let space = house.service("Permits").await;
        let message = house.message(space, Channel::Email, "noor@example.ca", Lane::Normal);
        let tx = house.db.begin().await.unwrap();
        notification::insert(&tx, vec![message.notification]).await.unwrap();
        tx.commit().await.unwrap();
        let running = house.start();
        let (_, text) = written(&house, &wanted(&house, space, Kind::Email, Coverage::default()).await).await;
        assert!(text.contains("noor@example.ca"));
        let all = "SELECT sealed FROM report_piece";
        let engine = house.db.read().get_database_backend();
        let rows = house.db.read().query_all_raw(Statement::from_string(engine, all)).await.unwrap();
        let sealed: Vec<u8> = rows[0].try_get("", "sealed").unwrap();
        assert!(!sealed.windows(4).any(|part| part == b"noor"));
        running.end().await;
    }

    async fn a_file_is_destroyed_on_schedule_when_it_has_expired(test) {
        let mut house = House::new(&test.db, Scripted::willing());
        house.clock = Clock::fixed(house.clock.now());
        let space = house.service("Permits").await;
        let running = house.start();
        let asked = wanted(&house, space, Kind::Sms, Coverage::default()).await;
        assert_eq!(written(&house, &asked).await.0.pieces, 1);
        house.clock.advance(TimeDelta::hours(73));
        house.within(Duration::from_secs(10), async || now(&house, &asked).await.pieces == 0).await;
        assert_eq!(now(&house, &asked).await.status.0, State::Ready);
        running.end().await;
    }
}
