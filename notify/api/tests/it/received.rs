use std::{
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex},
};

use accounts::ServiceId;
use bytes::Bytes;
use chrono::TimeDelta;
use http::{HeaderMap, Method, Request};
use kernel::{Id, Time};
use notify_api::incoming::{Incoming, NotTaken};
use notify_store::received_text::{self, Content};
use serde_json::{Value, json};

use crate::app::{App, Migrator};

async fn keep(app: &App, service: ServiceId, at: Time, text: &str) -> String {
    let id = Id::new(at);
    let content = Content { from: "+16135550123".to_owned(), text: text.to_owned() };
    let row = received_text::Model {
        id,
        service_id: service,
        notify_number: "+16135550100".to_owned(),
        sealed: content.seal(&app.vault, id).unwrap(),
        sender_hash: None,
        provider: "http".to_owned(),
        provider_reference: id.to_string(),
        received_at: at,
        created_at: at,
    };
    let tx = app.db.begin().await.unwrap();
    assert!(received_text::insert(&tx, row).await.unwrap());
    tx.commit().await.unwrap();
    id.to_string()
}

/// A provider whose word is its proof.
#[derive(Default)]
struct Provider(Mutex<Vec<(String, Bytes)>>);

impl Incoming for Provider {
    fn take<'a>(
        &'a self,
        provider: &'a str,
        headers: &'a HeaderMap,
        body: Bytes,
    ) -> Pin<Box<dyn Future<Output = Result<(), NotTaken>> + Send + 'a>> {
        let proof = headers.get("x-proof").map(|value| value.to_str().unwrap().to_owned());
        Box::pin(async move {
            match (provider, proof.as_deref()) {
                ("http", Some("right")) if body.is_empty() => {
                    Err(NotTaken::Unreadable("no list at /messages".to_owned()))
                }
                ("http", Some("right")) => {
                    self.0.lock().unwrap().push((provider.to_owned(), body));
                    Ok(())
                }
                ("http", Some(_)) => Err(NotTaken::WrongProof),
                ("http", None) => Err(NotTaken::NoProof),
                ("busy", _) => Err(NotTaken::Store(db::Error::Busy("locked".to_owned()))),
                _ => Err(NotTaken::UnknownProvider),
            }
        })
    }
}

testkit::on_each_engine! { Migrator;
    async fn received_texts_are_listed_newest_first_in_pages(test) {
        let app = App::start(&test).await;
        let start = app.clock.now();
        let mut ids = Vec::new();
        for nth in 0..252 {
            let at = start + TimeDelta::milliseconds(nth * 2);
            ids.push(keep(&app, app.service, at, &format!("text {nth}")).await);
        }
        let page = app.get("/v2/received-text-messages", &app.key).await;
        assert_eq!(page.status, 200, "{}", page.body);
        let texts = page.body["received_text_messages"].as_array().unwrap();
        assert_eq!(texts.len(), 250);
        assert_eq!(texts[0], json!({
            "id": ids[251], "created_at": "2026-11-21T12:00:00.502000Z", "service_id": app.service,
            "notify_number": "+16135550100", "user_number": "+16135550123", "content": "text 251",
        }));
        let next = page.body["links"]["next"].as_str().unwrap();
        assert_eq!(next, format!("https://api.example.ca/v2/received-text-messages?older_than={}", ids[2]));
        let page = app.get(next.strip_prefix("https://api.example.ca").unwrap(), &app.key).await.body;
        assert_eq!(page["received_text_messages"].as_array().unwrap().len(), 2);
        let end = app.get(&format!("/v2/received-text-messages?older_than={}", ids[0]), &app.key).await.body;
        assert_eq!((&end["received_text_messages"], &end["links"]["next"]), (&json!([]), &Value::Null));
        let bad = app.get("/v2/received-text-messages?older_than=x", &app.key).await;
        bad.refused(400, "ValidationError", "older_than is not a valid UUID");
        let bad = app.get("/v2/received-text-messages?page=2", &app.key).await;
        bad.refused(400, "ValidationError", "Additional properties are not allowed (page was unexpected)");
    }

    async fn what_a_provider_posts_is_handed_on_once_it_is_proven(test) {
        let provider = Arc::new(Provider::default());
        let app = App::told_by(&test, provider.clone()).await;
        for road in ["receipts", "received-texts"] {
            let post = async |name: &str, proof: Option<&str>, body: &'static str| {
                let mut request = Request::builder().method(Method::POST).uri(format!("/providers/{name}/{road}"));
                if let Some(proof) = proof {
                    request = request.header("x-proof", proof);
                }
                app.ask(request.body(body.into()).unwrap()).await
            };
            assert_eq!(post("http", Some("right"), "{}").await.status, 204);
            post("http", None, "{}").await.refused(401, "AuthError", "The request carries no proof that it comes from the provider");
            post("http", Some("wrong"), "{}").await.refused(403, "AuthError", "The request's proof is wrong");
            post("http", Some("right"), "").await.refused(400, "BadRequestError", "no list at /messages");
            post("smtp", Some("right"), "{}").await.refused(404, "NoResultFound", "No result found");
            assert_eq!(post("busy", None, "{}").await.status, 503);
        }
        let taken = provider.0.lock().unwrap().clone();
        let expected = ("http".to_owned(), Bytes::from_static(b"{}"));
        assert_eq!(taken, [expected.clone(), expected]);
    }

    async fn nobody_posts_where_no_provider_is_set(test) {
        let app = App::start(&test).await;
        let told = app.call(Method::POST, "/providers/http/receipts", None, "{}").await;
        told.refused(404, "NoResultFound", "No result found");
    }
}
