use accounts::{Capabilities, Capability, KeyKind};
use http::Method;
use notify::Dialect;
use serde_json::json;

use crate::app::{App, Migrator};

testkit::on_each_engine! { Migrator;
    async fn reading_speaks_the_dialect_of_the_installation(test) {
        let app = App::with(&test, |settings| notify_api::Settings { dialect: Dialect::Uk, ..settings }).await;
        let id = app.email("s", "Dear ((name))").await;
        let none = app.call(Method::GET, "/v2/templates", None, "").await;
        none.refused(401, "AuthError", "Unauthorized: authentication token must be provided");
        let path = format!("/v2/template/{id}/preview");
        let bad = app.call(Method::POST, &path, Some(&app.key.header()), "{").await;
        bad.refused(400, "BadRequestError", "Invalid JSON supplied in POST data");
        app.post(&path, &app.key, &json!({})).await.refused(400, "BadRequestError", "Missing personalisation: name");
        let strange = app.get("/v2/notifications/6fa1ecdf-5a3f-4d84-ae1f-d7a3a2d2b1aa", &app.key).await;
        strange.refused(404, "NoResultFound", "No result found");
    }

    async fn a_template_of_a_text_may_be_as_long_as_the_dialects_texts(test) {
        let app = App::with(&test, |settings| notify_api::Settings { dialect: Dialect::Uk, ..settings }).await;
        let may: Capabilities = [Capability::ManageTemplates].into_iter().collect();
        let key = app.key_with(app.service, KeyKind::Normal, may).await;
        let category = app.get("/v2/manage-template/template-categories", &key).await.body["template_categories"][0]["template_category_id"].clone();
        let post = async |content: String| {
            let body = json!({"name": "n", "template_type": "sms", "content": content, "template_category_id": category});
            app.post("/v2/manage-template", &key, &body).await
        };
        assert_eq!(post("x".repeat(918)).await.status, 201);
        post("x".repeat(919)).await.refused(400, "BadRequestError", "Content has a character count greater than the limit of 918");
    }
}
