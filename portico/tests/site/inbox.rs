//! Received texts: the inbox, a conversation, an answer (admin specification, section J).

use accounts::{Permission, Permissions, ServiceId};
use chrono::TimeDelta;
use kernel::Id;
use notify::{Channel, Recipient, Status};
use notify_store::{
    inbox::accept_group,
    notification::recipient_hash,
    received_text::{self, Content},
    sms_sender::{self, NewSender},
};
use portico::Migrator;

use crate::{
    dashboard::{end, message, template},
    house::House,
};

const OWN: &str = "+16135550100";
const THEIRS: &str = "+16135550142";

/// Gives the service a number that people can write to.
async fn number(house: &House, service: ServiceId) {
    let wanted = NewSender { sender: OWN.to_owned(), is_default: true, receives: true };
    let tx = house.db.begin().await.unwrap();
    sms_sender::add(&tx, &house.stamp(), service, &wanted).await.unwrap();
    tx.commit().await.unwrap();
}

/// Somebody writes to the service, as the provider's door keeps it.
async fn written(house: &House, service: ServiceId, (from, text): (&str, &str)) {
    house.clock.advance(TimeDelta::seconds(1));
    let now = house.clock.now();
    let id = Id::new(now);
    let content = Content { from: from.to_owned(), text: text.to_owned() };
    let key = Recipient::parse(Channel::Sms, from, notify::Dialect::Gc).unwrap().key();
    let row = received_text::Model {
        id,
        service_id: service,
        notify_number: OWN.to_owned(),
        sealed: content.seal(&house.vault, id).unwrap(),
        sender_hash: Some(recipient_hash(&house.vault, service, &key)),
        provider: "texts".to_owned(),
        provider_reference: id.to_string(),
        received_at: now,
        created_at: now,
    };
    let tx = house.db.begin().await.unwrap();
    assert!(received_text::insert(&tx, row).await.unwrap());
    tx.commit().await.unwrap();
}

testkit::on_each_engine! { Migrator;
    async fn an_inbox_lists_everybody_once_and_the_band_counts_them(test) {
        let house = House::over(&test.db).await;
        let (service, noor, mut browser) = house.team().await;
        let page = format!("/services/{}/inbox", service.id);
        browser.get(&page).await.expect(200, "receives no text messages");
        browser.get(&format!("/services/{}", service.id)).await.expect_not("Received texts");
        number(&house, service.id).await;
        house.clock.advance(TimeDelta::minutes(1));
        browser.get(&page).await.expect(200, "Nobody has written yet").expect(200, OWN).expect(200, ">Received texts</a>");
        written(&house, service.id, (THEIRS, "Is my permit ready?")).await;
        written(&house, service.id, ("+16135550143", "STOP")).await;
        written(&house, service.id, (THEIRS, "Hello?")).await;
        house.clock.advance(TimeDelta::minutes(1));
        let list = browser.get(&page).await;
        list.expect(200, "Hello?").expect_not("Is my permit ready?").expect(200, "Asks to stop").expect(200, "Received texts (2)");
        assert_eq!(list.body.matches("<tr").count(), 3);
        browser.get(&format!("/services/{}/team", service.id)).await.expect(200, "Received texts (2)");
        let csv = browser.get(&format!("{page}/texts.csv")).await;
        csv.expect(200, "\"Received\",\"From\"").expect(200, "\"'+16135550142\"").expect(200, "Is my permit ready?");
        browser.get(&format!("{page}?lang=fr")).await.expect(200, "Messages texte reçus (2)").expect(200, "Demande d’arrêt");
        // Somebody who may neither see activity nor send reads nothing.
        let lee = house.person("lee@example.gc.ca").await;
        let mut lee_browser = house.signed_in(&lee).await;
        lee_browser.get(&page).await.expect(404, "");
        house.join(service.id, &lee, [Permission::ManageKeys].into_iter().collect()).await;
        lee_browser.get(&page).await.expect(403, "");
        lee_browser.get(&format!("{page}/texts.csv")).await.expect(403, "");
        lee_browser.get(&format!("/services/{}/templates", service.id)).await.expect_not("Received texts");
        drop(noor);
    }

    async fn fifty_people_fill_a_page(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut browser) = house.team().await;
        let page = format!("/services/{}/inbox", service.id);
        number(&house, service.id).await;
        for nth in 0..52 {
            written(&house, service.id, (&format!("+161355501{nth:02}"), &format!("Text {nth}"))).await;
        }
        let first = browser.get(&page).await;
        assert_eq!(first.body.matches("<tr").count(), 51);
        let next = first.between("inbox?older_than=", "\"").unwrap().to_owned();
        let second = browser.get(&format!("{page}?older_than={next}")).await;
        assert_eq!(second.body.matches("<tr").count(), 3);
        second.expect(200, "Text 0").expect_not("Text 51");
    }

    async fn a_conversation_shows_both_sides_and_an_answer_names_no_number_in_an_address(test) {
        let house = House::over(&test.db).await;
        let (service, noor, mut browser) = house.team().await;
        number(&house, service.id).await;
        written(&house, service.id, (THEIRS, "Is my permit ready?")).await;
        house.clock.advance(TimeDelta::seconds(5));
        let note = template(&house, service.id, Channel::Sms, "Short note").await;
        let answer = message(&house, (service.id, note), (Channel::Sms, THEIRS), 50);
        let sent = answer.notification.id;
        accept_group(&house.db, vec![answer]).await.unwrap();
        end(&house, &[sent], Status::PermanentFailure, "no such number").await;
        let list = browser.get(&format!("/services/{}/inbox", service.id)).await;
        let path = format!("/services/{}/inbox/{}", service.id, list.between("/inbox/", "\"").filter(|id| id.len() == 36).unwrap_or_else(|| list.body.split("/inbox/").filter_map(|rest| rest.split('"').next()).find(|id| id.len() == 36).unwrap()));
        let shown = browser.get(&path).await;
        shown.expect(200, "Is my permit ready?").expect(200, "Permits: Words for Noor").expect(200, "bubble-received").expect(200, &format!("/messages/{sent}")).expect(200, "Failed");
        let reply = browser.get(&format!("{path}/reply")).await;
        reply.expect(200, "Short note").expect(200, &format!("name=\"to\" value=\"{THEIRS}\""));
        let action = format!("/services/{}/templates/{note}/send/change", service.id);
        reply.expect(200, &action);
        let form = reply.between("name=\"form\" value=\"", "\"").unwrap().to_owned();
        let filled = browser.submit(&action, &[("to", THEIRS), ("form", &form)]).await;
        filled.expect(200, &format!("value=\"{THEIRS}\"")).expect_not("There is a problem");
        assert!(!filled.path.contains("613"), "{}", filled.path);
        // Of another service, and without the permission to send.
        let other = house.service("Licences").await;
        house.join(other.id, &noor, Permissions::all()).await;
        browser.get(&path.replace(&service.id.to_string(), &other.id.to_string())).await.expect(404, "");
        let kim = house.person("kim@example.gc.ca").await;
        house.join(service.id, &kim, [Permission::ViewActivity].into_iter().collect()).await;
        let mut kim = house.signed_in(&kim).await;
        kim.get(&path).await.expect(200, "Is my permit ready?").expect_not("/reply");
        kim.get(&format!("{path}/reply")).await.expect(403, "");
    }
}
