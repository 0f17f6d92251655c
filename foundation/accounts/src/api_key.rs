//! The keys by which programs speak for a service.

mod kind;

use audit::Stamp;
use kernel::{Id, Secret, Time, Vault, Word, vault::VaultError};
use sea_orm::{
    ActiveValue::Set, Condition, ConnectionTrait, IntoActiveModel, QueryOrder, QuerySelect,
    QueryTrait, entity::prelude::*,
};
use serde_json::json;

pub use kind::{Capabilities, Capability, KeyKind, UnknownWord};

use crate::{ServiceId, service, trail};

/// The identifier of a key; it is not the secret.
pub type ApiKeyId = Id<Model>;

/// A key of a service.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_key")]
pub struct Model {
    /// Its identifier, which is also the place its secret is sealed for.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// The service it speaks for.
    pub service_id: Id<service::Model>,
    /// The name its maker gave it, unique among the service's keys that are not revoked.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Whom it may write to.
    pub kind: Word<KeyKind>,
    /// What it may do beside sending and reading.
    pub capabilities: Word<Capabilities>,
    /// The secret's text, sealed by the vault.
    pub secret_sealed: Vec<u8>,
    /// The secret's keyed fingerprint, by which `ApiKey-v1` finds it.
    pub secret_fingerprint: Vec<u8>,
    /// When it was made.
    pub created_at: Time,
    /// When it was revoked, which is for ever.
    pub revoked_at: Option<Time>,
    /// When it was last used, exact to some ten seconds.
    pub last_used_at: Option<Time>,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What a new key shall be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewKey {
    /// Its name.
    pub name: String,
    /// Whom it may write to.
    pub kind: KeyKind,
    /// What it may do beside sending and reading.
    pub capabilities: Capabilities,
}

/// A key just made: the only time when its secret can be seen.
#[derive(Clone, Debug)]
pub struct Issued {
    /// The key's identifier.
    pub id: ApiKeyId,
    /// The secret part, a UUIDv4 as text.
    pub secret: Secret,
    /// What is handed to the team: `gcntfy-{name}-{service}-{secret}` (API specification, section 1.3).
    pub full: Secret,
}

/// Why a key could not be made.
#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    /// The database refused; `uq_api_key_service_id_name` when the name is taken.
    #[error(transparent)]
    Store(#[from] db::Error),
    /// The secret could not be made or sealed.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

/// Makes a key for `service`; its secret is stored sealed and as a fingerprint, never in the clear.
pub async fn issue(
    tx: &db::Transaction,
    vault: &Vault,
    stamp: &Stamp,
    service: ServiceId,
    wanted: &NewKey,
) -> Result<Issued, IssueError> {
    let id = ApiKeyId::new(stamp.at);
    let secret = uuid::Builder::from_random_bytes(vault.random_bytes()?).into_uuid().to_string();
    let row = ActiveModel {
        id: Set(id),
        service_id: Set(service),
        name: Set(wanted.name.clone()),
        kind: Set(Word(wanted.kind)),
        capabilities: Set(Word(wanted.capabilities)),
        secret_sealed: Set(vault.seal(id.uuid().as_bytes(), secret.as_bytes())?),
        secret_fingerprint: Set(vault.fingerprint(secret.as_bytes())),
        created_at: Set(stamp.at),
        revoked_at: Set(None),
        last_used_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(tx).await.map_err(db::Error::from)?;
    let words = json!({"name": wanted.name, "kind": wanted.kind.to_string(), "capabilities": wanted.capabilities.to_string()});
    trail::leave(tx, stamp, Some(service.uuid()), ("api-key.issue", id.uuid()), words).await?;
    let full = Secret::new(format!("gcntfy-{}-{service}-{secret}", wanted.name));
    Ok(Issued { id, secret: Secret::new(secret), full })
}

/// Revokes a key for ever; one that is revoked already stays as it is, and the answer is false.
pub async fn revoke(
    tx: &db::Transaction,
    stamp: &Stamp,
    service: ServiceId,
    id: ApiKeyId,
) -> db::Result<bool> {
    let key = find(tx, service, id).await?.ok_or(db::Error::Missing)?;
    if key.revoked_at.is_some() {
        return Ok(false);
    }
    let name = key.name.clone();
    let mut row = key.into_active_model();
    row.revoked_at = Set(Some(stamp.at));
    row.update(tx).await?;
    let deed = ("api-key.revoke", id.uuid());
    trail::leave(tx, stamp, Some(service.uuid()), deed, json!({"name": name})).await?;
    Ok(true)
}

/// Revokes every key of a service.
pub(crate) async fn revoke_all(
    tx: &db::Transaction,
    stamp: &Stamp,
    service: ServiceId,
) -> db::Result<()> {
    let own = Entity::find().filter(Column::ServiceId.eq(service));
    for key in own.filter(Column::RevokedAt.is_null()).all(tx).await? {
        revoke(tx, stamp, service, key.id).await?;
    }
    Ok(())
}

/// A service's key, if it has it.
pub async fn find(
    db: &impl ConnectionTrait,
    service: ServiceId,
    id: ApiKeyId,
) -> db::Result<Option<Model>> {
    let own = Column::ServiceId.eq(service);
    Ok(Entity::find_by_id(id).filter(own).one(db).await?)
}

/// A service's key of this name that is not revoked.
pub async fn by_name(
    db: &impl ConnectionTrait,
    service: ServiceId,
    name: &str,
) -> db::Result<Option<Model>> {
    let live = Condition::all()
        .add(Column::ServiceId.eq(service))
        .add(Column::Name.eq(name))
        .add(Column::RevokedAt.is_null());
    Ok(Entity::find().filter(live).one(db).await?)
}

/// All keys of a service, oldest first, the revoked ones too.
pub async fn list(db: &impl ConnectionTrait, service: ServiceId) -> db::Result<Vec<Model>> {
    let own = Column::ServiceId.eq(service);
    Ok(Entity::find().filter(own).order_by_asc(Column::Id).all(db).await?)
}

/// One page of a service's keys, newest first; `older_than` is the last id of the page before.
pub async fn page(
    db: &impl ConnectionTrait,
    service: ServiceId,
    older_than: Option<ApiKeyId>,
    size: u64,
) -> db::Result<Vec<Model>> {
    let rows = Entity::find()
        .filter(Column::ServiceId.eq(service))
        .apply_if(older_than, |rows, last| rows.filter(Column::Id.lt(last)))
        .order_by_desc(Column::Id)
        .limit(size)
        .all(db)
        .await?;
    Ok(rows)
}

/// These keys, of whatever service, in no order: for staff and for names in a record.
pub async fn find_all(db: &impl ConnectionTrait, ids: &[ApiKeyId]) -> db::Result<Vec<Model>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(Entity::find().filter(Column::Id.is_in(ids.iter().copied())).all(db).await?)
}
