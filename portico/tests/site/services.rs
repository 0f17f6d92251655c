//! A person's services.

use portico::Migrator;

use crate::house::House;

testkit::on_each_engine! { Migrator;
    async fn a_member_sees_the_service_and_a_stranger_does_not(test) {
        let house = House::over(&test.db).await;
        let (_, _, mut member) = house.team().await;
        member.get("/services").await.expect(200, "Permits").expect(200, "Trial services");
        let stranger = house.person("lee@example.gc.ca").await;
        house.signed_in(&stranger).await.get("/services").await.expect(200, "Welcome").expect_not("Permits");
    }

    async fn only_a_government_address_makes_services_and_names_are_unique(test) {
        let house = House::over(&test.db).await;
        let (_, _, mut member) = house.team().await;
        member.submit("/services/new", &[("name", "Permits")]).await
            .expect(422, "Another service has this name");
        member.submit("/services/new", &[("name", "Licences"), ("email_from", "permits")]).await
            .expect(422, "Another service sends from permits");
        member.submit("/services/new", &[("name", "A \"b\"")]).await.expect(422, "straight quotation marks");
        let guest = house.person("lee@example.org").await;
        let mut guest = house.signed_in(&guest).await;
        guest.get("/services").await.expect_not("/services/new");
        guest.get("/services/new").await.expect(403, "do not have permission");
    }
}
