//! The words of a message: its template filled with the caller's values.

use std::collections::BTreeMap;

use notify::{
    Channel, Dialect, neutralise,
    placeholder::{Conditional, Lists, Name, Personalisation, Sink, Source, Value},
    sms::{self, Text},
};
use serde::Serialize;

use crate::{error::Refusal, memory::Template};

/// The most bytes of an e-mail.
const EMAIL: usize = 2_000_000;

/// A filled template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// The subject of an e-mail.
    pub subject: Option<String>,
    /// The text, not rendered.
    pub body: String,
    /// What it counts against limits: 1 for an e-mail, its parts for a text.
    pub parts: usize,
}

/// A value that was to have no effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sanitised {
    unsanitised: String,
    sanitised: String,
}

/// Fills a template; `prefix` is the service's name if its texts begin with it.
pub fn fill(
    template: &Template,
    values: &Personalisation,
    prefix: Option<&str>,
    dialect: Dialect,
) -> Result<Filled, Refusal> {
    match template.channel {
        Channel::Email => email(template, values),
        Channel::Sms => text(template, values, prefix, dialect),
    }
}

fn email(template: &Template, values: &Personalisation) -> Result<Filled, Refusal> {
    let words = &template.words;
    let length = bytes(&words.body, values)
        + words.subject.as_ref().map_or(0, |subject| bytes(subject, values));
    if length > EMAIL {
        return Err(Refusal::EmailTooLong { limit: EMAIL, length });
    }
    let mut body = String::new();
    words.body.fill(values, Lists::Bullets, &mut body);
    if body.trim().is_empty() {
        return Err(Refusal::Blank);
    }
    let subject = words.subject.as_ref().map(|subject| {
        let mut filled = String::new();
        subject.fill(values, Lists::Sentence(template.language), &mut filled);
        filled
    });
    Ok(Filled { subject, body, parts: 1 })
}

fn text(
    template: &Template,
    values: &Personalisation,
    prefix: Option<&str>,
    dialect: Dialect,
) -> Result<Filled, Refusal> {
    let limit = sms::limit(dialect);
    let mut body = String::new();
    // Not even a long value is copied as often as a short template can ask for it.
    let length = bytes(&template.words.body, values);
    if length > EMAIL {
        return Err(Refusal::TextTooLong { limit, length });
    }
    template.words.body.fill(values, Lists::Sentence(template.language), &mut body);
    if body.contains('\r') {
        body = body.replace("\r\n", "\n").replace('\r', "\n");
    }
    let text = Text::of(&body, prefix);
    if text.is_too_long(dialect) {
        return Err(Refusal::TextTooLong { limit, length: text.units_without_prefix() });
    }
    if text.is_blank() {
        return Err(Refusal::Blank);
    }
    Ok(Filled { subject: None, body, parts: text.parts() })
}

/// The values with those named in `names` made harmless, and what that changed.
pub fn sanitise(
    values: &Personalisation,
    names: &[String],
) -> (Personalisation, BTreeMap<String, Sanitised>) {
    let (mut safe, mut changed) = (values.clone(), BTreeMap::new());
    for name in names {
        let Some(value) = values.get(name) else { continue };
        let harmless = match value {
            Value::Text(text) => Value::Text(neutralise::value(text)),
            Value::List(members) => {
                Value::List(members.iter().map(|member| neutralise::value(member)).collect())
            }
            Value::Number(_) | Value::Bool(_) => continue,
        };
        if harmless != *value {
            let (unsanitised, sanitised) = (value.to_string(), harmless.to_string());
            changed.insert(name.clone(), Sanitised { unsanitised, sanitised });
            safe.insert(name.clone(), harmless);
        }
    }
    (safe, changed)
}

/// How many bytes the filled text has, without filling it: a long value in a template that repeats its
/// placeholder ten thousand times must not be copied to find out.
fn bytes(source: &Source, values: &Personalisation) -> usize {
    let mut measure = Measure(0);
    source.walk(values, &mut measure);
    measure.0
}

struct Measure(usize);

impl Sink for Measure {
    fn text(&mut self, text: &str) {
        self.0 = self.0.saturating_add(text.len());
    }

    fn value(&mut self, value: &Value) {
        let length = match value {
            Value::Text(text) => text.len(),
            Value::List(members) => members.iter().map(|member| member.len() + 3).sum(),
            // No number is longer, and "false" is shorter.
            Value::Number(_) | Value::Bool(_) => 32,
        };
        self.0 = self.0.saturating_add(length);
    }

    fn missing(&mut self, _: &Name) {}

    fn missing_conditional(&mut self, _: &Conditional, _: &Personalisation) {}
}
