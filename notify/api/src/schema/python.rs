//! Values as the published servers' messages show them, which is as Python writes them
//! (API specification, section 0.6).

use std::fmt::Write;

use serde_json::{Number, Value};

/// The most characters of a value that a message repeats.
const SHOWN: usize = 4096;

/// The value as Python's `repr` writes it; a long one is cut.
pub fn repr(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out, SHOWN);
    if out.len() > SHOWN {
        let end = out.char_indices().nth(SHOWN).map_or(out.len(), |(at, _)| at);
        if end < out.len() {
            out.truncate(end);
            out.push_str("...");
        }
    }
    out
}

/// The number of characters of the value as Python's `str` writes it: a text is itself.
pub fn text_len(value: &Value) -> usize {
    match value {
        Value::String(text) => text.chars().count(),
        other => {
            let mut out = String::new();
            write(other, &mut out, usize::MAX);
            out.chars().count()
        }
    }
}

/// Stops soon after `most` characters: nobody shall make us write a huge list out in vain.
fn write(value: &Value, out: &mut String, most: usize) {
    match value {
        Value::Null => out.push_str("None"),
        Value::Bool(true) => out.push_str("True"),
        Value::Bool(false) => out.push_str("False"),
        Value::Number(number) => number_text(number, out),
        Value::String(text) => quoted(text, out, most),
        Value::Array(members) => {
            out.push('[');
            separated(members.iter(), out, most, |member, out| write(member, out, most));
            out.push(']');
        }
        Value::Object(members) => {
            out.push('{');
            separated(members.iter(), out, most, |(name, value), out| {
                quoted(name, out, most);
                out.push_str(": ");
                write(value, out, most);
            });
            out.push('}');
        }
    }
}

fn separated<T>(
    members: impl Iterator<Item = T>,
    out: &mut String,
    most: usize,
    mut one: impl FnMut(T, &mut String),
) {
    for (nth, member) in members.enumerate() {
        if nth > 0 {
            out.push_str(", ");
        }
        // A character has at most four bytes.
        if out.len() / 4 > most {
            return;
        }
        one(member, out);
    }
}

fn number_text(number: &Number, out: &mut String) {
    match number.as_f64().filter(|_| number.is_f64()) {
        Some(float) => float_text(float, out),
        None => {
            let _ = write!(out, "{number}");
        }
    }
}

/// Python changes to an exponent from 1e16 and below 1e-4, and writes at least two digits of it.
fn float_text(float: f64, out: &mut String) {
    let size = float.abs();
    if size != 0.0 && !(1e-4..1e16).contains(&size) {
        let plain = format!("{float:e}");
        let (digits, exponent) = plain.split_once('e').unwrap_or((&plain, "0"));
        let (sign, exponent) = match exponent.strip_prefix('-') {
            Some(exponent) => ('-', exponent),
            None => ('+', exponent),
        };
        let _ = write!(out, "{digits}e{sign}{exponent:0>2}");
    } else {
        let _ = write!(out, "{float:?}");
    }
}

fn quoted(text: &str, out: &mut String, most: usize) {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    out.push(quote);
    for c in text.chars().take(most.saturating_add(1)) {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\\' => out.push_str("\\\\"),
            '\'' if quote == '\'' => out.push_str("\\'"),
            c if is_printable(c) => out.push(c),
            c => escaped(c, out),
        }
    }
    out.push(quote);
}

fn is_printable(c: char) -> bool {
    c == ' ' || !(c.is_control() || c.is_whitespace() || kernel::email_address::is_invisible(c))
}

fn escaped(c: char, out: &mut String) {
    let _ = match u32::from(c) {
        code @ ..=0xFF => write!(out, "\\x{code:02x}"),
        code @ ..=0xFFFF => write!(out, "\\u{code:04x}"),
        code => write!(out, "\\U{code:08x}"),
    };
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_written_as_python_writes_them() {
        let shown = [
            (json!(null), "None"),
            (json!(true), "True"),
            (json!([1, 2]), "[1, 2]"),
            (json!({"a": [1.0, "x"]}), "{'a': [1.0, 'x']}"),
            (json!("it's"), "\"it's\""),
            (json!("a\n\u{200b}é"), "'a\\n\\u200bé'"),
            (json!(1e16), "1e+16"),
            (json!(0.00001), "1e-05"),
            (json!(0.0001), "0.0001"),
            (json!(-0.0), "-0.0"),
        ];
        for (value, text) in shown {
            assert_eq!(repr(&value), text);
        }
    }

    #[test]
    fn a_value_without_end_is_not_repeated_whole() {
        assert_eq!(repr(&json!("a".repeat(100_000))).chars().count(), SHOWN + 3);
        assert_eq!(repr(&json!("a".repeat(SHOWN - 2))).chars().count(), SHOWN);
    }
}
