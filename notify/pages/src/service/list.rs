//! The services whose team somebody is on.

use accounts::{SignedIn, domain, membership, organisation::member, service};
use askama::Template;
use axum::{extract::State, response::Html};
use serde::Deserialize;
use ui::{Account, Link, Shell, Tag, Tone};
use web::{Asked, PageError, Reader, page};

use crate::{app::App, organisation, words::Texts};

/// What was done before.
#[derive(Debug, Deserialize)]
pub struct Done {
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "service/list.html")]
struct ChooseService {
    shell: Shell,
    t: Texts,
    live: Vec<(Link, Option<Tag>)>,
    trial: Vec<(Link, Option<Tag>)>,
    /// The organisations that the reader is a member of.
    organisations: Vec<Link>,
    /// Where a new service is made, for those who may.
    new: Option<String>,
}

/// `GET /services`
pub async fn show(
    State(app): State<App>,
    who: SignedIn,
    reader: Reader,
    Asked(Done { done }): Asked<Done>,
) -> Result<Html<String>, PageError> {
    let db = app.accounts.db.read();
    let services = membership::services(db, who.person.id).await?;
    let domains = &app.accounts.settings.government_domains;
    let government = domain::is_government(db, domains, &who.person.email_address).await?;
    let t = Texts(reader.language);
    let (trial, live) = services.iter().partition::<Vec<_>, _>(|service| service.trial);
    let title = if services.is_empty() { t.welcome_title() } else { t.services_title() };
    let listed =
        |services: Vec<&service::Model>| services.into_iter().map(|one| row(t, one)).collect();
    let mut shell = app.page(&reader, &who, title);
    shell.done = (done.as_deref() == Some("archived")).then(|| t.services_done_archived());
    let organisations = member::organisations(db, who.person.id).await?;
    page::show(&ChooseService {
        organisations: organisations
            .into_iter()
            .map(|one| Link::new(organisation::path(one.id), one.name))
            .collect(),
        shell,
        t,
        live: listed(live),
        trial: listed(trial),
        new: government.then(|| format!("{}/new", Account::SERVICES)),
    })
}

fn row(t: Texts, service: &service::Model) -> (Link, Option<Tag>) {
    let suspended = || Tag { text: t.service_suspended(), tone: Tone::Warning };
    let link = Link::new(format!("{}/{}", Account::SERVICES, service.id), service.name.clone());
    (link, service.is_suspended().then(suspended))
}
