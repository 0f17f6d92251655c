//! Organisations: what staff set and what members see (admin specification, section N).

use accounts::{
    OrganisationId, domain,
    organisation::{self, Kind, member},
    service,
};
use portico::Migrator;

use crate::house::House;

const LEE: &str = "lee@example.gc.ca";

async fn known(house: &House, name: &str) -> organisation::Model {
    organisation::by_name(house.db.read(), name).await.unwrap().unwrap()
}

async fn domains(house: &House, id: OrganisationId) -> Vec<String> {
    domain::list(house.db.read(), id).await.unwrap()
}

testkit::on_each_engine! { Migrator;
    async fn staff_add_and_change_organisations_with_domains_of_their_own(test) {
        let house = House::over(&test.db).await;
        let (_, mut staff) = house.staff().await;
        let new = "/staff/organisations/new";
        staff.get(new).await.expect(200, "Federal government");
        staff.submit(new, &[("name", ""), ("kind", "odd"), ("domains", "https://tax.gc.ca")]).await
            .expect(422, "Enter the name").expect(422, "Choose a kind").expect(422, "is not a domain").expect(422, "https://tax.gc.ca");
        staff.submit(new, &[("name", "Tax  Agency"), ("kind", "federal"), ("domains", "Tax.gc.ca\n@impots.gc.ca, tax.gc.ca")]).await
            .expect(200, "was added").expect(200, "impots.gc.ca");
        let tax = known(&house, "Tax Agency").await;
        assert_eq!(tax.kind.0, Kind::Federal);
        assert_eq!(domains(&house, tax.id).await, ["impots.gc.ca", "tax.gc.ca"]);
        staff.submit(new, &[("name", "Tax Agency"), ("kind", "other"), ("domains", "tax.gc.ca")]).await
            .expect(422, "Another organisation has this name").expect(422, "tax.gc.ca belongs to Tax Agency already");
        staff.submit(new, &[("name", "Ville"), ("kind", "municipal"), ("domains", "")]).await.expect(200, "was added");
        let change = format!("/staff/organisations/{}/change", tax.id);
        staff.get(&change).await.expect(200, "impots.gc.ca");
        staff.submit(&change, &[("name", "Ville"), ("kind", "federal")]).await.expect(422, "Another organisation has this name");
        staff.submit(&change, &[("name", "Revenue"), ("kind", "provincial"), ("domains", "tax.gc.ca")]).await.expect(200, "was saved");
        let revenue = known(&house, "Revenue").await;
        assert_eq!((revenue.id, revenue.kind.0), (tax.id, Kind::Provincial));
        assert_eq!(domains(&house, tax.id).await, ["tax.gc.ca"]);
        let filter = audit::Filter { action: Some("organisation.domains".to_owned()), ..Default::default() };
        assert_eq!(audit::page(house.db.read(), &filter, None, 10).await.unwrap().len(), 2);
        staff.get("/staff/organisations?q=REV").await.expect(200, "Revenue").expect_not("Ville");
        staff.get("/staff/organisations?after=Revenue&lang=fr").await.expect(200, "Ville").expect(200, "Première page").expect_not(">Revenue<");
    }

    async fn a_member_is_invited_sees_live_services_and_is_removed(test) {
        let house = House::over(&test.db).await;
        let (_, mut staff) = house.staff().await;
        let tx = house.db.begin().await.unwrap();
        let stamp = house.stamp();
        let tax = organisation::create(&tx, &stamp, "Tax Agency").await.unwrap();
        for (name, live) in [("Refunds", true), ("Rehearsal", false)] {
            let made = service::create(&tx, &stamp, name, Some(tax.id)).await.unwrap();
            if live {
                service::go_live(&tx, &stamp, made.id).await.unwrap();
            }
        }
        tx.commit().await.unwrap();
        let page = format!("/organisations/{}", tax.id);
        let members = format!("{page}/members");
        staff.get(&page).await.expect(200, "Refunds").expect_not("Rehearsal");
        staff.submit(&members, &[("email_address", "lee@gmail.com")]).await.expect(422, "Enter a government email address").expect(422, "lee@gmail.com");
        staff.submit(&members, &[("email_address", "lee")]).await.expect(422, "Enter an email address");
        staff.submit(&members, &[("email_address", LEE)]).await.expect(200, "was sent").expect(200, LEE);
        let link = house.link_to(LEE).await;
        // Somebody without an account reads what to do first.
        house.browser().get(&link).await.expect(200, "Create an account with the address lee@example.gc.ca");
        let lee = house.person(LEE).await;
        let kim = house.person("kim@example.gc.ca").await;
        let mut stranger = house.signed_in(&kim).await;
        stranger.get(&link).await.expect(403, "This invitation is for somebody else");
        stranger.submit(&link, &[]).await.expect(403, "");
        for path in [&page, &members, &format!("{members}/{}/remove", lee.id)] {
            stranger.get(path).await.expect(404, "");
        }
        stranger.submit(&members, &[("email_address", "kim@example.gc.ca")]).await.expect(404, "");
        let mut browser = house.signed_in(&lee).await;
        browser.get(&link).await.expect(200, "Accept the invitation");
        assert!(!member::is_member(house.db.read(), tax.id, lee.id).await.unwrap());
        browser.submit(&link, &[]).await.expect(200, "Refunds").expect_not("Rehearsal");
        browser.get("/services").await.expect(200, "Tax Agency").expect(200, &page);
        browser.get(&link).await.expect(410, "accepted already");
        // A member who is not on the team reads the figures and nothing more.
        let refunds = service::by_name(house.db.read(), "Refunds").await.unwrap().unwrap();
        browser.get(&page).await.expect_not(&refunds.id.to_string());
        browser.get(&format!("/services/{}/templates", refunds.id)).await.expect(404, "");
        browser.get(&format!("/staff/organisations/{}", tax.id)).await.expect(403, "");
        browser.get(&format!("{page}?year=1999&lang=fr")).await.expect(200, "Rien n’a été envoyé");
        browser.get(&format!("{members}?lang=en")).await.expect(200, "lee (you)");
        // An invitation that is cancelled leads nowhere.
        browser.submit(&members, &[("email_address", "kim@example.gc.ca")]).await.expect(200, "was sent");
        let list = browser.get(&members).await;
        let cancel = list.between("formaction=\"", "\"").unwrap().to_owned();
        browser.submit(&cancel, &[]).await.expect(200, "was cancelled").expect_not("kim@");
        let kims = house.link_to("kim@example.gc.ca").await;
        stranger.submit(&kims, &[]).await.expect(410, "was cancelled");
        let remove = format!("{members}/{}/remove", lee.id);
        staff.get(&remove).await.expect(200, "Remove lee from the organisation?");
        staff.submit(&remove, &[]).await.expect(200, "no longer a member");
        browser.get(&page).await.expect(404, "");
    }
}
