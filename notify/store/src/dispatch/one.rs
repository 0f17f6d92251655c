//! One message to one recipient, sent by a person.

use accounts::{PersonId, ServiceId};
use kernel::Time;
use notify::{
    Recipient,
    fitting::Fitting,
    limit::{Exceeded, Quota},
    placeholder::Personalisation,
    schedule,
};
use serde_json::Map;
use uuid::Uuid;

use super::{Dispatch, NotSent, Ready};
use crate::{
    NotificationId, TemplateId,
    idempotency::Promise,
    inbox::{Accept, Outcome},
    notification::{Content, NewMessage, Origin},
};

/// What a person wants to send.
#[derive(Clone, Debug)]
pub struct One {
    /// With which template, in its current version.
    pub template: TemplateId,
    /// The recipient as typed.
    pub to: String,
    /// Names of placeholders with their values as typed.
    pub values: Vec<(String, String)>,
    /// The reply address or sender; none means the service's default.
    pub sender: Option<Uuid>,
    /// When it may leave, see [`notify::schedule::moment`]; none is at once.
    pub scheduled_for: Option<Time>,
    /// A token of the form, so that a form that is sent twice sends one message. Any text of up to 100 characters.
    pub form: Option<String>,
}

/// A message that may be sent, for the page that shows it before that.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The service and its template.
    pub ready: Ready,
    /// The recipient.
    pub recipient: Recipient,
    /// The values as the template sees them.
    pub values: Personalisation,
    /// Subject and text, filled and not rendered, and what they cost.
    pub filled: Fitting,
    /// The reply address or sender.
    pub sender: Option<(Uuid, String)>,
}

/// A message that was accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The message.
    pub id: NotificationId,
    /// What is left of the limits; none when the same form was sent before.
    pub left: Option<Quota>,
}

impl Dispatch {
    /// Checks a message without sending it.
    ///
    /// # Errors
    /// The first reason for which [`Self::send_one`] would refuse it.
    pub async fn prepare_one(&self, service: ServiceId, one: &One) -> Result<Prepared, NotSent> {
        let ready = self.ready(service, one.template, None).await??;
        let (channel, dialect) = (ready.channel(), self.settings.dialect);
        let recipient = Recipient::parse(channel, &one.to, dialect)?;
        if recipient.is_simulated(dialect) {
            return Err(NotSent::Simulated);
        }
        if !self.audience(&ready).await?.allows(&recipient, dialect) {
            return Err(NotSent::NotOnTeam);
        }
        if recipient.is_international(dialect) && !ready.international() {
            return Err(NotSent::Abroad);
        }
        let typed = one.values.iter().filter(|(_, value)| !value.trim().is_empty());
        let values: Personalisation =
            typed.map(|(name, value)| (name.as_str(), value.as_str().into())).collect();
        let missing = ready.written().missing(&values);
        if !missing.is_empty() {
            return Err(NotSent::Missing(missing));
        }
        let filled = ready.written().fit(&values, ready.prefix(), dialect)?;
        let units = i64::try_from(filled.parts).unwrap_or(i64::MAX);
        if let Some(exceeded) = over(&ready.quota, units) {
            return Err(exceeded.into());
        }
        if let Some(at) = one.scheduled_for {
            schedule::within(at, self.clock.now())?;
        }
        let sender = self.sender(&ready, one.sender).await?.ok_or(NotSent::Sender)?;
        Ok(Prepared { ready, recipient, values, filled, sender })
    }

    /// Accepts a message of a person: durable when this answers, with its charge, like one of a program.
    ///
    /// # Errors
    /// Why it is not sent; nothing is stored then.
    pub async fn send_one(
        &self,
        service: ServiceId,
        person: PersonId,
        one: One,
    ) -> Result<Sent, NotSent> {
        let prepared = self.prepare_one(service, &one).await?;
        let lane = crate::template::lane(self.db.read(), &prepared.ready.head).await?;
        let now = self.clock.now();
        let id = NotificationId::new(now);
        let promise = self.promise(service, &one, id)?;
        let charge =
            prepared.ready.charge(i64::try_from(prepared.filled.parts).unwrap_or(i64::MAX));
        let message = self.message(&prepared, one, (id, now), person);
        let notification = message.row(&self.vault)?;
        let (lane, charge) = (lane.of_one_off(), Some(charge));
        let accept = Accept { notification, lane, charge, promise };
        match self.inbox.accept(accept).await.map_err(NotSent::Busy)? {
            Outcome::Accepted(left) => Ok(Sent { id, left }),
            Outcome::Refused(exceeded) => Err(exceeded.into()),
            Outcome::Repeated(id) => {
                let id = Uuid::from_slice(&id).map_err(|_| kernel::vault::VaultError::Broken)?;
                Ok(Sent { id: NotificationId::from_uuid(id), left: None })
            }
            Outcome::KeyReused => Err(NotSent::Reused),
        }
    }

    fn message(
        &self,
        prepared: &Prepared,
        one: One,
        (id, at): (NotificationId, Time),
        person: PersonId,
    ) -> NewMessage {
        let values: Map<_, _> =
            one.values.into_iter().map(|(name, value)| (name, value.into())).collect();
        let ready = &prepared.ready;
        NewMessage {
            id,
            service: ready.service.id,
            template: (ready.head.id, ready.text.version),
            channel: ready.channel(),
            origin: Origin::person(person),
            content: Content {
                to: one.to.trim().to_owned(),
                deliver_to: prepared.recipient.key(),
                values,
                sanitised: vec![],
                unsubscribe: None,
                callback: None,
            },
            reference: None,
            reply_to: prepared.sender.as_ref().map(|(_, sender)| sender.clone()),
            parts: prepared.filled.parts,
            batch: None,
            at,
            scheduled_for: one.scheduled_for,
        }
    }

    /// The promise that the same form gets the same message; an id is no secret, so it is not sealed.
    fn promise(
        &self,
        service: ServiceId,
        one: &One,
        id: NotificationId,
    ) -> Result<Option<Promise>, NotSent> {
        let Some(form) = &one.form else { return Ok(None) };
        let said = (service, one.template, &one.to, &one.values, one.scheduled_for);
        let said = serde_json::to_vec(&said).map_err(|_| kernel::vault::VaultError::Broken)?;
        let request_hash = self.vault.fingerprint(&said);
        let answer_sealed = id.uuid().as_bytes().to_vec();
        Ok(Some(Promise { key: format!("form:{form}"), request_hash, answer_sealed }))
    }
}

/// The limit that `units` would pass; the annual one is asked first.
pub(super) fn over(quota: &Quota, units: i64) -> Option<Exceeded> {
    let Quota { daily_limit, daily_left, annual_limit, annual_left } = *quota;
    if units > annual_left {
        Some(Exceeded::Annual { limit: annual_limit, left: annual_left })
    } else {
        (units > daily_left).then_some(Exceeded::Daily { limit: daily_limit, left: daily_left })
    }
}
