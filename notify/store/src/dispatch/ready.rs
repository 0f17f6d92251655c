//! What a service may send now, from whom and to whom; asked alike by single messages and spreadsheets.

use std::sync::Arc;

use accounts::{ServiceId, membership, service};
use notify::{
    Channel, Permission,
    fitting::{Unfit, Written},
    limit::{Charge, Exceeded, Quota},
    recipient::{Audience, RecipientError},
    schedule::Unusable,
    template::Template,
};
use uuid::Uuid;

use super::Dispatch;
use crate::{
    TemplateId, inbox::InboxError, reply_to, setting, sms_sender, template, template_version, usage,
};

/// Why a service cannot send with a template at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Barred {
    /// There is no such service, or it is gone for good.
    #[error("there is no such service")]
    NoService,
    /// It is suspended.
    #[error("the service is suspended")]
    Suspended,
    /// It may not send by this channel.
    #[error("the service may not send by {0}")]
    Channel(Channel),
    /// It has no such template.
    #[error("the service has no such template")]
    NoTemplate,
    /// The template is archived.
    #[error("the template is archived")]
    Archived,
}

/// Why one message is not sent.
#[derive(Clone, Debug, thiserror::Error)]
pub enum NotSent {
    /// The service cannot send with this template.
    #[error(transparent)]
    Barred(#[from] Barred),
    /// The recipient is none.
    #[error(transparent)]
    Recipient(#[from] RecipientError),
    /// The service is in trial and the recipient is not on its team.
    #[error("a service in trial sends to its team only")]
    NotOnTeam,
    /// The number is abroad and the service may not text there.
    #[error("the service may not send texts abroad")]
    Abroad,
    /// The recipient is one that only simulates; a person who waits for it would wait for ever.
    #[error("nothing is sent to a simulated recipient")]
    Simulated,
    /// Values are missing, in the order of the template.
    #[error("values are missing: {}", .0.join(", "))]
    Missing(Vec<String>),
    /// The message is empty or too long.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// The service has no such reply address or sender.
    #[error("the service has no such reply address or sender")]
    Sender,
    /// It cannot be scheduled for this time.
    #[error(transparent)]
    Schedule(#[from] Unusable),
    /// A limit refuses it.
    #[error(transparent)]
    Limit(#[from] Exceeded),
    /// The same form was sent before with other content.
    #[error("this form was sent before")]
    Reused,
    /// Too many wait, or the process stops: it may be tried again at once.
    #[error(transparent)]
    Busy(InboxError),
    /// Our own defect: a value could not be sealed or opened.
    #[error(transparent)]
    Vault(#[from] kernel::vault::VaultError),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] db::Error),
}

/// A service that may send with one version of one of its templates, and what is left of its limits.
#[derive(Clone, Debug)]
pub struct Ready {
    /// The service.
    pub service: service::Model,
    /// What it has set.
    pub setting: setting::Model,
    /// The template's head.
    pub head: template::Model,
    /// The version it sends with.
    pub text: template_version::Model,
    /// The template, read for filling and showing.
    pub template: Arc<Template>,
    /// What is left today and this year.
    pub quota: Quota,
}

impl Ready {
    /// E-mail or text.
    #[must_use]
    pub fn channel(&self) -> Channel {
        *self.head.channel
    }

    /// The service's name, if its texts begin with it.
    #[must_use]
    pub fn prefix(&self) -> Option<&str> {
        self.setting.prefix_sms.then_some(self.service.name.as_str())
    }

    /// Whether the service may send texts abroad.
    #[must_use]
    pub fn international(&self) -> bool {
        self.setting.may(Permission::InternationalSms)
    }

    pub(super) fn written(&self) -> Written<'_> {
        let channel = self.channel();
        Written {
            channel,
            language: self.template.languages().of_words(),
            subject: (channel == Channel::Email).then_some(self.template.subject()),
            body: self.template.body(),
        }
    }

    pub(super) fn charge(&self, units: i64) -> Charge {
        let Quota { daily_limit, annual_limit, .. } = self.quota;
        Charge { units, daily_limit, annual_limit }
    }
}

/// What of a service's limits is left at `at`, for the pages that show it.
///
/// # Errors
/// The database's own.
pub async fn quota(
    db: &impl sea_orm::ConnectionTrait,
    setting: &setting::Model,
    channel: Channel,
    at: kernel::Time,
) -> db::Result<Quota> {
    let limits = setting.limits();
    let (daily_limit, annual_limit) = match channel {
        Channel::Email => (limits.email_daily, limits.email_annual),
        Channel::Sms => (limits.sms_daily, limits.sms_annual),
    };
    let service = setting.service_id;
    let in_day = usage::used(db, service, channel, &notify::limit::day(at)).await?;
    let in_year = usage::used(db, service, channel, &notify::limit::fiscal_year(at)).await?;
    let left = |limit: i64, used: i64| Ord::max(limit - used, 0);
    Ok(Quota {
        daily_limit,
        daily_left: left(daily_limit, in_day),
        annual_limit,
        annual_left: left(annual_limit, in_year),
    })
}

impl Dispatch {
    /// Whether the service may send with this template, in `version` or its current one.
    ///
    /// # Errors
    /// [`Barred`] as the inner error; the database's own as the outer.
    pub async fn ready(
        &self,
        service: ServiceId,
        template: TemplateId,
        version: Option<i32>,
    ) -> db::Result<Result<Ready, Barred>> {
        let db = self.db.read();
        let space = service::find(db, service).await?;
        let Some(space) = space.filter(|space| !space.is_archived()) else {
            return Ok(Err(Barred::NoService));
        };
        if space.is_suspended() {
            return Ok(Err(Barred::Suspended));
        }
        let setting = setting::get(db, service).await?;
        let Some(head) = template::find(db, service, template).await? else {
            return Ok(Err(Barred::NoTemplate));
        };
        if head.archived_at.is_some() {
            return Ok(Err(Barred::Archived));
        }
        let channel = *head.channel;
        if !setting.may(Permission::to_send(channel)) {
            return Ok(Err(Barred::Channel(channel)));
        }
        let version = version.unwrap_or(head.version);
        let Some(text) = template_version::find(db, service, template, version).await? else {
            return Ok(Err(Barred::NoTemplate));
        };
        let quota = quota(db, &setting, channel, self.clock.now()).await?;
        let template = Arc::new(head.read(&text));
        Ok(Ok(Ready { service: space, setting, head, text, template, quota }))
    }

    /// Who may be written to: a trial service writes to its team (rendering specification, section 11.4).
    pub(super) async fn audience(&self, ready: &Ready) -> db::Result<Audience> {
        if !ready.service.trial {
            return Ok(Audience::Anyone);
        }
        let team = membership::contacts(self.db.read(), ready.service.id).await?;
        Ok(Audience::Only(team.emails.into_iter().chain(team.phones).collect()))
    }

    /// The reply address or sender with its id: the one asked for, else the service's default; the inner
    /// none is a service that has set none, the outer none one that is not the service's.
    pub(super) async fn sender(
        &self,
        ready: &Ready,
        asked: Option<Uuid>,
    ) -> db::Result<Option<Option<(Uuid, String)>>> {
        let (db, service) = (self.db.read(), ready.service.id);
        Ok(match (ready.channel(), asked) {
            (Channel::Email, None) => Some(
                reply_to::default(db, service).await?.map(|row| (row.id.uuid(), row.email_address)),
            ),
            (Channel::Sms, None) => {
                Some(sms_sender::default(db, service).await?.map(|row| (row.id.uuid(), row.sender)))
            }
            (Channel::Email, Some(id)) => reply_to::find(db, service, kernel::Id::from_uuid(id))
                .await?
                .map(|row| Some((row.id.uuid(), row.email_address))),
            (Channel::Sms, Some(id)) => sms_sender::find(db, service, kernel::Id::from_uuid(id))
                .await?
                .map(|row| Some((row.id.uuid(), row.sender))),
        })
    }
}
