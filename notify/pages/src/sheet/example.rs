//! What a spreadsheet for a template has to look like, as a table on the page and as a file to begin with.

use accounts::{OnTeam, gate::PrepareSheet, person};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use kernel::Language;
use notify::{
    Channel,
    placeholder::key,
    sheet::{recipient_headings, write_line},
};
use notify_store::{TemplateId, template};
use serde::Deserialize;
use ui::{Cell, Table};
use web::{At, PageError, Reader};

use crate::{app::App, words::Texts};

/// Which template of the service.
#[derive(Clone, Copy, Deserialize)]
pub(super) struct Which {
    template: TemplateId,
}

/// Headings, and under each what a first row holds.
pub(super) struct Example(Vec<(String, String)>);

impl Example {
    /// The columns for a template, the recipients' first; its row goes to `person`.
    pub fn of(t: Texts, template: &notify::template::Template, person: &person::Model) -> Self {
        let channel = template.channel();
        let headings = recipient_headings(channel);
        let [english, french] = headings;
        let heading = if t.0 == Language::French { french } else { english };
        let own = match channel {
            Channel::Email => person.email_address.clone(),
            // A spreadsheet takes what begins with a plus for a formula.
            Channel::Sms => person.mobile_number.as_deref().map_or_else(
                || "613 555 0142".to_owned(),
                |number| number.trim_start_matches('+').to_owned(),
            ),
        };
        let recipients = headings.map(key);
        let values = template.placeholders().into_iter();
        let values = values.filter(|(name, _)| !recipients.contains(&key(name))).map(
            |(name, conditional)| {
                let value = if conditional { t.yes().to_lowercase() } else { t.sheet_value(name) };
                (name.to_owned(), value)
            },
        );
        Self(std::iter::once((heading.to_owned(), own)).chain(values).collect())
    }

    /// The table of the upload page.
    pub fn table(&self, t: Texts) -> Table {
        Table {
            caption: t.sheet_example(),
            head: self.0.iter().map(|(heading, _)| heading.clone()).collect(),
            rows: vec![self.0.iter().map(|(_, value)| Cell::Text(value.clone())).collect()],
            ..Table::default()
        }
    }

    /// A file to begin with.
    fn csv(&self) -> String {
        // A spreadsheet program takes the text for UTF-8 only with a byte order mark.
        let mut out = String::from("\u{FEFF}");
        write_line(self.0.iter().map(|(heading, _)| heading), &mut out);
        write_line(self.0.iter().map(|(_, value)| value), &mut out);
        out
    }
}

/// `GET …/send/example`: the example as a file, its first heading in the reader's language.
pub(super) async fn download(
    State(app): State<App>,
    team: OnTeam<PrepareSheet>,
    At(which): At<Which>,
    reader: Reader,
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let current = template::current(app.accounts.db.read(), team.id(), which.template).await?;
    let current = current.filter(|one| one.head.archived_at.is_none()).ok_or(PageError::Missing)?;
    let read = current.head.read(&current.text);
    let example = Example::of(t, &read, &team.who.person);
    Ok(csv_file(&t.sheet_example_file(), example.csv()))
}

/// A file of comma-separated values for the reader to keep; the name is plain ASCII.
pub(super) fn csv_file(name: &str, text: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")),
    ];
    (headers, text).into_response()
}
