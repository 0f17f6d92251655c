//! The pages as the product mounts them, and what holds of each.

use std::sync::Arc;

use accounts::Accounts;
use axum::{Router, body::Body, extract::Request};
use db::{Db, Transaction};
use http::{HeaderMap, StatusCode};
use http_body_util::BodyExt;
use kernel::{
    Letter, Post, Secret, Time,
    post::{Handed, PostError},
};
use notify::callback::receiver::{Asking, NoAnswer, Receivers, Unfit};
use notify_pages::{Documents, Installation, Setup, frame::Frame};
use notify_store::{
    dispatch::{self, Dispatch},
    inbox::{self, Inbox},
};
use sea_orm_migration::{MigrationTrait, MigratorTrait};
use serde_json::{Value, json};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower::ServiceExt;
use web::{Doorkeeper, Observe, page};

/// The tables the pages read.
pub struct Migrations;

impl MigratorTrait for Migrations {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        notify_store::migrations()
    }
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub html: String,
}

/// Nothing is posted by the pages that are tested here.
struct NoPost;

impl Post<Transaction> for NoPost {
    fn hand<'a>(&'a self, _: &'a Transaction, letter: Letter) -> Handed<'a> {
        Box::pin(async move { Err(PostError(format!("{letter:?} was not expected"))) })
    }
}

/// All pages, in development or in production.
pub fn house(db: &Db, mailbox: bool) -> Router {
    let (clock, vault) = (testkit::clock(), Arc::new(testkit::vault()));
    let public_url = "http://localhost:6015/".to_owned();
    let settings = accounts::gate::Settings {
        public_url: public_url.clone(),
        secure: false,
        government_domains: Vec::new(),
        product: "Notify".to_owned(),
    };
    let accounts = Accounts {
        db: db.clone(),
        clock: clock.clone(),
        vault: vault.clone(),
        post: Arc::new(NoPost),
        settings: Arc::new(settings),
        passkeys: None,
    };
    let how = inbox::Settings::of(db.engine());
    let dispatch = Dispatch {
        db: db.clone(),
        vault: vault.clone(),
        inbox: Inbox::start(db, how, &TaskTracker::new(), &CancellationToken::new()),
        clock: clock.clone(),
        jobs: Arc::default(),
        settings: dispatch::Settings::default(),
    };
    let routes = notify_pages::routes(Setup {
        providers: ["mailbox", "mailbox"].map(ToOwned::to_owned),
        board: notify_pages::announcement::Board::new(db.clone(), clock),
        accounts,
        dispatch,
        mailbox,
        documents: Documents {
            english: document("Send an email"),
            french: document("Envoyer un courriel"),
        },
        public_url,
        sending_domain: "notification.example.ca".to_owned(),
        installation: Installation {
            support_address: Some("help@example.gc.ca".to_owned()),
            retention_days: 7,
            receipt_hours: 72,
        },
        received: notify_pages::received::Received::default(),
        receivers: notify_pages::Asks(Arc::new(Nobody)),
    });
    let router = routes.take().0.merge(page::assets()).layer(Observe::new(page::panicked));
    page::dress(router, Frame { mailbox, contact: true }.around(), Doorkeeper::new(vault, false))
}

/// An OpenAPI document with one of each thing, whose one request is called `summary`.
fn document(summary: &str) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Notify", "description": "Send things.\n\nSecond `paragraph`."},
        "paths": {"/v2/notifications/email": {"post": {
            "tags": ["Send"],
            "operationId": "send_email",
            "summary": summary,
            "parameters": [{"name": "Idempotency-Key", "in": "header", "schema": {"type": "string"}}],
            "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/SendEmail"}}}},
            "responses": {
                "201": {"description": "Accepted", "content": {"application/json": {"schema": {
                    "type": "object", "properties": {"id": {"type": "string", "format": "uuid"}},
                }}}},
                "403": {"description": "A key that may not send"},
            },
        }}},
        "components": {
            "schemas": {"SendEmail": {"type": "object", "required": ["email_address"], "properties": {
                "email_address": {"type": "string", "example": "o'hara@example.ca", "description": "Who."},
            }}},
            "securitySchemes": {"api_key": {"type": "apiKey", "description": "`ApiKey-v1` and the key."}},
        },
    })
}

pub async fn ask(db: &Db, path: &str) -> Answer {
    ask_router(house(db, true), path).await
}

pub async fn ask_router(router: Router, path: &str) -> Answer {
    let request = Request::builder().uri(path).body(Body::empty()).unwrap();
    let (parts, body) = router.oneshot(request).await.unwrap().into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    let html = String::from_utf8(bytes.to_vec()).unwrap();
    Answer { status: parts.status, headers: parts.headers, html }
}

/// A page of the house: one heading that is also the title, no script, no style of its own, no address twice.
pub fn is_sound(answer: &Answer, language: &str, heading: &str) {
    let html = &answer.html;
    assert_eq!(answer.status, 200, "{html}");
    assert!(html.contains(&format!("<html lang=\"{language}\">")), "{html}");
    assert_eq!(html.matches("<h1").count(), 1, "{html}");
    assert!(html.contains(&format!("<h1>{heading}</h1>")), "{html}");
    let product = if language == "fr" { "Portico Notification" } else { "Portico Notify" };
    assert!(html.contains(&format!("<title>{heading} – {product}</title>")), "{html}");
    assert!(!html.contains("<script>") && !html.contains("style="), "{html}");
    let mut ids: Vec<&str> =
        html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    ids.sort_unstable();
    let all = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), all, "an address stands twice: {html}");
}

/// Nobody is asked in these tests.
struct Nobody;

impl Receivers for Nobody {
    fn check(&self, _: &str) -> Result<(), Unfit> {
        Err(Unfit::Private)
    }

    fn ask<'a>(&'a self, _: &'a str, _: &'a Secret, _: Time) -> Asking<'a> {
        Box::pin(std::future::ready(Err(NoAnswer::Unreachable)))
    }
}
