use accounts::KeyKind;
use http::StatusCode;
use insta::assert_json_snapshot;
use notify::Status;
use notify_store::{TemplateId, notification::Content, template};
use sea_orm_migration::sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::app::{App, Key, Migrator, merged};

const EMAIL: &str = "/v2/notifications/email";

/// A request with `template` and what `with` adds.
fn to(template: TemplateId, with: Value) -> Value {
    merged(json!({"email_address": "a@b.ca", "template_id": template}), with)
}

testkit::on_each_engine! { Migrator;
    async fn an_email_is_stored_before_it_is_answered(test) {
        let app = App::start(&test).await;
        let template = app.email("Permit ((number))", "Dear ((name)),\r\n((list))\n((late??Hurry.))").await;
        let answer = app.post(EMAIL, &app.key, &json!({
            "email_address": "Noor@Example.ca",
            "template_id": template,
            "reference": "case 7",
            "personalisation": {"Name": "Noor", "number": 12, "list": ["a", "b"], "late": true, "extra": null},
        })).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
        let stored = app.stored().await.remove(0);
        assert_eq!(answer.body["id"], stored.id.to_string());
        assert_eq!(answer.body["uri"], format!("https://api.example.ca/v2/notifications/{}", stored.id));
        let page = format!("https://api.example.ca/services/{}/templates/{template}", app.service);
        assert_eq!(answer.body["template"]["uri"], page);
        assert_eq!((stored.status.0, stored.reference.as_deref(), stored.parts), (Status::Created, Some("case 7"), 1));
        let content = Content::open(&app.vault, stored.id, &stored.sealed).unwrap();
        assert_eq!((content.to.as_str(), content.deliver_to.as_str()), ("Noor@Example.ca", "noor@example.ca"));
        assert_eq!(content.values["Name"], "Noor");
        assert!(!stored.sealed.windows(4).any(|bytes| bytes == b"Noor"), "nothing personal is readable");
        assert_eq!(answer.header("x-limit-daily"), Some("10000"));
        assert_eq!(answer.header("x-limit-daily-remaining"), Some("9999"));
        assert_eq!(answer.header("x-limit-annual-remaining"), Some("19999999"));
        assert_eq!(answer.header("x-ratelimit-remaining"), Some("999"));
        assert_json_snapshot!("email_accepted", answer.body, {
            ".id" => "[id]", ".uri" => "[uri]", ".template.id" => "[id]", ".template.uri" => "[uri]",
        });
    }

    async fn a_busy_service_costs_no_queries_for_what_is_remembered(test) {
        let remember = std::time::Duration::from_secs(3600);
        let app = App::with(&test, |settings| notify_api::Settings { remember, ..settings }).await;
        let template = app.email("Hi", "Hi").await;
        let first = app.post(EMAIL, &app.key, &to(template, json!({}))).await;
        assert_eq!(first.status, StatusCode::CREATED, "{}", first.body);
        let tx = app.db.begin().await.unwrap();
        for table in ["setting", "template", "template_version", "reply_to", "sms_sender", "safelist"] {
            tx.execute_unprepared(&format!("DROP TABLE {table}")).await.unwrap();
        }
        tx.commit().await.unwrap();
        let second = app.post(EMAIL, &app.key, &to(template, json!({}))).await;
        assert_eq!(second.status, StatusCode::CREATED, "{}", second.body);
    }

    async fn vectors_14_to_16_the_template_must_fit(test) {
        let app = App::start(&test).await;
        let (email, sms) = (app.email("Hi", "Dear ((name)) ((ref))").await, app.sms("Hi").await);
        let other = app.service("Lakes", true).await;
        let theirs = app.template(other, notify::Channel::Email, Some("Hi"), "Hi").await;
        let send = async |template: TemplateId| app.post(EMAIL, &app.key, &to(template, json!({}))).await;
        send(TemplateId::from_uuid(app.service.uuid())).await.refused(400, "BadRequestError", "Template not found");
        send(theirs).await.refused(400, "BadRequestError", "Template not found");
        send(sms).await.refused(400, "BadRequestError", "sms template is not suitable for email notification");
        let missing = format!("Missing personalisation for template ID {email}: name, ref");
        send(email).await.refused(400, "BadRequestError", &missing);
        let tx = app.db.begin().await.unwrap();
        template::archive(&tx, &app.stamp(), (app.service, email), "a@b.ca").await.unwrap();
        tx.commit().await.unwrap();
        send(email).await.refused(400, "BadRequestError", &format!("Template {email} has been deleted"));
        assert!(app.stored().await.is_empty());
    }

    async fn empty_and_null_values_are_told_apart(test) {
        let app = App::start(&test).await;
        let template = app.email("Hi", "a ((name))").await;
        let send = async |values: Value| app.post(EMAIL, &app.key, &to(template, json!({"personalisation": values}))).await;
        assert_eq!(send(json!({"name": ""})).await.status, StatusCode::CREATED);
        for none in [json!(null), json!({"name": null}), json!({"name": []}), json!({"name": [null, ""]})] {
            let missing = format!("Missing personalisation for template ID {template}: name");
            send(none).await.refused(400, "BadRequestError", &missing);
        }
        let blank = app.email("Hi", "((name))").await;
        let answer = app.post(EMAIL, &app.key, &to(blank, json!({"personalisation": {"name": " \n"}}))).await;
        answer.refused(400, "BadRequestError", "Message is empty or just whitespace");
    }

    async fn files_are_clearly_not_there_yet(test) {
        let app = App::start(&test).await;
        let template = app.email("Hi", "((doc))").await;
        // What `prepare_upload` of the Python client makes.
        let file = json!({"file": "aGVsbG8=", "filename": null, "confirm_email_before_download": null, "retention_period": null});
        let answer = app.post(EMAIL, &app.key, &to(template, json!({"personalisation": {"doc": file}}))).await;
        answer.refused(400, "BadRequestError", "Files are not available yet: send the message without a file");
    }

    async fn a_short_template_cannot_be_made_enormous(test) {
        let app = App::start(&test).await;
        let template = app.email("Hi", &"((a))".repeat(9_000)).await;
        let values = json!({"personalisation": {"a": "x".repeat(51_000)}});
        let answer = app.post(EMAIL, &app.key, &to(template, values)).await;
        let length = 9_000 * 51_000 + 2;
        answer.refused(400, "BadRequestError", &format!(
            "Your message is too long. Emails cannot be longer than 2000000 bytes. Your message is {length} bytes."
        ));
    }

    async fn unsubscribe_addresses_come_from_the_field_or_a_value(test) {
        let app = App::start(&test).await;
        let template = app.email("Hi", "Hi").await;
        let kept = async |with: Value| {
            let answer = app.post(EMAIL, &app.key, &to(template, with)).await;
            assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
            let id = answer.body["id"].as_str().unwrap().parse().unwrap();
            let stored = notify_store::notification::find(app.db.read(), app.service, id).await.unwrap().unwrap();
            let content = Content::open(&app.vault, id, &stored.sealed).unwrap();
            assert_eq!(answer.body["content"]["one_click_unsubscribe_url"], json!(content.unsubscribe));
            content.unsubscribe
        };
        let (field, value) = ("https://x.ca/field", "https://x.ca/value");
        let values = json!({"unsub_url": value});
        assert_eq!(kept(json!({"one_click_unsubscribe_url": field, "personalisation": values})).await.as_deref(), Some(field));
        assert_eq!(kept(json!({"personalisation": values})).await.as_deref(), Some(value));
        for bad in ["http://x.ca", "https://x", "not an address", "https://x.ca/\n"] {
            assert_eq!(kept(json!({"personalisation": {"unsub_link": bad}})).await, None);
        }
    }

    async fn values_can_be_made_harmless(test) {
        let app = App::start(&test).await;
        let template = app.email("Hi", "Dear ((name)), ((other))").await;
        let answer = app.post(EMAIL, &app.key, &to(template, json!({
            "personalisation": {"name": "[win](https://evil.example)", "other": "*plain*"},
            "sanitise_content_for": ["name", "nobody"],
        }))).await;
        assert_eq!(answer.body["content"]["body"], "Dear \\[win\\]\\(, *plain*");
        assert_eq!(answer.body["sanitised_content"], json!({
            "name": {"unsanitised": "[win](https://evil.example)", "sanitised": "\\[win\\]\\("},
        }));
    }

    async fn vectors_26_and_27_simulated_recipients_and_test_keys(test) {
        let app = App::start(&test).await;
        let template = app.email("Hi", "Hi").await;
        let send = async |address: &str, key: &Key| {
            let answer = app.post(EMAIL, key, &to(template, json!({"email_address": address}))).await;
            assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
            answer
        };
        let simulated = send("Simulate-Delivered-2@notification.canada.ca", &app.key).await;
        assert!(app.stored().await.is_empty());
        assert_eq!(simulated.header("x-limit-daily"), None, "it costs nothing");
        let testing = app.key(app.service, KeyKind::Test).await;
        let answer = send("anyone@example.ca", &testing).await;
        assert_eq!(answer.header("x-limit-daily"), None, "it costs nothing");
        let stored = app.stored().await.remove(0);
        assert_eq!(stored.key_kind.0, KeyKind::Test);
    }
}
