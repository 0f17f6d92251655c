//! The values for placeholders as a request gives them: their sizes, and files among them
//! (API specification, sections 2.4, 3.9 and 3.10).

use notify::placeholder::Personalisation;
use serde_json::{Map, Value};

use crate::{
    error::Refusal,
    schema::{self, Fields, python},
};

/// The most characters of all values together.
const VALUES: usize = 51_200;
/// The most files, and the most bytes of each.
const FILES: usize = 10;
const FILE: usize = 10 * 1024 * 1024;
/// How long a file's name may be.
const FILE_NAME: std::ops::RangeInclusive<usize> = 3..=255;

/// The values of a request.
#[derive(Clone, Debug, Default)]
pub struct Values {
    /// As they came, for keeping.
    pub given: Map<String, Value>,
    /// Read for filling.
    pub read: Personalisation,
    /// Whether there are files among them.
    pub has_files: bool,
}

/// Reads the member `personalisation`; problems are noted in `fields`.
pub fn read(fields: &mut Fields) -> Values {
    let given = fields.object_or_null("personalisation");
    let files: Vec<(&String, &Map<String, Value>)> =
        given.iter().filter_map(|(key, value)| Some((key, value.as_object()?))).collect();
    check_size(fields, &given);
    if files.len() > FILES {
        fields.refuse(Refusal::TooManyFiles { count: files.len() });
    }
    for (key, file) in &files {
        check_file(fields, key, file);
    }
    if !files.is_empty() {
        return Values { has_files: true, ..Values::default() };
    }
    match Personalisation::from_json(&given) {
        Ok(read) => Values { given, read, has_files: false },
        Err(entry) => {
            let value = given.get(&entry.0).unwrap_or(&Value::Null);
            let expected = "string, number, boolean, array";
            fields.refuse(schema::wrong_type("personalisation", value, expected));
            Values::default()
        }
    }
}

/// Characters are counted, although the message speaks of bytes.
fn check_size(fields: &mut Fields, given: &Map<String, Value>) {
    let size = given.values().filter(|value| !value.is_object()).map(python::text_len).sum();
    if size > VALUES {
        fields.refuse(Refusal::ValuesTooLarge { size, limit: VALUES });
    }
}

fn check_file(fields: &mut Fields, key: &str, file: &Map<String, Value>) {
    let at = || "personalisation".into();
    let Some(content) = file.get("file") else {
        fields.refuse(Refusal::Required { at: at(), field: "file".into() });
        return;
    };
    check_file_name(fields, file);
    let Some(content) = content.as_str() else {
        fields.refuse(schema::wrong_type("personalisation", content, "string"));
        return;
    };
    match decoded_size(content) {
        Err(why) => fields.refuse(Refusal::NotBase64 { key: key.to_owned(), why }),
        Ok(size) if size > FILE => {
            let name = file.get("filename").and_then(Value::as_str).unwrap_or(key).to_owned();
            fields.refuse(Refusal::FileTooLarge { key: key.to_owned(), name, size, limit: FILE });
        }
        Ok(_) => {}
    }
}

/// A file without a sending method is linked, because that is what the published clients mean.
fn check_file_name(fields: &mut Fields, file: &Map<String, Value>) {
    let at = || "personalisation".into();
    let method = file.get("sending_method").unwrap_or(&Value::Null);
    let attached = method == "attach";
    if !attached && !method.is_null() && method != "link" {
        let allowed = "attach, link".to_owned();
        fields.refuse(Refusal::NotOneOf { at: at(), value: python::repr(method), allowed });
    }
    match file.get("filename").unwrap_or(&Value::Null) {
        Value::Null if attached => {
            fields.refuse(Refusal::Required { at: at(), field: "filename".into() });
        }
        Value::Null => {}
        Value::String(name) => {
            let (length, value) = (name.chars().count(), || python::repr(&name.as_str().into()));
            if length < *FILE_NAME.start() {
                fields.refuse(Refusal::TooShort { at: at(), value: value() });
            } else if length > *FILE_NAME.end() {
                fields.refuse(Refusal::TooLong { at: at(), value: value() });
            }
        }
        other => fields.refuse(schema::wrong_type("personalisation", other, "string")),
    }
}

/// How many bytes the base64 text stands for. What is no letter of base64 is skipped, as Python does.
fn decoded_size(text: &str) -> Result<usize, &'static str> {
    if !text.is_ascii() {
        return Err("string argument should contain only ASCII characters");
    }
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let letters = text.bytes().filter(|byte| is_letter(byte)).count();
    let padding = text.bytes().filter(|byte| *byte == b'=').count();
    match letters % 4 {
        0 => Ok(letters / 4 * 3),
        1 => Err("Incorrect padding"),
        rest if padding >= 4 - rest => Ok(letters / 4 * 3 + rest - 1),
        _ => Err("Incorrect padding"),
    }
}

#[cfg(test)]
mod tests {
    use super::decoded_size;

    #[test]
    fn base64_is_measured_without_being_decoded() {
        assert_eq!(decoded_size("aGVsbG8="), Ok(5));
        assert_eq!(decoded_size("aGVs\nbG8="), Ok(5));
        assert_eq!(decoded_size("aGVsbG8h"), Ok(6));
        assert_eq!(decoded_size(""), Ok(0));
        assert_eq!(decoded_size("a"), Err("Incorrect padding"));
        assert_eq!(decoded_size("aGVsbG8"), Err("Incorrect padding"));
        assert!(decoded_size("é").is_err());
    }
}
