//! The last attempts at call-backs, for the team that wonders what became of them.
//!
//! Every failure is kept. Of what is taken only one is kept in a few seconds, so that a busy service does not write a
//! row more for each message.

use accounts::ServiceId;
use db::Transaction;
use kernel::{Id, Time, Word};
use notify::callback::{Kind, Outcome};
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect, QueryTrait, entity::prelude::*};

/// One attempt at a call-back.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "callback_attempt")]
pub struct Model {
    /// The attempt.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// Whose call-back.
    pub service_id: ServiceId,
    /// What it was about.
    pub kind: Word<Kind>,
    /// The event that was told; the same in every attempt.
    pub event: Uuid,
    /// What became of it.
    pub outcome: Word<Outcome>,
    /// What went wrong.
    pub words: Option<String>,
    /// How long the receiver took.
    pub milliseconds: i32,
    /// When.
    pub at: Time,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// An attempt that has just been made.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// What it was about.
    pub kind: Kind,
    /// The event.
    pub event: Uuid,
    /// What became of it.
    pub outcome: Outcome,
    /// What went wrong.
    pub words: Option<String>,
    /// How long the receiver took.
    pub took: std::time::Duration,
}

/// Longest words that are kept, in characters.
const LONGEST: usize = 500;

/// Keeps an attempt.
pub async fn keep(
    tx: &Transaction,
    service: ServiceId,
    attempt: Attempt,
    at: Time,
) -> db::Result<()> {
    let row = ActiveModel {
        id: Set(Id::new(at)),
        service_id: Set(service),
        kind: Set(Word(attempt.kind)),
        event: Set(attempt.event),
        outcome: Set(Word(attempt.outcome)),
        words: Set(attempt.words.map(|words| words.chars().take(LONGEST).collect())),
        milliseconds: Set(i32::try_from(attempt.took.as_millis()).unwrap_or(i32::MAX)),
        at: Set(at),
    };
    Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// One page of the attempts at a service's call-backs, newest first.
pub async fn page(
    db: &impl ConnectionTrait,
    (service, kind): (ServiceId, Kind),
    older_than: Option<Id<Model>>,
    size: u64,
) -> db::Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(Column::ServiceId.eq(service))
        .filter(Column::Kind.eq(Word(kind)))
        .apply_if(older_than, |rows, last| rows.filter(Column::Id.lt(last)))
        .order_by_desc(Column::Id)
        .limit(size)
        .all(db)
        .await?)
}

/// Forgets attempts before `before`; how many there were.
pub async fn purge(tx: &Transaction, before: Time) -> db::Result<u64> {
    let old = Column::Id.lt(Id::<Model>::first_of(before));
    Ok(Entity::delete_many().filter(old).exec(tx).await?.rows_affected)
}
