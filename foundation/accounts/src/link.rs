//! Links in e-mails that prove that somebody reads an address: they work once, for an hour.

use chrono::TimeDelta;
use kernel::{Id, Time, Vault, Word};
use sea_orm::{ActiveValue::Set, ConnectionTrait, PaginatorTrait, entity::prelude::*};

use crate::{PersonId, SessionError, person, token};

/// How long a link works (admin specification, section A.1).
pub const LASTS: TimeDelta = TimeDelta::hours(1);
/// How long a change of address can be taken back from the old one.
pub const KEEPS: TimeDelta = TimeDelta::days(3);

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// To confirm the address of a new account.
    Confirm,
    /// To set a new password.
    Reset,
    /// To confirm the new address of an account that changes it.
    Change,
    /// To keep the old address, or to have it back.
    Keep,
}

impl Purpose {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Reset => "reset",
            Self::Change => "change",
            Self::Keep => "keep",
        }
    }

    /// How long a link works. Whoever lost their address has longer to notice.
    const fn lasts(self) -> TimeDelta {
        match self {
            Self::Keep => KEEPS,
            Self::Confirm | Self::Reset | Self::Change => LASTS,
        }
    }
}

impl std::fmt::Display for Purpose {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Purpose {
    type Err = &'static str;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let all = [Self::Confirm, Self::Reset, Self::Change, Self::Keep];
        all.into_iter().find(|purpose| purpose.as_str() == word).ok_or("no purpose of a link")
    }
}

/// A link that was sent.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "link")]
pub struct Model {
    /// Its identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// The hash of the secret in the link.
    pub token_hash: Vec<u8>,
    /// What it is for.
    pub purpose: Word<Purpose>,
    /// Whose account.
    pub person_id: Id<person::Model>,
    /// The address it was sent to.
    #[sea_orm(column_type = "Text")]
    pub email_address: String,
    /// When it was made.
    pub created_at: Time,
    /// When it was used.
    pub used_at: Option<Time>,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Whether it still works.
    pub fn works(&self, now: Time) -> bool {
        self.used_at.is_none() && now - self.created_at <= self.purpose.lasts()
    }
}

/// Makes a link for `person` to be sent to `address`; gives its secret.
pub async fn issue(
    tx: &db::Transaction,
    vault: &Vault,
    purpose: Purpose,
    (person, address): (PersonId, &str),
    now: Time,
) -> Result<String, SessionError> {
    let (token, token_hash) = token::new(vault)?;
    let row = ActiveModel {
        id: Set(Id::new(now)),
        token_hash: Set(token_hash),
        purpose: Set(Word(purpose)),
        person_id: Set(person),
        email_address: Set(address.to_lowercase()),
        created_at: Set(now),
        used_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(tx).await.map_err(db::Error::from)?;
    Ok(token)
}

/// The link with this secret, used and old ones too.
pub async fn find(
    db: &impl ConnectionTrait,
    purpose: Purpose,
    token: &str,
) -> db::Result<Option<Model>> {
    let wanted = Column::TokenHash.eq(token::hash(token));
    let right = Column::Purpose.eq(Word(purpose));
    Ok(Entity::find().filter(wanted).filter(right).one(db).await?)
}

/// Uses a link and, with it, every other one of its purpose for the same person; whether it still worked.
pub async fn consume(tx: &db::Transaction, link: &Model, now: Time) -> db::Result<bool> {
    if !link.works(now) {
        return Ok(false);
    }
    let used = Entity::update_many()
        .col_expr(Column::UsedAt, Expr::value(now))
        .filter(Column::PersonId.eq(link.person_id))
        .filter(Column::Purpose.eq(link.purpose))
        .filter(Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    Ok(used.rows_affected > 0)
}

/// Ends the links of this purpose that were made for a person.
pub async fn cancel(
    tx: &db::Transaction,
    purpose: Purpose,
    person: PersonId,
    now: Time,
) -> db::Result<()> {
    Entity::update_many()
        .col_expr(Column::UsedAt, Expr::value(now))
        .filter(Column::PersonId.eq(person))
        .filter(Column::Purpose.eq(Word(purpose)))
        .filter(Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Removes every link that was made for a person.
pub async fn forget(tx: &db::Transaction, person: PersonId) -> db::Result<()> {
    Entity::delete_many().filter(Column::PersonId.eq(person)).exec(tx).await?;
    Ok(())
}

/// Links made for a person since `since`, so that nobody's inbox is flooded.
pub async fn recent(db: &impl ConnectionTrait, person: PersonId, since: Time) -> db::Result<u64> {
    let own = Entity::find().filter(Column::PersonId.eq(person));
    Ok(own.filter(Column::CreatedAt.gte(since)).count(db).await?)
}

/// Removes links that stopped working; gives how many.
pub async fn purge(tx: &db::Transaction, now: Time) -> db::Result<u64> {
    // A week's memory, so that an old link still gets an explanation rather than "not found".
    let old = Column::CreatedAt.lt(now - TimeDelta::days(7));
    Ok(Entity::delete_many().filter(old).exec(tx).await?.rows_affected)
}
