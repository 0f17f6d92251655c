//! The first page of a service: what it has sent, what is left of its limits, and what to do next (admin
//! specification, section F.1).

mod first_steps;
mod problems;
mod sent;

use accounts::{OnTeam, Permission, gate::Member};
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use notify::{Channel, limit};
use notify_store::{
    dispatch, setting, statistic,
    statistic::{Days, OfTemplate},
    template,
};
use ui::{Bar, Cell, Chart, Link, Live, Rendered, Shell, Table, Tasks, Tile, Tiles};
use web::{PageError, Reader, Routes, page};

use self::problems::Problems;
use crate::{app::App, figure, frame, letter, words::Texts};

/// The days that the sums are about (admin specification, section F.1).
const DAYS: u32 = 7;
/// Templates in the list of those used most.
const TEMPLATES: u64 = 10;

pub fn routes() -> Routes<App> {
    Routes::default()
        .get("/services/{service}", show)
        .get("/services/{service}/problem-addresses", problems::show)
}

#[derive(Template)]
#[template(path = "dashboard/show.html")]
struct Dashboard {
    shell: Shell,
    t: Texts,
    steps: Option<Tasks>,
    tiles: Tiles,
    sent: Live,
    trend: Chart,
    problems: Option<Problems>,
    quota: Quota,
    templates: Table,
    usage: Link,
    all_templates: Link,
}

/// What is left of the limits, and until when.
#[derive(Debug, Default)]
pub struct Quota {
    /// Today's.
    pub today: Vec<Bar>,
    /// The fiscal year's.
    pub year: Vec<Bar>,
    /// When today's begin anew, in the reader's zone.
    pub today_until: String,
    /// When the year's begin anew, in the reader's zone.
    pub year_until: String,
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
    let setting = setting::get(db, team.id()).await?;
    let sums = statistic::by_channel(db, team.id(), Days::last(DAYS, now)).await?;
    let most = statistic::by_template(db, team.id(), Days::last(DAYS, now), TEMPLATES).await?;
    let at = |page: &str| frame::at(team.id(), page);
    let sent = Live {
        id: "sent".to_owned(),
        url: at(""),
        every: 15,
        body: Rendered::of(&sent::table(t, &team, &sums, DAYS)),
        ..Live::default()
    };
    let page = Dashboard {
        shell: app.service_page(&reader, &team, t.menu_dashboard()),
        t,
        steps: first_steps::of(&app, t, &team).await?,
        tiles: tiles(t, &team),
        sent,
        trend: sent::trend(&app, t, team.id(), now).await?,
        problems: problems::card(&app, t, &team, &setting).await?,
        quota: quota(&app, t, &team, &setting).await?,
        templates: templates(&app, t, &team, &most).await?,
        usage: Link::new(at("/usage"), t.usage_title()),
        all_templates: Link::new(at("/usage/templates"), t.dashboard_all_templates()),
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
        tiles.push(tile("/templates/new/email", t.template_new_email(), t.template_email_text()));
        tiles.push(tile("/templates/new/sms", t.template_new_text(), t.template_text_text()));
    }
    Tiles { tiles }
}

/// What is left of a service's limits, as bars.
///
/// # Errors
/// The database's own.
pub async fn quota<C>(
    app: &App,
    t: Texts,
    team: &OnTeam<C>,
    setting: &setting::Model,
) -> Result<Quota, PageError> {
    let (db, now) = (app.accounts.db.read(), team.who.now);
    let (mut today, mut year) = (Vec::new(), Vec::new());
    for channel in Channel::ALL {
        let left = dispatch::quota(db, setting, *channel, now).await?;
        today.push(bar(t, *channel, (left.daily_limit, left.daily_left)));
        year.push(bar(t, *channel, (left.annual_limit, left.annual_left)));
    }
    let moment = |when| text::moment(t.0, team.who.zone(), when);
    Ok(Quota {
        today,
        year,
        today_until: t.dashboard_today_until(moment(limit::next_day(now))),
        year_until: t.dashboard_year_until(moment(limit::next_year(now))),
    })
}

fn bar(t: Texts, channel: Channel, (limit, left): (i64, i64)) -> Bar {
    let (used, limit) = (figure::count(limit - left), figure::count(limit));
    Bar { language: t.0, label: name(t, channel), used, limit, hint: None }
}

/// What people call what a channel's limits count.
pub fn name(t: Texts, channel: Channel) -> String {
    match channel {
        Channel::Email => t.emails(),
        Channel::Sms => t.text_parts(),
    }
}

async fn templates(
    app: &App,
    t: Texts,
    team: &OnTeam<Member>,
    most: &[OfTemplate],
) -> Result<Table, PageError> {
    let ids: Vec<_> = most.iter().map(|of| of.template).collect();
    let heads = template::some(app.accounts.db.read(), team.id(), &ids).await?;
    let row = |of: &OfTemplate| {
        let head = heads.iter().find(|head| head.id == of.template)?;
        let href = frame::at(team.id(), &format!("/templates/{}", head.id));
        Some(vec![
            Cell::Link(Link::new(href, head.name.clone())),
            Cell::Tag(letter::kind(t, of.channel)),
            figure::cell(t, of.totals.requested),
        ])
    };
    Ok(Table {
        caption: t.dashboard_templates(DAYS),
        head: vec![t.message_template(), t.kind(), t.dashboard_messages()],
        numbers: vec![2],
        rows: most.iter().filter_map(row).collect(),
        empty: Some(t.dashboard_templates_none(DAYS)),
        ..Table::default()
    })
}
