//! Who is signed in where: kept on the server, so that it can be listed and ended.

use chrono::TimeDelta;
use kernel::{Id, Time, Vault, vault::VaultError};
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, QuerySelect, entity::prelude::*};

use crate::{PersonId, person, token};

/// The identifier of a session.
pub type SessionId = Id<Model>;

/// A session ends after so long without a click (admin specification, section A.1).
pub const IDLE: TimeDelta = TimeDelta::hours(8);
/// A session ends after so long in any case (admin specification, section (c) 13).
pub const LONGEST: TimeDelta = TimeDelta::hours(20);
/// Between password and second factor there is so long.
const HALFWAY: TimeDelta = TimeDelta::minutes(30);
/// For so long after the password was given again, what protects the account can be changed.
pub const PROOF: TimeDelta = TimeDelta::minutes(15);
/// A click is noted no more often than this.
const NOTED: TimeDelta = TimeDelta::minutes(1);

/// One browser in which somebody has signed in, or is about to.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    /// Its identifier, which is no secret.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// The hash of the secret in the browser's cookie.
    pub token_hash: Vec<u8>,
    /// Who.
    pub person_id: Id<person::Model>,
    /// When the password was right.
    pub created_at: Time,
    /// When the second factor was right; none before that, and then it opens nothing.
    pub passed_at: Option<Time>,
    /// The last click.
    pub seen_at: Time,
    /// What the browser says it is, cut to 200 characters.
    pub browser: String,
    /// When whoever sits there last proved anew that they are the owner.
    pub proved_at: Option<Time>,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Whether the owner proved themselves so lately that what protects the account can be changed.
    pub fn is_proved(&self, now: Time) -> bool {
        self.proved_at.is_some_and(|at| now - at <= PROOF)
    }

    fn is_over(&self, now: Time) -> bool {
        match self.passed_at {
            Some(_) => now - self.seen_at > IDLE || now - self.created_at > LONGEST,
            None => now - self.created_at > HALFWAY,
        }
    }
}

/// Why a session could not begin.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// The database refused.
    #[error(transparent)]
    Store(#[from] db::Error),
    /// No secret could be made.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// A secret of the person cannot be worked with.
    #[error(transparent)]
    Unworkable(#[from] crate::password::Unworkable),
}

/// Begins a session and gives the secret for the browser's cookie. `passed` says whether no further factor is asked.
pub async fn begin(
    tx: &db::Transaction,
    vault: &Vault,
    person: PersonId,
    (browser, passed): (&str, bool),
    now: Time,
) -> Result<String, SessionError> {
    let (token, token_hash) = token::new(vault)?;
    let row = ActiveModel {
        id: Set(SessionId::new(now)),
        token_hash: Set(token_hash),
        person_id: Set(person),
        created_at: Set(now),
        passed_at: Set(passed.then_some(now)),
        seen_at: Set(now),
        browser: Set(browser.chars().take(200).collect()),
        proved_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(tx).await.map_err(db::Error::from)?;
    if passed {
        note_sign_in(tx, person, now).await?;
    }
    Ok(token)
}

/// Notes when somebody signed in last, because their sessions are forgotten after a while.
async fn note_sign_in(tx: &db::Transaction, person: PersonId, now: Time) -> db::Result<()> {
    person::Entity::update_many()
        .col_expr(person::Column::SignedInAt, Expr::value(now))
        .filter(person::Column::Id.eq(person))
        .exec(tx)
        .await?;
    Ok(())
}

/// The session of this cookie, if it is not over.
pub async fn find(db: &impl ConnectionTrait, token: &str, now: Time) -> db::Result<Option<Model>> {
    let wanted = Column::TokenHash.eq(token::hash(token));
    let row = Entity::find().filter(wanted).one(db).await?;
    Ok(row.filter(|session| !session.is_over(now)))
}

/// Whether the last click was noted so long ago that this one should be.
pub fn is_stale(session: &Model, now: Time) -> bool {
    now - session.seen_at > NOTED
}

/// Notes a click.
pub async fn touch(tx: &db::Transaction, id: SessionId, now: Time) -> db::Result<()> {
    Entity::update_many()
        .col_expr(Column::SeenAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Notes that the second factor was right: the session opens everything from now on.
pub async fn pass(tx: &db::Transaction, id: SessionId, now: Time) -> db::Result<()> {
    Entity::update_many()
        .col_expr(Column::PassedAt, Expr::value(now))
        .col_expr(Column::SeenAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    match Entity::find_by_id(id).one(tx).await? {
        Some(session) => note_sign_in(tx, session.person_id, now).await,
        None => Ok(()),
    }
}

/// Notes that whoever sits there has proved anew that they are the owner.
pub async fn prove(tx: &db::Transaction, id: SessionId, now: Time) -> db::Result<()> {
    Entity::update_many()
        .col_expr(Column::ProvedAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Ends one of a person's sessions; one that is not theirs or is over already is no error.
pub async fn end(tx: &db::Transaction, person: PersonId, id: SessionId) -> db::Result<()> {
    let own = Column::PersonId.eq(person);
    Entity::delete_many().filter(Column::Id.eq(id)).filter(own).exec(tx).await?;
    Ok(())
}

/// Ends all of a person's sessions but one.
pub async fn end_others(
    tx: &db::Transaction,
    person: PersonId,
    kept: Option<SessionId>,
) -> db::Result<()> {
    let mut all = Entity::delete_many().filter(Column::PersonId.eq(person));
    if let Some(kept) = kept {
        all = all.filter(Column::Id.ne(kept));
    }
    all.exec(tx).await?;
    Ok(())
}

/// A person's sessions that are not over, newest first; nobody sees more than the newest hundred.
pub async fn list(
    db: &impl ConnectionTrait,
    person: PersonId,
    now: Time,
) -> db::Result<Vec<Model>> {
    let own = Column::PersonId.eq(person);
    let rows = Entity::find().filter(own).order_by_desc(Column::Id).limit(100).all(db).await?;
    Ok(rows.into_iter().filter(|row| row.passed_at.is_some() && !row.is_over(now)).collect())
}

/// Ends all sessions of a person at the wish of somebody else; gives how many.
pub async fn end_all(tx: &db::Transaction, person: PersonId) -> db::Result<u64> {
    let all = Entity::delete_many().filter(Column::PersonId.eq(person));
    Ok(all.exec(tx).await?.rows_affected)
}

/// Removes sessions that are over; gives how many.
pub async fn purge(tx: &db::Transaction, now: Time) -> db::Result<u64> {
    let gone = Entity::delete_many().filter(Column::SeenAt.lt(now - LONGEST)).exec(tx).await?;
    Ok(gone.rows_affected)
}
