//! The list of messages with what narrows it down, and one message with its history (admin specification, section I,
//! journey 11).

use accounts::{Capabilities, KeyKind, Permission, api_key};
use chrono::TimeDelta;
use notify::{Channel, Status};
use notify_store::inbox::accept_group;
use portico::Migrator;

use crate::{
    dashboard::{accept, end, message, template},
    house::House,
};

testkit::on_each_engine! { Migrator;
    async fn the_list_is_narrowed_down_by_everything_that_is_known(test) {
        let house = House::over(&test.db).await;
        let (service, noor, mut browser) = house.team().await;
        let page = format!("/services/{}/messages", service.id);
        let [letter, note] = [template(&house, service.id, Channel::Email, "Decision letter").await, template(&house, service.id, Channel::Sms, "Short note").await];
        let tx = house.db.begin().await.unwrap();
        let wanted = api_key::NewKey { name: "Permit system".to_owned(), kind: KeyKind::Normal, capabilities: Capabilities::default() };
        let key = api_key::issue(&tx, &house.vault, &house.stamp(), service.id, &wanted).await.unwrap();
        tx.commit().await.unwrap();
        let of = |template| (service.id, template);
        let mut by_person = message(&house, of(letter), (Channel::Email, "one@example.gc.ca"), 1000);
        by_person.notification.created_by = Some(noor.id);
        by_person.notification.reference = None;
        let mut by_key = message(&house, of(letter), (Channel::Email, "two@example.gc.ca"), 1000);
        by_key.notification.api_key_id = Some(key.id);
        let by_text = message(&house, of(note), (Channel::Sms, "+16135550142"), 1000);
        let (one, two) = (by_person.notification.id, by_key.notification.id);
        accept_group(&house.db, vec![by_person, by_key, by_text]).await.unwrap();
        end(&house, &[two], Status::PermanentFailure, "550 no such user").await;
        let all = browser.get(&page).await;
        all.expect(200, "Messages of the last 7 days").expect(200, "pill-count\">3</span> All").expect(200, "pill-count\">1</span> Failed").expect(200, "Short note");
        let shows = async |browser: &mut testkit::Browser, query: &str, shown: &str, hidden: &str| {
            let list = browser.get(&format!("{page}?{query}")).await;
            list.expect(200, shown).expect_not(&format!(">{hidden}<"));
        };
        shows(&mut browser, "channel=sms", "+16135550142", "one@example.gc.ca").await;
        shows(&mut browser, "group=failed", "two@example.gc.ca", "one@example.gc.ca").await;
        shows(&mut browser, &format!("template={letter}&channel=&group="), "one@example.gc.ca", "+16135550142").await;
        shows(&mut browser, &format!("sender=person:{}", noor.id), "one@example.gc.ca", "two@example.gc.ca").await;
        shows(&mut browser, &format!("sender=key:{}", key.id), "two@example.gc.ca", "one@example.gc.ca").await;
        shows(&mut browser, "from=2026-11-21&to=2026-11-21", "one@example.gc.ca", "nobody@example.gc.ca").await;
        shows(&mut browser, "to=2026-11-20", "no such messages", "one@example.gc.ca").await;
        browser.get(&format!("{page}?from=soon")).await.expect(422, "href=\"#from\"");
        browser.get(&format!("{page}?sender=me")).await.expect(400, "");
        let search = format!("{page}/search");
        let found = browser.submit(&search, &[("reference", "ref-7")]).await;
        found.expect(200, "two@example.gc.ca").expect_not(&one.to_string());
        assert!(!found.path.contains("ref-7"), "what is looked for stands in no address");
        browser.submit(&search, &[("recipient", "one@"), ("channel", "sms")]).await.expect(200, "no such messages");
        browser.submit(&search, &[("recipient", "613 555 0142")]).await.expect(200, "Short note");
        browser.get(&format!("{page}?lang=fr")).await.expect(200, "Préciser la liste").expect(200, "Clé API «\u{a0}Permit system\u{a0}»");
    }

    async fn a_search_goes_on_by_form_so_that_no_address_names_a_recipient(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut browser) = house.team().await;
        let page = format!("/services/{}/messages", service.id);
        let letter = template(&house, service.id, Channel::Email, "Decision letter").await;
        accept(&house, (service.id, letter), 60, 1000).await;
        let first = browser.get(&page).await;
        assert_eq!(first.body.matches("<tr").count(), 51);
        let older = first.between("href=\"/services", "\"").map(|_| first.body.split("older_than=").nth(1).unwrap().split('"').next().unwrap().to_owned());
        let second = browser.get(&format!("{page}?older_than={}", older.unwrap())).await;
        assert_eq!(second.body.matches("<tr").count(), 11);
        let found = browser.submit(&format!("{page}/search"), &[("recipient", "person")]).await;
        found.expect(200, "Older messages").expect_not("recipient=person");
        let next = found.between("name=\"older_than\" value=\"", "\"").unwrap().to_owned();
        let rest = browser.submit(&format!("{page}/search"), &[("recipient", "person"), ("older_than", &next)]).await;
        assert_eq!(rest.body.matches("<tr").count(), 11);
        rest.expect_not("Older messages");
    }

    async fn one_message_tells_its_whole_history_and_what_to_do(test) {
        let house = House::over(&test.db).await;
        let (service, noor, mut browser) = house.team().await;
        let letter = template(&house, service.id, Channel::Email, "Decision letter").await;
        let ids = accept(&house, (service.id, letter), 3, 1000).await;
        let at = |nth: usize| format!("/services/{}/messages/{}", service.id, ids[nth]);
        browser.get(&at(0)).await.expect(200, "In transit").expect(200, "on its way").expect(200, "data-live").expect(200, "ref-7").expect(200, "7:00");
        house.clock.advance(TimeDelta::minutes(5));
        end(&house, &ids[..1], Status::PermanentFailure, "550 5.1.1 no such user").await;
        let failed = browser.get(&at(0)).await;
        failed.expect(200, "Handed over to the provider “relay”").expect(200, "550 5.1.1 no such user")
            .expect(200, "No such address").expect(200, "take it off your list").expect_not("data-live");
        end(&house, &ids[1..2], Status::PermanentFailure, "The email address is on the GC Notify suppression list").await;
        browser.get(&at(1)).await.expect(200, "The address is blocked");
        end(&house, &ids[2..], Status::Delivered, "250 ok").await;
        browser.get(&format!("{}?lang=fr", at(2))).await.expect(200, "Livré").expect(200, "le message est arrivé").expect(200, "Remis au fournisseur");
        // Others' messages are not there, and a member needs a permission.
        let other = house.service("Licences").await;
        house.join(other.id, &noor, accounts::Permissions::all()).await;
        browser.get(&at(0).replace(&service.id.to_string(), &other.id.to_string())).await.expect(404, "");
        let lee = house.person("lee@example.gc.ca").await;
        house.join(service.id, &lee, [Permission::ManageTemplates].into_iter().collect()).await;
        let mut lee = house.signed_in(&lee).await;
        lee.get(&at(0)).await.expect(403, "");
        lee.get(&format!("/services/{}/messages", service.id)).await.expect(200, "Decision letter");
    }
}
