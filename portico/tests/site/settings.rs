//! A service's settings (admin specification, section M, journey 12).

use accounts::{Permission, Permissions, credential, password, person, service};
use kernel::Secret;
use notify::Channel;
use notify_store::{
    reply_to, retention, setting,
    sms_sender::{self, NewSender},
};
use portico::Migrator;

use crate::house::House;

const PASSWORD: &str = "quiet river walks home";

/// Gives somebody a password.
async fn with_password(house: &House, person: &person::Model) {
    let hash = password::hash(Secret::new(PASSWORD)).await.unwrap();
    let tx = house.db.begin().await.unwrap();
    credential::set_password(&tx, &house.stamp(), person.id, hash).await.unwrap();
    tx.commit().await.unwrap();
}

testkit::on_each_engine! { Migrator;
    async fn a_manager_switches_and_a_programmer_only_reads(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut browser) = house.team().await;
        let page = format!("/services/{}/settings", service.id);
        browser.get(&page).await.expect(200, "permits@").expect(200, "on trial").expect(200, "Change").expect(200, "Emails: 7 days");
        let change = format!("{page}/change");
        browser.get(&change).await.expect(200, "Texts to other countries").expect(200, "can cost several parts");
        let fields = [("channel", "email"), ("international", "yes")];
        browser.submit(&change, &fields).await.expect(200, "was saved");
        let row = setting::get(house.db.read(), service.id).await.unwrap();
        assert_eq!(row.permissions, "email,international_sms,upload_document");
        assert!(!row.prefix_sms);
        browser.submit(&change, &[("channel", "email"), ("channel", "sms"), ("prefix_sms", "yes")]).await.expect(200, "was saved");
        let row = setting::get(house.db.read(), service.id).await.unwrap();
        assert_eq!((row.permissions.as_str(), row.prefix_sms), ("email,sms,upload_document", true));
        let programmer = house.person("kim@example.gc.ca").await;
        house.join(service.id, &programmer, [Permission::ManageKeys].into_iter().collect::<Permissions>()).await;
        let mut programmer = house.signed_in(&programmer).await;
        programmer.get(&page).await.expect(200, "permits@").expect_not("/settings/change").expect_not("/archive");
        for form in ["change", "name", "name/confirm", "retention", "archive"] {
            programmer.submit(&format!("{page}/{form}"), &fields).await.expect(403, "");
        }
        programmer.get(&format!("{page}?lang=fr")).await.expect(200, "Paramètres").expect(200, "Expéditeurs des messages texte");
    }

    async fn a_new_name_is_shown_first_and_takes_the_password(test) {
        let house = House::over(&test.db).await;
        let (service, noor, mut browser) = house.team().await;
        let page = format!("/services/{}/settings/name", service.id);
        house.service("Licences").await;
        browser.get(&page).await.expect(200, "Permits");
        browser.submit(&page, &[("name", ""), ("email_from", "!!")]).await.expect(422, "Enter the name").expect(422, "Enter the part before the @");
        let wanted = [("name", "Permits – Permis"), ("email_from", "permis")];
        browser.submit(&page, &wanted).await.expect(200, "Permits – Permis &#60;permis@").expect(200, "Your password");
        assert_eq!(service::get(house.db.read(), service.id).await.unwrap().name, "Permits");
        let confirm = format!("{page}/confirm");
        let with = |password: &'static str| [wanted[0], wanted[1], ("password", password)];
        browser.submit(&confirm, &with(PASSWORD)).await.expect(422, "Your account has no password");
        with_password(&house, &noor).await;
        browser.submit(&confirm, &with("something else entirely")).await.expect(422, "This is not your password").expect_not("something else");
        let taken = [("name", "Licences"), ("email_from", "permits"), ("password", PASSWORD)];
        browser.submit(&confirm, &taken).await.expect(422, "Another service has this name");
        let taken = [("name", "Renamed"), ("email_from", "licences"), ("password", PASSWORD)];
        browser.submit(&confirm, &taken).await.expect(422, "Another service sends from licences");
        assert_eq!(service::get(house.db.read(), service.id).await.unwrap().name, "Permits");
        browser.submit(&confirm, &with(PASSWORD)).await.expect(200, "was saved").expect(200, "permis@").expect(200, "<strong>Permits – Permis</strong>");
    }

    async fn keeping_is_shortened_within_bounds_and_senders_have_a_default(test) {
        let house = House::over(&test.db).await;
        let (service, noor, mut browser) = house.team().await;
        let settings = format!("/services/{}/settings", service.id);
        let page = format!("{settings}/retention");
        browser.get(&page).await.expect(200, "3 days").expect(200, "7 days");
        browser.submit(&page, &[("email", "2"), ("sms", "8")]).await.expect(422, "Choose from 3 to 7 days").expect(422, "href=\"#sms\"");
        browser.submit(&page, &[("email", "3"), ("sms", "7")]).await.expect(200, "was saved").expect(200, "Emails: 3 days");
        let kept = retention::get(house.db.read(), service.id, Channel::Email).await.unwrap();
        assert_eq!(kept.get(), 3);
        let page = format!("{settings}/senders");
        browser.get(&page).await.expect(200, "no number of its own");
        let tx = house.db.begin().await.unwrap();
        for sender in ["+16135550100", "Permits"] {
            let wanted = NewSender { sender: sender.to_owned(), is_default: false, receives: false };
            sms_sender::add(&tx, &house.stamp(), service.id, &wanted).await.unwrap();
        }
        tx.commit().await.unwrap();
        let all = sms_sender::list(house.db.read(), service.id).await.unwrap();
        let other = all.iter().find(|one| !one.is_default).unwrap();
        browser.submit(&format!("{page}/{}/default", other.id), &[]).await.expect(200, "was saved");
        assert_eq!(sms_sender::default(house.db.read(), service.id).await.unwrap().unwrap().id, other.id);
        // A sender of another service is not there.
        let elsewhere = house.service("Licences").await;
        house.join(elsewhere.id, &noor, Permissions::all()).await;
        let path = format!("/services/{}/settings/senders/{}/default", elsewhere.id, other.id);
        browser.submit(&path, &[]).await.expect(404, "");
    }

    async fn the_first_reply_address_is_the_default_and_each_removal_is_asked_for(test) {
        let house = House::over(&test.db).await;
        let (service, noor, mut browser) = house.team().await;
        let page = format!("/services/{}/settings/reply-to", service.id);
        browser.get(&page).await.expect(200, "replies reach nobody");
        browser.submit(&page, &[("email_address", "nobody")]).await.expect(422, "Enter an email address");
        browser.submit(&page, &[("email_address", "one@example.gc.ca")]).await.expect(200, "was saved");
        browser.submit(&page, &[("email_address", "ONE@example.gc.ca")]).await.expect(422, "already");
        browser.submit(&page, &[("email_address", "two@example.gc.ca")]).await.expect(200, "two@example.gc.ca");
        let all = reply_to::list(house.db.read(), service.id).await.unwrap();
        let id = |address: &str| all.iter().find(|one| one.email_address == address).unwrap().id;
        let (one, two) = (id("one@example.gc.ca"), id("two@example.gc.ca"));
        browser.submit(&format!("{page}/{one}/remove"), &[]).await.expect(400, "");
        browser.submit(&format!("{page}/{two}/default"), &[]).await.expect(200, "was saved");
        browser.get(&format!("{page}/{one}/remove")).await.expect(200, "Remove this reply address").expect(200, "one@example.gc.ca");
        assert_eq!(reply_to::list(house.db.read(), service.id).await.unwrap().len(), 2);
        browser.submit(&format!("{page}/{one}/remove"), &[]).await.expect(200, "was saved").expect_not("one@example.gc.ca");
        let default = reply_to::default(house.db.read(), service.id).await.unwrap().unwrap();
        assert_eq!(default.id, two);
        let elsewhere = house.service("Licences").await;
        house.join(elsewhere.id, &noor, Permissions::all()).await;
        browser.get(&format!("/services/{}/settings/reply-to/{two}/remove", elsewhere.id)).await.expect(404, "");
    }

    async fn a_service_ends_by_its_name_and_a_password_and_a_live_one_by_staff_only(test) {
        let house = House::over(&test.db).await;
        let (service, noor, mut browser) = house.team().await;
        with_password(&house, &noor).await;
        let kim = house.person("kim@example.gc.ca").await;
        house.join(service.id, &kim, Permissions::default()).await;
        let page = format!("/services/{}/settings/archive", service.id);
        browser.get(&page).await.expect(200, "cannot be undone").expect(200, "type the name of the service: Permits");
        browser.submit(&page, &[("name", "permits"), ("password", "wrong")]).await.expect(422, "Type the name exactly").expect(422, "This is not your password");
        let tx = house.db.begin().await.unwrap();
        service::go_live(&tx, &house.stamp(), service.id).await.unwrap();
        tx.commit().await.unwrap();
        let right = [("name", "Permits"), ("password", PASSWORD)];
        browser.get(&page).await.expect(200, "deleted by staff only").expect_not("name=\"password\"");
        browser.submit(&page, &right).await.expect(403, "");
        let (staff, mut staff_browser) = house.staff().await;
        with_password(&house, &staff).await;
        staff_browser.submit(&page, &right).await.expect(200, "The service was deleted");
        let gone = service::get(house.db.read(), service.id).await.unwrap();
        assert!(gone.is_archived());
        browser.get(&format!("/services/{}", service.id)).await.expect(404, "");
        assert_eq!(house.letters_to("kim@example.gc.ca").await[0]["service"], "Permits");
        // Name and address are free again.
        let again = house.service("Permits").await;
        assert_eq!(setting::get(house.db.read(), again.id).await.unwrap().email_from, "permits");
    }
}
