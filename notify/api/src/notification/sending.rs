//! Sending one message: the checks in the order that callers know (API specification, section 2.3), then one
//! durable acceptance.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    Once,
    answer::{self, Parts},
    asked::{self, Asked},
    content::{self, Filled, Sanitised},
    once::Ticket,
};
use crate::{
    Api, ApiKey,
    error::{ApiError, Refusal},
    gate::Gate,
    memory::Template,
    schema::{Raw, json_answer},
};
use axum::response::Response;
use http::StatusCode;
use notify::{Channel, limit::Charge};
use notify_store::{
    NotificationId, idempotency,
    inbox::{Accept, Outcome},
    notification::{self, Content, NewMessage, Origin},
};

/// Accepts one message.
pub async fn send(
    api: &Api,
    key: &ApiKey,
    channel: Channel,
    once: Once,
    raw: &Raw,
) -> Result<Response, ApiError> {
    let now = api.clock.now();
    let ticket = once.ticket(api, key, channel.as_str(), raw);
    if let Some(ticket) = &ticket
        && let Some(answer) = ticket.answered(api, key, now).await?
    {
        return Ok(answer);
    }
    let asked = asked::read(channel, raw.json().await?, api.settings.dialect, now)?;
    let gate = Gate::pass(api, key, channel, now).await?;
    let template = gate.template(asked.template).await?;
    let taken = gate.taken;
    let message = Message::check(gate, asked, template).await?;
    let mut answer = message.accept(ticket.as_ref()).await?;
    answer::tell_rate(&mut answer, taken);
    Ok(answer)
}

/// A message that may be sent.
struct Message<'a> {
    gate: Gate<'a>,
    asked: Asked,
    template: Arc<Template>,
    filled: Filled,
    sanitised: BTreeMap<String, Sanitised>,
    sender: Option<String>,
    /// What it costs; nothing with a test key or to a simulated recipient.
    charge: Option<Charge>,
    simulated: bool,
}

impl<'a> Message<'a> {
    /// Steps 11 to 18 of section 2.3.
    async fn check(
        gate: Gate<'a>,
        asked: Asked,
        template: Arc<Template>,
    ) -> Result<Self, ApiError> {
        let (filled, sanitised) = words(&gate, &asked, &template)?;
        let simulated = asked.recipient.is_simulated(gate.api.settings.dialect);
        let charge = gate.charge(filled.parts).filter(|_| !simulated);
        gate.within_limits(charge).await?;
        let sender = gate.sender(asked.sender, asked::sender_field(gate.channel))?;
        gate.may_receive(&asked.recipient).await?;
        gate.may_send_abroad(&asked.recipient)?;
        Ok(Self { gate, asked, template, filled, sanitised, sender, charge, simulated })
    }

    /// Stores it, unless its recipient is simulated, and answers.
    async fn accept(self, ticket: Option<&Ticket>) -> Result<Response, ApiError> {
        let Gate { api, key, .. } = self.gate;
        let id = NotificationId::new(self.gate.now);
        let body = self.answer(id)?;
        let promise = ticket.map(|ticket| ticket.promise(api, key, &body)).transpose()?;
        if self.simulated {
            let outcome = only_promise(&self.gate, promise).await?;
            return tell(&self.gate, outcome, ticket, body);
        }
        let (lane, charge) = (self.template.lane, self.charge);
        let (gate, notification) = self.row(id)?;
        let accept = Accept { notification, lane, charge, promise };
        let outcome = api.inbox.accept(accept).await?;
        tell(&gate, outcome, ticket, body)
    }

    fn answer(&self, id: NotificationId) -> Result<Vec<u8>, ApiError> {
        let parts = Parts {
            asked: &self.asked,
            facts: &self.gate.facts,
            template: &self.template,
            filled: &self.filled,
            sanitised: &self.sanitised,
            sender: self.sender.as_deref(),
        };
        parts.body(&self.gate.api.settings, id).map_err(|error| ApiError::internal(&error))
    }

    /// The row to store; the gate is handed back for the answer.
    fn row(self, id: NotificationId) -> Result<(Gate<'a>, notification::Model), ApiError> {
        let Gate { api, key, now, channel, .. } = self.gate;
        let asked = self.asked;
        let content = Content {
            to: asked.to,
            deliver_to: asked.recipient.key(),
            values: asked.values.given,
            sanitised: asked.sanitised,
            unsubscribe: asked.unsubscribe,
            callback: asked.callback,
        };
        let message = NewMessage {
            id,
            service: key.service.id,
            template: (self.template.id, self.template.version),
            channel,
            origin: Origin::key(key.key, key.kind),
            content,
            reference: asked.reference,
            reply_to: self.sender,
            parts: self.filled.parts,
            batch: None,
            at: now,
            scheduled_for: asked.scheduled_for.map(|(_, moment)| moment),
        };
        let row = message.row(&api.vault)?;
        Ok((self.gate, row))
    }
}

/// For a simulated recipient nothing is stored but the promise to answer alike.
async fn only_promise(
    gate: &Gate<'_>,
    promise: Option<idempotency::Promise>,
) -> Result<Outcome, ApiError> {
    let Some(promise) = promise else { return Ok(Outcome::Accepted(None)) };
    let tx = gate.api.db.begin().await?;
    let kept = idempotency::keep(&tx, gate.key.service.id, &promise, gate.now).await?;
    tx.commit().await.map_err(db::Error::from)?;
    Ok(match kept {
        idempotency::Kept::New => Outcome::Accepted(None),
        idempotency::Kept::Same(answer) => Outcome::Repeated(answer),
        idempotency::Kept::Other => Outcome::KeyReused,
    })
}

/// The answer to what became of the message; `body` is that of an accepted one.
fn tell(
    gate: &Gate<'_>,
    outcome: Outcome,
    ticket: Option<&Ticket>,
    body: Vec<u8>,
) -> Result<Response, ApiError> {
    match (outcome, ticket) {
        (Outcome::Accepted(left), _) => {
            let mut answer = json_answer(StatusCode::CREATED, body);
            if let Some(left) = left {
                gate.note(left);
                answer::tell_quota(answer.headers_mut(), left);
            }
            Ok(answer)
        }
        (Outcome::Refused(exceeded), _) => Err(gate.over(exceeded).into()),
        (Outcome::Repeated(sealed), Some(ticket)) => ticket.repeated(gate.api, gate.key, &sealed),
        (Outcome::Repeated(_) | Outcome::KeyReused, _) => Err(Refusal::IdempotencyReused.into()),
    }
}

/// Steps 11 to 13 of section 2.3, and the refusal of files until they are built.
fn words(
    gate: &Gate<'_>,
    asked: &Asked,
    template: &Template,
) -> Result<(Filled, BTreeMap<String, Sanitised>), ApiError> {
    if asked.values.has_files {
        return Err(match gate.channel {
            Channel::Email => Refusal::FilesLater.into(),
            Channel::Sms => Refusal::FilesByEmailOnly.into(),
        });
    }
    let names = template.written().missing(&asked.values.read);
    if !names.is_empty() {
        let template = Some(template.id.uuid());
        return Err(Refusal::MissingPersonalisation { template, names }.into());
    }
    let dialect = gate.api.settings.dialect;
    if asked.sanitised.is_empty() {
        let filled = content::fill(template, &asked.values.read, gate.prefix(), dialect)?;
        return Ok((filled, BTreeMap::new()));
    }
    let (safe, changed) = content::sanitise(&asked.values.read, &asked.sanitised);
    Ok((content::fill(template, &safe, gate.prefix(), dialect)?, changed))
}
