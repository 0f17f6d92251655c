//! Where a service wants to be told of receipts or received texts.

pub mod attempt;
mod failure;

use accounts::ServiceId;
use audit::Stamp;
use db::Transaction;
use kernel::{Secret, Time, Vault, Word, vault::VaultError};
use notify::callback::Kind;
use sea_orm::{IntoActiveModel, QueryOrder, entity::prelude::*};
use serde_json::json;

pub use self::failure::failed;
use crate::{CallbackId, trail};

/// Where a service wants to be told of receipts or received texts.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "callback")]
pub struct Model {
    /// The call-back.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CallbackId,
    /// Whose it is.
    pub service_id: ServiceId,
    /// What it is told.
    pub kind: Word<Kind>,
    /// The https address.
    pub url: String,
    /// The bearer token that the service chose, sealed for this row.
    pub token_sealed: Vec<u8>,
    /// The secret that our signatures are made with, sealed for this row.
    pub signing_secret_sealed: Vec<u8>,
    /// Since when nothing is sent to it.
    pub suspended_at: Option<Time>,
    /// When it was set.
    pub created_at: Time,
    /// The last change.
    pub updated_at: Time,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The secrets of a call-back, opened for one use.
#[derive(Clone, Debug)]
pub struct Secrets {
    /// The bearer token that the service chose.
    pub token: Secret,
    /// What our signatures are made with, in hexadecimal digits.
    pub signing: Secret,
}

/// Why a call-back could not be set or read.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Refusal {
    /// The database refused.
    #[error(transparent)]
    Store(#[from] db::Error),
    /// A secret could not be sealed or opened.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

impl Model {
    /// Opens the token and the signing secret.
    pub fn secrets(&self, vault: &Vault) -> Result<Secrets, VaultError> {
        let open = |part: &str, sealed: &[u8]| {
            let plain = vault.open(&place(self.id, part), sealed)?;
            String::from_utf8(plain).map(Secret::new).map_err(|_| VaultError::Broken)
        };
        Ok(Secrets {
            token: open("token", &self.token_sealed)?,
            signing: open("signing", &self.signing_secret_sealed)?,
        })
    }
}

/// Where a new call-back goes: what it tells, the https address, and the bearer token to show there.
#[derive(Clone, Debug)]
pub struct Target<'a> {
    /// What it is told.
    pub kind: Kind,
    /// The address, checked by the caller.
    pub url: &'a str,
    /// The bearer token.
    pub token: &'a Secret,
}

/// Sets a service's call-back of one kind, with a new signing secret the first time.
///
/// An existing one gets the new address and token, is no longer suspended, and keeps its signing secret.
pub async fn set(
    tx: &Transaction,
    vault: &Vault,
    stamp: &Stamp,
    service: ServiceId,
    target: &Target<'_>,
) -> Result<Model, Refusal> {
    let before = find(tx, service, target.kind).await?;
    let is_new = before.is_none();
    let mut row = match before {
        Some(row) => row,
        None => fresh(vault, stamp, service, target.kind)?,
    };
    target.url.clone_into(&mut row.url);
    row.token_sealed = vault.seal(&place(row.id, "token"), target.token.expose().as_bytes())?;
    row.suspended_at = None;
    row.updated_at = stamp.at;
    store(tx, &row, is_new).await?;
    failure::forget(tx, row.id).await?;
    let words = json!({"kind": target.kind, "url": row.url});
    trail::leave(tx, stamp, service, ("callback.set", row.id.uuid()), words).await?;
    Ok(row)
}

/// Removes a service's call-back of one kind; false if there was none.
pub async fn remove(
    tx: &Transaction,
    stamp: &Stamp,
    service: ServiceId,
    kind: Kind,
) -> db::Result<bool> {
    let Some(row) = find(tx, service, kind).await? else { return Ok(false) };
    let id = row.id;
    row.into_active_model().delete(tx).await?;
    failure::forget(tx, id).await?;
    let words = json!({"kind": kind});
    trail::leave(tx, stamp, service, ("callback.remove", id.uuid()), words).await?;
    Ok(true)
}

/// Suspends a call-back since `stamp.at`, or lets it go on.
pub async fn suspend(
    tx: &Transaction,
    stamp: &Stamp,
    service: ServiceId,
    kind: Kind,
    suspended: bool,
) -> db::Result<Model> {
    let row = find(tx, service, kind).await?.ok_or(db::Error::Missing)?;
    let row = Model { suspended_at: suspended.then_some(stamp.at), updated_at: stamp.at, ..row };
    store(tx, &row, false).await?;
    failure::forget(tx, row.id).await?;
    let deed = if suspended { "callback.suspend" } else { "callback.resume" };
    trail::leave(tx, stamp, service, (deed, row.id.uuid()), json!({"kind": kind})).await?;
    Ok(row)
}

/// A service's call-back of one kind, suspended or not.
pub async fn find(
    db: &impl ConnectionTrait,
    service: ServiceId,
    kind: Kind,
) -> db::Result<Option<Model>> {
    let own = Entity::find().filter(Column::ServiceId.eq(service));
    Ok(own.filter(Column::Kind.eq(Word(kind))).one(db).await?)
}

/// A service's call-backs.
pub async fn list(db: &impl ConnectionTrait, service: ServiceId) -> db::Result<Vec<Model>> {
    let own = Entity::find().filter(Column::ServiceId.eq(service));
    Ok(own.order_by_asc(Column::Id).all(db).await?)
}

fn fresh(
    vault: &Vault,
    stamp: &Stamp,
    service: ServiceId,
    kind: Kind,
) -> Result<Model, VaultError> {
    let id = CallbackId::new(stamp.at);
    let signing: String =
        vault.random_bytes::<32>()?.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Model {
        id,
        service_id: service,
        kind: Word(kind),
        url: String::new(),
        token_sealed: Vec::new(),
        signing_secret_sealed: vault.seal(&place(id, "signing"), signing.as_bytes())?,
        suspended_at: None,
        created_at: stamp.at,
        updated_at: stamp.at,
    })
}

async fn store(tx: &Transaction, row: &Model, is_new: bool) -> db::Result<()> {
    let row = row.clone().into_active_model().reset_all();
    if is_new {
        Entity::insert(row).exec_without_returning(tx).await?;
    } else {
        row.update(tx).await?;
    }
    Ok(())
}

/// The two secrets of a row are sealed for different places, so that neither stands in for the other.
fn place(id: CallbackId, part: &str) -> Vec<u8> {
    [id.uuid().as_bytes(), part.as_bytes()].concat()
}
