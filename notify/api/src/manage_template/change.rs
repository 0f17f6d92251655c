//! `PATCH /v2/manage-template/{id}`.

use accounts::Capability;
use axum::{Json, extract::State};
use notify_store::{
    TemplateId,
    template::{self, Change},
};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    asked::{self, Changed},
    author,
    body::ManagedTemplate,
    category, stamp,
};
use crate::{
    Api, ApiKey,
    document::{BodyRefused, Errors, ReadRefused},
    error::{ApiError, Refusal},
    schema::{Raw, path_uuid},
    segment::Segment,
};

/// What is to be changed; what is left out stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeTemplate {
    /// Its name, fewer than 255 characters.
    #[schema(min_length = 1, max_length = 254, nullable = false)]
    pub name: Option<String>,
    /// The text with its `((placeholders))`.
    #[schema(min_length = 1, max_length = 50000, nullable = false)]
    pub content: Option<String>,
    /// The subject of an e-mail.
    #[schema(min_length = 1, nullable = false)]
    pub subject: Option<String>,
    /// One of the categories.
    #[schema(nullable = false)]
    pub template_category_id: Option<Uuid>,
    /// The folder it shall lie in; null is the top.
    pub parent_folder_id: Option<Uuid>,
}

/// Change a template; every change of its name, words or category makes a new version.
#[utoipa::path(
    patch, path = "/v2/manage-template/{template_id}", tag = "Template management", operation_id = "update_template",
    params(("template_id" = Uuid, Path, description = "The template")),
    request_body = ChangeTemplate,
    responses(
        (status = 200, description = "The template as it is now", body = ManagedTemplate),
        (status = 404, description = "The service has no such template", body = Errors),
        ReadRefused, BodyRefused,
    )
)]
pub async fn change(
    State(api): State<Api>,
    key: ApiKey,
    Segment(id): Segment,
    raw: Raw,
) -> Result<Json<ManagedTemplate>, ApiError> {
    key.must_have(Capability::ManageTemplates)?;
    let id = TemplateId::from_uuid(path_uuid("id", &id)?);
    let asked = match asked::changed(raw.json().await?) {
        Ok(asked) => asked,
        Err(error) => return Err(category::with_list(&api, error).await),
    };
    let found = template::find(api.db.read(), key.service.id, id).await?;
    let channel = *found.ok_or(Refusal::NoResultFound)?.channel;
    asked::fits(api.settings.dialect, channel, (asked.name.as_deref(), asked.content.as_deref()))?;
    asked::may_have(&api, &key, channel, "Updating").await?;
    category::must_exist(&api, asked.category).await?;
    Ok(Json(keep(&api, &key, id, asked).await?))
}

async fn keep(
    api: &Api,
    key: &ApiKey,
    id: TemplateId,
    asked: Changed,
) -> Result<ManagedTemplate, ApiError> {
    let (service, author) = (key.service.id, author(&api.settings));
    let tx = api.db.begin().await?;
    let found = template::find(&tx, service, id).await?;
    if found.is_none_or(|head| head.archived_at.is_some()) {
        return Err(Refusal::TemplateArchived.into());
    }
    asked::folder_must_exist(&tx, key, asked.folder.flatten()).await?;
    let change = Change {
        name: asked.name,
        subject: asked.subject,
        body: asked.content,
        category_id: asked.category,
        folder_id: asked.folder,
        ..Change::default()
    };
    let stamp = stamp(api, key);
    let changed = template::change(&tx, &stamp, (service, id), &author, &change).await?;
    tx.commit().await.map_err(db::Error::from)?;
    api.memory.forget_template(service, id).await;
    Ok(ManagedTemplate::of(api, key, changed).await?)
}
