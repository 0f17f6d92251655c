//! A member makes a template, sends a message and sees what became of it (admin specification, journeys 4 and 5).

use accounts::{Permission, Permissions};
use portico::Migrator;
use testkit::{Browser, Page};

use crate::house::House;

/// A category that every installation has.
const OTHER: &str = "019b7741-c000-7000-8000-000000000006";

async fn template(member: &mut Browser, service: &str) -> Page {
    let fields = [
        ("name", "Ready"),
        ("subject", "Your ((thing)) is ready"),
        ("body", "Hello ((name)),\n\n((thing??Your thing waits.))"),
        ("language", "en"),
        ("category", OTHER),
    ];
    member.submit(&format!("{service}/templates/new/email"), &fields).await
}

testkit::on_each_engine! { Migrator;
    async fn a_template_is_made_changed_and_taken_back(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut member) = house.team().await;
        let service = format!("/services/{}", service.id);
        member.get(&service).await.expect(200, "New email template");
        member.get(&format!("{service}/templates")).await.expect(200, "There are no templates yet");
        member.get(&format!("{service}/templates/new")).await.expect(200, "Text message");
        member.submit(&format!("{service}/templates/new/email"), &[]).await
            .expect(422, "Enter a name for the template").expect(422, "Enter a subject")
            .expect(422, "Enter the words").expect(422, "Choose what the template is for");
        let shown = template(&mut member, &service).await;
        shown.expect(200, "The template was saved.").expect(200, "Gaps to fill");
        let path = shown.path.split('?').next().unwrap().to_owned();
        member.get(&format!("{path}/look")).await.expect(200, "name");
        member.get(&format!("{path}/edit")).await.expect(200, "Hello ((name))");
        let changed = [("name", "Ready"), ("subject", "S"), ("body", "Other words"), ("language", "en"), ("category", OTHER)];
        member.submit(&format!("{path}/edit"), &changed).await.expect(200, "The template was saved.");
        member.get(&format!("{path}/versions")).await.expect(200, "Version 2").expect(200, "Use this version again");
        member.submit(&format!("{path}/versions"), &[("version", "1")]).await.expect(200, "Gaps to fill");
        member.get(&format!("{service}/templates?search=hello")).await.expect(200, "Ready");
        member.get(&format!("{service}/templates?search=zebra")).await.expect(200, "No template has these words");
        member.get(&format!("{path}/archive")).await.expect(200, "Nothing was ever sent with it");
        member.submit(&format!("{path}/archive"), &[]).await.expect(200, "The template was archived.");
        member.get(&path).await.expect(200, "This template was archived");
        member.get(&format!("{path}/edit")).await.expect(404, "Page not found");
        member.get(&format!("{service}/templates?lang=fr")).await.expect(200, "Gabarits");
    }

    async fn a_message_is_checked_sent_once_and_found(test) {
        let house = House::over(&test.db).await;
        let (service, person, mut member) = house.team().await;
        let service = format!("/services/{}", service.id);
        let path = template(&mut member, &service).await.path.split('?').next().unwrap().to_owned();
        let form = member.get(&format!("{path}/send")).await;
        form.expect(200, "only people on its team").expect(200, &person.email_address);
        let token = form.between(r#"name="form" value=""#, "\"").unwrap().to_owned();
        let check = format!("{path}/send/check");
        member.submit(&check, &[("to", "nobody"), ("form", &token)]).await.expect(422, "Enter an email address");
        member.submit(&check, &[("to", "lee@example.gc.ca"), ("v:thing", "x"), ("v:name", "N"), ("form", &token)]).await
            .expect(422, "only people on its team");
        let missing = member.submit(&check, &[("to", &person.email_address), ("v:thing", "Passport"), ("form", &token)]).await;
        missing.expect(422, "Fill in “name”").expect(422, "Passport");
        let fields = [("to", person.email_address.as_str()), ("v:thing", "Passport"), ("v:name", "Noor"), ("form", &token)];
        let checked = member.submit(&check, &fields).await;
        checked.expect(200, "Your Passport is ready").expect(200, "Hello Noor").expect(200, "50 emails");
        let sent = member.submit(&format!("{path}/send"), &fields).await;
        sent.expect(200, "The message is on its way.").expect(200, "In transit");
        let again = member.submit(&format!("{path}/send"), &fields).await;
        assert_eq!(again.path, sent.path, "the same form sends one message");
        let message = sent.path.split('?').next().unwrap().to_owned();
        member.get(&format!("{message}/look")).await.expect(200, "Hello Noor");
        let list = member.get(&format!("{service}/messages")).await;
        list.expect(200, &person.email_address);
        assert_eq!(list.body.matches(&message).count(), 1);
        member.submit(&format!("{service}/messages/search"), &[("recipient", "noor")]).await.expect(200, &message);
        member.submit(&format!("{service}/messages/search"), &[("recipient", "lee")]).await.expect(200, "no such messages");
        member.get(&service).await.expect(200, "Sent in the last 7 days");
    }

    async fn each_page_asks_for_its_permission_and_its_team(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut owner) = house.team().await;
        let path = format!("/services/{}", service.id);
        let template = template(&mut owner, &path).await.path.split('?').next().unwrap().to_owned();
        let stranger = house.person("lee@example.gc.ca").await;
        let mut outside = house.signed_in(&stranger).await;
        for page in ["", "/templates", "/templates/new", "/messages"] {
            outside.get(&format!("{path}{page}")).await.expect(404, "Page not found");
        }
        outside.get(&template).await.expect(404, "Page not found");
        house.join(service.id, &stranger, Permissions::default()).await;
        outside.get(&path).await.expect(200, "Templates").expect_not("Make a template");
        outside.get(&template).await.expect(200, "Ready").expect_not("/send");
        for page in ["/edit", "/send", "/archive"] {
            outside.get(&format!("{template}{page}")).await.expect(403, "do not have permission");
        }
        outside.submit(&format!("{template}/archive"), &[]).await.expect(403, "do not have permission");
        let sender = house.person("kim@example.gc.ca").await;
        house.join(service.id, &sender, [Permission::SendMessages].into_iter().collect()).await;
        house.signed_in(&sender).await.get(&format!("{template}/send")).await.expect(200, "Check the message");
        // Another service's template is not there, whoever asks.
        let other = house.service("Licences").await;
        house.join(other.id, &stranger, Permissions::all()).await;
        let elsewhere = template.replace(&service.id.to_string(), &other.id.to_string());
        outside.get(&elsewhere).await.expect(404, "Page not found");
    }
}
