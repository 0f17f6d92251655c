use http::Method;
use notify_api::status::Build;
use serde_json::json;

use crate::app::{App, Migrator};

testkit::on_each_engine! { Migrator;
    async fn the_status_needs_no_key_and_tells_what_runs(test) {
        let build = Build { commit: "abc123".to_owned(), time: "2026-11-21T11:00:00Z".to_owned() };
        let app = App::with(&test, |settings| notify_api::Settings { build, ..settings }).await;
        for (method, path) in [(Method::GET, "/"), (Method::GET, "/_status"), (Method::POST, "/_status")] {
            let told = app.call(method.clone(), path, None, "").await;
            assert_eq!(told.status, 200, "{path}");
            assert_eq!((&told.body["status"], &told.body["commit_sha"]), (&json!("ok"), &json!("abc123")));
            assert_eq!(told.body["build_time"], "2026-11-21T11:00:00Z");
            assert!(told.body["db_version"].as_str().unwrap().starts_with('m'), "{}", told.body);
            let simple = app.call(method, &format!("{path}?simple=1"), None, "").await;
            assert_eq!(simple.body, json!({"status": "ok"}));
        }
    }

    async fn unknown_paths_and_methods_are_refused_in_the_legacy_shape(test) {
        let app = App::start(&test).await;
        let not_found = "The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.";
        for (method, path) in [(Method::GET, "/v2/nothing"), (Method::POST, "/v2/notifications/fax"), (Method::GET, "/notifications")] {
            let told = app.call(method, path, Some(&app.key.header()), "{}").await;
            assert_eq!(told.status, 404, "{path}");
            assert_eq!(told.body, json!({"result": "error", "message": not_found}), "{path}");
        }
        for (method, path) in [(Method::PUT, "/v2/notifications"), (Method::GET, "/v2/notifications/email"), (Method::DELETE, "/v2/templates")] {
            let told = app.call(method, path, Some(&app.key.header()), "").await;
            assert_eq!(told.status, 405, "{path}");
            assert_eq!(told.body, json!({"result": "error", "message": "The method is not allowed for the requested URL."}));
        }
    }
}
