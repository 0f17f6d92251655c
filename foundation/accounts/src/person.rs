//! Somebody who works with services: a team member.

mod deed;
mod list;

use audit::Stamp;
use chrono_tz::Tz;
use kernel::{Id, Language, Time, Word};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, IntoActiveModel, QueryOrder, QuerySelect, QueryTrait,
    entity::prelude::*,
};
use serde_json::json;

pub use deed::{Deed, perform};
pub use list::{find_all, search};

use crate::trail;

/// The identifier of a person.
pub type PersonId = Id<Model>;

/// A person.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    /// Their identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// Their name as they write it.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Their e-mail address in lower case, unique.
    #[sea_orm(column_type = "Text")]
    pub email_address: String,
    /// Their mobile number in international form, if they gave one.
    #[sea_orm(column_type = "Text", nullable)]
    pub mobile_number: Option<String>,
    /// The language they read.
    pub language: Word<Language>,
    /// When they were added.
    pub created_at: Time,
    /// When they showed that they read their address; until then they cannot sign in.
    pub confirmed_at: Option<Time>,
    /// Since when staff keep them out.
    pub blocked_at: Option<Time>,
    /// The time zone their times are shown in, by its name in the IANA database.
    #[sea_orm(column_type = "Text")]
    pub time_zone: String,
    /// Whether they run the platform.
    pub staff: bool,
    /// Whether they want to be told by e-mail what happens to their services, beyond what they must know.
    pub wants_news: bool,
    /// When they last signed in, with both factors.
    pub signed_in_at: Option<Time>,
    /// Since when their account is gone for good.
    pub archived_at: Option<Time>,
}

/// The time zone of somebody who has not chosen one.
pub const TIME_ZONE: Tz = Tz::America__Toronto;

impl Model {
    /// The time zone in which this person reads times; the usual one when the database no longer knows theirs.
    pub fn zone(&self) -> Tz {
        self.time_zone.parse().unwrap_or(TIME_ZONE)
    }
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What is known of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    /// Their name as they write it.
    pub name: String,
    /// Their e-mail address, in any case; it is kept in lower case.
    pub email_address: String,
    /// Their mobile number in international form, if they gave one.
    pub mobile_number: Option<String>,
    /// The language they read.
    pub language: Language,
}

/// Adds a person; a known address is the conflict `uq_person_email_address`.
pub async fn create(tx: &db::Transaction, stamp: &Stamp, details: &Details) -> db::Result<Model> {
    let id = Id::new(stamp.at);
    let row = ActiveModel {
        id: Set(id),
        name: Set(details.name.clone()),
        email_address: Set(details.email_address.to_lowercase()),
        mobile_number: Set(details.mobile_number.clone()),
        language: Set(Word(details.language)),
        created_at: Set(stamp.at),
        confirmed_at: Set(None),
        blocked_at: Set(None),
        time_zone: Set(TIME_ZONE.name().to_owned()),
        staff: Set(false),
        wants_news: Set(true),
        signed_in_at: Set(None),
        archived_at: Set(None),
    };
    let made = row.insert(tx).await?;
    trail::leave(tx, stamp, None, ("person.create", id.uuid()), json!({})).await?;
    Ok(made)
}

/// Writes what is known of a person anew; a known address is the conflict `uq_person_email_address`.
pub async fn change(
    tx: &db::Transaction,
    stamp: &Stamp,
    id: PersonId,
    details: &Details,
) -> db::Result<Model> {
    let mut row = find(tx, id).await?.ok_or(db::Error::Missing)?.into_active_model();
    row.name = Set(details.name.clone());
    row.email_address = Set(details.email_address.to_lowercase());
    row.mobile_number = Set(details.mobile_number.clone());
    row.language = Set(Word(details.language));
    let after = row.update(tx).await?;
    trail::leave(tx, stamp, None, ("person.change", id.uuid()), json!({})).await?;
    Ok(after)
}

/// Gives a person another name.
pub async fn rename(
    tx: &db::Transaction,
    stamp: &Stamp,
    id: PersonId,
    name: &str,
) -> db::Result<Model> {
    let mut row = find(tx, id).await?.ok_or(db::Error::Missing)?.into_active_model();
    row.name = Set(name.to_owned());
    let after = row.update(tx).await?;
    trail::leave(tx, stamp, None, ("person.rename", id.uuid()), json!({})).await?;
    Ok(after)
}

/// Moves an account to another address, which its owner has shown to read; a known one is the conflict
/// `uq_person_email_address`.
pub async fn move_to(
    tx: &db::Transaction,
    stamp: &Stamp,
    id: PersonId,
    address: &str,
) -> db::Result<Model> {
    let mut row = find(tx, id).await?.ok_or(db::Error::Missing)?.into_active_model();
    row.email_address = Set(address.to_lowercase());
    let after = row.update(tx).await?;
    trail::leave(tx, stamp, None, ("person.move", id.uuid()), json!({})).await?;
    Ok(after)
}

/// Notes that a person reads their address, if that was not known.
pub async fn confirm(tx: &db::Transaction, stamp: &Stamp, id: PersonId) -> db::Result<()> {
    let done = Entity::update_many()
        .col_expr(Column::ConfirmedAt, Expr::value(stamp.at))
        .filter(Column::Id.eq(id))
        .filter(Column::ConfirmedAt.is_null())
        .exec(tx)
        .await?;
    if done.rows_affected == 0 {
        return Ok(());
    }
    trail::leave(tx, stamp, None, ("person.confirm", id.uuid()), json!({})).await
}

/// Keeps a person out, or lets them in again.
pub async fn block(
    tx: &db::Transaction,
    stamp: &Stamp,
    id: PersonId,
    blocked: bool,
) -> db::Result<()> {
    let deed = if blocked { Deed::Block } else { Deed::Unblock };
    perform(tx, stamp, id, (deed, "")).await
}

/// Makes somebody staff of the platform, or no longer.
pub async fn employ(
    tx: &db::Transaction,
    stamp: &Stamp,
    id: PersonId,
    staff: bool,
) -> db::Result<Model> {
    let mut row = find(tx, id).await?.ok_or(db::Error::Missing)?.into_active_model();
    row.staff = Set(staff);
    let after = row.update(tx).await?;
    let action = if staff { "person.employ" } else { "person.dismiss" };
    trail::leave(tx, stamp, None, (action, id.uuid()), json!({})).await?;
    Ok(after)
}

/// What a person prefers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preferences {
    /// The language they read.
    pub language: Language,
    /// A name of the IANA database.
    pub time_zone: String,
    /// Whether they want to be told by e-mail what happens to their services, beyond what they must know.
    pub wants_news: bool,
}

/// Keeps what a person prefers.
pub async fn prefer(
    tx: &db::Transaction,
    stamp: &Stamp,
    id: PersonId,
    preferences: &Preferences,
) -> db::Result<Model> {
    let mut row = find(tx, id).await?.ok_or(db::Error::Missing)?.into_active_model();
    row.language = Set(Word(preferences.language));
    row.time_zone = Set(preferences.time_zone.clone());
    row.wants_news = Set(preferences.wants_news);
    let after = row.update(tx).await?;
    trail::leave(tx, stamp, None, ("person.prefer", id.uuid()), json!({})).await?;
    Ok(after)
}

/// The person, if there is one.
pub async fn find(db: &impl ConnectionTrait, id: PersonId) -> db::Result<Option<Model>> {
    Ok(Entity::find_by_id(id).one(db).await?)
}

/// The person with this e-mail address, in any case.
pub async fn find_by_email(
    db: &impl ConnectionTrait,
    email_address: &str,
) -> db::Result<Option<Model>> {
    let wanted = Column::EmailAddress.eq(email_address.to_lowercase());
    Ok(Entity::find().filter(wanted).one(db).await?)
}

/// Everybody who runs the platform and can sign in, oldest account first.
pub async fn staff(db: &impl ConnectionTrait) -> db::Result<Vec<Model>> {
    let staff = Entity::find()
        .filter(Column::Staff.eq(true))
        .filter(Column::ConfirmedAt.is_not_null())
        .filter(Column::BlockedAt.is_null());
    Ok(staff.order_by_asc(Column::Id).all(db).await?)
}

/// One page of people, newest first; `older_than` is the last id of the page before.
pub async fn page(
    db: &impl ConnectionTrait,
    older_than: Option<PersonId>,
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
