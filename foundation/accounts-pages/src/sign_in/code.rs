//! The second factor: a code from an e-mail, from an authenticator app, or from the list of recovery codes.

use std::convert::Infallible;

use accounts::{
    Accounts,
    credential::{self, attempt},
    passkey, person, session,
    sign_in::{self, How},
    sign_in_code::{self, Tried},
};
use askama::Template;
use audit::{Actor, Stamp};
use axum::{
    extract::{FromRequestParts, State},
    http::{HeaderMap, StatusCode, request::Parts},
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::Language;
use serde::Deserialize;
use ui::{Account, Button, ButtonKind, CodeInput, ErrorSummary, Errors, Shell};
use web::{Asked, Form, PageError, Reader, Routes, page};

use super::{Wanted, passkey::SECOND, send_code};
use crate::{
    app::{App, refused},
    ask_passkey::Question,
    mail,
    words::Texts,
};

pub fn routes() -> Routes<App> {
    let mut routes = Routes::default().post("/sign-in/code/again", again);
    for way in [Way::Code, Way::Recovery] {
        routes = routes.get(way.path(), edit).post(way.path(), save);
    }
    routes
}

/// Which code is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// The one that an e-mail or the authenticator app gives.
    Code,
    /// One of those that were written down.
    Recovery,
}

impl Way {
    const fn path(self) -> &'static str {
        match self {
            Self::Code => "/sign-in/code",
            Self::Recovery => "/sign-in/recovery",
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Way {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let recovery = parts.uri.path() == Self::Recovery.path();
        Ok(if recovery { Self::Recovery } else { Self::Code })
    }
}

/// Where the second factor is asked for; `next` travels along.
pub fn path(next: &str) -> String {
    with_next(Way::Code.path(), next)
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
    way: Way,
    /// Whether the reader has recovery codes.
    spare: bool,
    action: &'static str,
    recovery_path: String,
    /// The form that asks for a passkey, for those who have one.
    passkey: Option<Question>,
}

/// Who has given the right password and not yet the second factor.
pub struct Halfway {
    session: session::Model,
    pub person: person::Model,
    credential: credential::Model,
    /// How many recovery codes are left.
    spare: u64,
    /// Whether they have a passkey.
    has_passkey: bool,
}

/// Who has given the right password in this browser.
pub async fn halfway(accounts: &Accounts, headers: &HeaderMap) -> Result<Halfway, PageError> {
    let back = || PageError::SignIn(Account::SERVICES.to_owned());
    let session = accounts.session(headers).await?.ok_or_else(back)?;
    let db = accounts.db.read();
    let person = person::find(db, session.person_id).await?.ok_or_else(back)?;
    let credential = credential::of(db, person.id).await?;
    let spare = sign_in_code::recovery_left(db, person.id).await?;
    let has_passkey = !passkey::of(db, person.id).await?.is_empty();
    Ok(Halfway { session, person, credential, spare, has_passkey })
}

/// `GET /sign-in/code`, `GET /sign-in/recovery`
async fn edit(
    State(app): State<App>,
    way: Way,
    headers: HeaderMap,
    reader: Reader,
    Asked(wanted): Asked<Wanted>,
) -> Result<Response, PageError> {
    let who = halfway(&app.accounts, &headers).await?;
    let next = wanted.next().unwrap_or_default();
    if who.session.passed_at.is_some() {
        return Ok(
            Redirect::to(if next.is_empty() { Account::SERVICES } else { next }).into_response()
        );
    }
    let form = CodeForm { code: String::new(), next: next.to_owned() };
    let mut page = show(&app, &reader, &who, (way, form, Errors::default()));
    if wanted.done.as_deref() == Some("sent") {
        page.shell.done = Some(Texts(reader.language).done_code_sent());
    }
    Ok(page::show(&page)?.into_response())
}

fn show(
    app: &App,
    reader: &Reader,
    who: &Halfway,
    (way, form, errors): (Way, CodeForm, Errors),
) -> EnterCode {
    let t = Texts(reader.language);
    let title = match way {
        Way::Code => t.code_title(),
        Way::Recovery => t.recovery_title(),
    };
    let shell = refused(app.public(reader, title), &errors);
    let asks = who.has_passkey && way == Way::Code && app.accounts.passkeys.is_some();
    let passkey = asks.then(|| Question {
        shell: shell.clone(),
        action: SECOND,
        options: "/sign-in/code/passkey/options",
        create: false,
        next: form.next.clone(),
        field: None,
        button: t.passkey_use(),
        sorry: t.passkey_sorry(),
    });
    EnterCode {
        shell,
        t,
        passkey,
        address: (!who.credential.has_app()).then(|| who.person.email_address.clone()),
        way,
        spare: who.spare > 0,
        action: way.path(),
        recovery_path: with_next(Way::Recovery.path(), &form.next),
        form,
        errors,
    }
}

/// `POST /sign-in/code`, `POST /sign-in/recovery`
async fn save(
    State(app): State<App>,
    way: Way,
    headers: HeaderMap,
    reader: Reader,
    Form(typed): Form<CodeForm>,
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let who = halfway(&app.accounts, &headers).await?;
    let error = match tried(&app.accounts, &who, (way, &typed.code)).await? {
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
    let page = show(&app, &reader, &who, (way, form, Errors::one("code", error)));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&page)?).into_response())
}

enum Outcome {
    Passed,
    Locked,
    Malformed,
    Not(Tried),
}

/// The page after a passkey that was not right.
pub fn passkey_refused(
    app: &App,
    reader: &Reader,
    who: &Halfway,
    next: String,
) -> Result<Html<String>, PageError> {
    let errors = Errors::one("", Texts(reader.language).passkey_not_known());
    let form = CodeForm { code: String::new(), next };
    page::show(&show(app, reader, who, (Way::Code, form, errors)))
}

/// Tries a code; a wrong one counts like a wrong password.
async fn tried(
    accounts: &Accounts,
    who: &Halfway,
    (way, typed): (Way, &str),
) -> Result<Outcome, PageError> {
    let code: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let app = way == Way::Code && who.credential.has_app();
    let digits = if app { 6 } else { 5 };
    if way == Way::Code && (code.len() != digits || !code.bytes().all(|b| b.is_ascii_digit())) {
        return Ok(Outcome::Malformed);
    }
    let (vault, now) = (&accounts.vault, accounts.clock.now());
    let tx = accounts.db.begin().await?;
    let address = &who.person.email_address;
    if attempt::is_locked(&tx, vault, address).await? {
        return Ok(Outcome::Locked);
    }
    let tried = if app {
        let right = credential::use_app(&tx, vault, &who.credential, (&code, now)).await?;
        if right { Tried::Right } else { Tried::Wrong }
    } else {
        let recovery = way == Way::Recovery;
        sign_in_code::attempt(&tx, vault, (who.person.id, &code, recovery), now).await?
    };
    let outcome = match tried {
        Tried::Right => {
            let how = match way {
                Way::Recovery => How::Recovery,
                Way::Code if app => How::App,
                Way::Code => How::Email,
            };
            enter(accounts, &tx, who, how).await?;
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

/// The second factor was right: the session opens everything from now on. A recovery code that was used is told to its
/// owner, because it may have been found by somebody else.
pub async fn enter(
    accounts: &Accounts,
    tx: &db::Transaction,
    who: &Halfway,
    how: How,
) -> Result<(), PageError> {
    let now = accounts.clock.now();
    let stamp = Stamp { actor: Actor::Person(who.person.id.uuid()), at: now };
    attempt::forget(tx, &accounts.vault, &who.person.email_address).await?;
    session::pass(tx, who.session.id, now).await?;
    sign_in::note(tx, &stamp, who.person.id, (how, &who.session.browser)).await?;
    if how == How::Recovery {
        let left = who.spare.saturating_sub(1);
        mail::tell(accounts, tx, &who.person, |t| t.changed_recovery_used(left)).await?;
    }
    Ok(())
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
        match (&self.address, self.way) {
            (_, Way::Recovery) => self.t.recovery_hint(),
            (Some(address), Way::Code) => self.t.code_hint(address),
            (None, Way::Code) => self.t.code_app_hint(),
        }
    }

    /// Whether a recovery code is asked for.
    fn recovery(&self) -> bool {
        self.way == Way::Recovery
    }
}
