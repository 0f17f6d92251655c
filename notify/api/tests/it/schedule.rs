use chrono::TimeDelta;
use http::StatusCode;
use notify_store::notification;
use serde_json::json;

use crate::app::{App, Migrator};

const EMAIL: &str = "/v2/notifications/email";

testkit::on_each_engine! { Migrator;
    async fn vectors_31_and_32_a_message_can_wait_96_hours(test) {
        let app = App::start(&test).await;
        let template = app.email("Hi", "Hi").await;
        let send = async |text: String| {
            app.post(EMAIL, &app.key, &json!({"email_address": "a@b.ca", "template_id": template, "scheduled_for": text})).await
        };
        let at = |hours: i64| (app.clock.now() + TimeDelta::hours(hours)).to_rfc3339();
        send(at(97)).await.refused(400, "ValidationError", "scheduled_for datetime can only be up to 96 hours in the future");
        send(at(-1)).await.refused(400, "ValidationError", "scheduled_for datetime cannot be in the past");
        send("soon".to_owned()).await.refused(400, "ValidationError",
            "scheduled_for datetime format is invalid. It must be a valid ISO8601 date time format, https://en.wikipedia.org/wiki/ISO_8601");
        // 14:30 in Ottawa is 19:30 in UTC: the offset counts.
        let text = "2026-11-21T14:30:00-05:00".to_owned();
        let answer = send(text.clone()).await;
        assert_eq!((answer.status, &answer.body["scheduled_for"]), (StatusCode::CREATED, &json!(text)));
        let id = answer.body["id"].as_str().unwrap().parse().unwrap();
        let stored = notification::find(app.db.read(), app.service, id).await.unwrap().unwrap();
        assert_eq!(stored.scheduled_for, Some("2026-11-21T19:30:00Z".parse().unwrap()));
    }
}
