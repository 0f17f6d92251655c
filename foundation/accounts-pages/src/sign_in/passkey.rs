//! Signing in with a passkey: alone, because the device has made sure who holds it, or after the password.

use accounts::{
    PersonId, gate,
    passkey::{Answer, Passkeys, Question},
    person, session,
    sign_in::{self, How},
};
use audit::{Actor, Stamp};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use ui::{Account, Errors};
use web::{Form, PageError, Reader, Routes, page};

use super::{SignInForm, code, show};
use crate::{
    app::{App, with_cookie},
    ask_passkey,
    words::Texts,
};

/// Where a passkey signs in.
pub const PASSKEY: &str = "/sign-in/passkey";
/// Where it is the second factor.
pub const SECOND: &str = "/sign-in/code/passkey";

pub fn routes() -> Routes<App> {
    Routes::default()
        .post(PASSKEY, save)
        .post("/sign-in/passkey/options", options)
        .post(SECOND, save_second)
        .post("/sign-in/code/passkey/options", options_second)
}

/// What the device gave.
#[derive(Clone, Default, Deserialize)]
pub struct PasskeyForm {
    #[serde(default)]
    pub credential: String,
    #[serde(default)]
    pub next: String,
}

fn of(app: &App) -> Result<&Passkeys, PageError> {
    app.accounts.passkeys.as_deref().ok_or(PageError::Missing)
}

/// Who answers a question in this request; nobody when the answer is not right.
pub async fn answered(
    app: &App,
    tx: &db::Transaction,
    headers: &HeaderMap,
    (question, credential): (Question, &str),
) -> Result<Option<PersonId>, PageError> {
    let accounts = &app.accounts;
    let answer = Answer { state: accounts.question(headers).unwrap_or_default(), credential };
    let now = accounts.clock.now();
    Ok(of(app)?.check(tx, &accounts.vault, (question, answer), now).await?)
}

/// `POST /sign-in/passkey/options`: a question that is the same for everybody, so that it tells nothing.
async fn options(
    State(app): State<App>,
    Form(_): Form<PasskeyForm>,
) -> Result<Response, PageError> {
    let accounts = &app.accounts;
    let asked = of(&app)?.ask_anybody(&accounts.vault, accounts.clock.now())?;
    ask_passkey::sent(accounts, asked)
}

/// `POST /sign-in/passkey`. A passkey cannot be guessed, so wrong passwords that lock the account do not lock it out.
async fn save(
    State(app): State<App>,
    headers: HeaderMap,
    reader: Reader,
    Form(given): Form<PasskeyForm>,
) -> Result<Response, PageError> {
    let accounts = &app.accounts;
    let tx = accounts.db.begin().await?;
    let who = answered(&app, &tx, &headers, (Question::SignIn, &given.credential)).await?;
    let person = match who {
        Some(id) => person::find(&tx, id).await?,
        None => None,
    };
    let person = person.filter(|one| one.blocked_at.is_none() && one.confirmed_at.is_some());
    let Some(person) = person else {
        tx.commit().await?;
        let errors = Errors::one("", Texts(reader.language).passkey_not_known());
        let form = SignInForm { next: given.next, ..SignInForm::default() };
        let page = show(&app, &reader, form, (errors, None))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let stamp = Stamp { actor: Actor::Person(person.id.uuid()), at: accounts.clock.now() };
    let browser = gate::browser(&headers);
    let how = (browser, true);
    let cookie = session::begin(&tx, &accounts.vault, person.id, how, stamp.at).await?;
    sign_in::note(&tx, &stamp, person.id, (How::Passkey, browser)).await?;
    tx.commit().await?;
    let next = page::own_path(&given.next).unwrap_or(Account::SERVICES);
    let mut answer = Redirect::to(next).into_response();
    with_cookie(answer.headers_mut(), &accounts.cookie(&cookie))?;
    Ok(answer)
}

/// `POST /sign-in/code/passkey/options`
async fn options_second(
    State(app): State<App>,
    headers: HeaderMap,
    Form(_): Form<PasskeyForm>,
) -> Result<Response, PageError> {
    let accounts = &app.accounts;
    let who = code::halfway(accounts, &headers).await?;
    let (db, now) = (accounts.db.read(), accounts.clock.now());
    let asked = of(&app)?.ask_one(db, &accounts.vault, who.person.id, now).await?;
    ask_passkey::sent(accounts, asked)
}

/// `POST /sign-in/code/passkey`
async fn save_second(
    State(app): State<App>,
    headers: HeaderMap,
    reader: Reader,
    Form(given): Form<PasskeyForm>,
) -> Result<Response, PageError> {
    let accounts = &app.accounts;
    let who = code::halfway(accounts, &headers).await?;
    let tx = accounts.db.begin().await?;
    let question = Question::Prove(who.person.id);
    if answered(&app, &tx, &headers, (question, &given.credential)).await?.is_none() {
        tx.commit().await?;
        let page = code::passkey_refused(&app, &reader, &who, given.next)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    code::enter(accounts, &tx, &who, How::Passkey).await?;
    tx.commit().await?;
    let next = page::own_path(&given.next).unwrap_or(Account::SERVICES);
    Ok(Redirect::to(next).into_response())
}
