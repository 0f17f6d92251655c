use audit::Stamp;
use chrono::TimeDelta;
use kernel::Language;
use notify::{Channel, batch::State, limit, schedule::Unusable, sheet::Fault};
use notify_store::{
    BatchId, batch,
    dispatch::{Barred, Look, NotChecked, NotSent, NotStarted, One, Problem, Start},
    notification::{self, Content},
    upload, usage,
};

use crate::office::{Office, Whole, list};

const LOOK: Look = Look { language: Language::English, from: 0, rows: 10 };

fn one(office: &Office, to: &str) -> One {
    let values = [("name", "Noor"), ("number", "7")];
    One {
        template: office.email,
        to: to.to_owned(),
        values: values.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
        sender: None,
        scheduled_for: None,
        form: None,
    }
}

testkit::on_each_engine! { Whole;
    async fn a_person_sends_one_message_which_is_charged_and_says_who_sent_it(test) {
        let office = Office::open(&test.db).await;
        let typed = One { form: Some("f1".to_owned()), ..one(&office, " Noor@Example.ca ") };
        let sent = office.dispatch.send_one(office.service, office.person, typed.clone()).await.unwrap();
        assert_eq!(sent.left.map(|left| left.daily_left), Some(199_999));
        let row = notification::find(test.db.read(), office.service, sent.id).await.unwrap().unwrap();
        assert_eq!((row.created_by, row.api_key_id, row.template_version), (Some(office.person), None, 1));
        let content = Content::open(&office.dispatch.vault, row.id, &row.sealed).unwrap();
        assert_eq!((content.to.as_str(), content.deliver_to.as_str()), ("Noor@Example.ca", "noor@example.ca"));
        // The same form again is the same message; with other words it is refused.
        let again = office.dispatch.send_one(office.service, office.person, typed.clone()).await.unwrap();
        assert_eq!((again.id, again.left), (sent.id, None));
        let other = One { to: "bo@example.ca".to_owned(), ..typed };
        let refused = office.dispatch.send_one(office.service, office.person, other).await;
        assert!(matches!(refused, Err(NotSent::Reused)));
        let filter = audit::Filter { service: Some(office.service.uuid()), ..audit::Filter::default() };
        let records = audit::page(test.db.read(), &filter, None, 50).await.unwrap();
        let accepted = records.iter().find(|record| record.action == "notification.accept").unwrap();
        assert!(accepted.actor.to_string().contains(&office.person.to_string()));
    }

    async fn one_message_is_refused_for_each_reason_before_it_costs_anything(test) {
        let office = Office::open(&test.db).await;
        let (dispatch, service, person) = (&office.dispatch, office.service, office.person);
        let send = |one: One| dispatch.send_one(service, person, one);
        assert!(matches!(send(one(&office, "nobody")).await, Err(NotSent::Recipient(_))));
        let simulated = one(&office, "simulate-delivered@notification.canada.ca");
        assert!(matches!(send(simulated).await, Err(NotSent::Simulated)));
        let bare = One { values: vec![("name".into(), " ".into())], ..one(&office, "bo@example.ca") };
        let Err(NotSent::Missing(names)) = send(bare).await else { panic!("nothing was missing") };
        assert_eq!(names, ["number", "name"]);
        let late = One {
            scheduled_for: Some(office.clock.now() + TimeDelta::hours(97)), ..one(&office, "bo@example.ca")
        };
        assert!(matches!(send(late).await, Err(NotSent::Schedule(Unusable::TooFarAhead { .. }))));
        let long = One {
            template: office.sms, values: vec![("name".into(), "x".repeat(700))], ..one(&office, "613-555-0142")
        };
        assert!(matches!(send(long).await, Err(NotSent::Unfit(_))));
        let strange = One { sender: Some(office.service.uuid()), ..one(&office, "bo@example.ca") };
        assert!(matches!(send(strange).await, Err(NotSent::Sender)));
        let tx = test.db.begin().await.unwrap();
        accounts::service::suspend(&tx, &Stamp::system(office.clock.now()), service).await.unwrap();
        tx.commit().await.unwrap();
        let suspended = send(one(&office, "bo@example.ca")).await;
        assert!(matches!(suspended, Err(NotSent::Barred(Barred::Suspended))));
        let day = limit::day(office.clock.now());
        assert_eq!(usage::used(test.db.read(), service, Channel::Email, &day).await.unwrap(), 0);
    }

    async fn a_trial_service_writes_to_its_team_only(test) {
        let office = Office::open(&test.db).await;
        let stamp = Stamp::system(office.clock.now());
        let tx = test.db.begin().await.unwrap();
        let trial = accounts::service::create(&tx, &stamp, "Trial", None).await.unwrap().id;
        notify_store::setting::create(&tx, &stamp, trial, "trial").await.unwrap();
        accounts::membership::add(&tx, &stamp, trial, office.person).await.unwrap();
        let current = notify_store::template::current(&tx, office.service, office.sms).await.unwrap().unwrap();
        let new = notify_store::template::NewTemplate {
            channel: Channel::Sms, name: "t".into(), subject: None, body: current.text.body, category_id: None,
            folder_id: None, lane: None, language: "en".into(), right_to_left: false,
        };
        let template = notify_store::template::create(&tx, &stamp, trial, "a@b.ca", new).await.unwrap().head.id;
        tx.commit().await.unwrap();
        let to = |number: &str| One {
            template, values: vec![("Name".into(), "Noor".into())], ..one(&office, number)
        };
        let send = |one: One| office.dispatch.send_one(trial, office.person, one);
        assert!(send(to("613 555 0142")).await.is_ok());
        assert!(matches!(send(to("613 555 0143")).await, Err(NotSent::NotOnTeam)));
        let csv = b"phone number,name\n6135550142,a\n6135550143,b\n".to_vec();
        let kept = office.dispatch.keep_upload((trial, office.person), template, "a.csv", csv).await.unwrap();
        let check = office.dispatch.check(trial, kept.id, LOOK).await.unwrap();
        assert_eq!(check.problems, [Problem::NotOnTeam { rows: 1 }]);
        assert_eq!(check.failing.iter().map(|row| row.number).collect::<Vec<_>>(), [3]);
    }

    async fn a_list_is_checked_whole_and_each_fault_stands_on_its_cell(test) {
        let office = Office::open(&test.db).await;
        let csv = "Email Address,name,number\nana@example.ca,Ana,1\nnobody,Bo,2\nANA@example.ca,,3\n";
        let upload = office.dispatch
            .keep_upload((office.service, office.person), office.email, "faults.csv", csv.to_owned()).await.unwrap();
        assert_eq!((upload.row_count, upload.template_version), (3, 1));
        assert!(!upload.content_sealed.windows(3).any(|three| three == b"ana"));
        let check = office.dispatch.check(office.service, upload.id, LOOK).await.unwrap();
        assert_eq!(check.problems, [Problem::BadRecipients { rows: 1 }, Problem::MissingData { rows: 1 }]);
        assert_eq!((check.report.rows, check.units, check.report.duplicated_recipients), (3, 3, 1));
        assert_eq!(check.columns.iter().map(|column| column.is_recipient).collect::<Vec<_>>(), [true, false, false]);
        assert!(matches!(check.rows[1].cells[0].fault, Some(Fault::Recipient(_))));
        assert_eq!(check.rows[2].cells[1].fault, Some(Fault::Missing));
        assert!(check.rows[2].is_duplicate && !check.rows[0].has_error());
        assert_eq!(check.failing.iter().map(|row| row.number).collect::<Vec<_>>(), [3, 4]);
        let page = Look { from: 1, rows: 1, ..LOOK };
        let page = office.dispatch.check(office.service, upload.id, page).await.unwrap();
        assert_eq!(page.rows.iter().map(|row| row.index).collect::<Vec<_>>(), [1]);
        let shown = office.dispatch.row(office.service, upload.id, 0, Language::French).await.unwrap().unwrap();
        let filled = shown.template.fill(&shown.values).unwrap();
        assert_eq!(filled.subject.as_deref(), Some("Permit 1"));
        assert!(office.dispatch.row(office.service, upload.id, 3, Language::French).await.unwrap().is_none());
        let copies = office.dispatch.duplicates(office.service, upload.id, "Row number").await.unwrap();
        assert_eq!(copies.lines().nth(1), Some("\"4\",\"ANA@example.ca\",\"\",\"3\""));
        // Another service's eyes see nothing, and neither do anybody's after a day.
        let stranger = office.dispatch.check(kernel::Id::new(office.clock.now()), upload.id, LOOK).await;
        assert!(matches!(stranger, Err(NotChecked::Gone)));
        let how = Start::default();
        let refused = office.dispatch.start((office.service, office.person), upload.id, how).await;
        assert!(matches!(refused, Err(NotStarted::Problems(some)) if some.len() == 2));
        office.clock.advance(upload::KEPT);
        let late = office.dispatch.check(office.service, upload.id, LOOK).await;
        assert!(matches!(late, Err(NotChecked::Gone)));
        let tx = test.db.begin().await.unwrap();
        assert_eq!(upload::purge(&tx, office.clock.now() + TimeDelta::seconds(1)).await.unwrap(), 1);
    }

    async fn all_problems_of_a_list_are_named_at_once(test) {
        let mut office = Office::open(&test.db).await;
        office.dispatch.settings.most_rows = 2;
        let mut csv = "phone number,téléphone,phone_number\n".to_owned();
        csv.push_str("6135550142,1,6135550142\n6135550143,2,\n6135550144,3,\n");
        let upload = office.dispatch
            .keep_upload((office.service, office.person), office.sms, "t.csv", csv.into_bytes()).await.unwrap();
        let check = office.dispatch.check(office.service, upload.id, LOOK).await.unwrap();
        assert!(check.problems.contains(&Problem::TooManyRows { most: 2 }));
        assert!(check.problems.contains(&Problem::MissingColumns(vec!["name".to_owned()])));
        assert!(check.problems.iter().any(|problem| matches!(problem, Problem::DuplicateRecipientColumns(_))));
        let empty = office.dispatch
            .keep_upload((office.service, office.person), office.sms, "e.csv", b"name\n".to_vec()).await.unwrap();
        let check = office.dispatch.check(office.service, empty.id, LOOK).await.unwrap();
        assert_eq!(check.problems, [Problem::NoRows, Problem::MissingColumns(vec!["phone number".to_owned()])]);
        let unreadable = office.dispatch
            .keep_upload((office.service, office.person), office.sms, "e.png", vec![1]).await;
        assert!(matches!(unreadable, Err(NotChecked::Unreadable(_))));
    }

    async fn an_upload_is_started_once_charged_once_and_warned_of_the_second_time(test) {
        let office = Office::open(&test.db).await;
        let (dispatch, who) = (&office.dispatch, (office.service, office.person));
        let keep = || dispatch.keep_upload(who, office.email, "March.csv", list(20));
        let first = keep().await.unwrap();
        let both = tokio::join!(
            dispatch.start(who, first.id, Start::default()), dispatch.start(who, first.id, Start::default())
        );
        let (one, other) = (both.0.unwrap(), both.1.unwrap());
        assert_eq!((one.id, other.id), (BatchId::from_uuid(first.id.uuid()), one.id));
        assert_eq!((one.row_count, one.units, one.created_by), (20, 20, Some(office.person)));
        let day = limit::day(office.clock.now());
        assert_eq!(usage::used(test.db.read(), office.service, Channel::Email, &day).await.unwrap(), 20);
        assert_eq!(jobs::queue::count(test.db.read()).await.unwrap(), 1);
        assert_eq!(dispatch.start(who, first.id, Start::default()).await.unwrap().id, one.id);
        let again = keep().await.unwrap();
        let check = dispatch.check(office.service, again.id, LOOK).await.unwrap();
        assert_eq!(check.problems, [Problem::AlreadySent { batch: one.id }]);
        assert!(matches!(dispatch.start(who, again.id, Start::default()).await, Err(NotStarted::Problems(_))));
        let how = Start { again: true, scheduled_for: Some(office.clock.now() + TimeDelta::hours(30)), sender: None };
        let later = dispatch.start(who, again.id, how).await.unwrap();
        assert_eq!((later.status.0, later.charged_on.as_str()), (State::Scheduled, "2026-11-22"));
        let stamp = Stamp::system(office.clock.now());
        let tx = test.db.begin().await.unwrap();
        let gone = batch::cancel(&tx, &stamp, office.service, later.id).await.unwrap();
        assert_eq!(gone.status.0, State::Cancelled);
        assert_eq!(usage::used(&tx, office.service, Channel::Email, "2026-11-22").await.unwrap(), 0);
    }

    async fn a_list_beyond_what_is_left_is_not_started(test) {
        let office = Office::open(&test.db).await;
        let who = (office.service, office.person);
        let mut csv = "phone number,name\n".to_owned();
        for nth in 0..60 {
            csv.push_str(&format!("613555{:04},{}\n", 100 + nth, "x".repeat(170)));
        }
        let upload =
            office.dispatch.keep_upload(who, office.sms, "t.csv", csv.into_bytes()).await.unwrap();
        let check = office.dispatch.check(office.service, upload.id, LOOK).await.unwrap();
        assert_eq!((check.units, check.report.parts), (120, 120));
        assert_eq!(check.problems, [Problem::OverDaily { left: 100 }]);
        let started = office.dispatch.start(who, upload.id, Start::default()).await;
        assert!(matches!(started, Err(NotStarted::Problems(_))));
        let day = limit::day(office.clock.now());
        assert_eq!(usage::used(test.db.read(), office.service, Channel::Sms, &day).await.unwrap(), 0);
    }
}
