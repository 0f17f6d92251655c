//! When and how somebody signed in: shown to them, so that they notice what was not them.

use audit::Stamp;
use chrono::TimeDelta;
use kernel::{Id, Time, Word};
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, QuerySelect, entity::prelude::*};
use serde_json::json;

use crate::{PersonId, person, trail};

/// How long a sign-in is remembered.
const REMEMBERED: TimeDelta = TimeDelta::days(90);

/// What was enough to come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum How {
    /// A link in a letter, when the account was made.
    Link,
    /// The password and a code by email.
    Email,
    /// The password and a code of the authenticator app.
    App,
    /// The password and a recovery code.
    Recovery,
    /// A passkey, alone or after the password.
    Passkey,
}

impl How {
    const ALL: [Self; 5] = [Self::Link, Self::Email, Self::App, Self::Recovery, Self::Passkey];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Email => "email",
            Self::App => "app",
            Self::Recovery => "recovery",
            Self::Passkey => "passkey",
        }
    }
}

impl std::fmt::Display for How {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for How {
    type Err = &'static str;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|how| how.as_str() == word).ok_or("no way to sign in")
    }
}

/// One sign-in.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in")]
pub struct Model {
    /// Its identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// Who.
    pub person_id: Id<person::Model>,
    /// When.
    pub at: Time,
    /// With what.
    pub how: Word<How>,
    /// What the browser says it is, cut to 200 characters.
    pub browser: String,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Notes that `person` has signed in.
pub async fn note(
    tx: &db::Transaction,
    stamp: &Stamp,
    person: PersonId,
    (how, browser): (How, &str),
) -> db::Result<()> {
    let row = ActiveModel {
        id: Set(Id::new(stamp.at)),
        person_id: Set(person),
        at: Set(stamp.at),
        how: Set(Word(how)),
        browser: Set(browser.chars().take(200).collect()),
    };
    Entity::insert(row).exec_without_returning(tx).await?;
    let deed = ("person.sign-in", person.uuid());
    trail::leave(tx, stamp, None, deed, json!({"how": how.as_str()})).await
}

/// The newest `most` sign-ins of a person, newest first.
pub async fn recent(
    db: &impl ConnectionTrait,
    person: PersonId,
    most: u64,
) -> db::Result<Vec<Model>> {
    let own = Entity::find().filter(Column::PersonId.eq(person));
    Ok(own.order_by_desc(Column::Id).limit(most).all(db).await?)
}

/// Forgets every sign-in of a person.
pub async fn forget(tx: &db::Transaction, person: PersonId) -> db::Result<()> {
    Entity::delete_many().filter(Column::PersonId.eq(person)).exec(tx).await?;
    Ok(())
}

/// Forgets old sign-ins; gives how many.
pub async fn purge(tx: &db::Transaction, now: Time) -> db::Result<u64> {
    let old = Entity::delete_many().filter(Column::At.lt(now - REMEMBERED));
    Ok(old.exec(tx).await?.rows_affected)
}
