//! One row of a list as its recipient will get it.

use accounts::{OnTeam, gate::SendMessages};
use askama::Template;
use axum::{
    extract::State,
    response::{Html, IntoResponse, Response},
};
use kernel::Language;
use notify::{Channel, email, placeholder::Personalisation, preview, sms};
use notify_store::{
    TemplateId, UploadId,
    dispatch::{Check, NotChecked, RowAsSent},
    reply_to, setting,
};
use serde::Deserialize;
use ui::{BackLink, Bubble, Cell, EmailFrame, Rendered, Shell, SummaryList, SummaryRow};
use web::{At, PageError, Reader, page};

use super::problem;
use crate::{app::App, letter, words::Texts};

/// Which row of which upload.
#[derive(Clone, Copy, Deserialize)]
pub(super) struct Which {
    template: TemplateId,
    upload: UploadId,
    row: usize,
}

/// A message as it will arrive.
pub(super) struct Shown {
    pub message: Rendered,
}

#[derive(Template)]
#[template(path = "sheet/row.html")]
struct ShowRow {
    shell: Shell,
    t: Texts,
    back: String,
    message: Rendered,
    values: SummaryList,
    before: Option<String>,
    after: Option<String>,
}

impl Which {
    async fn found(
        self,
        app: &App,
        team: &OnTeam<SendMessages>,
        language: Language,
    ) -> Result<RowAsSent, PageError> {
        match app.dispatch.row(team.id(), self.upload, self.row, language).await {
            Ok(row) => {
                let own = row.filter(|row| row.upload.template_id == self.template);
                own.ok_or(PageError::Missing)
            }
            Err(NotChecked::Gone | NotChecked::Barred(_)) => Err(PageError::Missing),
            Err(other) => Err(other.into()),
        }
    }
}

/// `GET …/list/{upload}/rows/{row}`, with the rows before and after it.
pub(super) async fn show(
    State(app): State<App>,
    team: OnTeam<SendMessages>,
    At(which): At<Which>,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let row = which.found(&app, &team, reader.language).await?;
    let list = super::list(team.id(), row.upload.template_id, row.upload.id);
    let at = |index: usize| format!("{list}/rows/{index}");
    let rows = usize::try_from(row.upload.row_count).unwrap_or(0);
    page::show(&ShowRow {
        shell: app.service_page(&reader, &team, t.sheet_row_title(row.row.number)),
        message: message(&app, &team, t, &row).await?,
        values: values(t, &row),
        before: which.row.checked_sub(1).map(at),
        after: (which.row + 1 < rows).then(|| at(which.row + 1)),
        back: list,
        t,
    })
}

/// The message of the first row, for the page of the whole list.
pub(super) async fn first(
    app: &App,
    team: &OnTeam<SendMessages>,
    t: Texts,
    check: &Check,
) -> Result<Option<Shown>, PageError> {
    let row = app.dispatch.row(team.id(), check.upload.id, 0, t.0).await?;
    Ok(match row {
        Some(row) => Some(Shown { message: message(app, team, t, &row).await? }),
        None => None,
    })
}

async fn message(
    app: &App,
    team: &OnTeam<SendMessages>,
    t: Texts,
    row: &RowAsSent,
) -> Result<Rendered, PageError> {
    let languages = row.template.languages();
    let to = row.row.recipient.clone().unwrap_or_default();
    if row.template.channel() == Channel::Sms {
        let (body, prefix) = (row.template.body(), row.prefix.as_deref());
        let words = languages.of_words();
        let html = sms::preview_html(body, &row.values, prefix, words);
        let note = t.sheet_text_note(row.row.parts, to);
        let body = Some(letter::marked(html));
        return Ok(Rendered::of(&Bubble { body, note, ..Bubble::default() }));
    }
    let db = app.accounts.db.read();
    let setting = setting::get(db, team.id()).await?;
    let reply_to = reply_to::default(db, team.id()).await?;
    let list = super::list(team.id(), row.upload.template_id, row.upload.id);
    let subject = preview::subject(&row.template, &row.values, preview::Show::Names);
    Ok(Rendered::of(&EmailFrame {
        language: t.0,
        from: app.sender_line(&team.service, &setting),
        reply_to: reply_to.map(|row| row.email_address).unwrap_or_default(),
        to,
        subject: letter::marked(subject),
        src: format!("{list}/rows/{}/look", row.row.index),
        lang: foreign(t.0, languages),
    }))
}

/// The language of the words, when it is another than the reader's.
fn foreign(reader: Language, languages: notify::template::Languages) -> Option<Language> {
    match languages {
        notify::template::Languages::One(language) if language != reader => Some(language),
        _ => None,
    }
}

/// What stands in the row's cells, and what is wrong there.
fn values(t: Texts, row: &RowAsSent) -> SummaryList {
    let used = row.columns.iter().zip(&row.row.cells).filter(|(column, _)| column.is_used);
    used.map(|(column, cell)| {
        let said = cell.texts.join(", ");
        let said = match cell.fault {
            Some(fault) if said.is_empty() => problem::fault(t, fault),
            Some(fault) => format!("{said} – {}", problem::fault(t, fault)),
            None => said,
        };
        SummaryRow::new(column.heading.clone(), Cell::Text(said))
    })
    .collect()
}

/// `GET …/rows/{row}/look`: the e-mail's own document; where values are missing, its words with marks in the gaps.
pub(super) async fn look(
    State(app): State<App>,
    team: OnTeam<SendMessages>,
    At(which): At<Which>,
    reader: Reader,
) -> Result<Response, PageError> {
    let row = which.found(&app, &team, reader.language).await?;
    if row.template.channel() != Channel::Email {
        return Err(PageError::Missing);
    }
    match email::render(&row.template, &row.values, &email::Look::default()) {
        Ok(mail) => Ok(letter::document(mail.html).into_response()),
        Err(_) => Ok(gaps(&row.template, &row.values)),
    }
}

fn gaps(template: &notify::template::Template, values: &Personalisation) -> Response {
    let body = preview::body(template, values, preview::Show::Names);
    letter::framed(template, &body).into_response()
}

impl ShowRow {
    fn language(&self) -> Language {
        self.shell.language
    }
}
