//! A batch with how far its messages have come (API specification, section 2.7).

use std::collections::HashMap;

use accounts::api_key;
use notify_store::{
    BatchId,
    batch::{self, Model},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::Job;
use crate::{Api, ApiKey};

/// An answer with a batch and its statistics in it.
#[derive(Serialize, ToSchema)]
pub struct CountedAnswer {
    /// The batch.
    pub data: CountedJob,
}

/// A batch and its statistics.
#[derive(Serialize, ToSchema)]
pub struct CountedJob {
    /// The batch.
    #[serde(flatten)]
    pub job: Job,
    /// How many messages stand at each status.
    pub statistics: Vec<Count>,
}

/// How many messages stand at one status.
#[derive(Serialize, ToSchema)]
pub struct Count {
    /// The status.
    #[schema(example = "delivered")]
    pub status: &'static str,
    /// How many.
    pub count: i64,
}

/// Batches with their keys' names and their statistics: two queries for any number of them.
pub async fn counted(api: &Api, key: &ApiKey, rows: &[Model]) -> db::Result<Vec<CountedJob>> {
    let (db, service) = (api.db.read(), key.service.id);
    let keys = api_key::list(db, service).await?;
    let names: HashMap<_, _> = keys.into_iter().map(|key| (key.id, key.name)).collect();
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut counts: HashMap<BatchId, Vec<Count>> = HashMap::new();
    for (batch, status, count) in batch::statistics(db, service, &ids).await? {
        counts.entry(batch).or_default().push(Count { status: status.as_str(), count });
    }
    let job = |row: &Model| {
        let statistics = counts.remove(&row.id).unwrap_or_default();
        let name = row.api_key_id.and_then(|id| names.get(&id)).map_or("", String::as_str);
        CountedJob { job: Job::of(row, name, &key.service.name), statistics }
    };
    Ok(rows.iter().map(job).collect())
}

/// One batch with its statistics.
pub async fn answer(api: &Api, key: &ApiKey, row: &Model) -> db::Result<CountedAnswer> {
    let data = counted(api, key, std::slice::from_ref(row)).await?.pop();
    Ok(CountedAnswer { data: data.ok_or(db::Error::Missing)? })
}
