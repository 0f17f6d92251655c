//! Suite `phone`: numbers, and recipients compared with one another.

use kernel::phone_number::{self, PhoneNumber};
use notify::recipient::{self, Safelist};
use serde_json::{Value, json};

/// What the product gives for an input of this suite, in the shape of the vectors.
pub fn actual(input: &Value) -> Value {
    let number = input["number"].as_str().unwrap_or_default();
    match input["op"].as_str() {
        Some("validate") => validate(number, input["international"] == true),
        Some("info") => info(number),
        Some("human") => json!({"text": phone_number::human(number)}),
        Some("recipient_key") => recipient_key(input),
        Some("allowed") => allowed(input),
        _ => Value::Null,
    }
}

fn validate(number: &str, international: bool) -> Value {
    let read =
        if international { PhoneNumber::parse(number) } else { PhoneNumber::parse_local(number) };
    match read {
        Ok(number) => json!({"ok": true, "e164": number.e164()}),
        Err(error) => json!({"ok": false, "error": error.message()}),
    }
}

fn info(number: &str) -> Value {
    match phone_number::info(number) {
        Ok(known) => json!({
            "ok": true,
            "international": known.international,
            "country_prefix": known.country_code.to_string(),
            "units": known.units,
        }),
        Err(error) => json!({"ok": false, "error": error.message()}),
    }
}

/// The canonical form of any recipient.
pub fn recipient_key(input: &Value) -> Value {
    json!({"key": recipient::key(input["recipient"].as_str().unwrap_or_default())})
}

/// Whether a safelist holds a recipient.
pub fn allowed(input: &Value) -> Value {
    let entries = input["safelist"].as_array().map(Vec::as_slice).unwrap_or_default();
    let list: Safelist = entries.iter().filter_map(Value::as_str).collect();
    json!({"allowed": list.allows_text(input["recipient"].as_str().unwrap_or_default().trim())})
}
