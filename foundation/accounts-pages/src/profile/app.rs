//! The authenticator app as the second factor: set up by a picture or by hand, proven by a code, taken away again.

use accounts::{SignedIn, credential, sign_in_code};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::Language;
use serde::Deserialize;
use ui::{BackLink, Button, ButtonKind, CodeInput, Copyable, ErrorSummary, Errors, QrCode, Shell};
use web::{Form, PageError, Reader, Routes, page};

use super::{proof::Proven, recovery};
use crate::{
    app::{App, refused},
    confirm::Nothing,
    mail,
    words::Texts,
};

const APP: &str = "/profile/app";

pub fn routes() -> Routes<App> {
    Routes::default()
        .get(APP, show)
        .post(APP, confirm)
        .post("/profile/app/begin", begin)
        .post("/profile/app/remove", remove)
}

/// The code that was typed.
#[derive(Clone, Default, Deserialize)]
struct CodeForm {
    #[serde(default)]
    code: String,
}

/// What the page shows.
enum Step {
    /// Nothing is set up.
    Nothing,
    /// The app is to be fed with a secret and to give a code.
    Secret { picture: Option<QrCode>, typed: Copyable },
    /// It is the second factor.
    Done,
}

#[derive(Template)]
#[template(path = "profile/app.html")]
struct AppPage {
    shell: Shell,
    t: Texts,
    step: Step,
    code: String,
    errors: Errors,
}

/// `GET /profile/app`
async fn show(
    State(app): State<App>,
    Proven(who): Proven,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    shown(&app, &reader, &who, (String::new(), Errors::default())).await
}

async fn shown(
    app: &App,
    reader: &Reader,
    who: &SignedIn,
    (code, errors): (String, Errors),
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let known = credential::of(app.accounts.db.read(), who.person.id).await?;
    let step = match (known.has_app(), &known.totp_sealed) {
        (true, _) => Step::Done,
        (false, None) => Step::Nothing,
        (false, Some(_)) => secret(app, t, who, &known)?,
    };
    let shell = refused(app.page(reader, who, t.way_app()), &errors);
    page::show(&AppPage { shell, t, step, code, errors })
}

fn secret(
    app: &App,
    t: Texts,
    who: &SignedIn,
    known: &credential::Model,
) -> Result<Step, PageError> {
    let accounts = &app.accounts;
    let account = (accounts.settings.product.as_str(), who.person.email_address.as_str());
    let (typed, address) = credential::app_secret(&accounts.vault, known, account)?;
    let typed = Copyable {
        language: t.0,
        id: "secret".to_owned(),
        label: t.app_secret(),
        value: in_fours(typed.expose()),
        ..Copyable::default()
    };
    Ok(Step::Secret { picture: QrCode::new(address.expose(), t.app_picture()), typed })
}

/// In groups of four, as it is typed.
fn in_fours(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(|four| four.iter().collect()).collect::<Vec<String>>().join(" ")
}

/// `POST /profile/app/begin`: a new secret, unless an app is set up.
async fn begin(
    State(app): State<App>,
    Proven(who): Proven,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, PageError> {
    let tx = app.accounts.db.begin().await?;
    if !credential::of(&tx, who.person.id).await?.has_app() {
        credential::begin_app(&tx, &app.accounts.vault, who.person.id).await?;
        tx.commit().await?;
    }
    Ok(Redirect::to(APP))
}

/// `POST /profile/app`: a right code makes the app the second factor. Nobody is left without recovery codes, so that a
/// lost telephone does not lock them out.
async fn confirm(
    State(app): State<App>,
    Proven(who): Proven,
    reader: Reader,
    Form(typed): Form<CodeForm>,
) -> Result<Response, PageError> {
    let accounts = &app.accounts;
    let code: String = typed.code.chars().filter(|c| !c.is_whitespace()).collect();
    let tx = accounts.db.begin().await?;
    let known = credential::of(&tx, who.person.id).await?;
    if known.has_app() || known.totp_sealed.is_none() {
        return Ok(Redirect::to(APP).into_response());
    }
    if !credential::use_app(&tx, &accounts.vault, &known, (&code, who.now)).await? {
        let errors = Errors::one("code", Texts(reader.language).app_code_wrong());
        let page = shown(&app, &reader, &who, (typed.code, errors)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    credential::confirm_app(&tx, &who.stamp(), who.person.id).await?;
    mail::tell(accounts, &tx, &who.person, Texts::changed_app_added).await?;
    let codes = if sign_in_code::recovery_left(&tx, who.person.id).await? == 0 {
        sign_in_code::renew_recovery(&tx, &accounts.vault, &who.stamp(), who.person.id).await?
    } else {
        Vec::new()
    };
    tx.commit().await?;
    let done = Texts(reader.language).changed_app_added();
    Ok(recovery::once(&app, &reader, &who, (codes, done))?.into_response())
}

/// `POST /profile/app/remove`
async fn remove(
    State(app): State<App>,
    Proven(who): Proven,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, PageError> {
    let tx = app.accounts.db.begin().await?;
    let known = credential::of(&tx, who.person.id).await?;
    if known.totp_sealed.is_some() {
        credential::remove_app(&tx, &who.stamp(), who.person.id).await?;
    }
    // One that never gave a code changed nothing.
    if known.has_app() {
        mail::tell(&app.accounts, &tx, &who.person, Texts::changed_app_removed).await?;
    }
    tx.commit().await?;
    Ok(Redirect::to(if known.has_app() { "/profile?done=app-removed" } else { "/profile" }))
}

impl AppPage {
    fn language(&self) -> Language {
        self.shell.language
    }
}
