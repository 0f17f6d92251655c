//! The form that makes a service: its name and the address it writes from, both unlike all others.

use accounts::{Permissions, SignedIn, domain, membership, service};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::Language;
use notify::sender;
use notify_store::setting;
use serde::Deserialize;
use ui::{Account, BackLink, Button, ErrorSummary, Errors, Shell, TextInput};
use web::{Form, PageError, Reader, page};

use crate::{app::App, words::Texts};

/// Longest name of a service, in characters (admin specification, section T).
const LONGEST_NAME: usize = 255;

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ServiceForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    email_from: String,
}

#[derive(Template)]
#[template(path = "service/new.html")]
struct NewService {
    shell: Shell,
    t: Texts,
    form: ServiceForm,
    errors: Errors,
    sending_domain: String,
}

/// `GET /services/new`
pub async fn edit(
    State(app): State<App>,
    who: SignedIn,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    may_add(&app, &who).await?;
    page::show(&form(&app, &reader, &who, ServiceForm::default(), Errors::default()))
}

/// `POST /services/new`: makes the service on trial, with its maker as the first member.
pub async fn save(
    State(app): State<App>,
    who: SignedIn,
    reader: Reader,
    Form(typed): Form<ServiceForm>,
) -> Result<Response, PageError> {
    may_add(&app, &who).await?;
    let t = Texts(reader.language);
    match make(&app, &who, t, &typed).await? {
        Ok(id) => Ok(Redirect::to(&format!("{}/{id}", Account::SERVICES)).into_response()),
        Err(errors) => {
            let page = form(&app, &reader, &who, typed, errors);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&page)?).into_response())
        }
    }
}

/// Only people with a government's address make services (admin specification, section E.2).
async fn may_add(app: &App, who: &SignedIn) -> Result<(), PageError> {
    let domains = &app.accounts.settings.government_domains;
    let address = &who.person.email_address;
    let government = domain::is_government(app.accounts.db.read(), domains, address).await?;
    if government { Ok(()) } else { Err(PageError::Forbidden) }
}

fn form(
    app: &App,
    reader: &Reader,
    who: &SignedIn,
    form: ServiceForm,
    errors: Errors,
) -> NewService {
    let t = Texts(reader.language);
    let shell = app.page(reader, who, t.new_service_title());
    let shell = if errors.is_empty() { shell } else { shell.failed() };
    NewService { shell, t, form, errors, sending_domain: app.sending_domain.to_string() }
}

async fn make(
    app: &App,
    who: &SignedIn,
    t: Texts,
    typed: &ServiceForm,
) -> Result<Result<accounts::ServiceId, Errors>, PageError> {
    let mut errors = Errors::default();
    let name = typed.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        errors.add("name", t.new_service_name_empty());
    } else if name.chars().count() > LONGEST_NAME {
        errors.add("name", t.new_service_name_long(LONGEST_NAME));
    } else if name.contains('"') {
        errors.add("name", t.new_service_name_quote());
    }
    let wish = if typed.email_from.trim().is_empty() { &name } else { &typed.email_from };
    let local_part = sender::local_part(wish);
    if local_part.is_empty() && !name.is_empty() {
        errors.add("email_from", t.new_service_address_empty());
    }
    if !errors.is_empty() {
        return Ok(Err(errors));
    }
    let stamp = who.stamp();
    let db = &app.accounts.db;
    let organisation = domain::organisation_of(db.read(), &who.person.email_address).await?;
    let tx = db.begin().await?;
    let made = async {
        let made = service::create(&tx, &stamp, &name, organisation).await?;
        setting::create(&tx, &stamp, made.id, &local_part).await?;
        membership::add(&tx, &stamp, made.id, who.person.id).await?;
        membership::permit(&tx, &stamp, (made.id, who.person.id), Permissions::all()).await?;
        Ok::<_, db::Error>(made.id)
    };
    match made.await {
        Ok(id) => {
            tx.commit().await?;
            Ok(Ok(id))
        }
        Err(error) if error.is_conflict("uq_service_name") => {
            errors.add("name", t.new_service_name_taken());
            Ok(Err(errors))
        }
        Err(error) if error.is_conflict("uq_setting_email_from") => {
            errors.add("email_from", t.new_service_address_taken(&local_part));
            Ok(Err(errors))
        }
        Err(error) => Err(error.into()),
    }
}

impl NewService {
    /// What stands after the address.
    fn suffix(&self) -> String {
        format!("@{}", self.sending_domain)
    }

    fn language(&self) -> Language {
        self.shell.language
    }
}
