//! The messages that a report covers, a page at a time.

use chrono::TimeDelta;
use kernel::Word;
use notify::report::LOOKS_BACK;
use sea_orm::{QueryOrder, QuerySelect, QueryTrait, entity::prelude::*};

use super::Model;
use crate::{
    BatchId, NotificationId,
    notification::{self, Column, Entity},
};

/// The next messages that `report` covers after `last`, at most `size`: in the order of their rows for one bulk
/// send, else in that of their acceptance. What was accepted after the report was asked for is not in it.
pub async fn rows(
    db: &impl ConnectionTrait,
    report: &Model,
    last: Option<&notification::Model>,
    size: u64,
) -> db::Result<Vec<notification::Model>> {
    let coverage = report.coverage()?;
    let from = NotificationId::first_of(report.requested_at - LOOKS_BACK);
    let until = NotificationId::first_of(report.requested_at + TimeDelta::milliseconds(1));
    let batch = coverage.batch.map(BatchId::from_uuid);
    let statuses: Vec<_> = coverage.statuses.into_iter().map(Word).collect();
    let test = Word(accounts::KeyKind::Test);
    let covered = Entity::find()
        .filter(Column::ServiceId.eq(report.service_id))
        .filter(Column::Id.gte(from))
        .filter(Column::Id.lt(until))
        .apply_if(coverage.channel, |rows, is| rows.filter(Column::Channel.eq(Word(is))))
        .apply_if((!statuses.is_empty()).then_some(statuses), |rows, any| {
            rows.filter(Column::Status.is_in(any))
        })
        .apply_if(coverage.test, |rows, is_test| {
            let kind = Column::KeyKind;
            rows.filter(if is_test { kind.eq(test) } else { kind.ne(test) })
        });
    let ordered = match batch {
        Some(batch) => covered
            .filter(Column::BatchId.eq(batch))
            .apply_if(last.and_then(|last| last.row_number), |rows, last| {
                rows.filter(Column::RowNumber.gt(last))
            })
            .order_by_asc(Column::RowNumber),
        None => covered
            .apply_if(last, |rows, last| rows.filter(Column::Id.gt(last.id)))
            .order_by_asc(Column::Id),
    };
    Ok(ordered.limit(size).all(db).await?)
}
