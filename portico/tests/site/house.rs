//! The whole site over one test's database, with ways in and a look at the letters it sends.

use std::{collections::BTreeMap, sync::Arc};

use accounts::{Accounts, Permissions, ServiceId, membership, person, service, session};
use audit::{Actor, Stamp};
use axum::Router;
use db::Db;
use kernel::{Clock, Language, Vault};
use notify_store::{
    inbox::{self, Inbox},
    notification::{self, Content},
    setting,
};
use notify_work::{
    Road,
    outbound::{Outbound, address::Reach},
};
use portico::{
    Config,
    parts::Parts,
    site::{self, People},
};
use testkit::Browser;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use web::Route;

/// Workers that run beside the site.
pub struct Working {
    road: Road,
    tracker: TaskTracker,
    stop: CancellationToken,
}

impl Working {
    /// Waits until `done` says so, ringing for work meanwhile.
    pub async fn until(&self, mut done: impl AsyncFnMut() -> bool) {
        let begun = std::time::Instant::now();
        while !done().await {
            assert!(begun.elapsed().as_secs() < 30, "the work was not done in time");
            self.road.jobs().notify_one();
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    }

    /// Lets everything in hand come to its end.
    pub async fn end(self) {
        self.stop.cancel();
        self.tracker.close();
        self.tracker.wait().await;
    }
}

/// The site.
pub struct House {
    pub router: Router,
    pub routes: Vec<Route>,
    pub accounts: Accounts,
    pub clock: Clock,
    pub db: Db,
    pub vault: Arc<Vault>,
}

impl House {
    /// The site over `db`, with the clock of the test and somebody to write to.
    pub async fn over(db: &Db) -> Self {
        Self::with(db, |_| ()).await
    }

    /// The same with other settings.
    pub async fn with(db: &Db, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config::read(None).expect("the default configuration");
        config.server.support_address = "help@example.gc.ca".to_owned();
        change(&mut config);
        let (clock, vault) = (testkit::clock(), Arc::new(testkit::vault()));
        let parts = Parts { db: db.clone(), vault: vault.clone(), clock: clock.clone() };
        let accounts = site::accounts(&config, parts).await.expect("accounts");
        let how = inbox::Settings::of(db.engine());
        let inbox = Inbox::start(db, how, &TaskTracker::new(), &CancellationToken::new());
        // The document's own page has tests of its own.
        let document = utoipa::openapi::OpenApi::default();
        let people = People { accounts: accounts.clone(), inbox, jobs: Arc::default() };
        let (router, routes) = site::pages(&config, &document, people).expect("pages");
        Self { router, routes, accounts, clock, db: db.clone(), vault }
    }

    /// Begins to work off what was left to do: messages end in the development mailbox.
    pub fn work(&self) -> Working {
        let config = Config::read(None).expect("the default configuration");
        let (tracker, stop) = (TaskTracker::new(), CancellationToken::new());
        let settings = notify_work::Settings {
            poll_milliseconds: 20,
            public_url: config.server.public_url.clone(),
            ..config.work.clone()
        };
        let parts = notify_work::Parts {
            db: self.db.clone(),
            clock: self.clock.clone(),
            vault: self.vault.clone(),
            routes: config.providers.open(true, &self.db, &self.clock).unwrap(),
            outbound: Outbound::new(Reach::ThisMachineToo).unwrap(),
            settings,
            post: self.accounts.post.clone(),
            wake: Arc::default(),
        };
        let road = Road::start(parts, &tracker, &stop);
        Working { road, tracker, stop }
    }

    /// A browser that nobody has signed in with.
    pub fn browser(&self) -> Browser {
        Browser::new(&self.router)
    }

    pub fn stamp(&self) -> Stamp {
        Stamp { actor: Actor::Operator("test".to_owned()), at: self.clock.now() }
    }

    /// A confirmed person.
    pub async fn person(&self, address: &str) -> person::Model {
        let details = person::Details {
            name: address.split('@').next().unwrap().to_owned(),
            email_address: address.to_owned(),
            mobile_number: None,
            language: Language::English,
        };
        let tx = self.db.begin().await.unwrap();
        let made = person::create(&tx, &self.stamp(), &details).await.unwrap();
        person::confirm(&tx, &self.stamp(), made.id).await.unwrap();
        tx.commit().await.unwrap();
        person::find(self.db.read(), made.id).await.unwrap().unwrap()
    }

    /// The person with this address.
    pub async fn known(&self, address: &str) -> person::Model {
        person::find_by_email(self.db.read(), address).await.unwrap().unwrap()
    }

    /// Makes `person` staff of the platform.
    async fn employ(&self, person: &person::Model) {
        let tx = self.db.begin().await.unwrap();
        person::employ(&tx, &self.stamp(), person.id, true).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Somebody of the staff, and their browser.
    pub async fn staff(&self) -> (person::Model, Browser) {
        let person = self.person("staff@example.gc.ca").await;
        self.employ(&person).await;
        let browser = self.signed_in(&self.known("staff@example.gc.ca").await).await;
        (person, browser)
    }

    /// A browser in which `person` has signed in.
    pub async fn signed_in(&self, person: &person::Model) -> Browser {
        let tx = self.db.begin().await.unwrap();
        let how = ("a test", true);
        let cookie = session::begin(&tx, &self.vault, person.id, how, self.clock.now()).await;
        tx.commit().await.unwrap();
        let mut browser = self.browser();
        browser.keep("session", &cookie.unwrap());
        browser
    }

    /// A service on trial with its settings.
    pub async fn service(&self, name: &str) -> service::Model {
        let tx = self.db.begin().await.unwrap();
        let made = service::create(&tx, &self.stamp(), name, None).await.unwrap();
        let address = notify::sender::local_part(name);
        setting::create(&tx, &self.stamp(), made.id, &address).await.unwrap();
        tx.commit().await.unwrap();
        made
    }

    /// Puts `person` on a team with these permissions.
    pub async fn join(&self, service: ServiceId, person: &person::Model, may: Permissions) {
        let tx = self.db.begin().await.unwrap();
        membership::add(&tx, &self.stamp(), service, person.id).await.unwrap();
        membership::permit(&tx, &self.stamp(), (service, person.id), may).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// A new service with one member who may do everything, and their browser.
    pub async fn team(&self) -> (service::Model, person::Model, Browser) {
        let service = self.service("Permits").await;
        let person = self.person("noor@example.gc.ca").await;
        self.join(service.id, &person, Permissions::all()).await;
        let browser = self.signed_in(&person).await;
        (service, person, browser)
    }

    /// The values of all letters sent to `address`, oldest first.
    pub async fn letters_to(&self, address: &str) -> Vec<BTreeMap<String, String>> {
        let office = service::by_name(self.db.read(), "Portico").await.unwrap().unwrap();
        let filter = notification::Filter { with_batches: true, ..Default::default() };
        let rows = notification::page(self.db.read(), office.id, filter, 250).await.unwrap();
        let mut letters = Vec::new();
        for row in rows.into_iter().rev() {
            let content = Content::open(&self.vault, row.id, &row.sealed).unwrap();
            if content.deliver_to == address {
                let text =
                    |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
                letters.push(
                    content
                        .values
                        .iter()
                        .map(|(name, value)| (name.clone(), text(value)))
                        .collect(),
                );
            }
        }
        letters
    }

    /// The path of the newest link sent to `address`.
    pub async fn link_to(&self, address: &str) -> String {
        let letters = self.letters_to(address).await;
        let link = letters.iter().rev().find_map(|letter| letter.get("link")).expect("a link");
        let origin = self.accounts.settings.public_url.clone();
        link.strip_prefix(&origin).expect("a link to this site").to_owned()
    }

    /// The newest code sent to `address`.
    pub async fn code_to(&self, address: &str) -> String {
        let letters = self.letters_to(address).await;
        letters.iter().rev().find_map(|letter| letter.get("code")).expect("a code").clone()
    }
}
