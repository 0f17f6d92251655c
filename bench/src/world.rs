//! A Portico with a service that nothing limits, and as many stored notifications as asked for.

use accounts::ServiceId;
use anyhow::{Context, Result};
use jsonwebtoken::{EncodingKey, Header};
use kernel::{Clock, Id, Word};
use notify::{Channel, Status};
use notify_store::{NotificationId, notification};
use serde_json::json;
use testkit::Engine;
use tests::Portico;

use crate::load::{Request, request};

/// A running server and what is needed to ask it.
pub struct World {
    /// The server.
    pub portico: Portico,
    /// The e-mail template that messages are made from.
    pub template: String,
    /// The service that sends.
    pub service: ServiceId,
    secret: String,
}

impl World {
    /// Starts a server on `engine` with more settings.
    pub async fn start(engine: Engine, more: &[(&str, &str)]) -> Result<Self> {
        let portico = Portico::start(engine, more).await;
        let unlimited = ["admin", "limits", "set", "--service", "Demonstration"];
        let much =
            ["--rate", "100000000", "--email-daily", "1000000000", "--email-annual", "1000000000"];
        portico.command(&[&unlimited[..], &much[..]].concat());
        let template = portico.template("Application").await;
        let tail = portico.key.len() - 73;
        let service = portico.key[tail..tail + 36].parse()?;
        let secret = portico.key[tail + 37..].to_owned();
        Ok(Self { portico, template, service, secret })
    }

    /// `host:port`.
    pub fn host(&self) -> String {
        self.portico.address.trim_start_matches("http://").to_owned()
    }

    fn bearer(service: ServiceId, secret: &str) -> String {
        let claims = json!({ "iss": service, "iat": Clock::system().now().timestamp() });
        let key = EncodingKey::from_secret(secret.as_bytes());
        let token = jsonwebtoken::encode(&Header::default(), &claims, &key).unwrap_or_default();
        format!("authorization: Bearer {token}\r\n")
    }

    /// POST of an e-mail with personalisation, with a token of its own as the published clients make it.
    pub fn send(&self) -> Request {
        let (host, service, secret) = (self.host(), self.service, self.secret.clone());
        let body = email(&self.template);
        std::sync::Arc::new(move || {
            request("POST /v2/notifications/email", &host, &Self::bearer(service, &secret), &body)
        })
    }

    /// GET of one notification.
    pub fn read(&self, id: &str) -> Request {
        let (host, service, secret) = (self.host(), self.service, self.secret.clone());
        let line = format!("GET /v2/notifications/{id}");
        std::sync::Arc::new(move || request(&line, &host, &Self::bearer(service, &secret), ""))
    }

    /// Stores notifications that were sent long ago, until there are `many` more.
    pub async fn store(&self, many: usize) -> Result<()> {
        const GROUP: usize = 500;
        let db = &self.portico.database().db;
        let clock = Clock::system();
        for _ in 0..many.div_ceil(GROUP) {
            let rows = (0..GROUP).map(|_| self.old_message(clock.now())).collect();
            let tx = db.begin().await?;
            notification::insert(&tx, rows).await?;
            tx.commit().await.context("rows")?;
        }
        Ok(())
    }

    fn old_message(&self, now: kernel::Time) -> notification::Model {
        let id: NotificationId = Id::new(now);
        notification::Model {
            id,
            service_id: self.service,
            template_id: Id::new(now),
            template_version: 1,
            api_key_id: None,
            key_kind: Word(accounts::KeyKind::Normal),
            channel: Word(Channel::Email),
            status: Word(Status::Sent),
            reference: None,
            sealed: vec![7; 180],
            reply_to: None,
            parts: 1,
            batch_id: None,
            row_number: None,
            created_at: now,
            scheduled_for: None,
            sent_at: Some(now),
            completed_at: Some(now),
            updated_at: Some(now),
            provider: Some("smtp".to_owned()),
            provider_reference: None,
            provider_response: None,
        }
    }
}

/// The body of a send.
pub fn email(template: &str) -> String {
    json!({
        "email_address": "noor@example.gc.ca",
        "template_id": template,
        "personalisation": { "name": "Noor Benali", "reference": "A-2026-004811", "days": 5 },
        "reference": "bench",
    })
    .to_string()
}
