//! Values in other people's JSON.

use serde_json::Value;

/// The value at a JSON pointer; `None` when it is absent or null.
pub(crate) fn at<'a>(json: &'a Value, pointer: &str) -> Option<&'a Value> {
    json.pointer(pointer).filter(|value| !value.is_null())
}

/// The text, number or truth at a JSON pointer, as text.
pub(crate) fn text_at(json: &Value, pointer: &str) -> Option<String> {
    match at(json, pointer)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}
