//! Lists that arrive as JSON arrays become the same text as those that arrive as a file.

use serde_json::Value as Json;

use crate::placeholder::Value;

/// A member of `rows` that is no array.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Error converting to CSV: iterable expected, not {0}")]
pub struct NotRows(&'static str);

/// The rows as comma-separated text: `null` is an empty cell, numbers and booleans are written as in a message.
///
/// # Errors
/// The kind of the first row that is no array, in the words of the published API.
pub fn csv_of_rows(rows: &[Json]) -> Result<String, NotRows> {
    let mut text = String::new();
    for row in rows {
        let Json::Array(cells) = row else { return Err(NotRows(kind(row))) };
        for (place, cell) in cells.iter().enumerate() {
            if place > 0 {
                text.push(',');
            }
            write_cell(cell, &mut text);
        }
        text.push_str("\r\n");
    }
    Ok(text)
}

fn write_cell(cell: &Json, text: &mut String) {
    let written = match Value::from_json(cell) {
        Ok(None) => return,
        Ok(Some(Value::List(_))) | Err(_) => cell.to_string(),
        Ok(Some(value)) => value.to_string(),
    };
    if written.contains([',', '"', '\r', '\n']) || written.starts_with(' ') {
        text.push('"');
        text.push_str(&written.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(&written);
    }
}

fn kind(row: &Json) -> &'static str {
    match row {
        Json::Null => "NoneType",
        Json::Bool(_) => "bool",
        Json::Number(number) if number.is_f64() => "float",
        Json::Number(_) => "int",
        Json::String(_) => "str",
        Json::Array(_) => "list",
        Json::Object(_) => "dict",
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects")]

    use proptest::prelude::*;
    use serde_json::json;

    use super::csv_of_rows;
    use crate::sheet::Sheet;

    #[test]
    fn rows_become_text_and_anything_else_is_refused_in_known_words() {
        let rows = [
            json!(["email address", "name"]),
            json!(["rosa@exemple.ca", "Lim, \"Rosa\""]),
            json!([null, 7, true]),
        ];
        assert_eq!(
            csv_of_rows(&rows).unwrap(),
            "email address,name\r\nrosa@exemple.ca,\"Lim, \"\"Rosa\"\"\"\r\n,7,true\r\n"
        );
        let refused = csv_of_rows(&[json!(["a"]), json!(1)]).unwrap_err();
        assert_eq!(refused.to_string(), "Error converting to CSV: iterable expected, not int");
    }

    proptest! {
        #[test]
        fn rows_and_text_say_the_same(cells in proptest::collection::vec("x[a-c,\"\r\né]{0,5}y", 1..5)) {
            let text = csv_of_rows(&[json!(vec!["h"; cells.len()]), json!(cells)]).unwrap();
            let sheet = Sheet::read(&text);
            let row = sheet.rows().next().unwrap();
            let value = row.cell(0).value().unwrap();
            prop_assert_eq!(value.to_string(), cells.join(", "));
        }
    }
}
