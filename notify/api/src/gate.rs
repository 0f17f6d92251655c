//! What every send asks of its service, single or bulk: may it send, how much, from and to whom
//! (API specification, sections 2.3 and 3).

use std::sync::Arc;

use accounts::KeyKind;
use kernel::Time;
use notify::{
    Channel, Permission, Recipient,
    limit::{Charge, Exceeded, Quota},
    recipient::{Audience, Safelist},
};
use notify_store::TemplateId;
use uuid::Uuid;

use crate::{
    Api, ApiKey,
    error::{ApiError, LimitReached, Refusal},
    limiter::Taken,
    memory::{ServiceFacts, Template},
};

/// A service that may send by one channel now.
pub struct Gate<'a> {
    /// The state.
    pub api: &'a Api,
    /// The caller.
    pub key: &'a ApiKey,
    /// By what it sends.
    pub channel: Channel,
    /// The moment of the request.
    pub now: Time,
    /// The service's settings and senders.
    pub facts: Arc<ServiceFacts>,
    /// What is left of the minute.
    pub taken: Taken,
}

/// Refuses a suspended service: it may read, not send.
pub fn not_suspended(key: &ApiKey) -> Result<(), Refusal> {
    if key.service.is_suspended() { Err(Refusal::Suspended) } else { Ok(()) }
}

/// The service's template, which is not archived.
pub async fn template(api: &Api, key: &ApiKey, id: TemplateId) -> Result<Arc<Template>, ApiError> {
    let found = api.memory.template(key.service.id, id).await?;
    found.ok_or_else(|| Refusal::TemplateNotFound.into())
}

/// Refuses a template that was archived.
pub fn not_archived(template: &Template) -> Result<(), Refusal> {
    match template.archived_at {
        Some(_) => Err(Refusal::TemplateDeleted { id: template.id.uuid() }),
        None => Ok(()),
    }
}

impl<'a> Gate<'a> {
    /// Steps 5 to 7 of section 2.3: suspended, permission, requests a minute.
    pub async fn pass(
        api: &'a Api,
        key: &'a ApiKey,
        channel: Channel,
        now: Time,
    ) -> Result<Self, ApiError> {
        not_suspended(key)?;
        let facts = api.memory.service(key.service.id).await.map_err(|error| match error {
            // A defect of ours, not a thing that the caller asked for and that is not there.
            db::Error::Missing => ApiError::internal("a service has no settings"),
            other => other.into(),
        })?;
        if !facts.setting.may(Permission::to_send(channel)) {
            let messages = match channel {
                Channel::Email => "emails",
                Channel::Sms => "text messages",
            };
            return Err(Refusal::ChannelNotAllowed { messages }.into());
        }
        let limit = u32::try_from(facts.setting.rate_limit).unwrap_or(0);
        let taken = api.limiter.take((key.service.id, key.kind), limit, now)?;
        Ok(Self { api, key, channel, now, facts, taken })
    }

    /// Steps 8 to 10: the template is there, of this channel, and not archived.
    pub async fn template(&self, id: TemplateId) -> Result<Arc<Template>, ApiError> {
        let template = template(self.api, self.key, id).await?;
        if template.channel != self.channel {
            let (template, asked) = (template.channel.as_str(), self.channel.as_str());
            return Err(Refusal::WrongTemplateType { template, asked }.into());
        }
        not_archived(&template)?;
        Ok(template)
    }

    /// The service's name, if its texts begin with it.
    pub fn prefix(&self) -> Option<&str> {
        self.facts.setting.prefix_sms.then_some(self.key.service.name.as_str())
    }

    /// What `parts` messages or parts of texts cost; nothing with a test key.
    pub fn charge(&self, parts: usize) -> Option<Charge> {
        let limits = self.facts.setting.limits();
        let (daily_limit, annual_limit) = match self.channel {
            Channel::Email => (limits.email_daily, limits.email_annual),
            Channel::Sms => (limits.sms_daily, limits.sms_annual),
        };
        let units = i64::try_from(parts).unwrap_or(i64::MAX);
        (self.key.kind != KeyKind::Test).then_some(Charge { units, daily_limit, annual_limit })
    }

    /// Step 14, as far as it is known before the transaction that charges.
    pub async fn within_limits(&self, charge: Option<Charge>) -> Result<(), ApiError> {
        let Some(charge) = charge else { return Ok(()) };
        let who = (self.key.service.id, self.channel);
        match self.api.seen.exceeds(&self.api.db, who, charge, self.now).await? {
            Some(exceeded) => Err(self.over(exceeded).into()),
            None => Ok(()),
        }
    }

    /// The refusal of a limit.
    pub fn over(&self, exceeded: Exceeded) -> Refusal {
        let reached =
            |limit| LimitReached { trial: self.key.service.trial, channel: self.channel, limit };
        match exceeded {
            Exceeded::Annual { limit, .. } => Refusal::Annual(reached(limit)),
            Exceeded::Daily { limit, .. } => Refusal::Daily(reached(limit)),
        }
    }

    /// Remembers what an acceptance left.
    pub fn note(&self, left: Quota) {
        self.api.seen.note((self.key.service.id, self.channel), left, self.now);
    }

    /// Step 15: the reply address or sender that was asked for, or the service's default.
    pub fn sender(
        &self,
        asked: Option<Uuid>,
        field: &'static str,
    ) -> Result<Option<String>, Refusal> {
        Ok(self.sender_row(asked, field)?.map(|(_, text)| text))
    }

    /// The same with its id.
    pub fn sender_row(
        &self,
        asked: Option<Uuid>,
        field: &'static str,
    ) -> Result<Option<(Uuid, String)>, Refusal> {
        let senders = match self.channel {
            Channel::Email => &self.facts.reply_to,
            Channel::Sms => &self.facts.sms_sender,
        };
        let Some(id) = asked else { return Ok(senders.default.clone()) };
        let service = self.key.service.id.uuid();
        let found = senders.of(id).ok_or(Refusal::SenderNotFound { field, id, service })?;
        Ok(Some((id, found.to_owned())))
    }

    /// Whether only the team and the safelist may be written to (section 3.1).
    pub fn is_restricted(&self) -> bool {
        match self.key.kind {
            KeyKind::Normal => self.key.service.trial,
            KeyKind::Team => true,
            KeyKind::Test => false,
        }
    }

    /// Who may be written to.
    pub async fn audience(&self) -> Result<Audience, ApiError> {
        if !self.is_restricted() {
            return Ok(Audience::Anyone);
        }
        let team = self.api.memory.team(self.key.service.id).await?;
        Ok(Audience::Only(Safelist::clone(&team)))
    }

    /// Step 16: a team key's text wins over the trial's.
    pub async fn may_receive(&self, recipient: &Recipient) -> Result<(), ApiError> {
        if !self.is_restricted() || recipient.is_simulated(self.api.settings.dialect) {
            return Ok(());
        }
        if self.api.memory.team(self.key.service.id).await?.allows(recipient) {
            return Ok(());
        }
        Err(match self.key.kind {
            KeyKind::Team => Refusal::TeamOnly { service: self.key.service.id.uuid() },
            KeyKind::Normal | KeyKind::Test => Refusal::TrialOnly,
        }
        .into())
    }

    /// Whether the service may send texts abroad.
    pub fn international(&self) -> bool {
        self.facts.setting.may(Permission::InternationalSms)
    }

    /// Step 17.
    pub fn may_send_abroad(&self, recipient: &Recipient) -> Result<(), Refusal> {
        if recipient.is_international(self.api.settings.dialect) && !self.international() {
            return Err(Refusal::InternationalNotAllowed);
        }
        Ok(())
    }
}
