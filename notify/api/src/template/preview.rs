//! `POST /v2/template/{id}/preview`.

use axum::{Json, extract::State};
use notify::{
    Channel, email,
    template::{Filled, MissingPersonalisation, Template},
};
use notify_store::{TemplateId, template};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Api, ApiKey,
    document::{BodyRefused, Errors, ReadRefused},
    error::{ApiError, Refusal},
    notification::personalisation::{self, Values},
    schema::{Fields, Raw, path_uuid, wrong_type},
    segment::Segment,
};

/// The longest email that is filled, in characters.
const LONGEST: usize = 2_000_000;

/// Values to fill a template with.
#[derive(Deserialize, ToSchema)]
pub struct PreviewTemplate {
    /// Values for the template's placeholders; null is the same as none.
    #[schema(value_type = Option<Object>)]
    pub personalisation: Option<Value>,
}

/// A template with its values.
#[derive(Serialize, ToSchema)]
pub struct Preview {
    /// The template.
    pub id: Uuid,
    /// `email` or `sms`.
    #[serde(rename = "type")]
    #[schema(example = "email")]
    pub kind: &'static str,
    /// The version that was filled.
    pub version: i32,
    /// The text with its values, not rendered.
    pub body: String,
    /// The body of the email as HTML; null for a text.
    pub html: Option<String>,
    /// The subject with its values; null for a text.
    pub subject: Option<String>,
    /// Letters only.
    pub postage: Option<String>,
}

/// Fill a template and send nothing.
#[utoipa::path(
    post, path = "/v2/template/{template_id}/preview", tag = "Templates", operation_id = "preview_template",
    params(("template_id" = Uuid, Path, description = "The template")),
    request_body(content = Option<PreviewTemplate>),
    responses(
        (status = 200, description = "The template with its values", body = Preview),
        (status = 404, description = "The service has no such template", body = Errors),
        ReadRefused, BodyRefused,
    )
)]
pub async fn preview(
    State(api): State<Api>,
    key: ApiKey,
    Segment(id): Segment,
    raw: Raw,
) -> Result<Json<Preview>, ApiError> {
    let id = TemplateId::from_uuid(path_uuid("id", &id)?);
    let values = values(raw.json().await?)?;
    let found = template::current(api.db.read(), key.service.id, id).await?;
    let current = found.ok_or(Refusal::NoResultFound)?;
    let template = current.head.read(&current.text);
    let (filled, html) = fill(&template, &values)?;
    Ok(Json(Preview {
        id: current.head.id.uuid(),
        kind: current.head.channel.as_str(),
        version: current.head.version,
        body: filled.body,
        html,
        subject: filled.subject,
        postage: None,
    }))
}

/// The values of the body; other members are ignored, as the published servers do.
fn values(body: Value) -> Result<Values, ApiError> {
    let mut members = match body {
        Value::Object(members) => members,
        Value::Null => Map::new(),
        other => return Err(wrong_type("", &other, "object").into()),
    };
    let given = members.remove("personalisation").unwrap_or_default();
    let only = Map::from_iter([("personalisation".to_owned(), given)]);
    let mut fields = Fields::of(Value::Object(only), &["personalisation"])?;
    let values = personalisation::read(&mut fields);
    fields.done()?;
    if values.has_files { Err(Refusal::FilesLater.into()) } else { Ok(values) }
}

fn fill(template: &Template, values: &Values) -> Result<(Filled, Option<String>), Refusal> {
    let length = template.length(&values.read);
    if length > LONGEST {
        return Err(Refusal::EmailTooLong { limit: LONGEST, length });
    }
    let filled = template.fill(&values.read).map_err(missing)?;
    let html = match template.channel() {
        Channel::Email => Some(email::body(template, &values.read).map_err(missing)?),
        Channel::Sms => None,
    };
    Ok((filled, html))
}

fn missing(MissingPersonalisation(names): MissingPersonalisation) -> Refusal {
    Refusal::MissingPersonalisation { template: None, names }
}
