//! The list of errors for readers, made from the table that the server itself works by.

use std::fmt::Write;

use super::TABLE;

/// The text of `docs/errors.md`.
pub fn document() -> String {
    let mut out = String::from(
        "# Errors of the API\n\n\
         Generated from `notify/api/src/error/refusal.rs`; a test keeps it fresh.\n\n\
         Every error has a `code` that never changes, a type (`error`) and a sentence (`message`). Programs should\n\
         decide by `code`, or by the status. Where several types are named, the channel, the state of the service and\n\
         the dialect decide.\n\n\
         | Code | Status | Type | When |\n|---|---|---|---|\n",
    );
    for row in TABLE {
        let errors: Vec<_> = row.errors.iter().map(|error| format!("`{error}`")).collect();
        let when = row.when.trim();
        let _ =
            writeln!(out, "| `{}` | {} | {} | {when} |", row.code, row.status, errors.join(", "));
    }
    out
}
