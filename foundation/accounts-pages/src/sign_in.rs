//! Signing in: password, then a second factor (admin specification, section C).

mod code;
pub mod passkey;

use accounts::{
    Accounts, SignedIn,
    credential::{self, attempt},
    gate, letter, password, person, session, sign_in_code,
};
use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::{Language, Secret};
use serde::Deserialize;
use ui::{Account, Button, ErrorSummary, Errors, InputKind, PasswordInput, Shell, TextInput};
use web::{Asked, Form, PageError, Reader, Routes, page};

use crate::{
    app::{App, refused, with_cookie},
    ask_passkey::Question,
    mail, sent,
    words::Texts,
};

pub fn routes() -> Routes<App> {
    Routes::default()
        .get(page::SIGN_IN, edit)
        .post(page::SIGN_IN, save)
        .merge(code::routes())
        .merge(passkey::routes())
}

/// Where to go afterwards, and what was done before.
#[derive(Clone, Default, Deserialize)]
pub struct Wanted {
    next: Option<String>,
    done: Option<String>,
}

impl Wanted {
    /// The path to go to, if it is one of ours.
    fn next(&self) -> Option<&str> {
        self.next.as_deref().and_then(page::own_path)
    }
}

/// What was typed. The password is never shown again.
#[derive(Clone, Default, Deserialize)]
pub struct SignInForm {
    #[serde(default)]
    email_address: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignIn {
    shell: Shell,
    t: Texts,
    form: SignInForm,
    errors: Errors,
    /// The form that asks for a passkey, where the site can have them.
    passkey: Option<Question>,
}

async fn edit(
    State(app): State<App>,
    who: Option<SignedIn>,
    reader: Reader,
    Asked(wanted): Asked<Wanted>,
) -> Result<Response, PageError> {
    let next = wanted.next().unwrap_or_default();
    if who.is_some() {
        let next = if next.is_empty() { Account::SERVICES } else { next };
        return Ok(Redirect::to(next).into_response());
    }
    let form = SignInForm { next: next.to_owned(), ..SignInForm::default() };
    let done = wanted.done.as_deref();
    Ok(show(&app, &reader, form, (Errors::default(), done))?.into_response())
}

fn show(
    app: &App,
    reader: &Reader,
    form: SignInForm,
    (errors, done): (Errors, Option<&str>),
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let mut shell = refused(app.public(reader, t.sign_in_title()), &errors);
    shell.done = match done {
        Some("signed-out") => Some(t.done_signed_out()),
        Some("password") => Some(t.done_password()),
        Some("address") => Some(t.done_address()),
        Some("closed") => Some(t.done_closed()),
        _ => None,
    };
    let passkey = app.accounts.passkeys.is_some().then(|| Question {
        shell: shell.clone(),
        action: passkey::PASSKEY,
        options: "/sign-in/passkey/options",
        create: false,
        next: form.next.clone(),
        field: None,
        button: t.passkey_sign_in(),
        sorry: t.passkey_sorry(),
    });
    page::show(&SignIn { shell, t, form, errors, passkey })
}

/// Checks the password. Unknown addresses, wrong passwords and locked accounts cannot be told apart by anybody who does
/// not know the password.
async fn save(
    State(app): State<App>,
    reader: Reader,
    headers: HeaderMap,
    Form(typed): Form<SignInForm>,
) -> Result<Response, PageError> {
    let accounts = &app.accounts;
    let address = typed.email_address.trim().to_lowercase();
    let person = person::find_by_email(accounts.db.read(), &address).await?;
    let kept = match &person {
        Some(person) => credential::of(accounts.db.read(), person.id).await?.password_hash,
        None => None,
    };
    let right = password::matches(Secret::new(typed.password.clone()), kept).await?;
    let locked = attempt::is_locked(accounts.db.read(), &accounts.vault, &address).await?;
    match person {
        Some(person) if right && !locked && person.blocked_at.is_none() => {
            pass(&app, &person, &headers, &typed.next).await
        }
        _ => refuse(&app, &reader, typed, (&address, locked)).await,
    }
}

async fn refuse(
    app: &App,
    reader: &Reader,
    typed: SignInForm,
    (address, locked): (&str, bool),
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let accounts = &app.accounts;
    let mut errors = Errors::default();
    if address.is_empty() {
        errors.add("email_address", t.address_empty());
    }
    if typed.password.is_empty() {
        errors.add("password", t.password_empty());
    }
    if errors.is_empty() {
        let tx = accounts.db.begin().await?;
        let now = accounts.clock.now();
        let locks = locked || attempt::fail(&tx, &accounts.vault, address, now).await?;
        tx.commit().await?;
        errors.add("email_address", if locks { t.sign_in_locked() } else { t.sign_in_wrong() });
    }
    let page = show(app, reader, typed, (errors, None))?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// The password was right: begins a session that opens nothing yet, and asks for the second factor.
async fn pass(
    app: &App,
    person: &person::Model,
    headers: &HeaderMap,
    next: &str,
) -> Result<Response, PageError> {
    let accounts = &app.accounts;
    let now = accounts.clock.now();
    let tx = accounts.db.begin().await?;
    if person.confirmed_at.is_none() {
        sent::confirmation(accounts, &tx, person, now).await?;
        tx.commit().await?;
        return Ok(Redirect::to("/register/sent").into_response());
    }
    let how = (gate::browser(headers), false);
    let cookie = session::begin(&tx, &accounts.vault, person.id, how, now).await?;
    if !credential::of(&tx, person.id).await?.has_app() {
        send_code(accounts, &tx, person).await?;
    }
    tx.commit().await?;
    let mut answer = Redirect::to(&code::path(next)).into_response();
    with_cookie(answer.headers_mut(), &accounts.cookie(&cookie))?;
    Ok(answer)
}

/// Sends a code, unless one was sent seconds ago.
async fn send_code(
    accounts: &Accounts,
    tx: &db::Transaction,
    person: &person::Model,
) -> Result<(), PageError> {
    let now = accounts.clock.now();
    if let Some(code) = sign_in_code::issue(tx, &accounts.vault, person.id, now).await? {
        let letter = letter::sign_in_code(&letter::To::person(person), code);
        mail::post(accounts, tx, letter).await?;
    }
    Ok(())
}

impl SignIn {
    fn language(&self) -> Language {
        self.shell.language
    }
}
