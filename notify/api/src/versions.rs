//! Versions of templates, read once and remembered: a version never changes.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use accounts::ServiceId;
use db::Db;
use moka::future::Cache;
use notify::template::Template;
use notify_store::{TemplateId, notification, template, template_version};

/// The most versions that are remembered.
const MOST: u64 = 10_000;

type Key = (ServiceId, TemplateId, i32);

/// What is remembered.
pub struct Versions {
    db: Db,
    known: Cache<Key, Arc<Template>>,
}

impl Versions {
    /// Nothing is remembered yet.
    pub fn new(db: Db) -> Self {
        Self { db, known: Cache::new(MOST) }
    }

    /// One version of a service's template.
    ///
    /// # Errors
    /// `Missing` when the service has no such template or version.
    pub async fn get(
        &self,
        service: ServiceId,
        id: TemplateId,
        version: i32,
    ) -> db::Result<Arc<Template>> {
        let key = (service, id, version);
        if let Some(known) = self.known.get(&key).await {
            return Ok(known);
        }
        let loaded = self.load(service, &[(id, version)]).await?;
        loaded.into_iter().next().map(|(_, read)| read).ok_or(db::Error::Missing)
    }

    /// The versions that `rows` of one service were made from; at most two queries.
    pub async fn of(
        &self,
        service: ServiceId,
        rows: &[notification::Model],
    ) -> db::Result<HashMap<(TemplateId, i32), Arc<Template>>> {
        let wanted: HashSet<_> =
            rows.iter().map(|row| (row.template_id, row.template_version)).collect();
        let (mut found, mut strange) = (HashMap::new(), Vec::new());
        for (id, version) in wanted {
            match self.known.get(&(service, id, version)).await {
                Some(known) => {
                    found.insert((id, version), known);
                }
                None => strange.push((id, version)),
            }
        }
        if !strange.is_empty() {
            found.extend(self.load(service, &strange).await?);
        }
        Ok(found)
    }

    async fn load(
        &self,
        service: ServiceId,
        wanted: &[(TemplateId, i32)],
    ) -> db::Result<Vec<((TemplateId, i32), Arc<Template>)>> {
        let texts = template_version::some(self.db.read(), service, wanted).await?;
        let ids: Vec<_> = wanted.iter().map(|(id, _)| *id).collect();
        let heads = template::some(self.db.read(), service, &ids).await?;
        let heads: HashMap<_, _> = heads.into_iter().map(|head| (head.id, head)).collect();
        let mut loaded = Vec::with_capacity(texts.len());
        for text in texts {
            let Some(head) = heads.get(&text.template_id) else { continue };
            let read = Arc::new(head.read(&text));
            self.known.insert((service, head.id, text.version), read.clone()).await;
            loaded.push(((head.id, text.version), read));
        }
        Ok(loaded)
    }
}
