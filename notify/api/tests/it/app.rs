//! The API over a fresh database, with a clock that only the test moves.

use std::{sync::Arc, time::Duration};

use accounts::{
    Capabilities, Directory, KeyKind, PersonId, ServiceId,
    api_key::{self, NewKey},
    membership,
    person::{self, Details},
    service,
};
use audit::Stamp;
use axum::{Router, body::Body};
use db::Db;
use http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use kernel::{Clock, Language, Secret, Vault};
use notify::{Channel, Dialect};
use notify_api::{Api, Incoming, Parts, Settings, incoming::Nobody};
use notify_store::{
    TemplateId,
    inbox::{self, Inbox},
    notification, setting,
    template::{self, NewTemplate},
};
use sea_orm_migration::{MigrationTrait, MigratorTrait};
use serde_json::Value;
use testkit::TestDatabase;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower::ServiceExt;

/// Every table that the API touches.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let foundation = audit::migrations().into_iter().chain(accounts::migrations());
        foundation.chain(jobs::migrations()).chain(notify_store::migrations()).collect()
    }
}

/// The API with one live service and one key of it.
pub struct App {
    /// The routes.
    pub router: Router,
    /// The state behind them.
    pub api: Api,
    /// The database.
    pub db: Db,
    /// The clock.
    pub clock: Clock,
    /// What seals.
    pub vault: Arc<Vault>,
    /// A live service named Parks.
    pub service: ServiceId,
    /// Its normal key.
    pub key: Key,
    stop: CancellationToken,
}

impl Drop for App {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// A key as a caller holds it.
#[derive(Clone, Debug)]
pub struct Key {
    /// The service it speaks for.
    pub service: ServiceId,
    /// Its own id.
    pub id: accounts::ApiKeyId,
    /// The secret part.
    pub secret: Secret,
    /// The whole key.
    pub full: Secret,
}

impl Key {
    /// The `Authorization` of the scheme `ApiKey-v1`.
    pub fn header(&self) -> String {
        format!("ApiKey-v1 {}", self.full.expose())
    }

    /// The `Authorization` of the scheme `Bearer`, made `seconds` from the clock's now.
    pub fn bearer(&self, clock: &Clock, seconds: i64) -> String {
        token(self.service, &self.secret, clock.now().timestamp() + seconds)
    }
}

/// A signed token's `Authorization`.
pub fn token(service: ServiceId, secret: &Secret, iat: i64) -> String {
    let claims = serde_json::json!({ "iss": service.to_string(), "iat": iat });
    let signing = jsonwebtoken::EncodingKey::from_secret(secret.expose().as_bytes());
    let header = jsonwebtoken::Header::new(jsonwebtoken::Algorithm::HS256);
    format!("Bearer {}", jsonwebtoken::encode(&header, &claims, &signing).unwrap())
}

/// A request's body with more members, or others.
pub fn merged(mut body: Value, more: Value) -> Value {
    if let (Value::Object(members), Value::Object(more)) = (&mut body, more) {
        members.extend(more);
    }
    body
}

/// An answer, read.
#[derive(Debug)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body as JSON; null when it is none.
    pub body: Value,
}

impl Answer {
    /// The text of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// Asserts one error of this status and sentence.
    #[track_caller]
    pub fn refused(&self, status: u16, error: &str, message: &str) {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        assert_eq!(self.body["status_code"], status, "{}", self.body);
        assert_eq!(self.messages(), [message], "{}", self.body);
        assert_eq!(self.body["errors"][0]["error"], error);
        assert!(self.body.get("message").is_none(), "the Python client would hide the errors");
        assert!(self.body["errors"][0]["code"].is_string());
    }

    /// All sentences, sorted.
    pub fn messages(&self) -> Vec<&str> {
        let errors = self.body["errors"].as_array().expect("errors");
        let mut all: Vec<_> =
            errors.iter().map(|error| error["message"].as_str().unwrap()).collect();
        all.sort_unstable();
        all
    }
}

impl App {
    /// The API of GC Notify's dialect.
    pub async fn start(test: &TestDatabase) -> Self {
        Self::with(test, |settings| settings).await
    }

    /// The API with settings changed by `change`.
    pub async fn with(test: &TestDatabase, change: impl FnOnce(Settings) -> Settings) -> Self {
        Self::made(test, Arc::new(Nobody), change).await
    }

    /// The API that `incoming` takes in for what providers post.
    pub async fn told_by(test: &TestDatabase, incoming: Arc<dyn Incoming>) -> Self {
        Self::made(test, incoming, |settings| settings).await
    }

    async fn made(
        test: &TestDatabase,
        incoming: Arc<dyn Incoming>,
        change: impl FnOnce(Settings) -> Settings,
    ) -> Self {
        let (clock, vault) = (testkit::clock(), Arc::new(testkit::vault()));
        let db = test.db.clone();
        let directory = Directory::new(db.clone(), vault.clone(), clock.clone());
        let (tracker, stop) = (TaskTracker::new(), CancellationToken::new());
        let inbox = Inbox::start(&db, inbox::Settings::of(db.engine()), &tracker, &stop);
        let mut settings =
            Settings::new(Dialect::Gc, "https://api.example.ca", "notification.example.ca");
        settings.remember = Duration::ZERO;
        let parts = Parts {
            db: db.clone(),
            clock: clock.clone(),
            vault: vault.clone(),
            directory,
            inbox,
            incoming,
        };
        let api = Api::new(parts, change(settings));
        let (router, _) = notify_api::router(api.clone());
        let service = new_service(&db, &clock, "Parks", true).await;
        let key = new_key(&db, &clock, &vault, service, KeyKind::Normal, Capabilities::default());
        let key = key.await;
        Self { router, api, db, clock, vault, service, key, stop }
    }

    /// The stamp of whoever prepares a test.
    pub fn stamp(&self) -> Stamp {
        Stamp::system(self.clock.now())
    }

    /// Another service; in trial unless it is `live`.
    pub async fn service(&self, name: &str, live: bool) -> ServiceId {
        new_service(&self.db, &self.clock, name, live).await
    }

    /// A key of a service.
    pub async fn key(&self, service: ServiceId, kind: KeyKind) -> Key {
        self.key_with(service, kind, Capabilities::default()).await
    }

    /// A key of a service with capabilities.
    pub async fn key_with(&self, service: ServiceId, kind: KeyKind, may: Capabilities) -> Key {
        let key = new_key(&self.db, &self.clock, &self.vault, service, kind, may).await;
        self.api.directory.invalidate(service).await;
        key
    }

    /// A person on a service's team.
    pub async fn member(&self, service: ServiceId, email: &str, phone: Option<&str>) -> PersonId {
        let details = Details {
            name: "Noor".to_owned(),
            email_address: email.to_owned(),
            mobile_number: phone.map(str::to_owned),
            language: Language::English,
        };
        let tx = self.db.begin().await.unwrap();
        let person = person::create(&tx, &self.stamp(), &details).await.unwrap();
        membership::add(&tx, &self.stamp(), service, person.id).await.unwrap();
        tx.commit().await.unwrap();
        person.id
    }

    /// A template for e-mails of Parks.
    pub async fn email(&self, subject: &str, body: &str) -> TemplateId {
        self.template(self.service, Channel::Email, Some(subject), body).await
    }

    /// A template for texts of Parks.
    pub async fn sms(&self, body: &str) -> TemplateId {
        self.template(self.service, Channel::Sms, None, body).await
    }

    /// A template of a service.
    pub async fn template(
        &self,
        service: ServiceId,
        channel: Channel,
        subject: Option<&str>,
        body: &str,
    ) -> TemplateId {
        let wanted = NewTemplate {
            channel,
            name: "Permit".to_owned(),
            subject: subject.map(str::to_owned),
            body: body.to_owned(),
            category_id: None,
            folder_id: None,
            lane: None,
            language: "en".to_owned(),
            right_to_left: false,
        };
        let tx = self.db.begin().await.unwrap();
        let author = "author@example.ca";
        let made = template::create(&tx, &self.stamp(), service, author, wanted).await.unwrap();
        tx.commit().await.unwrap();
        made.head.id
    }

    /// Changes what Parks has set.
    pub async fn set(&self, change: setting::Change) {
        let tx = self.db.begin().await.unwrap();
        setting::change(&tx, &self.stamp(), self.service, &change).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// What is stored of Parks' messages, newest first.
    pub async fn stored(&self) -> Vec<notification::Model> {
        let filter = notification::Filter { with_batches: true, ..Default::default() };
        notification::page(self.db.read(), self.service, filter, 2_000).await.unwrap()
    }

    /// Sends JSON with a key.
    pub async fn post(&self, path: &str, key: &Key, body: &Value) -> Answer {
        self.call(Method::POST, path, Some(&key.header()), body.to_string()).await
    }

    /// Asks with a key, as the published clients do: with a content type and no body.
    pub async fn get(&self, path: &str, key: &Key) -> Answer {
        self.call(Method::GET, path, Some(&key.header()), String::new()).await
    }

    /// One request with this `Authorization`.
    pub async fn call(
        &self,
        method: Method,
        path: &str,
        authorization: Option<&str>,
        body: impl Into<Body>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        request = request.header(header::CONTENT_TYPE, "application/json");
        if let Some(authorization) = authorization {
            request = request.header(header::AUTHORIZATION, authorization);
        }
        self.ask(request.body(body.into()).unwrap()).await
    }

    /// One request as it is.
    pub async fn ask(&self, request: Request<Body>) -> Answer {
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Answer { status: parts.status, headers: parts.headers, body }
    }
}

async fn new_service(db: &Db, clock: &Clock, name: &str, live: bool) -> ServiceId {
    let stamp = Stamp::system(clock.now());
    let tx = db.begin().await.unwrap();
    let made = service::create(&tx, &stamp, name, None).await.unwrap();
    let email_from = name.to_lowercase().replace(' ', ".");
    setting::create(&tx, &stamp, made.id, &email_from).await.unwrap();
    if live {
        service::go_live(&tx, &stamp, made.id).await.unwrap();
        let limits =
            setting::Change { limits: Some(setting::Limits::LIVE), ..setting::Change::default() };
        setting::change(&tx, &stamp, made.id, &limits).await.unwrap();
    }
    tx.commit().await.unwrap();
    made.id
}

async fn new_key(
    db: &Db,
    clock: &Clock,
    vault: &Vault,
    service: ServiceId,
    kind: KeyKind,
    capabilities: Capabilities,
) -> Key {
    let tx = db.begin().await.unwrap();
    let stamp = Stamp::system(clock.now());
    let name = format!("{kind} {}", kernel::Id::<()>::new(clock.now()));
    let wanted = NewKey { name, kind, capabilities };
    let issued = api_key::issue(&tx, vault, &stamp, service, &wanted).await.unwrap();
    tx.commit().await.unwrap();
    Key { service, id: issued.id, secret: issued.secret, full: issued.full }
}
