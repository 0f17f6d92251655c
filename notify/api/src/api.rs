//! What every handler works with.

use std::{
    ops::Deref,
    sync::{Arc, OnceLock},
    time::Duration,
};

use accounts::{Directory, ServiceId};
use db::Db;
use kernel::{Clock, Secret, Vault};
use notify::Dialect;
use notify_store::{NotificationId, TemplateId, inbox::Inbox};
use web::Cors;

use crate::{
    Incoming, error::Wording, limiter::Limiter, memory::Memory, openapi::Documents, seen::Seen,
    status::Build, versions::Versions,
};

/// The state of the API; cloning it is cheap and shares everything.
#[derive(Clone)]
pub struct Api(Arc<State>);

/// What the API is made of.
pub struct State {
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// What seals personal data.
    pub vault: Arc<Vault>,
    /// Who calls.
    pub directory: Directory,
    /// The door for messages.
    pub inbox: Inbox,
    /// How this installation is set up.
    pub settings: Settings,
    /// Services and templates, remembered for a moment.
    pub memory: Memory,
    /// Requests within the last minute.
    pub limiter: Limiter,
    /// What is known of limits from earlier answers.
    pub seen: Seen,
    /// Versions of templates, which never change.
    pub(crate) versions: Versions,
    /// Who takes in what providers post.
    pub incoming: Arc<dyn Incoming>,
    /// The OpenAPI documents, once the routes are known.
    pub(crate) documents: OnceLock<Documents>,
}

/// The parts that the binary hands in.
pub struct Parts {
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// What seals personal data.
    pub vault: Arc<Vault>,
    /// Who calls.
    pub directory: Directory,
    /// The door for messages.
    pub inbox: Inbox,
    /// Who takes in what providers post; [`crate::incoming::Nobody`] when no provider does.
    pub incoming: Arc<dyn Incoming>,
}

/// How an installation's API is set up.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whose sentences and limits.
    pub dialect: Dialect,
    /// The address under which callers reach this server, without a slash at its end.
    pub public_url: String,
    /// The domain of From addresses of services that have none of their own.
    pub sending_domain: String,
    /// Where the documentation is that some refusals point to, without a slash at its end.
    pub documentation: String,
    /// The most bytes of a request's body.
    pub body_limit: usize,
    /// The longest time in which a body may arrive.
    pub body_time: Duration,
    /// How long a service's settings and templates are remembered; changes are seen after it.
    pub remember: Duration,
    /// The most rows of one bulk send, headings not counted.
    pub bulk_rows: usize,
    /// Which web sites' scripts may call.
    pub cors: Cors,
    /// What the proxy in front shows in `X-Custom-Forwarder`, any of these; without one nothing is asked.
    pub forwarders: Arc<[Secret]>,
    /// From what this program was built, for `/_status`.
    pub build: Build,
}

impl Settings {
    /// The usual settings of an installation that is reached at `public_url`.
    pub fn new(dialect: Dialect, public_url: &str, sending_domain: &str) -> Self {
        let documentation = match dialect {
            Dialect::Gc => "https://documentation.notification.canada.ca",
            Dialect::Uk => "https://www.notifications.service.gov.uk",
        };
        Self {
            dialect,
            public_url: public_url.trim_end_matches('/').to_owned(),
            sending_domain: sending_domain.to_owned(),
            documentation: documentation.to_owned(),
            body_limit: 20 * 1024 * 1024,
            body_time: Duration::from_secs(30),
            remember: Duration::from_secs(2),
            bulk_rows: 50_000,
            cors: Cors::default(),
            forwarders: Arc::new([]),
            build: Build::default(),
        }
    }

    /// How refusals are worded.
    pub fn wording(&self) -> Wording {
        Wording { dialect: self.dialect, documentation: self.documentation.as_str().into() }
    }

    /// Where a message can be read.
    pub fn notification_uri(&self, id: NotificationId) -> String {
        format!("{}/v2/notifications/{id}", self.public_url)
    }

    /// Where a template is shown to people, as the answers to sends name it.
    pub fn template_page(&self, service: ServiceId, id: TemplateId) -> String {
        format!("{}/services/{service}/templates/{id}", self.public_url)
    }

    /// Where one version of a template can be read.
    pub fn template_uri(&self, id: TemplateId, version: i32) -> String {
        format!("{}/v2/template/{id}/version/{version}", self.public_url)
    }
}

impl Api {
    /// An API that remembers nothing yet.
    pub fn new(parts: Parts, settings: Settings) -> Self {
        let Parts { db, clock, vault, directory, inbox, incoming } = parts;
        let (versions, documents) = (Versions::new(db.clone()), OnceLock::new());
        let memory = Memory::new(db.clone(), &settings);
        let (limiter, seen) = (Limiter::default(), Seen::default());
        Self(Arc::new(State {
            db,
            clock,
            vault,
            directory,
            inbox,
            settings,
            memory,
            limiter,
            seen,
            versions,
            incoming,
            documents,
        }))
    }
}

impl Deref for Api {
    type Target = State;

    fn deref(&self) -> &State {
        &self.0
    }
}
