//! A member sends to a list: the file, everything wrong in it, the check, now or later (admin specification, journeys 6
//! and 7).

use accounts::{Permission, Permissions, ServiceId};
use chrono::{TimeDelta, Utc};
use notify::Channel;
use notify_store::{TemplateId, template};
use portico::Migrator;
use testkit::{Browser, Page};

use crate::house::House;

/// A template with two gaps, and the address of the pages that send it.
pub async fn template(house: &House, service: ServiceId, channel: Channel) -> (TemplateId, String) {
    let wanted = template::NewTemplate {
        channel,
        name: "Permit".to_owned(),
        subject: (channel == Channel::Email).then(|| "Permit ((number))".to_owned()),
        body: "Hello ((name)), permit ((number)) is ready.".to_owned(),
        category_id: None,
        folder_id: None,
        lane: None,
        language: "en".to_owned(),
        right_to_left: false,
    };
    let tx = house.db.begin().await.unwrap();
    let made = template::create(&tx, &house.stamp(), service, "noor@example.gc.ca", wanted).await;
    tx.commit().await.unwrap();
    let id = made.unwrap().head.id;
    (id, format!("/services/{service}/templates/{id}/send"))
}

/// Uploads a list and shows its check.
pub async fn upload(member: &mut Browser, send: &str, name: &str, content: &str) -> Page {
    member.upload(&format!("{send}/list"), &[], ("file", name, content.as_bytes())).await
}

/// A list that can be sent, with the same person twice.
pub const GOOD: &str = "email address,name,number,colour\nnoor@example.gc.ca,Noor,7,red\nNOOR@example.gc.ca,Noor R,8,blue\n";

testkit::on_each_engine! { Migrator;
    async fn the_way_to_a_list_shows_what_it_looks_like_in_both_languages(test) {
        let house = House::over(&test.db).await;
        let (service, person, mut member) = house.team().await;
        let (_, send) = template(&house, service.id, Channel::Email).await;
        member.get(&send).await.expect(200, "A list of people").expect(200, "Myself");
        let page = member.get(&format!("{send}/list")).await;
        page.expect(200, "email address").expect(200, "Download this example").expect(200, "50 emails are left");
        let example = member.get(&format!("{send}/example")).await;
        let wanted = format!("\u{FEFF}\"email address\",\"number\",\"name\"\r\n\"{}\",\"value of number\",\"value of name\"\r\n", person.email_address);
        assert_eq!(example.body, wanted);
        let french = member.get(&format!("{send}/example?lang=fr")).await;
        assert!(french.body.starts_with("\u{FEFF}\"adresse courriel\""), "{}", french.body);
        member.get(&format!("{send}/list?lang=fr")).await.expect(200, "Téléverser et vérifier");
        // The example itself can be uploaded, in either language.
        upload(&mut member, &send, "exemple.csv", &french.body).await.expect(200, "Vérifiez avant d’envoyer");
        member.get("/services?lang=en").await;
        upload(&mut member, &send, "example.csv", &example.body).await.expect(200, "Send to 1 recipient");
    }

    async fn a_file_that_gives_no_list_is_refused_at_its_field(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut member) = house.team().await;
        let (_, send) = template(&house, service.id, Channel::Email).await;
        upload(&mut member, &send, "", "").await.expect(422, "Choose the file with the recipients");
        upload(&mut member, &send, "letter.pdf", "%PDF").await.expect(422, "letter.pdf is not a spreadsheet");
        upload(&mut member, &send, "old.xls", "x").await.expect(422, "format of Excel 2003");
        upload(&mut member, &send, "broken.xlsx", "x").await.expect(422, "broken.xlsx could not be read");
        upload(&mut member, &send, "picture.csv", "\u{1}\u{2}").await.expect(422, "could not be read");
        let wide = upload(&mut member, &send, "wide.csv", &",".repeat(5000)).await;
        wide.expect(422, "too many columns");
        upload(&mut member, &send, "empty.csv", "").await.expect(200, "The list has no recipients");
        upload(&mut member, &send, "heads.csv", "email address,name,number\n").await
            .expect(200, "The list has no recipients").expect_not("Send to");
        let twice = "email address,adresse courriel,name,number\nnoor@example.gc.ca,,a,1\n";
        upload(&mut member, &send, "twice.csv", twice).await.expect(200, "Several columns say who gets the message");
    }

    async fn everything_wrong_with_a_list_is_said_at_once_and_on_its_cell(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut member) = house.team().await;
        let (_, send) = template(&house, service.id, Channel::Email).await;
        let csv = "email address,name\nnobody,Bo\n\nnoor@example.gc.ca,\nlee@example.gc.ca,Lee\nnoor@example.gc.ca,Noor\n";
        let page = upload(&mut member, &send, "faults.csv", csv).await;
        page.expect(200, "<title>Error").expect(200, "The list cannot be sent yet");
        page.expect(200, "This column is missing: number. The file has: email address, name");
        page.expect(200, "1 row has a recipient that nothing can be sent to");
        page.expect(200, "1 row lacks a value").expect(200, "1 recipient is not on the team");
        // The row numbers are those of the file, in which a row is blank.
        for shown in ["Row 2", "Row 4", "Row 5", "Not a valid email address", "Fill in this cell", "Not on the team of the service"] {
            page.expect(200, shown);
        }
        page.expect_not("Row 6").expect_not("name=\"when\"").expect(200, "Upload this file instead");
        let french = member.get(&format!("{}?lang=fr", page.path)).await;
        french.expect(200, "Remplissez cette cellule").expect(200, "Adresse courriel non valide");
        // What cannot be sent is not sent, whatever a form says.
        member.submit(&page.path, &[("when", "now")]).await.expect(422, "ne peut pas encore être envoyée");
        assert!(notify_store::batch::page(test.db.read(), service.id, None, 9).await.unwrap().is_empty());
    }

    async fn a_good_list_is_looked_at_row_by_row_and_sent_once(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut member) = house.team().await;
        let (_, send) = template(&house, service.id, Channel::Email).await;
        let page = upload(&mut member, &send, "march.csv", GOOD).await;
        page.expect(200, "Check before you send").expect(200, "march.csv").expect(200, "50 emails");
        page.expect(200, "1 row has a recipient that stands in an earlier row").expect(200, "does not use these columns: colour");
        let list = page.path.clone();
        let copies = member.get(&format!("{list}/duplicates")).await;
        assert_eq!(copies.body.lines().nth(1), Some("\"3\",\"NOOR@example.gc.ca\",\"Noor R\",\"8\",\"blue\""));
        let second = member.get(&format!("{list}/rows/1")).await;
        second.expect(200, "Message of row 3").expect(200, "rel=\"prev\"").expect_not("rel=\"next\"");
        member.get(&format!("{list}/rows/1/look")).await.expect(200, "Hello Noor R, permit 8 is ready.");
        member.get(&format!("{list}/rows/2")).await.expect(404, "Page not found");
        let sent = member.submit(&list, &[("when", "now")]).await;
        sent.expect(200, "The messages are on their way.").expect(200, "march.csv").expect(200, "0 of 2 messages prepared");
        let again = member.submit(&list, &[("when", "now")]).await;
        assert_eq!(again.path, sent.path, "the same form makes one bulk send");
        // The way back leads on, too.
        member.get(&list).await.expect(200, "march.csv").expect(200, "Being sent");
        let rows = notify_store::batch::page(test.db.read(), service.id, None, 9).await.unwrap();
        assert_eq!(rows.len(), 1);
    }

    async fn a_file_that_was_sent_today_is_sent_again_only_on_purpose(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut member) = house.team().await;
        let (_, send) = template(&house, service.id, Channel::Email).await;
        let list = upload(&mut member, &send, "march.csv", GOOD).await.path;
        let first = member.submit(&list, &[("when", "now")]).await.path;
        let again = upload(&mut member, &send, "march.csv", GOOD).await;
        let earlier = first.split('?').next().unwrap().to_owned();
        again.expect(200, "The same file was sent with this template today").expect(200, &earlier);
        member.submit(&again.path, &[("when", "now")]).await.expect(422, "tick the box to send it again");
        member.submit(&again.path, &[("when", "now"), ("again", "yes")]).await.expect(200, "The messages are on their way.");
        let list = member.get(&format!("/services/{}/bulk", service.id)).await;
        assert_eq!(list.body.matches("march.csv</a>").count(), 2);
    }

    async fn a_list_of_texts_says_its_parts_and_what_is_left(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut member) = house.team().await;
        let (_, send) = template(&house, service.id, Channel::Sms).await;
        let tx = test.db.begin().await.unwrap();
        accounts::service::go_live(&tx, &house.stamp(), service.id).await.unwrap();
        tx.commit().await.unwrap();
        let csv = format!("phone number;name;number\n613 555 0142;{};7\n6135550143;Bo;8\n", "é".repeat(150));
        let page = upload(&mut member, &send, "texts.csv", &csv).await;
        page.expect(200, "Parts").expect(200, "50 parts").expect(200, "To 613 555 0142, 2 parts");
        let mut many = "phone number,name,number\n".to_owned();
        (0..60).for_each(|nth| many.push_str(&format!("613555{:04},a,1\n", 100 + nth)));
        let over = upload(&mut member, &send, "many.csv", &many).await;
        over.expect(200, "The list needs 60 text parts, and 50 are left today").expect_not("Send to 60");
        let long = format!("phone number,name,number\n6135550142,{},7\n", "x".repeat(700));
        upload(&mut member, &send, "long.csv", &long).await.expect(200, "Shorten this value");
    }

    async fn more_emails_than_are_left_today_wait_for_another_day(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut member) = house.team().await;
        let (_, send) = template(&house, service.id, Channel::Email).await;
        let tx = test.db.begin().await.unwrap();
        let charge = notify::limit::Charge { units: 49, daily_limit: 50, annual_limit: 1000 };
        notify_store::usage::charge(&tx, service.id, Channel::Email, charge, house.clock.now()).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        let page = upload(&mut member, &send, "march.csv", GOOD).await;
        page.expect(200, "needs 2 emails, and 1 are left today").expect(200, "value=\"now\" disabled");
        member.submit(&page.path, &[("when", "now")]).await.expect(422, "more than is left on that day");
        let tomorrow = [("when", "later"), ("date", "2026-11-22"), ("time", "09:00")];
        member.submit(&page.path, &tomorrow).await.expect(200, "The list is scheduled.");
    }

    async fn a_time_is_read_on_the_senders_own_clock_and_impossible_ones_are_named(test) {
        let house = House::over(&test.db).await;
        // On 14 March 2027 Toronto puts its clock forward from 2:00 to 3:00.
        let friday: chrono::DateTime<Utc> = "2027-03-12T15:00:00Z".parse().unwrap();
        house.clock.advance(friday - house.clock.now());
        let (service, _, mut member) = house.team().await;
        let (_, send) = template(&house, service.id, Channel::Email).await;
        let page = upload(&mut member, &send, "march.csv", GOOD).await;
        page.expect(200, "America/Toronto").expect(200, "type=\"date\"").expect(200, "type=\"time\"");
        let at = |date, time| [("when", "later"), ("date", date), ("time", time)];
        member.submit(&page.path, &at("2027-03-14", "02:30")).await.expect(422, "this time does not exist");
        member.submit(&page.path, &at("2027-03-12", "09:59")).await.expect(422, "This time has passed");
        member.submit(&page.path, &at("2027-03-17", "10:00")).await.expect(422, "too far ahead");
        let nonsense = member.submit(&page.path, &at("", "noon")).await;
        nonsense.expect(422, "Enter a day such as").expect(422, "value=\"later\" checked").expect(422, "value=\"noon\"");
        let sent = member.submit(&page.path, &at("2027-03-14", "03:30")).await;
        sent.expect(200, "The list is scheduled.").expect(200, "3:30");
        let all = notify_store::batch::scheduled(test.db.read(), service.id).await.unwrap();
        assert_eq!(all[0].batch.scheduled_for, Some("2027-03-14T07:30:00Z".parse().unwrap()));
        member.get(&format!("/services/{}/bulk", service.id)).await.expect(200, "Waiting for their time");
    }

    async fn a_message_to_oneself_asks_for_nothing_that_is_known(test) {
        let house = House::over(&test.db).await;
        let (service, person, mut member) = house.team().await;
        let (_, send) = template(&house, service.id, Channel::Email).await;
        let form = member.get(&format!("{send}/self")).await;
        form.expect(200, &format!("To yourself: {}", person.email_address)).expect_not("type=\"email\"");
        let token = form.between(r#"name="form" value=""#, "\"").unwrap().to_owned();
        let own = [("way", "self"), ("to", person.email_address.as_str()), ("form", &token)];
        member.submit(&format!("{send}/check"), &own).await
            .expect(422, "Fill in “name”").expect(422, "To yourself");
        let filled = [own.as_slice(), &[("v:name", "Noor"), ("v:number", "7")]].concat();
        member.submit(&format!("{send}/check"), &filled).await.expect(200, "Hello Noor, permit 7 is ready.");
        member.submit(&send, &filled).await.expect(200, "The message is on its way.");
        let (_, texts) = template(&house, service.id, Channel::Sms).await;
        member.get(&format!("{texts}/self")).await.expect(200, "your profile has no mobile number");
    }

    async fn lists_are_for_those_who_may_send_and_for_nobody_elses_team(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut owner) = house.team().await;
        let (template_id, send) = template(&house, service.id, Channel::Email).await;
        let list = upload(&mut owner, &send, "march.csv", GOOD).await.path;
        let sent = upload(&mut owner, &send, "april.csv", GOOD).await.path;
        let bulk = owner.submit(&sent, &[("when", "now")]).await.path.split('?').next().unwrap().to_owned();
        let pages = ["", "/duplicates", "/rows/0", "/rows/0/look"].map(|page| format!("{list}{page}"));
        let reader = house.person("lee@example.gc.ca").await;
        let mut reading = house.signed_in(&reader).await;
        for page in pages.iter().chain([&format!("{send}/list"), &format!("{send}/self"), &bulk]) {
            reading.get(page).await.expect(404, "Page not found");
        }
        house.join(service.id, &reader, Permissions::default()).await;
        for page in pages.iter().chain([&format!("{send}/list"), &format!("{send}/self"), &format!("{send}/example")]) {
            reading.get(page).await.expect(403, "do not have permission");
        }
        reading.submit(&list, &[("when", "now")]).await.expect(403, "do not have permission");
        upload(&mut reading, &send, "march.csv", GOOD).await.expect(403, "do not have permission");
        // Any member sees what is sent, and a writer of templates may take the example.
        reading.get(&bulk).await.expect(200, "april.csv");
        let writer = house.person("kim@example.gc.ca").await;
        house.join(service.id, &writer, [Permission::ManageTemplates].into_iter().collect()).await;
        house.signed_in(&writer).await.get(&format!("{send}/example")).await.expect(200, "email address");
        // With one's own service in the address, another's list, send and template are not there.
        let other = house.service("Licences").await;
        house.join(other.id, &reader, Permissions::all()).await;
        let elsewhere = |path: &str| path.replace(&service.id.to_string(), &other.id.to_string());
        for page in pages.iter().chain([&bulk, &format!("{bulk}/events"), &format!("{bulk}/cancel"), &format!("{send}/list")]) {
            reading.get(&elsewhere(page)).await.expect(404, "Page not found");
        }
        reading.submit(&elsewhere(&list), &[("when", "now")]).await.expect(404, "Page not found");
        reading.submit(&elsewhere(&format!("{bulk}/cancel")), &[]).await.expect(404, "Page not found");
        upload(&mut reading, &elsewhere(&send), "march.csv", GOOD).await.expect(404, "Page not found");
        // Nor is a list under another template of the same service.
        let (other_template, _) = template(&house, service.id, Channel::Email).await;
        for page in &pages {
            let page = page.replace(&template_id.to_string(), &other_template.to_string());
            owner.get(&page).await.expect(404, "Page not found");
        }
        // A list is gone after a day.
        house.clock.advance(TimeDelta::hours(24));
        let mut later = house.signed_in(&house.known("noor@example.gc.ca").await).await;
        later.get(&list).await.expect(404, "Page not found");
    }
}
