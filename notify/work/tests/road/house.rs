//! A service with templates, messages to send, a road to send them on, and providers that do as told.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use accounts::{KeyKind, ServiceId};
use audit::{Actor, Stamp};
use db::{Db, Transaction};
use kernel::{Clock, Id, Letter, Post, Time, Vault, Word, post::Handed};
use notify::{Channel, Lane, Status, limit::Charge};
use notify_store::{
    NotificationId, TemplateId,
    inbox::{Accept, accept_group},
    notification::{self, Content},
    setting,
    template::{self, NewTemplate},
};
use notify_work::{
    Parts, Road, Settings,
    outbound::{Outbound, address::Reach},
    provider::{
        EmailRoute, Outcome, OutgoingEmail, OutgoingText, Sending, TextRoute, settings::Routes,
    },
};
use sea_orm_migration::{MigrationTrait, MigratorTrait};
use tokio::sync::Notify;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use uuid::Uuid;

/// Every table that the road needs.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let foundation = audit::migrations().into_iter().chain(accounts::migrations());
        foundation.chain(jobs::migrations()).chain(notify_store::migrations()).collect()
    }
}

/// What a scripted provider answers to a message.
pub type Script = Box<dyn Fn(Uuid, &str) -> Outcome + Send + Sync>;

/// A provider that does as its script says and remembers what it was given.
pub struct Scripted {
    pub receipts: bool,
    pub delay: Duration,
    pub script: Script,
    pub taken: Mutex<Vec<(Uuid, String)>>,
}

impl Scripted {
    pub fn new(script: impl Fn(Uuid, &str) -> Outcome + Send + Sync + 'static) -> Self {
        let script = Box::new(script);
        Self { receipts: false, delay: Duration::ZERO, script, taken: Mutex::default() }
    }

    /// Takes everything.
    pub fn willing() -> Self {
        Self::new(|id, _| Outcome::Accepted { reference: Some(format!("queue-{id}")) })
    }

    pub fn taken(&self) -> Vec<(Uuid, String)> {
        self.taken.lock().unwrap().clone()
    }

    async fn answer(&self, id: Uuid, to: &str, words: String) -> Outcome {
        tokio::time::sleep(self.delay).await;
        self.taken.lock().unwrap().push((id, words));
        (self.script)(id, to)
    }
}

impl EmailRoute for Scripted {
    fn name(&self) -> &str {
        "scripted"
    }

    fn gives_receipts(&self) -> bool {
        self.receipts
    }

    fn send<'a>(&'a self, email: &'a OutgoingEmail) -> Sending<'a> {
        let words = format!("{} | {} | {}", email.from_address, email.subject, email.plain.trim());
        Box::pin(self.answer(email.id, &email.to, words))
    }
}

impl TextRoute for Scripted {
    fn name(&self) -> &str {
        "scripted"
    }

    fn gives_receipts(&self) -> bool {
        self.receipts
    }

    fn send<'a>(&'a self, text: &'a OutgoingText) -> Sending<'a> {
        Box::pin(self.answer(text.id, &text.to, text.body.clone()))
    }
}

/// A database with one service, and what sends.
pub struct House {
    pub db: Db,
    pub clock: Clock,
    pub vault: Arc<Vault>,
    pub settings: Settings,
    pub provider: Arc<Scripted>,
    pub letters: Arc<Letters>,
}

/// Letters that the road has handed over, kept in memory.
#[derive(Default)]
pub struct Letters(pub Mutex<Vec<Letter>>);

impl Post<Transaction> for Letters {
    fn hand<'a>(&'a self, _: &'a Transaction, letter: Letter) -> Handed<'a> {
        self.0.lock().unwrap().push(letter);
        Box::pin(std::future::ready(Ok(())))
    }
}

/// A service with a template for each channel.
#[derive(Clone, Copy)]
pub struct Space {
    pub id: ServiceId,
    pub email: TemplateId,
    pub sms: TemplateId,
}

/// A running road.
pub struct Running {
    pub road: Road,
    pub stop: CancellationToken,
    pub tracker: TaskTracker,
}

impl Running {
    /// Stops it in order; gives how long that took.
    pub async fn end(self) -> Duration {
        let begun = Instant::now();
        self.stop.cancel();
        self.tracker.close();
        self.tracker.wait().await;
        begun.elapsed()
    }
}

impl House {
    /// A house whose clock is the machine's.
    pub fn new(db: &Db, provider: Scripted) -> Self {
        let settings = Settings { poll_milliseconds: 50, ..Settings::default() };
        let (db, clock, vault) = (db.clone(), Clock::system(), Arc::new(testkit::vault()));
        let (provider, letters) = (Arc::new(provider), Arc::default());
        Self { db, clock, vault, settings, provider, letters }
    }

    pub fn stamp(&self) -> Stamp {
        Stamp { actor: Actor::Operator("sam".to_owned()), at: self.clock.now() }
    }

    pub async fn service(&self, name: &str) -> Space {
        let stamp = self.stamp();
        let tx = self.db.begin().await.unwrap();
        let id = accounts::service::create(&tx, &stamp, name, None).await.unwrap().id;
        setting::create(&tx, &stamp, id, &name.to_lowercase()).await.unwrap();
        let wanted = |channel, body: &str| NewTemplate {
            channel,
            name: format!("{channel} of {name}"),
            subject: (channel == Channel::Email).then(|| "Hello ((name))".to_owned()),
            body: body.to_owned(),
            category_id: None,
            folder_id: None,
            lane: None,
            language: "en".to_owned(),
            right_to_left: false,
        };
        let author = "sam@example.gc.ca";
        let email = wanted(Channel::Email, "Your permit is ready, ((name)).");
        let sms = wanted(Channel::Sms, "Ready, ((name))");
        let email = template::create(&tx, &stamp, id, author, email).await.unwrap().head.id;
        let sms = template::create(&tx, &stamp, id, author, sms).await.unwrap().head.id;
        tx.commit().await.unwrap();
        Space { id, email, sms }
    }

    /// A message to `to`, as the API would accept it.
    pub fn message(&self, space: Space, channel: Channel, to: &str, lane: Lane) -> Accept {
        let now = self.clock.now();
        let id = Id::new(now);
        let values = serde_json::json!({"name": "Noor"}).as_object().unwrap().clone();
        let content = Content {
            to: to.to_owned(),
            deliver_to: to.to_owned(),
            values,
            sanitised: vec![],
            unsubscribe: None,
            callback: None,
        };
        let template = if channel == Channel::Email { space.email } else { space.sms };
        let notification = notification::Model {
            id,
            service_id: space.id,
            template_id: template,
            template_version: 1,
            api_key_id: None,
            created_by: None,
            key_kind: Word(KeyKind::Normal),
            channel: Word(channel),
            status: Word(Status::Created),
            reference: Some("ours".to_owned()),
            sealed: content.seal(&self.vault, id).unwrap(),
            recipient_hash: None,
            reply_to: None,
            parts: 1,
            batch_id: None,
            row_number: None,
            created_at: now,
            scheduled_for: None,
            sent_at: None,
            completed_at: None,
            updated_at: None,
            provider: None,
            provider_reference: None,
            provider_response: None,
        };
        let charge = Charge { units: 1, daily_limit: 1 << 40, annual_limit: 1 << 40 };
        Accept { notification, lane, charge: Some(charge), promise: None }
    }

    /// Accepts e-mails of the normal lane.
    pub async fn emails(&self, space: Space, count: usize) -> Vec<NotificationId> {
        let message = |_| self.message(space, Channel::Email, "noor@example.ca", Lane::Normal);
        self.accept((0..count).map(message).collect()).await
    }

    pub async fn accept(&self, messages: Vec<Accept>) -> Vec<NotificationId> {
        let ids = messages.iter().map(|message| message.notification.id).collect();
        let mut messages = messages.into_iter().peekable();
        while messages.peek().is_some() {
            let group = messages.by_ref().take(500).collect();
            accept_group(&self.db, group).await.unwrap();
        }
        ids
    }

    pub fn start(&self) -> Running {
        let (tracker, stop) = (TaskTracker::new(), CancellationToken::new());
        let parts = Parts {
            db: self.db.clone(),
            clock: self.clock.clone(),
            vault: self.vault.clone(),
            routes: Routes { email: self.provider.clone(), text: self.provider.clone() },
            outbound: Outbound::new(Reach::ThisMachineToo).unwrap(),
            settings: self.settings.clone(),
            post: self.letters.clone(),
            wake: Arc::new(Notify::new()),
        };
        let road = Road::start(parts, &tracker, &stop);
        Running { road, stop, tracker }
    }

    pub async fn row(&self, space: Space, id: NotificationId) -> notification::Model {
        notification::find(self.db.read(), space.id, id).await.unwrap().unwrap()
    }

    /// Waits until every message has a status for which `is` holds.
    pub async fn until(&self, ids: &[NotificationId], is: impl Fn(Status) -> bool) {
        self.within(Duration::from_secs(30), async || {
            let mut waiting = 0;
            for chunk in ids.chunks(500) {
                let rows = notification::claimed(self.db.read(), chunk).await.unwrap();
                waiting += rows.iter().filter(|row| !is(*row.status)).count();
            }
            waiting == 0
        })
        .await;
    }

    /// Waits until `done` says so.
    pub async fn within(&self, limit: Duration, done: impl AsyncFn() -> bool) {
        let begun = Instant::now();
        while !done().await {
            assert!(begun.elapsed() < limit, "not done within {limit:?}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// How many messages wait in the queue, due or not.
    pub async fn queued(&self) -> u64 {
        use sea_orm::{EntityTrait, PaginatorTrait};
        notify_store::delivery::Entity::find().count(self.db.read()).await.unwrap()
    }

    pub fn now(&self) -> Time {
        self.clock.now()
    }
}
