//! `POST /v2/manage-template`.

use accounts::Capability;
use axum::{Json, extract::State};
use http::StatusCode;
use notify_store::template::{self, NewTemplate};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    asked::{self, New},
    author,
    body::ManagedTemplate,
    category, stamp,
};
use crate::{
    Api, ApiKey,
    document::{BodyRefused, ReadRefused},
    error::ApiError,
    schema::Raw,
};

/// A template to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateTemplate {
    /// Its name, fewer than 255 characters.
    #[schema(min_length = 1, max_length = 254)]
    pub name: String,
    /// `email` or `sms`; it never changes.
    #[schema(value_type = Channel, example = "email")]
    pub template_type: String,
    /// The text with its `((placeholders))`.
    #[schema(min_length = 1, max_length = 50000)]
    pub content: String,
    /// One of the categories.
    pub template_category_id: Uuid,
    /// The subject; emails must have one.
    #[schema(min_length = 1, nullable = false)]
    pub subject: Option<String>,
    /// The folder it shall lie in; null is the top.
    pub parent_folder_id: Option<Uuid>,
}

/// How a template travels.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
pub enum Channel {
    /// By email.
    Email,
    /// As a text.
    Sms,
}

/// Make a template.
#[utoipa::path(
    post, path = "/v2/manage-template", tag = "Template management", operation_id = "create_template",
    request_body = CreateTemplate,
    responses(
        (status = 201, description = "The template", body = ManagedTemplate),
        ReadRefused, BodyRefused,
    )
)]
pub async fn create(
    State(api): State<Api>,
    key: ApiKey,
    raw: Raw,
) -> Result<(StatusCode, Json<ManagedTemplate>), ApiError> {
    key.must_have(Capability::ManageTemplates)?;
    let asked = match asked::new(raw.json().await?) {
        Ok(asked) => asked,
        Err(error) => return Err(category::with_list(&api, error).await),
    };
    let lengths = (Some(asked.name.as_str()), Some(asked.content.as_str()));
    asked::fits(api.settings.dialect, asked.channel, lengths)?;
    asked::may_have(&api, &key, asked.channel, "Creating").await?;
    category::must_exist(&api, Some(asked.category)).await?;
    let made = keep(&api, &key, asked).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

async fn keep(api: &Api, key: &ApiKey, asked: New) -> Result<ManagedTemplate, ApiError> {
    let author = author(&api.settings);
    let tx = api.db.begin().await?;
    asked::folder_must_exist(&tx, key, asked.folder).await?;
    let wanted = NewTemplate {
        channel: asked.channel,
        name: asked.name,
        subject: asked.subject,
        body: asked.content,
        category_id: Some(asked.category),
        folder_id: asked.folder,
        lane: None,
        language: "en".to_owned(),
        right_to_left: false,
    };
    let made = template::create(&tx, &stamp(api, key), key.service.id, &author, wanted).await?;
    tx.commit().await.map_err(db::Error::from)?;
    Ok(ManagedTemplate::of(api, key, made).await?)
}
