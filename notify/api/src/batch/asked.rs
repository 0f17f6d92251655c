//! What a request to send in bulk asks for (API specification, section 2.6).

use kernel::Time;
use notify_store::TemplateId;
use serde_json::Value;
use uuid::Uuid;

use crate::{
    error::{ApiError, Refusal},
    notification::parse_schedule,
    schema::{Fields, python, wrong_type},
};

const KNOWN: &[&str] =
    &["template_id", "name", "rows", "csv", "scheduled_for", "reply_to_id", "reference"];

/// The longest reference and the longest name, in characters.
const TEXT: usize = 1_000;

/// A readable request.
#[derive(Debug)]
pub struct Asked {
    /// The template.
    pub template: TemplateId,
    /// The name to show.
    pub name: String,
    /// The rows.
    pub rows: Rows,
    /// When it may start.
    pub scheduled_for: Option<Time>,
    /// The reply address or sender.
    pub sender: Option<Uuid>,
    /// The caller's own reference.
    pub reference: Option<String>,
}

/// The rows, headings first.
#[derive(Debug)]
pub enum Rows {
    /// As JSON lists.
    Lists(Vec<Value>),
    /// As the text of a CSV file.
    Csv(String),
}

/// Reads a request; `most` rows are allowed, headings not counted.
///
/// # Errors
/// All problems of the schema as one answer; then that there are neither rows nor CSV, or both.
pub fn read(body: Value, most: usize, now: Time) -> Result<Asked, ApiError> {
    let mut fields = Fields::of(body, KNOWN)?;
    let template = fields.required_uuid("template_id").map(TemplateId::from_uuid);
    let name = fields.required_string("name");
    let name = name.and_then(|name| fields.at_most("name", name, TEXT));
    let rows = rows(&mut fields, most);
    let csv = fields.string("csv", usize::MAX);
    let scheduled_for = fields.string_or_null("scheduled_for");
    let scheduled_for = scheduled_for.and_then(|text| fields.check(parse_schedule(&text, now)));
    let sender = fields.uuid_or_null("reply_to_id");
    let reference = fields.string("reference", TEXT);
    let (template, name) = fields.finish(template.zip(name))?;
    let csv = csv.filter(|csv| !csv.is_empty());
    let rows = match (rows, csv) {
        (Some(rows), None) => Rows::Lists(rows),
        (None, Some(csv)) => Rows::Csv(csv),
        _ => return Err(Refusal::RowsOrCsv.into()),
    };
    Ok(Asked { template, name, rows, scheduled_for, sender, reference })
}

/// Headings and at least one row; the headings are not counted among the most.
fn rows(fields: &mut Fields, most: usize) -> Option<Vec<Value>> {
    let at = || "rows".into();
    match fields.take("rows")? {
        Value::Array(rows) if rows.len() < 2 => {
            let value = python::repr(&Value::Array(rows));
            fields.refuse(Refusal::TooShort { at: at(), value });
            None
        }
        Value::Array(rows) if rows.len() > most + 1 => {
            let value = python::repr(&Value::Array(rows));
            fields.refuse(Refusal::TooLong { at: at(), value });
            None
        }
        Value::Array(rows) => Some(rows),
        other => {
            fields.refuse(wrong_type("rows", &other, "array"));
            None
        }
    }
}
