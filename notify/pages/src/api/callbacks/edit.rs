//! The form for one call-back, a test of its receiver, and the last attempts.

use accounts::{OnTeam, gate::ManageKeys};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::{Id, Language, Secret};
use notify::callback::{
    Kind, Outcome,
    receiver::{Answer, NoAnswer, Unfit},
};
use notify_store::callback::{
    self, Target,
    attempt::{self, Model as Attempt},
};
use serde::Deserialize;
use ui::{
    BackLink, Banner, BannerTone, Button, ButtonKind, Cell, ErrorSummary, Errors, InputKind,
    Pagination, PasswordInput, Shell, Table, Tag, TextInput, Tone,
};
use web::{Asked, At, Form, PageError, Reader, page};

use super::{Which, at, name};
use crate::{app::App, words::Texts};

/// The shortest bearer token (API specification, section 4.6).
const SHORTEST_TOKEN: usize = 10;
/// Attempts on a page.
const SIZE: u64 = 25;

/// What was typed, and which button was pressed.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct CallbackForm {
    #[serde(default)]
    url: String,
    #[serde(default)]
    token: String,
    #[serde(default)]
    deed: String,
}

/// What was just done, and where the list of attempts begins.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Query {
    #[serde(default)]
    done: String,
    older_than: Option<Id<Attempt>>,
}

#[derive(Template)]
#[template(path = "api/callback.html")]
struct EditCallback {
    shell: Shell,
    t: Texts,
    errors: Errors,
    form: CallbackForm,
    /// Whether there is one already, with a token that is never shown.
    known: bool,
    /// Since when it is suspended, in words.
    suspended: Option<String>,
    tested: Option<Banner>,
    attempts: Table,
    pages: Pagination,
    here: String,
    back: String,
}

impl EditCallback {
    fn language(&self) -> Language {
        self.shell.language
    }

    fn token_hint(&self) -> String {
        if self.known { self.t.callback_token_kept() } else { self.t.callback_token_hint() }
    }
}

/// What a page about a call-back shows beside its form.
#[derive(Default)]
pub struct Shown {
    errors: Errors,
    tested: Option<Answer>,
    done: String,
    older_than: Option<Id<Attempt>>,
}

impl Shown {
    /// A page that says what is wrong with the address.
    pub fn wrong(t: Texts, why: NoAnswer) -> Self {
        Self { errors: Errors::one("url", unanswered(t, why)), ..Self::default() }
    }
}

/// `GET /services/{service}/api/callbacks/{kind}`
pub async fn show(
    State(app): State<App>,
    team: OnTeam<ManageKeys>,
    At(which): At<Which>,
    reader: Reader,
    Asked(query): Asked<Query>,
) -> Result<Html<String>, PageError> {
    let known = callback::find(app.accounts.db.read(), team.id(), which.kind).await?;
    let url = known.map(|row| row.url).unwrap_or_default();
    let form = CallbackForm { url, ..CallbackForm::default() };
    let shown = Shown { done: query.done, older_than: query.older_than, ..Shown::default() };
    page::show(&view(&app, &team, &reader, (which.kind, form), shown).await?)
}

/// `POST /services/{service}/api/callbacks/{kind}`: asks the receiver, and keeps the address when `deed` is not `test`.
pub async fn save(
    State(app): State<App>,
    team: OnTeam<ManageKeys>,
    At(which): At<Which>,
    reader: Reader,
    Form(typed): Form<CallbackForm>,
) -> Result<Response, PageError> {
    let (t, now) = (Texts(reader.language), team.who.now);
    let read = typed.read(&app, &team, (which.kind, t)).await?;
    let asked = match &read {
        Ok((url, token)) => app
            .receivers
            .ask(url, token, now)
            .await
            .map_err(|why| Errors::one("url", unanswered(t, why))),
        Err(errors) => Err(errors.clone()),
    };
    let (answer, (url, token)) = match (asked, read) {
        (Ok(answer), Ok(target)) => (answer, target),
        (Err(errors), _) | (_, Err(errors)) => {
            let shown = Shown { errors, ..Shown::default() };
            return refused(&app, &team, &reader, (which.kind, typed), shown).await;
        }
    };
    if typed.deed == "test" {
        let shown = Shown { tested: Some(answer), ..Shown::default() };
        let view = view(&app, &team, &reader, (which.kind, typed), shown).await?;
        return Ok(page::show(&view)?.into_response());
    }
    let tx = app.accounts.db.begin().await?;
    let target = Target { kind: which.kind, url: &url, token: &token };
    callback::set(&tx, &app.accounts.vault, &team.stamp(), team.id(), &target).await?;
    tx.commit().await?;
    let done = if answer.is_slow() { "slow" } else { "saved" };
    Ok(Redirect::to(&format!("{}?done={done}", at(&team, which.kind))).into_response())
}

/// The page again, with what is wrong.
pub async fn refused(
    app: &App,
    team: &OnTeam<ManageKeys>,
    reader: &Reader,
    form: (Kind, CallbackForm),
    shown: Shown,
) -> Result<Response, PageError> {
    let view = view(app, team, reader, form, shown).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&view)?).into_response())
}

/// The form of a call-back as it is kept.
pub fn kept(row: &callback::Model) -> CallbackForm {
    CallbackForm { url: row.url.clone(), ..CallbackForm::default() }
}

async fn view(
    app: &App,
    team: &OnTeam<ManageKeys>,
    reader: &Reader,
    (kind, form): (Kind, CallbackForm),
    shown: Shown,
) -> Result<EditCallback, PageError> {
    let t = Texts(reader.language);
    let db = app.accounts.db.read();
    let known = callback::find(db, team.id(), kind).await?;
    let mut rows = attempt::page(db, (team.id(), kind), shown.older_than, SIZE + 1).await?;
    let more = rows.len() as u64 > SIZE;
    rows.truncate(usize::try_from(SIZE).unwrap_or(usize::MAX));
    let here = at(team, kind);
    let older = rows.last().filter(|_| more).map(|last| format!("{here}?older_than={}", last.id));
    let mut shell = app.service_page(reader, team, name(t, kind));
    shell.done = match shown.done.as_str() {
        "saved" => Some(t.callback_done_saved()),
        "slow" => Some(t.callback_done_slow()),
        "resumed" => Some(t.callback_done_resumed()),
        _ => None,
    };
    let since = known.as_ref().and_then(|row| row.suspended_at);
    Ok(EditCallback {
        shell: if shown.errors.is_empty() { shell } else { shell.failed() },
        t,
        errors: shown.errors,
        form,
        known: known.is_some(),
        suspended: since.map(|since| text::moment(t.0, team.who.zone(), since)),
        tested: shown.tested.map(|answer| tested(t, answer)),
        attempts: attempts(t, team, &rows),
        pages: Pagination { language: t.0, newer: shown.older_than.map(|_| here.clone()), older },
        back: format!("{}/callbacks", super::path(team.id())),
        here,
    })
}

fn tested(t: Texts, answer: Answer) -> Banner {
    let milliseconds = u64::try_from(answer.took.as_millis()).unwrap_or(u64::MAX);
    let words = t.callback_answered(text::number(t.0, milliseconds), answer.status.to_string());
    let (tone, text) = if answer.is_slow() {
        (BannerTone::Warning, format!("{words} {}", t.callback_slow()))
    } else {
        (BannerTone::Done, words)
    };
    Banner { tone, text, ..Banner::default() }
}

fn attempts(t: Texts, team: &OnTeam<ManageKeys>, rows: &[Attempt]) -> Table {
    let row = |row: &Attempt| {
        let outcome = match row.outcome.0 {
            Outcome::Taken => Tag::new(t.callback_taken(), Tone::Done),
            Outcome::Again => Tag::new(t.callback_again(), Tone::Warning),
            Outcome::Dropped => Tag::new(t.callback_dropped(), Tone::Danger),
        };
        vec![
            Cell::Text(text::moment(t.0, team.who.zone(), row.at)),
            Cell::Tag(outcome),
            Cell::Text(text::number(t.0, u64::from(row.milliseconds.unsigned_abs()))),
            Cell::Text(row.words.clone().unwrap_or_default()),
            Cell::Code(row.event.to_string()),
        ]
    };
    Table {
        caption: t.callback_attempts(),
        head: vec![
            t.history_when(),
            t.callback_outcome(),
            t.callback_milliseconds(),
            t.callback_words(),
            t.callback_event(),
        ],
        numbers: vec![2],
        rows: rows.iter().map(row).collect(),
        empty: Some(t.callback_attempts_none()),
        ..Table::default()
    }
}

/// Why a receiver's answer does not do.
fn unanswered(t: Texts, why: NoAnswer) -> String {
    match why {
        NoAnswer::Refused(status) => t.callback_refused(status.to_string()),
        NoAnswer::Silent => t.callback_silent(),
        NoAnswer::Unreachable => t.callback_unreachable(),
    }
}

impl CallbackForm {
    /// The address and the token, or what is wrong. The kept token stays only with the kept address, so that nobody
    /// has it sent elsewhere.
    async fn read(
        &self,
        app: &App,
        team: &OnTeam<ManageKeys>,
        (kind, t): (Kind, Texts),
    ) -> Result<Result<(String, Secret), Errors>, PageError> {
        let mut errors = Errors::default();
        let url = self.url.trim();
        match app.receivers.check(url) {
            _ if url.is_empty() => errors.add("url", t.callback_url_empty()),
            Ok(()) => {}
            Err(Unfit::NotAnAddress) => errors.add("url", t.callback_url_wrong()),
            Err(Unfit::NotHttps) => errors.add("url", t.callback_url_https()),
            Err(Unfit::SignIn) => errors.add("url", t.callback_url_sign_in()),
            Err(Unfit::Private) => errors.add("url", t.callback_url_private()),
        }
        let known = callback::find(app.accounts.db.read(), team.id(), kind).await?;
        let same = known.filter(|row| row.url == url);
        let token = match (self.token.trim(), same) {
            ("", Some(row)) => row.secrets(&app.accounts.vault)?.token,
            ("", None) => {
                errors.add("token", t.callback_token_empty());
                Secret::new("")
            }
            (typed, _) => {
                if typed.chars().count() < SHORTEST_TOKEN {
                    errors.add("token", t.callback_token_short(SHORTEST_TOKEN));
                } else if !typed.chars().all(|c| c.is_ascii_graphic()) {
                    errors.add("token", t.callback_token_wrong());
                }
                Secret::new(typed)
            }
        };
        Ok(if errors.is_empty() { Ok((url.to_owned(), token)) } else { Err(errors) })
    }
}
