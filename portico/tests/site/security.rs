//! What protects an account: the authenticator app, recovery codes, the password before both (admin specification,
//! sections C and D).

use accounts::{PersonId, credential, password, person, retention, session, sign_in, sign_in_code};
use chrono::TimeDelta;
use kernel::Secret;
use portico::Migrator;
use testkit::{Browser, Page};

use crate::house::House;

const NOOR: &str = "noor@example.gc.ca";
const PASSWORD: &str = "quiet river walks home";

/// A confirmed person with a password.
async fn noor(house: &House) -> person::Model {
    let noor = house.person(NOOR).await;
    set_password(house, noor.id).await;
    noor
}

/// Gives somebody the password of these tests.
pub async fn set_password(house: &House, person: PersonId) {
    let hash = password::hash(Secret::new(PASSWORD.to_owned())).await.unwrap();
    let tx = house.db.begin().await.unwrap();
    credential::set_password(&tx, &house.stamp(), person, hash).await.unwrap();
    tx.commit().await.unwrap();
}

/// Somebody who has signed in and given the password again.
pub async fn proven(house: &House) -> (person::Model, Browser) {
    let noor = noor(house).await;
    let mut browser = house.signed_in(&noor).await;
    let fields = [("password", PASSWORD), ("next", "/profile")];
    browser.submit("/profile/proof", &fields).await.expect(200, "Your profile");
    (noor, browser)
}

/// Whether a letter to `address` says this in French.
pub async fn is_told(house: &House, address: &str, what: &str) -> bool {
    let letters = house.letters_to(address).await;
    letters.iter().any(|letter| letter.get("change fr").is_some_and(|said| said.contains(what)))
}

/// The code that an app with the secret on this page shows now.
fn code(house: &House, secret: &str) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret.replace(' ', "")).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret).with_account_name("noor").build();
    totp.unwrap().generate(u64::try_from(house.clock.now().timestamp()).unwrap()).to_string()
}

fn codes(page: &Page) -> Vec<String> {
    let list = page.between("<ol class=\"codes\">", "</ol>").expect("codes");
    let code = |item: &str| item.split("</code>").next().unwrap().to_owned();
    list.split("<code>").skip(1).map(code).collect()
}

/// Sets up an app; its secret and the recovery codes.
async fn with_app(house: &House, browser: &mut Browser) -> (String, Vec<String>) {
    browser.get("/profile/app").await.expect(200, "Install an app first");
    let page = browser.submit("/profile/app/begin", &[]).await;
    page.expect(200, "Scan this code").expect(200, r#"<svg class="qr""#);
    let secret = page.between("id=\"secret\">", "<").unwrap().to_owned();
    let page = browser.submit("/profile/app", &[("code", &code(house, &secret))]).await;
    page.expect(200, "An authenticator app now gives the codes")
        .expect(200, "They are not shown again");
    (secret, codes(&page))
}

async fn password_given(house: &House) -> Browser {
    let mut browser = house.browser();
    let fields = [("email_address", NOOR), ("password", PASSWORD)];
    browser.submit("/sign-in", &fields).await.expect(200, "Enter your code");
    browser
}

testkit::on_each_engine! { Migrator;
    async fn the_password_comes_before_what_protects_the_account(test) {
        let house = House::over(&test.db).await;
        let mut browser = house.signed_in(&noor(&house).await).await;
        let page = browser.get("/profile/app").await;
        page.expect(200, "Enter your password").expect(200, r#"name="next" value="/profile/app""#);
        browser.submit("/profile/app/begin", &[]).await.expect(200, r#"name="next" value="/profile/app""#);
        let wrong = [("password", "quiet river walks away"), ("next", "/profile/app")];
        browser.submit("/profile/proof", &wrong).await.expect(422, "This is not your current password")
            .expect(422, r#"name="next" value="/profile/app""#).expect_not("walks away");
        let astray = [("password", PASSWORD), ("next", "//evil.example")];
        let page = browser.submit("/profile/proof", &astray).await;
        assert_eq!(page.path, "/profile");
        browser.get("/profile/app").await.expect(200, "Set up the app");
        house.clock.advance(TimeDelta::minutes(16));
        browser.get("/profile/app").await.expect(200, "Enter your password");
        browser.get("/profile/recovery").await.expect(200, "Enter your password");
        house.browser().get("/profile/app").await.expect(200, "Sign in");
    }

    async fn an_app_is_set_up_asked_for_and_removed(test) {
        let house = House::over(&test.db).await;
        let (_, mut browser) = proven(&house).await;
        browser.submit("/profile/app", &[("code", "123456")]).await.expect(200, "Set up the app");
        browser.submit("/profile/app/begin", &[]).await;
        browser.submit("/profile/app", &[("code", "12345")]).await.expect(422, "This code is wrong");
        browser.submit("/profile/app/remove", &[]).await.expect(200, "Not set up");
        assert!(house.letters_to(NOOR).await.is_empty());
        let (secret, spare) = with_app(&house, &mut browser).await;
        assert_eq!(spare.len(), 8);
        browser.get("/profile").await.expect(200, "Set up on November").expect(200, "8 codes are left");
        // A second start does not take away the one that is set up.
        browser.submit("/profile/app/begin", &[]).await.expect(200, "Remove the app");
        house.clock.advance(TimeDelta::seconds(30));
        let mut other = password_given(&house).await;
        other.get("/sign-in/code").await.expect(200, "Six digits from your authenticator app").expect_not("Send a new code");
        other.submit("/sign-in/code", &[("code", "12345")]).await.expect(422, "digits only");
        let right = code(&house, &secret);
        other.submit("/sign-in/code", &[("code", &right)]).await.expect(200, "Welcome");
        let mut third = password_given(&house).await;
        third.submit("/sign-in/code", &[("code", &right)]).await.expect(422, "This code is wrong");
        other.get("/profile").await.expect(200, "Password and authenticator app");
        browser.submit("/profile/app/remove", &[]).await.expect(200, "The authenticator app was removed");
        assert!(is_told(&house, NOOR, "L’application d’authentification a été retirée").await);
        house.clock.advance(TimeDelta::seconds(30));
        let mut fourth = password_given(&house).await;
        let by_mail = house.code_to(NOOR).await;
        fourth.submit("/sign-in/code", &[("code", &by_mail)]).await.expect(200, "Welcome");
    }

    async fn a_recovery_code_is_the_way_out_once(test) {
        let house = House::over(&test.db).await;
        let (_, mut browser) = proven(&house).await;
        let (_, spare) = with_app(&house, &mut browser).await;
        let mut other = password_given(&house).await;
        other.get("/sign-in/code").await.expect(200, "Use a recovery code");
        other.get("/sign-in/recovery").await.expect(200, "Enter a recovery code");
        other.submit("/sign-in/recovery", &[("code", "bcdf-ghjk")]).await.expect(422, "This code is wrong");
        let typed = spare[0].to_uppercase();
        other.submit("/sign-in/recovery", &[("code", &typed)]).await.expect(200, "Welcome");
        assert!(is_told(&house, NOOR, "Il en reste 7").await);
        let mut third = password_given(&house).await;
        third.submit("/sign-in/recovery", &[("code", &spare[0])]).await.expect(422, "used already");
        // New ones end the old ones, and are shown in one answer only.
        browser.get("/profile/recovery").await.expect(200, "7 codes are left").expect_not(&spare[1]);
        let fresh = codes(&browser.submit("/profile/recovery", &[]).await);
        browser.get("/profile/recovery").await.expect(200, "8 codes are left").expect_not(&fresh[0]);
        third.submit("/sign-in/recovery", &[("code", &spare[1])]).await.expect(422, "This code is wrong");
        third.submit("/sign-in/recovery", &[("code", &fresh[0])]).await.expect(200, "Welcome");
    }

    async fn preferences_are_kept_and_times_follow_the_zone(test) {
        let house = House::over(&test.db).await;
        let mut browser = house.signed_in(&noor(&house).await).await;
        browser.get("/profile").await.expect(200, "7:00 EST").expect(200, r#"value="America/Toronto" selected"#);
        let fields = [("name", "noor"), ("language", "en"), ("time_zone", "America/Vancouver"), ("wants_news", "true")];
        browser.submit("/profile", &fields).await.expect(200, "4:00 PST");
        assert!(house.known(NOOR).await.wants_news);
        assert!(house.letters_to(NOOR).await.is_empty(), "a preference is no danger");
        let fields = [("name", "Noor"), ("language", "en"), ("time_zone", "America/Vancouver")];
        browser.submit("/profile", &fields).await.expect(200, "Your profile was saved");
        let after = house.known(NOOR).await;
        assert_eq!((after.wants_news, after.time_zone.as_str()), (false, "America/Vancouver"));
        assert!(is_told(&house, NOOR, "Votre nom est maintenant Noor.").await);
        browser.submit("/profile", &[("name", "Noor"), ("language", "en"), ("time_zone", "Mars")]).await
            .expect(400, "could not be understood");
    }

    async fn what_is_over_is_removed_and_what_is_open_stays(test) {
        let house = House::over(&test.db).await;
        let noor = noor(&house).await;
        password_given(&house).await;
        house.clock.advance(TimeDelta::hours(30));
        let mut open = house.signed_in(&noor).await;
        assert_eq!(retention::purge(&house.db, house.clock.now()).await.unwrap(), 2, "a session and a code");
        open.get("/profile").await.expect(200, "This browser");
        let db = house.db.read();
        assert_eq!(session::list(db, noor.id, house.clock.now()).await.unwrap().len(), 1);
        assert_eq!(sign_in::recent(db, noor.id, 5).await.unwrap().len(), 0);
        assert_eq!(sign_in_code::recovery_left(db, noor.id).await.unwrap(), 0);
        assert_eq!(retention::purge(&house.db, house.clock.now()).await.unwrap(), 0);
    }
}
