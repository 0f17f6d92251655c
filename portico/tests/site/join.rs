//! Asking to join a team (admin specification, section (c) 2).

use accounts::{Permission, Permissions, domain, membership, organisation, service};
use chrono::TimeDelta;
use portico::Migrator;

use crate::house::House;

const NOOR: &str = "noor@example.gc.ca";
const REASON: &str = "I answer for permits in the west";

testkit::on_each_engine! { Migrator;
    async fn somebody_finds_asks_and_is_let_in(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut manager) = house.team().await;
        let lee = house.person("lee@example.gc.ca").await;
        house.join(service.id, &lee, [Permission::SendMessages].into_iter().collect()).await;
        let ana = house.person("ana@example.gc.ca").await;
        let mut asker = house.signed_in(&ana).await;
        asker.get("/services").await.expect(200, r#"href="/services/join""#);
        asker.get("/services/join").await.expect(200, "Name of the service").expect_not("Services found");
        asker.get("/services/join?name=p").await.expect(422, "at least 2 letters");
        asker.get("/services/join?name=nothing").await.expect(200, "No service of your organisation");
        let page = asker.get("/services/join?name=PERM").await;
        let ask = format!("/services/join/{}", service.id);
        page.expect(200, &format!(r#"<a href="{ask}">Permits</a>"#));
        asker.get(&ask).await.expect(200, "Ask to join Permits");
        asker.submit(&ask, &[("reason", " ")]).await.expect(422, "Enter a reason");
        asker.submit(&ask, &[("reason", &"x".repeat(501))]).await.expect(422, "at most 500");
        asker.submit(&ask, &[("reason", REASON)]).await.expect(200, "Your request was sent").expect(200, "Permits");
        // Asking again while waiting changes nothing.
        asker.submit(&ask, &[("reason", REASON)]).await.expect(429, "Too many");
        let letter = house.letters_to(NOOR).await.pop().unwrap();
        assert_eq!((letter["member"].as_str(), letter["reason"].as_str()), ("ana", REASON));
        assert!(house.letters_to("lee@example.gc.ca").await.is_empty(), "only those who decide are asked");
        let decide = house.link_to(NOOR).await;
        manager.get(&format!("/services/{}/team", service.id)).await.expect(200, "Requests to join").expect(200, &decide);
        house.signed_in(&lee).await.get(&decide).await.expect(403, "permission");
        manager.get(&decide).await.expect(200, REASON).expect(200, "ana@example.gc.ca");
        let may = [("permissions", "view_activity"), ("permissions", "send_messages")];
        manager.submit(&decide, &may).await.expect(200, "The person is now on the team").expect_not("Requests to join");
        let joined = membership::find(house.db.read(), service.id, ana.id).await.unwrap().unwrap();
        let expected: Permissions = [Permission::ViewActivity, Permission::SendMessages].into_iter().collect();
        assert_eq!(joined.permissions.0, expected);
        let told = house.letters_to("ana@example.gc.ca").await.pop().unwrap();
        assert!(told["change fr"].contains("Votre demande a été acceptée"), "{told:?}");
        manager.get(&decide).await.expect(404, "Page not found");
        // Who is on the team finds it no more.
        asker.get("/services/join?name=perm").await.expect(200, "No service of your organisation");
        asker.get(&ask).await.expect(404, "Page not found");
    }

    async fn a_refusal_has_words(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut manager) = house.team().await;
        let ana = house.person("ana@example.gc.ca").await;
        let mut asker = house.signed_in(&ana).await;
        let ask = format!("/services/join/{}", service.id);
        asker.submit(&ask, &[("reason", REASON)]).await;
        let decide = house.link_to(NOOR).await;
        manager.submit(&format!("{decide}/refuse"), &[]).await.expect(422, "Enter an answer");
        let answer = [("words", "Please ask the team of the west.")];
        manager.submit(&format!("{decide}/refuse"), &answer).await.expect(200, "The request was refused");
        let told = house.letters_to("ana@example.gc.ca").await.pop().unwrap();
        assert_eq!(told["words"], "Please ask the team of the west.");
        assert!(membership::find(house.db.read(), service.id, ana.id).await.unwrap().is_none());
        // Nobody asks for ever.
        house.clock.advance(TimeDelta::seconds(1));
        asker.submit(&ask, &[("reason", REASON)]).await.expect(200, "Your request was sent");
    }

    async fn services_of_others_are_not_there(test) {
        let house = House::over(&test.db).await;
        let (service, ..) = house.team().await;
        let ask = format!("/services/join/{}", service.id);
        // Another domain, one that only ends alike, and the built-in service.
        for address in ["eve@canada.ca", "eve@notexample.gc.ca", "eve@sub.example.gc.ca"] {
            let mut eve = house.signed_in(&house.person(address).await).await;
            eve.get("/services/join?name=permits").await.expect(200, "No service of your organisation");
            eve.get("/services/join?name=portico").await.expect(200, "No service of your organisation");
            eve.get(&ask).await.expect(404, "Page not found");
            eve.submit(&ask, &[("reason", REASON)]).await.expect(404, "Page not found");
        }
        // An organisation's domains make its services known to its people, also below the domain.
        let tx = house.db.begin().await.unwrap();
        let agency = organisation::create(&tx, &house.stamp(), "Agency").await.unwrap();
        domain::set(&tx, &house.stamp(), agency.id, &["agency.ca".to_owned()]).await.unwrap();
        service::join(&tx, &house.stamp(), service.id, Some(agency.id)).await.unwrap();
        tx.commit().await.unwrap();
        let mut bo = house.signed_in(&house.person("bo@west.agency.ca").await).await;
        bo.get("/services/join?name=permits").await.expect(200, &ask);
        // What is put away is gone.
        let tx = house.db.begin().await.unwrap();
        service::archive(&tx, &house.stamp(), service.id).await.unwrap();
        tx.commit().await.unwrap();
        bo.get("/services/join?name=permits").await.expect(200, "No service of your organisation");
        bo.get(&ask).await.expect(404, "Page not found");
    }
}
