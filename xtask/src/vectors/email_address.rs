//! Suite `email_address`: addresses, and recipients compared with one another.

use kernel::EmailAddress;
use serde_json::{Value, json};

use super::phone::{allowed, recipient_key};

/// What the product gives for an input of this suite, in the shape of the vectors.
pub fn actual(input: &Value) -> Value {
    match input["op"].as_str() {
        Some("email") => match EmailAddress::parse(input["address"].as_str().unwrap_or_default()) {
            Ok(address) => {
                json!({"ok": true, "validated": address.as_written(), "formatted": address.normalised()})
            }
            Err(error) => json!({"ok": false, "error": error.message()}),
        },
        Some("recipient_key") => recipient_key(input),
        Some("allowed") => allowed(input),
        _ => Value::Null,
    }
}
