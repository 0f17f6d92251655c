//! Registration and sign-in (admin specification, journeys 1 and 2).

use chrono::TimeDelta;
use portico::Migrator;

use crate::house::House;

const WHO: &str = "noor@example.gc.ca";
const PASSWORD: &str = "quiet river walks home";

fn form(password: &'static str) -> [(&'static str, &'static str); 4] {
    [("name", "Noor"), ("email_address", WHO), ("password", password), ("agree", "true")]
}

testkit::on_each_engine! { Migrator;
    async fn somebody_registers_confirms_and_makes_a_service(test) {
        let house = House::over(&test.db).await;
        let mut browser = house.browser();
        browser.get("/register").await.expect(200, "Create an account");
        browser.submit("/register", &[]).await.expect(422, "Enter your full name")
            .expect(422, "Agree to the terms");
        browser.submit("/register", &[("name", "N"), ("email_address", "a@gmail.com"), ("password", "password1234"), ("agree", "true")])
            .await.expect(422, "Enter a government email address").expect(422, "easy to guess");
        assert!(house.letters_to("a@gmail.com").await.is_empty());
        browser.submit("/register", &form(PASSWORD)).await.expect(200, "Check your email");
        let link = house.link_to(WHO).await;
        browser.get(&link).await.expect(200, WHO);
        browser.submit(&link, &[]).await.expect(200, "Welcome").expect(200, "Create your first service");
        browser.get("/services/new").await.expect(200, "Add a service");
        browser.submit("/services/new", &[("name", "")]).await.expect(422, "Enter the name of the service");
        let service = browser.submit("/services/new", &[("name", "Permis – Permits")]).await;
        assert!(service.path.starts_with("/services/"), "{}", service.path);
        browser.get("/services").await.expect(200, "Permis – Permits");
        // The link works once, also in another browser.
        house.browser().get(&link).await.expect(410, "no longer works");
    }

    async fn registering_again_looks_the_same_and_writes_to_the_owner(test) {
        let house = House::over(&test.db).await;
        house.person(WHO).await;
        let mut browser = house.browser();
        browser.submit("/register", &form(PASSWORD)).await.expect(200, "Check your email");
        let letters = house.letters_to(WHO).await;
        assert!(letters[0].contains_key("reset link"), "{letters:?}");
    }

    async fn a_password_and_a_code_open_the_site(test) {
        let house = House::over(&test.db).await;
        let mut browser = house.browser();
        browser.submit("/register", &form(PASSWORD)).await;
        let link = house.link_to(WHO).await;
        browser.submit(&link, &[]).await;
        browser.submit("/sign-out", &[]).await.expect(200, "You are signed out");
        let sign_in = browser.get("/services/new?x=1").await;
        sign_in.expect(200, "Sign in");
        assert_eq!(sign_in.path, "/sign-in?next=%2Fservices%2Fnew%3Fx%3D1");
        let wrong = browser.submit("/sign-in", &[("email_address", WHO), ("password", "x")]).await;
        let unknown = browser.submit("/sign-in", &[("email_address", "who@example.gc.ca"), ("password", "x")]).await;
        assert_eq!(wrong.body.replace(WHO, ""), unknown.body.replace("who@example.gc.ca", ""));
        let fields = [("email_address", WHO), ("password", PASSWORD), ("next", "/services/new?x=1")];
        browser.submit("/sign-in", &fields).await.expect(200, "Enter your code");
        // Half signed in opens nothing.
        browser.get("/services").await.expect(200, "Sign in");
        browser.submit("/sign-in/code", &[("code", "abcde")]).await.expect(422, "digits only");
        let code = house.code_to(WHO).await;
        let other = if code == "00000" { "00001" } else { "00000" };
        browser.submit("/sign-in/code", &[("code", other)]).await.expect(422, "This code is wrong");
        browser.submit("/sign-in/code", &[("code", &code), ("next", "/services/new?x=1")]).await
            .expect(200, "Add a service");
        house.clock.advance(TimeDelta::seconds(1));
        let mut second = house.browser();
        second.submit("/sign-in", &fields).await;
        second.submit("/sign-in/code", &[("code", &code)]).await.expect(422, "used already");
        // The first code was used, so the second sign-in had a code of its own at once.
        let own = house.code_to(WHO).await;
        assert_ne!(own, code);
        second.submit("/sign-in/code", &[("code", &own)]).await.expect(200, "Welcome");
        // Nobody is sent to another site.
        let astray = second.get("/sign-in?next=//evil.example").await;
        astray.expect_not(r#"name="next" value="//evil.example""#);
        // Eight hours without a click end it.
        house.clock.advance(TimeDelta::hours(9));
        browser.get("/services").await.expect(200, "Sign in");
    }

    async fn ten_failures_lock_and_a_new_password_unlocks(test) {
        let house = House::over(&test.db).await;
        let mut browser = house.browser();
        browser.submit("/register", &form(PASSWORD)).await;
        let link = house.link_to(WHO).await;
        browser.submit(&link, &[]).await;
        browser.submit("/sign-out", &[]).await;
        for _ in 0..9 {
            browser.submit("/sign-in", &[("email_address", WHO), ("password", "x")]).await.expect(422, "is wrong");
        }
        browser.submit("/sign-in", &[("email_address", WHO), ("password", "x")]).await.expect(422, "too many wrong");
        browser.submit("/sign-in", &[("email_address", WHO), ("password", PASSWORD)]).await.expect(422, "too many wrong");
        house.clock.advance(TimeDelta::minutes(1));
        browser.submit("/forgot-password", &[("email_address", "nobody@example.gc.ca")]).await.expect(200, "Check your email");
        browser.submit("/forgot-password", &[("email_address", WHO)]).await.expect(200, "Check your email");
        let link = house.link_to(WHO).await;
        browser.get(&link).await.expect(200, "Choose a new password");
        browser.submit(&link, &[("password", "password1234")]).await.expect(422, "easy to guess");
        browser.submit(&link, &[("password", "seven green bicycles sing")]).await.expect(200, "Your password was changed");
        browser.submit("/sign-in", &[("email_address", WHO), ("password", "seven green bicycles sing")]).await
            .expect(200, "Enter your code");
        browser.get(&link).await.expect(410, "no longer works");
    }

    async fn a_form_from_elsewhere_is_refused(test) {
        let house = House::over(&test.db).await;
        let mut browser = house.browser();
        browser.get("/register").await;
        let media = "application/x-www-form-urlencoded".to_owned();
        let page = browser.send(http::Method::POST, "/register", (media, b"name=x&csrf=wrong".to_vec())).await;
        page.expect(400, "no longer valid");
    }
}
