//! The link of an invitation to a team (admin specification, section B.4).

use accounts::{Permission, ServiceId, membership, person};
use chrono::TimeDelta;
use portico::Migrator;
use testkit::Browser;

use crate::house::House;

const LEE: &str = "lee.roy@example.gc.ca";
const PASSWORD: &str = "quiet river walks home";

/// A service whose team has invited Lee to send: the service, the inviter's browser, the link.
async fn invited(house: &House) -> (ServiceId, Browser, String) {
    let (service, _, mut noor) = house.team().await;
    let invite = format!("/services/{}/team/invite", service.id);
    noor.submit(&invite, &[("email_address", LEE), ("permissions", "send_messages")])
        .await
        .expect(200, "The invitation was sent");
    (service.id, noor, house.link_to(LEE).await)
}

testkit::on_each_engine! { Migrator;
    async fn somebody_without_an_account_makes_one_and_is_on_the_team(test) {
        let house = House::over(&test.db).await;
        let (service, _, link) = invited(&house).await;
        let mut lee = house.browser();
        lee.get(&link).await
            .expect(200, "Join the team of Permits").expect(200, "noor invites you").expect(200, r#"value="Lee Roy""#);
        // A mail scanner that opens the link changes nothing.
        assert!(person::find_by_email(house.db.read(), LEE).await.unwrap().is_none());
        let form = format!("{link}/account");
        lee.submit(&form, &[("name", "Lee R"), ("password", "password1234")]).await
            .expect(422, "easy to guess").expect(422, r#"value="Lee R""#).expect_not("password1234");
        lee.submit(&form, &[("name", "Lee R"), ("password", PASSWORD)]).await
            .expect(200, "Lee R (you)").expect(200, "Send messages");
        let person = house.known(LEE).await;
        assert!(person.confirmed_at.is_some());
        let member = membership::find(house.db.read(), service, person.id).await.unwrap().unwrap();
        assert_eq!(member.permissions.0, [Permission::SendMessages].into_iter().collect());
        lee.get(&link).await.expect(410, "accepted already").expect(410, "Go to the team");
        let mut again = house.browser();
        again.submit(&form, &[("name", "Eve"), ("password", PASSWORD)]).await.expect(410, "accepted already");
        assert_eq!(house.known(LEE).await.name, "Lee R");
    }

    async fn somebody_with_an_account_signs_in_and_accepts(test) {
        let house = House::over(&test.db).await;
        let lee = house.person(LEE).await;
        let (service, mut noor, link) = invited(&house).await;
        let mut nobody = house.browser();
        let sign_in = nobody.get(&link).await;
        assert!(sign_in.path.starts_with("/sign-in?next=%2Finvitation%2F"), "{}", sign_in.path);
        // Nobody sets the password of an account that exists.
        let form = format!("{link}/account");
        let page = nobody.submit(&form, &[("name", "Eve"), ("password", PASSWORD)]).await;
        assert!(page.path.starts_with("/sign-in"), "{}", page.path);
        assert_eq!(house.known(LEE).await.name, "lee.roy");
        noor.get(&link).await.expect(403, "signed in as noor@example.gc.ca");
        noor.submit(&link, &[]).await.expect(403, "somebody else");
        let mut browser = house.signed_in(&lee).await;
        browser.get(&format!("{link}?lang=fr")).await.expect(200, "Accepter l’invitation");
        assert!(membership::find(house.db.read(), service, lee.id).await.unwrap().is_none());
        browser.submit(&link, &[]).await.expect(200, "lee.roy (vous)");
        assert!(membership::find(house.db.read(), service, lee.id).await.unwrap().is_some());
    }

    async fn a_cancelled_or_expired_invitation_says_so(test) {
        let house = House::over(&test.db).await;
        let (service, mut noor, link) = invited(&house).await;
        house.clock.advance(TimeDelta::hours(7));
        let page = noor.get(&format!("/services/{service}/team")).await;
        let resend = page.between("formaction=\"", "\"").unwrap().to_owned();
        noor.submit(&resend.replace("/resend", "/cancel"), &[]).await.expect(200, "was cancelled");
        let mut lee = house.browser();
        lee.get(&link).await.expect(410, "was cancelled. Ask noor");
        lee.submit(&format!("{link}/account"), &[("name", "Lee"), ("password", PASSWORD)]).await
            .expect(410, "was cancelled");
        assert!(person::find_by_email(house.db.read(), LEE).await.unwrap().is_none());
        noor.submit(&format!("/services/{service}/team/invite"), &[("email_address", LEE)]).await
            .expect(200, "The invitation was sent");
        let second = house.link_to(LEE).await;
        assert_ne!(link, second);
        house.clock.advance(TimeDelta::days(3));
        lee.get(&second).await.expect(410, "has expired");
        lee.get("/invitation/unknown").await.expect(404, "");
    }
}
