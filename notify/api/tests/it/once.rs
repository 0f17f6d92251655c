use axum::body::Body;
use chrono::TimeDelta;
use http::{Request, StatusCode, header};
use serde_json::{Value, json};

use crate::app::{Answer, App, Key, Migrator};

const EMAIL: &str = "/v2/notifications/email";

async fn send(app: &App, key: &Key, once: &str, body: &Value) -> Answer {
    let request = Request::post(EMAIL)
        .header(header::AUTHORIZATION, key.header())
        .header("Idempotency-Key", once)
        .body(Body::from(body.to_string()));
    app.ask(request.unwrap()).await
}

testkit::on_each_engine! { Migrator;
    async fn the_same_request_is_answered_alike_and_sent_once(test) {
        let app = App::start(&test).await;
        let template = app.email("Hi", "Hi").await;
        let body = json!({"email_address": "a@b.ca", "template_id": template});
        let first = send(&app, &app.key, "order-66", &body).await;
        assert_eq!(first.status, StatusCode::CREATED, "{}", first.body);
        // Not even an archived template changes what was answered.
        let tx = app.db.begin().await.unwrap();
        notify_store::template::archive(&tx, &app.stamp(), (app.service, template), "a@b.ca").await.unwrap();
        tx.commit().await.unwrap();
        let again = send(&app, &app.key, "order-66", &body).await;
        assert_eq!((again.status, &again.body), (StatusCode::CREATED, &first.body));
        assert_eq!(again.header("idempotency-replayed"), Some("true"));
        assert_eq!(app.stored().await.len(), 1);

        let other = json!({"email_address": "c@d.ca", "template_id": template});
        send(&app, &app.key, "order-66", &other).await.refused(409, "ConflictError", "Idempotency-Key was used with another request");
        let testing = app.key(app.service, accounts::KeyKind::Test).await;
        send(&app, &testing, "order-66", &body).await.refused(409, "ConflictError", "Idempotency-Key was used with another request");
        app.clock.advance(TimeDelta::hours(25));
        let late = send(&app, &app.key, "order-66", &other).await;
        assert_eq!(late.body["errors"][0]["code"], "template-deleted", "forgotten after a day");
    }

    async fn keys_of_two_services_have_nothing_to_do_with_each_other(test) {
        let app = App::start(&test).await;
        let template = app.email("Hi", "Hi").await;
        let body = json!({"email_address": "a@b.ca", "template_id": template});
        assert_eq!(send(&app, &app.key, "one", &body).await.status, StatusCode::CREATED);
        let other = app.service("Lakes", true).await;
        let stranger = app.key(other, accounts::KeyKind::Normal).await;
        send(&app, &stranger, "one", &body).await.refused(400, "BadRequestError", "Template not found");
    }

    async fn a_burst_of_repetitions_sends_one(test) {
        let app = App::start(&test).await;
        let template = app.email("Hi", "Hi").await;
        let body = json!({"email_address": "a@b.ca", "template_id": template});
        let all = futures::future::join_all((0..20).map(|_| send(&app, &app.key, "burst", &body))).await;
        for answer in &all {
            assert_eq!((answer.status, &answer.body["id"]), (StatusCode::CREATED, &all[0].body["id"]));
        }
        assert_eq!(app.stored().await.len(), 1);
        let simulated = json!({"email_address": "simulate-delivered@notification.canada.ca", "template_id": template});
        let (one, two) = (send(&app, &app.key, "sim", &simulated).await, send(&app, &app.key, "sim", &simulated).await);
        assert_eq!(one.body, two.body);
    }

    async fn a_sheet_is_accepted_once_and_its_key_is_no_other_routes(test) {
        let app = App::start(&test).await;
        let template = app.email("Hi", "Hi").await;
        let body = json!({"template_id": template, "name": "a", "csv": "email address\na@b.ca"});
        let bulk = async || {
            let request = Request::post("/v2/notifications/bulk")
                .header(header::AUTHORIZATION, app.key.header())
                .header("Idempotency-Key", "sheet");
            app.ask(request.body(Body::from(body.to_string())).unwrap()).await
        };
        let all = futures::future::join_all((0..6).map(|_| bulk())).await;
        for answer in &all {
            assert_eq!((answer.status, &answer.body), (StatusCode::CREATED, &all[0].body));
        }
        assert_eq!(jobs::queue::count(app.db.read()).await.unwrap(), 1);
        send(&app, &app.key, "sheet", &body).await.refused(409, "ConflictError", "Idempotency-Key was used with another request");
    }

    async fn a_key_is_visible_and_short(test) {
        let app = App::start(&test).await;
        let longest = "k".repeat(255);
        for bad in ["", "two words", "\u{e9}", &"k".repeat(256)] {
            send(&app, &app.key, bad, &json!({})).await
                .refused(400, "BadRequestError", "Idempotency-Key must have 1 to 255 visible ASCII characters");
        }
        assert_eq!(send(&app, &app.key, &longest, &json!({})).await.messages().len(), 2);
    }
}
