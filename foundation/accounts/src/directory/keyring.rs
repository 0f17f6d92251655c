//! A service with its keys, made ready for checking signatures.

use std::{
    sync::{Arc, atomic::AtomicI64},
    time::Instant,
};

use kernel::Vault;
use ring::hmac;
use sea_orm::ConnectionTrait;
use subtle::ConstantTimeEq;

use super::Refused;
use crate::{ApiKeyId, Capabilities, KeyKind, ServiceId, api_key, service};

/// The keyed fingerprint of a key's secret.
pub(super) type Fingerprint = [u8; 32];

/// A key, with its secret turned into what checks signatures.
pub(super) struct Known {
    pub id: ApiKeyId,
    pub name: Arc<str>,
    pub kind: KeyKind,
    pub capabilities: Capabilities,
    pub revoked: bool,
    pub signing: hmac::Key,
    fingerprint: Vec<u8>,
    /// When its use was last written or set aside for writing, in microseconds.
    pub noted: AtomicI64,
}

/// A service and all its keys at one moment.
pub(super) struct Ring {
    pub service: Arc<service::Model>,
    pub keys: Vec<Arc<Known>>,
    pub loaded: Instant,
}

impl Ring {
    /// Reads a service and its keys and unseals the secrets.
    pub async fn load(
        db: &impl ConnectionTrait,
        vault: &Vault,
        id: ServiceId,
    ) -> Result<Option<Self>, Refused> {
        let Some(service) = service::find(db, id).await? else { return Ok(None) };
        let mut rows = api_key::list(db, id).await?;
        // The keys in use first, the newest of them at the front, so that most tokens take one try.
        rows.sort_by_key(|row| (row.revoked_at.is_some(), std::cmp::Reverse(row.id)));
        let keys = rows.into_iter().map(|row| Known::open(row, vault).map(Arc::new));
        let keys = keys.collect::<Result<_, _>>()?;
        Ok(Some(Self { service: Arc::new(service), keys, loaded: Instant::now() }))
    }

    /// The key with this fingerprint, compared in constant time.
    pub fn with_fingerprint(&self, wanted: &Fingerprint) -> Option<Arc<Known>> {
        let same = |known: &&Arc<Known>| bool::from(known.fingerprint.ct_eq(wanted));
        self.keys.iter().find(same).cloned()
    }
}

impl Known {
    fn open(row: api_key::Model, vault: &Vault) -> Result<Self, Refused> {
        let secret = vault.open(row.id.uuid().as_bytes(), &row.secret_sealed)?;
        Ok(Self {
            id: row.id,
            name: row.name.into(),
            kind: row.kind.0,
            capabilities: row.capabilities.0,
            revoked: row.revoked_at.is_some(),
            signing: hmac::Key::new(hmac::HMAC_SHA256, &secret),
            fingerprint: row.secret_fingerprint,
            noted: AtomicI64::new(row.last_used_at.map_or(i64::MIN, |at| at.timestamp_micros())),
        })
    }
}
