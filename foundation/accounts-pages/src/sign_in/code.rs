//! The second factor: a code from an e-mail, from an authenticator app, or from the list of recovery codes.

use accounts::{
    Accounts,
    credential::{self, attempt},
    person, session,
    sign_in_code::{self, Tried},
};
use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use kernel::Language;
use serde::Deserialize;
use ui::{Account, Button, ButtonKind, CodeInput, ErrorSummary, Errors, Shell};
use web::{Asked, Form, PageError, Reader, Routes, page};

use super::{Wanted, send_code};
use crate::{
    app::{App, refused},
    words::Texts,
};

const CODE: &str = "/sign-in/code";
const RECOVERY: &str = "/sign-in/recovery";

pub fn routes() -> Routes<App> {
    Routes::default()
        .get(CODE, edit)
        .post(CODE, save)
        .post("/sign-in/code/again", again)
        .get(RECOVERY, edit_recovery)
        .post(RECOVERY, save_recovery)
}

/// Where the second factor is asked for; `next` travels along.
pub fn path(next: &str) -> String {
    with_next(CODE, next)
}

fn with_next(path: &str, next: &str) -> String {
    let Some(next) = page::own_path(next) else { return path.to_owned() };
    let encoded: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
    format!("{path}?next={encoded}")
}

/// What was typed.
#[derive(Clone, Default, Deserialize)]
pub struct CodeForm {
    #[serde(default)]
    code: String,
    #[serde(default)]
    next: String,
}

#[derive(Template)]
#[template(path = "sign_in_code.html")]
struct EnterCode {
    shell: Shell,
    t: Texts,
    form: CodeForm,
    errors: Errors,
    /// Where the e-mail went; none when the app makes the codes.
    address: Option<String>,
    recovery: bool,
    /// Whether the reader has recovery codes.
    spare: bool,
    action: &'static str,
    recovery_path: String,
}

/// Who has given the right password and not yet the second factor.
struct Halfway {
    session: session::Model,
    person: person::Model,
    credential: credential::Model,
    /// How many recovery codes are left.
    spare: u64,
}

async fn halfway(accounts: &Accounts, headers: &HeaderMap) -> Result<Halfway, PageError> {
    let back = || PageError::SignIn(Account::SERVICES.to_owned());
    let session = accounts.session(headers).await?.ok_or_else(back)?;
    let db = accounts.db.read();
    let person = person::find(db, session.person_id).await?.ok_or_else(back)?;
    let credential = credential::of(db, person.id).await?;
    let spare = sign_in_code::recovery_left(db, person.id).await?;
    Ok(Halfway { session, person, credential, spare })
}

async fn edit(
    State(app): State<App>,
    headers: HeaderMap,
    reader: Reader,
    Asked(wanted): Asked<Wanted>,
) -> Result<Response, PageError> {
    begin(&app, &headers, &reader, (&wanted, false)).await
}

async fn edit_recovery(
    State(app): State<App>,
    headers: HeaderMap,
    reader: Reader,
    Asked(wanted): Asked<Wanted>,
) -> Result<Response, PageError> {
    begin(&app, &headers, &reader, (&wanted, true)).await
}

async fn begin(
    app: &App,
    headers: &HeaderMap,
    reader: &Reader,
    (wanted, recovery): (&Wanted, bool),
) -> Result<Response, PageError> {
    let who = halfway(&app.accounts, headers).await?;
    let next = wanted.next().unwrap_or_default();
    if who.session.passed_at.is_some() {
        return Ok(
            Redirect::to(if next.is_empty() { Account::SERVICES } else { next }).into_response()
        );
    }
    let form = CodeForm { code: String::new(), next: next.to_owned() };
    let mut page = show(app, reader, &who, (form, Errors::default(), recovery));
    if wanted.done.as_deref() == Some("sent") {
        page.shell.done = Some(Texts(reader.language).done_code_sent());
    }
    Ok(page::show(&page)?.into_response())
}

fn show(
    app: &App,
    reader: &Reader,
    who: &Halfway,
    (form, errors, recovery): (CodeForm, Errors, bool),
) -> EnterCode {
    let t = Texts(reader.language);
    let title = if recovery { t.recovery_title() } else { t.code_title() };
    EnterCode {
        shell: refused(app.public(reader, title), &errors),
        t,
        address: (!who.credential.has_app()).then(|| who.person.email_address.clone()),
        recovery,
        spare: who.spare > 0,
        action: if recovery { RECOVERY } else { CODE },
        recovery_path: with_next(RECOVERY, &form.next),
        form,
        errors,
    }
}

async fn save(
    State(app): State<App>,
    headers: HeaderMap,
    reader: Reader,
    Form(typed): Form<CodeForm>,
) -> Result<Response, PageError> {
    finish(&app, &headers, &reader, (typed, false)).await
}

async fn save_recovery(
    State(app): State<App>,
    headers: HeaderMap,
    reader: Reader,
    Form(typed): Form<CodeForm>,
) -> Result<Response, PageError> {
    finish(&app, &headers, &reader, (typed, true)).await
}

async fn finish(
    app: &App,
    headers: &HeaderMap,
    reader: &Reader,
    (typed, recovery): (CodeForm, bool),
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let accounts = &app.accounts;
    let who = halfway(accounts, headers).await?;
    let error = match tried(accounts, &who, (&typed.code, recovery)).await? {
        Outcome::Passed => {
            let next = page::own_path(&typed.next).unwrap_or(Account::SERVICES);
            return Ok(Redirect::to(next).into_response());
        }
        Outcome::Locked => t.sign_in_locked(),
        Outcome::Malformed => t.code_malformed(),
        Outcome::Not(Tried::Expired) => t.code_expired(),
        Outcome::Not(Tried::Used) => t.code_used(),
        Outcome::Not(_) => t.code_wrong(),
    };
    let form = CodeForm { code: typed.code, next: typed.next };
    let page = show(app, reader, &who, (form, Errors::one("code", error), recovery));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&page)?).into_response())
}

enum Outcome {
    Passed,
    Locked,
    Malformed,
    Not(Tried),
}

/// Tries a code; a wrong one counts like a wrong password.
async fn tried(
    accounts: &Accounts,
    who: &Halfway,
    (typed, recovery): (&str, bool),
) -> Result<Outcome, PageError> {
    let code: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let digits = if who.credential.has_app() { 6 } else { 5 };
    if !recovery && (code.len() != digits || !code.bytes().all(|byte| byte.is_ascii_digit())) {
        return Ok(Outcome::Malformed);
    }
    let (vault, now) = (&accounts.vault, accounts.clock.now());
    let tx = accounts.db.begin().await?;
    let address = &who.person.email_address;
    if attempt::is_locked(&tx, vault, address).await? {
        return Ok(Outcome::Locked);
    }
    let tried = if !recovery && who.credential.has_app() {
        let right = credential::use_app(&tx, vault, &who.credential, (&code, now)).await?;
        if right { Tried::Right } else { Tried::Wrong }
    } else {
        sign_in_code::attempt(&tx, vault, (who.person.id, &code, recovery), now).await?
    };
    let outcome = match tried {
        Tried::Right => {
            attempt::forget(&tx, vault, address).await?;
            session::pass(&tx, who.session.id, now).await?;
            Outcome::Passed
        }
        wrong => {
            let locks = attempt::fail(&tx, vault, address, now).await?;
            if locks { Outcome::Locked } else { Outcome::Not(wrong) }
        }
    };
    tx.commit().await?;
    Ok(outcome)
}

async fn again(
    State(app): State<App>,
    headers: HeaderMap,
    Form(typed): Form<CodeForm>,
) -> Result<Response, PageError> {
    let accounts = &app.accounts;
    let who = halfway(accounts, &headers).await?;
    if who.session.passed_at.is_none() && !who.credential.has_app() {
        let tx = accounts.db.begin().await?;
        send_code(accounts, &tx, &who.person).await?;
        tx.commit().await?;
    }
    let path = path(&typed.next);
    let mark = if path.contains('?') { '&' } else { '?' };
    Ok(Redirect::to(&format!("{path}{mark}done=sent")).into_response())
}

impl EnterCode {
    fn language(&self) -> Language {
        self.shell.language
    }

    /// The hint under the field.
    fn hint(&self) -> String {
        match (&self.address, self.recovery) {
            (_, true) => self.t.recovery_hint(),
            (Some(address), false) => self.t.code_hint(address),
            (None, false) => self.t.code_app_hint(),
        }
    }
}
