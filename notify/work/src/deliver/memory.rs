//! What many messages need and seldom changes, remembered for a moment.

use std::{sync::Arc, time::Duration};

use accounts::{ApiKeyId, ServiceId, api_key, service};
use db::Db;
use kernel::Language;
use moka::sync::Cache;
use notify::{
    Channel, callback,
    template::{Languages, Template},
};
use notify_store::{TemplateId, setting, template, template_version};

/// How long something is believed without looking: a suspended service stops within this.
const BELIEVED: Duration = Duration::from_secs(2);

/// Of the call-backs of a service that are taken, one in this time is kept for its team to see.
const TOLD: Duration = Duration::from_secs(5);

/// What is remembered.
pub(crate) struct Memory {
    db: Db,
    templates: Cache<(TemplateId, i32), Option<Arc<Template>>>,
    senders: Cache<ServiceId, Option<Arc<Sender>>>,
    revoked: Cache<ApiKeyId, bool>,
    callbacks: Cache<(ServiceId, callback::Kind), Option<Arc<notify_store::callback::Model>>>,
    told: Cache<(ServiceId, callback::Kind), ()>,
}

/// Who a service's messages come from.
#[derive(Clone, Debug)]
pub(crate) struct Sender {
    /// The service's name.
    pub(crate) name: String,
    /// Whether it may send.
    pub(crate) may_send: bool,
    /// The local part of its From address.
    pub(crate) email_from: String,
    /// Its own sending domain.
    pub(crate) domain: Option<String>,
    /// Whether its texts begin with its name.
    pub(crate) prefix: bool,
}

impl Memory {
    pub(crate) fn new(db: Db) -> Self {
        fn cache<K, V>(most: u64) -> Cache<K, V>
        where
            K: std::hash::Hash + Eq + Send + Sync + 'static,
            V: Clone + Send + Sync + 'static,
        {
            Cache::builder().max_capacity(most).time_to_live(BELIEVED).build()
        }
        // A version's text never changes; what its head says about it may.
        let templates = Cache::builder().max_capacity(500).time_to_live(15 * BELIEVED).build();
        let (senders, revoked, callbacks) = (cache(5_000), cache(5_000), cache(5_000));
        let told = Cache::builder().max_capacity(5_000).time_to_live(TOLD).build();
        Self { db, templates, senders, revoked, callbacks, told }
    }

    /// One version of a template, read; none when there is no such version.
    pub(crate) async fn template(
        &self,
        service: ServiceId,
        id: TemplateId,
        version: i32,
    ) -> db::Result<Option<Arc<Template>>> {
        if let Some(known) = self.templates.get(&(id, version)) {
            return Ok(known);
        }
        let head = template::find(self.db.read(), service, id).await?;
        let text = template_version::find(self.db.read(), service, id, version).await?;
        let found = head.zip(text).map(|(head, text)| Arc::new(read(&head, &text)));
        self.templates.insert((id, version), found.clone());
        Ok(found)
    }

    /// A service as a sender; none when it is not set up for sending.
    pub(crate) async fn sender(&self, service: ServiceId) -> db::Result<Option<Arc<Sender>>> {
        if let Some(known) = self.senders.get(&service) {
            return Ok(known);
        }
        let space = service::find(self.db.read(), service).await?;
        let settings = setting::find(self.db.read(), service).await?;
        let found = space.zip(settings).map(|(space, settings)| {
            Arc::new(Sender {
                may_send: !space.is_suspended() && !space.is_archived(),
                name: space.name,
                email_from: settings.email_from,
                domain: settings.sending_domain,
                prefix: settings.prefix_sms,
            })
        });
        self.senders.insert(service, found.clone());
        Ok(found)
    }

    /// Whether a key was revoked, or is gone.
    pub(crate) async fn is_revoked(&self, service: ServiceId, key: ApiKeyId) -> db::Result<bool> {
        if let Some(known) = self.revoked.get(&key) {
            return Ok(known);
        }
        let found = api_key::find(self.db.read(), service, key).await?;
        let revoked = found.is_none_or(|key| key.revoked_at.is_some());
        self.revoked.insert(key, revoked);
        Ok(revoked)
    }

    /// Where a service wants to be told of `kind`.
    pub(crate) async fn callback(
        &self,
        service: ServiceId,
        kind: callback::Kind,
    ) -> db::Result<Option<Arc<notify_store::callback::Model>>> {
        if let Some(known) = self.callbacks.get(&(service, kind)) {
            return Ok(known);
        }
        let found = notify_store::callback::find(self.db.read(), service, kind).await?;
        let found = found.map(Arc::new);
        self.callbacks.insert((service, kind), found.clone());
        Ok(found)
    }

    /// Whether a call-back that was taken is the first of a while, and is to be kept for the team to see.
    pub(crate) fn is_first_told(&self, service: ServiceId, kind: callback::Kind) -> bool {
        let is_first = !self.told.contains_key(&(service, kind));
        if is_first {
            self.told.insert((service, kind), ());
        }
        is_first
    }

    /// Looks again for where a service wants to be told of `kind`, because it has just changed.
    pub(crate) fn forget_callback(&self, service: ServiceId, kind: callback::Kind) {
        self.callbacks.invalidate(&(service, kind));
    }
}

fn read(head: &template::Model, text: &template_version::Model) -> Template {
    let words = match *head.channel {
        Channel::Email => Template::email(text.subject.as_deref().unwrap_or_default(), &text.body),
        Channel::Sms => Template::sms(&text.body),
    };
    let languages = match head.language.as_str() {
        "fr" => Languages::One(Language::French),
        "both" => Languages::Both,
        _ => Languages::One(Language::English),
    };
    words.in_languages(languages).right_to_left(head.right_to_left)
}
