//! Keys and the safelist (admin specification, journey 9).

use accounts::{Permission, Permissions, api_key, person};
use notify_store::safelist;
use portico::Migrator;

use crate::house::House;

testkit::on_each_engine! { Migrator;
    async fn a_key_is_shown_once_and_revoked_for_ever(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut browser) = house.team().await;
        let page = format!("/services/{}/api", service.id);
        browser.get(&page).await.expect(200, "There are no API keys yet");
        let new = format!("{page}/keys/new");
        browser.get(&new).await.expect(200, "Not while the service is on trial");
        browser.submit(&new, &[]).await.expect(422, "Enter a name for the key").expect(422, "Choose the type");
        browser.submit(&new, &[("name", "Permits"), ("kind", "normal")]).await.expect(422, "Not while the service is on trial");
        let asked = [("name", "Permit system"), ("kind", "team"), ("capability", "manage_templates"), ("capability", "manage_reports")];
        let made = browser.submit(&new, &asked).await;
        made.expect(200, "It is not shown again").expect(200, &format!("gcntfy-Permit system-{}-", service.id));
        assert_eq!(made.path, new);
        assert_eq!(made.headers["cache-control"], "no-store");
        browser.submit(&new, &asked).await.expect(422, "a key with this name");
        browser.get(&page).await.expect(200, "Permit system").expect(200, "Never")
            .expect(200, "Manage reports").expect_not("gcntfy-");
        let keys = api_key::list(house.db.read(), service.id).await.unwrap();
        assert_eq!(keys.len(), 1);
        let revoke = format!("{page}/keys/{}/revoke", keys[0].id);
        browser.get(&revoke).await.expect(200, "at once and for ever");
        browser.submit(&revoke, &[]).await.expect(200, "The key was revoked").expect(200, "Revoked keys");
        let key = api_key::find(house.db.read(), service.id, keys[0].id).await.unwrap().unwrap();
        assert!(key.revoked_at.is_some());
        browser.get(&revoke).await.expect(404, "");
    }

    async fn only_members_with_the_permission_make_keys(test) {
        let house = House::over(&test.db).await;
        let (service, _, _) = house.team().await;
        let page = format!("/services/{}/api", service.id);
        let sender = house.person("kim@example.gc.ca").await;
        house.join(service.id, &sender, [Permission::SendMessages].into_iter().collect()).await;
        let mut sender = house.signed_in(&sender).await;
        sender.get("/services").await;
        sender.get(&page).await.expect(403, "");
        let staff = house.person("staff@example.gc.ca").await;
        let tx = house.db.begin().await.unwrap();
        person::employ(&tx, &house.stamp(), staff.id, true).await.unwrap();
        tx.commit().await.unwrap();
        let mut staff = house.signed_in(&staff).await;
        staff.get(&page).await.expect(200, "API integration").expect_not("/api/keys/new");
        staff.submit(&format!("{page}/keys/new"), &[("name", "x"), ("kind", "test")]).await.expect(403, "");
        // A key of another service is not there.
        let other = house.service("Licences").await;
        let stranger = house.person("lee@example.gc.ca").await;
        house.join(other.id, &stranger, Permissions::all()).await;
        let mut stranger = house.signed_in(&stranger).await;
        stranger.get(&page).await.expect(404, "");
    }

    async fn the_safelist_says_which_field_is_wrong_and_keeps_the_rest(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut browser) = house.team().await;
        let page = format!("/services/{}/api/safelist", service.id);
        browser.get(&page).await.expect(200, "Mobile number 5");
        browser.submit(&page, &[("email", "friend@example.org"), ("email", "nobody"), ("phone", "12")]).await
            .expect(422, "friend@example.org").expect(422, "href=\"#email-2\"").expect(422, "Number must have 10 digits");
        assert!(safelist::list(house.db.read(), service.id).await.unwrap().is_empty());
        let fields = [("email", ""), ("email", "Friend@example.org"), ("phone", "613 555 0142"), ("phone", "")];
        browser.submit(&page, &fields).await.expect(200, "The safelist was saved");
        browser.get(&page).await.expect(200, "friend@example.org").expect(200, "+16135550142");
        browser.submit(&page, &[("email", "friend@example.org")]).await.expect(200, "was saved");
        let kept = safelist::list(house.db.read(), service.id).await.unwrap();
        assert_eq!(kept.iter().map(|one| one.recipient.as_str()).collect::<Vec<_>>(), ["friend@example.org"]);
        browser.get(&format!("{page}?lang=fr")).await.expect(200, "Liste d’envoi permise");
    }
}
