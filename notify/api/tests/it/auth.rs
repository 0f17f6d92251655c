use accounts::{KeyKind, api_key, service};
use axum::body::Body;
use http::{Method, Request, StatusCode, header};
use kernel::Id;
use notify::Dialect;
use notify_api::Settings;
use serde_json::json;

use crate::app::{App, Migrator, token};

const EMAIL: &str = "/v2/notifications/email";

testkit::on_each_engine! { Migrator;
    async fn vectors_1_to_6_tokens_are_refused_in_the_known_words(test) {
        let app = App::start(&test).await;
        let post = |authorization: String| {
            let app = &app;
            async move { app.call(Method::POST, EMAIL, Some(&authorization), "{}").await }
        };
        let none = app.call(Method::POST, EMAIL, None, "{}").await;
        none.refused(401, "AuthError", "Unauthorized, authentication token must be provided");
        let late = "Error: Your system clock must be accurate to within 30 seconds";
        post(app.key.bearer(&app.clock, -60)).await.refused(403, "AuthError", late);
        post(app.key.bearer(&app.clock, 31)).await.refused(403, "AuthError", late);
        let accepted = post(app.key.bearer(&app.clock, 20)).await;
        assert_eq!(accepted.status, StatusCode::BAD_REQUEST, "past the keys: {}", accepted.body);

        let nobody = token(Id::new(app.clock.now()), &app.key.secret, app.clock.now().timestamp());
        post(nobody).await.refused(403, "AuthError", "Invalid token: service not found");
        let other = app.service("Lakes", true).await;
        let stranger = app.key(other, KeyKind::Normal).await;
        let forged = token(app.service, &stranger.secret, app.clock.now().timestamp());
        let not_found = "Invalid token: signature, api token not found";
        post(forged).await.refused(403, "AuthError", not_found);
        post("Basic dXNlcg==".to_owned()).await.body["errors"][0]["message"].as_str()
            .filter(|text| text.starts_with("Unauthorized, Authorization header is invalid."))
            .expect("the long text");

        let tx = app.db.begin().await.unwrap();
        api_key::revoke(&tx, &app.stamp(), app.service, app.key.id).await.unwrap();
        tx.commit().await.unwrap();
        app.api.directory.invalidate(app.service).await;
        let revoked = "Invalid token: API key revoked";
        post(app.key.bearer(&app.clock, 0)).await.refused(403, "AuthError", revoked);
        post(app.key.header()).await.refused(403, "AuthError", revoked);
    }

    async fn vectors_7_and_8_a_key_must_be_whole(test) {
        let app = App::start(&test).await;
        let other = app.service("Lakes", true).await;
        let secret = app.key.secret.expose();
        for half in [secret.to_owned(), format!("gcntfy-{secret}"), format!("gcntfy-x-{other}-{secret}")] {
            let answer = app.call(Method::POST, EMAIL, Some(&format!("ApiKey-v1 {half}")), "{}").await;
            answer.refused(403, "AuthError", "Invalid token: Enter your full API key");
        }
        let unknown = format!("ApiKey-v1 gcntfy-x-{}-{}", app.service, app.service);
        let answer = app.call(Method::POST, EMAIL, Some(&unknown), "{}").await;
        answer.refused(403, "AuthError", "Invalid token: API key not found");
    }

    async fn vector_52_a_suspended_service_does_not_send_under_either_scheme(test) {
        let app = App::start(&test).await;
        let template = app.email("Hello", "Hello").await;
        let tx = app.db.begin().await.unwrap();
        service::suspend(&tx, &app.stamp(), app.service).await.unwrap();
        tx.commit().await.unwrap();
        app.api.directory.invalidate(app.service).await;
        let body = json!({ "email_address": "noor@example.ca", "template_id": template });
        for authorization in [app.key.header(), app.key.bearer(&app.clock, 0)] {
            let answer = app.call(Method::POST, EMAIL, Some(&authorization), body.to_string()).await;
            answer.refused(403, "BadRequestError", "Service is suspended");
        }
    }

    async fn vector_53_options_needs_no_key(test) {
        let site = "https://docs.example.ca";
        let app = App::with(&test, |settings| notify_api::Settings {
            cors: web::Cors::new([site]).unwrap(), ..settings
        }).await;
        for path in [EMAIL, "/v2/notifications", "/v2/template/x"] {
            let request = Request::options(path).header(header::ORIGIN, site).body(Body::empty());
            let answer = app.ask(request.unwrap()).await;
            assert!(answer.status.is_success(), "{path}: {}", answer.status);
            assert_eq!(answer.header("access-control-allow-origin"), Some(site));
            assert_eq!(answer.header("access-control-allow-headers"), Some("Content-Type,Authorization"));
        }
        let refused = Request::post(EMAIL).header(header::ORIGIN, site).body(Body::empty()).unwrap();
        assert_eq!(app.ask(refused).await.header("access-control-allow-origin"), Some(site));
    }

    async fn the_uk_dialect_has_its_own_words(test) {
        let app = App::with(&test, |settings| notify_api::Settings {
            dialect: Dialect::Uk, ..settings
        }).await;
        let none = app.call(Method::POST, EMAIL, None, "{}").await;
        none.refused(401, "AuthError", "Unauthorized: authentication token must be provided");
        let basic = app.call(Method::POST, EMAIL, Some("Basic x"), "{}").await;
        basic.refused(401, "AuthError", "Unauthorized: authentication bearer scheme must be used");
        let broken = app.call(Method::POST, EMAIL, Some(&app.key.header()), "{").await;
        broken.refused(400, "BadRequestError", "Invalid JSON supplied in POST data");
    }

    async fn behind_a_proxy_only_what_came_through_it_is_answered(test) {
        let secrets = ["first-of-the-proxy", "second-of-the-proxy"].map(kernel::Secret::new);
        let app = App::with(&test, |settings| Settings { forwarders: secrets.into(), ..settings }).await;
        let ask = async |shown: Option<&str>| {
            let request = Request::get("/v2/templates").header(header::AUTHORIZATION, app.key.header());
            let request = shown.into_iter().fold(request, |request, shown| request.header("X-Custom-Forwarder", shown));
            app.ask(request.body(Body::empty()).unwrap()).await
        };
        for stranger in [None, Some(""), Some("first-of-the-prox"), Some("first-of-the-proxy2"), Some("third-of-the-proxy")] {
            ask(stranger).await.refused(403, "ForbiddenError", "The request did not come through the proxy");
        }
        for known in ["first-of-the-proxy", "second-of-the-proxy"] {
            assert_eq!(ask(Some(known)).await.status, 200);
        }
    }
}
