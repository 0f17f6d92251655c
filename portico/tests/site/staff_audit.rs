//! Finding anything, the audit record and a service's history (admin specification, sections F.6 and O.3, journey 12).

use accounts::{
    Permissions,
    api_key::{self, Capabilities, KeyKind, NewKey},
    membership, organisation, service,
};
use notify::Channel;
use notify_store::template;
use portico::Migrator;

use crate::house::House;

async fn template(house: &House, service: accounts::ServiceId) -> notify_store::TemplateId {
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
    let made = template::create(&tx, &house.stamp(), service, "test", wanted).await.unwrap();
    tx.commit().await.unwrap();
    made.head.id
}

testkit::on_each_engine! { Migrator;
    async fn identifiers_of_every_kind_names_and_addresses_are_found(test) {
        let house = House::over(&test.db).await;
        let (service, noor, _) = house.team().await;
        let (_, mut staff) = house.staff().await;
        let template = template(&house, service.id).await;
        let tx = house.db.begin().await.unwrap();
        let agency = organisation::create(&tx, &house.stamp(), "Permit Agency").await.unwrap();
        let wanted = NewKey { name: "Nightly".to_owned(), kind: KeyKind::Team, capabilities: Capabilities::default() };
        let key = api_key::issue(&tx, &house.vault, &house.stamp(), service.id, &wanted).await.unwrap();
        tx.commit().await.unwrap();
        staff.get("/staff/find").await.expect(200, "One or many identifiers").expect_not("<table");
        let nothing = "018f4e1c-0000-7000-8000-0000000000ff";
        let q = format!("{}, {} / {template}\n({}) [{}] {nothing}", service.id, noor.id, agency.id, key.id);
        staff.submit("/staff/find", &[("q", &q)]).await
            .expect(200, &format!("/staff/services/{}", service.id))
            .expect(200, &format!("/staff/people/{}", noor.id))
            .expect(200, &format!("/staff/organisations/{}", agency.id))
            .expect(200, &format!("/services/{}/templates/{template}", service.id))
            .expect(200, "Nightly")
            .expect(200, &format!("<code>{nothing}</code>"));
        staff.submit("/staff/find", &[("q", "permit")]).await.expect(200, "Permits").expect(200, "Permit Agency").expect_not("noor@");
        staff.submit("/staff/find", &[("q", "Noor@Example")]).await.expect(200, "noor@example.gc.ca");
        staff.submit("/staff/find", &[("q", "no such thing")]).await.expect(200, "Nothing was found");
        staff.submit("/staff/find", &[("q", " ")]).await.expect(200, "One or many identifiers");
    }

    async fn a_message_is_found_by_the_reference_of_its_client(test) {
        let house = House::over(&test.db).await;
        let (_, mut staff) = house.staff().await;
        // The letters of the product are messages; give one a reference, as a program would.
        let (service, ..) = house.team().await;
        staff.submit(&format!("/staff/services/{}/deeds/suspend", service.id), &[("reason", "Why")]).await;
        let office = service::by_name(house.db.read(), "Portico").await.unwrap().unwrap();
        use sea_orm::ConnectionTrait;
        let tx = house.db.begin().await.unwrap();
        tx.execute_unprepared("UPDATE notification SET reference = 'order-17'").await.unwrap();
        tx.commit().await.unwrap();
        let found = notify_store::lookup::by_reference(house.db.read(), "order-17", 10).await.unwrap();
        assert_eq!((found.len(), found[0].service_id), (1, office.id));
        staff.submit("/staff/find", &[("q", "order-17")]).await
            .expect(200, &format!("/services/{}/messages/{}", office.id, found[0].id));
    }

    async fn the_record_is_filtered_paged_and_taken_away(test) {
        let house = House::over(&test.db).await;
        let (service, noor, _) = house.team().await;
        let (me, mut staff) = house.staff().await;
        for n in 0..60 {
            house.clock.advance(chrono::TimeDelta::milliseconds(5));
            let tx = house.db.begin().await.unwrap();
            service::rename(&tx, &house.stamp(), service.id, &format!("Name {n}")).await.unwrap();
            tx.commit().await.unwrap();
        }
        let page = format!("/staff/services/{}", service.id);
        staff.submit(&format!("{page}/deeds/suspend"), &[("reason", "=HYPERLINK(1)")]).await;
        staff.get("/staff/audit").await.expect(200, "Name 59").expect(200, "service.suspend").expect_not("notification.accept");
        staff.submit("/staff/audit", &[("who", "staff@example.gc.ca")]).await
            .expect(200, "<code>service.suspend</code>").expect_not("service.rename").expect(200, "staff@example.gc.ca");
        staff.submit("/staff/audit", &[("who", "nobody@example.gc.ca")]).await.expect(422, "Nobody is called this");
        staff.submit("/staff/audit", &[("from", "2026-13-01"), ("service", "No such")]).await
            .expect(422, "Enter a day as").expect(422, "No service is called this");
        staff.submit("/staff/audit", &[("from", "2026-11-22"), ("to", "2026-11-21")]).await.expect(422, "before the first");
        staff.submit("/staff/audit", &[("what", "membership"), ("service", "Name 59")]).await
            .expect(200, "membership.add").expect_not("service.rename");
        staff.submit("/staff/audit", &[("subject", &noor.id.to_string())]).await.expect(200, "<code>person.confirm</code>").expect_not("<code>service.");
        staff.submit("/staff/audit", &[("to", "2001-01-01")]).await.expect(200, "No record is like this");
        let list = staff.get(&format!("/staff/audit?service={}&what=service.rename", service.id)).await;
        list.expect(200, "Name 59").expect_not("to: Name 9<");
        let older = list.between("older_than=", "\"").unwrap().to_owned();
        staff.get(&format!("/staff/audit?service={}&what=service.rename&older_than={older}", service.id)).await.expect(200, "to: Name 5<");
        staff.get("/staff/audit?who=robot:1").await.expect(400, "");
        staff.get("/staff/audit?lang=fr").await.expect(200, "Registre de vérification").expect(200, "100\u{a0}000");
        let file = staff.get(&format!("/staff/audit.csv?service={}", service.id)).await;
        assert!(file.headers["content-type"].to_str().unwrap().starts_with("text/csv"));
        assert_eq!(file.body.matches("\"service.rename\"").count(), 60);
        assert!(file.body.contains(&format!("\"person:{}\"", me.id)));
        assert!(file.body.starts_with("\u{feff}\"at\",\"actor\""), "{}", &file.body[..60]);
    }

    async fn a_manager_reads_what_happened_day_by_day(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut browser) = house.team().await;
        let (_, mut staff) = house.staff().await;
        template(&house, service.id).await;
        let page = format!("/services/{}/history", service.id);
        let lee = house.person("lee@example.gc.ca").await;
        house.join(service.id, &lee, Permissions::default()).await;
        staff.submit(&format!("/staff/services/{}/deeds/suspend", service.id), &[("reason", "Complaints")]).await;
        browser.get(&page).await
            .expect(200, "An operator of the platform created the service.")
            .expect(200, "created the template “Permit ready”.")
            .expect(200, "added lee to the team.")
            .expect(200, "staff (staff of the platform) suspended the service.")
            .expect(200, "<blockquote><p>Complaints</p></blockquote>")
            .expect_not("made a change");
        browser.get(&format!("{page}?lang=fr")).await.expect(200, "a suspendu le service").expect(200, "personnel de la plateforme");
        browser.get(&format!("/services/{}/settings?lang=en", service.id)).await.expect(200, &page);
        let mut member = house.signed_in(&lee).await;
        member.get(&page).await.expect(403, "");
        assert!(membership::find(house.db.read(), service.id, lee.id).await.unwrap().is_some());
    }
}
