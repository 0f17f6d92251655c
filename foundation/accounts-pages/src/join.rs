//! Joining a team that exists: somebody finds a service of their own organisation, asks, and who manages it decides.

mod decide;

use accounts::{
    Permission, ServiceId, SignedIn, join_request, letter, membership, person, service,
};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::Language;
use serde::Deserialize;
use ui::{
    Account, BackLink, Button, ErrorSummary, Errors, InputKind, Link, Shell, TextArea, TextInput,
};
use web::{Asked, At, Form, PageError, Reader, Routes, page};

use crate::{
    app::{App, refused},
    mail,
    words::Texts,
};

const JOIN: &str = "/services/join";

/// So many services are listed at once.
const LISTED: usize = 20;
/// Fewest letters of a name to look for.
const SHORTEST: usize = 2;

pub fn routes() -> Routes<App> {
    Routes::default()
        .get(JOIN, look)
        .get("/services/join/{wanted}", edit)
        .post("/services/join/{wanted}", save)
        .merge(decide::routes())
}

/// What is looked for, and what was done before.
#[derive(Default, Deserialize)]
struct Wanted {
    #[serde(default)]
    name: String,
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "join/look.html")]
struct Look {
    shell: Shell,
    t: Texts,
    name: String,
    errors: Errors,
    /// What was found; none before anything was looked for.
    found: Option<Vec<Link>>,
    /// Whether there may be more than those found.
    more: bool,
    waiting: Vec<String>,
}

/// `GET /services/join`
async fn look(
    State(app): State<App>,
    who: SignedIn,
    reader: Reader,
    Asked(wanted): Asked<Wanted>,
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let db = app.accounts.db.read();
    let name = wanted.name.trim();
    let mut errors = Errors::default();
    let short = !name.is_empty() && name.chars().count() < SHORTEST;
    if short {
        errors.add("name", t.join_name_short(SHORTEST));
    }
    let found = if name.is_empty() || short {
        None
    } else {
        Some(join_request::findable(db, &who.person, name, LISTED + 1).await?)
    };
    let mut shell = refused(app.page(&reader, &who, t.join_title()), &errors);
    shell.done = wanted.done.map(|_| t.join_done());
    let waiting = join_request::waiting(db, who.person.id).await?;
    let link = |row: &service::Model| Link::new(format!("{JOIN}/{}", row.id), row.name.clone());
    let page = page::show(&Look {
        shell,
        t,
        name: name.to_owned(),
        errors,
        more: found.as_ref().is_some_and(|rows| rows.len() > LISTED),
        found: found.map(|rows| rows.iter().take(LISTED).map(link).collect()),
        waiting: waiting.into_iter().map(|row| row.name).collect(),
    })?;
    let status = if short { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, page).into_response())
}

/// What was typed.
#[derive(Clone, Default, Deserialize)]
struct ReasonForm {
    #[serde(default)]
    reason: String,
}

#[derive(Template)]
#[template(path = "join/ask.html")]
struct Ask {
    shell: Shell,
    t: Texts,
    form: ReasonForm,
    errors: Errors,
    action: String,
}

/// The service that is asked for; to everybody of another organisation it is not there.
async fn wanted(app: &App, who: &SignedIn, id: ServiceId) -> Result<service::Model, PageError> {
    let found = join_request::wanted(app.accounts.db.read(), &who.person, id).await?;
    found.ok_or(PageError::Missing)
}

/// `GET /services/join/{wanted}`
async fn edit(
    State(app): State<App>,
    who: SignedIn,
    At(id): At<ServiceId>,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let service = wanted(&app, &who, id).await?;
    show(&app, &reader, &who, (&service, ReasonForm::default(), Errors::default()))
}

fn show(
    app: &App,
    reader: &Reader,
    who: &SignedIn,
    (service, form, errors): (&service::Model, ReasonForm, Errors),
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let shell = refused(app.page(reader, who, t.join_ask_title(&service.name)), &errors);
    page::show(&Ask { shell, t, form, errors, action: format!("{JOIN}/{}", service.id) })
}

/// Words of several lines within their limit, or what is wrong with them beside `field`.
fn words(t: Texts, typed: &str, (field, empty): (&str, String), errors: &mut Errors) -> String {
    let words = typed.trim();
    if words.is_empty() {
        errors.add(field, empty);
    } else if words.chars().count() > join_request::LONGEST {
        errors.add(field, t.join_words_long(join_request::LONGEST));
    }
    words.to_owned()
}

/// `POST /services/join/{wanted}`: tells everybody who manages the service.
async fn save(
    State(app): State<App>,
    who: SignedIn,
    At(id): At<ServiceId>,
    reader: Reader,
    Form(typed): Form<ReasonForm>,
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let service = wanted(&app, &who, id).await?;
    let mut errors = Errors::default();
    let reason = words(t, &typed.reason, ("reason", t.join_reason_empty()), &mut errors);
    if !errors.is_empty() {
        let page = show(&app, &reader, &who, (&service, typed, errors))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let tx = app.accounts.db.begin().await?;
    let whom = (service.id, who.person.id);
    let Some(request) = join_request::ask(&tx, &who.stamp(), whom, &reason).await? else {
        return Err(PageError::TooMany);
    };
    let path = format!("{}/{}/team/requests/{request}", Account::SERVICES, service.id);
    let link = app.accounts.url(&path);
    for (manager, may) in membership::team(&tx, service.id).await? {
        if may.has(Permission::ManageService) {
            let letter = letter_to(&manager, &who.person, (&service, &reason), link.clone());
            mail::post(&app.accounts, &tx, letter).await?;
        }
    }
    tx.commit().await?;
    Ok(Redirect::to("/services/join?done=asked").into_response())
}

fn letter_to(
    manager: &person::Model,
    asker: &person::Model,
    (service, reason): (&service::Model, &str),
    link: String,
) -> kernel::Letter {
    let who = (asker.name.as_str(), asker.email_address.as_str());
    let what = (service.name.as_str(), reason);
    letter::join_asked(&letter::To::person(manager), who, what, link)
}

impl Look {
    fn language(&self) -> Language {
        self.shell.language
    }
}

impl Ask {
    fn language(&self) -> Language {
        self.shell.language
    }
}
