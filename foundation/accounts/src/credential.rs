//! What proves that somebody is who they say: the password, the authenticator app, and how often both were wrong.

use audit::Stamp;
use kernel::{Id, Secret, Time, Vault};
use sea_orm::{
    ActiveValue::Set,
    ConnectionTrait, IntoActiveModel,
    entity::prelude::*,
    sea_query::{ExprTrait, OnConflict},
};
use serde_json::json;
use totp_rs::Totp;

use crate::{PersonId, SessionError, password::Unworkable, person, trail};

/// So many wrong passwords and codes in a row lock an account (admin specification, section A.1).
pub const MOST_FAILURES: i32 = 10;

/// The secrets of one person.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "credential")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Id<person::Model>,
    /// The password in PHC form; none until one was set.
    pub password_hash: Option<String>,
    /// When it was set.
    pub password_changed_at: Option<Time>,
    /// The secret shared with the authenticator app, sealed for the person's id.
    pub totp_sealed: Option<Vec<u8>>,
    /// When a first code of the app was right; the app counts only from then on.
    pub totp_confirmed_at: Option<Time>,
    /// The time step of the last code that was taken: no code counts twice.
    pub totp_step: Option<i64>,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Whether the authenticator app is the second factor.
    pub const fn has_app(&self) -> bool {
        self.totp_confirmed_at.is_some()
    }
}

/// A person's secrets; empty ones for somebody who has none yet.
pub async fn of(db: &impl ConnectionTrait, person: PersonId) -> db::Result<Model> {
    let row = Entity::find_by_id(person).one(db).await?;
    Ok(row.unwrap_or(Model {
        person_id: person,
        password_hash: None,
        password_changed_at: None,
        totp_sealed: None,
        totp_confirmed_at: None,
        totp_step: None,
    }))
}

/// Keeps a new password, already hashed.
pub async fn set_password(
    tx: &db::Transaction,
    stamp: &Stamp,
    person: PersonId,
    hash: String,
) -> db::Result<()> {
    let row = of(tx, person).await?;
    let after = Model { password_hash: Some(hash), password_changed_at: Some(stamp.at), ..row };
    keep(tx, after).await?;
    trail::leave(tx, stamp, None, ("person.set-password", person.uuid()), json!({})).await
}

/// Makes a new secret for an authenticator app; it counts once [`confirm_app`] has seen a code of it.
pub async fn begin_app(
    tx: &db::Transaction,
    vault: &Vault,
    person: PersonId,
) -> Result<(), SessionError> {
    let secret = vault.random_bytes::<20>()?;
    let sealed = vault.seal(person.uuid().as_bytes(), &secret)?;
    let row = of(tx, person).await?;
    let after =
        Model { totp_sealed: Some(sealed), totp_confirmed_at: None, totp_step: None, ..row };
    Ok(keep(tx, after).await?)
}

/// What an authenticator app needs: the secret as it is typed, and the same as an address for a QR code.
///
/// # Errors
/// When there is no secret, or it cannot be opened.
pub fn app_secret(
    vault: &Vault,
    row: &Model,
    (issuer, account): (&str, &str),
) -> Result<(Secret, Secret), Unworkable> {
    let totp = totp(vault, row, (issuer, account))?;
    let typed = totp_rs::Secret::from(secret(vault, row)?).to_base32();
    Ok((Secret::new(typed), Secret::new(totp.to_url().map_err(Unworkable::because)?)))
}

/// Whether `code` is a fresh code of the app; it is then used up. One step (30 s) early or late is forgiven.
pub async fn use_app(
    tx: &db::Transaction,
    vault: &Vault,
    row: &Model,
    (code, now): (&str, Time),
) -> Result<bool, SessionError> {
    let totp = totp(vault, row, ("Portico", "account"))?;
    let step = now.timestamp().div_euclid(30);
    let last = row.totp_step.unwrap_or(i64::MIN);
    let fresh = [step, step - 1, step + 1].into_iter().filter(|step| *step > last);
    let right = |step: &i64| {
        let at = u64::try_from(step * 30).unwrap_or(0);
        let expected = totp.generate(at).to_string();
        bool::from(subtle::ConstantTimeEq::ct_eq(expected.as_bytes(), code.as_bytes()))
    };
    let Some(used) = fresh.into_iter().find(right) else { return Ok(false) };
    let taken = Entity::update_many()
        .col_expr(Column::TotpStep, Expr::value(used))
        .filter(Column::PersonId.eq(row.person_id))
        .filter(Column::TotpStep.is_null().or(Column::TotpStep.lt(used)))
        .exec(tx)
        .await
        .map_err(db::Error::from)?;
    Ok(taken.rows_affected == 1)
}

/// Makes the app the second factor.
pub async fn confirm_app(tx: &db::Transaction, stamp: &Stamp, person: PersonId) -> db::Result<()> {
    let row = of(tx, person).await?;
    keep(tx, Model { totp_confirmed_at: Some(stamp.at), ..row }).await?;
    trail::leave(tx, stamp, None, ("person.add-app", person.uuid()), json!({})).await
}

/// Takes the app away; codes come by e-mail again.
pub async fn remove_app(tx: &db::Transaction, stamp: &Stamp, person: PersonId) -> db::Result<()> {
    let row = of(tx, person).await?;
    let bare = Model { totp_sealed: None, totp_confirmed_at: None, totp_step: None, ..row };
    keep(tx, bare).await?;
    trail::leave(tx, stamp, None, ("person.remove-app", person.uuid()), json!({})).await
}

/// Takes away password and app: only a link to the person's address helps from now on.
pub async fn clear(tx: &db::Transaction, stamp: &Stamp, person: PersonId) -> db::Result<()> {
    Entity::delete_by_id(person).exec(tx).await?;
    trail::leave(tx, stamp, None, ("person.clear-credentials", person.uuid()), json!({})).await
}

fn secret(vault: &Vault, row: &Model) -> Result<Vec<u8>, Unworkable> {
    let sealed = row.totp_sealed.as_deref().unwrap_or_default();
    vault.open(row.person_id.uuid().as_bytes(), sealed).map_err(Unworkable::because)
}

fn totp(vault: &Vault, row: &Model, (issuer, account): (&str, &str)) -> Result<Totp, Unworkable> {
    totp_rs::Builder::new()
        .with_secret(secret(vault, row)?)
        .with_issuer(Some(issuer))
        .with_account_name(account)
        .build()
        .map_err(Unworkable::because)
}

async fn keep(tx: &db::Transaction, row: Model) -> db::Result<()> {
    let all = OnConflict::column(Column::PersonId)
        .update_columns([
            Column::PasswordHash,
            Column::PasswordChangedAt,
            Column::TotpSealed,
            Column::TotpConfirmedAt,
            Column::TotpStep,
        ])
        .to_owned();
    let row = row.into_active_model().reset_all();
    Entity::insert(row).on_conflict(all).exec_without_returning(tx).await?;
    Ok(())
}

/// How often an address was tried with a wrong password or code. Kept under a fingerprint for addresses with and
/// without an account alike, so that the lock tells nobody which is which.
pub mod attempt {
    use super::*;

    /// The tries with one address.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "attempt")]
    pub struct Model {
        /// The keyed fingerprint of the address.
        #[sea_orm(primary_key, auto_increment = false)]
        pub address: Vec<u8>,
        /// Wrong ones in a row.
        pub failures: i32,
        /// The last one.
        pub failed_at: Time,
    }

    /// It has none.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    fn print(vault: &Vault, address: &str) -> Vec<u8> {
        vault.fingerprint(format!("attempt {}", address.to_lowercase()).as_bytes())
    }

    /// Whether the address is locked.
    pub async fn is_locked(
        db: &impl ConnectionTrait,
        vault: &Vault,
        address: &str,
    ) -> db::Result<bool> {
        let row = Entity::find_by_id(print(vault, address)).one(db).await?;
        Ok(row.is_some_and(|row| row.failures >= MOST_FAILURES))
    }

    /// Wrong ones in a row for this address.
    pub async fn failures(
        db: &impl ConnectionTrait,
        vault: &Vault,
        address: &str,
    ) -> db::Result<i32> {
        let row = Entity::find_by_id(print(vault, address)).one(db).await?;
        Ok(row.map_or(0, |row| row.failures))
    }

    /// Counts a wrong password or code; whether it was the one that locks.
    pub async fn fail(
        tx: &db::Transaction,
        vault: &Vault,
        address: &str,
        now: Time,
    ) -> db::Result<bool> {
        let first = ActiveModel {
            address: Set(print(vault, address)),
            failures: Set(1),
            failed_at: Set(now),
        };
        let more = OnConflict::column(Column::Address)
            .value(Column::Failures, Expr::col((Entity, Column::Failures)).add(1))
            .update_column(Column::FailedAt)
            .to_owned();
        let rows = Entity::insert(first).on_conflict(more).exec_with_returning(tx).await?;
        Ok(rows.failures >= MOST_FAILURES)
    }

    /// Forgets the wrong ones: the right one came, a new password was set, or staff unlocked the address.
    pub async fn forget(tx: &db::Transaction, vault: &Vault, address: &str) -> db::Result<()> {
        Entity::delete_by_id(print(vault, address)).exec(tx).await?;
        Ok(())
    }
}
