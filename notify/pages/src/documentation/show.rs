//! The page itself.

use askama::Template;
use axum::{extract::State, response::Html};
use ui::{Cell, Shell, Table};
use web::{PageError, Reader, page};

use super::{
    Documentation,
    book::{Body, Book, Operation, Parameter},
};
use crate::words::Texts;

#[derive(Template)]
#[template(path = "documentation/page.html")]
struct Page<'a> {
    shell: Shell,
    t: Texts,
    book: &'a Book,
    origin: &'a str,
}

/// `GET /documentation`
pub async fn show(
    State(documentation): State<Documentation>,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    page::show(&Page {
        shell: documentation.frame.shell(&reader, t.documentation_title()),
        book: documentation.book(reader.language),
        origin: &documentation.public_url,
        t,
    })
}

impl Page<'_> {
    fn parameters(&self, operation: &Operation) -> Table {
        let t = self.t;
        Table {
            caption: t.documentation_parameters_of(operation.name()),
            head: vec![
                t.documentation_name(),
                t.documentation_place(),
                t.documentation_kind(),
                t.documentation_required(),
                t.documentation_meaning(),
            ],
            rows: operation.parameters.iter().map(|parameter| self.parameter(parameter)).collect(),
            ..Table::default()
        }
    }

    fn parameter(&self, parameter: &Parameter) -> Vec<Cell> {
        let place = match parameter.place.as_str() {
            "path" => self.t.documentation_in_path(),
            "query" => self.t.documentation_in_query(),
            "header" => self.t.documentation_in_header(),
            other => other.to_owned(),
        };
        vec![
            Cell::Code(parameter.name.clone()),
            Cell::Text(place),
            Cell::Code(parameter.kind.clone()),
            self.yes_or_no(parameter.required),
            Cell::of(&parameter.description),
        ]
    }

    /// The table of a body's fields; `title` makes its caption unique on the page.
    fn fields(&self, body: &Body, title: &str) -> Table {
        let t = self.t;
        let rows = body.fields.iter().map(|(field, meaning)| {
            vec![
                Cell::Code(field.path.clone()),
                Cell::Code(field.kind.clone()),
                self.yes_or_no(field.required),
                Cell::of(meaning),
            ]
        });
        Table {
            caption: title.to_owned(),
            head: vec![
                t.documentation_name(),
                t.documentation_kind(),
                t.documentation_required(),
                t.documentation_meaning(),
            ],
            rows: rows.collect(),
            ..Table::default()
        }
    }

    fn yes_or_no(&self, yes: bool) -> Cell {
        Cell::Text(if yes { self.t.documentation_yes() } else { self.t.documentation_no() })
    }

    /// A command to paste: variable parts of the path stay in braces, the key is a variable of the shell.
    fn command(&self, operation: &Operation) -> String {
        let mut command = format!(
            "curl --request {} '{}{}' \\\n  --header \"Authorization: ApiKey-v1 $API_KEY\"",
            operation.method, self.origin, operation.path
        );
        if let Some(body) = &operation.body {
            let quoted = body.line.replace('\'', r"'\''");
            command.push_str(" \\\n  --header 'Content-Type: application/json' \\\n");
            command.push_str(&format!("  --data '{quoted}'"));
        }
        command
    }
}
