//! The answer to an accepted message: the union of what both published servers say (API specification, section 7).

use std::collections::BTreeMap;

use axum::response::Response;
use http::{HeaderMap, HeaderName, HeaderValue};
use notify::{Channel, limit::Quota};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    asked::Asked,
    content::{Filled, Sanitised},
};
use crate::{
    Settings,
    limiter::Taken,
    memory::{ServiceFacts, Template},
};

/// A message that was accepted.
#[derive(Serialize, ToSchema)]
pub struct Accepted<'a> {
    /// The message.
    pub id: Uuid,
    /// The caller's own reference.
    pub reference: Option<&'a str>,
    /// Where it can be read.
    pub uri: String,
    /// What it was made from.
    pub template: MadeFrom,
    /// When it may leave, as the request wrote it.
    pub scheduled_for: Option<&'a str>,
    /// Its words.
    pub content: Content<'a>,
    /// What `sanitise_content_for` changed; emails only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub sanitised_content: Option<&'a BTreeMap<String, Sanitised>>,
}

/// The template of a message.
#[derive(Serialize, ToSchema)]
pub struct MadeFrom {
    /// The template.
    pub id: Uuid,
    /// Its version.
    pub version: i32,
    /// Where people see it.
    pub uri: String,
}

/// The words of a message, with placeholders filled and nothing rendered.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub enum Content<'a> {
    /// Of an email.
    Email {
        /// The From address.
        from_email: &'a str,
        /// The subject.
        subject: &'a str,
        /// The text.
        body: &'a str,
        /// The address for one-click unsubscription.
        one_click_unsubscribe_url: Option<&'a str>,
    },
    /// Of a text.
    Sms {
        /// The number or name it comes from.
        from_number: Option<&'a str>,
        /// The text.
        body: &'a str,
    },
}

/// What an answer is made of.
pub struct Parts<'a> {
    /// The request.
    pub asked: &'a Asked,
    /// The service.
    pub facts: &'a ServiceFacts,
    /// The template.
    pub template: &'a Template,
    /// The words.
    pub filled: &'a Filled,
    /// What `sanitise_content_for` changed.
    pub sanitised: &'a BTreeMap<String, Sanitised>,
    /// The reply address or sender.
    pub sender: Option<&'a str>,
}

impl Parts<'_> {
    /// The answer's body for the message `id`.
    pub fn body(
        &self,
        settings: &Settings,
        id: notify_store::NotificationId,
    ) -> serde_json::Result<Vec<u8>> {
        let Self { asked, facts, template, filled, sanitised, sender } = self;
        let is_email = template.channel == Channel::Email;
        let content = if is_email {
            Content::Email {
                from_email: &facts.from_email,
                subject: filled.subject.as_deref().unwrap_or_default(),
                body: &filled.body,
                one_click_unsubscribe_url: asked.unsubscribe.as_deref(),
            }
        } else {
            Content::Sms { from_number: *sender, body: &filled.body }
        };
        serde_json::to_vec(&Accepted {
            id: id.uuid(),
            reference: asked.reference.as_deref(),
            uri: settings.notification_uri(id),
            template: MadeFrom {
                id: template.id.uuid(),
                version: template.version,
                uri: settings.template_page(facts.setting.service_id, template.id),
            },
            scheduled_for: asked.scheduled_for.as_ref().map(|(text, _)| text.as_str()),
            content,
            sanitised_content: is_email.then_some(*sanitised),
        })
    }
}

const RATE_LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const RATE_LEFT: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
const DAILY: HeaderName = HeaderName::from_static("x-limit-daily");
const DAILY_LEFT: HeaderName = HeaderName::from_static("x-limit-daily-remaining");
const ANNUAL: HeaderName = HeaderName::from_static("x-limit-annual");
const ANNUAL_LEFT: HeaderName = HeaderName::from_static("x-limit-annual-remaining");

/// Tells how many more requests this minute has room for.
pub fn tell_rate(answer: &mut Response, taken: Taken) {
    let headers = answer.headers_mut();
    headers.insert(RATE_LIMIT, HeaderValue::from(taken.limit));
    headers.insert(RATE_LEFT, HeaderValue::from(taken.remaining));
}

/// Tells what is left of the limits.
pub fn tell_quota(headers: &mut HeaderMap, left: Quota) {
    headers.insert(DAILY, HeaderValue::from(left.daily_limit));
    headers.insert(DAILY_LEFT, HeaderValue::from(left.daily_left));
    headers.insert(ANNUAL, HeaderValue::from(left.annual_limit));
    headers.insert(ANNUAL_LEFT, HeaderValue::from(left.annual_left));
}
