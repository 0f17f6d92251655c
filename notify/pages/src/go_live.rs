//! Going live: a checklist that fills itself, the request, and what became of earlier ones.

mod ask;
mod checklist;
mod purpose;
mod terms;

use accounts::{OnTeam, Permission, gate::Member, membership, person};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Html,
};
use db::Db;
use kernel::Language;
use notify_store::go_live::{self, State as Progress};
use serde::Deserialize;
use text::Zone;
use ui::{Account, Button, ErrorSummary, Errors, Shell, Tag, Tasks, Tone};
use web::{PageError, Reader, Routes, page};

use crate::{app::App, words::Texts};

pub use checklist::Checklist;

/// The checklist, its two forms, and the request.
pub fn routes() -> Routes<App> {
    let at = |page: &str| format!("{}/{{service}}/go-live{page}", Account::SERVICES);
    Routes::default()
        .get(&at(""), show)
        .post(&at(""), ask::ask)
        .get(&at("/purpose"), purpose::edit)
        .post(&at("/purpose"), purpose::save)
        .get(&at("/terms"), terms::show)
        .post(&at("/terms"), terms::accept)
}

/// Where a service asks to go live.
pub(crate) fn path(service: accounts::ServiceId) -> String {
    format!("{}/{service}/go-live", Account::SERVICES)
}

/// What was just done.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

/// One decided or waiting request as a line.
pub(crate) struct Past {
    pub(crate) state: Tag,
    pub(crate) when: String,
    pub(crate) reason: Option<String>,
}

/// How a request stands, in a word.
pub(crate) fn tag(t: Texts, state: Progress) -> Tag {
    match state {
        Progress::Draft => Tag::new(t.go_live_state_draft(), Tone::Neutral),
        Progress::Asked => Tag::new(t.go_live_state_asked(), Tone::Accent),
        Progress::Approved => Tag::new(t.go_live_state_approved(), Tone::Done),
        Progress::Declined => Tag::new(t.go_live_state_declined(), Tone::Warning),
    }
}

/// The lines of what was asked before, newest first; the draft is none.
pub(crate) fn past((t, zone): (Texts, Zone), rows: &[go_live::Model]) -> Vec<Past> {
    let asked = rows.iter().filter(|row| row.state.0 != Progress::Draft);
    let line = |row: &go_live::Model| Past {
        state: tag(t, row.state.0),
        when: text::moment(t.0, zone, row.decided_at.or(row.asked_at).unwrap_or(row.created_at)),
        reason: row.reason.clone(),
    };
    asked.map(line).collect()
}

#[derive(Template)]
#[template(path = "go_live/show.html")]
struct GoLive {
    shell: Shell,
    t: Texts,
    errors: Errors,
    tasks: Tasks,
    /// Whether the service is on trial and nothing waits for staff.
    open: bool,
    asked: bool,
    live: bool,
    may: bool,
    managers: Vec<String>,
    past: Vec<Past>,
    action: String,
}

impl GoLive {
    fn language(&self) -> Language {
        self.shell.language
    }
}

/// `GET /services/{service}/go-live`
pub async fn show(
    State(app): State<App>,
    team: OnTeam<Member>,
    reader: Reader,
    Query(done): Query<Done>,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let mut view = view(&app, &team, &reader, Errors::default()).await?;
    view.shell.done = match done.done.as_str() {
        "purpose" => Some(t.go_live_done_purpose()),
        "terms" => Some(t.go_live_done_terms()),
        "asked" => Some(t.go_live_done_asked()),
        _ => None,
    };
    page::show(&view)
}

async fn view<C>(
    app: &App,
    team: &OnTeam<C>,
    reader: &Reader,
    errors: Errors,
) -> Result<GoLive, PageError> {
    let (db, t) = (&app.accounts.db, Texts(reader.language));
    let list = Checklist::of(db, team.id(), team.who.now).await?;
    let history = go_live::history(db.read(), team.id()).await?;
    let asked = list.request.as_ref().is_some_and(|row| row.state.0 == Progress::Asked);
    let may = team.may(Permission::ManageService);
    let open = team.service.trial && !asked;
    let terms = list.request.as_ref().and_then(|row| row.terms_by.zip(row.terms_at));
    let accepted = match terms {
        Some((id, when)) => {
            let who = person::find(db.read(), id).await?.map(|person| person.name);
            let when = text::moment(t.0, team.who.zone(), when);
            Some(t.go_live_task_terms_by(who.unwrap_or_default(), when))
        }
        None => None,
    };
    let shell = app.service_page(reader, team, t.go_live_title());
    Ok(GoLive {
        shell: if errors.is_empty() { shell } else { shell.failed() },
        t,
        errors,
        tasks: list.tasks(t, &path(team.id()), (may && open, accepted)),
        open,
        asked,
        live: !team.service.trial,
        may,
        managers: managers(db, team.id()).await?.into_iter().map(|one| one.name).collect(),
        past: past((t, team.who.zone()), &history),
        action: path(team.id()),
    })
}

/// The members who may manage the service.
pub(crate) async fn managers(
    db: &Db,
    service: accounts::ServiceId,
) -> db::Result<Vec<person::Model>> {
    let team = membership::team(db.read(), service).await?;
    let manages =
        team.into_iter().filter(|(_, permissions)| permissions.has(Permission::ManageService));
    Ok(manages.map(|(person, _)| person).collect())
}
