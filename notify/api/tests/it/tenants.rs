//! Every route, asked with the key of another service and with none. A route that is not in the table fails the test.

use std::collections::BTreeSet;

use accounts::{Capabilities, Capability, KeyKind};
use http::Method;
use kernel::Id;
use notify_store::{
    batch, notification,
    received_text::{self, Content},
    template, template_folder,
};
use serde_json::{Value, json};

use crate::app::{Answer, App, Key, Migrator};

/// What every text of the first service holds, so that it is recognised wherever it turns up.
const MARK: &str = "parkland";

/// One route: how to ask for what the first service owns, and what the second is answered.
struct Route {
    method: Method,
    path: &'static str,
    body: &'static str,
    answer: u16,
}

const fn route(method: Method, path: &'static str, body: &'static str, answer: u16) -> Route {
    Route { method, path, body, answer }
}

const GET: Method = Method::GET;
const POST: Method = Method::POST;
const PATCH: Method = Method::PATCH;
const DELETE: Method = Method::DELETE;

/// Every route that asks for a key. `400` is how sends say that the service has no such template.
const ROUTES: &[Route] = &[
    route(
        POST,
        "/v2/notifications/email",
        r#"{"email_address": "a@b.ca", "template_id": "{template_id}"}"#,
        400,
    ),
    route(
        POST,
        "/v2/notifications/sms",
        r#"{"phone_number": "+16135550123", "template_id": "{template_id}"}"#,
        400,
    ),
    route(POST, "/v2/notifications/letter", r#"{"template_id": "{template_id}"}"#, 400),
    route(
        POST,
        "/v2/notifications/bulk",
        r#"{"name": "n", "template_id": "{template_id}", "csv": "email address\na@b.ca"}"#,
        400,
    ),
    route(GET, "/v2/notifications/bulk", "", 200),
    route(GET, "/v2/notifications/bulk/{job_id}", "", 404),
    route(DELETE, "/v2/notifications/bulk/{job_id}", "", 404),
    route(GET, "/v2/notifications", "", 200),
    route(GET, "/v2/notifications/{notification_id}", "", 404),
    route(DELETE, "/v2/notifications/{notification_id}", "", 404),
    route(GET, "/v2/notifications/{notification_id}/pdf", "", 404),
    route(GET, "/v2/templates", "", 200),
    route(GET, "/v2/template/{template_id}", "", 404),
    route(GET, "/v2/template/{template_id}/version/{version}", "", 404),
    route(POST, "/v2/template/{template_id}/preview", "{}", 404),
    route(GET, "/service/{service_id}/template/{template_id}/versions", "", 404),
    route(GET, "/v2/received-text-messages", "", 200),
    route(
        POST,
        "/v2/manage-template",
        r#"{"name": "n", "template_type": "sms", "content": "c", "template_category_id": "{category_id}", "parent_folder_id": "{folder_id}"}"#,
        400,
    ),
    route(GET, "/v2/manage-template/template-categories", "", 200),
    route(GET, "/v2/manage-template/{template_id}", "", 404),
    route(PATCH, "/v2/manage-template/{template_id}", r#"{"content": "mine"}"#, 404),
    route(DELETE, "/v2/manage-template/{template_id}", "", 404),
    route(GET, "/v2/manage-template-folder", "", 200),
    route(
        POST,
        "/v2/manage-template-folder",
        r#"{"name": "n", "parent_folder_id": "{folder_id}"}"#,
        400,
    ),
    route(GET, "/v2/manage-template-folder/{folder_id}", "", 404),
    route(PATCH, "/v2/manage-template-folder/{folder_id}", r#"{"name": "mine"}"#, 404),
    route(DELETE, "/v2/manage-template-folder/{folder_id}", "", 404),
    route(
        POST,
        "/v2/reports",
        r#"{"report_type": "job", "language": "en", "job_id": "{job_id}"}"#,
        404,
    ),
    route(GET, "/v2/reports", "", 200),
    route(GET, "/v2/reports/{report_id}", "", 404),
    route(GET, "/v2/reports/{report_id}/content", "", 404),
];

/// Routes that need no key, or prove who calls in another way.
const PUBLIC: &[(Method, &str)] = &[
    (GET, "/"),
    (GET, "/_status"),
    (POST, "/_status"),
    (GET, "/v2/openapi-en"),
    (GET, "/v2/openapi-fr"),
    (POST, "/providers/{provider}/receipts"),
    (POST, "/providers/{provider}/received-texts"),
];

/// What the first service owns, by the names that paths and bodies know it by.
struct Owned(Vec<(&'static str, String)>);

impl Owned {
    fn fill(&self, text: &str) -> String {
        let put = |text: String, (name, value): &(&str, String)| {
            text.replace(&format!("{{{name}}}"), value)
        };
        self.0.iter().fold(text.to_owned(), put)
    }

    fn of(&self, name: &str) -> &str {
        &self.0.iter().find(|(known, _)| *known == name).unwrap().1
    }
}

async fn post(app: &App, key: &Key, path: &str, body: Value) -> String {
    let made = app.post(path, key, &body).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let body = made.body.get("data").unwrap_or(&made.body);
    body["id"].as_str().unwrap().to_owned()
}

async fn manager(app: &App, service: accounts::ServiceId) -> Key {
    let may: Capabilities =
        [Capability::ManageTemplates, Capability::ManageReports].into_iter().collect();
    app.key_with(service, KeyKind::Normal, may).await
}

async fn owned(app: &App, key: &Key) -> Owned {
    let categories = app.get("/v2/manage-template/template-categories", key).await.body;
    let category = categories["template_categories"][0]["template_category_id"].clone();
    let folder = post(app, key, "/v2/manage-template-folder", json!({"name": MARK})).await;
    let template = json!({
        "name": MARK, "template_type": "email", "subject": MARK, "content": MARK,
        "template_category_id": category, "parent_folder_id": folder,
    });
    let template = post(app, key, "/v2/manage-template", template).await;
    let later = "2026-11-22T12:00:00Z";
    let message = json!({"email_address": "parkland@example.ca", "template_id": template, "reference": MARK, "scheduled_for": later});
    let message = post(app, key, "/v2/notifications/email", message).await;
    let job = json!({"name": MARK, "template_id": template, "csv": "email address\nparkland@example.ca", "scheduled_for": later});
    let job = post(app, key, "/v2/notifications/bulk", job).await;
    receive(app).await;
    let report = json!({"report_type": "job", "language": "en", "job_id": job});
    let report = app.post("/v2/reports", key, &report).await.body["report_id"].clone();
    Owned(vec![
        ("report_id", report.as_str().unwrap().to_owned()),
        ("category_id", category.as_str().unwrap().to_owned()),
        ("folder_id", folder),
        ("template_id", template),
        ("notification_id", message),
        ("job_id", job),
        ("service_id", app.service.to_string()),
        ("version", "1".to_owned()),
    ])
}

async fn receive(app: &App) {
    let id = Id::new(app.clock.now());
    let content = Content { from: "+16135550123".to_owned(), text: MARK.to_owned() };
    let row = received_text::Model {
        id,
        service_id: app.service,
        notify_number: "+16135550100".to_owned(),
        sealed: content.seal(&app.vault, id).unwrap(),
        sender_hash: None,
        provider: "http".to_owned(),
        provider_reference: "1".to_owned(),
        received_at: app.clock.now(),
        created_at: app.clock.now(),
    };
    let tx = app.db.begin().await.unwrap();
    assert!(received_text::insert(&tx, row).await.unwrap());
    tx.commit().await.unwrap();
}

async fn ask(app: &App, route: &Route, owned: &Owned, key: Option<&Key>) -> Answer {
    let header = key.map(Key::header);
    let (path, body) = (owned.fill(route.path), owned.fill(route.body));
    app.call(route.method.clone(), &path, header.as_deref(), body).await
}

/// Everything the first service owns, as it is kept.
async fn kept(app: &App, owned: &Owned) -> String {
    let (db, service) = (app.db.read(), app.service);
    let templates = template::list(db, service, None).await.unwrap();
    let folders = template_folder::list(db, service).await.unwrap();
    let message =
        notification::find(db, service, owned.of("notification_id").parse().unwrap()).await;
    let job = batch::find(db, service, owned.of("job_id").parse().unwrap()).await;
    format!("{templates:?} {folders:?} {:?} {:?}", message.unwrap(), job.unwrap())
}

testkit::on_each_engine! { Migrator;
    async fn every_route_is_in_the_table_or_on_the_public_list(test) {
        let app = App::start(&test).await;
        let document = app.call(GET, "/v2/openapi-en", None, "").await.body;
        let mut written = BTreeSet::new();
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let method: Method = method.to_uppercase().parse().unwrap();
                let is_open = operation["security"] == json!([{}]);
                let is_public = PUBLIC.contains(&(method.clone(), path.as_str()));
                assert_eq!(is_open, is_public, "{method} {path}");
                written.insert(format!("{method} {path}"));
            }
        }
        let keyed = ROUTES.iter().map(|route| format!("{} {}", route.method, route.path));
        let open = PUBLIC.iter().map(|(method, path)| format!("{method} {path}"));
        assert_eq!(keyed.chain(open).collect::<BTreeSet<_>>(), written);
    }

    async fn a_key_of_another_service_gets_and_changes_nothing(test) {
        let app = App::start(&test).await;
        let own = manager(&app, app.service).await;
        let owned = owned(&app, &own).await;
        let stranger = manager(&app, app.service("Other", true).await).await;
        let before = kept(&app, &owned).await;
        for route in ROUTES {
            let told = ask(&app, route, &owned, Some(&stranger)).await;
            let (name, text) = (format!("{} {}", route.method, route.path), told.body.to_string());
            assert_eq!(told.status.as_u16(), route.answer, "{name}: {text}");
            let marks = [MARK, owned.of("service_id"), owned.of("report_id")];
            assert!(!marks.iter().any(|mark| text.contains(mark)), "{name}: {text}");
        }
        assert_eq!(kept(&app, &owned).await, before);
        let mut seen = 0;
        for route in ROUTES.iter().filter(|route| route.method == GET) {
            let text = ask(&app, route, &owned, Some(&own)).await.body.to_string();
            seen += usize::from(text.contains(MARK) || text.contains(owned.of("report_id")));
        }
        let but = "the PDF, the categories and a report that is not ready";
        assert_eq!(seen, 14, "the owner sees its own by every route but {but}");
    }

    async fn every_keyed_route_refuses_who_shows_no_key_or_a_revoked_one(test) {
        let app = App::start(&test).await;
        let own = manager(&app, app.service).await;
        let owned = owned(&app, &own).await;
        let tx = app.db.begin().await.unwrap();
        assert!(accounts::api_key::revoke(&tx, &app.stamp(), app.service, own.id).await.unwrap());
        tx.commit().await.unwrap();
        app.api.directory.invalidate(app.service).await;
        for route in ROUTES {
            let name = format!("{} {}", route.method, route.path);
            let told = ask(&app, route, &owned, None).await;
            assert_eq!(told.body["errors"][0]["code"], "token-missing", "{name}: {}", told.body);
            let told = ask(&app, route, &owned, Some(&own)).await;
            assert_eq!(told.body["errors"][0]["code"], "key-revoked", "{name}: {}", told.body);
        }
    }
}
