//! What happened to a message, step by step, and what its sender can do now (admin specification, sections I.2 and I.3).

use accounts::{OnTeam, gate::SeeMessages};
use kernel::{Language, Time};
use notify::{
    Channel, Status,
    status::{Cause, Group},
};
use notify_store::{delivery, notification::Model};
use ui::{Cell, Table};

use crate::words::Texts;

/// The steps, oldest first. `waiting` is the message's place in its lane while no provider has taken it.
pub fn table(
    t: Texts,
    team: &OnTeam<SeeMessages>,
    row: &Model,
    waiting: Option<&delivery::Model>,
) -> Table {
    let zone = team.who.zone();
    let line = |(when, what, words): (Time, String, String)| {
        vec![Cell::Text(text::moment(t.0, zone, when)), Cell::Text(what), Cell::Text(words)]
    };
    Table {
        caption: t.history_title(),
        head: vec![t.history_when(), t.history_what(), t.history_words()],
        rows: steps(t, row, waiting).into_iter().map(line).collect(),
        ..Table::default()
    }
}

fn steps(t: Texts, row: &Model, waiting: Option<&delivery::Model>) -> Vec<(Time, String, String)> {
    let mut steps = vec![(row.created_at, t.history_accepted(), String::new())];
    if let Some(when) = row.scheduled_for {
        steps.push((when, t.history_scheduled(), String::new()));
    }
    if let Some(place) = waiting.filter(|place| place.attempt > 0) {
        // A message that a deliverer holds becomes due again only if that deliverer dies.
        let words = if place.lease.is_some() { t.history_trying() } else { t.history_again() };
        steps.push((place.due_at, t.history_tried(place.attempt), words));
    }
    if let Some(when) = row.sent_at {
        let provider = row.provider.clone().unwrap_or_default();
        let reference = row.provider_reference.as_ref();
        let words = reference.map(|name| t.history_reference(name)).unwrap_or_default();
        steps.push((when, t.history_handed(provider), words));
    }
    let (status, channel) = (row.status.0, row.channel.0);
    let is_told = !matches!(status, Status::Created | Status::Sending);
    if let Some(when) = row.updated_at.filter(|_| is_told) {
        let words = row.provider_response.clone().unwrap_or_default();
        steps.push((when, said(t, status, channel, cause(row)), words));
    }
    steps.sort_by_key(|step| step.0);
    steps
}

/// What the provider's words name, if they name something that is known.
fn cause(row: &Model) -> Option<Cause> {
    row.provider_response.as_deref().and_then(Cause::in_response)
}

fn said(t: Texts, status: Status, channel: Channel, cause: Option<Cause>) -> String {
    match (status, channel, t.0) {
        // Of a text we know only that the carrier has it.
        (Status::Sent, Channel::Sms, _) => t.history_sent(),
        (Status::Cancelled, ..) => t.group_cancelled(),
        (_, _, Language::English) => status.description(channel, cause).to_owned(),
        (_, _, Language::French) => status.description_fr(channel, cause).to_owned(),
    }
}

/// How the message stands, in a few words.
pub fn standing(t: Texts, row: &Model) -> String {
    said(t, row.status.0, row.channel.0, cause(row))
}

/// What its sender can do now.
pub fn advice(t: Texts, row: &Model, waiting: Option<&delivery::Model>, now: Time) -> String {
    let (status, channel, cause) = (row.status.0, row.channel.0, cause(row));
    let is_blocked = matches!(cause, Some(Cause::Suppressed | Cause::OnAccountSuppressionList));
    let is_abroad = matches!(
        cause,
        Some(Cause::NoOriginationIdentitiesFound | Cause::DestinationCountryBlocked)
    );
    match (status, channel) {
        (Status::Created, _) if row.scheduled_for.is_some_and(|at| at > now) => {
            t.advice_scheduled()
        }
        (Status::Created, _) if waiting.is_some_and(|place| place.attempt > 0) => t.advice_retry(),
        (Status::Sent, Channel::Sms) => t.advice_sent_text(),
        (Status::TemporaryFailure, Channel::Email) => t.advice_temporary_email(),
        (Status::TemporaryFailure, Channel::Sms) => t.advice_temporary_text(),
        (Status::PermanentFailure, Channel::Email) if is_blocked => t.advice_blocked(),
        (Status::PermanentFailure, Channel::Email) => t.advice_permanent_email(),
        (Status::PermanentFailure, Channel::Sms) => t.advice_permanent_text(),
        (Status::ProviderFailure, _) if is_abroad => t.advice_abroad(),
        (Status::ProviderFailure, _) => t.advice_provider(),
        (Status::TechnicalFailure, _) => t.advice_technical(),
        (Status::VirusScanFailed, _) => t.advice_virus(),
        (Status::PiiCheckFailed, _) => t.advice_protected(),
        _ => match status.group(channel) {
            Group::InTransit => t.advice_in_transit(),
            Group::Delivered => t.advice_delivered(),
            Group::Cancelled => t.advice_cancelled(),
            Group::Failed => t.advice_failed(),
        },
    }
}
