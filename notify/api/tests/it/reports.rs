use accounts::{Capabilities, Capability, KeyKind, ServiceId};
use axum::body::Body;
use chrono::TimeDelta;
use http::{Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use kernel::Id;
use notify::report::{Coverage, Kind};
use notify_store::{ReportId, report};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::app::{App, Key, Migrator};

const PATH: &str = "/v2/reports";

async fn manager(app: &App, service: ServiceId) -> Key {
    let may: Capabilities = [Capability::ManageReports].into_iter().collect();
    app.key_with(service, KeyKind::Normal, may).await
}

async fn asked(app: &App, key: &Key, body: Value) -> ReportId {
    let told = app.post(PATH, key, &body).await;
    assert_eq!(told.status, 202, "{}", told.body);
    assert_eq!(told.body["status"], "requested");
    let id = told.body["report_id"].as_str().unwrap();
    let place = format!("https://api.example.ca/v2/reports/{id}");
    assert_eq!(told.header("location"), Some(place.as_str()));
    id.parse().unwrap()
}

async fn row(app: &App, id: ReportId) -> report::Model {
    report::find(app.db.read(), app.service, id).await.unwrap().unwrap()
}

/// Writes a report's file, as the job does.
async fn written(app: &App, id: ReportId, pieces: &[&str]) {
    let tx = app.db.begin().await.unwrap();
    let writer = Id::<()>::new(app.clock.now()).uuid();
    let mut row = report::begin(&tx, app.service, id, writer).await.unwrap().unwrap();
    for text in pieces {
        let sealed = report::seal(&app.vault, &row, text).unwrap();
        assert!(report::add(&tx, &mut row, sealed, 1).await.unwrap());
    }
    assert!(report::finish(&tx, &row, app.clock.now()).await.unwrap());
    tx.commit().await.unwrap();
}

fn email() -> Value {
    json!({"report_type": "email", "language": "en"})
}

testkit::on_each_engine! { Migrator;
    async fn a_report_is_asked_for_made_and_downloaded(test) {
        let app = App::start(&test).await;
        let key = manager(&app, app.service).await;
        let id = asked(&app, &key, json!({"report_type": "sms", "language": "fr"})).await;
        assert_eq!(jobs::queue::count(app.db.read()).await.unwrap(), 1);
        let kept = row(&app, id).await;
        assert_eq!((*kept.kind, *kept.language), (Kind::Sms, kernel::Language::French));
        assert_eq!(kept.requested_by, format!("api-key:{}", key.id));
        let (path, file) = (format!("{PATH}/{id}"), format!("{PATH}/{id}/content"));
        let shown = json!({
            "id": id, "report_type": "sms", "service_id": app.service, "status": "requested",
            "requested_at": "2026-11-21T12:00:00.000000Z", "completed_at": null, "expires_at": null,
            "api_key_id": key.id,
        });
        assert_eq!(app.get(&path, &key).await.body, shown);
        let told = app.get(&file, &key).await;
        told.refused(409, "BadRequestError", "Report is not ready for download (status: requested)");
        written(&app, id, &["\u{feff}\"Destinataire\"\r\n", "\"'+16135550142\"\r\n"]).await;
        let told = app.get(&path, &key).await.body;
        assert_eq!(told["status"], "ready");
        assert_eq!(told["expires_at"], "2026-11-24T12:00:00.000000Z");
        let request = Request::get(&file).header(header::AUTHORIZATION, key.header());
        let request = request.body(Body::empty()).unwrap();
        let answer = app.router.clone().oneshot(request).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "text/csv; charset=utf-8");
        let name = format!("attachment; filename=\"{id}.csv\"");
        assert_eq!(answer.headers()[header::CONTENT_DISPOSITION], name.as_str());
        let text = answer.into_body().collect().await.unwrap().to_bytes();
        assert_eq!(text, "\u{feff}\"Destinataire\"\r\n\"'+16135550142\"\r\n".as_bytes());
        app.clock.advance(TimeDelta::hours(73));
        app.get(&file, &key).await.refused(404, "NoResultFound", "No result found");
        assert_eq!(app.get(&path, &key).await.status, 200);
    }

    async fn a_key_without_the_capability_is_refused_everywhere(test) {
        let app = App::start(&test).await;
        let key = manager(&app, app.service).await;
        let id = asked(&app, &key, email()).await;
        let sentence = "This API key does not have permission to manage reports.";
        for path in [PATH.to_owned(), format!("{PATH}/{id}"), format!("{PATH}/{id}/content")] {
            app.get(&path, &app.key).await.refused(403, "ForbiddenError", sentence);
        }
        app.post(PATH, &app.key, &json!([])).await.refused(403, "ForbiddenError", sentence);
    }

    async fn the_bulk_send_is_named_with_its_type_and_only_then(test) {
        let app = App::start(&test).await;
        let key = manager(&app, app.service).await;
        let strange = Id::<()>::new(app.clock.now());
        let cases = [
            (json!({}), "report_type is a required property"),
            (json!({"report_type": "fax", "language": "en"}), "report_type fax is not one of [sms, email, job]"),
            (json!({"report_type": "sms", "language": 1}), "language 1 is not one of [en, fr]"),
            (json!({"report_type": "job", "language": "en"}), "job_id is a required property"),
            (json!({"report_type": "job", "language": "en", "job_id": "x"}), "job_id is not a valid UUID"),
            (json!({"report_type": "sms", "language": "en", "job_id": strange}), "Additional properties are not allowed (job_id was unexpected)"),
        ];
        for (body, sentence) in cases {
            let told = app.post(PATH, &key, &body).await;
            assert_eq!(told.status, 400, "{}", told.body);
            assert!(told.messages().contains(&sentence), "{}", told.body);
        }
        let body = json!({"report_type": "job", "language": "en", "job_id": strange});
        app.post(PATH, &key, &body).await.refused(404, "JobNotFoundError", "Job not found in database");
    }

    async fn a_report_of_a_bulk_send_covers_its_rows(test) {
        let app = App::start(&test).await;
        let key = manager(&app, app.service).await;
        let template = app.email("Hello", "Dear you").await;
        let body = json!({"name": "permits", "template_id": template, "csv": "email address\nnoor@example.ca"});
        let job = app.post("/v2/notifications/bulk", &key, &body).await.body["data"]["id"].clone();
        let id = asked(&app, &key, json!({"report_type": "job", "language": "en", "job_id": job})).await;
        let batch = Some(job.as_str().unwrap().parse().unwrap());
        assert_eq!(row(&app, id).await.coverage().unwrap(), Coverage { batch, ..Coverage::default() });
        assert_eq!(app.get(&format!("{PATH}/{id}"), &key).await.body["report_type"], "job");
    }

    async fn ten_requests_an_hour_are_counted_whatever_they_say(test) {
        let app = App::start(&test).await;
        let key = manager(&app, app.service).await;
        for nth in 0..10 {
            let body = if nth % 2 == 0 { email() } else { json!({}) };
            assert_ne!(app.post(PATH, &key, &body).await.status, 429);
        }
        let second = manager(&app, app.service).await;
        let told = app.post(PATH, &second, &json!({})).await;
        told.refused(429, "RateLimitExceeded", "Maximum 10 report requests per hour");
        assert_eq!(told.header("retry-after"), Some("3601"));
        assert_eq!(told.header("x-ratelimit-limit"), Some("10"));
        assert_eq!(told.header("x-ratelimit-remaining"), Some("0"));
        let reset = (app.clock.now().timestamp() + 3601).to_string();
        assert_eq!(told.header("x-ratelimit-reset"), Some(reset.as_str()));
        let other = manager(&app, app.service("Other", true).await).await;
        assert_eq!(app.post(PATH, &other, &email()).await.status, 202);
        app.clock.advance(TimeDelta::seconds(3601));
        assert_eq!(app.post(PATH, &key, &email()).await.status, 202);
    }

    async fn the_list_shows_seven_days_newest_first_and_pages(test) {
        let app = App::start(&test).await;
        let key = manager(&app, app.service).await;
        let first = asked(&app, &key, email()).await;
        app.clock.advance(TimeDelta::days(1));
        let second = asked(&app, &key, email()).await;
        let told = app.get(PATH, &key).await.body;
        let ids = |told: &Value| -> Vec<String> {
            let all = told["reports"].as_array().unwrap().iter();
            all.map(|one| one["id"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(ids(&told), [second.to_string(), first.to_string()]);
        let next = format!("https://api.example.ca/v2/reports?older_than={first}");
        assert_eq!(told["links"]["next"], next);
        let told = app.get(&format!("{PATH}?older_than={second}"), &key).await.body;
        assert_eq!(ids(&told), [first.to_string()]);
        app.get(&format!("{PATH}?page=2"), &key).await
            .refused(400, "ValidationError", "Additional properties are not allowed (page was unexpected)");
        app.clock.advance(TimeDelta::days(6) + TimeDelta::seconds(1));
        assert_eq!(ids(&app.get(PATH, &key).await.body), [second.to_string()]);
    }

    async fn a_file_that_cannot_be_read_is_told(test) {
        let app = App::start(&test).await;
        let key = manager(&app, app.service).await;
        let id = asked(&app, &key, email()).await;
        written(&app, id, &[]).await;
        let told = app.get(&format!("{PATH}/{id}/content"), &key).await;
        told.refused(502, "S3ReportDownloadError", "Failed to retrieve report content");
        app.call(Method::GET, &format!("{PATH}/x"), Some(&key.header()), "").await
            .refused(400, "ValidationError", "report_id is not a valid UUID");
    }
}
