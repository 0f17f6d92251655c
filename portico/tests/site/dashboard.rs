//! The first page of a service, its problem addresses, and what managers are told (admin specification, section F,
//! journey 11).

use accounts::{KeyKind, Permission, Permissions, ServiceId, person};
use chrono::TimeDelta;
use kernel::Language;
use notify::{Channel, Lane, Status, limit::Charge};
use notify_store::{
    NotificationId, TemplateId,
    inbox::{Accept, accept_group},
    notification::{self, Content, HandOver, HandedOver, NewMessage, Origin, Step},
    statistic::Tally,
    template,
};
use portico::Migrator;

use crate::house::House;

/// A template of the service.
pub async fn template(
    house: &House,
    service: ServiceId,
    channel: Channel,
    name: &str,
) -> TemplateId {
    let wanted = template::NewTemplate {
        channel,
        name: name.to_owned(),
        subject: (channel == Channel::Email).then(|| "Subject of ((name))".to_owned()),
        body: "Words for ((name))".to_owned(),
        category_id: None,
        folder_id: None,
        lane: None,
        language: "en".to_owned(),
        right_to_left: false,
    };
    let tx = house.db.begin().await.unwrap();
    let made = template::create(&tx, &house.stamp(), service, "noor", wanted).await.unwrap();
    tx.commit().await.unwrap();
    made.head.id
}

/// A message that is about to be accepted, charged against `limit` a day.
pub fn message(
    house: &House,
    (service, template): (ServiceId, TemplateId),
    (channel, to): (Channel, &str),
    limit: i64,
) -> Accept {
    let now = house.clock.now();
    let values = serde_json::from_str(r#"{"name": "Noor"}"#).unwrap();
    let (to, deliver_to) = (to.to_owned(), to.to_owned());
    let content =
        Content { to, deliver_to, values, sanitised: vec![], unsubscribe: None, callback: None };
    let message = NewMessage {
        id: NotificationId::new(now),
        service,
        template: (template, 1),
        channel,
        origin: Origin { api_key_id: None, key_kind: KeyKind::Normal, created_by: None },
        content,
        reference: Some("ref-7".to_owned()),
        reply_to: None,
        parts: 1,
        batch: None,
        at: now,
        scheduled_for: None,
    };
    let charge = Charge { units: 1, daily_limit: limit, annual_limit: 100_000 };
    let notification = message.row(&house.vault).unwrap();
    Accept { notification, lane: Lane::Normal, charge: Some(charge), promise: None }
}

/// Accepts so many emails; gives their ids.
pub async fn accept(
    house: &House,
    of: (ServiceId, TemplateId),
    count: usize,
    limit: i64,
) -> Vec<NotificationId> {
    let to = |nth: usize| format!("person{nth}@example.gc.ca");
    let group: Vec<_> =
        (0..count).map(|nth| message(house, of, (Channel::Email, &to(nth)), limit)).collect();
    let ids = group.iter().map(|one| one.notification.id).collect();
    accept_group(&house.db, group).await.unwrap();
    ids
}

/// Lets a provider take messages, and then end in `to`.
pub async fn end(house: &House, ids: &[NotificationId], to: Status, words: &str) {
    let now = house.clock.now();
    let (tx, mut tally) = (house.db.begin().await.unwrap(), Tally::default());
    let common = HandOver { provider: "relay".to_owned(), to: Status::Sending, response: None };
    let rows: Vec<_> =
        ids.iter().map(|id| HandedOver { id: *id, reference: Some(id.to_string()) }).collect();
    notification::hand_over(&tx, &rows, &common, now, &mut tally).await.unwrap();
    let step = Step {
        from: Status::Sending,
        to,
        at: now,
        provider: None,
        provider_reference: None,
        provider_response: Some(words.to_owned()),
    };
    notification::step(&tx, ids, &step, &mut tally).await.unwrap();
    tally.write(&tx).await.unwrap();
    tx.commit().await.unwrap();
}

testkit::on_each_engine! { Migrator;
    async fn a_new_service_shows_its_first_steps_and_then_what_it_sent(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut browser) = house.team().await;
        let page = format!("/services/{}", service.id);
        browser.get(&page).await.expect(200, "First steps").expect(200, "Make your first template")
            .expect(200, "Nothing was sent in the last 4 weeks").expect(200, "No template was used")
            .expect(200, "Fewer than 1,000 emails in 24 hours");
        let template = template(&house, service.id, Channel::Email, "Decision letter").await;
        browser.get(&page).await.expect(200, "Done");
        let ids = accept(&house, (service.id, template), 25, 50).await;
        end(&house, &ids[..1], Status::TemporaryFailure, "452 mailbox full").await;
        let shown = browser.get(&page).await;
        shown.expect(200, "25 messages in 4 weeks").expect(200, "Decision letter").expect_not("First steps");
        shown.expect(200, "group=failed").expect(200, "tag-danger\">4%").expect(200, "25 of 50 used");
        // A Saturday noon in November: midnight UTC is seven in the evening in Toronto.
        shown.expect(200, "November 21, 2026, 19:00 EST").expect(200, "March 31, 2027, 20:00 EDT");
        browser.get(&format!("{page}?lang=fr")).await.expect(200, "Limites d’aujourd’hui").expect(200, "19\u{a0}h\u{a0}00 HNE").expect(200, "20\u{a0}h\u{a0}00 HAE");
    }

    async fn the_card_of_problem_addresses_follows_the_thresholds(test) {
        let house = House::over(&test.db).await;
        let (service, noor, mut browser) = house.team().await;
        let page = format!("/services/{}", service.id);
        let template = template(&house, service.id, Channel::Email, "Decision letter").await;
        let of = (service.id, template);
        let ids = accept(&house, of, 900, 10_000).await;
        end(&house, &ids[..840], Status::Delivered, "250 ok").await;
        end(&house, &ids[840..], Status::PermanentFailure, "550 no such user").await;
        browser.get(&page).await.expect(200, "Fewer than 1,000 emails").expect(200, "60 of 900 emails").expect(200, "See the addresses");
        let more = accept(&house, of, 100, 10_000).await;
        end(&house, &more, Status::Delivered, "250 ok").await;
        browser.get(&page).await.expect(200, ">Warning<").expect(200, "(6%)").expect(200, "can stop taking emails");
        let bad = accept(&house, of, 60, 10_000).await;
        end(&house, &bad, Status::PermanentFailure, "550 no such user").await;
        browser.get(&page).await.expect(200, ">Critical<").expect(200, "120 of 1,060 emails");
        let list = browser.get(&format!("{page}/problem-addresses")).await;
        list.expect(200, "Heard of in the last 24 hours").expect(200, "older_than=").expect(200, "Decision letter");
        assert!(bad.iter().any(|id| list.body.contains(&id.to_string())));
        house.clock.advance(TimeDelta::hours(25));
        let mut browser = house.signed_in(&noor).await;
        browser.get(&page).await.expect(200, "No email of the last 24 hours");
        browser.get(&format!("{page}/problem-addresses?lang=fr")).await.expect(200, "Signalées auparavant").expect(200, "Il n’y en a aucune");
    }

    async fn only_who_may_see_messages_sees_problem_addresses(test) {
        let house = House::over(&test.db).await;
        let (service, _, _) = house.team().await;
        let page = format!("/services/{}/problem-addresses", service.id);
        let lee = house.person("lee@example.gc.ca").await;
        let mut browser = house.signed_in(&lee).await;
        browser.get(&page).await.expect(404, "");
        house.join(service.id, &lee, [Permission::ManageTemplates].into_iter().collect()).await;
        browser.get(&page).await.expect(403, "");
        house.join(service.id, &lee, [Permission::SendMessages].into_iter().collect()).await;
        browser.get(&page).await.expect(200, "Problem addresses");
    }

    async fn managers_are_told_once_of_a_limit_that_is_near_and_once_when_it_is_reached(test) {
        let house = House::over(&test.db).await;
        let (service, _, _) = house.team().await;
        let template = template(&house, service.id, Channel::Email, "Decision letter").await;
        let of = (service.id, template);
        // One who reads French and wants no news, one who may not manage.
        let kim = house.person("kim@example.gc.ca").await;
        house.join(service.id, &kim, [Permission::ManageService].into_iter().collect()).await;
        let prefers = person::Preferences { language: Language::French, time_zone: "America/Vancouver".to_owned(), wants_news: false };
        let tx = house.db.begin().await.unwrap();
        person::prefer(&tx, &house.stamp(), kim.id, &prefers).await.unwrap();
        tx.commit().await.unwrap();
        let lee = house.person("lee@example.gc.ca").await;
        house.join(service.id, &lee, [Permission::SendMessages].into_iter().collect::<Permissions>()).await;
        accept(&house, of, 39, 50).await;
        assert_eq!(notify_pages::notice::tell(&house.accounts).await.unwrap(), 0);
        accept(&house, of, 1, 50).await;
        let (one, two) = tokio::join!(notify_pages::notice::tell(&house.accounts), notify_pages::notice::tell(&house.accounts));
        assert_eq!(one.unwrap() + two.unwrap(), 1, "two processes tell it once");
        let noor = house.letters_to("noor@example.gc.ca").await;
        assert_eq!(noor.len(), 1);
        assert_eq!((noor[0]["used en"].as_str(), noor[0]["limit en"].as_str(), noor[0]["period fr"].as_str()), ("40", "50", "aujourd’hui"));
        assert!(house.letters_to("kim@example.gc.ca").await.is_empty());
        accept(&house, of, 12, 50).await;
        assert_eq!(notify_pages::notice::tell(&house.accounts).await.unwrap(), 1);
        assert_eq!(notify_pages::notice::tell(&house.accounts).await.unwrap(), 0);
        let kim = house.letters_to("kim@example.gc.ca").await;
        assert_eq!(kim.len(), 1);
        // Midnight UTC is four in the afternoon in Vancouver.
        assert!(kim[0]["again fr"].contains("21 novembre 2026, 16\u{a0}h\u{a0}00 HNP"), "{}", kim[0]["again fr"]);
        assert!(house.letters_to("lee@example.gc.ca").await.is_empty());
        // The next day is another one.
        house.clock.advance(TimeDelta::days(1));
        accept(&house, of, 50, 50).await;
        assert_eq!(notify_pages::notice::tell(&house.accounts).await.unwrap(), 1);
        assert_eq!(house.letters_to("noor@example.gc.ca").await.len(), 3);
    }
}
