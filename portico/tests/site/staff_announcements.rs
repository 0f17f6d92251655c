//! What staff announce stands on every page, for a time; and how the platform is.

use accounts::api_key::{self, Capabilities, KeyKind, NewKey};
use chrono::TimeDelta;
use portico::Migrator;

use crate::house::House;

async fn key(house: &House, service: accounts::ServiceId) -> accounts::ApiKeyId {
    let wanted = NewKey {
        name: "Nightly".to_owned(),
        kind: KeyKind::Team,
        capabilities: Capabilities::default(),
    };
    let tx = house.db.begin().await.unwrap();
    let made = api_key::issue(&tx, &house.vault, &house.stamp(), service, &wanted).await.unwrap();
    tx.commit().await.unwrap();
    made.id
}

testkit::on_each_engine! { Migrator;
    async fn an_announcement_stands_on_pages_until_it_is_put_away(test) {
        let house = House::over(&test.db).await;
        let (_, _, mut browser) = house.team().await;
        let (_, mut staff) = house.staff().await;
        let page = "/staff/announcements";
        staff.get(page).await.expect(200, "Nothing was announced yet");
        staff.submit(page, &[("english", "Slow tonight"), ("to_day", "2001-01-01")]).await
            .expect(422, "Enter the words in this language").expect(422, "still to come").expect(422, "Slow tonight");
        let words = [("english", "Slow <tonight>"), ("french", "Ralentissement ce soir")];
        staff.submit(page, &words).await.expect(200, "was made").expect(200, "On pages now");
        browser.get("/services").await.expect(200, "Slow &#60;tonight&#62;").expect(200, "aria-label=\"Announcement\"");
        browser.get("/profile?lang=fr").await.expect(200, "Ralentissement ce soir").expect_not("Slow");
        house.browser().get("/sign-in").await.expect_not("Slow");
        let list = staff.get(page).await;
        let away = list.between("formaction=\"", "\"").unwrap().to_owned();
        staff.submit(&away, &[]).await.expect(200, "was put away").expect(200, "Over");
        browser.get("/services?lang=en").await.expect_not("Slow");
    }

    async fn an_announcement_for_everybody_begins_and_ends_in_time(test) {
        let house = House::over(&test.db).await;
        let (_, mut staff) = house.staff().await;
        let mut nobody = house.browser();
        let tomorrow = (house.clock.now() + TimeDelta::days(1)).format("%Y-%m-%d").to_string();
        let after = (house.clock.now() + TimeDelta::days(2)).format("%Y-%m-%d").to_string();
        let words = [
            ("english", "Closed for a while"), ("french", "Fermé pour un temps"), ("everybody", "yes"),
            ("from_day", tomorrow.as_str()), ("from_time", "08:30"), ("to_day", after.as_str()),
        ];
        staff.submit("/staff/announcements", &words).await.expect(200, "To come").expect(200, "8:30");
        nobody.get("/sign-in").await.expect_not("Closed");
        house.clock.advance(TimeDelta::hours(36));
        nobody.get("/sign-in").await.expect(200, "Closed for a while");
        house.clock.advance(TimeDelta::hours(36));
        nobody.get("/sign-in").await.expect_not("Closed");
    }

    async fn the_health_of_the_platform_is_said_in_words_and_figures(test) {
        let house = House::over(&test.db).await;
        let (service, ..) = house.team().await;
        let (_, mut staff) = house.staff().await;
        staff.get("/staff").await.expect(200, "/staff/health");
        staff.get("/staff/health").await.expect(200, "Messages leave in time").expect(200, "mailbox")
            .expect(200, "No job was given up").expect(200, "No API key has sent");
        // A letter to the team waits for delivery, which does not run here.
        staff.submit(&format!("/staff/services/{}/deeds/suspend", service.id), &[("reason", "Why")]).await;
        let person = house.known("staff@example.gc.ca").await;
        house.clock.advance(TimeDelta::minutes(10));
        let key = audit::Stamp { actor: audit::Actor::ApiKey(key(&house, service.id).await.uuid()), at: house.clock.now() };
        let tx = house.db.begin().await.unwrap();
        for messages in [2, 5] {
            let details = serde_json::json!({"messages": messages});
            let entry = audit::Entry { stamp: &key, service: Some(service.id.uuid()), action: audit::TRAFFIC, subject: String::new(), details };
            audit::record(&tx, &entry).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut staff = house.signed_in(&person).await;
        staff.get("/staff/health").await.expect(200, "the oldest has waited 10 minutes").expect(200, "Nightly").expect(200, "class=\"number\">7</td>");
        staff.get("/staff/health?lang=fr").await.expect(200, "Attente du plus ancien");
    }
}
