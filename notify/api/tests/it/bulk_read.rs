use chrono::TimeDelta;
use http::Method;
use kernel::Id;
use notify::{Channel, limit};
use notify_store::usage;
use serde_json::{Value, json};

use crate::app::{Answer, App, Migrator};

async fn bulk(app: &App, name: &str, scheduled_for: Option<&str>) -> Value {
    let template = app.email("Hello", "Dear ((name))").await;
    let body = json!({
        "name": name, "template_id": template, "scheduled_for": scheduled_for,
        "rows": [["email address", "name"], ["noor@example.ca", "Noor"], ["kim@example.ca", "Kim"]],
    });
    let made = app.post("/v2/notifications/bulk", &app.key, &body).await;
    assert_eq!(made.status, 201, "{}", made.body);
    made.body["data"].clone()
}

fn path(job: &Value) -> String {
    format!("/v2/notifications/bulk/{}", job["id"].as_str().unwrap())
}

async fn delete(app: &App, path: &str) -> Answer {
    app.call(Method::DELETE, path, Some(&app.key.header()), "").await
}

testkit::on_each_engine! { Migrator;
    async fn a_scheduled_bulk_send_is_cancelled_once(test) {
        let app = App::start(&test).await;
        let made = bulk(&app, "permits", Some("2026-11-21T20:00:00Z")).await;
        let day = limit::day(app.clock.now());
        let used = async || usage::used(app.db.read(), app.service, Channel::Email, &day).await.unwrap();
        assert_eq!(used().await, 2);
        let gone = delete(&app, &path(&made)).await;
        assert_eq!(gone.status, 200, "{}", gone.body);
        let mut expected = made.clone();
        expected["job_status"] = json!("cancelled");
        expected["updated_at"] = json!("2026-11-21T12:00:00.000000+00:00");
        expected["statistics"] = json!([]);
        assert_eq!(gone.body, json!({"data": expected}));
        assert_eq!(used().await, 0);
        assert_eq!(app.get(&path(&made), &app.key).await.body, gone.body);
        delete(&app, &path(&made)).await.refused(409, "JobAlreadyCancelledError", "Job has already been cancelled");
    }

    async fn a_bulk_send_that_may_have_begun_cannot_be_cancelled(test) {
        let app = App::start(&test).await;
        let sentence = "Job cannot be cancelled because it is already being sent or has already been sent";
        let made = bulk(&app, "now", None).await;
        delete(&app, &path(&made)).await.refused(409, "JobCancellationNotAllowedError", sentence);
        let made = bulk(&app, "later", Some("2026-11-21T13:00:00Z")).await;
        app.clock.advance(TimeDelta::hours(2));
        delete(&app, &path(&made)).await.refused(409, "JobCancellationNotAllowedError", sentence);
        let strange = format!("/v2/notifications/bulk/{}", Id::<()>::new(app.clock.now()));
        delete(&app, &strange).await.refused(404, "JobNotFoundError", "Job not found in database");
        app.get(&strange, &app.key).await.refused(404, "JobNotFoundError", "Job not found in database");
        app.get("/v2/notifications/bulk/x", &app.key).await.refused(400, "ValidationError", "job_id is not a valid UUID");
    }

    async fn bulk_sends_are_listed_newest_first(test) {
        let app = App::start(&test).await;
        let mut made = Vec::new();
        for name in ["one", "two"] {
            app.clock.advance(TimeDelta::milliseconds(2));
            made.push(bulk(&app, name, None).await);
        }
        let page = app.get("/v2/notifications/bulk", &app.key).await.body;
        let names: Vec<_> = page["bulk_jobs"].as_array().unwrap().iter().map(|job| &job["original_file_name"]).collect();
        assert_eq!(names, ["two", "one"]);
        assert_eq!(page["bulk_jobs"][0]["statistics"], json!([]));
        let next = page["links"]["next"].as_str().unwrap();
        assert_eq!(next, format!("https://api.example.ca/v2/notifications/bulk?older_than={}", made[0]["id"].as_str().unwrap()));
        let end = app.get(next.strip_prefix("https://api.example.ca").unwrap(), &app.key).await.body;
        assert_eq!(end, json!({"bulk_jobs": [], "links": {"current": next}}));
        let strange = format!("/v2/notifications/bulk?older_than={}", Id::<()>::new(app.clock.now()));
        let refused = app.get(&strange, &app.key).await;
        assert_eq!((refused.status.as_u16(), &refused.body["errors"][0]["error"]), (400, &json!("InvalidRequest")));
        assert_eq!(refused.body["errors"][0]["message"], json!({"older_than": ["Job does not exist for this service"]}));
        let bad = app.get("/v2/notifications/bulk?older_than=x", &app.key).await;
        bad.refused(400, "ValidationError", "older_than is not a valid UUID");
    }
}
