//! One's own reports of the last seven days, and the form that asks for another.

use std::collections::HashMap;

use accounts::{OnTeam, gate::ViewActivity};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use kernel::Language;
use notify::{
    Channel,
    report::{Coverage, State as Stage},
    status::Group,
};
use notify_store::{
    BatchId, ReportId, batch,
    report::{self, Filter, Model},
};
use serde::Deserialize;
use ui::{
    BackLink, Button, Cell, Choice, ErrorSummary, Errors, Link, Live, Pagination, Radios, Rendered,
    Select, Shell, Table, Tag, Tone,
};
use web::{Asked, PageError, Reader, page};

use super::ask::AskForm;
use crate::{app::App, frame, words::Texts};

/// Reports on a page.
const SIZE: u64 = 50;

/// What is asked for in the address, and what was done before.
#[derive(Clone, Default, Deserialize)]
pub(super) struct Asking {
    older_than: Option<ReportId>,
    group: Option<Group>,
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "report/list.html")]
struct OwnReports {
    shell: Shell,
    t: Texts,
    back: String,
    errors: Errors,
    list: Live,
    pages: Pagination,
    action: String,
    channel: Radios,
    group: Select,
}

/// `GET /services/{service}/reports`
pub(super) async fn show(
    State(app): State<App>,
    team: OnTeam<ViewActivity>,
    reader: Reader,
    Asked(asking): Asked<Asking>,
) -> Result<Html<String>, PageError> {
    let group = asking.group.map(|group| group.to_string()).unwrap_or_default();
    let form = AskForm { group, ..AskForm::default() };
    page::show(&draw(&app, &team, (&asking, &reader), (form, Errors::new())).await?)
}

/// The same page with what is wrong with the form.
pub(super) async fn refuse(
    app: &App,
    team: &OnTeam<ViewActivity>,
    reader: &Reader,
    form: (AskForm, Errors),
) -> Result<Response, PageError> {
    let page = draw(app, team, (&Asking::default(), reader), form).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&page)?).into_response())
}

async fn draw(
    app: &App,
    team: &OnTeam<ViewActivity>,
    (asking, reader): (&Asking, &Reader),
    (form, errors): (AskForm, Errors),
) -> Result<OwnReports, PageError> {
    let t = Texts(reader.language);
    let (db, now) = (app.accounts.db.read(), team.who.now);
    let requested_by = Some(team.stamp().actor.to_string());
    let filter = Filter { now, requested_by, older_than: asking.older_than };
    // One more than is shown says whether there is another page.
    let mut rows = report::page(db, team.id(), filter, SIZE + 1).await?;
    let is_more = rows.len() as u64 > SIZE;
    rows.truncate(usize::try_from(SIZE).unwrap_or(usize::MAX));
    let here = frame::at(team.id(), "/reports");
    let older = rows.last().filter(|_| is_more);
    let older = older.map(|last| format!("{here}?older_than={}", last.id));
    let waits = rows.iter().any(|row| matches!(*row.status, Stage::Requested | Stage::Generating));
    let table = table(t, app, team, &rows).await?;
    let shell = app.service_page(reader, team, t.report_title());
    let mut shell = if errors.is_empty() { shell } else { shell.failed() };
    shell.done = (asking.done.as_deref() == Some("asked")).then(|| t.done_report());
    Ok(OwnReports {
        shell,
        back: frame::at(team.id(), "/messages"),
        list: Live {
            id: "reports".to_owned(),
            url: here.clone(),
            every: 3,
            finished: !waits || asking.older_than.is_some(),
            announce: true,
            body: Rendered::of(&table),
            ..Live::default()
        },
        pages: ui::Pagination {
            language: t.0,
            newer: asking.older_than.map(|_| here.clone()),
            older,
        },
        action: here,
        channel: channel(t, &form, &errors),
        group: group(t, &form),
        t,
        errors,
    })
}

fn channel(t: Texts, form: &AskForm, errors: &Errors) -> Radios {
    Radios {
        name: "channel".to_owned(),
        legend: t.report_channel(),
        error: errors.of("channel"),
        choices: vec![
            Choice::new("email", t.emails(), &form.channel),
            Choice::new("sms", t.report_texts(), &form.channel),
        ],
        inline: true,
        ..Radios::default()
    }
}

fn group(t: Texts, form: &AskForm) -> Select {
    let choice = |group: Group| Choice::new(group.to_string(), named(t, group), &form.group);
    let groups = [Group::InTransit, Group::Delivered, Group::Failed].map(choice);
    Select {
        name: "group".to_owned(),
        label: t.report_group(),
        choices: std::iter::once(Choice::new("", t.messages_all(), &form.group))
            .chain(groups)
            .collect(),
        ..Select::default()
    }
}

fn named(t: Texts, group: Group) -> String {
    match group {
        Group::InTransit => t.group_in_transit(),
        Group::Delivered => t.group_delivered(),
        Group::Failed => t.group_failed(),
        Group::Cancelled => t.group_cancelled(),
    }
}

async fn table(
    t: Texts,
    app: &App,
    team: &OnTeam<ViewActivity>,
    rows: &[Model],
) -> Result<Table, PageError> {
    let covered: Vec<Coverage> = rows.iter().map(Model::coverage).collect::<Result<_, _>>()?;
    let ids = covered.iter().filter_map(|one| one.batch).map(BatchId::from_uuid).collect();
    let batches = batch::names(app.accounts.db.read(), team.id(), ids).await?;
    let row = |(row, coverage): (&Model, &Coverage)| {
        let (state, what_to_do) = state(t, team, row);
        vec![
            Cell::Text(name(t, coverage, &batches)),
            Cell::Text(text::moment(t.0, team.who.zone(), row.requested_at)),
            Cell::Tag(state),
            what_to_do,
        ]
    };
    Ok(Table {
        caption: t.report_own(),
        head: vec![t.report_name(), t.report_asked(), t.message_status(), t.report_file()],
        rows: rows.iter().zip(&covered).map(row).collect(),
        empty: Some(t.report_none()),
        ..Table::default()
    })
}

/// What a report is about, in words.
fn name(t: Texts, coverage: &Coverage, batches: &HashMap<BatchId, String>) -> String {
    let batch = coverage.batch.map(BatchId::from_uuid);
    let about = match (batch, coverage.channel) {
        (Some(id), _) => batches.get(&id).cloned().unwrap_or_else(|| t.report_batch()),
        (None, Some(Channel::Sms)) => t.report_texts(),
        (None, Some(Channel::Email) | None) => t.emails(),
    };
    let channel = coverage.channel.unwrap_or(Channel::Email);
    match coverage.statuses.first() {
        Some(status) => t.report_about(about, named(t, status.group(channel)).to_lowercase()),
        None => about,
    }
}

/// How far a report has come, and what can be done with it.
fn state(t: Texts, team: &OnTeam<ViewActivity>, row: &Model) -> (Tag, Cell) {
    let gone = Cell::Text("–".to_owned());
    match *row.status {
        Stage::Requested | Stage::Generating => {
            (Tag::new(t.report_preparing(), Tone::Accent), Cell::Text(t.report_soon()))
        }
        Stage::Error => (Tag::new(t.report_failed(), Tone::Danger), Cell::Text(t.report_again())),
        Stage::Ready if row.is_expired(team.who.now) => {
            (Tag::new(t.report_expired(), Tone::Neutral), gone)
        }
        Stage::Ready => {
            let href = frame::at(team.id(), &format!("/reports/{}/download", row.id));
            let until = row.expires_at.unwrap_or(row.requested_at);
            let until = text::moment(t.0, team.who.zone(), until);
            let link = Link::new(href, t.report_download(until));
            (Tag::new(t.report_ready(), Tone::Done), Cell::Link(link))
        }
    }
}

impl OwnReports {
    fn language(&self) -> Language {
        self.shell.language
    }
}
