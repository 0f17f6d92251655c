//! Templates of requests: text with holes that are escaped for where they stand.

use serde::Deserialize;
use url::form_urlencoded::byte_serialize;
use uuid::Uuid;

use crate::provider::OutgoingText;

/// How a body is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Content {
    /// `application/json`.
    #[default]
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
}

impl Content {
    pub(crate) const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Form => "application/x-www-form-urlencoded",
        }
    }

    fn escape(self, value: &str) -> String {
        match self {
            Self::Json => {
                let literal = serde_json::Value::from(value).to_string();
                literal[1..literal.len() - 1].to_owned()
            }
            Self::Form => byte_serialize(value.as_bytes()).collect(),
        }
    }
}

/// The text that a template is tried out with.
pub(super) struct Sample;

impl Sample {
    pub(super) const fn text() -> OutgoingText {
        OutgoingText { id: Uuid::nil(), from: None, to: String::new(), body: String::new() }
    }
}

/// Fills the holes of `template`. A brace that opens no known hole stays as it is, so JSON needs no
/// escaping; what is filled in is never looked at again.
pub(super) fn fill(template: &str, content: Content, text: &OutgoingText) -> String {
    let mut filled = String::with_capacity(template.len() + text.body.len() * 2);
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        filled.push_str(&rest[..open]);
        let inside = &rest[open + 1..];
        let hole = inside.find('}').and_then(|close| {
            Some((value(&inside[..close], content, text)?, &inside[close + 1..]))
        });
        match hole {
            Some((value, after)) => {
                filled.push_str(&value);
                rest = after;
            }
            None => {
                filled.push('{');
                rest = inside;
            }
        }
    }
    filled.push_str(rest);
    filled
}

fn value(hole: &str, content: Content, text: &OutgoingText) -> Option<String> {
    let (name, whole) = match hole.strip_suffix("_json") {
        Some(name) if content == Content::Json => (name, true),
        _ => (hole, false),
    };
    let id;
    let value = match name {
        "to" => Some(text.to.as_str()),
        "to_digits" => Some(text.to.trim_start_matches('+')),
        "from" => text.from.as_deref(),
        "body" => Some(text.body.as_str()),
        "id" => {
            id = text.id.to_string();
            Some(id.as_str())
        }
        _ => return None,
    };
    Some(match value {
        Some(value) if whole => serde_json::Value::from(value).to_string(),
        None if whole => "null".to_owned(),
        value => content.escape(value.unwrap_or_default()),
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    fn text() -> OutgoingText {
        OutgoingText {
            id: Uuid::from_u128(1),
            from: None,
            to: "+16132532222".to_owned(),
            body: "a \"b\"\\\n{to} & c=d é".to_owned(),
        }
    }

    #[test]
    fn a_value_cannot_leave_its_json_string() {
        let template = r#"{"to":"{to_digits}","text":"{body}","again":{body_json},"from":{from_json},"x":{"y":"{no}"}}"#;
        let filled: serde_json::Value =
            serde_json::from_str(&fill(template, Content::Json, &text())).unwrap();
        assert_eq!(filled["to"], "16132532222");
        assert_eq!(filled["text"], text().body);
        assert_eq!(filled["again"], text().body);
        assert_eq!(filled["from"], serde_json::Value::Null);
        assert_eq!(filled["x"]["y"], "{no}");
    }

    #[test]
    fn a_value_cannot_leave_its_form_field() {
        let filled = fill("To={to}&From={from}&Body={body}&Id={id}", Content::Form, &text());
        let read: Vec<_> = url::form_urlencoded::parse(filled.as_bytes()).into_owned().collect();
        assert_eq!(read[0], ("To".to_owned(), "+16132532222".to_owned()));
        assert_eq!(read[1], ("From".to_owned(), String::new()));
        assert_eq!(read[2], ("Body".to_owned(), text().body));
        assert_eq!(read.len(), 4);
    }
}
