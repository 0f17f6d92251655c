use std::time::Duration;

use kernel::{Secret, Word};
use notify::{Channel, Lane, Status, callback::Kind};
use notify_store::{
    callback::{self, Target},
    inbox::Accept,
    notification::{CallbackTarget, Content},
};
use notify_work::{
    outbound::signature,
    provider::{
        Outcome, Refusal,
        receipts::{Incoming, News},
    },
};
use serde_json::Value;
use wiremock::{
    Mock, MockServer, Request, ResponseTemplate,
    matchers::{method, path},
};

use crate::house::{House, Migrator, Scripted, Space};

async fn receiver(answers: &[u16]) -> MockServer {
    let server = MockServer::start().await;
    for (nth, answer) in answers.iter().enumerate() {
        let response = ResponseTemplate::new(*answer);
        let mock = Mock::given(method("POST")).and(path("/told")).respond_with(response);
        let mock = mock.with_priority(nth as u8 + 1);
        if nth + 1 < answers.len() {
            server.register(mock.up_to_n_times(1)).await;
        } else {
            server.register(mock).await;
        }
    }
    server
}

async fn set(house: &House, space: Space, server: &MockServer, kind: Kind) {
    let (url, token) = (format!("{}/told", server.uri()), Secret::new("chosen by the service"));
    let tx = house.db.begin().await.unwrap();
    let target = Target { kind, url: &url, token: &token };
    callback::set(&tx, &house.vault, &house.stamp(), space.id, &target).await.unwrap();
    tx.commit().await.unwrap();
}

async fn told(house: &House, server: &MockServer, count: usize) -> Vec<Request> {
    house
        .within(Duration::from_secs(15), async || {
            server.received_requests().await.unwrap().len() >= count
        })
        .await;
    server.received_requests().await.unwrap()
}

fn header<'r>(request: &'r Request, name: &str) -> &'r str {
    request.headers.get(name).unwrap().to_str().unwrap()
}

fn with_target(house: &House, mut message: Accept, server: &MockServer) -> Accept {
    let id = message.notification.id;
    let mut content = Content::open(&house.vault, id, &message.notification.sealed).unwrap();
    let (url, token) = (format!("{}/told", server.uri()), Some("for this one".to_owned()));
    content.callback = Some(CallbackTarget { url, token });
    message.notification.sealed = content.seal(&house.vault, id).unwrap();
    message
}

testkit::on_each_engine! { Migrator;
    async fn a_service_is_told_how_a_message_ended_signed_and_once(test) {
        let house = House::new(&test.db, Scripted::new(|_, _| Outcome::refused(Refusal::Permanent, "no such box")));
        let (space, server) = (house.service("Permits").await, receiver(&[204]).await);
        set(&house, space, &server, Kind::Delivery).await;
        let running = house.start();
        let id = house.emails(space, 1).await[0];
        let requests = told(&house, &server, 1).await;
        house.within(Duration::from_secs(5), async || jobs::queue::count(test.db.read()).await.unwrap() == 0).await;
        assert_eq!(requests.len(), 1);
        let body: Value = requests[0].body_json().unwrap();
        let row = house.row(space, id).await;
        assert_eq!(body["id"], id.to_string());
        assert_eq!(body["reference"], "ours");
        assert_eq!(body["to"], "noor@example.ca");
        assert_eq!(body["status"], "permanent-failure");
        assert_eq!(body["status_description"], "No such address");
        assert_eq!(body["provider_response"], "no such box");
        assert_eq!(body["created_at"], notify::callback::moment(row.created_at));
        assert_eq!(body["sent_at"], Value::Null);
        assert_eq!((&body["notification_type"], &body["template_version"]), (&"email".into(), &1.into()));
        assert_eq!(header(&requests[0], "authorization"), "Bearer chosen by the service");
        let known = callback::find(test.db.read(), space.id, Kind::Delivery).await.unwrap().unwrap();
        let secret = known.secrets(&house.vault).unwrap().signing;
        let given = header(&requests[0], "portico-signature");
        let second: i64 = given.split(['=', ',']).nth(1).unwrap().parse().unwrap();
        let signed_at = chrono::DateTime::from_timestamp(second, 0).unwrap();
        assert_eq!(signature::sign(&secret, signed_at, &requests[0].body), given);
        running.end().await;
    }

    async fn a_receiver_that_stumbles_is_told_again_and_one_that_refuses_is_not(test) {
        let mut house = House::new(&test.db, Scripted::new(|_, _| Outcome::refused(Refusal::Permanent, "no")));
        house.settings.callback_pauses_seconds = vec![0; 5];
        let (stumbles, refuses) = (house.service("Stumbles").await, house.service("Refuses").await);
        let (later, never) = (receiver(&[500, 500, 200]).await, receiver(&[404]).await);
        set(&house, stumbles, &later, Kind::Delivery).await;
        set(&house, refuses, &never, Kind::Delivery).await;
        let running = house.start();
        house.emails(stumbles, 1).await;
        house.emails(refuses, 1).await;
        let requests = told(&house, &later, 3).await;
        let events: Vec<_> = requests.iter().map(|request| header(request, "portico-event")).collect();
        assert!(events.windows(2).all(|pair| pair[0] == pair[1]), "one event, one id");
        house.within(Duration::from_secs(5), async || jobs::queue::count(test.db.read()).await.unwrap() == 0).await;
        assert_eq!(later.received_requests().await.unwrap().len(), 3);
        assert_eq!(never.received_requests().await.unwrap().len(), 1);
        running.end().await;
    }

    async fn a_messages_own_address_wins_and_a_suspended_one_is_told_nothing(test) {
        let house = House::new(&test.db, Scripted::new(|_, _| Outcome::refused(Refusal::Permanent, "no")));
        let space = house.service("Permits").await;
        let (common, own) = (receiver(&[200]).await, receiver(&[200]).await);
        set(&house, space, &common, Kind::Delivery).await;
        let tx = test.db.begin().await.unwrap();
        callback::suspend(&tx, &house.stamp(), space.id, Kind::Delivery, true).await.unwrap();
        tx.commit().await.unwrap();
        let running = house.start();
        let ids = house.emails(space, 1).await;
        let message = house.message(space, Channel::Email, "noor@example.ca", Lane::Normal);
        house.accept(vec![with_target(&house, message, &own)]).await;
        let requests = told(&house, &own, 1).await;
        assert_eq!(header(&requests[0], "authorization"), "Bearer for this one");
        house.until(&ids, Status::is_final).await;
        assert!(common.received_requests().await.unwrap().is_empty());
        running.end().await;
    }

    async fn a_receipt_ends_a_message_and_tells_and_an_early_one_is_looked_at_again(test) {
        let house = House::new(&test.db, Scripted { receipts: true, ..Scripted::willing() });
        let (space, server) = (house.service("Permits").await, receiver(&[200]).await);
        set(&house, space, &server, Kind::Delivery).await;
        let running = house.start();
        let id = house.emails(space, 1).await[0];
        house.until(&[id], |status| status == Status::Sending).await;
        let receipt = |reference: String, news| {
            vec![Incoming::Receipt { reference, news, words: Some("250 ok".to_owned()) }]
        };
        let door = running.road.receiver();
        door.take("scripted", receipt(format!("queue-{id}"), News::Pending)).await.unwrap();
        door.take("other", receipt(format!("queue-{id}"), News::PermanentFailure)).await.unwrap();
        assert_eq!(house.row(space, id).await.status.0, Status::Sending);
        assert_eq!(jobs::queue::count(test.db.read()).await.unwrap(), 1, "the unknown one waits");
        for _ in 0..2 {
            door.take("scripted", receipt(format!("queue-{id}"), News::Delivered)).await.unwrap();
        }
        let requests = told(&house, &server, 1).await;
        let body: Value = requests[0].body_json().unwrap();
        assert_eq!((&body["status"], &body["provider_response"]), (&"delivered".into(), &"250 ok".into()));
        assert!(body["sent_at"].is_string());
        // A late bounce overrides, and is told too.
        door.take("scripted", receipt(format!("queue-{id}"), News::PermanentFailure)).await.unwrap();
        let requests = told(&house, &server, 2).await;
        assert_eq!(requests[1].body_json::<Value>().unwrap()["status"], "permanent-failure");
        running.end().await;
    }

    async fn a_received_text_is_kept_once_for_its_service_which_is_told(test) {
        let house = House::new(&test.db, Scripted::willing());
        let (space, server) = (house.service("Permits").await, receiver(&[200]).await);
        set(&house, space, &server, Kind::Received).await;
        let wanted = notify_store::sms_sender::NewSender { sender: "+16135550199".into(), is_default: true, receives: true };
        let tx = test.db.begin().await.unwrap();
        notify_store::sms_sender::add(&tx, &house.stamp(), space.id, &wanted).await.unwrap();
        tx.commit().await.unwrap();
        let running = house.start();
        let text = |reference: &str, destination: &str| vec![Incoming::Text {
            reference: reference.to_owned(),
            source: "+16135550123".to_owned(),
            destination: destination.to_owned(),
            message: "Merci".to_owned(),
            received_at: None,
        }];
        let door = running.road.receiver();
        for _ in 0..2 {
            door.take("scripted", text("m1", "+16135550199")).await.unwrap();
        }
        door.take("scripted", text("m2", "+16135550100")).await.unwrap();
        let requests = told(&house, &server, 1).await;
        let kept = notify_store::received_text::page(test.db.read(), space.id, None, 9).await.unwrap();
        assert_eq!(kept.len(), 1);
        let body: Value = requests[0].body_json().unwrap();
        assert_eq!(body["id"], kept[0].id.to_string());
        assert_eq!(body["source_number"], "+16135550123");
        assert_eq!((&body["destination_number"], &body["message"]), (&"+16135550199".into(), &"Merci".into()));
        house.within(Duration::from_secs(5), async || jobs::queue::count(test.db.read()).await.unwrap() == 0).await;
        assert_eq!(server.received_requests().await.unwrap().len(), 1);
        running.end().await;
    }

    async fn what_waits_as_a_job_names_no_recipient_and_no_token(test) {
        let house = House::new(&test.db, Scripted::new(|_, _| Outcome::refused(Refusal::Permanent, "no")));
        let (space, server) = (house.service("Permits").await, receiver(&[503]).await);
        set(&house, space, &server, Kind::Delivery).await;
        let mut message = house.message(space, Channel::Email, "noor@example.ca", Lane::Normal);
        message.notification.key_kind = Word(accounts::KeyKind::Test);
        let running = house.start();
        house.accept(vec![message]).await;
        told(&house, &server, 1).await;
        use sea_orm::EntityTrait;
        let waiting = jobs::queue::Entity::find().all(test.db.read()).await.unwrap();
        assert_eq!(waiting.len(), 1);
        for secret in ["noor", "chosen by", &server.uri()] {
            assert!(!waiting[0].payload.contains(secret), "{}", waiting[0].payload);
        }
        running.end().await;
    }

    async fn twenty_five_failures_within_five_minutes_suspend_a_call_back_until_it_is_resumed(test) {
        let mut house = House::new(&test.db, Scripted::new(|_, _| Outcome::refused(Refusal::Permanent, "no")));
        house.settings.callback_pauses_seconds = vec![0; 5];
        let (space, other) = (house.service("Permits").await, house.service("Parks").await);
        let (failing, refusing) = (receiver(&[500]).await, receiver(&[404]).await);
        set(&house, space, &failing, Kind::Delivery).await;
        set(&house, other, &refusing, Kind::Delivery).await;
        let running = house.start();
        house.emails(other, 24).await;
        house.emails(space, 8).await;
        let find = async |space: Space| callback::find(test.db.read(), space.id, Kind::Delivery).await.unwrap().unwrap();
        house.within(Duration::from_secs(30), async || find(space).await.suspended_at.is_some()).await;
        // What waits is dropped, because nothing is told while the call-back is suspended.
        house.within(Duration::from_secs(30), async || jobs::queue::count(test.db.read()).await.unwrap() == 0).await;
        assert!(find(other).await.suspended_at.is_none(), "24 are not too many");
        let all = audit::page(test.db.read(), &audit::Filter::default(), None, 100).await.unwrap();
        let suspended: Vec<_> = all.iter().filter(|record| record.action == "callback.suspend").collect();
        assert_eq!(suspended.len(), 1);
        assert_eq!(suspended[0].actor.0, audit::Actor::System);
        assert_eq!(suspended[0].service_id, Some(space.id.uuid()));
        let calls = failing.received_requests().await.unwrap().len();
        assert!((25..35).contains(&calls), "{calls}");
        let tx = test.db.begin().await.unwrap();
        callback::suspend(&tx, &house.stamp(), space.id, Kind::Delivery, false).await.unwrap();
        tx.commit().await.unwrap();
        // What is remembered of the call-back is believed for two seconds.
        tokio::time::sleep(Duration::from_millis(2100)).await;
        house.emails(space, 1).await;
        told(&house, &failing, calls + 1).await;
        running.end().await;
    }

    async fn failures_that_lie_apart_or_belong_to_another_address_suspend_nothing(test) {
        let house = House::new(&test.db, Scripted::willing());
        let (space, server) = (house.service("Permits").await, receiver(&[200]).await);
        set(&house, space, &server, Kind::Delivery).await;
        let url = format!("{}/told", server.uri());
        let failed = async |url: &str, seconds| {
            let at = house.now() + chrono::TimeDelta::seconds(seconds);
            let tx = test.db.begin().await.unwrap();
            let suspended = callback::failed(&tx, space.id, Kind::Delivery, url, at).await.unwrap();
            tx.commit().await.unwrap();
            suspended
        };
        for nth in 0..40 {
            assert!(!failed(&url, nth * 13).await, "{nth}");
            assert!(!failed("https://old.example.ca/", nth * 13).await);
        }
        let mut suspended = 0;
        for nth in 0..40 {
            suspended += usize::from(failed(&url, 39 * 13 + nth).await);
        }
        assert_eq!(suspended, 1);
    }

    async fn a_slow_receiver_does_not_hold_up_the_call_backs_of_others(test) {
        let mut house = House::new(&test.db, Scripted::new(|_, _| Outcome::refused(Refusal::Permanent, "no")));
        house.settings.jobs_at_a_time = 6;
        house.settings.callbacks_per_service = 2;
        let (slow, quick) = (house.service("Slow").await, house.service("Quick").await);
        let (hangs, answers) = (MockServer::start().await, receiver(&[200]).await);
        let late = ResponseTemplate::new(200).set_delay(Duration::from_secs(4));
        hangs.register(Mock::given(method("POST")).respond_with(late)).await;
        set(&house, slow, &hangs, Kind::Delivery).await;
        set(&house, quick, &answers, Kind::Delivery).await;
        let running = house.start();
        house.emails(slow, 40).await;
        house.within(Duration::from_secs(10), async || hangs.received_requests().await.unwrap().len() == 2).await;
        let begun = std::time::Instant::now();
        house.emails(quick, 10).await;
        told(&house, &answers, 10).await;
        assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
        assert!(hangs.received_requests().await.unwrap().len() <= 4);
        running.end().await;
    }
}
