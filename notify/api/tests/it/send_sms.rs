use accounts::{KeyKind, ServiceId};
use http::StatusCode;
use insta::assert_json_snapshot;
use notify::{Channel, Dialect, Permission};
use notify_store::{TemplateId, safelist, setting, sms_sender};
use serde_json::{Value, json};

use crate::app::{App, Migrator, merged};

const SMS: &str = "/v2/notifications/sms";

fn to(template: TemplateId, with: Value) -> Value {
    merged(json!({"phone_number": "613-555-0142", "template_id": template}), with)
}

async fn sender(app: &App, service: ServiceId, text: &str) -> String {
    let tx = app.db.begin().await.unwrap();
    let wanted =
        sms_sender::NewSender { sender: text.to_owned(), is_default: false, receives: false };
    let row = sms_sender::add(&tx, &app.stamp(), service, &wanted).await.unwrap();
    tx.commit().await.unwrap();
    row.id.to_string()
}

testkit::on_each_engine! { Migrator;
    async fn a_text_is_counted_in_parts_with_its_prefix(test) {
        let app = App::start(&test).await;
        sender(&app, app.service, "PARKS").await;
        let template = app.sms("((line))\r\nOpen at ((hour)).").await;
        let values = json!({"personalisation": {"line": "x".repeat(150), "hour": 8}});
        let answer = app.post(SMS, &app.key, &to(template, values)).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
        let stored = app.stored().await.remove(0);
        assert_eq!((stored.parts, stored.reply_to.as_deref()), (2, Some("PARKS")));
        assert_eq!(answer.header("x-limit-daily-remaining"), Some("1498"));
        assert_json_snapshot!("sms_accepted", answer.body, {
            ".id" => "[id]", ".uri" => "[uri]", ".template.id" => "[id]", ".template.uri" => "[uri]",
        });
    }

    async fn vectors_15_and_17_type_and_length(test) {
        let app = App::start(&test).await;
        let email = app.email("Hi", "Hi").await;
        let answer = app.post(SMS, &app.key, &to(email, json!({}))).await;
        answer.refused(400, "BadRequestError", "email template is not suitable for sms notification");
        let template = app.sms("((a))").await;
        let send = async |length: usize| {
            // "Parks: " is 7 characters.
            app.post(SMS, &app.key, &to(template, json!({"personalisation": {"a": "x".repeat(length)}}))).await
        };
        assert_eq!(send(605).await.status, StatusCode::CREATED);
        send(606).await.refused(400, "BadRequestError", "Content for template has a character count greater than the limit of 612");
        send(0).await.refused(400, "BadRequestError", "Message is empty or just whitespace");
        let file = json!({"personalisation": {"a": {"file": "aGk="}}});
        app.post(SMS, &app.key, &to(template, file)).await.refused(400, "BadRequestError", "Can only send a file by email");
    }

    async fn vector_33_senders_are_the_services_own(test) {
        let app = App::start(&test).await;
        let other = app.service("Lakes", true).await;
        let (own, theirs) = (sender(&app, app.service, "PARKS").await, sender(&app, other, "LAKES").await);
        let template = app.sms("Hi").await;
        let answer = app.post(SMS, &app.key, &to(template, json!({"sms_sender_id": own}))).await;
        assert_eq!(answer.body["content"]["from_number"], "PARKS");
        let answer = app.post(SMS, &app.key, &to(template, json!({"sms_sender_id": theirs}))).await;
        answer.refused(400, "BadRequestError", &format!("sms_sender_id {theirs} does not exist in database for service id {}", app.service));
    }

    async fn vector_34_numbers_abroad_need_a_permission(test) {
        let app = App::start(&test).await;
        let template = app.sms("Hi").await;
        let abroad = to(template, json!({"phone_number": "+44 7911 123456"}));
        assert_eq!(app.post(SMS, &app.key, &abroad).await.status, StatusCode::CREATED);
        let permissions = Some([Permission::Sms].into());
        app.set(setting::Change { permissions, ..Default::default() }).await;
        app.post(SMS, &app.key, &abroad).await.refused(400, "BadRequestError", "Cannot send to international mobile numbers");
        let permissions = Some([Permission::Email].into());
        app.set(setting::Change { permissions, ..Default::default() }).await;
        app.post(SMS, &app.key, &abroad).await.refused(400, "BadRequestError", "Service is not allowed to send text messages");
    }

    async fn vectors_23_to_25_trial_services_and_team_keys_write_to_the_team(test) {
        let app = App::start(&test).await;
        let trial = app.service("Lakes", false).await;
        let (live, team) = (app.key(trial, KeyKind::Normal).await, app.key(trial, KeyKind::Team).await);
        let testing = app.key(trial, KeyKind::Test).await;
        let template = app.template(trial, Channel::Sms, None, "Hi").await;
        app.member(trial, "noor@example.ca", Some("+16135550177")).await;
        let tx = app.db.begin().await.unwrap();
        safelist::add(&tx, &app.stamp(), trial, (Channel::Sms, "+16135550188")).await.unwrap();
        tx.commit().await.unwrap();
        let send = async |number: &str, key| app.post(SMS, key, &to(template, json!({"phone_number": number}))).await;
        for key in [&live, &team, &testing] {
            for number in ["(613) 555-0177", "613 555 0188", "6132532222"] {
                assert_eq!(send(number, key).await.status, StatusCode::CREATED, "{number}");
            }
        }
        let documentation = "https://documentation.notification.canada.ca/en/keys.html";
        send("613 555 0199", &live).await.refused(400, "BadRequestError",
            &format!("Can’t send to this recipient when service is in trial mode – see {documentation}#live"));
        send("613 555 0199", &team).await.refused(400, "BadRequestError",
            &format!("Can’t send to this recipient using a team-only API key (service {trial}) - see {documentation}#team-and-safelist"));
        assert_eq!(send("613 555 0199", &testing).await.status, StatusCode::CREATED);
    }

    async fn letters_are_refused_in_both_shapes(test) {
        let app = App::start(&test).await;
        for body in [json!({"template_id": app.service}), json!({"reference": "a", "content": "b"})] {
            let answer = app.post("/v2/notifications/letter", &app.key, &body).await;
            answer.refused(400, "BadRequestError", "Service is not allowed to send letters");
        }
    }

    async fn the_uk_dialect_knows_its_own_numbers_and_limits(test) {
        let app = App::with(&test, |settings| notify_api::Settings { dialect: Dialect::Uk, ..settings }).await;
        let template = app.sms("((a))").await;
        let send = async |number: &str, length: usize| {
            let values = json!({"phone_number": number, "personalisation": {"a": "x".repeat(length)}});
            app.post(SMS, &app.key, &to(template, values)).await
        };
        let answer = send("07700 900123", 918).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
        send("07700 900123", 919).await.refused(400, "BadRequestError",
            "Your message is too long. Text messages cannot be longer than 918 characters. Your message is 919 characters long.");
        send("020 7946 0018", 1).await.refused(400, "ValidationError", "phone_number Not a UK mobile number");
        send("07700 900123", 0).await.refused(400, "BadRequestError", "Your message is empty.");
        app.post(SMS, &app.key, &to(template, json!({"phone_number": "07700900123"}))).await
            .refused(400, "BadRequestError", "Missing personalisation: a");
    }
}
