//! The French form of the OpenAPI document: the same paths, fields and words of the wire, with other sentences.

use std::{collections::HashMap, sync::LazyLock};

use serde::Deserialize;
use serde_json::Value;
use utoipa::openapi::OpenApi;

/// Every name and sentence of the document with its French one; a test asks that none is missing.
static WORDS: LazyLock<Words> =
    LazyLock::new(|| serde_json::from_str(include_str!("french.json")).unwrap_or_default());

#[derive(Default, Deserialize)]
struct Words {
    names: HashMap<String, String>,
    sentences: HashMap<String, String>,
}

/// The document with French groups, summaries and descriptions. What has no French sentence stays English.
///
/// # Errors
/// When the document cannot be written as JSON.
pub fn in_french(document: &OpenApi) -> serde_json::Result<Value> {
    let mut document = serde_json::to_value(document)?;
    translate(&mut document);
    Ok(document)
}

fn translate(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                match (key.as_str(), member) {
                    ("summary" | "description", Value::String(text)) => {
                        replace(text, &WORDS.sentences);
                    }
                    ("title", Value::String(name)) => replace(name, &WORDS.names),
                    ("tags", Value::Array(tags)) => tags.iter_mut().for_each(name_group),
                    (_, member) => translate(member),
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(translate),
        _ => {}
    }
}

fn name_group(tag: &mut Value) {
    if let Value::String(name) = tag {
        replace(name, &WORDS.names);
    }
}

fn replace(text: &mut String, words: &HashMap<String, String>) {
    if let Some(french) = words.get(text) {
        french.clone_into(text);
    }
}
