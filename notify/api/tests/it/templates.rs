use accounts::{Capabilities, Capability, KeyKind};
use http::Method;
use kernel::Id;
use notify::{Channel, Permission};
use notify_store::{setting, template_category};
use serde_json::{Value, json};

use crate::app::{Answer, App, Key, Migrator};

async fn manager(app: &App) -> Key {
    let may: Capabilities = [Capability::ManageTemplates].into_iter().collect();
    app.key_with(app.service, KeyKind::Normal, may).await
}

async fn category(app: &App) -> Value {
    let all = template_category::list(app.db.read()).await.unwrap();
    json!(all[0].id)
}

async fn call(app: &App, method: Method, path: &str, key: &Key, body: &Value) -> Answer {
    app.call(method, path, Some(&key.header()), body.to_string()).await
}

testkit::on_each_engine! { Migrator;
    async fn a_template_is_read_with_its_placeholders_archived_or_not(test) {
        let app = App::start(&test).await;
        let id = app.email("Hello ((name))", "((late??You are late)) ((ref))").await;
        let read = app.get(&format!("/v2/template/{id}"), &app.key).await;
        let expected = json!({
            "id": id, "name": "Permit", "type": "email", "created_at": "2026-11-21T12:00:00.000000Z",
            "updated_at": null, "created_by": "author@example.ca", "version": 1,
            "body": "((late??You are late)) ((ref))", "subject": "Hello ((name))",
            "personalisation": {"name": {"required": true}, "late": {"required": true}, "ref": {"required": true}},
            "postage": null, "letter_contact_block": null,
        });
        assert_eq!((read.status.as_u16(), &read.body), (200, &expected));
        let first = app.get(&format!("/v2/template/{id}/version/1"), &app.key).await;
        assert_eq!(first.body, expected);
        let versions = app.get(&format!("/service/{}/template/{id}/versions", app.service), &app.key).await;
        assert_eq!(versions.body, json!({"data": [expected]}));
        let keeper = manager(&app).await;
        let gone = call(&app, Method::DELETE, &format!("/v2/manage-template/{id}"), &keeper, &Value::Null).await;
        assert_eq!((gone.status.as_u16(), &gone.body["archived"]), (200, &json!(true)));
        let read = app.get(&format!("/v2/template/{id}"), &app.key).await;
        assert_eq!((read.status.as_u16(), &read.body["version"]), (200, &json!(2)));
        assert_eq!(app.get("/v2/templates", &app.key).await.body, json!({"templates": []}));
    }

    async fn what_a_template_path_can_be_wrong_about(test) {
        let app = App::start(&test).await;
        let id = app.sms("t").await;
        let get = async |path: String| app.get(&path, &app.key).await;
        get("/v2/template/x".into()).await.refused(400, "ValidationError", "id is not a valid UUID");
        get(format!("/v2/template/{}", Id::<()>::new(app.clock.now()))).await.refused(404, "NoResultFound", "No result found");
        get(format!("/v2/template/{id}/version/7")).await.refused(404, "NoResultFound", "No result found");
        get(format!("/v2/template/{id}/version/99999999999")).await.refused(404, "NoResultFound", "No result found");
        let path = get(format!("/v2/template/{id}/version/one")).await;
        assert_eq!((path.status.as_u16(), &path.body["result"]), (404, &json!("error")));
        get("/v2/templates?type=orange".into()).await.refused(400, "ValidationError", "type orange is not one of [sms, email, letter]");
        get("/v2/templates?page=1".into()).await.refused(400, "ValidationError", "Additional properties are not allowed (page was unexpected)");
        let other = app.service("Other", true).await;
        get(format!("/service/{other}/template/{id}/versions")).await.refused(404, "NoResultFound", "No result found");
    }

    async fn templates_are_listed_by_name_and_type(test) {
        let app = App::start(&test).await;
        let (sms, email) = (app.sms("t").await, app.email("s", "b").await);
        let ids = |answer: Answer| -> Vec<Value> {
            answer.body["templates"].as_array().unwrap().iter().map(|one| one["id"].clone()).collect()
        };
        assert_eq!(ids(app.get("/v2/templates", &app.key).await), [json!(email), json!(sms)]);
        assert_eq!(ids(app.get("/v2/templates?type=sms", &app.key).await), [json!(sms)]);
        assert!(ids(app.get("/v2/templates?type=letter", &app.key).await).is_empty());
    }

    async fn a_preview_fills_and_never_fails_on_what_clients_send(test) {
        let app = App::start(&test).await;
        let id = app.email("Hello ((name))", "# Dear ((name))").await;
        let path = format!("/v2/template/{id}/preview");
        let post = async |body: &str| app.call(Method::POST, &path, Some(&app.key.header()), body.to_owned()).await;
        let shown = post(r#"{"personalisation": {"name": "<b>"}}"#).await;
        assert_eq!(shown.status, 200, "{}", shown.body);
        assert_eq!((&shown.body["body"], &shown.body["subject"]), (&json!("# Dear <b>"), &json!("Hello <b>")));
        let html = shown.body["html"].as_str().unwrap();
        assert!(html.contains("&lt;b&gt;") && !html.contains("<b>") && !html.contains("<html"), "{html}");
        assert_eq!((&shown.body["version"], &shown.body["postage"]), (&json!(1), &Value::Null));
        for nothing in [r#"{"personalisation": null}"#, "{}", "", "null"] {
            post(nothing).await.refused(400, "BadRequestError", "Missing personalisation: name");
        }
        post("[]").await.refused(400, "ValidationError", "[] is not of type object");
        post(r#"{"personalisation": "x"}"#).await.refused(400, "ValidationError", "personalisation x is not of type object");
        post("{").await.refused(400, "BadRequestError", "Error decoding arguments: The browser (or proxy) sent a request that this server could not understand.");
        let text = app.sms("plain").await;
        let shown = app.post(&format!("/v2/template/{text}/preview"), &app.key, &json!({"personalisation": null})).await;
        assert_eq!((shown.status.as_u16(), &shown.body["html"], &shown.body["subject"]), (200, &Value::Null, &Value::Null));
    }

    async fn a_key_without_the_capability_manages_nothing(test) {
        let app = App::start(&test).await;
        let sentence = "This API key does not have permission to manage templates.";
        for (method, path) in [
            (Method::POST, "/v2/manage-template"), (Method::GET, "/v2/manage-template/x"),
            (Method::PATCH, "/v2/manage-template/x"), (Method::DELETE, "/v2/manage-template/x"),
            (Method::GET, "/v2/manage-template/template-categories"), (Method::GET, "/v2/manage-template-folder"),
            (Method::POST, "/v2/manage-template-folder"), (Method::GET, "/v2/manage-template-folder/x"),
            (Method::PATCH, "/v2/manage-template-folder/x"), (Method::DELETE, "/v2/manage-template-folder/x"),
        ] {
            call(&app, method, path, &app.key, &Value::Null).await.refused(403, "ForbiddenError", sentence);
        }
    }

    async fn a_template_is_made_changed_and_archived_by_key(test) {
        let app = App::start(&test).await;
        let (key, category) = (manager(&app).await, category(&app).await);
        let folder = app.post("/v2/manage-template-folder", &key, &json!({"name": "Permits"})).await;
        assert_eq!(folder.status, 201, "{}", folder.body);
        let made = app.post("/v2/manage-template", &key, &json!({
            "name": "Permit", "template_type": "email", "content": "Dear ((name))", "subject": "Permit",
            "template_category_id": category, "parent_folder_id": folder.body["id"],
        })).await;
        assert_eq!(made.status, 201, "{}", made.body);
        let id = made.body["id"].as_str().unwrap().to_owned();
        assert_eq!(made.body, json!({
            "id": id, "service_id": app.service, "service_name": "Parks", "name": "Permit", "type": "email",
            "created_at": "2026-11-21T12:00:00.000000Z", "updated_at": null, "created_by": "notify@notification.example.ca",
            "version": 1, "body": "Dear ((name))", "subject": "Permit", "postage": null, "template_category_id": category,
            "template_category_name": "Alerts", "folder_id": folder.body["id"], "archived": false,
        }));
        let path = format!("/v2/manage-template/{id}");
        assert_eq!(app.get(&path, &key).await.body, made.body);
        let patch = async |body: Value| call(&app, Method::PATCH, &path, &key, &body).await;
        assert_eq!(patch(json!({})).await.body["version"], 1);
        let changed = patch(json!({"content": "Hi ((name))"})).await.body;
        assert_eq!((&changed["version"], &changed["body"]), (&json!(2), &json!("Hi ((name))")));
        assert_eq!(patch(json!({"content": "Hi ((name))"})).await.body["version"], 2, "unchanged");
        let moved = patch(json!({"parent_folder_id": null})).await.body;
        assert_eq!((&moved["version"], &moved["folder_id"]), (&json!(2), &Value::Null));
        let sent = app.post("/v2/notifications/email", &app.key, &json!({"email_address": "a@b.ca", "template_id": id, "personalisation": {"name": "Noor"}})).await;
        assert_eq!((&sent.body["template"]["version"], &sent.body["content"]["body"]), (&json!(2), &json!("Hi Noor")));
        assert_eq!(call(&app, Method::DELETE, &path, &key, &Value::Null).await.body["archived"], true);
        let sentence = "Template is already archived.";
        call(&app, Method::DELETE, &path, &key, &Value::Null).await.refused(400, "BadRequestError", sentence);
        patch(json!({"name": "x"})).await.refused(400, "BadRequestError", sentence);
        let sent = app.post("/v2/notifications/email", &app.key, &json!({"email_address": "a@b.ca", "template_id": id, "personalisation": {"name": "Noor"}})).await;
        sent.refused(400, "BadRequestError", &format!("Template {id} has been deleted"));
    }

    async fn what_a_new_template_can_be_wrong_about(test) {
        let app = App::start(&test).await;
        let (key, category) = (manager(&app).await, category(&app).await);
        let with = |change: Value| {
            let mut body = json!({"name": "Permit", "template_type": "sms", "content": "c", "template_category_id": category});
            for (name, value) in change.as_object().unwrap() {
                body[name] = value.clone();
            }
            body
        };
        let post = async |body: Value| app.post("/v2/manage-template", &key, &body).await;
        let missing = post(json!({})).await;
        assert_eq!(missing.messages(), ["content is a required property", "name is a required property", "template_category_id is a required property", "template_type is a required property"]);
        assert_eq!(missing.body["template_categories"].as_array().unwrap().len(), 6);
        let bad = post(with(json!({"template_category_id": "x"}))).await;
        bad.refused(400, "TemplateCategoryValidationError", "template_category_id must be a valid UUID");
        assert_eq!(bad.body["template_categories"][0]["name"], "Alerts");
        let unknown = post(with(json!({"template_category_id": Id::<()>::new(app.clock.now())}))).await;
        unknown.refused(400, "TemplateCategoryNotFoundError", "template_category_id not found");
        assert!(unknown.body["template_categories"].is_array());
        post(with(json!({"template_type": "email"}))).await.refused(400, "ValidationError", "subject is a required property");
        post(with(json!({"template_type": "fax"}))).await.refused(400, "ValidationError", "template_type fax is not one of [sms, email]");
        post(with(json!({"content": "x".repeat(613)}))).await.refused(400, "BadRequestError", "Content has a character count greater than the limit of 612");
        post(with(json!({"template_type": "email", "subject": "s", "content": "x".repeat(50_001)}))).await.refused(400, "BadRequestError", "Content has a character count greater than the limit of 50000");
        post(with(json!({"name": "x".repeat(255)}))).await.refused(400, "BadRequestError", "Template name must be less than 255 characters");
        post(with(json!({"parent_folder_id": Id::<()>::new(app.clock.now())}))).await.refused(400, "BadRequestError", "parent_folder_id not found");
        app.set(setting::Change { permissions: Some([Permission::to_send(Channel::Email)].into()), ..Default::default() }).await;
        post(with(json!({}))).await.refused(403, "ForbiddenError", "Creating text message templates is not allowed");
    }

    async fn folders_keep_their_rules(test) {
        let app = App::start(&test).await;
        let key = manager(&app).await;
        let noor = app.member(app.service, "noor@example.ca", None).await;
        let post = async |body: Value| app.post("/v2/manage-template-folder", &key, &body).await;
        let top = post(json!({"name": "Permits"})).await.body;
        assert_eq!(top, json!({"id": top["id"], "service_id": app.service, "name": "Permits", "parent_folder_id": null, "users_with_permission": [noor]}));
        let inner = post(json!({"name": "Old", "parent_folder_id": top["id"]})).await.body;
        let path = |folder: &Value| format!("/v2/manage-template-folder/{}", folder["id"].as_str().unwrap());
        let patch = async |folder: &Value, body: Value| call(&app, Method::PATCH, &path(folder), &key, &body).await;
        patch(&top, json!({"parent_folder_id": top["id"]})).await.refused(400, "BadRequestError", "You cannot move a folder to itself");
        patch(&top, json!({"parent_folder_id": inner["id"]})).await.refused(400, "BadRequestError", "You cannot move a folder to one of its subfolders");
        patch(&top, json!({"name": "  "})).await.refused(400, "BadRequestError", "name cannot be empty");
        patch(&inner, json!({"parent_folder_id": Id::<()>::new(app.clock.now())})).await.refused(400, "BadRequestError", "parent_folder_id not found");
        let renamed = patch(&inner, json!({"name": "Older", "parent_folder_id": null})).await.body;
        assert_eq!((&renamed["name"], &renamed["parent_folder_id"]), (&json!("Older"), &Value::Null));
        patch(&inner, json!({"parent_folder_id": top["id"]})).await;
        let delete = async |folder: &Value| call(&app, Method::DELETE, &path(folder), &key, &Value::Null).await;
        delete(&top).await.refused(400, "BadRequestError", "Folder is not empty");
        assert_eq!(delete(&inner).await.status, 200);
        let listed = app.get("/v2/manage-template-folder", &key).await.body;
        assert_eq!(listed["template_folders"], json!([top]));
        app.get(&path(&inner), &key).await.refused(404, "NoResultFound", "No result found");
        app.get("/v2/manage-template-folder/x", &key).await.refused(400, "ValidationError", "id is not a valid UUID");
        post(json!({})).await.refused(400, "ValidationError", "name is a required property");
        post(json!({"name": ""})).await.refused(400, "ValidationError", "name  is too short");
    }
}
