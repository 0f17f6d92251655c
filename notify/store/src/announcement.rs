//! What staff announce on every page, in both languages, for a time.

use accounts::PersonId;
use audit::{Entry, Stamp};
use db::Transaction;
use kernel::Time;
use sea_orm::{
    IntoActiveModel, QueryOrder, QuerySelect, QueryTrait, entity::prelude::*, sea_query::ExprTrait,
};
use serde_json::json;

use crate::AnnouncementId;

/// Longest announcement in one language, in characters.
pub const LONGEST: usize = 500;
/// So many can stand on pages at once; older ones are left out.
const MOST_AT_ONCE: u64 = 3;

/// One announcement.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "announcement")]
pub struct Model {
    /// Its identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AnnouncementId,
    /// Its words in English.
    pub english: String,
    /// Its words in French.
    pub french: String,
    /// Whether those who have not signed in see it, too.
    pub everybody: bool,
    /// From when on it stands on pages.
    pub starts_at: Time,
    /// Until when; none is until it is archived.
    pub ends_at: Option<Time>,
    /// Who wrote it.
    pub created_by: PersonId,
    /// Since when it is put away.
    pub archived_at: Option<Time>,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Where an announcement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Its time is to come.
    Planned,
    /// It stands on pages.
    Shown,
    /// Its time is over, or it was put away.
    Over,
}

impl Model {
    /// Where it stands at `now`.
    #[must_use]
    pub fn state(&self, now: Time) -> State {
        let ended = self.ends_at.is_some_and(|end| end <= now);
        match (self.archived_at.is_some() || ended, self.starts_at > now) {
            (true, _) => State::Over,
            (false, true) => State::Planned,
            (false, false) => State::Shown,
        }
    }
}

/// What is to be announced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct New {
    /// The words in English.
    pub english: String,
    /// The words in French.
    pub french: String,
    /// Whether those who have not signed in see it, too.
    pub everybody: bool,
    /// From when on.
    pub starts_at: Time,
    /// Until when; none is until it is archived.
    pub ends_at: Option<Time>,
}

/// Keeps an announcement.
pub async fn create(
    tx: &Transaction,
    stamp: &Stamp,
    person: PersonId,
    new: New,
) -> db::Result<Model> {
    let row = Model {
        id: AnnouncementId::new(stamp.at),
        english: new.english,
        french: new.french,
        everybody: new.everybody,
        starts_at: new.starts_at,
        ends_at: new.ends_at,
        created_by: person,
        archived_at: None,
    };
    Entity::insert(row.clone().into_active_model()).exec_without_returning(tx).await?;
    leave(tx, stamp, "announcement.create", row.id, json!({"english": row.english})).await?;
    Ok(row)
}

/// Puts an announcement away; one that is away already stays, and the answer is false.
pub async fn archive(tx: &Transaction, stamp: &Stamp, id: AnnouncementId) -> db::Result<bool> {
    let done = Entity::update_many()
        .col_expr(Column::ArchivedAt, Expr::value(stamp.at))
        .filter(Column::Id.eq(id))
        .filter(Column::ArchivedAt.is_null())
        .exec(tx)
        .await?;
    if done.rows_affected == 0 {
        return Ok(false);
    }
    leave(tx, stamp, "announcement.archive", id, json!({})).await?;
    Ok(true)
}

/// What stands on pages at `now`, newest first.
pub async fn shown(db: &impl ConnectionTrait, now: Time) -> db::Result<Vec<Model>> {
    let rows = Entity::find()
        .filter(Column::ArchivedAt.is_null())
        .filter(Column::StartsAt.lte(now))
        .filter(Column::EndsAt.is_null().or(Column::EndsAt.gt(now)))
        .order_by_desc(Column::Id)
        .limit(MOST_AT_ONCE)
        .all(db)
        .await?;
    Ok(rows)
}

/// One page of all announcements, newest first; `older_than` is the last id of the page before.
pub async fn page(
    db: &impl ConnectionTrait,
    older_than: Option<AnnouncementId>,
    size: u64,
) -> db::Result<Vec<Model>> {
    let rows = Entity::find()
        .apply_if(older_than, |rows, last| rows.filter(Column::Id.lt(last)))
        .order_by_desc(Column::Id)
        .limit(size)
        .all(db)
        .await?;
    Ok(rows)
}

async fn leave(
    tx: &Transaction,
    stamp: &Stamp,
    action: &str,
    id: AnnouncementId,
    details: serde_json::Value,
) -> db::Result<()> {
    let entry = Entry { stamp, service: None, action, subject: id.to_string(), details };
    audit::record(tx, &entry).await
}
