//! `GET /v2/template/{id}` and one of its versions.

use axum::{Json, extract::State};
use notify_store::{TemplateId, template, template_version};

use super::TemplateBody;
use crate::{
    Api, ApiKey,
    document::{Errors, ReadRefused},
    error::{ApiError, Refusal},
    schema::path_uuid,
    segment::Segment,
};

/// Read the current version of a template, archived or not.
#[utoipa::path(
    get, path = "/v2/template/{template_id}", tag = "Templates", operation_id = "get_template",
    params(("template_id" = Uuid, Path, description = "The template")),
    responses(
        (status = 200, description = "The template", body = TemplateBody),
        (status = 404, description = "The service has no such template", body = Errors),
        ReadRefused,
    )
)]
pub async fn current(
    State(api): State<Api>,
    key: ApiKey,
    Segment(id): Segment,
) -> Result<Json<TemplateBody>, ApiError> {
    let id = TemplateId::from_uuid(path_uuid("id", &id)?);
    let found = template::current(api.db.read(), key.service.id, id).await?;
    Ok(Json(found.ok_or(Refusal::NoResultFound)?.into()))
}

/// Read one version of a template.
#[utoipa::path(
    get, path = "/v2/template/{template_id}/version/{version}", tag = "Templates", operation_id = "get_template_version",
    params(
        ("template_id" = Uuid, Path, description = "The template"),
        ("version" = i32, Path, description = "The version, from 1"),
    ),
    responses(
        (status = 200, description = "The version", body = TemplateBody),
        (status = 404, description = "The service has no such template or version, or the version is no number"),
        ReadRefused,
    )
)]
pub async fn version(
    State(api): State<Api>,
    key: ApiKey,
    Segment((id, version)): Segment<(String, String)>,
) -> Result<Json<TemplateBody>, ApiError> {
    let version = number(&version)?;
    let id = TemplateId::from_uuid(path_uuid("id", &id)?);
    let (db, service) = (api.db.read(), key.service.id);
    let head = template::find(db, service, id).await?.ok_or(Refusal::NoResultFound)?;
    let text = template_version::find(db, service, id, version).await?;
    Ok(Json(TemplateBody::new(&head, text.ok_or(Refusal::NoResultFound)?)))
}

/// What is no row of digits is no such path; a number that no version has is not found.
fn number(text: &str) -> Result<i32, Refusal> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Refusal::UnknownPath);
    }
    text.parse().map_err(|_| Refusal::NoResultFound)
}
