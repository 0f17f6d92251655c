//! `GET /service/{service_id}/template/{id}/versions`, which the Python client asks for with a service's own key.

use axum::{Json, extract::State};
use notify_store::{TemplateId, template, template_version};
use serde::Serialize;
use utoipa::ToSchema;

use super::TemplateBody;
use crate::{
    Api, ApiKey,
    document::{Errors, ReadRefused},
    error::{ApiError, Refusal},
    schema::path_uuid,
    segment::Segment,
};

/// All versions of a template.
#[derive(Serialize, ToSchema)]
pub struct TemplateVersions {
    /// The versions, newest first.
    pub data: Vec<TemplateBody>,
}

/// List all versions of one of the service's own templates.
#[utoipa::path(
    get, path = "/service/{service_id}/template/{template_id}/versions", tag = "Templates", operation_id = "get_template_versions",
    params(
        ("service_id" = Uuid, Path, description = "The caller's own service"),
        ("template_id" = Uuid, Path, description = "The template"),
    ),
    responses(
        (status = 200, description = "The versions", body = TemplateVersions),
        (status = 404, description = "The service has no such template, or is another's", body = Errors),
        ReadRefused,
    )
)]
pub async fn history(
    State(api): State<Api>,
    key: ApiKey,
    Segment((service, id)): Segment<(String, String)>,
) -> Result<Json<TemplateVersions>, ApiError> {
    let service = path_uuid("service_id", &service)?;
    let id = TemplateId::from_uuid(path_uuid("id", &id)?);
    if service != key.service.id.uuid() {
        return Err(Refusal::NoResultFound.into());
    }
    let (db, service) = (api.db.read(), key.service.id);
    let head = template::find(db, service, id).await?.ok_or(Refusal::NoResultFound)?;
    let texts = template_version::list(db, service, id).await?;
    let data = texts.into_iter().map(|text| TemplateBody::new(&head, text)).collect();
    Ok(Json(TemplateVersions { data }))
}
