use accounts::KeyKind;
use chrono::TimeDelta;
use http::StatusCode;
use notify::Channel;
use notify_store::setting::{Change, Limits};
use serde_json::json;

use crate::app::{App, Migrator};

const EMAIL: &str = "/v2/notifications/email";
const SMS: &str = "/v2/notifications/sms";

testkit::on_each_engine! { Migrator;
    async fn vector_29_the_1001st_request_of_a_minute_is_refused(test) {
        let app = App::start(&test).await;
        let template = app.email("Hi", "Hi").await;
        let simulated = json!({"email_address": "simulate-delivered@notification.canada.ca", "template_id": template});
        for _ in 0..1000 {
            assert_eq!(app.post(EMAIL, &app.key, &simulated).await.status, StatusCode::CREATED);
        }
        let refused = app.post(EMAIL, &app.key, &simulated).await;
        refused.refused(429, "RateLimitError", "Exceeded rate limit for key type LIVE of 1000 requests per 60 seconds");
        assert_eq!(refused.header("retry-after"), Some("61"));
        assert_eq!(refused.header("x-ratelimit-remaining"), Some("0"));
        let malformed = app.post(EMAIL, &app.key, &json!({})).await;
        assert_eq!(malformed.status, StatusCode::BAD_REQUEST, "the schema comes first");
        let testing = app.key(app.service, KeyKind::Test).await;
        assert_eq!(app.post(EMAIL, &testing, &simulated).await.status, StatusCode::CREATED);
        app.clock.advance(TimeDelta::seconds(61));
        assert_eq!(app.post(EMAIL, &app.key, &simulated).await.status, StatusCode::CREATED);
    }

    async fn vector_30_the_51st_email_of_a_trials_day_is_refused(test) {
        let app = App::start(&test).await;
        let trial = app.service("Lakes", false).await;
        let (key, testing) = (app.key(trial, KeyKind::Normal).await, app.key(trial, KeyKind::Test).await);
        let template = app.template(trial, Channel::Email, Some("Hi"), "Hi").await;
        app.member(trial, "noor@example.ca", None).await;
        let body = json!({"email_address": "noor@example.ca", "template_id": template});
        for left in (0..50).rev() {
            let answer = app.post(EMAIL, &key, &body).await;
            assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
            assert_eq!(answer.header("x-limit-daily-remaining"), Some(left.to_string().as_str()));
        }
        let sentence = "Exceeded email daily sending limit of 50 messages";
        app.post(EMAIL, &key, &body).await.refused(429, "TrialServiceTooManyEmailRequestsError", sentence);
        // The limit comes before the recipient (section 2.3, steps 14 and 16), and a simulated one costs nothing.
        let stranger = json!({"email_address": "stranger@example.ca", "template_id": template});
        app.post(EMAIL, &key, &stranger).await.refused(429, "TrialServiceTooManyEmailRequestsError", sentence);
        let simulated = json!({"email_address": "simulate-delivered@notification.canada.ca", "template_id": template});
        for (key, body) in [(&key, &simulated), (&testing, &body)] {
            assert_eq!(app.post(EMAIL, key, body).await.status, StatusCode::CREATED);
        }
        app.clock.advance(TimeDelta::hours(12));
        assert_eq!(app.post(EMAIL, &key, &body).await.status, StatusCode::CREATED, "a new day");
    }

    async fn a_text_is_held_against_the_limits_with_all_its_parts(test) {
        let app = App::start(&test).await;
        app.set(Change { limits: Some(Limits { sms_daily: 3, sms_annual: 4, ..Limits::LIVE }), ..Default::default() }).await;
        let template = app.sms("((a))").await;
        let send = async |length: usize| {
            let body = json!({"phone_number": "6135550142", "template_id": template, "personalisation": {"a": "x".repeat(length)}});
            app.post(SMS, &app.key, &body).await
        };
        assert_eq!(send(200).await.header("x-limit-daily-remaining"), Some("1"));
        send(200).await.refused(429, "LiveServiceTooManySMSRequestsError", "Exceeded SMS daily sending limit of 3 fragments");
        assert_eq!(send(20).await.status, StatusCode::CREATED, "reaching the limit is fine");
        app.clock.advance(TimeDelta::days(1));
        send(200).await.refused(429, "LiveServiceRequestExceedsSMSAnnualLimitError", "Exceeded annual SMS sending limit of 4 messages");
    }

    async fn many_at_once_pass_no_limit(test) {
        let app = App::start(&test).await;
        app.set(Change { limits: Some(Limits { email_daily: 20, ..Limits::LIVE }), ..Default::default() }).await;
        let template = app.email("Hi", "Hi").await;
        let body = json!({"email_address": "a@b.ca", "template_id": template});
        let all = futures::future::join_all((0..60).map(|_| app.post(EMAIL, &app.key, &body))).await;
        let accepted = all.iter().filter(|answer| answer.status == StatusCode::CREATED).count();
        assert_eq!((accepted, app.stored().await.len()), (20, 20));
        for answer in all.iter().filter(|answer| answer.status != StatusCode::CREATED) {
            answer.refused(429, "LiveServiceTooManyEmailRequestsError", "Exceeded email daily sending limit of 20 messages");
        }
    }
}
