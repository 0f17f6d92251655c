//! Finding the messages of one batch, in the order of its rows.

use accounts::ServiceId;
use kernel::Vault;
use notify::{Dialect, status::Group};
use sea_orm::{QueryOrder, QuerySelect, QueryTrait, entity::prelude::*};

use super::{LOOKED_AT, Needle, OPENED, failed, permanent, stands, whole};
use crate::{
    BatchId,
    notification::{Column, Content, Entity, Model, recipient_hash},
};

/// What is looked for in a batch; what is none does not matter.
#[derive(Clone, Debug)]
pub struct InBatch {
    /// The batch.
    pub batch: BatchId,
    /// What became of the messages.
    pub group: Option<Group>,
    /// Only those whose recipient does not exist: status `permanent-failure`.
    pub problem_addresses: bool,
    /// The recipient or a part of it, as typed.
    pub recipient: Option<String>,
    /// Only rows after this one: [`FoundInBatch::next_row`] of the page before.
    pub after_row: Option<i32>,
    /// Rows of a page.
    pub size: u64,
}

impl InBatch {
    /// The first page of a whole batch.
    #[must_use]
    pub const fn all(batch: BatchId, size: u64) -> Self {
        Self {
            batch,
            group: None,
            problem_addresses: false,
            recipient: None,
            after_row: None,
            size,
        }
    }
}

/// One page of what was found in a batch.
#[derive(Clone, Debug, Default)]
pub struct FoundInBatch {
    /// Messages in the order of their rows, with what is personal in them still sealed.
    pub rows: Vec<Model>,
    /// After which row the next page begins; none when nothing is left to look at. A page can be short, even empty,
    /// and still have a next one.
    pub next_row: Option<i32>,
}

/// One page of the messages of a service's batch.
///
/// # Errors
/// The database's own.
pub async fn in_batch(
    db: &impl ConnectionTrait,
    vault: &Vault,
    dialect: Dialect,
    service: ServiceId,
    search: &InBatch,
) -> db::Result<FoundInBatch> {
    let typed = search.recipient.as_deref().map(str::trim).filter(|typed| !typed.is_empty());
    let keys = typed.map(|typed| whole(typed, None, dialect)).unwrap_or_default();
    let needle = typed.filter(|_| keys.is_empty()).map(Needle::of);
    let looks_far = keys.is_empty() && (needle.is_some() || search.group.is_some());
    let most = if needle.is_some() { OPENED } else { LOOKED_AT };
    let end = if looks_far || search.problem_addresses {
        last_looked_at(db, service, search, most).await?
    } else {
        None
    };
    let hashes = keys.iter().map(|key| recipient_hash(vault, service, key));
    let hashes: Vec<_> = hashes.collect();
    let rows = wanted(service, search)
        .apply_if((!hashes.is_empty()).then_some(hashes), |rows, hashes| {
            rows.filter(Column::RecipientHash.is_in(hashes))
        })
        .apply_if(end, |rows, end| rows.filter(Column::RowNumber.lte(end)))
        .limit(if needle.is_some() { most } else { search.size + 1 })
        .all(db)
        .await?;
    let opens = |row: &Model, needle: &Needle| {
        Content::open(vault, row.id, &row.sealed).is_ok_and(|content| needle.is_in(&content))
    };
    let hits = rows.into_iter().filter(|row| needle.as_ref().is_none_or(|part| opens(row, part)));
    Ok(found(hits.collect(), search.size, end))
}

fn found(mut rows: Vec<Model>, size: u64, end: Option<i32>) -> FoundInBatch {
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    if rows.len() > size {
        rows.truncate(size);
        let next_row = rows.last().and_then(|row| row.row_number);
        return FoundInBatch { rows, next_row };
    }
    FoundInBatch { rows, next_row: end }
}

/// The last row of those that one call looks at; none when there are none after it.
async fn last_looked_at(
    db: &impl ConnectionTrait,
    service: ServiceId,
    search: &InBatch,
    most: u64,
) -> db::Result<Option<i32>> {
    let any = InBatch { group: None, problem_addresses: false, ..search.clone() };
    Ok(wanted(service, &any)
        .select_only()
        .column(Column::RowNumber)
        .offset(most - 1)
        .limit(1)
        .into_tuple()
        .one(db)
        .await?)
}

fn wanted(service: ServiceId, search: &InBatch) -> Select<Entity> {
    Entity::find()
        .filter(Column::BatchId.eq(search.batch))
        .filter(Column::RowNumber.gt(search.after_row.unwrap_or(0)))
        .filter(Column::ServiceId.eq(service))
        .apply_if(search.group, |rows, is| rows.filter(stands(is)))
        .apply_if(search.problem_addresses.then_some(()), |rows, ()| {
            rows.filter(failed()).filter(permanent())
        })
        .order_by_asc(Column::RowNumber)
}
