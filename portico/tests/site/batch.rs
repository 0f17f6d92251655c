//! A bulk send is followed, searched and stopped (admin specification, journeys 6 and 7).

use accounts::{Permission, Permissions};
use notify::Channel;
use portico::Migrator;

use crate::{
    house::House,
    sheet::{GOOD, template, upload},
};

/// A list of this many people of the team, who are one.
fn list(rows: usize) -> String {
    let mut csv = "email address,name,number\n".to_owned();
    (0..rows).for_each(|nth| csv.push_str(&format!("noor@example.gc.ca,Noor {nth},{nth}\n")));
    csv
}

testkit::on_each_engine! { Migrator;
    async fn its_numbers_add_up_and_are_filters(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut member) = house.team().await;
        let (_, send) = template(&house, service.id, Channel::Email).await;
        let check = upload(&mut member, &send, "march.csv", &list(12)).await.path;
        let started = member.submit(&check, &[("when", "now")]).await;
        let bulk = started.path.split('?').next().unwrap().to_owned();
        started.expect(200, "data-events=").expect(200, "<span class=\"pill-count\">12</span> In transit");
        let working = house.work();
        let mut follower = member.clone();
        working.until(async || follower.get(&bulk).await.body.contains("Finished")).await;
        let page = member.get(&bulk).await;
        page.expect(200, "<span class=\"pill-count\">12</span> All").expect(200, "<span class=\"pill-count\">12</span> Delivered");
        page.expect(200, "<span class=\"pill-count\">0</span> In transit").expect_not("data-live").expect_not("Cancel this send");
        member.get(&format!("{bulk}?group=delivered")).await.expect(200, "noor@example.gc.ca");
        member.get(&format!("{bulk}?group=failed")).await.expect(200, "There are no such messages.");
        let search = format!("{bulk}/search");
        member.submit(&search, &[("recipient", "noor@")]).await.expect(200, "/messages/");
        member.submit(&search, &[("recipient", "lee@")]).await.expect(200, "There are no such messages.");
        // Nothing more will happen, so there is nothing to follow.
        let events = member.get(&format!("{bulk}/events")).await;
        assert!(events.body.contains("event: end"), "{}", events.body);
        let message = page.between("/messages/", "\"").unwrap().to_owned();
        member.get(&format!("/services/{}/messages/{message}", service.id)).await.expect(200, "noor@example.gc.ca");
        member.get(&format!("/services/{}/bulk", service.id)).await.expect(200, "march.csv").expect(200, "Finished");
        working.end().await;
    }

    async fn its_rows_are_paged(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut member) = house.team().await;
        let (_, send) = template(&house, service.id, Channel::Email).await;
        let tx = test.db.begin().await.unwrap();
        accounts::service::go_live(&tx, &house.stamp(), service.id).await.unwrap();
        let limits = Some(notify_store::setting::Limits::LIVE);
        let change = notify_store::setting::Change { limits, ..Default::default() };
        notify_store::setting::change(&tx, &house.stamp(), service.id, &change).await.unwrap();
        tx.commit().await.unwrap();
        let check = upload(&mut member, &send, "march.csv", &list(60)).await.path;
        let bulk = member.submit(&check, &[("when", "now")]).await.path.split('?').next().unwrap().to_owned();
        let working = house.work();
        let mut follower = member.clone();
        working.until(async || follower.get(&bulk).await.body.contains("Finished")).await;
        let first = member.get(&bulk).await;
        assert_eq!(first.body.matches("noor@example.gc.ca</a>").count(), 50);
        let next = format!("{bulk}?after=51");
        first.expect(200, &next);
        let second = member.get(&next).await;
        assert_eq!(second.body.matches("noor@example.gc.ca</a>").count(), 10);
        second.expect(200, "First rows").expect_not("Rows after");
        working.end().await;
    }

    async fn what_is_scheduled_is_cancelled_by_senders_after_a_question(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut member) = house.team().await;
        let (_, send) = template(&house, service.id, Channel::Email).await;
        let check = upload(&mut member, &send, "march.csv", GOOD).await.path;
        let later = [("when", "later"), ("date", "2026-11-22"), ("time", "09:00")];
        let bulk = member.submit(&check, &later).await.path.split('?').next().unwrap().to_owned();
        let all = format!("/services/{}/bulk", service.id);
        member.get(&all).await.expect(200, "Waiting for their time");
        let reader = house.person("lee@example.gc.ca").await;
        house.join(service.id, &reader, [Permission::ViewActivity].into_iter().collect()).await;
        let mut reading = house.signed_in(&reader).await;
        reading.get(&bulk).await.expect(200, "Scheduled").expect_not("Cancel this send");
        let cancel = format!("{bulk}/cancel");
        reading.get(&cancel).await.expect(403, "do not have permission");
        reading.submit(&cancel, &[]).await.expect(403, "do not have permission");
        let sender = house.person("kim@example.gc.ca").await;
        house.join(service.id, &sender, [Permission::SendMessages].into_iter().collect()).await;
        let mut sending = house.signed_in(&sender).await;
        sending.get(&bulk).await.expect(200, "Cancel this send");
        sending.get(&cancel).await.expect(200, "None of its 2 messages will be sent");
        // The question changes nothing.
        sending.get(&bulk).await.expect(200, "Scheduled");
        sending.submit(&cancel, &[]).await
            .expect(200, "The send was cancelled; nothing of it leaves.").expect_not("Waiting for their time");
        member.get(&bulk).await.expect(404, "Page not found");
        member.get(&all).await.expect_not("march.csv");
        sending.submit(&cancel, &[]).await.expect(404, "Page not found");
        // What it was charged is given back, and nothing of it is ever sent.
        let left = notify_store::usage::used(test.db.read(), service.id, Channel::Email, "2026-11-22").await;
        assert_eq!(left.unwrap(), 0);
    }

    async fn what_is_on_its_way_is_stopped(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut member) = house.team().await;
        let (_, send) = template(&house, service.id, Channel::Email).await;
        let check = upload(&mut member, &send, "march.csv", GOOD).await.path;
        let bulk = member.submit(&check, &[("when", "now")]).await.path.split('?').next().unwrap().to_owned();
        let cancel = format!("{bulk}/cancel");
        member.get(&cancel).await.expect(200, "Up to 2 messages have not left yet");
        member.submit(&cancel, &[]).await.expect(200, "The send was stopped.").expect(200, "Cancelled");
        member.submit(&cancel, &[]).await.expect(200, "Cancelled");
        let working = house.work();
        working.until(async || jobs::queue::count(test.db.read()).await.unwrap() <= 1).await;
        working.end().await;
        member.get(&bulk).await.expect(200, "<span class=\"pill-count\">0</span> All");
        let found = notify_store::notification::rows_of_batch(
            test.db.read(), service.id, bulk.rsplit('/').next().unwrap().parse().unwrap(),
        );
        assert!(found.await.unwrap().is_empty(), "nothing of it was made");
    }

    async fn a_send_of_a_program_is_shown_with_its_key(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut member) = house.team().await;
        let (template, _) = template(&house, service.id, Channel::Email).await;
        let now = house.clock.now();
        let tx = test.db.begin().await.unwrap();
        let wanted = accounts::api_key::NewKey {
            name: "Permit system".to_owned(), kind: accounts::KeyKind::Normal, capabilities: Default::default(),
        };
        let issued = accounts::api_key::issue(&tx, &house.vault, &house.stamp(), service.id, &wanted).await.unwrap();
        let row = notify_store::batch::Model {
            id: kernel::Id::new(now), service_id: service.id, template_id: template, template_version: 1,
            channel: kernel::Word(Channel::Email), api_key_id: Some(issued.id), created_by: None,
            key_kind: kernel::Word(accounts::KeyKind::Normal), name: "nightly".to_owned(),
            reference: Some("run 7".to_owned()), status: kernel::Word(notify::batch::State::Pending), row_count: 3,
            units: 3, charged_on: "2026-11-21".to_owned(), sender_id: None, reply_to: None, content_sealed: vec![],
            file_hash: None, scheduled_for: None, created_at: now, started_at: None, finished_at: None, updated_at: None,
        };
        notify_store::batch::insert(&tx, row.clone()).await.unwrap();
        tx.commit().await.unwrap();
        member.get(&format!("/services/{}/bulk", service.id)).await.expect(200, "nightly");
        let page = member.get(&format!("/services/{}/bulk/{}", service.id, row.id)).await;
        page.expect(200, "API key “Permit system”").expect(200, "run 7");
        let stranger = house.person("lee@example.gc.ca").await;
        house.join(service.id, &stranger, Permissions::default()).await;
        house.signed_in(&stranger).await.get(&page.path).await.expect(200, "nightly");
    }
}
