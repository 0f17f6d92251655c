//! Asks before a change that makes programs and spreadsheets supply values they do not supply yet.

use accounts::{OnTeam, gate::ManageTemplates};
use askama::Template;
use axum::response::{IntoResponse, Response};
use notify::{
    Channel,
    placeholder::{self, Difference},
};
use notify_store::template::Current;
use ui::{BackLink, Button, ButtonKind, Cell, Shell, Table};
use web::{PageError, Reader, page};

use super::{
    edit::{What, action},
    form::TemplateForm,
};
use crate::{app::App, frame, words::Texts};

/// The names that come and go, and all that the new text has.
pub struct Breaking {
    difference: Difference,
    names: Vec<String>,
}

#[derive(Template)]
#[template(path = "template/confirm.html")]
struct ConfirmChange {
    shell: Shell,
    t: Texts,
    back: String,
    action: String,
    again: String,
    added: Vec<String>,
    removed: Vec<String>,
    columns: Table,
    form: TemplateForm,
}

/// What a change breaks: only a new name does, one that is gone is simply not asked for any more.
pub fn needed(current: &Current, channel: Channel, typed: &TemplateForm) -> Option<Breaking> {
    let before = current.head.read(&current.text);
    let after = typed.read(channel);
    let sources = [[before.subject(), before.body()], [after.subject(), after.body()]];
    let difference = placeholder::compare(&sources[0], &sources[1]);
    let names = after.placeholders().into_iter().map(|(name, _)| name.to_owned()).collect();
    (!difference.added.is_empty()).then_some(Breaking { difference, names })
}

/// The page that says so.
pub fn ask(
    app: &App,
    team: &OnTeam<ManageTemplates>,
    reader: &Reader,
    (what, breaking): (What, Breaking),
    form: TemplateForm,
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let here = frame::at(team.id(), &action(what));
    let recipient = match what.0 {
        Channel::Email => t.confirm_column_email(),
        Channel::Sms => t.confirm_column_text(),
    };
    let example = match what.0 {
        Channel::Email => "name@example.gc.ca",
        Channel::Sms => "613 555 0123",
    };
    let values = breaking.names.iter().map(|name| Cell::Text(t.confirm_value(name)));
    let row = std::iter::once(Cell::Text(example.to_owned())).chain(values).collect();
    let page = ConfirmChange {
        shell: app.service_page(reader, team, t.confirm_title()),
        t,
        action: format!("{here}/edit"),
        again: format!("{here}/preview"),
        back: here,
        columns: Table {
            caption: t.confirm_columns(),
            head: std::iter::once(recipient).chain(breaking.names).collect(),
            rows: vec![row],
            ..Table::default()
        },
        added: breaking.difference.added,
        removed: breaking.difference.removed,
        form,
    };
    Ok(page::show(&page)?.into_response())
}
