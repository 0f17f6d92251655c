//! Suite `sms`: texts as they are sent, counted and previewed.

use kernel::Language;
use notify::dialect::Dialect;
use notify::placeholder::{Personalisation, Source};
use notify::sms::{Text, preview_html, unsendable};
use serde_json::{Value, json};

/// What the product gives for an input of this suite, in the shape of the vectors.
pub fn actual(input: &Value) -> Value {
    let template = Source::parse(input["content"].as_str().unwrap_or_default());
    let values = personalisation(&input["values"]);
    let shown = input["show_prefix"].as_bool().unwrap_or(true);
    let service = input["prefix"].as_str().filter(|_| shown);
    if input["op"] == "preview" {
        return json!({"html": preview_html(&template, &values, service, Language::English)});
    }
    let text = Text::render(&template, &values, service, Language::English);
    let lost: Vec<String> = unsendable(template.as_str()).into_iter().map(String::from).collect();
    json!({
        "message": text.message(),
        "encoding": text.encoding(),
        "content_count": text.units(),
        "fragment_count": text.parts(),
        "too_long": text.is_too_long(Dialect::Gc),
        "unsendable_characters": lost,
    })
}

fn personalisation(values: &Value) -> Personalisation {
    values
        .as_object()
        .and_then(|values| Personalisation::from_json(values).ok())
        .unwrap_or_default()
}
