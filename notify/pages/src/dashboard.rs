//! The first page of a service: what it has sent, what is left of its limits, and what to do next.

use accounts::{OnTeam, Permission, gate::Member};
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use notify::Channel;
use notify_store::{
    dispatch, setting,
    statistic::{self, Days, OfChannel},
};
use ui::{Bar, Cell, Shell, Table, Tile, Tiles};
use web::{PageError, Reader, Routes, page};

use crate::{app::App, frame, words::Texts};

/// The days that the sums are about (admin specification, section F.1).
const DAYS: u32 = 7;

pub fn routes() -> Routes<App> {
    Routes::default().get("/services/{service}", show)
}

#[derive(Template)]
#[template(path = "dashboard.html")]
struct Dashboard {
    shell: Shell,
    t: Texts,
    tiles: Tiles,
    sent: Table,
    today: Vec<Bar>,
    year: Vec<Bar>,
}

/// `GET /services/{service}`; who may not see activity sees the templates instead.
async fn show(
    State(app): State<App>,
    team: OnTeam<Member>,
    reader: Reader,
) -> Result<Response, PageError> {
    if !team.may(Permission::ViewActivity) {
        return Ok(Redirect::to(&frame::at(team.id(), "/templates")).into_response());
    }
    let t = Texts(reader.language);
    let (db, now) = (app.accounts.db.read(), team.who.now);
    let sums = statistic::by_channel(db, team.id(), Days::last(DAYS, now)).await?;
    let setting = setting::get(db, team.id()).await?;
    let (mut today, mut year) = (Vec::new(), Vec::new());
    for channel in Channel::ALL {
        let left = dispatch::quota(db, &setting, *channel, now).await?;
        let label = name(t, *channel);
        today.push(bar(t, label.clone(), (left.daily_limit, left.daily_left)));
        year.push(bar(t, label, (left.annual_limit, left.annual_left)));
    }
    let page = Dashboard {
        shell: app.service_page(&reader, &team, t.menu_dashboard()),
        t,
        tiles: tiles(t, &team),
        sent: sent(t, &sums),
        today,
        year,
    };
    Ok(page::show(&page)?.into_response())
}

/// What the reader can do next.
fn tiles(t: Texts, team: &OnTeam<Member>) -> Tiles {
    let tile = |page: &str, title: String, text: String| Tile {
        href: frame::at(team.id(), page),
        title,
        text,
        value: None,
        tag: None,
    };
    let mut tiles = Vec::new();
    if team.may(Permission::SendMessages) && team.member {
        tiles.push(tile("/templates", t.tile_send(), t.tile_send_text()));
    }
    if team.may(Permission::ManageTemplates) {
        tiles.push(tile("/templates/new", t.tile_template(), t.tile_template_text()));
    }
    Tiles { tiles }
}

fn sent(t: Texts, sums: &[OfChannel]) -> Table {
    let number = |count: i64| Cell::Text(text::number(t.0, u64::try_from(count).unwrap_or(0)));
    let row = |of: &OfChannel| {
        let totals = of.totals;
        vec![
            Cell::Text(name(t, of.channel)),
            number(totals.requested),
            number(totals.in_transit()),
            number(totals.delivered),
            number(totals.failed),
        ]
    };
    Table {
        caption: t.dashboard_sent(DAYS),
        head: vec![
            t.kind(),
            t.dashboard_total(),
            t.group_in_transit(),
            t.group_delivered(),
            t.group_failed(),
        ],
        numbers: vec![1, 2, 3, 4],
        rows: sums.iter().map(row).collect(),
        ..Table::default()
    }
}

fn bar(t: Texts, label: String, (limit, left): (i64, i64)) -> Bar {
    let number = |count: i64| u64::try_from(count).unwrap_or(0);
    Bar { language: t.0, label, used: number(limit - left), limit: number(limit), hint: None }
}

/// What people call a channel's messages.
pub fn name(t: Texts, channel: Channel) -> String {
    match channel {
        Channel::Email => t.emails(),
        Channel::Sms => t.text_parts(),
    }
}
