//! Call-backs, the message log, and what the team is told of keys (admin specification, section K, journey 9).

use accounts::{Capabilities, KeyKind, Permission, Permissions, api_key};
use chrono::TimeDelta;
use notify::{
    Channel,
    callback::{Kind, Outcome},
};
use notify_store::{
    callback::{
        self,
        attempt::{self, Attempt},
    },
    inbox::accept_group,
};
use portico::Migrator;
use std::time::Duration;
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{header, method, path},
};

use crate::{
    dashboard::{message, template},
    house::House,
};

/// A receiver that answers with `status`.
async fn receiver(status: u16) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(status)).mount(&server).await;
    server
}

testkit::on_each_engine! { Migrator;
    async fn a_call_back_is_tested_kept_and_removed_and_its_token_never_shown(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut browser) = house.team().await;
        let page = format!("/services/{}/api/callbacks", service.id);
        browser.get(&page).await.expect(200, "How messages ended").expect(200, "Not set").expect_not("Received texts");
        let delivery = format!("{page}/delivery");
        let token = "a token-of-ten";
        browser.submit(&delivery, &[]).await.expect(422, "Enter the address of the receiver").expect(422, "Enter the bearer token");
        for (url, words) in [
            ("http://example.gc.ca/x", "must begin with https"), ("https://10.0.0.1/x", "private network"),
            ("https://169.254.169.254/latest", "private network"), ("https://me:pw@example.gc.ca/", "user name"), ("nonsense", "Enter a whole address"),
        ] {
            browser.submit(&delivery, &[("url", url), ("token", "token-of-theirs")]).await.expect(422, words).expect(422, "href=\"#url\"");
        }
        let lost = receiver(404).await;
        browser.submit(&delivery, &[("url", &lost.uri()), ("token", "short")]).await.expect(422, "at least 10 characters");
        browser.submit(&delivery, &[("url", &lost.uri()), ("token", token)]).await.expect(422, "no spaces");
        browser.submit(&delivery, &[("url", &lost.uri()), ("token", "token-of-theirs")]).await.expect(422, "status 404");
        assert!(callback::list(house.db.read(), service.id).await.unwrap().is_empty());
        // One in the 500s is there and did not know the question.
        let there = MockServer::start().await;
        Mock::given(method("POST")).and(path("/hook")).and(header("authorization", "Bearer token-of-theirs"))
            .respond_with(ResponseTemplate::new(503)).mount(&there).await;
        let url = format!("{}/hook", there.uri());
        let fields = [("url", url.as_str()), ("token", "token-of-theirs")];
        let test = [fields[0], fields[1], ("deed", "test")];
        browser.submit(&delivery, &test).await.expect(200, "status 503").expect(200, "milliseconds");
        assert!(callback::list(house.db.read(), service.id).await.unwrap().is_empty(), "a test keeps nothing");
        browser.submit(&delivery, &fields).await.expect(200, "The call-back was saved").expect_not("token-of-theirs").expect(200, "There is a token");
        browser.get(&page).await.expect(200, &url).expect(200, ">On<");
        // The kept token goes with the kept address only.
        browser.submit(&delivery, &[("url", &url), ("deed", "test")]).await.expect(200, "status 503");
        browser.submit(&delivery, &[("url", &lost.uri()), ("deed", "test")]).await.expect(422, "has to be entered again");
        let secret = browser.submit(&format!("{delivery}/secret"), &[]).await;
        let kept = callback::find(house.db.read(), service.id, Kind::Delivery).await.unwrap().unwrap();
        secret.expect(200, kept.secrets(&house.vault).unwrap().signing.expose());
        browser.get(&format!("{delivery}/remove")).await.expect(200, "will no longer be told");
        browser.submit(&format!("{delivery}/remove"), &[]).await.expect(200, "The call-back was removed");
        browser.get(&format!("{delivery}/remove")).await.expect(404, "");
        browser.get(&format!("{page}/elephant")).await.expect(404, "");
        browser.get(&format!("{delivery}?lang=fr")).await.expect(200, "Jeton du porteur");
    }

    async fn a_suspended_call_back_is_told_of_once_and_goes_on_after_a_test(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut browser) = house.team().await;
        let page = format!("/services/{}/api/callbacks/delivery", service.id);
        let there = receiver(200).await;
        browser.submit(&page, &[("url", &there.uri()), ("token", "token-of-theirs")]).await.expect(200, "was saved");
        for nth in 0..25_u8 {
            let tx = house.db.begin().await.unwrap();
            let now = house.clock.now();
            let words = Some(format!("the receiver answered 500, try {nth}"));
            let made = Attempt { kind: Kind::Delivery, event: uuid(nth), outcome: Outcome::Again, words, took: Duration::from_millis(12) };
            attempt::keep(&tx, service.id, made, now).await.unwrap();
            assert_eq!(callback::failed(&tx, service.id, Kind::Delivery, &there.uri(), now).await.unwrap(), nth == 24);
            tx.commit().await.unwrap();
        }
        let shown = browser.get(&page).await;
        shown.expect(200, "Suspended").expect(200, "try 24").expect(200, "Failed, will be tried again").expect(200, "go on");
        assert_eq!(notify_pages::notice::tell(&house.accounts).await.unwrap(), 1);
        assert_eq!(notify_pages::notice::tell(&house.accounts).await.unwrap(), 0);
        let letters = house.letters_to("noor@example.gc.ca").await;
        assert_eq!((letters.len(), letters[0]["kind fr"].as_str()), (1, "Issue des messages"));
        there.reset().await;
        Mock::given(method("POST")).respond_with(ResponseTemplate::new(401)).mount(&there).await;
        browser.submit(&format!("{page}/resume"), &[]).await.expect(422, "status 401");
        assert!(callback::find(house.db.read(), service.id, Kind::Delivery).await.unwrap().unwrap().suspended_at.is_some());
        there.reset().await;
        Mock::given(method("POST")).respond_with(ResponseTemplate::new(204)).mount(&there).await;
        browser.submit(&format!("{page}/resume"), &[]).await.expect(200, "the call-back goes on").expect_not("Suspended");
        browser.submit(&format!("{page}/resume"), &[]).await.expect(404, "");
    }

    async fn call_backs_and_the_log_are_for_those_who_manage_keys(test) {
        let house = House::over(&test.db).await;
        let (service, _, _) = house.team().await;
        let lee = house.person("lee@example.gc.ca").await;
        let mut browser = house.signed_in(&lee).await;
        let pages = ["api/callbacks", "api/callbacks/delivery", "api/callbacks/delivery/remove", "api/log"];
        for page in pages {
            browser.get(&format!("/services/{}/{page}", service.id)).await.expect(404, "");
        }
        house.join(service.id, &lee, [Permission::ManageService].into_iter().collect()).await;
        for page in pages {
            browser.get(&format!("/services/{}/{page}", service.id)).await.expect(403, "");
        }
    }

    async fn the_log_and_the_keys_show_what_programs_sent(test) {
        let house = House::over(&test.db).await;
        let (service, noor, mut browser) = house.team().await;
        let page = format!("/services/{}/api", service.id);
        browser.get(&format!("{page}/log")).await.expect(200, "No message was sent through the API");
        let letter = template(&house, service.id, Channel::Email, "Decision letter").await;
        let tx = house.db.begin().await.unwrap();
        let wanted = api_key::NewKey { name: "Trial run".to_owned(), kind: KeyKind::Test, capabilities: Capabilities::default() };
        let key = api_key::issue(&tx, &house.vault, &house.stamp(), service.id, &wanted).await.unwrap();
        tx.commit().await.unwrap();
        let mut group = Vec::new();
        for nth in 0..3 {
            let to = format!("person{nth}@example.gc.ca");
            let mut one = message(&house, (service.id, letter), (Channel::Email, &to), 50);
            one.notification.api_key_id = Some(key.id);
            one.notification.key_kind = KeyKind::Test.into();
            one.charge = None;
            group.push(one);
        }
        let mut by_person = message(&house, (service.id, letter), (Channel::Email, "own@example.gc.ca"), 50);
        by_person.notification.created_by = Some(noor.id);
        group.push(by_person);
        let id = group[0].notification.id;
        accept_group(&house.db, group).await.unwrap();
        browser.get(&format!("{page}/log")).await.expect(200, "person2@example.gc.ca").expect(200, "Trial run").expect(200, "ref-7")
            .expect(200, &id.to_string()).expect_not("own@example.gc.ca");
        browser.get(&page).await.expect(200, "Sent in 7 days").expect(200, "class=\"number\">3<").expect(200, "1,000 requests a minute");
        house.clock.advance(TimeDelta::days(8));
        let mut browser = house.signed_in(&noor).await;
        browser.get(&page).await.expect(200, "class=\"number\">0<");
    }

    async fn the_team_is_told_when_a_key_is_made_or_revoked(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut browser) = house.team().await;
        let kim = house.person("kim@example.gc.ca").await;
        house.join(service.id, &kim, [Permission::ManageService].into_iter().collect::<Permissions>()).await;
        let page = format!("/services/{}/api", service.id);
        browser.submit(&format!("{page}/keys/new"), &[("name", "Permit system"), ("kind", "team")]).await.expect(200, "It is not shown again");
        let letters = house.letters_to("kim@example.gc.ca").await;
        assert_eq!((letters[0]["key"].as_str(), letters[0]["person"].as_str()), ("Permit system", "noor"));
        assert_eq!(letters[0]["kind fr"], "Équipe et liste d’envoi permise");
        assert!(letters.iter().flat_map(|one| one.values()).all(|value| !value.contains("gcntfy-")), "no letter brings the key");
        let key = api_key::list(house.db.read(), service.id).await.unwrap()[0].id;
        browser.submit(&format!("{page}/keys/{key}/revoke"), &[]).await.expect(200, "The key was revoked");
        assert_eq!(house.letters_to("kim@example.gc.ca").await.len(), 2);
        assert_eq!(house.letters_to("noor@example.gc.ca").await.len(), 2);
        let five: Vec<_> = (0..6).map(|nth| ("email", ["a@x.ca", "b@x.ca", "c@x.ca", "d@x.ca", "e@x.ca", "f@x.ca"][nth])).collect();
        browser.submit(&format!("{page}/safelist"), &five).await.expect(422, "At most 5").expect(422, "href=\"#email-6\"");
        browser.submit(&format!("{page}/safelist"), &five[..5]).await.expect(200, "The safelist was saved");
    }
}

fn uuid(nth: u8) -> uuid::Uuid {
    uuid::Uuid::from_u128(u128::from(nth) + 1)
}
