//! A new password for somebody who knows theirs.

use accounts::{SignedIn, credential, password, session};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::{Language, Secret};
use serde::Deserialize;
use ui::{BackLink, Button, ErrorSummary, Errors, PasswordInput, Shell};
use web::{Form, PageError, Reader, Routes, page};

use super::proof::is_right;
use crate::{
    app::{App, refused},
    mail, register,
    words::Texts,
};

const PASSWORD: &str = "/profile/password";

pub fn routes() -> Routes<App> {
    Routes::default().get(PASSWORD, edit).post(PASSWORD, save)
}

/// What was typed; it is never shown again.
#[derive(Deserialize)]
struct PasswordForm {
    #[serde(default)]
    current: String,
    #[serde(default)]
    password: String,
}

#[derive(Template)]
#[template(path = "profile/password.html")]
struct NewPassword {
    shell: Shell,
    t: Texts,
    errors: Errors,
}

/// `GET /profile/password`
async fn edit(
    State(app): State<App>,
    who: SignedIn,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    ask(&app, &reader, &who, Errors::default())
}

fn ask(
    app: &App,
    reader: &Reader,
    who: &SignedIn,
    errors: Errors,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let shell = refused(app.page(reader, who, t.profile_password()), &errors);
    page::show(&NewPassword { shell, t, errors })
}

/// `POST /profile/password`: sets it, ends all other sessions and tells the owner.
async fn save(
    State(app): State<App>,
    who: SignedIn,
    reader: Reader,
    Form(typed): Form<PasswordForm>,
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let mut errors = Errors::default();
    let known = [who.person.name.as_str(), who.person.email_address.as_str()];
    register::check_password(t, &typed.password, &known, &mut errors);
    if !is_right(&app.accounts, &who, typed.current).await? {
        errors.add("current", t.profile_current_wrong());
    }
    if !errors.is_empty() {
        let page = ask(&app, &reader, &who, errors)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let hash = password::hash(Secret::new(typed.password)).await?;
    let tx = app.accounts.db.begin().await?;
    credential::set_password(&tx, &who.stamp(), who.person.id, hash).await?;
    session::end_others(&tx, who.person.id, Some(who.session)).await?;
    mail::tell(&app.accounts, &tx, &who.person, Texts::changed_password).await?;
    tx.commit().await?;
    Ok(Redirect::to("/profile?done=password").into_response())
}

impl NewPassword {
    fn language(&self) -> Language {
        self.shell.language
    }
}
