//! The form of a template: what it shows, remarks, asks and refuses (admin specification, sections G.2 to G.5 and T,
//! journey 4).

use accounts::{Permission, Permissions};
use portico::Migrator;
use testkit::Page;

use crate::{
    folders::{folder, restrict, template},
    house::House,
};

/// A category that every installation has.
const OTHER: &str = "019b7741-c000-7000-8000-000000000006";

/// The fields of an e-mail.
fn email<'a>(subject: &'a str, body: &'a str, language: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("name", "Permit"),
        ("subject", subject),
        ("body", body),
        ("language", language),
        ("category", OTHER),
    ]
}

/// The fields of a text.
fn sms(body: &str) -> Vec<(&str, &str)> {
    vec![("name", "Code"), ("body", body), ("language", "en"), ("category", OTHER)]
}

fn path(page: &Page) -> String {
    page.path.split('?').next().unwrap().to_owned()
}

testkit::on_each_engine! { Migrator;
    async fn what_is_typed_is_shown_before_it_is_saved(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut noor) = house.team().await;
        let new = format!("/services/{}/templates/new", service.id);
        let form = noor.get(&format!("{new}/email")).await;
        form.expect(200, "How to write gaps").expect(200, "data-preview-of=\"template\"").expect(200, "formaction=")
            .expect(200, "right to left").expect(200, r#"data-into="body""#);
        let body = "Hello ((name)),\n\n[[en]]\n## Steps\n\n[Click here](http://a.ca)\n[[/en]]\n\n[[fr]]\n# Étapes\n[[/fr]]";
        let shown = noor.submit(&format!("{new}/email/preview"), &email("Your ((thing))", body, "both")).await;
        shown.expect(200, "((name))").expect(200, "((thing))").expect(200, "lang=\"en-CA\"").expect(200, "lang=\"fr-CA\"")
            .expect(200, "<h3>Étapes</h3>").expect(200, "is a subheading with no heading").expect(200, "do not say where it leads")
            .expect(200, "is not protected").expect(200, "Hello ((name)),");
        let sides: Vec<&str> = shown.body.split("<section class=\"letter\"").skip(1).collect();
        assert_eq!(sides.len(), 2, "each language has its side");
        assert!(sides[0].contains("Steps") && !sides[0].contains("Étapes"), "{}", sides[0]);
        let counted = noor.submit(&format!("{new}/email/count"), &email("S", body, "both")).await;
        assert_eq!(counted.status, 200);
        assert!(counted.body.ends_with("3 things to look at in the preview."), "{}", counted.body);
        let one = noor.submit(&format!("{new}/email/preview"), &email("S", "[[en]]\nHello\n[[/en]]", "both")).await;
        one.expect(200, "has no part in French");
        let odd = noor.submit(&format!("{new}/email/preview"), &email("S", "((a|b)) ((c?d)) ((e", "en")).await;
        odd.expect(200, "unusual signs").expect(200, "one question mark").expect(200, "brackets without their partners");
        // Nothing was saved, and what was typed in French is answered in French.
        noor.get(&format!("/services/{}/templates", service.id)).await.expect(200, "There are no templates yet");
        noor.get("/services?lang=fr").await;
        noor.submit(&format!("{new}/email/preview"), &email("S", "[ici](https://a.ca)", "fr")).await
            .expect(200, "ne dit pas où il mène");
    }

    async fn a_text_says_what_it_costs(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut noor) = house.team().await;
        let new = format!("/services/{}/templates/new/sms", service.id);
        let plain = noor.submit(&format!("{new}/preview"), &sms("Your code is ((code))")).await;
        plain.expect(200, "All characters are plain ones").expect(200, "can send 50 of them a day").expect(200, "Permits: Your code");
        let count = noor.submit(&format!("{new}/count"), &sms(&"x".repeat(160))).await;
        assert!(count.body.starts_with("169 characters and 2 parts"), "{}", count.body);
        let double = noor.submit(&format!("{new}/preview"), &sms(&format!("Prêt {}", "x".repeat(70)))).await;
        double.expect(200, "70 alone and 67 in several: ê").expect(200, "can send 25 of them a day");
        noor.submit(&new, &sms(&"x".repeat(613))).await.expect(422, "at most 612");
        noor.submit(&new, &sms("Hello 😀")).await.expect(422, "cannot carry these characters: 😀").expect(422, "Hello 😀");
        noor.submit(&new, &sms("Your code is ((code, or none))")).await.expect(422, "cannot have a comma");
        noor.submit(&new, &sms("[[fr]]Allô")).await.expect(200, "The template was saved.");
    }

    async fn a_new_gap_is_confirmed_first(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut noor) = house.team().await;
        let new = format!("/services/{}/templates/new/email", service.id);
        let at = path(&noor.submit(&new, &email("Your ((thing))", "Hello ((name))", "en")).await);
        let (edit, more) = (format!("{at}/edit"), "Hello ((name)) on ((date))");
        let mut fields = email("Your ((thing))", more, "en");
        fields.push(("version", "1"));
        let ask = noor.submit(&edit, &fields).await;
        ask.expect(200, "<h1>New gaps to fill</h1>").expect(200, "<code>((date))</code>").expect(200, "email address")
            .expect(200, "(date)").expect_not("Gaps that are gone");
        noor.get(&at).await.expect_not("((date))");
        // Going back keeps what was typed; saving it saves it.
        noor.submit(&format!("{at}/preview"), &fields).await.expect(200, "Hello ((name)) on ((date))");
        fields.push(("confirmed", "yes"));
        noor.submit(&edit, &fields).await.expect(200, "The template was saved.").expect(200, "date");
        noor.get(&format!("{at}/versions")).await.expect(200, "Version 2");
        let mut fewer = email("Your thing", "Hello ((name))", "en");
        fewer.extend([("version", "2"), ("right_to_left", "yes")]);
        noor.submit(&edit, &fewer).await.expect(200, "The template was saved.");
        noor.get(&edit).await.expect(200, r#"name="right_to_left" value="yes" checked"#);
    }

    async fn who_saves_second_sees_the_difference_and_loses_nothing(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut noor) = house.team().await;
        let lee = house.person("lee@example.gc.ca").await;
        house.join(service.id, &lee, Permissions::all()).await;
        let mut lee = house.signed_in(&lee).await;
        let new = format!("/services/{}/templates/new/email", service.id);
        let at = path(&noor.submit(&new, &email("Subject", "First words", "en")).await);
        let edit = format!("{at}/edit");
        noor.get(&edit).await.expect(200, r#"name="version" value="1""#);
        let with = |body: &'static str, version: &'static str| {
            let mut fields = email("Subject", body, "en");
            fields.push(("version", version));
            fields
        };
        lee.submit(&edit, &with("Words of Lee", "1")).await.expect(200, "was saved");
        let refused = noor.submit(&edit, &with("Words of Noor", "1")).await;
        refused.expect(409, "Somebody else changed the template").expect(409, "lee@example.gc.ca saved version 2")
            .expect(409, "<del").expect(409, "Words of Noor").expect(409, r#"name="version" value="2""#);
        noor.submit(&edit, &with("Words of Noor", "2")).await.expect(200, "was saved");
        noor.get(&format!("{at}/versions")).await.expect(200, "Version 3");
    }

    async fn the_editor_is_for_those_who_may_and_for_templates_of_the_service(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut noor) = house.team().await;
        let new = format!("/services/{}/templates/new/email", service.id);
        let at = path(&noor.submit(&new, &email("Subject", "Words", "en")).await);
        let kim = house.person("kim@example.gc.ca").await;
        house.join(service.id, &kim, [Permission::SendMessages].into_iter().collect()).await;
        let mut kim = house.signed_in(&kim).await;
        let other = house.service("Licences").await;
        let lee = house.person("lee@example.gc.ca").await;
        house.join(other.id, &lee, Permissions::all()).await;
        let mut lee = house.signed_in(&lee).await;
        let elsewhere = at.replace(&service.id.to_string(), &other.id.to_string());
        let fields = email("Subject", "Words", "en");
        for road in ["/preview", "/count", "/edit"] {
            kim.submit(&format!("{at}{road}"), &fields).await.expect(403, "");
            lee.submit(&format!("{at}{road}"), &fields).await.expect(404, "");
            lee.submit(&format!("{elsewhere}{road}"), &fields).await.expect(404, "");
        }
        for road in ["/preview", "/count", ""] {
            kim.submit(&format!("{new}{road}"), &fields).await.expect(403, "");
            lee.submit(&format!("{new}{road}"), &fields).await.expect(404, "");
        }
        let hidden = folder(&house, service.id, "Secret", None).await;
        let held = template(&house, service.id, ("Raise", "Pay"), Some(hidden)).await;
        restrict(&house, service.id, hidden, &[]).await;
        let sam = house.person("sam@example.gc.ca").await;
        house.join(service.id, &sam, [Permission::ManageTemplates].into_iter().collect()).await;
        let mut sam = house.signed_in(&sam).await;
        sam.get(&format!("{at}/edit")).await.expect(200, "Words");
        for road in ["/preview", "/count"] {
            sam.submit(&format!("{held}{road}"), &fields).await.expect(404, "");
        }
    }
}
