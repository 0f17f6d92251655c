//! `GET /v2/manage-template/{id}`.

use accounts::Capability;
use axum::{Json, extract::State};
use notify_store::{TemplateId, template};

use super::body::ManagedTemplate;
use crate::{
    Api, ApiKey,
    document::{Errors, ReadRefused},
    error::{ApiError, Refusal},
    schema::path_uuid,
    segment::Segment,
};

/// Read a template and where it lies.
#[utoipa::path(
    get, path = "/v2/manage-template/{template_id}", tag = "Template management", operation_id = "get_managed_template",
    params(("template_id" = Uuid, Path, description = "The template")),
    responses(
        (status = 200, description = "The template", body = ManagedTemplate),
        (status = 404, description = "The service has no such template", body = Errors),
        ReadRefused,
    )
)]
pub async fn show(
    State(api): State<Api>,
    key: ApiKey,
    Segment(id): Segment,
) -> Result<Json<ManagedTemplate>, ApiError> {
    key.must_have(Capability::ManageTemplates)?;
    let id = TemplateId::from_uuid(path_uuid("id", &id)?);
    let found = template::current(api.db.read(), key.service.id, id).await?;
    let current = found.ok_or(Refusal::NoResultFound)?;
    Ok(Json(ManagedTemplate::of(&api, &key, current).await?))
}
