//! The table `audit`: adding records and reading them.

use kernel::{Id, Time, Word};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, QueryOrder, QuerySelect, QueryTrait, entity::prelude::*,
};

use crate::Actor;

/// The identifier of one record; its order is the order of the deeds, to the millisecond.
pub type RecordId = Id<Model>;

/// One deed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
pub struct Model {
    /// The record's own identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// When it was done.
    pub at: Time,
    /// Who did it.
    pub actor: Word<Actor>,
    /// The service it was done to or in, if one.
    pub service_id: Option<Uuid>,
    /// What was done, `noun.verb`, for instance `service.suspend`.
    pub action: String,
    /// What it was done to, for instance a key's id.
    pub subject: String,
    /// What else a reader needs, a JSON object; never a secret, never a recipient.
    #[sea_orm(column_type = "Text")]
    pub details: String,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Who does something, and when: every write of the foundation asks for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Who does it.
    pub actor: Actor,
    /// When.
    pub at: Time,
}

impl Stamp {
    /// A stamp of Portico itself.
    pub const fn system(at: Time) -> Self {
        Self { actor: Actor::System, at }
    }
}

/// A deed to be recorded.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// Who and when.
    pub stamp: &'a Stamp,
    /// The service concerned, if one.
    pub service: Option<Uuid>,
    /// What was done, `noun.verb`.
    pub action: &'a str,
    /// What it was done to.
    pub subject: String,
    /// What else a reader needs, a JSON object; never a secret, never a recipient.
    pub details: serde_json::Value,
}

impl Entry<'_> {
    fn row(&self) -> ActiveModel {
        ActiveModel {
            id: Set(Id::new(self.stamp.at)),
            at: Set(self.stamp.at),
            actor: Set(Word(self.stamp.actor.clone())),
            service_id: Set(self.service),
            action: Set(self.action.to_owned()),
            subject: Set(self.subject.clone()),
            details: Set(self.details.to_string()),
        }
    }
}

/// Adds one record in the transaction of the deed, so that neither is without the other.
pub async fn record(tx: &db::Transaction, entry: &Entry<'_>) -> db::Result<()> {
    Entity::insert(entry.row()).exec_without_returning(tx).await?;
    Ok(())
}

/// Adds many records with as few statements as the engines' limits of parameters allow.
pub async fn record_many(tx: &db::Transaction, entries: &[Entry<'_>]) -> db::Result<()> {
    for group in entries.chunks(1000) {
        Entity::insert_many(group.iter().map(Entry::row)).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// What a product records for each group of messages it accepts: far more of these than of everything else together,
/// so the indexes for people leave them out.
pub const TRAFFIC: &str = "notification.accept";

/// Which records to read; an empty filter reads all.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only this service's.
    pub service: Option<Uuid>,
    /// Only this actor's.
    pub actor: Option<Actor>,
    /// Only this action, or the actions of this noun when it ends in a full stop: `service.`.
    pub action: Option<String>,
    /// Only what was done to this.
    pub subject: Option<String>,
    /// Only what was done then or later.
    pub from: Option<Time>,
    /// Only what was done before.
    pub before: Option<Time>,
    /// Whether [`TRAFFIC`] is left out.
    pub without_traffic: bool,
}

/// One page of records, newest first; `older_than` is the last id of the page before.
pub async fn page(
    db: &impl ConnectionTrait,
    filter: &Filter,
    older_than: Option<RecordId>,
    size: u64,
) -> db::Result<Vec<Model>> {
    let of_action = |action: &str| match action.ends_with('.') {
        true => Column::Action.starts_with(action),
        false => Column::Action.eq(action),
    };
    let rows = Entity::find()
        .apply_if(filter.service, |rows, is| rows.filter(Column::ServiceId.eq(is)))
        .apply_if(filter.actor.clone(), |rows, is| rows.filter(Column::Actor.eq(Word(is))))
        .apply_if(filter.action.as_deref(), |rows, is| rows.filter(of_action(is)))
        .apply_if(filter.subject.as_deref(), |rows, is| rows.filter(Column::Subject.eq(is)))
        .apply_if(filter.from, |rows, at| rows.filter(Column::Id.gte(RecordId::first_of(at))))
        .apply_if(filter.before, |rows, at| rows.filter(Column::Id.lt(RecordId::first_of(at))))
        .apply_if(older_than, |rows, last| rows.filter(Column::Id.lt(last)))
        // Word for word as in the partial indexes, or SQLite would not take them.
        .apply_if(filter.without_traffic.then_some(()), |rows, ()| {
            rows.filter(Expr::cust("action <> 'notification.accept'"))
        })
        .order_by_desc(Column::Id)
        .limit(size)
        .all(db)
        .await?;
    Ok(rows)
}
