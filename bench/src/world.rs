//! A Portico with a service that nothing limits, and as many stored notifications as asked for.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use accounts::ServiceId;
use anyhow::{Context, Result};
use jsonwebtoken::{EncodingKey, Header};
use kernel::Clock;
use notify_store::NotificationId;
use serde_json::json;
use testkit::Engine;
use tests::Portico;

use crate::{
    load::{Request, request},
    stock,
};

/// Stored notifications of the small database.
pub const FEW: usize = 1_000;

/// How long a token is used; the published clients make one for each request, or for a few seconds.
const TOKEN: Duration = Duration::from_secs(1);

/// A running server and what is needed to ask it.
pub struct World {
    /// The server.
    pub portico: Portico,
    /// The e-mail template that messages are made from.
    pub template: String,
    /// The service that sends.
    pub service: ServiceId,
    /// Some of the stored notifications, from the oldest to the newest.
    pub stored: Arc<Vec<NotificationId>>,
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
        Ok(Self { portico, template, service, secret, stored: Arc::default() })
    }

    /// Starts a server and stores notifications that were sent before.
    pub async fn with(engine: Engine, more: &[(&str, &str)], stored: usize) -> Result<Self> {
        let mut world = Self::start(engine, more).await?;
        world.stored = Arc::new(stock::fill(&world, stored).await?);
        Ok(world)
    }

    /// `host:port`.
    pub fn host(&self) -> String {
        self.portico.address.trim_start_matches("http://").to_owned()
    }

    /// The id in the answer to a send.
    pub fn id(body: &[u8]) -> Result<NotificationId> {
        let sent: serde_json::Value = serde_json::from_slice(body)?;
        Ok(sent["id"].as_str().context("an id")?.parse()?)
    }

    fn bearer(&self) -> Bearer {
        let last = Mutex::new((String::new(), Instant::now()));
        Bearer { service: self.service, secret: self.secret.clone(), last }
    }

    /// POST of an e-mail with personalisation.
    pub fn send(&self) -> Request {
        let (host, bearer) = (self.host(), self.bearer());
        let body = email(&self.template);
        Arc::new(move || request("POST /v2/notifications/email", &host, &bearer.header(), &body))
    }

    /// GET of the stored notifications, one after the other.
    pub fn read(&self) -> Request {
        let (host, bearer) = (self.host(), self.bearer());
        let (stored, next) = (self.stored.clone(), AtomicUsize::new(0));
        Arc::new(move || {
            let id = stored[next.fetch_add(1, Relaxed) % stored.len()];
            request(&format!("GET /v2/notifications/{id}"), &host, &bearer.header(), "")
        })
    }
}

/// A signed token, made anew before it is old.
struct Bearer {
    service: ServiceId,
    secret: String,
    last: Mutex<(String, Instant)>,
}

impl Bearer {
    fn header(&self) -> String {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.0.is_empty() || last.1.elapsed() > TOKEN {
            let claims = json!({ "iss": self.service, "iat": Clock::system().now().timestamp() });
            let key = EncodingKey::from_secret(self.secret.as_bytes());
            let token = jsonwebtoken::encode(&Header::default(), &claims, &key).unwrap_or_default();
            *last = (format!("authorization: Bearer {token}\r\n"), Instant::now());
        }
        last.0.clone()
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
