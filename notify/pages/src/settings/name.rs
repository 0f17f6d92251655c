//! The service's name and the address that its e-mails come from: what recipients see, so it is shown before it is
//! kept, and the password is asked for (admin specification, section M and journey 12).

use accounts::{OnTeam, gate::ManageService, gate::Proof, service};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::Language;
use notify::sender;
use notify_store::setting::{self, Change};
use serde::Deserialize;
use ui::{
    BackLink, Button, Cell, ErrorSummary, Errors, PasswordInput, Shell, SummaryList, SummaryRow,
    TextInput,
};
use web::{Form, PageError, Reader, page};

use super::path;
use crate::{app::App, words::Texts};

/// Longest name of a service, in characters (admin specification, section T).
const LONGEST_NAME: usize = 255;
/// Longest part before the @, in characters (admin specification, section T).
const LONGEST_LOCAL_PART: usize = 64;

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct NameForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    email_from: String,
    /// Only on the page that confirms.
    #[serde(default)]
    password: String,
}

/// What it comes to.
struct Wanted {
    name: String,
    local_part: String,
}

#[derive(Template)]
#[template(path = "settings/name.html")]
struct EditName {
    shell: Shell,
    t: Texts,
    form: NameForm,
    errors: Errors,
    suffix: String,
    back: String,
}

impl EditName {
    fn language(&self) -> Language {
        self.shell.language
    }
}

#[derive(Template)]
#[template(path = "settings/name_confirm.html")]
struct ConfirmName {
    shell: Shell,
    t: Texts,
    form: NameForm,
    errors: Errors,
    preview: SummaryList,
    here: String,
}

impl ConfirmName {
    fn language(&self) -> Language {
        self.shell.language
    }
}

fn here(team: &OnTeam<ManageService>) -> String {
    format!("{}/name", path(team.id()))
}

/// `GET /services/{service}/settings/name`
pub async fn edit(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let row = setting::get(app.accounts.db.read(), team.id()).await?;
    let form = NameForm {
        name: team.service.name.clone(),
        email_from: row.email_from.clone(),
        ..NameForm::default()
    };
    page::show(&form_page(&app, (&team, &row), &reader, (form, Errors::default())))
}

fn form_page(
    app: &App,
    (team, row): (&OnTeam<ManageService>, &setting::Model),
    reader: &Reader,
    (form, errors): (NameForm, Errors),
) -> EditName {
    let t = Texts(reader.language);
    let shell = app.service_page(reader, team, t.settings_name_title());
    let domain = row.sending_domain.as_deref().unwrap_or(&app.sending_domain);
    EditName {
        shell: if errors.is_empty() { shell } else { shell.failed() },
        t,
        form,
        errors,
        suffix: format!("@{domain}"),
        back: path(team.id()),
    }
}

/// `POST /services/{service}/settings/name`: what recipients would see, and the question for the password.
pub async fn check(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    reader: Reader,
    Form(typed): Form<NameForm>,
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let row = setting::get(app.accounts.db.read(), team.id()).await?;
    match typed.read(t) {
        Ok(wanted) => {
            let view = confirm_page(&app, (&team, &row), &reader, (&wanted, Errors::default()));
            Ok(page::show(&view)?.into_response())
        }
        Err(errors) => {
            let view = form_page(&app, (&team, &row), &reader, (typed, errors));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&view)?).into_response())
        }
    }
}

fn confirm_page(
    app: &App,
    (team, row): (&OnTeam<ManageService>, &setting::Model),
    reader: &Reader,
    (wanted, errors): (&Wanted, Errors),
) -> ConfirmName {
    let t = Texts(reader.language);
    let shell = app.service_page(reader, team, t.settings_name_confirm());
    let after = setting::Model { email_from: wanted.local_part.clone(), ..row.clone() };
    let named = service::Model { name: wanted.name.clone(), ..team.service.clone() };
    let line = |key: String, words: String| SummaryRow::new(key, Cell::Text(words));
    let mut rows = vec![
        line(t.settings_sender_now(), app.sender_line(&team.service, row)),
        line(t.settings_sender_then(), app.sender_line(&named, &after)),
    ];
    if row.prefix_sms {
        rows.push(line(t.settings_texts_then(), format!("{}: …", wanted.name)));
    }
    ConfirmName {
        shell: if errors.is_empty() { shell } else { shell.failed() },
        t,
        form: NameForm {
            name: wanted.name.clone(),
            email_from: wanted.local_part.clone(),
            ..NameForm::default()
        },
        errors,
        preview: SummaryList { rows },
        here: here(team),
    }
}

/// `POST /services/{service}/settings/name/confirm`
pub async fn save(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    reader: Reader,
    Form(typed): Form<NameForm>,
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let row = setting::get(app.accounts.db.read(), team.id()).await?;
    let wanted = match typed.read(t) {
        Ok(wanted) => wanted,
        Err(errors) => {
            let view = form_page(&app, (&team, &row), &reader, (typed, errors));
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&view)?).into_response());
        }
    };
    if let Some(errors) = unproven(&app, &team, t, &typed.password).await? {
        let view = confirm_page(&app, (&team, &row), &reader, (&wanted, errors));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&view)?).into_response());
    }
    match keep(&app, &team, t, &wanted).await? {
        Ok(()) => Ok(Redirect::to(&format!("{}?done=saved", path(team.id()))).into_response()),
        Err(errors) => {
            let view = form_page(&app, (&team, &row), &reader, (typed, errors));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&view)?).into_response())
        }
    }
}

/// What is wrong with a password that was asked for, if anything is.
///
/// # Errors
/// Those of [`accounts::SignedIn::prove`].
pub async fn unproven(
    app: &App,
    team: &OnTeam<ManageService>,
    t: Texts,
    given: &str,
) -> Result<Option<Errors>, PageError> {
    Ok(match team.who.prove(&app.accounts, given).await? {
        Proof::Right => None,
        Proof::Wrong => Some(Errors::one("password", t.settings_password_wrong())),
        Proof::None => Some(Errors::one("password", t.settings_password_none())),
    })
}

async fn keep(
    app: &App,
    team: &OnTeam<ManageService>,
    t: Texts,
    wanted: &Wanted,
) -> Result<Result<(), Errors>, PageError> {
    let stamp = team.stamp();
    let tx = app.accounts.db.begin().await?;
    let kept = async {
        if wanted.name != team.service.name {
            service::rename(&tx, &stamp, team.id(), &wanted.name).await?;
        }
        let email_from = Some(wanted.local_part.clone());
        let change = Change { email_from, ..Change::default() };
        setting::change(&tx, &stamp, team.id(), &change).await?;
        Ok::<_, db::Error>(())
    };
    match kept.await {
        Ok(()) => {
            tx.commit().await?;
            Ok(Ok(()))
        }
        Err(error) if error.is_conflict("uq_service_name") => {
            Ok(Err(Errors::one("name", t.new_service_name_taken())))
        }
        Err(error) if error.is_conflict("uq_setting_email_from") => {
            let taken = t.new_service_address_taken(&wanted.local_part);
            Ok(Err(Errors::one("email_from", taken)))
        }
        Err(error) => Err(error.into()),
    }
}

impl NameForm {
    fn read(&self, t: Texts) -> Result<Wanted, Errors> {
        let mut errors = Errors::default();
        let name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            errors.add("name", t.new_service_name_empty());
        } else if name.chars().count() > LONGEST_NAME {
            errors.add("name", t.new_service_name_long(LONGEST_NAME));
        } else if name.contains('"') {
            errors.add("name", t.new_service_name_quote());
        }
        let local_part = sender::local_part(&self.email_from);
        if local_part.is_empty() {
            errors.add("email_from", t.new_service_address_empty());
        } else if local_part.chars().count() > LONGEST_LOCAL_PART {
            errors.add("email_from", t.settings_address_long(LONGEST_LOCAL_PART));
        }
        if errors.is_empty() { Ok(Wanted { name, local_part }) } else { Err(errors) }
    }
}
