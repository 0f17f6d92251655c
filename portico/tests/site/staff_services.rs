//! What staff do to services (admin specification, sections M.5 and O, journey 12).

use accounts::{organisation, service};
use audit::Filter;
use notify::Channel;
use notify_store::{
    retention, setting,
    statistic::{self, Days},
};
use portico::Migrator;

use crate::house::House;

/// The newest record of `action`, with its details.
async fn record(house: &House, action: &str) -> serde_json::Value {
    let filter = Filter { action: Some(action.to_owned()), ..Filter::default() };
    let rows = audit::page(house.db.read(), &filter, None, 1).await.unwrap();
    serde_json::from_str(&rows[0].details).unwrap()
}

testkit::on_each_engine! { Migrator;
    async fn staff_find_a_service_by_state_and_name_and_page_through_all(test) {
        let house = House::over(&test.db).await;
        let (_, mut staff) = house.staff().await;
        for n in 0..52 {
            house.service(&format!("Service {n}")).await;
            house.clock.advance(chrono::TimeDelta::milliseconds(5));
        }
        let school = house.service("École d’été 100%").await;
        let first = staff.get("/staff/services").await;
        first.expect(200, "École d’été").expect(200, "Service 51").expect_not(">Service 2<");
        let older = first.between("href=\"/staff/services?older_than=", "\"").unwrap().to_owned();
        staff.get(&format!("/staff/services?older_than={older}")).await.expect(200, ">Service 2<").expect_not("Service 51");
        for part in ["école", "École", "D’ÉTÉ", "100%"] {
            let part: String = part.chars().flat_map(char::to_lowercase).collect();
            let q = format!("/staff/services?q={}", part.replace('%', "%25").replace('’', "%E2%80%99").replace('é', "%C3%A9"));
            staff.get(&q).await.expect(200, &school.id.to_string()).expect_not("Service 51");
        }
        staff.get("/staff/services?q=%25").await.expect(200, &school.id.to_string()).expect_not("Service 51");
        staff.get("/staff/services?state=trial&q=service+51").await.expect(200, "Service 51");
        staff.get("/staff/services?state=suspended").await.expect(200, "No service is like this");
        staff.get("/staff/services?state=live&lang=fr").await.expect(200, "Portico").expect(200, "En activité");
        staff.get("/staff/services?state=odd&lang=en").await.expect(400, "");
    }

    async fn suspending_stops_sending_says_why_and_can_be_undone(test) {
        let house = House::over(&test.db).await;
        let (service, noor, _) = house.team().await;
        let (_, mut staff) = house.staff().await;
        let page = format!("/staff/services/{}", service.id);
        staff.get(&page).await.expect(200, "Permits").expect(200, "noor@example.gc.ca").expect(200, "permits@");
        let suspend = format!("{page}/deeds/suspend");
        staff.get(&suspend).await.expect(200, "can no longer send");
        staff.submit(&suspend, &[("reason", " ")]).await.expect(422, "Enter the reason");
        staff.submit(&suspend, &[("reason", "Complaints")]).await.expect(200, "the team was told").expect(200, "Suspended");
        assert!(service::get(house.db.read(), service.id).await.unwrap().is_suspended());
        assert_eq!(record(&house, "service.suspend").await["reason"], "Complaints");
        let letter = house.letters_to(&noor.email_address).await.pop().unwrap();
        assert_eq!(letter["reason"], "Complaints");
        assert!(letter["change en"].contains("suspended") && letter["change fr"].contains("suspendu"));
        house.clock.advance(chrono::TimeDelta::seconds(1));
        // A second click changes nothing and writes nobody.
        staff.submit(&suspend, &[("reason", "Again")]).await.expect(200, "Resume the service");
        assert_eq!(house.letters_to(&noor.email_address).await.len(), 1);
        staff.submit(&format!("{page}/deeds/resume"), &[("reason", "Mended")]).await.expect(200, "Trial");
        assert!(!service::get(house.db.read(), service.id).await.unwrap().is_suspended());
        staff.get(&format!("{page}/deeds/go-live")).await.expect(404, "");
        staff.get(&format!("{page}/deeds/odd")).await.expect(404, "");
    }

    async fn back_to_trial_count_and_archive(test) {
        let house = House::over(&test.db).await;
        let (service, noor, mut browser) = house.team().await;
        let (_, mut staff) = house.staff().await;
        let tx = house.db.begin().await.unwrap();
        service::go_live(&tx, &house.stamp(), service.id).await.unwrap();
        let change = setting::Change { limits: Some(setting::Limits::LIVE), ..Default::default() };
        setting::change(&tx, &house.stamp(), service.id, &change).await.unwrap();
        tx.commit().await.unwrap();
        house.clock.advance(chrono::TimeDelta::seconds(1));
        let page = format!("/staff/services/{}", service.id);
        let counted = service::counts(house.db.read()).await.unwrap();
        staff.submit(&format!("{page}/deeds/leave-out"), &[("reason", "A rehearsal")]).await.expect(200, "Does not count");
        let after = service::counts(house.db.read()).await.unwrap();
        house.clock.advance(chrono::TimeDelta::seconds(1));
        assert_eq!((after.live, after.counted), (counted.live, counted.counted - 1));
        staff.submit(&format!("{page}/deeds/back-to-trial"), &[("reason", "A new purpose")]).await.expect(200, "Trial");
        let limits = setting::get(house.db.read(), service.id).await.unwrap().limits();
        assert_eq!(limits, setting::Limits::TRIAL);
        assert_eq!(record(&house, "setting.change").await["reason"], "A new purpose");
        house.clock.advance(chrono::TimeDelta::seconds(1));
        staff.submit(&format!("{page}/deeds/archive"), &[("reason", "Merged")]).await.expect(200, "Archived");
        browser.get(&format!("/services/{}/team", service.id)).await.expect(404, "");
        let letter = house.letters_to(&noor.email_address).await.pop().unwrap();
        assert_eq!((letter["service"].as_str(), letter["reason"].as_str()), ("Permits", "Merged"));
        for page in ["/limits", "/organisation", "/retention", "/deeds/resume"].map(|rest| format!("{page}{rest}")) {
            staff.get(&page).await.expect(404, "");
        }
    }

    async fn limits_retention_and_organisation_change_with_a_reason(test) {
        let house = House::over(&test.db).await;
        let (service, noor, _) = house.team().await;
        let (_, mut staff) = house.staff().await;
        let page = format!("/staff/services/{}", service.id);
        let limits = format!("{page}/limits");
        staff.get(&limits).await.expect(200, "20000000");
        let asked = [("email_daily", "12 000"), ("sms_daily", "-1"), ("email_annual", "20,000,000"), ("sms_annual", "x"), ("rate", "2000"), ("reason", "A census")];
        staff.submit(&limits, &asked).await.expect(422, "Enter a whole number").expect(422, "A census");
        let asked = [asked[0], ("sms_daily", "50"), asked[2], ("sms_annual", "100000"), asked[4], asked[5]];
        staff.submit(&limits, &asked).await.expect(200, "12,000").expect(200, "2,000");
        let kept = setting::get(house.db.read(), service.id).await.unwrap().limits();
        assert_eq!((kept.email_daily, kept.sms_daily, kept.rate), (12_000, 50, 2_000));
        let letter = house.letters_to(&noor.email_address).await.pop().unwrap();
        assert!(letter["change en"].contains("12,000 (before: 50)"), "{letter:?}");
        assert!(!letter["change en"].contains("100,000"), "{letter:?}");
        staff.submit(&limits, &asked).await.expect(200, "");
        assert_eq!(house.letters_to(&noor.email_address).await.len(), 1, "nothing new, nothing told");

        let keep = format!("{page}/retention");
        staff.submit(&keep, &[("email", "8"), ("sms", "7"), ("reason", "Asked for")]).await.expect(422, "Choose a number of days");
        staff.submit(&keep, &[("email", "3"), ("sms", "7"), ("reason", "Asked for")]).await.expect(200, "3 days");
        assert_eq!(retention::get(house.db.read(), service.id, Channel::Email).await.unwrap().get(), 3);
        assert_eq!(record(&house, "retention.set").await["reason"], "Asked for");

        let link = format!("{page}/organisation");
        staff.submit(&link, &[("organisation", "Tax Agency"), ("reason", "Theirs")]).await.expect(422, "no organisation of this name");
        staff.submit(&link, &[("organisation", "Tax Agency"), ("create", "yes"), ("reason", "Theirs")]).await.expect(200, "Tax Agency");
        let agency = organisation::by_name(house.db.read(), "Tax Agency").await.unwrap().unwrap();
        assert_eq!(service::get(house.db.read(), service.id).await.unwrap().organisation_id, Some(agency.id));
        house.clock.advance(chrono::TimeDelta::seconds(1));
        staff.submit(&link, &[("organisation", ""), ("reason", "A mistake")]).await.expect_not("Tax Agency");
        assert_eq!(service::get(house.db.read(), service.id).await.unwrap().organisation_id, None);
        assert_eq!(record(&house, "service.join").await["reason"], "A mistake");
        assert_eq!(house.letters_to(&noor.email_address).await.len(), 4);
    }

    async fn what_was_sent_is_read_from_facts(test) {
        let house = House::over(&test.db).await;
        let (service, ..) = house.team().await;
        let (person, mut staff) = house.staff().await;
        // The letter of a deed is a message of the built-in service.
        let page = format!("/staff/services/{}", service.id);
        staff.submit(&format!("{page}/deeds/suspend"), &[("reason", "Why")]).await;
        let office = service::by_name(house.db.read(), "Portico").await.unwrap().unwrap();
        let days = Days::last(7, house.clock.now());
        let sent = statistic::several::by_service(house.db.read(), &[office.id, service.id], days).await.unwrap();
        assert_eq!(sent.len(), 1);
        assert_eq!((sent[0].service, sent[0].channel, sent[0].totals.requested), (office.id, Channel::Email, 1));
        staff.get(&format!("/staff/services/{}", office.id)).await.expect(200, "Messages of the last 7 days");
        assert!(person.staff || house.known("staff@example.gc.ca").await.staff);
    }
}
