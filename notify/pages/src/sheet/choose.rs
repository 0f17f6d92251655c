//! Choosing the file: what it must look like, and what was wrong with one that cannot be read.

use accounts::{OnTeam, gate::SendMessages};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::Language;
use notify::Channel;
use notify_store::{
    TemplateId,
    dispatch::{Barred, Ready},
};
use serde::Deserialize;
use ui::{
    BackLink, Button, ButtonKind, ButtonLink, ErrorSummary, Errors, FileInput, Inset, Shell, Table,
    Tabs,
};
use web::{At, PageError, Reader, Upload, page};

use super::{example::Example, problem};
use crate::{
    app::App,
    frame,
    send::{Way, ways},
    words::Texts,
};

/// The most bytes of a form with a list: the largest list, and room to say at the field that one is too large.
const LARGEST: usize = 24 << 20;
/// The longest name of a file that is kept.
const LONGEST_NAME: usize = 255;

/// Which template of the service.
#[derive(Clone, Copy, Deserialize)]
pub(super) struct Which {
    template: TemplateId,
}

#[derive(Template)]
#[template(path = "sheet/upload.html")]
struct UploadList {
    shell: Shell,
    t: Texts,
    errors: Errors,
    back: String,
    ways: Tabs,
    action: String,
    example: Table,
    download: String,
    file: FileInput,
    notice: Option<String>,
    most: String,
}

/// `GET …/send/list`
pub(super) async fn show(
    State(app): State<App>,
    team: OnTeam<SendMessages>,
    At(which): At<Which>,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    page::show(&draw(&app, &team, (which.template, &reader), Errors::default()).await?)
}

/// `POST …/send/list`: keeps a list that can be read, whatever is wrong in it, and shows what is.
pub(super) async fn save(
    State(app): State<App>,
    team: OnTeam<SendMessages>,
    At(which): At<Which>,
    reader: Reader,
    upload: Upload<LARGEST>,
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let at = (which.template, &reader);
    let Some(file) = upload.file else {
        return refuse(&app, &team, at, Errors::one("file", t.sheet_no_file())).await;
    };
    let who = (team.id(), team.who.person.id);
    let name = named(&file.name);
    match app.dispatch.keep_upload(who, which.template, &name, file.content).await {
        Ok(kept) => {
            let list = super::list(team.id(), which.template, kept.id);
            Ok(Redirect::to(&list).into_response())
        }
        Err(why) => refuse(&app, &team, at, problem::unread(t, why)?).await,
    }
}

/// A file's name as it can stand on a page; the end, which says what kind of file it is, stays.
fn named(name: &str) -> String {
    let clean: Vec<char> = name.chars().filter(|c| !c.is_control()).collect();
    clean[clean.len().saturating_sub(LONGEST_NAME)..].iter().collect()
}

async fn refuse(
    app: &App,
    team: &OnTeam<SendMessages>,
    at: (TemplateId, &Reader),
    errors: Errors,
) -> Result<Response, PageError> {
    let page = draw(app, team, at, errors).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&page)?).into_response())
}

async fn draw(
    app: &App,
    team: &OnTeam<SendMessages>,
    (template, reader): (TemplateId, &Reader),
    errors: Errors,
) -> Result<UploadList, PageError> {
    let t = Texts(reader.language);
    let db = app.accounts.db.read();
    let current = notify_store::template::current(db, team.id(), template).await?;
    let current = current.filter(|one| one.head.archived_at.is_none()).ok_or(PageError::Missing)?;
    let read = current.head.read(&current.text);
    let ready = app.dispatch.ready(team.id(), template, None).await?;
    let send = super::send(team.id(), template);
    let shell = app.service_page(reader, team, t.sheet_title(&current.head.name));
    let most = u64::try_from(app.dispatch.settings.most_rows).unwrap_or(u64::MAX);
    Ok(UploadList {
        shell: if errors.is_empty() { shell } else { shell.failed() },
        back: frame::at(team.id(), &format!("/templates/{template}")),
        ways: ways(t, &send, Way::Many),
        action: format!("{send}/list"),
        example: Example::of(t, &read, &team.who.person).table(t),
        download: format!("{send}/example"),
        file: field(t, errors.of("file")),
        notice: notice(t, ready.as_ref()),
        most: text::number(t.0, most),
        t,
        errors,
    })
}

/// The field for the file, here and where a list is checked.
pub(super) fn field(t: Texts, error: Option<String>) -> FileInput {
    FileInput {
        name: "file".to_owned(),
        label: t.sheet_file(),
        hint: Some(t.sheet_file_hint()),
        error,
        accept: ".csv,.tsv,.xlsx,.xlsm,.ods,text/csv",
        ..FileInput::default()
    }
}

/// What stands in the way before any list is seen, so that nobody prepares one in vain.
fn notice(t: Texts, ready: Result<&Ready, &Barred>) -> Option<String> {
    match ready {
        Ok(ready) if ready.quota.annual_left == 0 => Some(t.send_limit_year()),
        Ok(ready) if ready.quota.daily_left == 0 => Some(t.send_limit_day()),
        Ok(ready) if ready.service.trial => Some(match ready.channel() {
            Channel::Email => t.sheet_trial_emails(text::number(t.0, left(ready))),
            Channel::Sms => t.sheet_trial_parts(text::number(t.0, left(ready))),
        }),
        Ok(_) => None,
        Err(Barred::Suspended) => Some(t.template_suspended()),
        Err(_) => Some(t.send_channel_off()),
    }
}

fn left(ready: &Ready) -> u64 {
    u64::try_from(ready.quota.daily_left).unwrap_or(0)
}

impl UploadList {
    fn language(&self) -> Language {
        self.shell.language
    }
}
