//! Suite `csv`: recipient lists, checked row by row.

use kernel::Language;
use notify::dialect::Dialect;
use notify::placeholder::Source;
use notify::recipient::Audience;
use notify::sheet::{Cell, CheckedRow, Checking, MAX_ROWS, Report, Rules, Sheet, Template};
use serde_json::{Map, Value, json};

/// What the product gives for an input of this suite, in the shape of the vectors.
pub fn actual(input: &Value) -> Value {
    let body = Source::parse(text(input, "content"));
    let subject = Source::parse(text(input, "subject"));
    let audience = audience(&input["safelist"]);
    let template = match input["template_type"].as_str() {
        Some("sms") => Template::Sms { body: &body, service: input["prefix"].as_str() },
        _ => Template::Email { subject: &subject, body: &body },
    };
    let rules = Rules {
        template,
        language: if input["user_language"] == "fr" { Language::French } else { Language::English },
        dialect: Dialect::Gc,
        international: input["international_sms"] != false,
        max_rows: count(&input["max_rows"]).unwrap_or(MAX_ROWS),
        audience: &audience,
        annual_left: None,
        daily_left: count(&input["remaining_messages"]),
    };
    let sheet = Sheet::read(text(input, "csv"));
    let mut checking = sheet.check(&rules);
    let mut rows = Vec::new();
    let mut too_long = Vec::new();
    while let Some(row) = checking.next() {
        if combined_too_long(&row, &rules) {
            too_long.push(row.index);
        }
        rows.push(row_of(&row, &sheet, &checking));
    }
    let has_recipient_columns = checking.has_recipient_column();
    let report = checking.report();
    rows.resize(report.rows, Value::Null);
    summary(&report, &sheet, has_recipient_columns, &rows, &too_long)
}

fn summary(
    report: &Report,
    sheet: &Sheet<'_>,
    has: bool,
    rows: &[Value],
    too_long: &[usize],
) -> Value {
    json!({
        "column_headers": sheet.headings(),
        "missing_column_headers": report.missing_columns,
        "duplicate_recipient_column_headers": report.duplicate_recipient_columns,
        "has_recipient_columns": has,
        "row_count": report.rows,
        "too_many_rows": report.too_many_rows,
        "more_rows_than_can_send": report.over_daily || report.over_annual,
        "allowed_to_send_to": report.not_allowed == 0,
        "has_errors": report.has_errors(),
        "rows": rows,
        "duplicates": {"rows": report.duplicate_rows, "unique": report.duplicated_recipients},
        "combined_too_long_rows": too_long,
        "sms_fragment_count": report.parts,
    })
}

fn row_of(checked: &CheckedRow<'_>, sheet: &Sheet<'_>, checking: &Checking<'_, '_, '_>) -> Value {
    let mut cells = Vec::new();
    let mut personalisation = Map::new();
    for (place, column) in sheet.columns().iter().enumerate() {
        let value = value_of(checked, place, checking);
        if checking.uses(place) {
            personalisation.insert(column.key.clone(), value.clone());
        }
        cells.push(json!({
            "key": column.key,
            "value": value,
            "error": checked.fault(place).map(|fault| fault.message()),
            "ignored": !checking.uses(place),
        }));
    }
    if !checked.row.beyond.is_empty() {
        cells.push(
            json!({"key": null, "value": checked.row.beyond, "error": null, "ignored": true}),
        );
    }
    json!({
        "index": checked.index,
        "recipient": checked.recipient_text,
        "has_error": checked.has_error(),
        "bad_recipient": checked.bad_recipient(),
        "missing_data": checked.missing_data(),
        "message_too_long": checked.message_too_long,
        "cells": cells,
        "personalisation": personalisation,
    })
}

/// The value of a column; repeated recipient columns give the rightmost.
fn value_of(checked: &CheckedRow<'_>, place: usize, checking: &Checking<'_, '_, '_>) -> Value {
    match checked.row.cell(place) {
        Cell::Empty => Value::Null,
        Cell::Text(text) => json!(text),
        Cell::List(members) if checking.is_recipient(place) => json!(members.last()),
        Cell::List(members) => json!(members),
    }
}

/// The published library sums values and template without the prefix; the product has one length (D54), and this is
/// the part of it without the prefix.
fn combined_too_long(checked: &CheckedRow<'_>, rules: &Rules<'_>) -> bool {
    match rules.template {
        Template::Email { .. } => false,
        Template::Sms { body, .. } => {
            let text =
                notify::sms::Text::render(body, &checked.personalisation, None, rules.language);
            text.is_too_long(rules.dialect)
        }
    }
}

/// The published library takes an empty list for no restriction; the product says so aloud (D49).
fn audience(safelist: &Value) -> Audience {
    match safelist.as_array() {
        Some(entries) if !entries.is_empty() => {
            Audience::Only(entries.iter().filter_map(Value::as_str).collect())
        }
        _ => Audience::Anyone,
    }
}

fn count(value: &Value) -> Option<usize> {
    value.as_u64().and_then(|count| usize::try_from(count).ok())
}

fn text<'i>(input: &'i Value, field: &str) -> &'i str {
    input[field].as_str().unwrap_or_default()
}
