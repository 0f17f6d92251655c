//! Where staff work: services, organisations, people, the requests to go live, and what tells them how the platform is.

mod announcement;
mod audit;
mod find;
mod go_live;
mod health;
mod organisation;
mod people;
mod question;
mod reason;
mod service;
mod tell;

use accounts::{SignedIn, Staff};
use askama::Template;
use axum::{extract::State, response::Html};
use kernel::Time;
use notify_store::{GoLiveId, go_live as requests};
use ui::{Account, Shell, Tile, Tiles};
use web::{PageError, Reader, Routes, page};

use crate::{app::App, words::Texts};

/// Where the requests to go live are.
const GO_LIVE: &str = "/staff/go-live";
/// Where the audit record is read.
const AUDIT: &str = "/staff/audit";

/// The pages of staff.
pub fn routes() -> Routes<App> {
    let request = format!("{GO_LIVE}/{{request}}");
    Routes::default()
        .get(Account::STAFF, show)
        .get(GO_LIVE, go_live::queue)
        .get(&request, go_live::show)
        .post(&format!("{request}/approve"), go_live::approve)
        .post(&format!("{request}/decline"), go_live::decline)
        .merge(service::routes())
        .merge(organisation::routes())
        .merge(people::routes())
        .merge(find::routes())
        .merge(audit::routes())
        .merge(announcement::routes())
        .merge(health::routes())
}

/// Where staff decide on a request.
pub(crate) fn request_path(request: GoLiveId) -> String {
    format!("{GO_LIVE}/{request}")
}

/// A moment as this reader's clock shows it.
fn moment(t: Texts, who: &SignedIn, when: Time) -> String {
    text::moment(t.0, who.zone(), when)
}

/// `path` with those of the parameters that have a value.
fn address(path: &str, parameters: &[(&str, Option<String>)]) -> String {
    let given = parameters.iter().filter_map(|(name, value)| Some((*name, value.as_deref()?)));
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(given).finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

#[derive(Template)]
#[template(path = "staff/home.html")]
struct Home {
    shell: Shell,
    tiles: Tiles,
}

/// `GET /staff`
pub async fn show(
    State(app): State<App>,
    Staff(who): Staff,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let waiting = requests::waiting(app.accounts.db.read()).await?.len() as u64;
    let count = accounts::service::counts(app.accounts.db.read()).await?;
    let tile = |href: &str, title: String, text: String, value: Option<u64>| Tile {
        href: href.to_owned(),
        title,
        text,
        value: value.map(|value| text::number(reader.language, value)),
        tag: None,
    };
    let tiles = vec![
        tile(GO_LIVE, t.staff_go_live_title(), t.staff_go_live_waiting(), Some(waiting)),
        tile(
            service::SERVICES,
            t.staff_services_title(),
            t.staff_home_services(),
            Some(count.live),
        ),
        tile(
            organisation::ORGANISATIONS,
            t.staff_organisations_title(),
            t.staff_home_organisations(),
            None,
        ),
        tile(people::PEOPLE, t.staff_people_title(), t.staff_home_people(), None),
        tile(find::FIND, t.staff_find_title(), t.staff_home_find(), None),
        tile(AUDIT, t.staff_audit_title(), t.staff_home_audit(), None),
        tile(health::HEALTH, t.health_title(), t.health_home(), None),
        tile(announcement::ANNOUNCEMENTS, t.announcement_title(), t.announcement_home(), None),
    ];
    let shell = app.page(&reader, &who, t.staff_title());
    page::show(&Home { shell, tiles: Tiles { tiles } })
}
