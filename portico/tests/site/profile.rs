//! The profile (admin specification, section D).

use accounts::{credential, password, person};
use kernel::{Language, Secret};
use portico::Migrator;

use crate::house::House;

const NOOR: &str = "noor@example.gc.ca";
const OLD: &str = "quiet river walks home";
const NEW: &str = "seven green bicycles sing";

async fn with_password(house: &House) -> person::Model {
    let noor = house.person(NOOR).await;
    let hash = password::hash(Secret::new(OLD.to_owned())).await.unwrap();
    let tx = house.db.begin().await.unwrap();
    credential::set_password(&tx, &house.stamp(), noor.id, hash).await.unwrap();
    tx.commit().await.unwrap();
    noor
}

testkit::on_each_engine! { Migrator;
    async fn somebody_changes_name_and_language(test) {
        let house = House::over(&test.db).await;
        let noor = house.person(NOOR).await;
        let mut browser = house.signed_in(&noor).await;
        house.browser().get("/profile").await.expect(200, "Sign in");
        browser.get("/profile").await.expect(200, NOOR).expect(200, r#"href="/profile""#).expect(200, "This browser");
        browser.submit("/profile", &[("name", " "), ("language", "fr")]).await.expect(422, "Enter your full name");
        browser.submit("/profile", &[("name", "Noor A"), ("language", "fr")]).await
            .expect(200, "Your profile was saved").expect(200, r#"value="Noor A""#);
        let after = house.known(NOOR).await;
        assert_eq!((after.name.as_str(), after.language.0), ("Noor A", Language::French));
        browser.get("/profile?lang=fr").await.expect(200, "Votre profil").expect(200, "Vos sessions ouvertes");
    }

    async fn a_new_password_ends_the_other_sessions_and_is_told(test) {
        let house = House::over(&test.db).await;
        let noor = with_password(&house).await;
        let mut here = house.signed_in(&noor).await;
        let mut there = house.signed_in(&noor).await;
        let wrong = here.submit("/profile/password", &[("current", NEW), ("password", NEW)]).await;
        wrong.expect(422, "This is not your current password").expect_not(NEW);
        here.submit("/profile/password", &[("current", OLD), ("password", "password1234")]).await
            .expect(422, "easy to guess");
        there.get("/profile").await.expect(200, "This browser");
        here.submit("/profile/password", &[("current", OLD), ("password", NEW)]).await
            .expect(200, "Your password was changed").expect_not("Sign out there");
        there.get("/profile").await.expect(200, "Sign in").expect_not("This browser");
        let letter = house.letters_to(NOOR).await.pop().unwrap();
        assert!(letter["change fr"].contains("mot de passe"), "{letter:?}");
    }

    async fn a_session_elsewhere_is_ended_by_its_owner_only(test) {
        let house = House::over(&test.db).await;
        let noor = house.person(NOOR).await;
        let lee = house.person("lee@example.gc.ca").await;
        let mut here = house.signed_in(&noor).await;
        let mut there = house.signed_in(&noor).await;
        let page = here.get("/profile").await;
        let end = page.between("formaction=\"", "\"").unwrap().to_owned();
        house.signed_in(&lee).await.submit(&end, &[]).await;
        there.get("/profile").await.expect(200, "This browser");
        here.submit(&end, &[]).await.expect(200, "You are signed out there");
        there.get("/profile").await.expect_not("This browser");
        here.get("/profile").await.expect(200, "This browser");
    }
}
