//! The requests to go live: the queue, and one with everything that is needed to decide.

use accounts::{
    Permission, SignedIn, Staff, domain, letter::To, membership, organisation, person, service,
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use db::Db;
use kernel::{Language, Letter};
use notify_store::{
    GoLiveId,
    go_live::{self, Decision, State as Progress},
    setting::{self, Change, Limits},
    template,
};
use serde::Deserialize;
use text::Zone;
use ui::{
    Account, BackLink, Button, ButtonKind, Cell, Checkbox, ErrorSummary, Errors, Link, Shell,
    SummaryList, Table, Tag, TextArea, TextInput,
};
use web::{Form, PageError, Reader, page};

use super::{GO_LIVE, organisation::named, reason::ReasonForm, request_path, service as services};
use crate::{
    app::App,
    go_live::{Past, managers, past, tag},
    words::Texts,
};

/// How many decided requests the queue shows below.
const DECIDED: u64 = 50;

/// What was just decided.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

#[derive(Template)]
#[template(path = "staff/queue.html")]
struct Queue {
    shell: Shell,
    waiting: Table,
    decided: Table,
}

/// `GET /staff/go-live`: who waits, the longest wait first, and what was decided lately.
pub async fn queue(
    State(app): State<App>,
    Staff(who): Staff,
    reader: Reader,
    Query(done): Query<Done>,
) -> Result<Html<String>, PageError> {
    let (db, t) = (&app.accounts.db, Texts(reader.language));
    let mut shell = app.page(&reader, &who, t.staff_go_live_title());
    shell.done = match done.done.as_str() {
        "approved" => Some(t.staff_done_approved()),
        "declined" => Some(t.staff_done_declined()),
        _ => None,
    };
    let waiting = go_live::waiting(db.read()).await?;
    let decided = go_live::decided(db.read(), DECIDED).await?;
    page::show(&Queue {
        shell,
        waiting: Table {
            empty: Some(t.staff_queue_empty()),
            ..table(db, (t, who.zone()), t.staff_queue(), &waiting).await?
        },
        decided: Table {
            empty: Some(t.staff_decided_empty()),
            ..table(db, (t, who.zone()), t.staff_decided(), &decided).await?
        },
    })
}

async fn table(
    db: &Db,
    (t, zone): (Texts, Zone),
    caption: String,
    requests: &[go_live::Model],
) -> Result<Table, PageError> {
    let mut rows = Vec::new();
    for request in requests {
        let name = service::find(db.read(), request.service_id).await?.map(|one| one.name);
        let when = request.decided_at.or(request.asked_at).unwrap_or(request.created_at);
        let link = Link::new(request_path(request.id), name.unwrap_or_default());
        rows.push(vec![
            Cell::from(link),
            tag(t, request.state.0).into(),
            Cell::Text(text::moment(t.0, zone, when)),
        ]);
    }
    let head = vec![t.staff_service(), t.staff_state(), t.staff_since()];
    Ok(Table { caption, head, rows, ..Table::default() })
}

#[derive(Template)]
#[template(path = "staff/request.html")]
struct Request {
    shell: Shell,
    t: Texts,
    errors: Errors,
    state: Tag,
    facts: SummaryList,
    team: Vec<String>,
    templates: Vec<String>,
    past: Vec<Past>,
    waits: bool,
    typed: Typed,
    path: String,
}

/// What was typed in either form.
#[derive(Clone, Debug, Default)]
struct Typed {
    /// None is what the page proposes.
    organisation: Option<String>,
    create: String,
    reason: String,
}

impl Request {
    fn language(&self) -> Language {
        self.shell.language
    }
}

/// `GET /staff/go-live/{request}`
pub async fn show(
    State(app): State<App>,
    Staff(who): Staff,
    reader: Reader,
    Path(id): Path<GoLiveId>,
) -> Result<Html<String>, PageError> {
    page::show(&view(&app, &who, &reader, id, Default::default()).await?)
}

async fn view(
    app: &App,
    who: &SignedIn,
    reader: &Reader,
    id: GoLiveId,
    (typed, errors): (Typed, Errors),
) -> Result<Request, PageError> {
    let (db, t) = (&app.accounts.db, Texts(reader.language));
    let row = go_live::find(db.read(), id).await?;
    let row = row.filter(|row| row.state.0 != Progress::Draft).ok_or(PageError::Missing)?;
    let service = service::get(db.read(), row.service_id).await?;
    let team = membership::team(db.read(), service.id).await?;
    let organisation = match typed.organisation {
        Some(typed) => typed,
        None => proposed(db, &row, &service).await?,
    };
    let typed = Typed { organisation: Some(organisation), ..typed };
    let templates = template::list(db.read(), service.id, None).await?;
    let history = go_live::history(db.read(), service.id).await?;
    let shell = app.page(reader, who, t.staff_request_title(&service.name));
    Ok(Request {
        shell: if errors.is_empty() { shell } else { shell.failed() },
        t,
        errors,
        state: tag(t, row.state.0),
        facts: facts(db, (t, who.zone()), &row, &service).await?,
        team: team.iter().map(|(one, may)| member(t, one, may)).collect(),
        templates: templates.into_iter().map(|one| one.head.name).collect(),
        past: past((t, who.zone()), &history),
        waits: row.state.0 == Progress::Asked,
        typed,
        path: request_path(id),
    })
}

/// A member with whether they manage the service.
fn member(t: Texts, one: &person::Model, may: &accounts::Permissions) -> String {
    let line = format!("{} ({})", one.name, one.email_address);
    if may.has(Permission::ManageService) { t.staff_manages(line) } else { line }
}

/// The organisation to link: the one that the service has, or the one that the asker's address belongs to.
async fn proposed(
    db: &Db,
    row: &go_live::Model,
    service: &service::Model,
) -> Result<String, PageError> {
    let mut id = service.organisation_id;
    if let (None, Some(asker)) = (id, row.asked_by)
        && let Some(asker) = person::find(db.read(), asker).await?
    {
        id = domain::organisation_of(db.read(), &asker.email_address).await?;
    }
    let Some(id) = id else { return Ok(String::new()) };
    Ok(organisation::find(db.read(), id).await?.map(|one| one.name).unwrap_or_default())
}

/// What the team said, and who they are.
async fn facts(
    db: &Db,
    (t, zone): (Texts, Zone),
    row: &go_live::Model,
    service: &service::Model,
) -> Result<SummaryList, PageError> {
    let organisation = match service.organisation_id {
        Some(id) => organisation::find(db.read(), id).await?.map(|one| one.name),
        None => None,
    };
    let asked = signed(db, (t, zone), row.asked_by.zip(row.asked_at)).await?;
    let terms = signed(db, (t, zone), row.terms_by.zip(row.terms_at)).await?;
    let number = |n: Option<i64>| text::number(t.0, n.unwrap_or_default().unsigned_abs());
    let limits = |limits: Limits| {
        t.staff_limits_line(number(Some(limits.email_daily)), number(Some(limits.sms_daily)))
    };
    let at = services::path(service.id);
    let facts = [
        (t.staff_service(), Cell::Link(Link::new(at, service.name.clone()))),
        (t.staff_organisation(), Cell::Text(organisation.unwrap_or_else(|| t.staff_none()))),
        (t.go_live_purpose(), Cell::Text(row.purpose.clone())),
        (t.go_live_recipients(), Cell::Text(row.recipients.clone())),
        (t.go_live_email_daily(), Cell::Text(number(row.email_daily))),
        (t.go_live_sms_daily(), Cell::Text(number(row.sms_daily))),
        (t.staff_live_limits(), Cell::Text(limits(Limits::LIVE))),
        (t.staff_asked(), Cell::Text(asked)),
        (t.go_live_task_terms(), Cell::Text(terms)),
    ];
    Ok(facts.into_iter().collect())
}

/// Somebody's name with the moment.
async fn signed(
    db: &Db,
    (t, zone): (Texts, Zone),
    who: Option<(accounts::PersonId, kernel::Time)>,
) -> Result<String, PageError> {
    let Some((id, when)) = who else { return Ok(String::new()) };
    let name = person::find(db.read(), id).await?.map(|one| one.name).unwrap_or_default();
    Ok(format!("{name}, {}", text::moment(t.0, zone, when)))
}

/// What was typed to approve.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Approval {
    #[serde(default)]
    organisation: String,
    #[serde(default)]
    create: String,
}

/// `POST /staff/go-live/{request}/approve`: the service belongs to an organisation and is live at once, with the limits
/// of a live service.
pub async fn approve(
    State(app): State<App>,
    Staff(who): Staff,
    reader: Reader,
    Path(id): Path<GoLiveId>,
    Form(typed): Form<Approval>,
) -> Result<Response, PageError> {
    if !waits(&app, id).await? {
        return Ok(Redirect::to(&request_path(id)).into_response());
    }
    let stamp = who.stamp();
    let mut errors = Errors::new();
    let tx = app.accounts.db.begin().await?;
    let wanted = (typed.organisation.as_str(), typed.create == "yes");
    let t = Texts(reader.language);
    let found = named::find_or_make(t, (&tx, &stamp), wanted, &mut errors).await?;
    let Some(organisation) = found else {
        drop(tx);
        let create = typed.create;
        let typed = Typed { organisation: Some(typed.organisation), create, ..Typed::default() };
        let view = view(&app, &who, &reader, id, (typed, errors)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&view)?).into_response());
    };
    let row = match go_live::decide(&tx, &stamp, id, (who.person.id, Decision::Approve)).await {
        Ok(row) => row,
        // Somebody else has decided meanwhile.
        Err(db::Error::Missing) => return Ok(Redirect::to(&request_path(id)).into_response()),
        Err(error) => return Err(error.into()),
    };
    launch(&app, &tx, &who, (row.service_id, organisation.id)).await?;
    tx.commit().await?;
    Ok(Redirect::to(&format!("{GO_LIVE}?done=approved")).into_response())
}

/// Makes the service live and tells those who manage it.
async fn launch(
    app: &App,
    tx: &db::Transaction,
    who: &SignedIn,
    (service, organisation): (accounts::ServiceId, accounts::OrganisationId),
) -> Result<(), PageError> {
    let (stamp, limits) = (who.stamp(), Limits::LIVE);
    let before = service::get(tx, service).await?;
    if before.organisation_id != Some(organisation) {
        service::join(tx, &stamp, service, Some(organisation)).await?;
    }
    let service = service::go_live(tx, &stamp, service).await?;
    let change = Change { limits: Some(limits), ..Change::default() };
    setting::change(tx, &stamp, service.id, &change).await?;
    for letter in letters(app, &service, "gone-live", "").await? {
        let count = |n: i64| n.to_string();
        let letter = letter
            .with("email limit", count(limits.email_daily))
            .with("sms limit", count(limits.sms_daily));
        app.accounts.post.hand(tx, letter).await?;
    }
    Ok(())
}

/// `POST /staff/go-live/{request}/decline`: the team reads why, and can ask again.
pub async fn decline(
    State(app): State<App>,
    Staff(who): Staff,
    reader: Reader,
    Path(id): Path<GoLiveId>,
    Form(typed): Form<ReasonForm>,
) -> Result<Response, PageError> {
    if !waits(&app, id).await? {
        return Ok(Redirect::to(&request_path(id)).into_response());
    }
    let reason = match typed.read(Texts(reader.language)) {
        Ok(reason) => reason,
        Err(errors) => {
            let typed = Typed { reason: typed.reason, ..Typed::default() };
            let view = view(&app, &who, &reader, id, (typed, errors)).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&view)?).into_response());
        }
    };
    let tx = app.accounts.db.begin().await?;
    let decision = Decision::Decline(reason.clone());
    let row = match go_live::decide(&tx, &who.stamp(), id, (who.person.id, decision)).await {
        Ok(row) => row,
        // Somebody else has decided meanwhile.
        Err(db::Error::Missing) => return Ok(Redirect::to(&request_path(id)).into_response()),
        Err(error) => return Err(error.into()),
    };
    let service = service::get(&tx, row.service_id).await?;
    for letter in letters(&app, &service, "go-live-declined", "/go-live").await? {
        app.accounts.post.hand(&tx, letter.with("reason", &reason)).await?;
    }
    tx.commit().await?;
    Ok(Redirect::to(&format!("{GO_LIVE}?done=declined")).into_response())
}

/// Whether nobody has decided yet.
async fn waits(app: &App, id: GoLiveId) -> Result<bool, PageError> {
    let row = go_live::find(app.accounts.db.read(), id).await?.ok_or(PageError::Missing)?;
    Ok(row.state.0 == Progress::Asked)
}

/// A letter to each member who manages the service, with its name and a link to one of its pages.
async fn letters(
    app: &App,
    service: &service::Model,
    name: &'static str,
    page: &str,
) -> Result<Vec<Letter>, PageError> {
    let link = app.accounts.url(&format!("{}/{}{page}", Account::SERVICES, service.id));
    let readers = managers(&app.accounts.db, service.id).await?;
    let letter = |reader: &person::Model| {
        let to = To::person(reader);
        Letter::new(name, to.address, to.language)
            .with("service", &service.name)
            .with("link", &link)
    };
    Ok(readers.iter().map(letter).collect())
}
