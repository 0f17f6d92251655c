//! The code that an e-mail brings as the second factor, and the recovery codes for when neither mail nor app can be had.

use audit::Stamp;
use chrono::TimeDelta;
use kernel::{Id, Time, Vault, vault::VaultError};
use sea_orm::{ActiveValue::Set, ConnectionTrait, PaginatorTrait, entity::prelude::*};
use serde_json::json;

use crate::{PersonId, SessionError, person, trail};

/// How long a code from an e-mail works (admin specification, section A.1).
pub const LASTS: TimeDelta = TimeDelta::minutes(30);
/// The most codes that work at once.
const MOST: u64 = 10;
/// One new code in so long.
const PAUSE: TimeDelta = TimeDelta::seconds(10);
/// Recovery codes in a set.
pub const RECOVERY: usize = 8;

/// A code of either kind.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_code")]
pub struct Model {
    /// Its identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// Whose.
    pub person_id: Id<person::Model>,
    /// Its keyed fingerprint.
    pub code_hash: Vec<u8>,
    /// Whether it is a recovery code, which has no end.
    pub recovery: bool,
    /// When it was made.
    pub created_at: Time,
    /// When it was used.
    pub used_at: Option<Time>,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What a typed code turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tried {
    /// Right, and now used up.
    Right,
    /// It was right half an hour ago.
    Expired,
    /// It was used before.
    Used,
    /// It never was one.
    Wrong,
}

/// A new code of five digits to be sent by e-mail; none if one that still waits was made seconds ago, or ten wait.
pub async fn issue(
    tx: &db::Transaction,
    vault: &Vault,
    person: PersonId,
    now: Time,
) -> Result<Option<String>, SessionError> {
    let waiting = || {
        let own = Entity::find().filter(Column::PersonId.eq(person));
        own.filter(Column::Recovery.eq(false)).filter(Column::UsedAt.is_null())
    };
    let last = waiting().filter(Column::CreatedAt.gt(now - PAUSE)).count(tx).await;
    let live = waiting().filter(Column::CreatedAt.gt(now - LASTS));
    let live = live.count(tx).await.map_err(db::Error::from)?;
    if last.map_err(db::Error::from)? > 0 || live >= MOST {
        return Ok(None);
    }
    let code = format!("{:05}", number(vault, 100_000)?);
    keep(tx, vault, (person, &code, false), now).await?;
    Ok(Some(code))
}

/// A new set of recovery codes, each `xxxx-xxxx`; the old set stops working.
pub async fn renew_recovery(
    tx: &db::Transaction,
    vault: &Vault,
    stamp: &Stamp,
    person: PersonId,
) -> Result<Vec<String>, SessionError> {
    let old = Entity::delete_many().filter(Column::PersonId.eq(person));
    old.filter(Column::Recovery.eq(true)).exec(tx).await.map_err(db::Error::from)?;
    let mut codes = Vec::with_capacity(RECOVERY);
    for _ in 0..RECOVERY {
        let half = |number: u64| {
            // No vowels and nothing that looks like something else: it is typed from paper.
            const LETTERS: &[u8; 20] = b"bcdfghjkmnpqrstvwxz2";
            (0..4).fold((String::new(), number), |(mut text, rest), _| {
                text.push(char::from(LETTERS[(rest % 20) as usize]));
                (text, rest / 20)
            })
        };
        let (first, _) = half(number(vault, 160_000)?);
        let (second, _) = half(number(vault, 160_000)?);
        let code = format!("{first}-{second}");
        keep(tx, vault, (person, &code, true), stamp.at).await?;
        codes.push(code);
    }
    let deed = ("person.renew-recovery-codes", person.uuid());
    trail::leave(tx, stamp, None, deed, json!({})).await?;
    Ok(codes)
}

/// How many recovery codes are left.
pub async fn recovery_left(db: &impl ConnectionTrait, person: PersonId) -> db::Result<u64> {
    let own = Entity::find().filter(Column::PersonId.eq(person)).filter(Column::Recovery.eq(true));
    Ok(own.filter(Column::UsedAt.is_null()).count(db).await?)
}

/// Tries a code as it was typed, in any case and with any blanks; `recovery` says which kind is asked for.
pub async fn attempt(
    tx: &db::Transaction,
    vault: &Vault,
    (person, typed, recovery): (PersonId, &str, bool),
    now: Time,
) -> db::Result<Tried> {
    let code: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let hash = print(vault, person, &code.to_lowercase());
    let row = Entity::find()
        .filter(Column::PersonId.eq(person))
        .filter(Column::CodeHash.eq(hash))
        .filter(Column::Recovery.eq(recovery))
        .one(tx)
        .await?;
    let Some(row) = row else { return Ok(Tried::Wrong) };
    if row.used_at.is_some() {
        return Ok(Tried::Used);
    }
    if !recovery && now - row.created_at > LASTS {
        return Ok(Tried::Expired);
    }
    let used = Entity::update_many()
        .col_expr(Column::UsedAt, Expr::value(now))
        .filter(Column::Id.eq(row.id))
        .filter(Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    Ok(if used.rows_affected == 1 { Tried::Right } else { Tried::Used })
}

/// Removes every code of a person, recovery codes too.
pub async fn forget(tx: &db::Transaction, person: PersonId) -> db::Result<()> {
    Entity::delete_many().filter(Column::PersonId.eq(person)).exec(tx).await?;
    Ok(())
}

/// Removes codes from e-mails that nobody can be told about any more; gives how many.
pub async fn purge(tx: &db::Transaction, now: Time) -> db::Result<u64> {
    let old = Entity::delete_many().filter(Column::Recovery.eq(false));
    let old = old.filter(Column::CreatedAt.lt(now - TimeDelta::days(1)));
    Ok(old.exec(tx).await?.rows_affected)
}

async fn keep(
    tx: &db::Transaction,
    vault: &Vault,
    (person, code, recovery): (PersonId, &str, bool),
    now: Time,
) -> db::Result<()> {
    let row = ActiveModel {
        id: Set(Id::new(now)),
        person_id: Set(person),
        code_hash: Set(print(vault, person, code)),
        recovery: Set(recovery),
        created_at: Set(now),
        used_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

fn print(vault: &Vault, person: PersonId, code: &str) -> Vec<u8> {
    vault.fingerprint(format!("code {person} {code}").as_bytes())
}

/// A number below `end`, each as likely as the others to one part in a billion.
fn number(vault: &Vault, end: u64) -> Result<u64, VaultError> {
    Ok(u64::from_be_bytes(vault.random_bytes()?) % end)
}
