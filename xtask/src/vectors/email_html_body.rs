//! Suite `email_html_body`: the body of an e-mail as HTML, and its preheader.

use notify::{
    email,
    markdown::preheader::Marks,
    preview::{self, Show},
    template::Template,
};
use serde_json::{Value, json};

use crate::vectors::placeholders::values;

/// What the product gives for an input of this suite, in the shape of the vectors: the message as it is sent when
/// nothing is missing, its preview otherwise.
pub fn actual(input: &Value) -> Value {
    let template = Template::email("", input["content"].as_str().unwrap_or_default());
    let values = values(input);
    let redact = input["redact_missing"] == true;
    let show = if redact { Show::HIDDEN } else { Show::Names };
    let html =
        email::body(&template, &values).unwrap_or_else(|_| preview::body(&template, &values, show));
    let preheader = (!redact).then(|| preview::preheader(&template, &values, Marks::Shown));
    json!({"html": html, "preheader": preheader})
}
