//! Services and templates as sending needs them, remembered for a moment so that a busy service costs no queries.

use std::sync::Arc;

use accounts::{ServiceId, membership};
use db::Db;
use kernel::{Language, Time};
use moka::future::Cache;
use notify::{Channel, Lane, fitting::Written, placeholder::Source, recipient::Safelist};
use notify_store::{TemplateId, reply_to, safelist, setting, sms_sender, template};
use uuid::Uuid;

use crate::Settings;

/// The most services, and ten times as many templates, that are remembered.
const SERVICES: u64 = 10_000;

/// A service's settings and senders.
#[derive(Clone, Debug)]
pub struct ServiceFacts {
    /// Its settings.
    pub setting: setting::Model,
    /// The From address of its emails.
    pub from_email: String,
    /// Its reply addresses.
    pub reply_to: Senders,
    /// Its senders of texts.
    pub sms_sender: Senders,
}

/// The reply addresses or senders of a service.
#[derive(Clone, Debug, Default)]
pub struct Senders {
    /// The one that is used when a request names none.
    pub default: Option<(Uuid, String)>,
    /// All of them.
    pub all: Vec<(Uuid, String)>,
}

impl Senders {
    /// The sender of this id.
    pub fn of(&self, id: Uuid) -> Option<&str> {
        self.all.iter().find(|(known, _)| *known == id).map(|(_, text)| text.as_str())
    }
}

/// A template, read for filling.
#[derive(Clone, Debug)]
pub struct Template {
    /// The template.
    pub id: TemplateId,
    /// Its current version.
    pub version: i32,
    /// Email or text.
    pub channel: Channel,
    /// The lane of its messages.
    pub lane: Lane,
    /// Its language, for lists in sentences; of a bilingual one, English.
    pub language: Language,
    /// When it was archived.
    pub archived_at: Option<Time>,
    /// Its words.
    pub words: Arc<Words>,
}

/// The words of one version of a template, read once.
#[derive(Clone, Debug)]
pub struct Words {
    /// The subject of an email.
    pub subject: Option<Source>,
    /// The text.
    pub body: Source,
    /// How many placeholders stand in both.
    pub uses: usize,
}

impl Words {
    fn read(subject: Option<&str>, body: &str) -> Self {
        let (subject, body) = (subject.map(Source::parse), Source::parse(body));
        let uses = body.names().len() + subject.as_ref().map_or(0, |subject| subject.names().len());
        Self { subject, body, uses }
    }
}

impl Template {
    /// As it is filled.
    pub fn written(&self) -> Written<'_> {
        Written {
            channel: self.channel,
            language: self.language,
            subject: self.words.subject.as_ref(),
            body: &self.words.body,
        }
    }
}

/// What is remembered.
pub struct Memory {
    db: Db,
    sending_domain: String,
    services: Cache<ServiceId, Arc<ServiceFacts>>,
    teams: Cache<ServiceId, Arc<Safelist>>,
    templates: Cache<(ServiceId, TemplateId), Option<Arc<Template>>>,
    words: Cache<(TemplateId, i32), Arc<Words>>,
}

impl Memory {
    /// A memory that is empty.
    pub fn new(db: Db, settings: &Settings) -> Self {
        let ttl = settings.remember;
        Self {
            db,
            sending_domain: settings.sending_domain.clone(),
            services: Cache::builder().max_capacity(SERVICES).time_to_live(ttl).build(),
            teams: Cache::builder().max_capacity(SERVICES).time_to_live(ttl).build(),
            templates: Cache::builder().max_capacity(SERVICES * 10).time_to_live(ttl).build(),
            // A version never changes, so it is forgotten only for want of room.
            words: Cache::new(SERVICES),
        }
    }

    /// A service's settings and senders.
    pub async fn service(&self, id: ServiceId) -> db::Result<Arc<ServiceFacts>> {
        if let Some(known) = self.services.get(&id).await {
            return Ok(known);
        }
        self.services.try_get_with(id, self.load_service(id)).await.map_err(own)
    }

    /// Whom a trial service or a team key may write to.
    pub async fn team(&self, id: ServiceId) -> db::Result<Arc<Safelist>> {
        self.teams.try_get_with(id, self.load_team(id)).await.map_err(own)
    }

    /// A service's current template.
    pub async fn template(
        &self,
        service: ServiceId,
        id: TemplateId,
    ) -> db::Result<Option<Arc<Template>>> {
        if let Some(known) = self.templates.get(&(service, id)).await {
            return Ok(known);
        }
        let load = self.load_template(service, id);
        let found = self.templates.try_get_with((service, id), load).await.map_err(own)?;
        if found.is_none() {
            // One that is made in the next moment works at once.
            self.templates.invalidate(&(service, id)).await;
        }
        Ok(found)
    }

    /// Forgets a template, after it was changed in this process.
    pub async fn forget_template(&self, service: ServiceId, id: TemplateId) {
        self.templates.invalidate(&(service, id)).await;
    }

    async fn load_service(&self, id: ServiceId) -> db::Result<Arc<ServiceFacts>> {
        let db = self.db.read();
        let setting = setting::get(db, id).await?;
        let domain = setting.sending_domain.as_deref().unwrap_or(&self.sending_domain);
        let from_email = format!("{}@{domain}", setting.email_from);
        let (mut reply_to, mut sms_sender) = (Senders::default(), Senders::default());
        for row in reply_to::list(db, id).await? {
            reply_to.add(row.id.uuid(), row.email_address, row.is_default);
        }
        for row in sms_sender::list(db, id).await? {
            sms_sender.add(row.id.uuid(), row.sender, row.is_default);
        }
        Ok(Arc::new(ServiceFacts { setting, from_email, reply_to, sms_sender }))
    }

    async fn load_team(&self, id: ServiceId) -> db::Result<Arc<Safelist>> {
        let db = self.db.read();
        let team = membership::contacts(db, id).await?;
        let listed = safelist::list(db, id).await?.into_iter().map(|row| row.recipient);
        Ok(Arc::new(team.emails.into_iter().chain(team.phones).chain(listed).collect()))
    }

    async fn load_template(
        &self,
        service: ServiceId,
        id: TemplateId,
    ) -> db::Result<Option<Arc<Template>>> {
        let db = self.db.read();
        let Some(current) = template::current(db, service, id).await? else { return Ok(None) };
        let template::Current { head, text } = current;
        let lane = template::lane(db, &head).await?;
        let read = async { Arc::new(Words::read(text.subject.as_deref(), &text.body)) };
        let words = self.words.get_with((id, head.version), read).await;
        let language = if head.language == "fr" { Language::French } else { Language::English };
        let (version, channel, archived_at) = (head.version, *head.channel, head.archived_at);
        Ok(Some(Arc::new(Template { id, version, channel, lane, language, archived_at, words })))
    }
}

impl Senders {
    fn add(&mut self, id: Uuid, text: String, is_default: bool) {
        if is_default {
            self.default = Some((id, text.clone()));
        }
        self.all.push((id, text));
    }
}

fn own(shared: Arc<db::Error>) -> db::Error {
    Arc::unwrap_or_clone(shared)
}
