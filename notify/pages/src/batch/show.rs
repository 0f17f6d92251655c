//! One bulk send: its numbers as filters, its rows with search, kept fresh while it moves.

use accounts::{OnTeam, Permission, api_key, gate::Member, person};
use askama::{Template, filters::HtmlSafe};
use axum::{extract::State, response::Html};
use kernel::Language;
use notify::{batch::State as Stage, status::Group};
use notify_store::{
    batch::{self, Listed},
    notification::{Content, Model},
    search::{self, FoundInBatch, InBatch},
    template,
};
use serde::Deserialize;
use ui::{
    BackLink, Button, ButtonKind, ButtonLink, Cell, InputKind, Link, Live, Rendered, Shell,
    SummaryList, SummaryRow, Tab, Table, Tabs, TextInput,
};
use web::{Asked, At, Form, PageError, Reader, page};

use super::{Which, progress::Progress};
use crate::{app::App, frame, message, words::Texts};

/// Rows on a page.
const SIZE: u64 = 50;

/// What is looked for in the address, and what was done before. A recipient never stands there.
#[derive(Clone, Default, Deserialize)]
pub(super) struct Wanted {
    group: Option<Group>,
    #[serde(default)]
    problems: Option<String>,
    after: Option<i32>,
    done: Option<String>,
}

/// What is looked for by a form, so that the recipient stays out of addresses and logs.
#[derive(Clone, Default, Deserialize)]
pub(super) struct SearchForm {
    #[serde(default)]
    recipient: String,
}

/// What moves by itself.
#[derive(Template)]
#[template(path = "batch/body.html")]
struct Body {
    t: Texts,
    bar: Option<(i64, i64, String)>,
    tabs: Tabs,
    table: Table,
    first: Option<String>,
    next: Option<String>,
}

impl HtmlSafe for Body {}

#[derive(Template)]
#[template(path = "batch/show.html")]
struct ShowBatch {
    shell: Shell,
    t: Texts,
    back: String,
    state: Live,
    facts: SummaryList,
    body: Live,
    recipient: String,
    action: String,
    cancel: Option<String>,
    report: Option<Report>,
}

/// The form that asks for a report of what is in sight.
struct Report {
    action: String,
    batch: String,
    group: String,
}

/// `GET /services/{service}/bulk/{batch}`
pub(super) async fn show(
    State(app): State<App>,
    team: OnTeam<Member>,
    At(which): At<Which>,
    reader: Reader,
    Asked(wanted): Asked<Wanted>,
) -> Result<Html<String>, PageError> {
    drawn(&app, &team, (which, &reader), (wanted, String::new())).await
}

/// `POST …/bulk/{batch}/search`
pub(super) async fn search(
    State(app): State<App>,
    team: OnTeam<Member>,
    At(which): At<Which>,
    reader: Reader,
    Form(form): Form<SearchForm>,
) -> Result<Html<String>, PageError> {
    drawn(&app, &team, (which, &reader), (Wanted::default(), form.recipient)).await
}

impl Which {
    /// The bulk send; one that was called off before it began is not there any more.
    pub async fn found<C>(self, app: &App, team: &OnTeam<C>) -> Result<Listed, PageError> {
        let found = batch::show(app.accounts.db.read(), team.id(), self.batch).await?;
        let never_begun =
            |row: &batch::Model| *row.status == Stage::Cancelled && row.started_at.is_none();
        found.filter(|one| !never_begun(&one.batch)).ok_or(PageError::Missing)
    }
}

async fn drawn(
    app: &App,
    team: &OnTeam<Member>,
    (which, reader): (Which, &Reader),
    (wanted, recipient): (Wanted, String),
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let one = which.found(app, team).await?;
    let progress = Progress::of(&one);
    let here = frame::at(team.id(), &format!("/bulk/{}", one.batch.id));
    let found = rows(app, team, &wanted, (which, &recipient)).await?;
    let mut shell = app.service_page(reader, team, one.batch.name.clone());
    shell.done = done(t, team, &one, wanted.done.as_deref());
    // A search is not repeated by itself: its words stand in no address.
    let still = progress.is_over() || !recipient.trim().is_empty();
    let is_scheduled = *one.batch.status == Stage::Scheduled;
    let body = Body {
        t,
        bar: (*one.batch.status == Stage::InProgress || *one.batch.status == Stage::Pending)
            .then(|| (progress.made, progress.total, making(t, &progress))),
        tabs: tabs(t, &here, &wanted, &progress),
        table: table(t, app, team, (&found.rows, is_scheduled)),
        first: wanted.after.map(|_| at(&here, &wanted, None)),
        next: found.next_row.map(|row| at(&here, &wanted, Some(row))),
    };
    let stops = team.may(Permission::SendMessages) && progress.can_stop();
    let reports = team.may(Permission::ViewActivity) && progress.made > 0;
    page::show(&ShowBatch {
        shell,
        back: frame::at(team.id(), "/bulk"),
        state: state(t, &here, &progress),
        facts: facts(app, team, t, &one).await?,
        body: Live {
            id: "progress".to_owned(),
            url: at(&here, &wanted, wanted.after),
            events: Some(format!("{here}/events?seen={}", progress.mark())),
            finished: still,
            body: Rendered::of(&body),
            ..Live::default()
        },
        recipient,
        action: format!("{here}/search"),
        cancel: stops.then(|| format!("{here}/cancel")),
        report: reports.then(|| Report {
            action: frame::at(team.id(), "/reports"),
            batch: one.batch.id.to_string(),
            group: wanted.group.map(|group| group.to_string()).unwrap_or_default(),
        }),
        t,
    })
}

async fn rows(
    app: &App,
    team: &OnTeam<Member>,
    wanted: &Wanted,
    (which, recipient): (Which, &str),
) -> db::Result<FoundInBatch> {
    let sought = InBatch {
        group: wanted.group,
        problem_addresses: wanted.problems.is_some(),
        recipient: Some(recipient.to_owned()),
        after_row: wanted.after,
        ..InBatch::all(which.batch, SIZE)
    };
    let (db, vault) = (app.accounts.db.read(), &app.accounts.vault);
    search::in_batch(db, vault, app.dispatch.settings.dialect, team.id(), &sought).await
}

/// What was done on the page before.
fn done(t: Texts, team: &OnTeam<Member>, one: &Listed, done: Option<&str>) -> Option<String> {
    let when = one.batch.scheduled_for;
    match (done?, when) {
        ("started", _) => Some(t.done_batch_started()),
        ("scheduled", Some(when)) => {
            Some(t.done_batch_scheduled(text::moment(t.0, team.who.zone(), when)))
        }
        ("stopped", _) => Some(t.done_batch_stopped()),
        _ => None,
    }
}

/// The state in a word, told to those who listen when it changes.
fn state(t: Texts, here: &str, progress: &Progress) -> Live {
    Live {
        id: "state".to_owned(),
        url: here.to_owned(),
        every: 15,
        finished: progress.is_over(),
        announce: true,
        body: Rendered::of(&progress.tag(t)),
        ..Live::default()
    }
}

fn making(t: Texts, progress: &Progress) -> String {
    t.batch_making(number(t, progress.made), number(t, progress.total))
}

fn number(t: Texts, count: i64) -> String {
    text::number(t.0, u64::try_from(count).unwrap_or(0))
}

/// The address of a view of the rows.
fn at(here: &str, wanted: &Wanted, after: Option<i32>) -> String {
    let group = wanted.group.map(|group| format!("group={group}"));
    let problems = wanted.problems.as_ref().map(|_| "problems=yes".to_owned());
    let after = after.map(|row| format!("after={row}"));
    let parts: Vec<String> = [group, problems, after].into_iter().flatten().collect();
    if parts.is_empty() { here.to_owned() } else { format!("{here}?{}", parts.join("&")) }
}

fn tabs(t: Texts, here: &str, wanted: &Wanted, progress: &Progress) -> Tabs {
    let all = wanted.problems.is_none();
    let tab = |group: Option<Group>, text: String| Tab {
        href: at(here, &Wanted { group, ..Wanted::default() }, None),
        text,
        count: u64::try_from(progress.in_group(group)).ok(),
        current: all && wanted.group == group,
    };
    let mut tabs = vec![
        tab(None, t.messages_all()),
        tab(Some(Group::InTransit), t.group_in_transit()),
        tab(Some(Group::Delivered), t.group_delivered()),
        tab(Some(Group::Failed), t.group_failed()),
    ];
    if progress.cancelled > 0 {
        tabs.push(tab(Some(Group::Cancelled), t.group_cancelled()));
    }
    if progress.problems > 0 {
        tabs.push(Tab {
            href: format!("{here}?problems=yes"),
            text: t.batch_problems(),
            count: u64::try_from(progress.problems).ok(),
            current: !all,
        });
    }
    Tabs { language: t.0, label: t.messages_filter(), tabs, pills: true }
}

fn table(
    t: Texts,
    app: &App,
    team: &OnTeam<Member>,
    (rows, is_scheduled): (&[Model], bool),
) -> Table {
    let sees = team.may(Permission::ViewActivity) || team.may(Permission::SendMessages);
    let row = |row: &Model| {
        let content = Content::open(&app.accounts.vault, row.id, &row.sealed);
        let to = content.map_or_else(|_| t.message_gone(), |content| content.to);
        let href = frame::at(team.id(), &format!("/messages/{}", row.id));
        let to = if sees { Cell::Link(Link::new(href, to)) } else { Cell::Text(to) };
        let moved = row.completed_at.or(row.sent_at).unwrap_or(row.created_at);
        vec![
            Cell::Text(row.row_number.unwrap_or_default().to_string()),
            to,
            Cell::Tag(message::tag(t, row.status.0, row.channel.0)),
            Cell::Text(text::moment(t.0, team.who.zone(), moved)),
        ]
    };
    let empty = if is_scheduled { t.batch_waits() } else { t.messages_none() };
    Table {
        caption: t.batch_rows(),
        head: vec![t.sheet_row_number(), t.message_to(), t.message_status(), t.batch_changed()],
        rows: rows.iter().map(row).collect(),
        empty: Some(empty),
        ..Table::default()
    }
}

async fn facts(
    app: &App,
    team: &OnTeam<Member>,
    t: Texts,
    one: &Listed,
) -> Result<SummaryList, PageError> {
    let (db, batch, zone) = (app.accounts.db.read(), &one.batch, team.who.zone());
    let head = template::find(db, team.id(), batch.template_id).await?;
    let template = head.map(|head| {
        let href = frame::at(team.id(), &format!("/templates/{}", head.id));
        let name = t.batch_template(&head.name, batch.template_version);
        SummaryRow::new(t.message_template(), Cell::Link(Link::new(href, name)))
    });
    let by = match (batch.created_by, batch.api_key_id) {
        (Some(id), _) => person::find(db, id).await?.map(|person| person.name),
        (None, Some(id)) => {
            api_key::find(db, team.id(), id).await?.map(|key| t.batch_by_key(key.name))
        }
        (None, None) => None,
    };
    let moment =
        |key: String, when| SummaryRow::new(key, Cell::Text(text::moment(t.0, zone, when)));
    let mut rows: Vec<SummaryRow> = template.into_iter().collect();
    rows.extend(by.map(|by| SummaryRow::new(t.message_sender(), Cell::Text(by))));
    rows.push(moment(t.batch_created(), batch.created_at));
    rows.extend(batch.scheduled_for.map(|when| moment(t.batch_scheduled_for(), when)));
    rows.extend(batch.finished_at.map(|when| moment(t.batch_all_made(), when)));
    rows.extend(
        batch
            .reference
            .clone()
            .map(|reference| SummaryRow::new(t.message_reference(), Cell::Text(reference))),
    );
    let left_out = i64::from(batch.row_count) - one.made();
    if *batch.status == Stage::Finished && left_out > 0 {
        let text = t.batch_simulated(left_out, number(t, left_out));
        rows.push(SummaryRow::new(t.batch_left_out(), Cell::Text(text)));
    }
    Ok(SummaryList { rows })
}

impl ShowBatch {
    fn language(&self) -> Language {
        self.shell.language
    }
}
