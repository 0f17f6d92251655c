//! One service as staff see it: its state, its limits, who is on it, and what can be done about it.

mod deed;
mod keep;
mod limits;
mod link;
mod list;

use accounts::{
    ServiceId, SignedIn, Staff, membership, organisation, person,
    service::{self, Deed, Model, State as Stands},
};
use askama::Template;
use axum::{extract::State, response::Html};
use kernel::Language;
use notify::{Channel, limit};
use notify_store::{
    go_live, retention, setting,
    statistic::{self, Days},
    usage,
};
use serde::Deserialize;
use ui::{BackLink, Cell, Link, Shell, SummaryList, SummaryRow, Table, Tag, Tone};
use web::{Asked, At, PageError, Reader, Routes, page};

use super::{moment, organisation as organisations, people};
use crate::{app::App, frame, go_live as requests, words::Texts};

/// Where staff find the services.
pub(super) const SERVICES: &str = "/staff/services";

/// The list, a service's page, and the forms of what staff change.
pub(super) fn routes() -> Routes<App> {
    let at = |page: &str| format!("{SERVICES}/{{service}}{page}");
    Routes::default()
        .get(SERVICES, list::show)
        .get(&at(""), show)
        .get(&at("/limits"), limits::edit)
        .post(&at("/limits"), limits::save)
        .get(&at("/organisation"), link::edit)
        .post(&at("/organisation"), link::save)
        .get(&at("/retention"), keep::edit)
        .post(&at("/retention"), keep::save)
        .get(&at("/deeds/{deed}"), deed::ask)
        .post(&at("/deeds/{deed}"), deed::perform)
}

/// Where staff see a service.
pub(super) fn path(service: ServiceId) -> String {
    format!("{SERVICES}/{service}")
}

/// A service's state in a word.
pub(super) fn tag(t: Texts, service: &Model) -> Tag {
    match Stands::of(service) {
        Stands::Live => Tag::new(t.staff_services_live_one(), Tone::Done),
        Stands::Trial => Tag::new(t.service_trial(), Tone::Accent),
        Stands::Suspended => Tag::new(t.service_suspended(), Tone::Warning),
        Stands::Archived => Tag::new(t.staff_services_archived_one(), Tone::Neutral),
    }
}

/// The service that is not gone, for what can be changed.
async fn open(app: &App, id: ServiceId) -> Result<Model, PageError> {
    let found = service::find(app.accounts.db.read(), id).await?;
    found.filter(|service| !service.is_archived()).ok_or(PageError::Missing)
}

/// What was just done.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

#[derive(Template)]
#[template(path = "staff/service.html")]
struct OneService {
    shell: Shell,
    t: Texts,
    state: Tag,
    facts: SummaryList,
    limits: Table,
    sent: Table,
    team: Table,
    deeds: Vec<Link>,
    past: Vec<requests::Past>,
    /// Whether it can still be changed.
    open: bool,
    change: String,
    history: String,
}

impl OneService {
    fn language(&self) -> Language {
        self.shell.language
    }
}

/// `GET /staff/services/{service}`
pub async fn show(
    State(app): State<App>,
    Staff(who): Staff,
    reader: Reader,
    At(id): At<ServiceId>,
    Asked(done): Asked<Done>,
) -> Result<Html<String>, PageError> {
    let (db, t) = (app.accounts.db.read(), Texts(reader.language));
    let service = service::find(db, id).await?.ok_or(PageError::Missing)?;
    let mut shell = app.page(&reader, &who, service.name.clone());
    shell.done = (done.done == "saved").then(|| t.staff_service_done());
    let history = go_live::history(db, id).await?;
    let deeds =
        Deed::ALL.into_iter().filter(|deed| deed.applies(&service) && *deed != Deed::GoLive);
    let link = |deed: Deed| Link::new(format!("{}/deeds/{deed}", path(id)), deed::name(t, deed));
    page::show(&OneService {
        shell,
        t,
        state: tag(t, &service),
        facts: facts(&app, &who, t, &service).await?,
        limits: limits(&app, &who, t, &service).await?,
        sent: sent(&app, &who, t, id).await?,
        team: team(&app, t, id).await?,
        deeds: deeds.map(link).collect(),
        past: requests::past((t, who.zone()), &history),
        open: !service.is_archived(),
        change: path(id),
        history: format!("{}?service={id}", super::AUDIT),
    })
}

async fn facts(
    app: &App,
    who: &SignedIn,
    t: Texts,
    service: &Model,
) -> Result<SummaryList, PageError> {
    let db = app.accounts.db.read();
    let organisation = match service.organisation_id {
        Some(id) => organisation::find(db, id).await?,
        None => None,
    };
    let organisation = match organisation {
        Some(one) => Cell::Link(Link::new(organisations::path(one.id), one.name)),
        None => Cell::Text(t.staff_none()),
    };
    let mut rows = Vec::new();
    let change = |row: SummaryRow, place: &str| match service.is_archived() {
        true => row,
        false => row.action(format!("{}/{place}", path(service.id)), t.settings_change()),
    };
    if !service.is_archived() {
        let site = Link::new(frame::at(service.id, ""), t.staff_service_open());
        rows.push(SummaryRow::new(t.staff_service_pages(), site));
    }
    rows.push(change(SummaryRow::new(t.staff_organisation(), organisation), "organisation"));
    if let Some(row) = setting::find(db, service.id).await? {
        let from = app.sender_line(service, &row);
        rows.push(SummaryRow::new(t.new_service_address(), from));
    }
    let made = moment(t, who, service.created_at);
    rows.push(SummaryRow::new(t.staff_service_made(), made));
    rows.push(SummaryRow::new(t.staff_service_id(), Cell::Code(service.id.to_string())));
    if !service.trial {
        let counted =
            if service.counted { t.staff_service_counted() } else { t.staff_service_left_out() };
        rows.push(SummaryRow::new(t.staff_service_figures(), counted));
    }
    for channel in Channel::ALL {
        let days = retention::get(db, service.id, *channel).await?.get();
        let key = match channel {
            Channel::Email => t.staff_keep_email(),
            Channel::Sms => t.staff_keep_sms(),
        };
        rows.push(change(SummaryRow::new(key, t.staff_keep_days(days)), "retention"));
    }
    Ok(rows.into_iter().collect())
}

/// Each limit beside what is used of it.
async fn limits(app: &App, who: &SignedIn, t: Texts, service: &Model) -> Result<Table, PageError> {
    let db = app.accounts.db.read();
    let (day, year) = (limit::day(who.now), limit::fiscal_year(who.now));
    let mut rows = Vec::new();
    if let Some(row) = setting::find(db, service.id).await? {
        let limits = row.limits();
        let number = |n: i64| Cell::Text(text::number(t.0, n.max(0).unsigned_abs()));
        let all = [
            (t.settings_email_daily(), Channel::Email, &day, limits.email_daily),
            (t.settings_sms_daily(), Channel::Sms, &day, limits.sms_daily),
            (t.settings_email_annual(), Channel::Email, &year, limits.email_annual),
            (t.settings_sms_annual(), Channel::Sms, &year, limits.sms_annual),
        ];
        for (name, channel, period, most) in all {
            let used = usage::used(db, service.id, channel, period).await?;
            rows.push(vec![Cell::Text(name), number(used), number(most)]);
        }
        let rate = number(i64::from(limits.rate));
        rows.push(vec![Cell::Text(t.settings_rate()), Cell::Text(t.staff_limit_no_use()), rate]);
    }
    Ok(Table {
        caption: t.settings_limits(),
        hide_caption: true,
        head: vec![t.staff_limit(), t.staff_limit_used(), t.staff_limit_most()],
        numbers: vec![1, 2],
        rows,
        ..Table::default()
    })
}

async fn sent(app: &App, who: &SignedIn, t: Texts, service: ServiceId) -> Result<Table, PageError> {
    let days = Days::last(7, who.now);
    let channels = statistic::by_channel(app.accounts.db.read(), service, days).await?;
    let number = |n: i64| Cell::Text(text::number(t.0, n.max(0).unsigned_abs()));
    let row = |one: &statistic::OfChannel| {
        let name = match one.channel {
            Channel::Email => t.email(),
            Channel::Sms => t.text_message(),
        };
        let totals = one.totals;
        let (sent, arrived, failed) = (totals.requested, totals.delivered, totals.failed);
        vec![Cell::Text(name), number(sent), number(arrived), number(failed)]
    };
    Ok(Table {
        caption: t.staff_sent_title(),
        hide_caption: true,
        head: vec![t.kind(), t.staff_sent(), t.group_delivered(), t.group_failed()],
        numbers: vec![1, 2, 3],
        rows: channels.iter().map(row).collect(),
        ..Table::default()
    })
}

async fn team(app: &App, t: Texts, service: ServiceId) -> Result<Table, PageError> {
    let members = membership::people(app.accounts.db.read(), service).await?;
    let row = |one: &person::Model| {
        let name = Link::new(people::path(one.id), one.name.clone());
        vec![Cell::Link(name), Cell::Text(one.email_address.clone()), people::tag(t, one).into()]
    };
    Ok(Table {
        caption: t.staff_team(),
        hide_caption: true,
        head: vec![t.staff_person(), t.staff_address(), t.staff_state()],
        rows: members.iter().map(row).collect(),
        empty: Some(t.staff_team_empty()),
        ..Table::default()
    })
}
