//! `GET /v2/received-text-messages` (API specification, section 2.11).

use axum::{Json, extract::State};
use notify_store::{
    ReceivedTextId,
    received_text::{self, Content},
};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    Api, ApiKey,
    document::ReadRefused,
    error::ApiError,
    query::Query,
    wire::{self, Links, PAGE},
};

/// The route that lists received texts.
pub fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(list))
}

/// One page of received texts, newest first.
#[derive(Serialize, ToSchema)]
pub struct ReceivedTexts {
    /// The texts.
    pub received_text_messages: Vec<ReceivedText>,
    /// This page and the next.
    pub links: Links,
}

/// A text that somebody sent to the service.
#[derive(Serialize, ToSchema)]
pub struct ReceivedText {
    /// The text.
    pub id: Uuid,
    /// When it was kept.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// The service.
    pub service_id: Uuid,
    /// The service's number that it was sent to.
    pub notify_number: String,
    /// Who sent it.
    pub user_number: String,
    /// What it says.
    pub content: String,
}

/// List texts that people sent to the service.
#[utoipa::path(
    get, path = "/v2/received-text-messages", tag = "Received texts", operation_id = "get_received_texts",
    params(("older_than" = Option<Uuid>, Query, description = "Only those kept before this one")),
    responses((status = 200, description = "At most 250 texts", body = ReceivedTexts), ReadRefused)
)]
pub async fn list(
    State(api): State<Api>,
    key: ApiKey,
    query: Query,
) -> Result<Json<ReceivedTexts>, ApiError> {
    query.only(&["older_than"])?;
    let older_than = query.uuid("older_than")?.map(ReceivedTextId::from_uuid);
    let rows = page(&api, &key, older_than).await?;
    let last = rows.last().map(|row| row.id.uuid());
    let texts = rows.into_iter().map(|row| open(&api, row)).collect::<Result<_, _>>()?;
    let links = Links::new(&api.settings, "/v2/received-text-messages", &query, last);
    Ok(Json(ReceivedTexts { received_text_messages: texts, links }))
}

/// The page after `older_than`; none when the service has not got that text.
async fn page(
    api: &Api,
    key: &ApiKey,
    older_than: Option<ReceivedTextId>,
) -> db::Result<Vec<received_text::Model>> {
    let (db, service) = (api.db.read(), key.service.id);
    if let Some(before) = older_than
        && received_text::find(db, service, before).await?.is_none()
    {
        return Ok(Vec::new());
    }
    received_text::page(db, service, older_than, PAGE).await
}

fn open(api: &Api, row: received_text::Model) -> Result<ReceivedText, ApiError> {
    let content = Content::open(&api.vault, row.id, &row.sealed)?;
    Ok(ReceivedText {
        id: row.id.uuid(),
        created_at: wire::time(row.created_at),
        service_id: row.service_id.uuid(),
        notify_number: row.notify_number,
        user_number: content.from,
        content: content.text,
    })
}
