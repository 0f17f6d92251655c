//! The check page: everything wrong with a list at once, or the numbers that matter and the form that sends it.

use accounts::{OnTeam, gate::SendMessages};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use kernel::Language;
use notify::Channel;
use notify_store::{
    BatchId, batch,
    dispatch::{Check, Look, NotChecked, Problem},
};
use serde::Deserialize;
use ui::{
    BackLink, Banner, Button, ButtonKind, Cell, ErrorSummary, Errors, FileInput, Link, Shell,
    SummaryList, SummaryRow, Table,
};
use web::{Asked, At, PageError, Reader, page};

use super::{
    Which, choose,
    example::csv_file,
    problem, row,
    start::{Draft, StartForm},
    table,
};
use crate::{app::App, frame, words::Texts};

/// Rows of a list on a page.
const ROWS: usize = 10;

/// Which rows are looked at.
#[derive(Clone, Copy, Default, Deserialize)]
pub(super) struct Asking {
    #[serde(default)]
    from: usize,
}

/// A banner's worth of what to look out for.
struct Warning {
    text: String,
    link: Option<Link>,
}

#[derive(Template)]
#[template(path = "sheet/check.html")]
struct CheckList {
    shell: Shell,
    t: Texts,
    back: String,
    errors: Errors,
    warnings: Vec<Warning>,
    facts: SummaryList,
    unused: Option<String>,
    failing: Option<Table>,
    more_failing: Option<String>,
    rows: Option<Table>,
    earlier: Option<String>,
    later: Option<String>,
    first: Option<row::Shown>,
    start: Option<StartForm>,
    file: FileInput,
    upload: String,
}

/// `GET …/send/list/{upload}`
pub(super) async fn show(
    State(app): State<App>,
    team: OnTeam<SendMessages>,
    At(which): At<Which>,
    reader: Reader,
    Asked(asking): Asked<Asking>,
) -> Result<Response, PageError> {
    let draft = (Draft::new(&team.who), Errors::new());
    answer(&app, &team, (which, asking, &reader), draft).await
}

/// The page for a list; for one that was started, the way to its batch.
pub(super) async fn answer(
    app: &App,
    team: &OnTeam<SendMessages>,
    (which, asking, reader): (Which, Asking, &Reader),
    (draft, errors): (Draft, Errors),
) -> Result<Response, PageError> {
    which.guard(app, team).await?;
    let t = Texts(reader.language);
    let look = Look { language: reader.language, from: asking.from, rows: ROWS };
    let check = match app.dispatch.check(team.id(), which.upload, look).await {
        Ok(check) => check,
        Err(NotChecked::Gone) => return started(app, team, which).await,
        Err(why) => {
            let errors = problem::barred(t, why)?;
            return refused(app, team, reader, errors);
        }
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = draw(app, team, (&check, asking, reader), (draft, errors)).await?;
    Ok((status, page::show(&page)?).into_response())
}

/// Whoever comes back to a list that was started finds its batch.
async fn started(
    app: &App,
    team: &OnTeam<SendMessages>,
    which: Which,
) -> Result<Response, PageError> {
    let id = BatchId::from_uuid(which.upload.uuid());
    batch::find(app.accounts.db.read(), team.id(), id).await?.ok_or(PageError::Missing)?;
    Ok(Redirect::to(&frame::at(team.id(), &format!("/bulk/{id}"))).into_response())
}

#[derive(Template)]
#[template(path = "sheet/barred.html")]
struct CannotSend {
    shell: Shell,
    back: String,
    errors: Errors,
}

/// The service cannot send at all now.
fn refused(
    app: &App,
    team: &OnTeam<SendMessages>,
    reader: &Reader,
    errors: Errors,
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let shell = app.service_page(reader, team, t.sheet_problems_title()).failed();
    let page = CannotSend { shell, back: frame::at(team.id(), "/templates"), errors };
    Ok(page::show(&page)?.into_response())
}

async fn draw(
    app: &App,
    team: &OnTeam<SendMessages>,
    (check, asking, reader): (&Check, Asking, &Reader),
    (draft, typed): (Draft, Errors),
) -> Result<CheckList, PageError> {
    let t = Texts(reader.language);
    let mut errors = problem::summary(t, check);
    let sendable = errors.is_empty();
    typed.iter().for_each(|one| errors.add(one.field.clone(), one.message.clone()));
    let list = super::list(team.id(), check.upload.template_id, check.upload.id);
    let send = super::send(team.id(), check.upload.template_id);
    let title = if sendable { t.sheet_check_title() } else { t.sheet_problems_title() };
    let shell = app.service_page(reader, team, title);
    let first = if sendable { row::first(app, team, t, check).await? } else { None };
    let start = match sendable {
        true => Some(StartForm::of(app, team, (t, check), draft, &errors).await?),
        false => None,
    };
    let failing =
        (!check.failing.is_empty()).then(|| table::failing(t, &check.columns, &check.failing));
    let rows = (sendable && !check.rows.is_empty())
        .then(|| table::passing(t, &list, &check.columns, &check.rows));
    let at = |from: usize| format!("{list}?from={from}#rows");
    let end = asking.from + check.rows.len();
    Ok(CheckList {
        shell: if errors.is_empty() { shell } else { shell.failed() },
        back: format!("{send}/list"),
        warnings: warnings(t, team, check),
        facts: facts(t, app, team, check),
        unused: unused(t, check),
        failing,
        more_failing: more_failing(t, check),
        rows,
        earlier: (asking.from > 0).then(|| at(asking.from.saturating_sub(ROWS))),
        later: (end < check.report.rows && !check.rows.is_empty()).then(|| at(end)),
        first,
        start,
        file: choose::field(t, None),
        upload: format!("{send}/list"),
        t,
        errors,
    })
}

/// What does not keep the list from being sent, and should be known before.
fn warnings(t: Texts, team: &OnTeam<SendMessages>, check: &Check) -> Vec<Warning> {
    let passing = check.problems.iter().filter(|one| problem::passes(check, one));
    let mut warnings: Vec<Warning> = passing
        .map(|one| {
            let link = match one {
                Problem::AlreadySent { batch } => {
                    let href = frame::at(team.id(), &format!("/bulk/{batch}"));
                    Some(Link::new(href, t.sheet_earlier()))
                }
                _ => None,
            };
            Warning { text: problem::said(t, check, one), link }
        })
        .collect();
    let copies = check.report.duplicate_rows.len();
    if copies > 0 {
        let list = super::list(team.id(), check.upload.template_id, check.upload.id);
        let text = t.sheet_duplicates(copies, number(t, copies));
        let link = Link::new(format!("{list}/duplicates"), t.sheet_duplicates_file());
        warnings.push(Warning { text, link: Some(link) });
    }
    if check.report.simulated > 0 && !check.report.mixes_simulated() {
        warnings.push(Warning { text: t.sheet_all_simulated(), link: None });
    }
    warnings
}

fn number(t: Texts, count: usize) -> String {
    text::number(t.0, count as u64)
}

/// The numbers that matter.
fn facts(t: Texts, app: &App, team: &OnTeam<SendMessages>, check: &Check) -> SummaryList {
    let ready = &check.ready;
    let left = text::number(t.0, u64::try_from(ready.quota.daily_left).unwrap_or(0));
    let template = frame::at(team.id(), &format!("/templates/{}", ready.head.id));
    let mut rows = vec![
        SummaryRow::new(t.sheet_file_name(), Cell::Text(check.upload.file_name.clone())),
        SummaryRow::new(
            t.message_template(),
            Cell::Link(Link::new(template, ready.head.name.clone())),
        ),
        SummaryRow::new(t.sheet_recipients(), Cell::Text(number(t, check.report.rows))),
    ];
    let left = match ready.channel() {
        Channel::Email => {
            let from = app.sender_line(&ready.service, &ready.setting);
            rows.push(SummaryRow::new(t.message_from(), Cell::Text(from)));
            t.send_left_emails(left)
        }
        Channel::Sms => {
            let parts = u64::try_from(check.units).unwrap_or(0);
            rows.push(SummaryRow::new(t.message_parts(), Cell::Text(text::number(t.0, parts))));
            t.send_left_parts(left)
        }
    };
    rows.push(SummaryRow::new(t.send_left(), Cell::Text(left)));
    SummaryList { rows }
}

/// The columns that the template does not use, so that nobody wonders where they are.
fn unused(t: Texts, check: &Check) -> Option<String> {
    let idle = check.columns.iter().filter(|column| !column.is_used && !column.heading.is_empty());
    let names: Vec<&str> = idle.map(|column| column.heading.as_str()).take(20).collect();
    (!names.is_empty()).then(|| t.sheet_unused(names.join(", ")))
}

/// How many rows more cannot be sent than are shown.
fn more_failing(t: Texts, check: &Check) -> Option<String> {
    let faulty = check.report.rows_with_errors.max(check.report.strangers);
    (faulty > check.failing.len() && !check.failing.is_empty())
        .then(|| t.sheet_more_failing(number(t, check.failing.len()), number(t, faulty)))
}

/// `GET …/list/{upload}/duplicates`: the rows whose recipient stands in an earlier row.
pub(super) async fn duplicates(
    State(app): State<App>,
    team: OnTeam<SendMessages>,
    At(which): At<Which>,
    reader: Reader,
) -> Result<Response, PageError> {
    which.guard(&app, &team).await?;
    let t = Texts(reader.language);
    match app.dispatch.duplicates(team.id(), which.upload, &t.sheet_row_number()).await {
        Ok(text) => Ok(csv_file("duplicates", text)),
        Err(NotChecked::Gone | NotChecked::Barred(_)) => Err(PageError::Missing),
        Err(other) => Err(other.into()),
    }
}

impl CheckList {
    fn language(&self) -> Language {
        self.shell.language
    }

    /// Another file is the next step only for a list that cannot be sent.
    fn weight(&self) -> ButtonKind {
        if self.start.is_some() { ButtonKind::Secondary } else { ButtonKind::Primary }
    }
}

impl CannotSend {
    fn language(&self) -> Language {
        self.shell.language
    }
}

impl Warning {
    fn banner(&self) -> Banner {
        Banner {
            text: self.text.clone(),
            body: self.link.clone().map(|link| ui::Rendered::of(&Cell::Link(link))),
            ..Banner::default()
        }
    }
}
