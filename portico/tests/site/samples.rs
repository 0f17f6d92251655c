//! Samples, copies, hidden values and archived templates (admin specification, sections G.6 to G.8 and G.11).

use accounts::{Permission, Permissions};
use notify_store::template;
use portico::Migrator;
use testkit::Page;

use crate::{
    folders::{folder, restrict, template as made},
    house::House,
};

fn path(page: &Page) -> String {
    page.path.split('?').next().unwrap().to_owned()
}

testkit::on_each_engine! { Migrator;
    async fn a_sample_is_looked_at_and_taken(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut noor) = house.team().await;
        let list = format!("/services/{}/templates", service.id);
        let inside = folder(&house, service.id, "Reminders", None).await;
        noor.get(&list).await.expect(200, "Sample library");
        let samples = noor.get(&format!("{list}/samples?folder={inside}")).await;
        samples.expect(200, "Appointment reminder").expect(200, "Newsletter");
        assert_eq!(samples.body.matches("/templates/samples/").count(), 8, "each has its page");
        let one = noor.get(&format!("{list}/samples/appointment?folder={inside}")).await;
        one.expect(200, "Your appointment on").expect(200, "Votre rendez-vous du").expect(200, "Use this template");
        let take = one.between("class=\"button\" href=\"", "\"").unwrap().replace("&#38;", "&");
        let form = noor.get(&take).await;
        form.expect(200, "[[en]]").expect(200, "Votre rendez-vous").expect(200, r#"value="Appointment reminder""#)
            .expect(200, r#"value="both" checked"#).expect(200, r#"value="019b7741-c000-7000-8000-000000000003" checked"#)
            .expect(200, &format!(r#"name="folder" value="{inside}""#)).expect_not("To look at");
        noor.get(&format!("{list}/new/sms?sample=appointment")).await.expect(404, "");
        noor.get(&format!("{list}/new/sms?sample=nothing")).await.expect(404, "");
        noor.get(&format!("{list}/samples/nothing")).await.expect(404, "");
        noor.get(&format!("{list}/samples?lang=fr")).await.expect(200, "Rappel de rendez-vous");
        noor.get(&format!("{list}/new/sms?sample=code")).await.expect(200, "est votre code");
        let kim = house.person("kim@example.gc.ca").await;
        house.join(service.id, &kim, Permissions::default()).await;
        let mut kim = house.signed_in(&kim).await;
        kim.get(&format!("{list}/samples/appointment")).await.expect(200, "Your appointment").expect_not("Use this template");
        kim.get(&take).await.expect(403, "");
    }

    async fn a_template_is_copied_from_where_one_belongs(test) {
        let house = House::over(&test.db).await;
        let (service, person, mut noor) = house.team().await;
        let list = format!("/services/{}/templates", service.id);
        let permit = made(&house, service.id, ("Permit", "Your permit"), None).await;
        let id = permit.rsplit('/').next().unwrap().to_owned();
        noor.get(&permit).await.expect(200, "Make a copy");
        noor.get(&format!("{list}/copy")).await.expect(200, "From which service?").expect(200, ">Permits</a>");
        noor.get(&format!("{list}/copy/{}", service.id)).await.expect(200, "Copy a template of Permits").expect(200, ">Permit</a>");
        let copy = format!("{list}/new/sms?copy={id}");
        noor.get(&copy).await.expect(200, r#"value="Permit (copy)""#).expect(200, "Your permit");
        made(&house, service.id, ("Permit (copy)", "x"), None).await;
        noor.get(&copy).await.expect(200, r#"value="Permit (copy 2)""#);
        noor.get(&format!("{copy}&lang=fr")).await.expect(200, r#"value="Permit (copie)""#);
        noor.get(&format!("{list}?lang=en")).await;
        noor.get(&format!("{list}/new/email?copy={id}")).await.expect(404, "");
        // From another service whose team one is on, and only what one sees there.
        let other = house.service("Licences").await;
        let hidden = folder(&house, other.id, "Secret", None).await;
        let open = made(&house, other.id, ("Licence", "Your licence"), None).await;
        let secret = made(&house, other.id, ("Raise", "Your pay"), Some(hidden)).await;
        restrict(&house, other.id, hidden, &[]).await;
        let from = |path: &str| {
            let id = path.rsplit('/').next().unwrap();
            format!("{list}/new/sms?copy={id}&from={}", other.id)
        };
        noor.get(&from(&open)).await.expect(404, "");
        noor.get(&format!("{list}/copy/{}", other.id)).await.expect(404, "");
        house.join(other.id, &person, [Permission::SendMessages].into_iter().collect()).await;
        noor.get(&format!("{list}/copy")).await.expect(200, "From which service?").expect(200, "Licences");
        noor.get(&format!("{list}/copy/{}", other.id)).await.expect(200, "Licence").expect_not("Raise");
        noor.get(&from(&open)).await.expect(200, "Your licence").expect(200, r#"value="Licence (copy)""#);
        noor.get(&from(&secret)).await.expect(404, "");
        noor.get(&format!("{list}/new/sms?copy={id}&from={}", other.id)).await.expect(404, "");
        let fields = [("name", "Licence (copy)"), ("body", "Your licence"), ("language", "en"),
            ("category", "019b7741-c000-7000-8000-000000000006")];
        noor.submit(&format!("{list}/new/sms"), &fields).await.expect(200, "The template was saved.");
        let kim = house.person("kim@example.gc.ca").await;
        house.join(service.id, &kim, [Permission::SendMessages].into_iter().collect()).await;
        house.signed_in(&kim).await.get(&format!("{list}/copy")).await.expect(403, "");
    }

    async fn hidden_values_stay_hidden(test) {
        let house = House::over(&test.db).await;
        let (service, person, mut noor) = house.team().await;
        let list = format!("/services/{}/templates", service.id);
        let fields = [("name", "Result"), ("subject", "For ((name))"), ("body", "Your result is ((result)).\n\n((extra??More))"),
            ("language", "en"), ("category", "019b7741-c000-7000-8000-000000000006")];
        let at = path(&noor.submit(&format!("{list}/new/email"), &fields).await);
        let form = noor.get(&format!("{at}/send")).await;
        let token = form.between(r#"name="form" value=""#, "\"").unwrap().to_owned();
        let values = [("to", person.email_address.as_str()), ("v:name", "Zoe"), ("v:result", "positive"), ("v:extra", "yes"), ("form", &token)];
        let message = path(&noor.submit(&format!("{at}/send"), &values).await);
        noor.get(&format!("{message}/look")).await.expect(200, "positive");
        noor.get(&message).await.expect(200, "For Zoe");
        noor.get(&format!("{at}/redact")).await.expect(200, "This cannot be undone.");
        noor.submit(&format!("{at}/redact"), &[]).await.expect(200, "The values are hidden from now on.")
            .expect(200, "is hidden").expect_not("/redact");
        noor.submit(&format!("{at}/redact"), &[]).await.expect(200, "is hidden");
        noor.get(&message).await.expect(200, "[hidden]").expect_not("Zoe");
        noor.get(&format!("{message}/look")).await.expect(200, "[hidden]").expect_not("positive").expect_not("More");
        // A change of its words changes nothing about it.
        let id = at.rsplit('/').next().unwrap().parse().unwrap();
        let kept = template::find(house.db.read(), service.id, id).await.unwrap().unwrap();
        assert!(kept.redacted_at.is_some() && kept.version == 1);
        let kim = house.person("kim@example.gc.ca").await;
        house.join(service.id, &kim, [Permission::SendMessages].into_iter().collect()).await;
        let mut kim = house.signed_in(&kim).await;
        kim.get(&format!("{at}/redact")).await.expect(403, "");
        kim.submit(&format!("{at}/redact"), &[]).await.expect(403, "");
        let other = house.service("Licences").await;
        let lee = house.person("lee@example.gc.ca").await;
        house.join(other.id, &lee, Permissions::all()).await;
        let mut lee = house.signed_in(&lee).await;
        let elsewhere = at.replace(&service.id.to_string(), &other.id.to_string());
        lee.submit(&format!("{elsewhere}/redact"), &[]).await.expect(404, "");
        lee.get(&format!("{at}/redact")).await.expect(404, "");
    }

    async fn an_archived_template_says_so_and_stays_hidden(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut noor) = house.team().await;
        let hidden = folder(&house, service.id, "Secret", None).await;
        let open = made(&house, service.id, ("Permit", "Your permit"), None).await;
        let held = made(&house, service.id, ("Raise", "Your pay"), Some(hidden)).await;
        restrict(&house, service.id, hidden, &[]).await;
        let sam = house.person("sam@example.gc.ca").await;
        house.join(service.id, &sam, [Permission::ManageTemplates].into_iter().collect()).await;
        let mut sam = house.signed_in(&sam).await;
        for path in [&open, &held] {
            noor.get(&format!("{path}/archive")).await.expect(200, "Nothing was ever sent with it");
            noor.submit(&format!("{path}/archive"), &[]).await.expect(200, "The template was archived.");
            noor.get(path).await.expect(200, "This template was archived on").expect_not("/edit");
            for road in ["/edit", "/redact", "/send", "/archive"] {
                noor.get(&format!("{path}{road}")).await.expect(404, "");
            }
        }
        sam.get(&open).await.expect(200, "This template was archived on");
        sam.get(&held).await.expect(404, "");
        // Its folder is empty for all that, and can go.
        let at = format!("/services/{}/templates/folders/{hidden}", service.id);
        noor.submit(&format!("{at}/remove"), &[]).await.expect(200, "The folder was deleted.");
    }
}
