//! The form of an organisation: its name, its kind, and the domains whose addresses belong to it (pain point P6).

use accounts::{
    OrganisationId, SignedIn, Staff, domain,
    organisation::{self, Kind, Model},
};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use db::Transaction;
use kernel::Language;
use serde::Deserialize;
use ui::{BackLink, Button, Choice, ErrorSummary, Errors, Radios, Shell, TextArea, TextInput};
use web::{At, Form, PageError, Reader, page};

use super::{ORGANISATIONS, kind, named, path};
use crate::{app::App, words::Texts};

/// Most domains of one organisation.
const MOST_DOMAINS: usize = 200;

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct OrganisationForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    kind: String,
    /// One a line.
    #[serde(default)]
    domains: String,
}

#[derive(Template)]
#[template(path = "staff/organisation_edit.html")]
struct Edit {
    shell: Shell,
    t: Texts,
    form: OrganisationForm,
    kinds: Vec<Choice>,
    errors: Errors,
    action: String,
    back: String,
}

impl Edit {
    fn language(&self) -> Language {
        self.shell.language
    }
}

/// What the form says, checked.
struct Said {
    name: String,
    kind: Kind,
    domains: Vec<String>,
}

/// `GET /staff/organisations/new`
pub async fn new(
    State(app): State<App>,
    Staff(who): Staff,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let form = OrganisationForm { kind: Kind::Federal.to_string(), ..Default::default() };
    page::show(&view(&app, &who, &reader, None, (form, Errors::default())))
}

/// `POST /staff/organisations/new`
pub async fn make(
    State(app): State<App>,
    Staff(who): Staff,
    reader: Reader,
    Form(typed): Form<OrganisationForm>,
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let tx = app.accounts.db.begin().await?;
    let mut errors = Errors::new();
    let said = typed.read(t, &mut errors);
    free(&tx, t, (None, &said), &mut errors).await?;
    if !errors.is_empty() {
        drop(tx);
        let view = view(&app, &who, &reader, None, (typed, errors));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&view)?).into_response());
    }
    let stamp = who.stamp();
    let made = organisation::create(&tx, &stamp, &said.name).await?;
    organisation::classify(&tx, &stamp, made.id, said.kind).await?;
    domain::set(&tx, &stamp, made.id, &said.domains).await?;
    tx.commit().await?;
    Ok(Redirect::to(&format!("{}?done=made", path(made.id))).into_response())
}

/// `GET /staff/organisations/{organisation}/change`
pub async fn edit(
    State(app): State<App>,
    Staff(who): Staff,
    reader: Reader,
    At(id): At<OrganisationId>,
) -> Result<Html<String>, PageError> {
    let db = app.accounts.db.read();
    let row = organisation::find(db, id).await?.ok_or(PageError::Missing)?;
    let form = OrganisationForm {
        name: row.name.clone(),
        kind: row.kind.0.to_string(),
        domains: domain::list(db, id).await?.join("\n"),
    };
    page::show(&view(&app, &who, &reader, Some(&row), (form, Errors::default())))
}

/// `POST /staff/organisations/{organisation}/change`
pub async fn save(
    State(app): State<App>,
    Staff(who): Staff,
    reader: Reader,
    At(id): At<OrganisationId>,
    Form(typed): Form<OrganisationForm>,
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let tx = app.accounts.db.begin().await?;
    let row = organisation::find(&tx, id).await?.ok_or(PageError::Missing)?;
    let mut errors = Errors::new();
    let said = typed.read(t, &mut errors);
    free(&tx, t, (Some(id), &said), &mut errors).await?;
    if !errors.is_empty() {
        drop(tx);
        let view = view(&app, &who, &reader, Some(&row), (typed, errors));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&view)?).into_response());
    }
    let stamp = who.stamp();
    if row.name != said.name {
        organisation::rename(&tx, &stamp, id, &said.name).await?;
    }
    if row.kind.0 != said.kind {
        organisation::classify(&tx, &stamp, id, said.kind).await?;
    }
    domain::set(&tx, &stamp, id, &said.domains).await?;
    tx.commit().await?;
    Ok(Redirect::to(&format!("{}?done=saved", path(id))).into_response())
}

/// Notes at its field what belongs to another organisation already.
async fn free(
    tx: &Transaction,
    t: Texts,
    (own, said): (Option<OrganisationId>, &Said),
    errors: &mut Errors,
) -> Result<(), PageError> {
    let alike = organisation::by_name(tx, &said.name).await?;
    if alike.is_some_and(|other| Some(other.id) != own) {
        errors.add("name", t.staff_organisation_name_taken());
    }
    // An organisation that is not made yet has none of the domains.
    let own = own.unwrap_or_else(|| OrganisationId::from_uuid(Default::default()));
    if let Some((domain, whose)) = domain::taken(tx, own, &said.domains).await? {
        let whose = organisation::find(tx, whose).await?.map(|one| one.name).unwrap_or_default();
        errors.add("domains", t.staff_domain_taken(domain, whose));
    }
    Ok(())
}

fn view(
    app: &App,
    who: &SignedIn,
    reader: &Reader,
    row: Option<&Model>,
    (form, errors): (OrganisationForm, Errors),
) -> Edit {
    let t = Texts(reader.language);
    let title = row
        .map_or_else(|| t.staff_organisation_new(), |row| t.staff_organisation_change(&row.name));
    let shell = app.page(reader, who, title);
    let choice = |one: Kind| Choice::new(one.as_str(), kind(t, one), &form.kind);
    Edit {
        kinds: Kind::ALL.map(choice).into(),
        shell: if errors.is_empty() { shell } else { shell.failed() },
        t,
        form,
        errors,
        action: row.map_or_else(
            || format!("{ORGANISATIONS}/new"),
            |row| format!("{}/change", path(row.id)),
        ),
        back: row.map_or_else(|| ORGANISATIONS.to_owned(), |row| path(row.id)),
    }
}

impl OrganisationForm {
    fn read(&self, t: Texts, errors: &mut Errors) -> Said {
        let name = named::name(t, &self.name, "name", errors);
        let kind = self.kind.parse::<Kind>();
        if kind.is_err() {
            errors.add("kind", t.staff_organisation_kind_missing());
        }
        let typed = self.domains.split(|sign: char| sign.is_whitespace() || sign == ',');
        let mut domains = Vec::new();
        for typed in typed.filter(|typed| !typed.is_empty()) {
            match domain::read(typed) {
                Some(domain) => domains.push(domain),
                None => errors.add("domains", t.staff_domain_wrong(typed)),
            }
        }
        domains.sort();
        domains.dedup();
        if domains.len() > MOST_DOMAINS {
            errors.add("domains", t.staff_domains_many(MOST_DOMAINS));
        }
        Said { name, kind: kind.unwrap_or_default(), domains }
    }
}
