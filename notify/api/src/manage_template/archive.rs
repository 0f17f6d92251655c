//! `DELETE /v2/manage-template/{id}`.

use accounts::Capability;
use axum::{Json, extract::State};
use notify_store::{TemplateId, template};

use super::{author, body::ManagedTemplate, stamp};
use crate::{
    Api, ApiKey,
    document::{Errors, ReadRefused},
    error::{ApiError, Refusal},
    schema::path_uuid,
    segment::Segment,
};

/// Archive a template: it can be read, and nothing is sent with it any more.
#[utoipa::path(
    delete, path = "/v2/manage-template/{template_id}", tag = "Template management", operation_id = "delete_template",
    params(("template_id" = Uuid, Path, description = "The template")),
    responses(
        (status = 200, description = "The template as it is now", body = ManagedTemplate),
        (status = 404, description = "The service has no such template", body = Errors),
        ReadRefused,
    )
)]
pub async fn archive(
    State(api): State<Api>,
    key: ApiKey,
    Segment(id): Segment,
) -> Result<Json<ManagedTemplate>, ApiError> {
    key.must_have(Capability::ManageTemplates)?;
    let id = TemplateId::from_uuid(path_uuid("id", &id)?);
    let (service, author) = (key.service.id, author(&api.settings));
    let tx = api.db.begin().await?;
    let head = template::find(&tx, service, id).await?.ok_or(Refusal::NoResultFound)?;
    if head.archived_at.is_some() {
        return Err(Refusal::TemplateArchived.into());
    }
    let gone = template::archive(&tx, &stamp(&api, &key), (service, id), &author).await?;
    tx.commit().await.map_err(db::Error::from)?;
    api.memory.forget_template(service, id).await;
    Ok(Json(ManagedTemplate::of(&api, &key, gone).await?))
}
