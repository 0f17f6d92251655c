//! Suite `email_plain`: the plain-text part of an e-mail, and its subject.

use notify::{
    email::{self, Look},
    placeholder::Personalisation,
    preview::{self, Show},
    subject,
    template::Template,
};
use serde_json::{Value, json};

use crate::vectors::placeholders::values;

/// What the product gives for an input of this suite, in the shape of the vectors: the message as it is sent when
/// nothing is missing, its preview otherwise.
pub fn actual(input: &Value) -> Value {
    let text = |field: &str| input[field].as_str().unwrap_or_default();
    let template = Template::email(text("subject"), text("content"));
    let values = values(input);
    match email::render(&template, &values, &Look::default()) {
        Ok(message) => json!({
            "body": message.plain,
            "subject_text": message.subject,
            "subject_html": title(&template, &values),
        }),
        Err(_) => json!({
            "body": preview::plain_with_markup(&template, &values),
            "subject_text": subject::text(template.subject().as_str()),
            "subject_html": preview::subject(&template, &values, Show::Names),
        }),
    }
}

fn title(template: &Template, values: &Personalisation) -> String {
    preview::subject(template, values, Show::Names)
}
