//! The end of a service: its name is typed and the password given, and a live one is not ended without staff (admin
//! specification, section M.4).

use accounts::{OnTeam, Permissions, gate::ManageService, letter::To, membership, person, service};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::{Language, Letter};
use notify_store::setting::{self, Change};
use serde::Deserialize;
use ui::{
    Account, BackLink, Button, ButtonKind, ErrorSummary, Errors, PasswordInput, Shell, TextInput,
};
use web::{Form, PageError, Reader, page};

use super::{name::unproven, path};
use crate::{app::App, words::Texts};

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ArchiveForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
}

#[derive(Template)]
#[template(path = "settings/archive.html")]
struct Archive {
    shell: Shell,
    t: Texts,
    form: ArchiveForm,
    errors: Errors,
    name: String,
    /// Whether this person may do it: a live service takes staff.
    may: bool,
    back: String,
}

impl Archive {
    fn language(&self) -> Language {
        self.shell.language
    }
}

/// Whether this person may end this service.
fn may(team: &OnTeam<ManageService>) -> bool {
    team.service.trial || team.who.person.staff
}

/// `GET /services/{service}/settings/archive`
pub async fn ask(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    page::show(&view(&app, &team, &reader, (ArchiveForm::default(), Errors::default())))
}

fn view(
    app: &App,
    team: &OnTeam<ManageService>,
    reader: &Reader,
    (form, errors): (ArchiveForm, Errors),
) -> Archive {
    let t = Texts(reader.language);
    let shell = app.service_page(reader, team, t.settings_archive());
    Archive {
        shell: if errors.is_empty() { shell } else { shell.failed() },
        t,
        form,
        errors,
        name: team.service.name.clone(),
        may: may(team),
        back: path(team.id()),
    }
}

/// `POST /services/{service}/settings/archive`
pub async fn archive(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    reader: Reader,
    Form(typed): Form<ArchiveForm>,
) -> Result<Response, PageError> {
    if !may(&team) {
        return Err(PageError::Forbidden);
    }
    let t = Texts(reader.language);
    let mut errors = Errors::default();
    if typed.name.trim() != team.service.name {
        errors.add("name", t.settings_archive_name_wrong(&team.service.name));
    }
    if let Some(wrong) = unproven(&app, &team, t, &typed.password).await? {
        wrong.iter().for_each(|one| errors.add(&one.field, &one.message));
    }
    if !errors.is_empty() {
        let view = view(&app, &team, &reader, (typed, errors));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&view)?).into_response());
    }
    end(&app, &team).await?;
    Ok(Redirect::to(&format!("{}?done=archived", Account::SERVICES)).into_response())
}

/// Puts the service away, frees its name and its address, revokes its keys, and tells everybody on the team.
async fn end(app: &App, team: &OnTeam<ManageService>) -> Result<(), PageError> {
    let (accounts, stamp, id) = (&app.accounts, team.stamp(), team.id());
    let people = membership::team(accounts.db.read(), id).await?;
    let tx = accounts.db.begin().await?;
    // An address of its own that no team can take, so that the old one is free.
    let email_from = Some(format!("archived-{id}"));
    setting::change(&tx, &stamp, id, &Change { email_from, ..Change::default() }).await?;
    service::archive(&tx, &stamp, id).await?;
    let letter = |(person, _): &(person::Model, Permissions)| {
        let to = To::person(person);
        Letter::new("service-archived", to.address, to.language)
            .with("service", &team.service.name)
            .with("person", &team.who.person.name)
    };
    for letter in people.iter().map(letter) {
        accounts.post.hand(&tx, letter).await?;
    }
    Ok(tx.commit().await?)
}
