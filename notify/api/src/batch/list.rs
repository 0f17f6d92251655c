//! `GET /v2/notifications/bulk`.

use axum::{Json, extract::State};
use notify_store::{BatchId, batch};
use serde::Serialize;
use utoipa::ToSchema;

use super::counted::{CountedJob, counted};
use crate::{
    Api, ApiKey,
    document::ReadRefused,
    error::{ApiError, Refusal},
    query::Query,
    wire::{Links, PAGE},
};

/// One page of bulk sends, newest first.
#[derive(Serialize, ToSchema)]
pub struct Jobs {
    /// The bulk sends.
    pub bulk_jobs: Vec<CountedJob>,
    /// This page and the next.
    pub links: Links,
}

/// List the service's bulk sends.
#[utoipa::path(
    get, path = "/v2/notifications/bulk", tag = "Bulk", operation_id = "get_bulk_jobs",
    params(("older_than" = Option<Uuid>, Query, description = "Only those accepted before this one")),
    responses((status = 200, description = "At most 250 bulk sends", body = Jobs), ReadRefused)
)]
pub async fn list(
    State(api): State<Api>,
    key: ApiKey,
    query: Query,
) -> Result<Json<Jobs>, ApiError> {
    query.only(&["older_than"])?;
    let older_than = query.uuid("older_than")?.map(BatchId::from_uuid);
    let (db, service) = (api.db.read(), key.service.id);
    if let Some(before) = older_than
        && batch::find(db, service, before).await?.is_none()
    {
        return Err(Refusal::JobNotOfService.into());
    }
    let rows = batch::page(db, service, older_than, PAGE).await?;
    let last = rows.last().map(|row| row.id.uuid());
    let bulk_jobs = counted(&api, &key, &rows).await?;
    let links = Links::new(&api.settings, "/v2/notifications/bulk", &query, last);
    Ok(Json(Jobs { bulk_jobs, links }))
}
