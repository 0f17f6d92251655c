//! Where staff work: the way to what exists, and the requests to go live.

mod go_live;

use accounts::Staff;
use askama::Template;
use axum::{extract::State, response::Html};
use notify_store::{GoLiveId, go_live as requests};
use ui::{Account, Shell, Tile, Tiles};
use web::{PageError, Reader, Routes, page};

use crate::{app::App, words::Texts};

/// Where the requests to go live are.
const GO_LIVE: &str = "/staff/go-live";

/// The pages of staff.
pub fn routes() -> Routes<App> {
    let request = format!("{GO_LIVE}/{{request}}");
    Routes::default()
        .get(Account::STAFF, show)
        .get(GO_LIVE, go_live::queue)
        .get(&request, go_live::show)
        .post(&format!("{request}/approve"), go_live::approve)
        .post(&format!("{request}/decline"), go_live::decline)
}

/// Where staff decide on a request.
pub(crate) fn request_path(request: GoLiveId) -> String {
    format!("{GO_LIVE}/{request}")
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
    let go_live = Tile {
        href: GO_LIVE.to_owned(),
        title: t.staff_go_live_title(),
        text: t.staff_go_live_waiting(),
        value: Some(text::number(reader.language, waiting)),
        tag: None,
    };
    let shell = app.page(&reader, &who, t.staff_title());
    page::show(&Home { shell, tiles: Tiles { tiles: vec![go_live] } })
}
