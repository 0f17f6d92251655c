//! A service's team (admin specification, section L).

use accounts::{Permission, Permissions, ServiceId, membership, service};
use chrono::TimeDelta;
use portico::Migrator;

use crate::house::House;

const LEE: &str = "lee@example.gc.ca";

fn only(permission: Permission) -> Permissions {
    [permission].into_iter().collect()
}

async fn may(
    house: &House,
    service: ServiceId,
    person: &accounts::person::Model,
) -> Option<Permissions> {
    let found = membership::find(house.db.read(), service, person.id).await.unwrap();
    found.map(|found| found.permissions.0)
}

testkit::on_each_engine! { Migrator;
    async fn a_manager_invites_sends_again_and_cancels(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut noor) = house.team().await;
        let team = format!("/services/{}/team", service.id);
        let invite = format!("{team}/invite");
        noor.get(&team).await.expect(200, "noor (you)").expect(200, "At least two people").expect_not("Send again");
        noor.get(&invite).await.expect(200, "Invite somebody");
        let fields = |address: &'static str| [("email_address", address), ("permissions", "send_messages")];
        noor.submit(&invite, &fields("lee@gmail.com")).await
            .expect(422, "Enter a government email address").expect(422, "lee@gmail.com").expect(422, r#"value="send_messages" checked"#);
        noor.submit(&invite, &fields("NOOR@example.gc.ca")).await.expect(422, "You cannot invite yourself");
        noor.submit(&invite, &[("email_address", LEE), ("permissions", "x")]).await.expect(400, "");
        noor.submit(&invite, &fields(LEE)).await
            .expect(200, "The invitation was sent").expect(200, LEE).expect(200, "Invited");
        let first = house.letters_to(LEE).await;
        assert_eq!((first[0]["inviter"].as_str(), first[0]["service"].as_str()), ("noor", "Permits"));
        house.clock.advance(TimeDelta::days(3));
        let mut noor = house.signed_in(&house.known("noor@example.gc.ca").await).await;
        let page = noor.get(&team).await;
        page.expect(200, "Expired");
        let resend = page.between("formaction=\"", "\"").unwrap().to_owned();
        assert!(resend.ends_with("/resend"), "{resend}");
        noor.submit(&resend, &[]).await.expect(200, "Invited").expect_not("Expired");
        noor.submit(&resend, &[]).await;
        let letters = house.letters_to(LEE).await;
        assert_eq!(letters.len(), 2, "a second click sends nothing");
        assert_ne!(letters[0]["link"], letters[1]["link"]);
        noor.submit(&resend.replace("/resend", "/cancel"), &[]).await
            .expect(200, "The invitation was cancelled").expect_not(LEE);
        noor.get(&format!("{team}?lang=fr")).await.expect(200, "Équipe").expect(200, "noor (vous)");
    }

    async fn changes_and_removals_are_told_to_the_member(test) {
        let house = House::over(&test.db).await;
        let (service, noor, mut browser) = house.team().await;
        let lee = house.person(LEE).await;
        house.join(service.id, &lee, Permissions::all()).await;
        let team = format!("/services/{}/team", service.id);
        let member = format!("{team}/{}", lee.id);
        browser.get(&team).await.expect(200, &member);
        browser.get(&member).await.expect(200, LEE);
        browser.submit(&member, &[("permissions", "send_messages")]).await.expect(200, "The change was saved");
        assert_eq!(may(&house, service.id, &lee).await, Some(only(Permission::SendMessages)));
        let letter = house.letters_to(LEE).await.pop().unwrap();
        assert!(letter["change en"].contains("Send messages"), "{letter:?}");
        assert!(letter["change fr"].contains("Envoyer des messages"), "{letter:?}");
        // The other member sees the team and changes nothing in it.
        let mut other = house.signed_in(&lee).await;
        other.get(&team).await.expect(200, "lee (you)").expect_not("/team/invite");
        other.get(&format!("{team}/{}", noor.id)).await.expect(403, "");
        other.submit(&format!("{team}/{}/remove", noor.id), &[]).await.expect(403, "");
        other.submit(&format!("{team}/invite"), &[]).await.expect(403, "");
        // Nobody reaches their own row, or a stranger's.
        browser.get(&format!("{team}/{}", noor.id)).await.expect(404, "");
        house.clock.advance(TimeDelta::minutes(1));
        browser.get(&format!("{member}/remove")).await.expect(200, "Remove lee from the team?");
        assert!(may(&house, service.id, &lee).await.is_some());
        browser.submit(&format!("{member}/remove"), &[]).await.expect(200, "no longer on the team");
        assert_eq!(may(&house, service.id, &lee).await, None);
        assert!(house.letters_to(LEE).await.pop().unwrap()["change en"].contains("removed"));
        other.get(&team).await.expect(404, "");
    }

    async fn a_team_keeps_a_manager_and_a_live_service_two_members(test) {
        let house = House::over(&test.db).await;
        let (service, noor, mut browser) = house.team().await;
        let lee = house.person(LEE).await;
        house.join(service.id, &lee, only(Permission::SendMessages)).await;
        let leave = format!("/services/{}/team/leave", service.id);
        browser.get(&leave).await.expect(200, "need a new invitation");
        browser.submit(&leave, &[]).await.expect(422, "Somebody must be able to change");
        assert!(may(&house, service.id, &noor).await.is_some());
        let tx = house.db.begin().await.unwrap();
        membership::permit(&tx, &house.stamp(), (service.id, lee.id), Permissions::all()).await.unwrap();
        service::go_live(&tx, &house.stamp(), service.id).await.unwrap();
        tx.commit().await.unwrap();
        browser.submit(&leave, &[]).await.expect(422, "at least two members");
        let kim = house.person("kim@example.gc.ca").await;
        house.join(service.id, &kim, Permissions::default()).await;
        browser.submit(&leave, &[]).await.expect(200, "Welcome");
        assert_eq!(may(&house, service.id, &noor).await, None);
        browser.get(&leave).await.expect(404, "");
    }
}
