//! The password again, before anything that protects the account is changed: the browser may have been left open.

use accounts::{
    Accounts, SignedIn,
    credential::{self, attempt},
    passkey, password, session,
};
use askama::Template;
use axum::{
    extract::{FromRequestParts, OriginalUri, State},
    http::{HeaderMap, Method, StatusCode, request::Parts},
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::{Language, Secret};
use serde::Deserialize;
use ui::{Account, BackLink, Button, ErrorSummary, Errors, PasswordInput, Shell};
use web::{Asked, Form, PageError, Reader, Routes, page};

use crate::{
    app::{App, refused},
    ask_passkey::{self, Question},
    sign_in::passkey::{PasskeyForm, answered},
    words::Texts,
};

const PROOF: &str = "/profile/proof";
const PASSKEY: &str = "/profile/proof/passkey";

pub fn routes() -> Routes<App> {
    Routes::default()
        .get(PROOF, edit)
        .post(PROOF, save)
        .post(PASSKEY, save_passkey)
        .post("/profile/proof/passkey/options", options)
}

/// Somebody who gave their password again within the last quarter of an hour; everybody else is asked for it first.
pub struct Proven(pub SignedIn);

impl FromRequestParts<App> for Proven {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let who = <SignedIn as FromRequestParts<App>>::from_request_parts(parts, app).await;
        let who = who.map_err(IntoResponse::into_response)?;
        if who.proved { Ok(Self(who)) } else { Err(ask(&here(parts)).into_response()) }
    }
}

/// To the page that asks, and from there to `next`.
fn ask(next: &str) -> Redirect {
    let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
    Redirect::to(&format!("{PROOF}?next={next}"))
}

/// The page to come back to: this one, or for a form that cannot be sent again the page of its subject.
fn here(parts: &Parts) -> String {
    let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |original| &original.0);
    if parts.method == Method::GET {
        return uri.path_and_query().map_or(Account::PROFILE, |path| path.as_str()).to_owned();
    }
    uri.path().split_inclusive('/').take(3).collect::<String>().trim_end_matches('/').to_owned()
}

/// Where to go afterwards.
#[derive(Default, Deserialize)]
struct Wanted {
    next: Option<String>,
}

/// What was typed; it is never shown again.
#[derive(Deserialize)]
struct ProofForm {
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

#[derive(Template)]
#[template(path = "profile/proof.html")]
struct Proof {
    shell: Shell,
    t: Texts,
    next: String,
    errors: Errors,
    /// Whether there is a password that could be asked for.
    has_password: bool,
    /// The form that asks for a passkey, for those who have one.
    passkey: Option<Question>,
}

/// `GET /profile/proof`
async fn edit(
    State(app): State<App>,
    who: SignedIn,
    reader: Reader,
    Asked(wanted): Asked<Wanted>,
) -> Result<Html<String>, PageError> {
    show(&app, &reader, &who, (wanted.next.unwrap_or_default(), Errors::default())).await
}

async fn show(
    app: &App,
    reader: &Reader,
    who: &SignedIn,
    (next, errors): (String, Errors),
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let db = app.accounts.db.read();
    let has_password = credential::of(db, who.person.id).await?.password_hash.is_some();
    let has_passkey = !passkey::of(db, who.person.id).await?.is_empty();
    let shell = refused(app.page(reader, who, t.proof_title()), &errors);
    let next = own(&next).to_owned();
    let passkey = (has_passkey && app.accounts.passkeys.is_some()).then(|| Question {
        shell: shell.clone(),
        action: PASSKEY,
        options: "/profile/proof/passkey/options",
        create: false,
        next: next.clone(),
        field: None,
        button: t.passkey_use(),
        sorry: t.passkey_sorry(),
    });
    page::show(&Proof { shell, t, next, errors, has_password, passkey })
}

fn own(next: &str) -> &str {
    page::own_path(next).unwrap_or(Account::PROFILE)
}

/// `POST /profile/proof`
async fn save(
    State(app): State<App>,
    who: SignedIn,
    reader: Reader,
    Form(typed): Form<ProofForm>,
) -> Result<Response, PageError> {
    if is_right(&app.accounts, &who, typed.password).await? {
        let tx = app.accounts.db.begin().await?;
        session::prove(&tx, who.session, who.now).await?;
        tx.commit().await?;
        return Ok(Redirect::to(own(&typed.next)).into_response());
    }
    let errors = Errors::one("password", Texts(reader.language).profile_current_wrong());
    let page = show(&app, &reader, &who, (typed.next, errors)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// `POST /profile/proof/passkey/options`
async fn options(
    State(app): State<App>,
    who: SignedIn,
    Form(_): Form<PasskeyForm>,
) -> Result<Response, PageError> {
    let accounts = &app.accounts;
    let passkeys = accounts.passkeys.as_deref().ok_or(PageError::Missing)?;
    let db = accounts.db.read();
    let asked = passkeys.ask_one(db, &accounts.vault, who.person.id, who.now).await?;
    ask_passkey::sent(accounts, asked)
}

/// `POST /profile/proof/passkey`
async fn save_passkey(
    State(app): State<App>,
    who: SignedIn,
    headers: HeaderMap,
    reader: Reader,
    Form(given): Form<PasskeyForm>,
) -> Result<Response, PageError> {
    let tx = app.accounts.db.begin().await?;
    let question = passkey::Question::Prove(who.person.id);
    let right = answered(&app, &tx, &headers, (question, &given.credential)).await?.is_some();
    if right {
        session::prove(&tx, who.session, who.now).await?;
    }
    tx.commit().await?;
    if right {
        return Ok(Redirect::to(own(&given.next)).into_response());
    }
    let errors = Errors::one("", Texts(reader.language).passkey_not_known());
    let page = show(&app, &reader, &who, (given.next, errors)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Whether this is their password. Wrong ones count towards the lock of the account, and a locked one takes none.
pub async fn is_right(
    accounts: &Accounts,
    who: &SignedIn,
    current: String,
) -> Result<bool, PageError> {
    let db = accounts.db.read();
    let address = &who.person.email_address;
    let kept = credential::of(db, who.person.id).await?.password_hash;
    let locked = attempt::is_locked(db, &accounts.vault, address).await?;
    if password::matches(Secret::new(current), kept).await? && !locked {
        return Ok(true);
    }
    let tx = accounts.db.begin().await?;
    attempt::fail(&tx, &accounts.vault, address, who.now).await?;
    tx.commit().await?;
    Ok(false)
}

impl Proof {
    fn language(&self) -> Language {
        self.shell.language
    }
}
