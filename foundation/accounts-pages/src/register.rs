//! Registration: anyone with a government's address makes an account by themselves (admin specification, section B).

use accounts::{
    Accounts, SignedIn, credential, domain, letter,
    password::{self, Weak},
    person,
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
use ui::{
    Account, Button, Checkbox, ErrorSummary, Errors, InputKind, PasswordInput, Shell, TextInput,
};
use web::{Form, PageError, Reader, Routes, page};

use crate::{
    app::{App, refused},
    mail,
    sent::{Sent, confirmation, may_send, reset_link},
    words::Texts,
};

/// Longest name, in characters.
pub const LONGEST_NAME: usize = 255;

pub fn routes() -> Routes<App> {
    Routes::default().get("/register", edit).post("/register", save).get("/register/sent", sent)
}

/// What was typed. The password is never shown again.
#[derive(Clone, Default, Deserialize)]
pub struct RegisterForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    email_address: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    agree: bool,
}

#[derive(Template)]
#[template(path = "register.html")]
struct Register {
    shell: Shell,
    t: Texts,
    form: RegisterForm,
    errors: Errors,
}

async fn edit(
    State(app): State<App>,
    who: Option<SignedIn>,
    reader: Reader,
) -> Result<Response, PageError> {
    if who.is_some() {
        return Ok(Redirect::to(Account::SERVICES).into_response());
    }
    Ok(show(&app, &reader, RegisterForm::default(), Errors::default())?.into_response())
}

fn show(
    app: &App,
    reader: &Reader,
    form: RegisterForm,
    errors: Errors,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let shell = refused(app.public(reader, t.register_title()), &errors);
    page::show(&Register { shell, t, form, errors })
}

async fn save(
    State(app): State<App>,
    reader: Reader,
    Form(typed): Form<RegisterForm>,
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let accounts = &app.accounts;
    let mut errors = Errors::default();
    let name = name(t, &typed.name, &mut errors);
    let address = government_address(accounts, t, &typed.email_address, &mut errors).await?;
    check_password(t, &typed.password, &[&name, &typed.email_address], &mut errors);
    if !typed.agree {
        errors.add("agree", t.register_agree_empty());
    }
    let (Some(address), true) = (address, errors.is_empty()) else {
        let page = show(&app, &reader, typed, errors)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    // Hashed for known addresses too, so that the time does not tell them apart.
    let hash = password::hash(Secret::new(typed.password)).await?;
    let details = person::Details {
        name,
        email_address: address.to_string(),
        mobile_number: None,
        language: reader.language,
    };
    take_in(accounts, &details, hash).await?;
    Ok(Redirect::to("/register/sent").into_response())
}

/// Makes the account and sends the link that confirms it, or tells the owner of the one that exists. The answer to
/// whoever asked is the same.
async fn take_in(
    accounts: &Accounts,
    details: &person::Details,
    hash: String,
) -> Result<(), PageError> {
    let now = accounts.clock.now();
    let tx = accounts.db.begin().await?;
    match person::find_by_email(&tx, &details.email_address).await? {
        Some(known) if known.confirmed_at.is_some() => {
            if may_send(&tx, &known, now).await? {
                let token = reset_link(accounts, &tx, &known, now).await?;
                let to = letter::To::person(&known);
                let sign_in = accounts.url("/sign-in");
                mail::post(accounts, &tx, letter::already_registered(&to, sign_in, token)).await?;
            }
        }
        known => {
            let stamp = Stamp { actor: Actor::System, at: now };
            let person = match known {
                Some(unconfirmed) => person::change(&tx, &stamp, unconfirmed.id, details).await?,
                None => person::create(&tx, &stamp, details).await?,
            };
            credential::set_password(&tx, &stamp, person.id, hash).await?;
            confirmation(accounts, &tx, &person, now).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// The name without needless blanks.
pub fn name(t: Texts, typed: &str, errors: &mut Errors) -> String {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        errors.add("name", t.name_empty());
    } else if name.chars().count() > LONGEST_NAME {
        errors.add("name", t.name_long(LONGEST_NAME));
    }
    name
}

/// The address, if it is one of a government.
pub async fn government_address(
    accounts: &Accounts,
    t: Texts,
    typed: &str,
    errors: &mut Errors,
) -> Result<Option<EmailAddress>, PageError> {
    let Ok(address) = EmailAddress::parse(typed.trim()) else {
        let empty = typed.trim().is_empty();
        errors.add("email_address", if empty { t.address_empty() } else { t.address_invalid() });
        return Ok(None);
    };
    let domains = &accounts.settings.government_domains;
    if domain::is_government(accounts.db.read(), domains, &address.to_string()).await? {
        return Ok(Some(address));
    }
    errors.add("email_address", t.address_not_government());
    Ok(None)
}

/// Says what is wrong with a new password, beside the field `password`.
pub fn check_password(t: Texts, password: &str, known: &[&str], errors: &mut Errors) {
    let parts: Vec<&str> =
        known.iter().flat_map(|word| word.split(|c: char| !c.is_alphanumeric())).collect();
    match password::check(password, &parts) {
        Ok(()) => {}
        Err(_) if password.is_empty() => errors.add("password", t.password_empty()),
        Err(Weak::Short) => errors.add("password", t.password_short(password::SHORTEST)),
        Err(Weak::Long) => errors.add("password", t.password_long(password::LONGEST)),
        Err(Weak::Common) => errors.add("password", t.password_common()),
        Err(Weak::Breached) => errors.add("password", t.password_breached()),
    }
}

async fn sent(State(app): State<App>, reader: Reader) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let page = Sent {
        shell: app.public(&reader, t.sent_title()),
        body: t.sent_confirm(),
        advice: t.sent_advice(),
        again: t.sent_again_register(),
        again_path: "/register",
    };
    page.show()
}

impl Register {
    fn language(&self) -> Language {
        self.shell.language
    }
}
