//! A service's settings (admin specification, section M).

use accounts::{Permission, Permissions, service};
use notify_store::{reply_to, setting};
use portico::Migrator;

use crate::house::House;

testkit::on_each_engine! { Migrator;
    async fn a_manager_changes_and_a_programmer_only_reads(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut browser) = house.team().await;
        let page = format!("/services/{}/settings", service.id);
        browser.get(&page).await.expect(200, "permits@").expect(200, "on trial").expect(200, "Change");
        house.service("Licences").await;
        let change = format!("{page}/change");
        browser.get(&change).await.expect(200, "Permits");
        browser.submit(&change, &[("name", "Licences"), ("email_from", "permits")]).await.expect(422, "Another service has this name");
        browser.submit(&change, &[("name", "Renamed"), ("email_from", "licences")]).await.expect(422, "Another service sends from licences");
        assert_eq!(service::get(house.db.read(), service.id).await.unwrap().name, "Permits");
        let fields = [("name", "Permits – Permis"), ("email_from", "permis"), ("channel", "email")];
        browser.submit(&change, &fields).await.expect(200, "was saved").expect(200, "permis@");
        let row = setting::get(house.db.read(), service.id).await.unwrap();
        assert_eq!(row.permissions, "email,international_sms,upload_document");
        assert!(!row.prefix_sms);
        let programmer = house.person("kim@example.gc.ca").await;
        house.join(service.id, &programmer, [Permission::ManageKeys].into_iter().collect::<Permissions>()).await;
        let mut programmer = house.signed_in(&programmer).await;
        programmer.get(&page).await.expect(200, "permis@").expect_not("/settings/change");
        programmer.submit(&change, &fields).await.expect(403, "");
        programmer.get(&format!("{page}?lang=fr")).await.expect(200, "Paramètres");
    }

    async fn the_first_reply_address_is_the_default_and_stays_while_there_are_others(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut browser) = house.team().await;
        let page = format!("/services/{}/settings/reply-to", service.id);
        browser.get(&page).await.expect(200, "replies reach nobody");
        browser.submit(&page, &[("email_address", "nobody")]).await.expect(422, "Enter an e-mail address");
        browser.submit(&page, &[("email_address", "one@example.gc.ca")]).await.expect(200, "was saved");
        browser.submit(&page, &[("email_address", "ONE@example.gc.ca")]).await.expect(422, "already");
        browser.submit(&page, &[("email_address", "two@example.gc.ca")]).await.expect(200, "two@example.gc.ca");
        let all = reply_to::list(house.db.read(), service.id).await.unwrap();
        let id = |address: &str| all.iter().find(|one| one.email_address == address).unwrap().id;
        let (one, two) = (id("one@example.gc.ca"), id("two@example.gc.ca"));
        browser.submit(&format!("{page}/{one}/remove"), &[]).await.expect(400, "");
        browser.submit(&format!("{page}/{two}/default"), &[]).await.expect(200, "was saved");
        browser.submit(&format!("{page}/{one}/remove"), &[]).await.expect(200, "was saved").expect_not("one@example.gc.ca");
        let default = reply_to::default(house.db.read(), service.id).await.unwrap().unwrap();
        assert_eq!(default.id, two);
    }
}
