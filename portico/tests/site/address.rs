//! Another address for an account, and closing it (admin specification, section D and journey 12).

use accounts::{Permission, Permissions, membership, person, service};
use chrono::TimeDelta;
use portico::Migrator;

use crate::{
    house::House,
    security::{is_told, proven, set_password},
};

const NOOR: &str = "noor@example.gc.ca";
const NEW: &str = "noor@canada.ca";
const PASSWORD: &str = "quiet river walks home";

testkit::on_each_engine! { Migrator;
    async fn an_address_changes_once_the_new_mailbox_says_so(test) {
        let house = House::over(&test.db).await;
        let (_, mut browser) = proven(&house).await;
        let mut elsewhere = house.signed_in(&house.known(NOOR).await).await;
        browser.get("/profile/address").await.expect(200, NOOR);
        for (typed, said) in [
            ("", "Enter your e"), ("noor@", "such as name@department.gc.ca"),
            ("noor@gmail.com", "Enter a government e"), ("NOOR@example.gc.ca", "This is already your address"),
        ] {
            browser.submit("/profile/address", &[("email_address", typed)]).await.expect(422, said);
        }
        assert!(house.letters_to(NOOR).await.is_empty());
        browser.submit("/profile/address", &[("email_address", "Noor@Canada.ca")]).await.expect(200, "We sent a link to the new address");
        assert_eq!(house.known(NOOR).await.email_address, NOOR, "nothing has changed yet");
        let warned = house.letters_to(NOOR).await.pop().unwrap();
        assert!(warned["change en"].contains(NEW) && warned["link"].contains("/keep-address/"), "{warned:?}");
        let link = house.link_to(NEW).await;
        let mut phone = house.browser();
        phone.get(&link).await.expect(200, NEW);
        assert_eq!(house.known(NOOR).await.email_address, NOOR, "opening changes nothing");
        phone.submit(&link, &[]).await.expect(200, "Your address was changed");
        assert!(person::find_by_email(house.db.read(), NOOR).await.unwrap().is_none());
        elsewhere.get("/profile").await.expect(200, "Sign in");
        assert!(is_told(&house, NEW, NEW).await);
        phone.submit("/sign-in", &[("email_address", NEW), ("password", PASSWORD)]).await.expect(200, "Enter your code");
        phone.get(&link).await.expect(410, "no longer works");
        phone.get("/new-address/nothing").await.expect(404, "Page not found");
    }

    async fn the_old_mailbox_stops_the_change_or_takes_the_account_back(test) {
        let house = House::over(&test.db).await;
        let (_, mut thief) = proven(&house).await;
        for moved in [false, true] {
            house.clock.advance(TimeDelta::seconds(1));
            thief.submit("/profile/address", &[("email_address", NEW)]).await.expect(200, "We sent a link");
            let (keep, link) = (house.link_to(NOOR).await, house.link_to(NEW).await);
            assert!(keep.starts_with("/keep-address/"), "{keep}");
            if moved {
                house.browser().submit(&link, &[]).await.expect(200, "Your address was changed");
                house.clock.advance(TimeDelta::days(2));
            }
            let mut owner = house.browser();
            owner.get(&keep).await.expect(200, NOOR).expect(200, "Keep this address");
            owner.submit(&keep, &[]).await.expect(200, "Choose a new password");
            assert_eq!(house.known(NOOR).await.email_address, NOOR);
            house.browser().get(&link).await.expect(410, "no longer works");
            thief.get("/profile").await.expect(200, "Sign in");
            let fields = [("email_address", NOOR), ("password", PASSWORD)];
            thief.submit("/sign-in", &fields).await.expect(422, "is wrong");
            owner.get(&keep).await.expect(410, "no longer works");
            // For the second round the thief knows a password again.
            let person = house.known(NOOR).await;
            set_password(&house, person.id).await;
            thief = house.signed_in(&person).await;
            thief.submit("/profile/proof", &[("password", PASSWORD)]).await.expect(200, "Your profile");
        }
    }

    async fn a_known_address_looks_like_any_other_and_stays_with_its_owner(test) {
        let house = House::over(&test.db).await;
        let (_, mut browser) = proven(&house).await;
        house.person(NEW).await;
        let known = browser.submit("/profile/address", &[("email_address", NEW)]).await;
        let unknown = browser.submit("/profile/address", &[("email_address", "new@canada.ca")]).await;
        assert_eq!(known.body, unknown.body);
        assert!(house.link_to(NEW).await.ends_with("/sign-in"));
        // Asking again and again would flood a mailbox.
        house.clock.advance(TimeDelta::seconds(1));
        browser.submit("/profile/address", &[("email_address", "new@canada.ca")]).await.expect(200, "We sent a link");
        browser.submit("/profile/address", &[("email_address", "new@canada.ca")]).await.expect(429, "Too many");
        // Somebody who took the address meanwhile keeps it.
        let link = house.link_to("new@canada.ca").await;
        house.person("new@canada.ca").await;
        house.browser().submit(&link, &[]).await.expect(410, "no longer works");
        house.known(NOOR).await;
    }

    async fn an_account_closes_when_no_service_needs_it(test) {
        let house = House::over(&test.db).await;
        let (noor, mut browser) = proven(&house).await;
        let lee = house.person("lee@example.gc.ca").await;
        let (alone, shared) = (house.service("Alone").await, house.service("Shared").await);
        house.join(alone.id, &noor, Permissions::all()).await;
        house.join(shared.id, &noor, Permissions::all()).await;
        house.join(shared.id, &lee, [Permission::SendMessages].into_iter().collect()).await;
        let page = browser.get("/profile/close").await;
        page.expect(200, "You are the only member of this trial service").expect(200, "Nobody else can manage")
            .expect(200, "still need you").expect_not("for good");
        browser.submit("/profile/close", &[]).await.expect(200, "still need you");
        house.join(shared.id, &lee, Permissions::all()).await;
        browser.get("/profile/close").await.expect(200, "with the rest of the team").expect(200, "Close my account for good");
        browser.submit("/profile/close", &[]).await.expect(200, "Your account is closed");
        browser.get("/profile").await.expect(200, "Sign in");
        let after = person::find(house.db.read(), noor.id).await.unwrap().unwrap();
        assert!(after.email_address.ends_with("@closed.invalid") && after.blocked_at.is_some(), "{after:?}");
        assert!(service::get(house.db.read(), alone.id).await.unwrap().is_archived());
        assert_eq!(membership::count(house.db.read(), shared.id).await.unwrap(), 1);
        assert!(house.link_to(NOOR).await.ends_with("/register"));
        let told = house.letters_to("lee@example.gc.ca").await.pop().unwrap();
        assert_eq!((told["member"].as_str(), told["service"].as_str()), ("noor", "Shared"));
        // The address is free again.
        house.person(NOOR).await;
    }

    async fn a_live_service_and_the_platform_keep_somebody(test) {
        let house = House::over(&test.db).await;
        let (noor, mut browser) = proven(&house).await;
        let live = house.service("Live").await;
        let lee = house.person("lee@example.gc.ca").await;
        house.join(live.id, &noor, Permissions::all()).await;
        house.join(live.id, &lee, Permissions::all()).await;
        let tx = house.db.begin().await.unwrap();
        service::go_live(&tx, &house.stamp(), live.id).await.unwrap();
        person::employ(&tx, &house.stamp(), noor.id, true).await.unwrap();
        tx.commit().await.unwrap();
        browser.get("/profile/close").await.expect(200, "A live service needs two members")
            .expect(200, "Nobody else runs the platform");
        browser.submit("/profile/close", &[]).await.expect(200, "Nobody else runs the platform");
        house.known(NOOR).await;
        let mut other = house.signed_in(&lee).await;
        other.get("/profile/close").await.expect(200, "Enter your password");
    }
}
