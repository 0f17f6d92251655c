//! A message as it is read: the union of what both published servers say (API specification, sections 2.8 and 7).

use kernel::phone_number;
use notify::{
    Channel,
    placeholder::Personalisation,
    status::Cause,
    template::{Filled, Template},
};
use notify_store::notification::{self, Content};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::content;
use crate::{Api, error::ApiError, wire};

/// A message and how far it has come.
#[derive(Serialize, ToSchema)]
pub struct Notification {
    /// The message.
    pub id: Uuid,
    /// The caller's own reference.
    pub reference: Option<String>,
    /// The recipient of an email, as the caller wrote it.
    pub email_address: Option<String>,
    /// The recipient of a text, as the caller wrote it.
    pub phone_number: Option<String>,
    /// Letters only.
    pub line_1: Option<String>,
    /// Letters only.
    pub line_2: Option<String>,
    /// Letters only.
    pub line_3: Option<String>,
    /// Letters only.
    pub line_4: Option<String>,
    /// Letters only.
    pub line_5: Option<String>,
    /// Letters only.
    pub line_6: Option<String>,
    /// Letters only.
    pub postcode: Option<String>,
    /// `email` or `sms`.
    #[serde(rename = "type")]
    #[schema(example = "email")]
    pub kind: &'static str,
    /// How far it has come.
    #[schema(example = "delivered")]
    pub status: &'static str,
    /// The same in English words.
    #[schema(example = "Delivered")]
    pub status_description: &'static str,
    /// The same in French words.
    #[schema(example = "Livré")]
    pub status_description_fr: &'static str,
    /// The provider's words about how it ended.
    pub provider_response: Option<String>,
    /// What it was made from.
    pub template: Made,
    /// The text with its values, not rendered.
    pub body: String,
    /// The subject with its values; null for a text.
    pub subject: Option<String>,
    /// When it was accepted.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// When a provider took it.
    #[schema(format = DateTime)]
    pub sent_at: Option<String>,
    /// When it reached a status that counts as its end.
    #[schema(format = DateTime)]
    pub completed_at: Option<String>,
    /// Who sent it, if it was a person.
    pub created_by_name: Option<String>,
    /// When it may leave.
    #[schema(format = DateTime)]
    pub scheduled_for: Option<String>,
    /// Letters only.
    pub postage: Option<String>,
    /// The address for one-click unsubscription.
    pub one_click_unsubscribe_url: Option<String>,
    /// Whether the two fields that follow are final.
    pub is_cost_data_ready: bool,
    /// Always 0: this server has no prices.
    pub cost_in_pounds: f64,
    /// What a text counts.
    pub cost_details: Cost,
}

/// The version of a template that a message was made from.
#[derive(Serialize, ToSchema)]
pub struct Made {
    /// The template.
    pub id: Uuid,
    /// Its version.
    pub version: i32,
    /// Where that version can be read.
    pub uri: String,
}

/// What a text counts; empty for an email.
#[derive(Default, Serialize, ToSchema)]
pub struct Cost {
    /// Its parts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub billable_sms_fragments: Option<i32>,
    /// How often each part counts, by country.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub international_rate_multiplier: Option<u8>,
    /// Always 0: this server has no prices.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub sms_rate: Option<f64>,
}

impl Notification {
    /// Opens a message and fills its template as it was when it was accepted.
    pub fn open(
        api: &Api,
        row: notification::Model,
        template: &Template,
    ) -> Result<Self, ApiError> {
        let content = Content::open(&api.vault, row.id, &row.sealed)?;
        let Filled { subject, body } = words(&content, template)?;
        let uri = api.settings.template_uri(row.template_id, row.template_version);
        let made = Made { id: row.template_id.uuid(), version: row.template_version, uri };
        Ok(Self::new(row, content, made).with_words(subject, body))
    }

    fn new(row: notification::Model, content: Content, template: Made) -> Self {
        let (channel, status) = (*row.channel, *row.status);
        let cause = row.provider_response.as_deref().and_then(Cause::in_response);
        let cost_details = cost(&row, &content);
        let completed_at = row.completed_at.or(row.updated_at).filter(|_| status.is_completed());
        let (email_address, phone_number) = match channel {
            Channel::Email => (Some(content.to), None),
            Channel::Sms => (None, Some(content.to)),
        };
        Self {
            id: row.id.uuid(),
            reference: row.reference,
            email_address,
            phone_number,
            line_1: None,
            line_2: None,
            line_3: None,
            line_4: None,
            line_5: None,
            line_6: None,
            postcode: None,
            kind: channel.as_str(),
            status: status.as_str(),
            status_description: status.description(channel, cause),
            status_description_fr: status.description_fr(channel, cause),
            provider_response: row.provider_response,
            template,
            body: String::new(),
            subject: None,
            created_at: wire::time(row.created_at),
            sent_at: row.sent_at.map(wire::time),
            completed_at: completed_at.map(wire::time),
            created_by_name: None,
            scheduled_for: row.scheduled_for.map(wire::time),
            postage: None,
            one_click_unsubscribe_url: content.unsubscribe,
            is_cost_data_ready: true,
            cost_in_pounds: 0.0,
            cost_details,
        }
    }

    fn with_words(self, subject: Option<String>, body: String) -> Self {
        Self { subject, body, ..self }
    }
}

/// The words that the answer to the send showed.
fn words(content: &Content, template: &Template) -> Result<Filled, ApiError> {
    let given = Personalisation::from_json(&content.values);
    let mut values = given.map_err(|_| ApiError::internal("a stored value cannot be read"))?;
    if !content.sanitised.is_empty() {
        values = content::sanitise(&values, &content.sanitised).0;
    }
    let mut filled = template.fill(&values).map_err(|missing| ApiError::internal(&missing))?;
    if template.channel() == Channel::Sms && filled.body.contains('\r') {
        filled.body = filled.body.replace("\r\n", "\n").replace('\r', "\n");
    }
    Ok(filled)
}

fn cost(row: &notification::Model, content: &Content) -> Cost {
    if *row.channel == Channel::Email {
        return Cost::default();
    }
    // A number of North America counts once; the tables of the others are not asked for it.
    let units = if content.deliver_to.starts_with("+1") {
        1
    } else {
        phone_number::info(&content.deliver_to).map_or(1, |info| info.units)
    };
    Cost {
        billable_sms_fragments: Some(row.parts),
        international_rate_multiplier: Some(units),
        sms_rate: Some(0.0),
    }
}
