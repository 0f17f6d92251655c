//! Telling which key of which service a request speaks for, in microseconds.

mod keyring;
mod refused;
mod token;
mod usage;

use std::{sync::Arc, time::Duration};

use db::Db;
use kernel::{Clock, Vault};
use moka::future::Cache;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

pub use refused::Refused;

use self::{
    keyring::{Fingerprint, Known, Ring},
    token::{Presented, Token},
    usage::Usage,
};
use crate::{ApiKeyId, Capabilities, KeyKind, ServiceId, api_key, service};

/// How long a change made by another process may go unseen.
const FRESH: Duration = Duration::from_secs(2);

/// How old a remembered service must be before a refusal makes us look again, so that a key made a
/// moment ago by another process works at once and wrong keys still do not reach the database.
const LOOK_AGAIN: Duration = Duration::from_millis(250);

/// The most services whose keys are remembered, and the most keys found by their fingerprint.
const SERVICES: u64 = 10_000;
const FINGERPRINTS: u64 = 50_000;

/// Who speaks: a key that may be used, and its service.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The key.
    pub key: ApiKeyId,
    /// The name its maker gave it.
    pub key_name: Arc<str>,
    /// Whom it may write to.
    pub kind: KeyKind,
    /// What it may do beside sending and reading.
    pub capabilities: Capabilities,
    /// The service it speaks for; it may be suspended, then it may read and not send.
    pub service: Arc<service::Model>,
}

/// Finds the caller of a request (API specification, sections 1.1 to 1.7), remembering services and
/// their keys for two seconds. Cloning it is cheap and shares what is remembered.
#[derive(Clone)]
pub struct Directory {
    db: Db,
    vault: Arc<Vault>,
    clock: Clock,
    rings: Cache<ServiceId, Arc<Ring>>,
    owners: Cache<Fingerprint, ServiceId>,
    usage: Arc<Usage>,
}

impl Directory {
    /// A directory that remembers nothing yet.
    pub fn new(db: Db, vault: Arc<Vault>, clock: Clock) -> Self {
        let rings = Cache::builder().max_capacity(SERVICES).time_to_live(FRESH).build();
        let owners = Cache::new(FINGERPRINTS);
        Self { db, vault, clock, rings, owners, usage: Arc::default() }
    }

    /// The caller that the value of the header `Authorization` proves.
    ///
    /// A suspended service's key is accepted; an archived service's is not, under both schemes.
    pub async fn authenticate(&self, authorization: Option<&str>) -> Result<Caller, Refused> {
        let (ring, known) = match token::presented(authorization)? {
            Presented::Bearer(text) => self.bearer(text).await?,
            Presented::ApiKey(text) => self.full_key(text).await?,
        };
        self.usage.note(&known, self.clock.now());
        Ok(Caller {
            key: known.id,
            key_name: Arc::clone(&known.name),
            kind: known.kind,
            capabilities: known.capabilities,
            service: Arc::clone(&ring.service),
        })
    }

    /// The service, remembered for two seconds; for reading what rarely changes.
    pub async fn service(&self, id: ServiceId) -> Result<Option<Arc<service::Model>>, Refused> {
        Ok(self.ring(id).await?.map(|ring| Arc::clone(&ring.service)))
    }

    /// Forgets a service, after it or one of its keys was changed in this process.
    pub async fn invalidate(&self, service: ServiceId) {
        self.rings.invalidate(&service).await;
    }

    /// Writes down when keys were last used, each key at most once in ten seconds; a schedule calls
    /// it. Gives the number of keys written.
    pub async fn flush_last_used(&self) -> db::Result<usize> {
        self.usage.flush(&self.db).await
    }

    /// Section 1.5 of the API specification, step by step.
    async fn bearer(&self, text: &str) -> Result<(Arc<Ring>, Arc<Known>), Refused> {
        let token = Token::read(text)?;
        let id = token.issuer()?;
        let remembered = self.rings.get(&id).await;
        let Some(ring) = remembered else {
            let ring = self.ring(id).await?;
            return prove(ring, &token, &self.clock);
        };
        let old = ring.loaded.elapsed() >= LOOK_AGAIN;
        match prove(Some(ring), &token, &self.clock) {
            Err(Refused::NoKeys | Refused::UnknownSignature) if old => {
                self.invalidate(id).await;
                prove(self.ring(id).await?, &token, &self.clock)
            }
            answer => answer,
        }
    }

    /// Section 1.6 of the API specification, step by step.
    async fn full_key(&self, text: &str) -> Result<(Arc<Ring>, Arc<Known>), Refused> {
        if !text.starts_with("gcntfy-") {
            return Err(Refused::IncompleteKey);
        }
        let fingerprint = self.fingerprint(token::secret_part(text))?;
        let owner = self.owner(fingerprint).await?.ok_or(Refused::UnknownKey)?;
        let (ring, known) = self.holder(owner, &fingerprint).await?.ok_or(Refused::UnknownKey)?;
        if !token::names_service(text, owner) {
            return Err(Refused::IncompleteKey);
        }
        if ring.service.is_archived() {
            return Err(Refused::Archived);
        }
        if known.revoked { Err(Refused::Revoked) } else { Ok((ring, known)) }
    }

    fn fingerprint(&self, secret: &str) -> Result<Fingerprint, Refused> {
        let bytes = self.vault.fingerprint(secret.as_bytes());
        Fingerprint::try_from(bytes.as_slice()).map_err(|_| Refused::UnknownKey)
    }

    /// The service whose key has this fingerprint; that never changes, so it needs no time limit.
    async fn owner(&self, fingerprint: Fingerprint) -> Result<Option<ServiceId>, Refused> {
        if let Some(owner) = self.owners.get(&fingerprint).await {
            return Ok(Some(owner));
        }
        let found: Option<ServiceId> = api_key::Entity::find()
            .select_only()
            .column(api_key::Column::ServiceId)
            .filter(api_key::Column::SecretFingerprint.eq(fingerprint.to_vec()))
            .into_tuple()
            .one(self.db.read())
            .await
            .map_err(db::Error::from)?;
        if let Some(owner) = found {
            self.owners.insert(fingerprint, owner).await;
        }
        Ok(found)
    }

    /// The key with this fingerprint among its owner's keys, read anew when it is not remembered.
    async fn holder(
        &self,
        owner: ServiceId,
        fingerprint: &Fingerprint,
    ) -> Result<Option<(Arc<Ring>, Arc<Known>)>, Refused> {
        for _ in 0..2 {
            let Some(ring) = self.ring(owner).await? else { return Ok(None) };
            if let Some(known) = ring.with_fingerprint(fingerprint) {
                return Ok(Some((ring, known)));
            }
            self.invalidate(owner).await;
        }
        Ok(None)
    }

    /// A service and its keys, remembered or read; many who ask at once share one reading.
    async fn ring(&self, id: ServiceId) -> Result<Option<Arc<Ring>>, Refused> {
        if let Some(ring) = self.rings.get(&id).await {
            return Ok(Some(ring));
        }
        let load = async {
            let loaded = Ring::load(self.db.read(), &self.vault, id).await;
            loaded.and_then(|ring| ring.map(Arc::new).ok_or(Refused::UnknownService))
        };
        match self.rings.try_get_with(id, load).await {
            Ok(ring) => Ok(Some(ring)),
            Err(refused) if matches!(*refused, Refused::UnknownService) => Ok(None),
            Err(refused) => Err(refused.as_ref().clone()),
        }
    }
}

/// Steps 6 to 11 of section 1.5 of the API specification.
fn prove(
    ring: Option<Arc<Ring>>,
    token: &Token<'_>,
    clock: &Clock,
) -> Result<(Arc<Ring>, Arc<Known>), Refused> {
    let ring = ring.ok_or(Refused::UnknownService)?;
    if ring.keys.is_empty() {
        return Err(Refused::NoKeys);
    }
    if ring.service.is_archived() {
        return Err(Refused::Archived);
    }
    let known = token.signer(&ring.keys)?;
    token.check_claims(clock.now().timestamp())?;
    if known.revoked {
        return Err(Refused::Revoked);
    }
    let known = Arc::clone(known);
    Ok((ring, known))
}
