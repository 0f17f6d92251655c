//! Finding people for staff: by a part of their name or address.

use sea_orm::{ConnectionTrait, QueryOrder, QuerySelect, QueryTrait, entity::prelude::*};

use super::{Column, Entity, Model, PersonId};
use crate::wording;

/// One page of the people whose name or address holds `part` (empty for all), newest first; `older_than` is the last
/// id of the page before.
pub async fn search(
    db: &impl ConnectionTrait,
    part: &str,
    older_than: Option<PersonId>,
    size: u64,
) -> db::Result<Vec<Model>> {
    let part = Some(part.trim()).filter(|part| !part.is_empty());
    let holds = |part: &str| {
        let name = wording::contains(Column::Name, part);
        sea_orm::Condition::any().add(name).add(wording::contains(Column::EmailAddress, part))
    };
    let rows = Entity::find()
        .apply_if(part, |rows, part| rows.filter(holds(part)))
        .apply_if(older_than, |rows, last| rows.filter(Column::Id.lt(last)))
        .order_by_desc(Column::Id)
        .limit(size)
        .all(db)
        .await?;
    Ok(rows)
}

/// These people, in no order; ids of none are left out.
pub async fn find_all(db: &impl ConnectionTrait, ids: &[PersonId]) -> db::Result<Vec<Model>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(Entity::find().filter(Column::Id.is_in(ids.iter().copied())).all(db).await?)
}
