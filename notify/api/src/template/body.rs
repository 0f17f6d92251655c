//! A template as answers show it.

use notify_store::{template, template_version};
use serde::{Serialize, Serializer, ser::SerializeMap};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::wire;

/// One version of a template.
#[derive(Serialize, ToSchema)]
pub struct TemplateBody {
    /// The template.
    pub id: Uuid,
    /// Its name in this version.
    pub name: String,
    /// `email` or `sms`.
    #[serde(rename = "type")]
    #[schema(example = "email")]
    pub kind: &'static str,
    /// When the template was made.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// When this version was made; null for the first.
    #[schema(format = DateTime)]
    pub updated_at: Option<String>,
    /// The email address of who made this version.
    pub created_by: String,
    /// The version, from 1.
    pub version: i32,
    /// The text with its `((placeholders))`.
    pub body: String,
    /// The subject with its `((placeholders))`; null for a text.
    pub subject: Option<String>,
    /// Every placeholder, as `{"name": {"required": true}}`.
    #[schema(value_type = std::collections::BTreeMap<String, Placeholder>)]
    pub personalisation: Placeholders,
    /// Letters only.
    pub postage: Option<String>,
    /// Letters only.
    pub letter_contact_block: Option<String>,
}

/// What is known of a placeholder.
#[derive(Serialize, ToSchema)]
pub struct Placeholder {
    /// Always true: nothing is sent while a value is missing.
    pub required: bool,
}

/// The names of placeholders in the order of the template.
pub struct Placeholders(Vec<String>);

impl Serialize for Placeholders {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for name in &self.0 {
            map.serialize_entry(name, &Placeholder { required: true })?;
        }
        map.end()
    }
}

impl TemplateBody {
    /// The version `text` of the template `head`.
    pub fn new(head: &template::Model, text: template_version::Model) -> Self {
        let personalisation = placeholders(head, &text);
        Self {
            id: head.id.uuid(),
            name: text.name,
            kind: head.channel.as_str(),
            created_at: wire::time(head.created_at),
            updated_at: (text.version > 1).then(|| wire::time(text.created_at)),
            created_by: text.created_by,
            version: text.version,
            body: text.body,
            subject: text.subject,
            personalisation,
            postage: None,
            letter_contact_block: None,
        }
    }
}

impl From<template::Current> for TemplateBody {
    fn from(current: template::Current) -> Self {
        Self::new(&current.head, current.text)
    }
}

/// The placeholders of one version.
fn placeholders(head: &template::Model, text: &template_version::Model) -> Placeholders {
    let read = head.read(text);
    Placeholders(read.placeholders().into_iter().map(|(name, _)| name.to_owned()).collect())
}
