//! To which organisation a service belongs: chosen by its name, or made anew.

use accounts::{
    OrganisationId, ServiceId, SignedIn, Staff, organisation,
    service::{self, Model},
};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::Language;
use serde::Deserialize;
use ui::{BackLink, Button, Checkbox, ErrorSummary, Errors, Shell, TextArea, TextInput};
use web::{At, Form, PageError, Reader, page};

use super::{open, path};
use crate::{
    app::App,
    staff::{organisation::named, reason, tell},
    words::Texts,
};

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct LinkForm {
    #[serde(default)]
    organisation: String,
    #[serde(default)]
    create: String,
    #[serde(default)]
    reason: String,
}

#[derive(Template)]
#[template(path = "staff/link.html")]
struct LinkPage {
    shell: Shell,
    t: Texts,
    about: String,
    form: LinkForm,
    errors: Errors,
    action: String,
    back: String,
}

impl LinkPage {
    fn language(&self) -> Language {
        self.shell.language
    }
}

/// The name of an organisation, or nothing.
async fn name_of(app: &App, id: Option<OrganisationId>) -> Result<String, PageError> {
    let found = match id {
        Some(id) => organisation::find(app.accounts.db.read(), id).await?,
        None => None,
    };
    Ok(found.map(|one| one.name).unwrap_or_default())
}

/// `GET /staff/services/{service}/organisation`
pub async fn edit(
    State(app): State<App>,
    Staff(who): Staff,
    reader: Reader,
    At(id): At<ServiceId>,
) -> Result<Html<String>, PageError> {
    let service = open(&app, id).await?;
    let organisation = name_of(&app, service.organisation_id).await?;
    let form = LinkForm { organisation, ..LinkForm::default() };
    page::show(&view(&app, &who, &reader, &service, (form, Errors::default())))
}

/// `POST /staff/services/{service}/organisation`; an empty name takes the service out of all organisations.
pub async fn save(
    State(app): State<App>,
    Staff(who): Staff,
    reader: Reader,
    At(id): At<ServiceId>,
    Form(typed): Form<LinkForm>,
) -> Result<Response, PageError> {
    let (service, t) = (open(&app, id).await?, Texts(reader.language));
    let mut errors = Errors::new();
    let reason = reason::read(t, &typed.reason, &mut errors);
    let tx = app.accounts.db.begin().await?;
    let stamp = who.stamp();
    let wanted = (typed.organisation.as_str(), typed.create == "yes");
    let organisation = match typed.organisation.trim() {
        "" => None,
        _ => named::find_or_make(t, (&tx, &stamp), wanted, &mut errors).await?,
    };
    if !errors.is_empty() {
        drop(tx);
        let view = view(&app, &who, &reader, &service, (typed, errors));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&view)?).into_response());
    }
    let after = organisation.as_ref().map(|one| one.id);
    if after == service.organisation_id {
        return Ok(Redirect::to(&path(id)).into_response());
    }
    service::link(&tx, &stamp, id, (after, &reason)).await?;
    let name = organisation.map(|one| one.name);
    let told = |t: Texts| match &name {
        Some(name) => t.staff_told_organisation(name),
        None => t.staff_told_no_organisation(),
    };
    tell::team(&app, &tx, &service, told, &reason).await?;
    tx.commit().await?;
    Ok(Redirect::to(&format!("{}?done=saved", path(id))).into_response())
}

fn view(
    app: &App,
    who: &SignedIn,
    reader: &Reader,
    service: &Model,
    (form, errors): (LinkForm, Errors),
) -> LinkPage {
    let t = Texts(reader.language);
    let shell = app.page(reader, who, t.staff_link_title());
    LinkPage {
        shell: if errors.is_empty() { shell } else { shell.failed() },
        t,
        about: service.name.clone(),
        form,
        errors,
        action: format!("{}/organisation", path(service.id)),
        back: path(service.id),
    }
}
