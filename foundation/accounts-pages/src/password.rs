//! A new password for somebody who forgot theirs: by a link to their address, whatever they typed.

use accounts::{
    Accounts,
    credential::{self, attempt},
    letter,
    link::{self, Purpose},
    password, person, session,
};
use askama::Template;
use audit::{Actor, Stamp};
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::{EmailAddress, Language, Secret};
use serde::Deserialize;
use ui::{BackLink, Button, ErrorSummary, Errors, InputKind, PasswordInput, Shell, TextInput};
use web::{At, Form, PageError, Reader, Routes, page};

use crate::{
    app::{App, refused},
    mail, register,
    sent::{Sent, may_send, reset_link},
    words::Texts,
};

pub fn routes() -> Routes<App> {
    Routes::default()
        .get("/forgot-password", edit)
        .post("/forgot-password", save)
        .get("/forgot-password/sent", sent)
        .get("/new-password/{token}", edit_new)
        .post("/new-password/{token}", save_new)
}

/// What was typed.
#[derive(Clone, Default, Deserialize)]
pub struct ForgotForm {
    #[serde(default)]
    email_address: String,
}

#[derive(Template)]
#[template(path = "forgot_password.html")]
struct Forgot {
    shell: Shell,
    t: Texts,
    form: ForgotForm,
    errors: Errors,
}

async fn edit(State(app): State<App>, reader: Reader) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let shell = app.public(&reader, t.forgot_title());
    page::show(&Forgot { shell, t, form: ForgotForm::default(), errors: Errors::default() })
}

async fn save(
    State(app): State<App>,
    reader: Reader,
    Form(typed): Form<ForgotForm>,
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let Ok(address) = EmailAddress::parse(typed.email_address.trim()) else {
        let empty = typed.email_address.trim().is_empty();
        let errors = Errors::one(
            "email_address",
            if empty { t.address_empty() } else { t.address_invalid() },
        );
        let shell = refused(app.public(&reader, t.forgot_title()), &errors);
        let page = page::show(&Forgot { shell, t, form: typed, errors })?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    send(&app.accounts, &address.to_string()).await?;
    Ok(Redirect::to("/forgot-password/sent").into_response())
}

/// Sends a link if there is an account; nobody is told which.
async fn send(accounts: &Accounts, address: &str) -> Result<(), PageError> {
    let now = accounts.clock.now();
    let tx = accounts.db.begin().await?;
    let Some(person) = person::find_by_email(&tx, address).await? else { return Ok(()) };
    if person.blocked_at.is_some() || !may_send(&tx, &person, now).await? {
        return Ok(());
    }
    let link = reset_link(accounts, &tx, &person, now).await?;
    let letter = letter::reset_password(&letter::To::person(&person), link);
    mail::post(accounts, &tx, letter).await?;
    tx.commit().await?;
    Ok(())
}

async fn sent(State(app): State<App>, reader: Reader) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let page = Sent {
        shell: app.public(&reader, t.sent_title()),
        body: t.sent_reset(),
        advice: t.sent_advice(),
        again: t.sent_again_reset(),
        again_path: "/forgot-password",
    };
    page.show()
}

/// What was typed; it is never shown again.
#[derive(Clone, Default, Deserialize)]
pub struct NewForm {
    #[serde(default)]
    password: String,
}

#[derive(Template)]
#[template(path = "new_password.html")]
struct NewPassword {
    shell: Shell,
    t: Texts,
    errors: Errors,
    action: String,
}

#[derive(Template)]
#[template(path = "link_over.html")]
struct LinkOver {
    shell: Shell,
    body: String,
    again: String,
}

async fn edit_new(
    State(app): State<App>,
    At(token): At<String>,
    reader: Reader,
) -> Result<Response, PageError> {
    let link = find(&app.accounts, &token).await?;
    if !link.works(app.accounts.clock.now()) {
        return over(&app, &reader);
    }
    let page = show(&app, &reader, &token, Errors::default());
    Ok(page::show(&page)?.into_response())
}

/// Sets the password, ends all sessions and unlocks the account: the link shows that the mailbox is theirs.
async fn save_new(
    State(app): State<App>,
    At(token): At<String>,
    reader: Reader,
    Form(typed): Form<NewForm>,
) -> Result<Response, PageError> {
    let accounts = &app.accounts;
    let t = Texts(reader.language);
    let link = find(accounts, &token).await?;
    let person = person::find(accounts.db.read(), link.person_id).await?;
    let person = person.filter(|person| person.blocked_at.is_none()).ok_or(PageError::Missing)?;
    let mut errors = Errors::default();
    let known = [person.name.as_str(), person.email_address.as_str()];
    register::check_password(t, &typed.password, &known, &mut errors);
    if !errors.is_empty() {
        let page = page::show(&show(&app, &reader, &token, errors))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let hash = password::hash(Secret::new(typed.password)).await?;
    let now = accounts.clock.now();
    let stamp = Stamp { actor: Actor::Person(person.id.uuid()), at: now };
    let tx = accounts.db.begin().await?;
    if !link::consume(&tx, &link, now).await? {
        return over(&app, &reader);
    }
    credential::set_password(&tx, &stamp, person.id, hash).await?;
    person::confirm(&tx, &stamp, person.id).await?;
    attempt::forget(&tx, &accounts.vault, &person.email_address).await?;
    session::end_others(&tx, person.id, None).await?;
    mail::tell(accounts, &tx, &person, Texts::changed_password).await?;
    tx.commit().await?;
    Ok(Redirect::to("/sign-in?done=password").into_response())
}

async fn find(accounts: &Accounts, token: &str) -> Result<link::Model, PageError> {
    let link = link::find(accounts.db.read(), Purpose::Reset, token).await?;
    link.ok_or(PageError::Missing)
}

fn show(app: &App, reader: &Reader, token: &str, errors: Errors) -> NewPassword {
    let t = Texts(reader.language);
    let shell = refused(app.public(reader, t.new_password_title()), &errors);
    NewPassword { shell, t, errors, action: format!("/new-password/{token}") }
}

fn over(app: &App, reader: &Reader) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let page = LinkOver {
        shell: app.public(reader, t.link_over_title()),
        body: t.link_over_body(),
        again: t.link_over_ask(),
    };
    Ok((StatusCode::GONE, page::show(&page)?).into_response())
}

impl Forgot {
    fn language(&self) -> Language {
        self.shell.language
    }
}

impl NewPassword {
    fn language(&self) -> Language {
        self.shell.language
    }
}
