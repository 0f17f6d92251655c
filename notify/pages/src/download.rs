//! Tables to take away: comma-separated values that a spreadsheet opens with its accents and never runs.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use notify::sheet::write_line;
use web::PageError;

/// What tells spreadsheets that the file is UTF-8.
const MARK: char = '\u{feff}';

/// A file called `name`, with a line of headings and the rows under it. Each is quoted, and none becomes a formula.
///
/// # Errors
/// When the name cannot stand in a header.
pub fn csv(name: &str, head: &[String], rows: &[Vec<String>]) -> Result<Response, PageError> {
    let mut body = String::from(MARK);
    write_line(head, &mut body);
    for row in rows {
        write_line(row, &mut body);
    }
    let name = HeaderValue::try_from(format!("attachment; filename=\"{name}.csv\""))?;
    let kind = const { HeaderValue::from_static("text/csv; charset=utf-8") };
    let headers = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, body).into_response())
}
