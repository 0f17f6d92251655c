//! The passkeys of somebody: added, named, listed, removed.

use accounts::{
    PasskeyId, SignedIn,
    passkey::{self, Answer, NotAdded, Passkeys},
};
use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::Language;
use serde::Deserialize;
use ui::{BackLink, Button, ButtonKind, Cell, ErrorSummary, Errors, Shell, Table, TextInput};
use web::{Asked, At, Form, PageError, Reader, Routes, page};

use super::proof::Proven;
use crate::{
    app::{App, refused},
    ask_passkey::{self, Question},
    confirm::Nothing,
    mail,
    words::Texts,
};

const PASSKEYS: &str = "/profile/passkeys";

/// Longest name of a passkey, in characters.
const LONGEST_NAME: usize = 60;

pub fn routes() -> Routes<App> {
    Routes::default()
        .get(PASSKEYS, show)
        .post(PASSKEYS, add)
        .post("/profile/passkeys/options", options)
        .post("/profile/passkeys/{passkey}/remove", remove)
}

/// What was done before.
#[derive(Deserialize)]
struct Done {
    done: Option<String>,
}

/// What was typed, and what the device gave.
#[derive(Clone, Default, Deserialize)]
struct PasskeyForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    credential: String,
}

#[derive(Template)]
#[template(path = "profile/passkeys.html")]
struct PasskeyList {
    shell: Shell,
    t: Texts,
    list: Table,
    /// Whether this site can have passkeys, and this person more of them.
    more: bool,
    name: String,
    errors: Errors,
}

/// `GET /profile/passkeys`
async fn show(
    State(app): State<App>,
    Proven(who): Proven,
    reader: Reader,
    Asked(Done { done }): Asked<Done>,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let mut page = shown(&app, &reader, &who, (String::new(), Errors::default())).await?;
    page.shell.done = match done.as_deref() {
        Some("added") => Some(t.passkey_done_added()),
        Some("removed") => Some(t.passkey_done_removed()),
        _ => None,
    };
    page::show(&page)
}

async fn shown(
    app: &App,
    reader: &Reader,
    who: &SignedIn,
    (name, errors): (String, Errors),
) -> Result<PasskeyList, PageError> {
    let t = Texts(reader.language);
    let known = passkey::of(app.accounts.db.read(), who.person.id).await?;
    Ok(PasskeyList {
        shell: refused(app.page(reader, who, t.way_passkeys()), &errors),
        t,
        more: app.accounts.passkeys.is_some() && known.len() < passkey::MOST,
        list: list(t, who, &known),
        name,
        errors,
    })
}

fn list(t: Texts, who: &SignedIn, known: &[passkey::Model]) -> Table {
    let moment = |at| text::moment(t.0, who.zone(), at);
    let row = |key: &passkey::Model| {
        let remove = Button {
            text: t.passkey_remove(),
            kind: ButtonKind::Link,
            about: Some(key.name.clone()),
            action: Some(format!("{PASSKEYS}/{}/remove", key.id)),
            ..Button::default()
        };
        vec![
            Cell::Text(key.name.clone()),
            Cell::Text(moment(key.created_at)),
            Cell::Text(key.used_at.map_or_else(|| t.passkey_never(), moment)),
            Cell::of(&remove),
        ]
    };
    Table {
        caption: t.way_passkeys(),
        hide_caption: true,
        head: vec![t.passkey_name(), t.passkey_added(), t.passkey_used(), t.team_do()],
        rows: known.iter().map(row).collect(),
        empty: Some(t.way_passkeys_none()),
        ..Table::default()
    }
}

fn of(app: &App) -> Result<&Passkeys, PageError> {
    app.accounts.passkeys.as_deref().ok_or(PageError::Missing)
}

/// `POST /profile/passkeys/options`: what the browser needs to make a passkey.
async fn options(
    State(app): State<App>,
    Proven(who): Proven,
    Form(_): Form<PasskeyForm>,
) -> Result<Response, PageError> {
    let accounts = &app.accounts;
    let db = accounts.db.read();
    let asked = of(&app)?.ask_new(db, &accounts.vault, &who.person, who.now).await?;
    ask_passkey::sent(accounts, asked)
}

/// `POST /profile/passkeys`
async fn add(
    State(app): State<App>,
    Proven(who): Proven,
    headers: HeaderMap,
    reader: Reader,
    Form(typed): Form<PasskeyForm>,
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let name = typed.name.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut errors = Errors::default();
    if name.is_empty() {
        errors.add("name", t.passkey_name_empty());
    } else if name.chars().count() > LONGEST_NAME {
        errors.add("name", t.passkey_name_long(LONGEST_NAME));
    }
    if errors.is_empty() {
        match keep(&app, &who, &headers, (&name, &typed.credential)).await? {
            Ok(_) => return Ok(Redirect::to("/profile/passkeys?done=added").into_response()),
            Err(NotAdded::Wrong) => errors.add("", t.passkey_wrong()),
            Err(NotAdded::Known) => errors.add("", t.passkey_known()),
            Err(NotAdded::Full) => errors.add("", t.passkey_full(passkey::MOST)),
        }
    }
    let page = shown(&app, &reader, &who, (typed.name, errors)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&page)?).into_response())
}

async fn keep(
    app: &App,
    who: &SignedIn,
    headers: &HeaderMap,
    (name, credential): (&str, &str),
) -> Result<Result<PasskeyId, NotAdded>, PageError> {
    let accounts = &app.accounts;
    let answer = Answer { state: accounts.question(headers).unwrap_or_default(), credential };
    let tx = accounts.db.begin().await?;
    let what = (who.person.id, name, answer);
    let added = of(app)?.add(&tx, &accounts.vault, &who.stamp(), what).await?;
    if added.is_ok() {
        mail::tell(accounts, &tx, &who.person, |t| t.changed_passkey_added(name)).await?;
    }
    // Also after a refusal: the question is answered and can never be again.
    tx.commit().await?;
    Ok(added)
}

/// `POST /profile/passkeys/{passkey}/remove`: one that is not theirs is left alone.
async fn remove(
    State(app): State<App>,
    Proven(who): Proven,
    At(id): At<PasskeyId>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, PageError> {
    let accounts = &app.accounts;
    let tx = accounts.db.begin().await?;
    if passkey::remove(&tx, &who.stamp(), who.person.id, id).await? {
        mail::tell(accounts, &tx, &who.person, Texts::changed_passkey_removed).await?;
        tx.commit().await?;
    }
    Ok(Redirect::to("/profile/passkeys?done=removed"))
}

impl PasskeyList {
    fn language(&self) -> Language {
        self.shell.language
    }

    /// The form that makes a passkey.
    fn question(&self) -> Question {
        Question {
            shell: self.shell.clone(),
            action: PASSKEYS,
            options: "/profile/passkeys/options",
            create: true,
            next: String::new(),
            field: Some(ui::Rendered::of(&TextInput {
                name: "name".to_owned(),
                label: self.t.passkey_name(),
                hint: Some(self.t.passkey_name_hint()),
                value: self.name.clone(),
                error: self.errors.of("name"),
                no_spellcheck: true,
                ..TextInput::default()
            })),
            button: self.t.passkey_add(),
            sorry: self.t.passkey_sorry(),
        }
    }
}
