//! From trial to live (admin specification, journey 10).

use accounts::{Permission, Permissions, service};
use chrono::TimeDelta;
use notify::Channel;
use notify_store::{setting, template};
use portico::Migrator;
use testkit::Browser;

use crate::house::House;

/// The browser of somebody of the staff.
async fn staff(house: &House) -> Browser {
    house.staff().await.1
}

async fn template(house: &House, service: accounts::ServiceId) {
    let wanted = template::NewTemplate {
        channel: Channel::Email,
        name: "Permit ready".to_owned(),
        subject: Some("Ready".to_owned()),
        body: "Your permit is ready.".to_owned(),
        category_id: None,
        folder_id: None,
        lane: None,
        language: "en".to_owned(),
        right_to_left: false,
    };
    let tx = house.db.begin().await.unwrap();
    template::create(&tx, &house.stamp(), service, "test", wanted).await.unwrap();
    tx.commit().await.unwrap();
}

/// A trial service that has done all four tasks; its page and its manager's browser.
async fn ready(house: &House) -> (service::Model, String, Browser) {
    let (service, _, mut browser) = house.team().await;
    let page = format!("/services/{}/go-live", service.id);
    let second = house.person("lee@example.gc.ca").await;
    house.join(service.id, &second, Permissions::all()).await;
    template(house, service.id).await;
    let said = [
        ("purpose", "Permits are ready"),
        ("recipients", "The public"),
        ("email_daily", "1 200"),
        ("sms_daily", "0"),
    ];
    browser.submit(&format!("{page}/purpose"), &said).await.expect(200, "was saved");
    browser
        .submit(&format!("{page}/terms"), &[("agree", "yes")])
        .await
        .expect(200, "were accepted");
    (service, page, browser)
}

testkit::on_each_engine! { Migrator;
    async fn a_service_asks_and_is_live_at_once(test) {
        let house = House::over(&test.db).await;
        let mut staff = staff(&house).await;
        staff.get("/staff").await.expect(200, "Requests to go live");
        staff.get("/staff/go-live").await.expect(200, "No service waits");
        let (service, page, mut browser) = ready(&house).await;
        browser.get(&page).await.expect(200, "Accepted by noor").expect_not("Not started");
        browser.submit(&page, &[]).await.expect(200, "Staff were asked").expect(200, "Asked");
        browser.get(&format!("/services/{}/templates", service.id)).await.expect(200, "Go-live request under review");
        // While staff decide, the answers stay.
        browser.submit(&format!("{page}/purpose"), &[("purpose", "Other")]).await.expect(200, "are looking at");
        let link = house.link_to("staff@example.gc.ca").await;
        staff.get("/staff/go-live").await.expect(200, "Permits").expect(200, &link);
        staff.get(&link).await.expect(200, "Permits are ready").expect(200, "The public")
            .expect(200, "1,200").expect(200, "Permit ready").expect(200, "lee@example.gc.ca");
        staff.submit(&format!("{link}/approve"), &[]).await.expect(422, "Enter the name of the organisation");
        let tax = [("organisation", "Tax  Agency")];
        staff.submit(&format!("{link}/approve"), &tax).await.expect(422, "There is no organisation of this name");
        assert!(service::get(house.db.read(), service.id).await.unwrap().trial);
        let tax = [tax[0], ("create", "yes")];
        staff.submit(&format!("{link}/approve"), &tax).await.expect(200, "The service is live");
        let live = service::get(house.db.read(), service.id).await.unwrap();
        assert!(!live.trial);
        let agency = accounts::organisation::by_name(house.db.read(), "Tax Agency").await.unwrap().unwrap();
        assert_eq!(live.organisation_id, Some(agency.id));
        let limits = setting::get(house.db.read(), service.id).await.unwrap().limits();
        assert_eq!(limits, setting::Limits::LIVE);
        for reader in ["noor@example.gc.ca", "lee@example.gc.ca"] {
            let letters = house.letters_to(reader).await;
            assert_eq!(letters.last().unwrap()["email limit"], "10000", "{letters:?}");
        }
        browser.get(&page).await.expect(200, "This service is live").expect(200, "Approved").expect_not("Ask to go live");
        // A second click decides nothing anew.
        staff.submit(&format!("{link}/decline"), &[("reason", "No")]).await.expect(200, "Approved").expect_not("Declined");
    }

    async fn a_refusal_says_why_and_the_team_asks_again(test) {
        let house = House::over(&test.db).await;
        let mut staff = staff(&house).await;
        let (service, page, mut browser) = ready(&house).await;
        browser.submit(&page, &[]).await.expect(200, "Staff were asked");
        let link = house.link_to("staff@example.gc.ca").await;
        staff.submit(&format!("{link}/decline"), &[("reason", " ")]).await.expect(422, "Enter the reason");
        staff.submit(&format!("{link}/decline"), &[("reason", "Say who the public is")]).await
            .expect(200, "was declined");
        assert_eq!(house.letters_to("noor@example.gc.ca").await.last().unwrap()["reason"], "Say who the public is");
        browser.get(&page).await.expect(200, "Say who the public is").expect(200, "Ask to go live");
        house.clock.advance(TimeDelta::minutes(1));
        browser.submit(&page, &[]).await.expect(200, "Staff were asked");
        let again = house.link_to("staff@example.gc.ca").await;
        assert_ne!(again, link);
        let tax = [("organisation", "Tax Agency"), ("create", "yes")];
        staff.submit(&format!("{again}/approve"), &tax).await.expect(200, "The service is live");
        assert!(!service::get(house.db.read(), service.id).await.unwrap().trial);
    }

    async fn what_is_missing_is_said_and_half_an_answer_is_kept(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut browser) = house.team().await;
        let page = format!("/services/{}/go-live", service.id);
        browser.get("/services").await;
        browser.get(&page).await.expect(200, "Not started");
        browser.submit(&page, &[]).await.expect(422, "Before you ask: Make at least one template")
            .expect(422, "Before you ask: Accept the terms of use");
        browser.submit(&format!("{page}/purpose"), &[("purpose", "Permits are ready"), ("sms_daily", "few")]).await
            .expect(422, "Say who gets the messages").expect(422, "how many text messages");
        browser.get(&format!("{page}/purpose")).await.expect(200, "Permits are ready");
        browser.get(&page).await.expect(200, "In progress");
        browser.submit(&format!("{page}/terms"), &[]).await.expect(422, "Tick the box");
        browser.get(&format!("{page}?lang=fr")).await.expect(200, "Mise en service");
    }

    async fn a_member_who_may_not_ask_reads_who_may_and_staff_pages_are_for_staff(test) {
        let house = House::over(&test.db).await;
        let (service, page, _) = ready(&house).await;
        let member = house.person("kim@example.gc.ca").await;
        house.join(service.id, &member, [Permission::SendMessages].into_iter().collect()).await;
        let mut member = house.signed_in(&member).await;
        member.get(&page).await.expect(200, "These people on your team can ask").expect(200, "noor");
        member.submit(&page, &[]).await.expect(403, "");
        for path in ["/staff", "/staff/go-live"] {
            member.get(path).await.expect(403, "");
        }
    }
}
