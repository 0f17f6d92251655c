//! What a request to send one message asks for (API specification, sections 2.1 and 2.2).

use kernel::Time;
use notify::{Channel, Dialect, Recipient};
use notify_store::{TemplateId, notification::CallbackTarget};
use serde_json::Value;
use url::Host;
use uuid::Uuid;

use super::{
    callback_url,
    personalisation::{self, Values},
    schedule,
};
use crate::{
    error::{ApiError, Refusal},
    schema::{self, Fields, wrong_type},
};

/// The longest reference of a caller, in characters.
const REFERENCE: usize = 1_000;

const EMAIL: &[&str] = &[
    "email_address",
    "template_id",
    "personalisation",
    "reference",
    "email_reply_to_id",
    "scheduled_for",
    "one_click_unsubscribe_url",
    "sanitise_content_for",
    "callback",
];
const SMS: &[&str] = &[
    "phone_number",
    "template_id",
    "personalisation",
    "reference",
    "sms_sender_id",
    "scheduled_for",
    "callback",
];

/// The names under which GC Notify's callers give an unsubscribe address among their values.
const UNSUBSCRIBE: [&str; 3] = ["unsubscribe_url", "unsub_url", "unsub_link"];

/// A readable request.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The recipient as written.
    pub to: String,
    /// The recipient.
    pub recipient: Recipient,
    /// The template.
    pub template: TemplateId,
    /// The values for its placeholders.
    pub values: Values,
    /// The caller's own reference.
    pub reference: Option<String>,
    /// The reply address or sender.
    pub sender: Option<Uuid>,
    /// When it may leave: as written, and the moment.
    pub scheduled_for: Option<(String, Time)>,
    /// The address for one-click unsubscription.
    pub unsubscribe: Option<String>,
    /// The values that shall have no effect.
    pub sanitised: Vec<String>,
    /// Where the receipt goes.
    pub callback: Option<CallbackTarget>,
}

/// The names that differ between the channels.
pub const fn recipient_field(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "email_address",
        Channel::Sms => "phone_number",
    }
}

/// See [`recipient_field`].
pub const fn sender_field(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "email_reply_to_id",
        Channel::Sms => "sms_sender_id",
    }
}

/// Reads a request.
///
/// # Errors
/// All problems of the schema as one answer.
pub fn read(channel: Channel, body: Value, dialect: Dialect, now: Time) -> Result<Asked, ApiError> {
    let known = if channel == Channel::Email { EMAIL } else { SMS };
    let mut fields = Fields::of(body, known)?;
    let to = fields.required_string(recipient_field(channel));
    let recipient = to.as_deref().map(|text| recipient(channel, text, dialect));
    let recipient = recipient.and_then(|read| fields.check(read));
    let template = fields.required_uuid("template_id").map(TemplateId::from_uuid);
    let values = personalisation::read(&mut fields);
    let reference = fields.string("reference", REFERENCE);
    let sender = fields.uuid_or_null(sender_field(channel));
    let scheduled_for = fields.string_or_null("scheduled_for").and_then(|text| {
        let moment = fields.check(schedule::parse(&text, now))?;
        Some((text, moment))
    });
    let unsubscribe = unsubscribe(&mut fields).or_else(|| unsubscribe_value(&values));
    let sanitised = names(&mut fields);
    let callback = match fields.take("callback") {
        None | Some(Value::Null) => None,
        Some(value) => fields.check(callback_url::read(&value)),
    };
    fields.finish(to.zip(recipient).zip(template).map(|((to, recipient), template)| Asked {
        to,
        recipient,
        template,
        values,
        reference,
        sender,
        scheduled_for,
        unsubscribe: unsubscribe.filter(|_| channel == Channel::Email),
        sanitised,
        callback,
    }))
}

fn recipient(channel: Channel, text: &str, dialect: Dialect) -> Result<Recipient, Refusal> {
    let at = || recipient_field(channel).into();
    Recipient::parse(channel, text, dialect).map_err(|error| match channel {
        Channel::Email => Refusal::NotEmail { at: at() },
        Channel::Sms => Refusal::NotPhone { at: at(), why: error.message() },
    })
}

/// The field of GOV.UK Notify, which wins over a value of GC Notify's names.
fn unsubscribe(fields: &mut Fields) -> Option<String> {
    let name = "one_click_unsubscribe_url";
    match fields.take(name)? {
        Value::Null => None,
        Value::String(url) if callback_url::https(&url).is_some() => Some(url),
        _ => {
            fields.refuse(Refusal::NotHttps { at: name.into() });
            None
        }
    }
}

/// A value that is no good address is no error: the header is left out (section 3.11).
fn unsubscribe_value(values: &Values) -> Option<String> {
    let value = UNSUBSCRIBE.iter().find_map(|name| values.given.get(*name))?.as_str()?;
    let url = callback_url::https(value)?;
    matches!(url.host(), Some(Host::Domain(name)) if name.contains('.')).then(|| value.to_owned())
}

fn names(fields: &mut Fields) -> Vec<String> {
    let name = "sanitise_content_for";
    let members = match fields.take(name) {
        None | Some(Value::Null) => return Vec::new(),
        Some(Value::Array(members)) => members,
        Some(other) => {
            fields.refuse(wrong_type(name, &other, "array, null"));
            return Vec::new();
        }
    };
    let mut names = Vec::with_capacity(members.len());
    for member in members {
        match member {
            Value::String(text) => names.push(text),
            other => fields.refuse(schema::wrong_type(name, &other, "string")),
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Map, Number};

    use super::*;

    /// Any JSON, with names of fields more often than not.
    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<f64>().prop_map(|n| Number::from_f64(n).map_or(Value::Null, Value::Number)),
            any::<i64>().prop_map(Value::from),
            "\\PC{0,12}|[0-9TZ:+. -]{0,30}|https://[a-z.:@/\\[\\]]{0,12}|[a-z0-9@.+-]{0,16}"
                .prop_map(Value::from),
        ];
        let name = prop_oneof![
            prop::sample::select(
                [EMAIL, SMS, &["file", "filename", "sending_method", "url", "bearer_token"]]
                    .concat()
            )
            .prop_map(str::to_owned),
            "\\PC{0,6}",
        ];
        leaf.prop_recursive(4, 48, 8, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::vec((name.clone(), inner), 0..8)
                    .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
            ]
        })
    }

    proptest! {
        #[test]
        fn no_request_breaks_the_reading_of_requests(body in json()) {
            let say = crate::error::Wording { dialect: Dialect::Gc, documentation: "".into() };
            for channel in [Channel::Email, Channel::Sms] {
                for dialect in [Dialect::Gc, Dialect::Uk] {
                    if let Err(refused) = read(channel, body.clone(), dialect, Time::UNIX_EPOCH) {
                        for problem in refused.problems() {
                            prop_assert_eq!(problem.row().status, 400);
                            problem.message(&say);
                        }
                    }
                }
            }
        }
    }
}
