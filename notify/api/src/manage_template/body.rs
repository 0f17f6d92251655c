//! A template as those who manage it see it.

use notify_store::{template::Current, template_category};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Api, ApiKey, wire};

/// A template with where it lies.
#[derive(Serialize, ToSchema)]
pub struct ManagedTemplate {
    /// The template.
    pub id: Uuid,
    /// The service.
    pub service_id: Uuid,
    /// The service's name.
    pub service_name: String,
    /// Its name.
    pub name: String,
    /// `email` or `sms`.
    #[serde(rename = "type")]
    #[schema(example = "email")]
    pub kind: &'static str,
    /// When it was made.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// When the current version was made; null for the first.
    #[schema(format = DateTime)]
    pub updated_at: Option<String>,
    /// The email address of who made the current version.
    pub created_by: String,
    /// The current version, from 1.
    pub version: i32,
    /// The text with its `((placeholders))`.
    pub body: String,
    /// The subject with its `((placeholders))`; null for a text.
    pub subject: Option<String>,
    /// Letters only.
    pub postage: Option<String>,
    /// Its category.
    pub template_category_id: Option<Uuid>,
    /// The category's English name.
    pub template_category_name: Option<String>,
    /// The folder it lies in; null is the top.
    pub folder_id: Option<Uuid>,
    /// Whether nothing can be sent with it any more.
    pub archived: bool,
}

impl ManagedTemplate {
    /// The template with its category's name.
    pub async fn of(api: &Api, key: &ApiKey, current: Current) -> db::Result<Self> {
        let Current { head, text } = current;
        let category = match head.category_id {
            Some(id) => template_category::find(api.db.read(), id).await?,
            None => None,
        };
        Ok(Self {
            id: head.id.uuid(),
            service_id: head.service_id.uuid(),
            service_name: key.service.name.clone(),
            name: text.name,
            kind: head.channel.as_str(),
            created_at: wire::time(head.created_at),
            updated_at: (text.version > 1).then(|| wire::time(text.created_at)),
            created_by: text.created_by,
            version: text.version,
            body: text.body,
            subject: text.subject,
            postage: None,
            template_category_id: head.category_id.map(kernel::Id::uuid),
            template_category_name: category.map(|category| category.name_en),
            folder_id: head.folder_id.map(kernel::Id::uuid),
            archived: head.archived_at.is_some(),
        })
    }
}
