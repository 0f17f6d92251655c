use accounts::KeyKind;
use http::StatusCode;
use insta::assert_json_snapshot;
use notify::{Channel, limit::day};
use notify_store::{
    TemplateId, batch,
    setting::{Change, Limits},
    usage,
};
use serde_json::{Value, json};

use crate::app::{App, Migrator, merged};

const BULK: &str = "/v2/notifications/bulk";

fn with(template: TemplateId, more: Value) -> Value {
    merged(json!({"template_id": template, "name": "spring.csv"}), more)
}

testkit::on_each_engine! { Migrator;
    async fn rows_are_stored_with_the_job_that_sends_them(test) {
        let app = App::start(&test).await;
        let template = app.email("Hi", "Dear ((name))").await;
        let rows = json!([["Email Address", "name", "reference"], ["a@b.ca", "Ana", "r1"], ["c@d.ca", 7, null]]);
        let answer = app.post(BULK, &app.key, &with(template, json!({"rows": rows, "reference": "mine"}))).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
        let id = answer.body["data"]["id"].as_str().unwrap().parse().unwrap();
        let stored = batch::with_rows(app.db.read(), app.service, id).await.unwrap().unwrap();
        assert_eq!((stored.row_count, stored.units, stored.reference.as_deref()), (2, 2, Some("mine")));
        let csv = app.vault.open(id.uuid().as_bytes(), &stored.content_sealed).unwrap();
        assert_eq!(csv, b"Email Address,name,reference\r\na@b.ca,Ana,r1\r\nc@d.ca,7,\r\n");
        assert_eq!(jobs::queue::count(app.db.read()).await.unwrap(), 1);
        let used = usage::used(app.db.read(), app.service, Channel::Email, &day(app.clock.now())).await.unwrap();
        assert_eq!((used, answer.header("x-limit-daily-remaining")), (2, Some("9998")));
        let records = audit::page(app.db.read(), &audit::Filter::default(), None, 50).await.unwrap();
        let record = records.iter().find(|record| record.subject == id.to_string()).unwrap();
        assert_eq!((record.action.as_str(), record.actor.to_string()), ("batch.create", format!("api-key:{}", app.key.id)));
        assert_json_snapshot!("bulk_accepted", answer.body, {
            ".data.id" => "[id]", ".data.api_key.id" => "[id]", ".data.api_key.name" => "[name]",
            ".data.service" => "[id]", ".data.template" => "[id]",
        });
    }

    async fn vectors_42_to_45_rows_are_checked_in_the_known_order(test) {
        let app = App::with(&test, |settings| notify_api::Settings { bulk_rows: 3, ..settings }).await;
        let template = app.email("Hi", "Dear ((name))").await;
        let send = async |more: Value| app.post(BULK, &app.key, &with(template, more)).await;
        let either = "You should specify either rows or csv";
        for none in [json!({}), json!({"csv": ""}), json!({"rows": [["a"], ["b"]], "csv": "a\nb"})] {
            send(none).await.refused(400, "BadRequestError", either);
        }
        send(json!({"rows": []})).await.refused(400, "ValidationError", "rows [] is too short");
        send(json!({"rows": [1]})).await.refused(400, "ValidationError", "rows [1] is too short");
        send(json!({"rows": [1, 2]})).await.refused(400, "BadRequestError", "Error converting to CSV: iterable expected, not int");
        send(json!({"rows": [["email address", "name"], ["a@b.ca", "\u{0}"]]})).await
            .refused(400, "ValidationError", "rows must not contain a null character");
        let long = send(json!({"rows": [["email address", "name"], [1, 2], [1, 2], [1, 2], [1, 2]]})).await;
        long.refused(400, "ValidationError", "rows [[email address, name], [1, 2], [1, 2], [1, 2], [1, 2]] is too long");
        send(json!({"csv": "x\ny"})).await.refused(400, "BadRequestError", "Missing column headers: email address, name");
        send(json!({"csv": "email address\na@b.ca"})).await.refused(400, "BadRequestError", "Missing column headers: name");
        send(json!({"csv": "email address,Email_Address,name\na@b.ca,c@d.ca,n"})).await
            .refused(400, "BadRequestError", "Duplicate column headers: Email_Address, email address");
        send(json!({"csv": "email address,name\n\n"})).await.refused(400, "BadRequestError", "There are no rows to send");
        send(json!({"csv": "email address,name\na,\n\nb@c.ca,Bo\nd@e.ca,\n"})).await.refused(400, "BadRequestError",
            "Some rows have errors. Row 2 - `email address`: invalid recipient,`name`: Missing. Row 5 - `name`: Missing.");
        let four = "email address,name\n".to_owned() + &"a@b.ca,Ana\n".repeat(4);
        send(json!({"csv": four})).await.refused(400, "BadRequestError", "Too many rows. Maximum number of rows allowed is 3");
    }

    async fn limits_hold_for_the_whole_sheet(test) {
        let app = App::start(&test).await;
        app.set(Change { limits: Some(Limits { email_daily: 2, email_annual: 5, sms_daily: 3, ..Limits::LIVE }), ..Default::default() }).await;
        let template = app.email("Hi", "Hi").await;
        let send = async |rows: usize| {
            let csv = "email address\n".to_owned() + &"a@b.ca\n".repeat(rows);
            app.post(BULK, &app.key, &with(template, json!({"csv": csv}))).await
        };
        send(6).await.refused(400, "BadRequestError", "You only have 5 remaining messages before you reach your annual limit. You've tried to send 6 messages.");
        send(3).await.refused(400, "BadRequestError", "You only have 2 remaining messages before you reach your daily limit. You've tried to send 3 messages.");
        assert_eq!(send(2).await.status, StatusCode::CREATED);
        send(1).await.refused(400, "BadRequestError", "You only have 0 remaining messages before you reach your daily limit. You've tried to send 1 messages.");
        let text = app.sms("((a))").await;
        let csv = format!("phone number,a\n6135550142,{}\n6135550143,{}\n", "x".repeat(200), "x".repeat(200));
        app.post(BULK, &app.key, &with(text, json!({"csv": csv}))).await
            .refused(429, "LiveServiceTooManySMSRequestsError", "Exceeded SMS daily sending limit of 3 fragments");
        assert_eq!(jobs::queue::count(app.db.read()).await.unwrap(), 1, "a refused sheet leaves nothing");
    }

    async fn an_email_sheet_for_tomorrow_is_on_tomorrows_account(test) {
        let app = App::start(&test).await;
        let template = app.email("Hi", "Hi").await;
        let body = with(template, json!({"csv": "to,email address\nx,a@b.ca", "scheduled_for": "2026-11-22T12:00:00"}));
        let answer = app.post(BULK, &app.key, &body).await;
        assert_eq!((&answer.body["data"]["job_status"], &answer.body["data"]["scheduled_for"]),
            (&json!("scheduled"), &json!("2026-11-22T12:00:00.000000+00:00")), "{}", answer.body);
        for (day, used) in [("2026-11-21", 0), ("2026-11-22", 1), ("2026-27", 1)] {
            assert_eq!(usage::used(app.db.read(), app.service, Channel::Email, day).await.unwrap(), used, "{day}");
        }
    }

    async fn trial_services_and_team_keys_write_to_the_team_in_bulk_too(test) {
        let app = App::start(&test).await;
        let team = app.key(app.service, KeyKind::Team).await;
        let trial = app.service("Lakes", false).await;
        let (normal, trial_team) = (app.key(trial, KeyKind::Normal).await, app.key(trial, KeyKind::Team).await);
        let csv = json!({"csv": "email address\nnoor@example.ca\nstranger@example.ca"});
        for service in [app.service, trial] {
            app.member(service, &format!("noor{service}@example.ca"), None).await;
        }
        let own = with(app.email("Hi", "Hi").await, csv.clone());
        let theirs = with(app.template(trial, Channel::Email, Some("Hi"), "Hi").await, csv);
        app.post(BULK, &team, &own).await.refused(400, "BadRequestError",
            "You cannot send to these recipients because you used a team and safelist API key.");
        for key in [&normal, &trial_team] {
            app.post(BULK, key, &theirs).await.refused(400, "BadRequestError",
                "You cannot send to these recipients because your service is in trial mode. You can only send to members of your team and your safelist.");
        }
    }

    async fn simulated_and_real_numbers_are_not_mixed(test) {
        let app = App::start(&test).await;
        let template = app.sms("Hi").await;
        let send = async |csv: &str| app.post(BULK, &app.key, &with(template, json!({"csv": csv}))).await;
        send("numéro de téléphone\n+16132532222\n6135550142").await
            .refused(400, "BadRequestError", "Bulk sending to testing and non-testing numbers is not supported");
        let simulated = send("phone number\n+16132532222\n+16132532223").await;
        assert_eq!((simulated.status, simulated.header("x-limit-daily")), (StatusCode::CREATED, None), "{}", simulated.body);
    }

    async fn another_services_template_and_sender_are_not_there(test) {
        let app = App::start(&test).await;
        let other = app.service("Lakes", true).await;
        let theirs = app.template(other, Channel::Email, Some("Hi"), "Hi").await;
        let csv = json!({"csv": "email address\na@b.ca"});
        app.post(BULK, &app.key, &with(theirs, csv)).await.refused(400, "BadRequestError", "Template not found");
        let own = app.email("Hi", "Hi").await;
        let stranger = json!({"csv": "email address\na@b.ca", "reply_to_id": other});
        app.post(BULK, &app.key, &with(own, stranger)).await.refused(400, "BadRequestError",
            &format!("email_reply_to_id {other} does not exist in database for service id {}", app.service));
    }

    async fn hostile_sheets_are_refused_before_they_are_taken_apart(test) {
        let app = App::start(&test).await;
        let template = app.email("Hi", &"((a))".repeat(9_000)).await;
        let bombs = [
            ",".repeat(10_000_000),
            format!("email address,a\nb@c.ca,{}", "x".repeat(10_000_000)),
            format!("email address,a\n\"{}", ",\n".repeat(5_000_000)),
            "email address,a\n".to_owned() + &"b@c.ca,xxxxxxxxxxxx\n".repeat(900_000),
        ];
        for bomb in bombs {
            let began = std::time::Instant::now();
            let answer = app.post(BULK, &app.key, &with(template, json!({"csv": bomb}))).await;
            assert_eq!(answer.body["errors"][0]["code"], "bulk-sheet-too-large", "{}", answer.body);
            assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
        }
    }
}
