//! What staff do about accounts (admin specification, section O.3, journey 12).

use accounts::{
    Permissions,
    credential::{self, attempt},
    membership, person, service,
};
use portico::Migrator;

use crate::house::House;

testkit::on_each_engine! { Migrator;
    async fn staff_find_somebody_and_block_them(test) {
        let house = House::over(&test.db).await;
        let (service, noor, mut browser) = house.team().await;
        let (me, mut staff) = house.staff().await;
        staff.get("/staff/people").await.expect(200, "noor@example.gc.ca");
        staff.submit("/staff/people", &[("q", "NOOR@")]).await.expect(200, &noor.id.to_string()).expect_not(&me.id.to_string());
        staff.submit("/staff/people", &[("q", "no_or")]).await.expect(200, "Nobody is like this");
        let page = format!("/staff/people/{}", noor.id);
        staff.get(&page).await.expect(200, "Permits").expect(200, "Active").expect_not("Never");
        let block = format!("{page}/deeds/block");
        staff.get(&block).await.expect(200, "All sessions end now");
        staff.submit(&block, &[]).await.expect(422, "Enter the reason");
        browser.get(&format!("/services/{}", service.id)).await.expect(200, "Permits");
        staff.submit(&block, &[("reason", "A stolen laptop")]).await.expect(200, "Blocked");
        // They are signed out at the next click.
        let next = browser.get(&format!("/services/{}", service.id)).await;
        assert!(next.path.starts_with("/sign-in"), "{}", next.path);
        let letter = house.letters_to("noor@example.gc.ca").await.pop().unwrap();
        assert_eq!(letter["reason"], "A stolen laptop");
        let tx = house.db.begin().await.unwrap();
        for _ in 0..credential::MOST_FAILURES {
            attempt::fail(&tx, &house.vault, "noor@example.gc.ca", house.clock.now()).await.unwrap();
        }
        tx.commit().await.unwrap();
        staff.get(&page).await.expect(200, "10: signing in is locked");
        staff.submit(&format!("{page}/deeds/unblock"), &[("reason", "It was found")]).await.expect(200, "Active");
        let failures = attempt::failures(house.db.read(), &house.vault, "noor@example.gc.ca").await.unwrap();
        assert_eq!(failures, 0);
        let filter = audit::Filter { action: Some("person.block".to_owned()), ..Default::default() };
        let rows = audit::page(house.db.read(), &filter, None, 1).await.unwrap();
        assert!(rows[0].details.contains("A stolen laptop"));
        // Nobody shuts themselves out.
        let own = format!("/staff/people/{}", me.id);
        staff.get(&own).await.expect(200, "staff@example.gc.ca").expect_not("/deeds/");
        staff.submit(&format!("{own}/deeds/block"), &[("reason", "x")]).await.expect(403, "");
    }

    async fn a_link_for_a_new_password_and_the_end_of_sessions(test) {
        let house = House::over(&test.db).await;
        let (service, noor, mut browser) = house.team().await;
        let (_, mut staff) = house.staff().await;
        let page = format!("/staff/people/{}", noor.id);
        staff.submit(&format!("{page}/deeds/send-password"), &[("reason", "Asked by telephone")]).await.expect(200, "It was done");
        let link = house.link_to("noor@example.gc.ca").await;
        assert!(link.starts_with("/new-password/"), "{link}");
        house.browser().get(&link).await.expect(200, "password");
        browser.get(&format!("/services/{}", service.id)).await.expect(200, "Permits");
        staff.submit(&format!("{page}/deeds/end-sessions"), &[("reason", "To be safe")]).await.expect(200, "It was done");
        assert!(browser.get("/services").await.path.starts_with("/sign-in"));
        house.signed_in(&noor).await.get("/services").await.expect(200, "Permits");
    }

    async fn an_archived_account_is_gone_and_a_live_service_keeps_its_people(test) {
        let house = House::over(&test.db).await;
        let (service, noor, _) = house.team().await;
        let (_, mut staff) = house.staff().await;
        let lee = house.person("lee@example.gc.ca").await;
        house.join(service.id, &lee, Permissions::all()).await;
        let tx = house.db.begin().await.unwrap();
        service::go_live(&tx, &house.stamp(), service.id).await.unwrap();
        tx.commit().await.unwrap();
        let archive = format!("/staff/people/{}/deeds/archive", noor.id);
        staff.submit(&archive, &[("reason", "Left")]).await.expect(422, "Permits is live and needs this person");
        let kim = house.person("kim@example.gc.ca").await;
        house.join(service.id, &kim, Permissions::all()).await;
        staff.submit(&archive, &[("reason", "Left")]).await.expect(200, "Archived");
        let gone = person::find(house.db.read(), noor.id).await.unwrap().unwrap();
        assert!(gone.archived_at.is_some() && gone.blocked_at.is_some());
        assert!(membership::find(house.db.read(), service.id, noor.id).await.unwrap().is_none());
        assert!(person::find_by_email(house.db.read(), "noor@example.gc.ca").await.unwrap().is_none());
        assert_eq!(house.letters_to("noor@example.gc.ca").await.len(), 1);
        staff.get(&format!("{}?lang=fr", &archive)).await.expect(200, "Archivé");
        // The address is free for somebody new.
        house.person("noor@example.gc.ca").await;
    }
}
