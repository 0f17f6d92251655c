//! What one transaction changes of the facts, gathered and written as its last statements.
//!
//! Last and in the order of their keys: so two transactions wait for each other's rows in the same
//! order and never for ever, and a busy service's row is held for as short a time as can be.

use std::collections::BTreeMap;

use accounts::{ApiKeyId, KeyKind, ServiceId};
use chrono::DurationRound;
use db::Transaction;
use kernel::{Time, Word};
use notify::{Channel, Status, limit, status::Group};
use sea_orm::{
    ActiveValue::Set,
    FromQueryResult, Iden,
    entity::prelude::*,
    sea_query::{Alias, ExprTrait, IntoIden, OnConflict, SimpleExpr},
};

use super::{Column, Entity, batch_count, email_hour, key_day};
use crate::{BatchId, NotificationId, TemplateId, notification};

/// Rows in one statement; both engines bound the number of their parameters.
const ROWS: usize = 1000;

/// What one transaction changes of the facts. Fill it while the transaction writes messages and give it to
/// [`Tally::write`] as the last thing before the commit.
#[derive(Debug, Default)]
#[must_use = "what was counted is kept by `write`"]
pub struct Tally {
    days: BTreeMap<DayKey, Day>,
    hours: BTreeMap<(ServiceId, Time), Hour>,
    batches: BTreeMap<(BatchId, Status, ServiceId), i64>,
    keys: BTreeMap<(ServiceId, ApiKeyId, String), i64>,
}

type DayKey = (ServiceId, String, TemplateId, Channel);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Day {
    requested: i64,
    delivered: i64,
    failed: i64,
    parts: i64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Hour {
    sent: i64,
    bounced: i64,
}

/// What the facts need to know of a message whose status has just changed.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct Changed {
    pub(crate) id: NotificationId,
    service_id: ServiceId,
    template_id: TemplateId,
    channel: Word<Channel>,
    key_kind: Word<KeyKind>,
    parts: i32,
    batch_id: Option<BatchId>,
    created_at: Time,
}

impl Changed {
    /// The columns that a statement returns for it.
    pub(crate) const COLUMNS: [notification::Column; 8] = [
        notification::Column::Id,
        notification::Column::ServiceId,
        notification::Column::TemplateId,
        notification::Column::Channel,
        notification::Column::KeyKind,
        notification::Column::Parts,
        notification::Column::BatchId,
        notification::Column::CreatedAt,
    ];
}

impl Tally {
    /// Counts a message that is stored in this transaction.
    pub fn accepted(&mut self, message: &notification::Model) {
        let changed = Changed {
            id: message.id,
            service_id: message.service_id,
            template_id: message.template_id,
            channel: message.channel,
            key_kind: message.key_kind,
            parts: message.parts,
            batch_id: message.batch_id,
            created_at: message.created_at,
        };
        self.count(&changed, message.status.0, 1);
        if let Some(key) = message.api_key_id {
            let of_day = (message.service_id, key, limit::day(message.created_at));
            *self.keys.entry(of_day).or_default() += 1;
        }
    }

    /// Counts a change of status that this transaction writes at `at`.
    pub(crate) fn stepped(&mut self, message: &Changed, from: Status, to: Status, at: Time) {
        self.count(message, from, -1);
        self.count(message, to, 1);
        self.attempt(message, from, to, at);
    }

    fn count(&mut self, message: &Changed, status: Status, by: i64) {
        if let Some(batch) = message.batch_id {
            *self.batches.entry((batch, status, message.service_id)).or_default() += by;
        }
        let group = status.group(*message.channel);
        // Nothing is really sent with a test key, and what was taken back was not asked for after all.
        if *message.key_kind == KeyKind::Test || group == Group::Cancelled {
            return;
        }
        let day = limit::day(message.created_at);
        let key = (message.service_id, day, message.template_id, *message.channel);
        let facts = self.days.entry(key).or_default();
        facts.requested += by;
        facts.parts += by * i64::from(message.parts);
        match group {
            Group::Delivered => facts.delivered += by,
            Group::Failed => facts.failed += by,
            Group::InTransit | Group::Cancelled => {}
        }
    }

    /// An e-mail that went to a provider for the first time, and one whose address does not exist.
    fn attempt(&mut self, message: &Changed, from: Status, to: Status, at: Time) {
        let unsent = matches!(to, Status::Cancelled | Status::TechnicalFailure);
        let is_live_email =
            *message.channel == Channel::Email && *message.key_kind != KeyKind::Test;
        if unsent || !is_live_email {
            return;
        }
        let hour = at.duration_trunc(chrono::TimeDelta::hours(1)).unwrap_or(at);
        let facts = self.hours.entry((message.service_id, hour)).or_default();
        facts.sent += i64::from(from == Status::Created);
        facts.bounced += i64::from(to == Status::PermanentFailure);
    }

    /// Adds everything to the facts.
    pub async fn write(self, tx: &Transaction) -> db::Result<()> {
        let days: Vec<_> =
            self.days.into_iter().filter(|(_, day)| *day != Day::default()).collect();
        for some in days.chunks(ROWS) {
            keep_days(tx, some).await?;
        }
        let hours: Vec<_> =
            self.hours.into_iter().filter(|(_, hour)| hour.sent + hour.bounced > 0).collect();
        for some in hours.chunks(ROWS) {
            keep_hours(tx, some).await?;
        }
        let batches: Vec<_> = self.batches.into_iter().filter(|(_, by)| *by != 0).collect();
        for some in batches.chunks(ROWS) {
            keep_batches(tx, some).await?;
        }
        let keys: Vec<_> = self.keys.into_iter().collect();
        for some in keys.chunks(ROWS) {
            keep_keys(tx, some).await?;
        }
        Ok(())
    }
}

async fn keep_days(tx: &Transaction, days: &[(DayKey, Day)]) -> db::Result<()> {
    let rows = days.iter().map(|((service, day, template, channel), facts)| super::ActiveModel {
        service_id: Set(*service),
        day: Set(day.clone()),
        template_id: Set(*template),
        channel: Set(Word(*channel)),
        requested: Set(facts.requested),
        delivered: Set(facts.delivered),
        failed: Set(facts.failed),
        parts: Set(facts.parts),
    });
    let mut sum = OnConflict::columns([Column::ServiceId, Column::Day, Column::TemplateId]);
    for column in [Column::Requested, Column::Delivered, Column::Failed, Column::Parts] {
        sum.value(column, plus::<Entity, _>(column));
    }
    Entity::insert_many(rows).on_conflict(sum).exec_without_returning(tx).await?;
    Ok(())
}

async fn keep_hours(tx: &Transaction, hours: &[((ServiceId, Time), Hour)]) -> db::Result<()> {
    use email_hour::{ActiveModel, Column, Entity};
    let rows = hours.iter().map(|((service, hour), facts)| ActiveModel {
        service_id: Set(*service),
        hour: Set(*hour),
        sent: Set(facts.sent),
        bounced: Set(facts.bounced),
    });
    let mut sum = OnConflict::columns([Column::ServiceId, Column::Hour]);
    for column in [Column::Sent, Column::Bounced] {
        sum.value(column, plus::<Entity, _>(column));
    }
    Entity::insert_many(rows).on_conflict(sum).exec_without_returning(tx).await?;
    Ok(())
}

async fn keep_batches(
    tx: &Transaction,
    batches: &[((BatchId, Status, ServiceId), i64)],
) -> db::Result<()> {
    use batch_count::{ActiveModel, Column, Entity};
    let rows = batches.iter().map(|((batch, status, service), by)| ActiveModel {
        batch_id: Set(*batch),
        status: Set(Word(*status)),
        service_id: Set(*service),
        messages: Set(*by),
    });
    let mut sum = OnConflict::columns([Column::BatchId, Column::Status]);
    sum.value(Column::Messages, plus::<Entity, _>(Column::Messages));
    Entity::insert_many(rows).on_conflict(sum).exec_without_returning(tx).await?;
    Ok(())
}

async fn keep_keys(
    tx: &Transaction,
    keys: &[((ServiceId, ApiKeyId, String), i64)],
) -> db::Result<()> {
    use key_day::{ActiveModel, Column, Entity};
    let rows = keys.iter().map(|((service, key, day), messages)| ActiveModel {
        service_id: Set(*service),
        api_key_id: Set(*key),
        day: Set(day.clone()),
        messages: Set(*messages),
    });
    let mut sum = OnConflict::columns([Column::ServiceId, Column::ApiKeyId, Column::Day]);
    sum.value(Column::Messages, plus::<Entity, _>(Column::Messages));
    Entity::insert_many(rows).on_conflict(sum).exec_without_returning(tx).await?;
    Ok(())
}

/// The column's value with what was to be inserted added to it.
fn plus<E: EntityTrait, C: ColumnTrait>(column: C) -> SimpleExpr {
    let kept = Expr::col((E::default().into_iden(), column));
    kept.add(Expr::col((Alias::new("excluded"), Alias::new(Iden::to_string(&column)))))
}
