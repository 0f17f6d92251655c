//! Organisations as staff see them: the list, one with its settings, domains, services and members.

mod edit;
mod list;
pub(super) mod named;

use accounts::{
    OrganisationId, Staff, domain,
    organisation::{self, Kind, invitation, member},
    service::{self, Sought, State as Stands},
};
use askama::Template;
use axum::{extract::State, response::Html};
use kernel::Language;
use serde::Deserialize;
use ui::{BackLink, Cell, Link, Shell, SummaryList, SummaryRow, Table};
use web::{Asked, At, PageError, Reader, Routes, page};

use super::{address, moment, service as services};
use crate::{app::App, organisation as pages, words::Texts};

/// Where staff find the organisations.
pub(super) const ORGANISATIONS: &str = "/staff/organisations";

/// Services of one kind shown on an organisation's page; the list of services shows the rest.
const SHOWN: u64 = 20;

/// The list, an organisation's page, and the form that makes and changes one.
pub(super) fn routes() -> Routes<App> {
    let one = format!("{ORGANISATIONS}/{{organisation}}");
    let (new, change) = (format!("{ORGANISATIONS}/new"), format!("{one}/change"));
    Routes::default()
        .get(ORGANISATIONS, list::show)
        .get(&new, edit::new)
        .post(&new, edit::make)
        .get(&one, show)
        .get(&change, edit::edit)
        .post(&change, edit::save)
}

/// Where staff see an organisation.
pub(super) fn path(organisation: OrganisationId) -> String {
    format!("{ORGANISATIONS}/{organisation}")
}

/// What kind of public body it is.
pub(super) fn kind(t: Texts, kind: Kind) -> String {
    match kind {
        Kind::Federal => t.staff_kind_federal(),
        Kind::Provincial => t.staff_kind_provincial(),
        Kind::Municipal => t.staff_kind_municipal(),
        Kind::Other => t.staff_kind_other(),
    }
}

/// What was just done.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

#[derive(Template)]
#[template(path = "staff/organisation.html")]
struct OneOrganisation {
    shell: Shell,
    t: Texts,
    facts: SummaryList,
    domains: Vec<String>,
    services: Vec<Listed>,
    change: String,
    see: String,
}

/// The services of one state, and the way to the rest of them.
struct Listed {
    title: String,
    table: Table,
    all: Option<String>,
}

impl OneOrganisation {
    fn language(&self) -> Language {
        self.shell.language
    }
}

/// `GET /staff/organisations/{organisation}`
pub async fn show(
    State(app): State<App>,
    Staff(who): Staff,
    reader: Reader,
    At(id): At<OrganisationId>,
    Asked(done): Asked<Done>,
) -> Result<Html<String>, PageError> {
    let (db, t) = (app.accounts.db.read(), Texts(reader.language));
    let row = organisation::find(db, id).await?.ok_or(PageError::Missing)?;
    let members = member::list(db, id).await?.len() as u64;
    let invited = invitation::open(db, id).await?.len() as u64;
    let mut shell = app.page(&reader, &who, row.name.clone());
    shell.done = match done.done.as_str() {
        "made" => Some(t.staff_organisation_done_made()),
        "saved" => Some(t.staff_organisation_done()),
        _ => None,
    };
    let number = |n: u64| text::number(t.0, n);
    let people = t.staff_organisation_people(number(invited), number(members));
    let facts = [
        SummaryRow::new(t.staff_organisation_kind(), kind(t, row.kind.0)),
        SummaryRow::new(t.staff_organisation_members(), people)
            .action(pages::members_path(id), t.staff_organisation_manage()),
        SummaryRow::new(t.staff_service_made(), moment(t, &who, row.created_at)),
        SummaryRow::new(t.staff_organisation_id(), Cell::Code(id.to_string())),
    ];
    let mut services = Vec::new();
    for state in [Stands::Live, Stands::Trial] {
        services.push(listed(&app, t, (id, state)).await?);
    }
    page::show(&OneOrganisation {
        shell,
        t,
        facts: facts.into_iter().collect(),
        domains: domain::list(db, id).await?,
        services,
        change: format!("{}/change", path(id)),
        see: pages::path(id),
    })
}

async fn listed(
    app: &App,
    t: Texts,
    (organisation, state): (OrganisationId, Stands),
) -> Result<Listed, PageError> {
    let sought =
        Sought { state: Some(state), organisation: Some(organisation), ..Sought::default() };
    let mut rows = service::search(app.accounts.db.read(), &sought, None, SHOWN + 1).await?;
    let more = rows.len() as u64 > SHOWN;
    rows.truncate(SHOWN as usize);
    let title = match state {
        Stands::Live => t.staff_services_live(),
        _ => t.staff_services_trial(),
    };
    let row = |one: &service::Model| {
        let link = Link::new(services::path(one.id), one.name.clone());
        vec![Cell::Link(link), services::tag(t, one).into()]
    };
    let table = Table {
        caption: title.clone(),
        hide_caption: true,
        head: vec![t.staff_service(), t.staff_state()],
        rows: rows.iter().map(row).collect(),
        empty: Some(t.staff_services_none()),
        ..Table::default()
    };
    let state = ("state", Some(state.to_string()));
    let all = ("organisation", Some(organisation.to_string()));
    Ok(Listed { title, table, all: more.then(|| address(services::SERVICES, &[state, all])) })
}
