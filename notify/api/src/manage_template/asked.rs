//! Reading the bodies that make and change templates.

use db::Transaction;
use notify::{Channel, Dialect, Permission, sms};
use notify_store::{CategoryId, FolderId, template_folder};
use serde_json::Value;

use crate::{
    Api, ApiKey,
    error::{ApiError, Refusal},
    schema::{self, Fields},
};

/// A name has fewer characters than this.
const NAME: usize = 255;
/// The most characters of an email's text.
const EMAIL: usize = 50_000;

/// A template to make.
pub struct New {
    /// Email or text.
    pub channel: Channel,
    /// Its name.
    pub name: String,
    /// The subject; none for a text.
    pub subject: Option<String>,
    /// The text.
    pub content: String,
    /// Its category.
    pub category: CategoryId,
    /// The folder it shall lie in.
    pub folder: Option<FolderId>,
}

/// What is to be changed.
pub struct Changed {
    /// Its name.
    pub name: Option<String>,
    /// The subject.
    pub subject: Option<String>,
    /// The text.
    pub content: Option<String>,
    /// Its category.
    pub category: Option<CategoryId>,
    /// The folder; `Some(None)` is the top.
    pub folder: Option<Option<FolderId>>,
}

const NEW: [&str; 6] =
    ["name", "template_type", "content", "template_category_id", "subject", "parent_folder_id"];
const CHANGED: [&str; 5] =
    ["name", "content", "subject", "template_category_id", "parent_folder_id"];

/// Reads the body of a new template.
pub fn new(body: Value) -> Result<New, ApiError> {
    let mut fields = Fields::of(body, &NEW)?;
    let name = fields.required_string("name");
    let channel = channel(&mut fields);
    let content = fields.required_string("content");
    let mut subject = fields.string("subject", usize::MAX);
    let category = fields.take("template_category_id");
    if category.is_none() {
        fields.refuse(Refusal::CategoryRequired);
    }
    let category = category.and_then(|value| as_category(&mut fields, &value));
    let folder = folder(&mut fields).flatten();
    if channel == Some(Channel::Email) && subject.is_none() {
        fields.refuse(Refusal::Required { at: "".into(), field: "subject".into() });
    }
    if channel == Some(Channel::Sms) {
        subject = None;
    }
    for (at, text) in [("name", &name), ("content", &content), ("subject", &subject)] {
        not_blank(&mut fields, at, text.as_deref());
    }
    let read = (|| {
        Some(New {
            channel: channel?,
            name: name?,
            subject,
            content: content?,
            category: category?,
            folder,
        })
    })();
    fields.finish(read)
}

/// Reads the body of a change.
pub fn changed(body: Value) -> Result<Changed, ApiError> {
    let mut fields = Fields::of(body, &CHANGED)?;
    let name = fields.string("name", usize::MAX);
    let content = fields.string("content", usize::MAX);
    let subject = fields.string("subject", usize::MAX);
    let category = fields.take("template_category_id");
    let category = category.and_then(|value| as_category(&mut fields, &value));
    let folder = folder(&mut fields);
    for (at, text) in [("name", &name), ("content", &content), ("subject", &subject)] {
        not_blank(&mut fields, at, text.as_deref());
    }
    fields.done()?;
    Ok(Changed { name, subject, content, category, folder })
}

/// Refuses what is too long for a template of `channel`.
pub fn fits(
    dialect: Dialect,
    channel: Channel,
    (name, content): (Option<&str>, Option<&str>),
) -> Result<(), Refusal> {
    if name.is_some_and(|name| name.chars().count() >= NAME) {
        return Err(Refusal::TemplateNameTooLong);
    }
    let limit = match channel {
        Channel::Email => EMAIL,
        Channel::Sms => sms::limit(dialect),
    };
    if content.is_some_and(|content| content.chars().count() > limit) {
        return Err(Refusal::TemplateTooLong { limit });
    }
    Ok(())
}

/// Refuses templates for a channel that the service may not send by; `doing` is `Creating` or `Updating`.
pub async fn may_have(
    api: &Api,
    key: &ApiKey,
    channel: Channel,
    doing: &'static str,
) -> Result<(), ApiError> {
    let facts = api.memory.service(key.service.id).await?;
    if facts.setting.may(Permission::to_send(channel)) {
        return Ok(());
    }
    let messages = match channel {
        Channel::Email => "email",
        Channel::Sms => "text message",
    };
    Err(Refusal::TemplateNotAllowed { doing, messages }.into())
}

/// Refuses a folder that the service has not got.
pub async fn folder_must_exist(
    tx: &Transaction,
    key: &ApiKey,
    folder: Option<FolderId>,
) -> Result<(), ApiError> {
    let Some(id) = folder else { return Ok(()) };
    let found = template_folder::find(tx, key.service.id, id).await?;
    found.map(|_| ()).ok_or_else(|| Refusal::FolderNotFound.into())
}

/// The member `parent_folder_id`: absent, `null` for the top, or a folder.
pub fn folder(fields: &mut Fields) -> Option<Option<FolderId>> {
    match fields.take("parent_folder_id")? {
        Value::Null => Some(None),
        value => match value.as_str().and_then(schema::uuid) {
            Some(id) => Some(Some(FolderId::from_uuid(id))),
            None => {
                fields.refuse(Refusal::NotUuid { at: "parent_folder_id".into() });
                None
            }
        },
    }
}

fn channel(fields: &mut Fields) -> Option<Channel> {
    let value = fields.require("template_type")?;
    let read = value.as_str().and_then(|word| word.parse().ok());
    if read.is_none() {
        let (value, allowed) = (schema::python::repr(&value), "sms, email".to_owned());
        fields.refuse(Refusal::NotOneOf { at: "template_type".into(), value, allowed });
    }
    read
}

fn as_category(fields: &mut Fields, value: &Value) -> Option<CategoryId> {
    let read = value.as_str().and_then(schema::uuid).map(CategoryId::from_uuid);
    if read.is_none() {
        fields.refuse(Refusal::CategoryNotUuid);
    }
    read
}

fn not_blank(fields: &mut Fields, at: &'static str, text: Option<&str>) {
    if text.is_some_and(|text| text.trim().is_empty()) {
        fields.refuse(Refusal::TooShort { at: at.into(), value: String::new() });
    }
}
