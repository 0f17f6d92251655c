//! An organisation as its members see it: its live services and what they use (admin specification, section N).

mod invitation;
mod members;

use std::collections::HashMap;

use accounts::{
    OfOrganisation, OrganisationId, ServiceId, membership,
    service::{self, Sought, State as Stands},
};
use askama::Template;
use axum::{extract::State, response::Html};
use notify::{Channel, limit};
use notify_store::statistic::{Days, OfPeriod, Totals, several};
use serde::Deserialize;
use ui::{Cell, Link, Shell, Tab, Table, Tabs};
use web::{Asked, PageError, Reader, Routes, page};

use crate::{app::App, frame, words::Texts};

/// Where organisations are.
const ORGANISATIONS: &str = "/organisations";
/// Live services of one organisation that its page shows; their sums are of these.
const MOST: u64 = 500;
/// How many fiscal years can be looked at, the current one among them.
const YEARS: i32 = 3;

/// What an organisation's members see and do.
pub fn routes() -> Routes<App> {
    Routes::default()
        .get(&format!("{ORGANISATIONS}/{{organisation}}"), show)
        .merge(members::routes())
        .merge(invitation::routes())
}

/// Where an organisation's members begin.
pub(crate) fn path(organisation: OrganisationId) -> String {
    format!("{ORGANISATIONS}/{organisation}")
}

/// Where an organisation's members are listed.
pub(crate) fn members_path(organisation: OrganisationId) -> String {
    format!("{}/members", path(organisation))
}

/// Which fiscal year is asked for, by the year in which it begins.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Wanted {
    year: Option<i32>,
}

#[derive(Template)]
#[template(path = "organisation/show.html")]
struct Organisation {
    shell: Shell,
    t: Texts,
    years: Tabs,
    services: Table,
    months: Table,
    /// Said when there are more services than are shown.
    cut: Option<String>,
    members: String,
}

/// `GET /organisations/{organisation}`
pub async fn show(
    State(app): State<App>,
    of: OfOrganisation,
    reader: Reader,
    Asked(wanted): Asked<Wanted>,
) -> Result<Html<String>, PageError> {
    let (db, t) = (app.accounts.db.read(), Texts(reader.language));
    let current = limit::fiscal_year(of.who.now);
    let current: i32 =
        current.split('-').next().and_then(|year| year.parse().ok()).unwrap_or_default();
    let year = wanted.year.unwrap_or(current).clamp(current - YEARS + 1, current);
    let sought =
        Sought { state: Some(Stands::Live), organisation: Some(of.id()), ..Sought::default() };
    let mut live = service::search(db, &sought, None, MOST + 1).await?;
    let cut = live.len() as u64 > MOST;
    live.truncate(MOST as usize);
    live.sort_by_key(|one| one.name.to_lowercase());
    let ids: Vec<ServiceId> = live.iter().map(|one| one.id).collect();
    let days = Days::fiscal_year(year);
    let used = several::by_service(db, &ids, days).await?;
    let used = used.into_iter().map(|one| ((one.service, one.channel), one.totals)).collect();
    let months = several::by_month(db, &ids, days).await?;
    let own: Vec<ServiceId> = match of.who.person.staff {
        true => ids,
        false => {
            let own = membership::services(db, of.who.person.id).await?;
            own.into_iter().map(|one| one.id).collect()
        }
    };
    page::show(&Organisation {
        shell: app.page(&reader, &of.who, of.organisation.name.clone()),
        t,
        years: years(t, of.id(), (year, current)),
        services: services(t, (&live, &own), &used),
        months: by_month(t, &months),
        cut: cut.then(|| t.organisation_cut(text::number(t.0, MOST))),
        members: members_path(of.id()),
    })
}

fn years(t: Texts, organisation: OrganisationId, (chosen, current): (i32, i32)) -> Tabs {
    let tab = |year: i32| Tab {
        href: format!("{}?year={year}", path(organisation)),
        text: t.organisation_year(year.to_string(), (year + 1).to_string()),
        count: None,
        current: year == chosen,
    };
    Tabs {
        language: t.0,
        label: t.organisation_years(),
        tabs: (current - YEARS + 1..=current).rev().map(tab).collect(),
        pills: true,
    }
}

fn number(t: Texts, n: i64) -> Cell {
    Cell::Text(text::number(t.0, n.max(0).unsigned_abs()))
}

fn services(
    t: Texts,
    (live, own): (&[service::Model], &[ServiceId]),
    used: &HashMap<(ServiceId, Channel), Totals>,
) -> Table {
    let row = |one: &service::Model| {
        let of = |channel| used.get(&(one.id, channel)).copied().unwrap_or_default();
        let (emails, texts) = (of(Channel::Email), of(Channel::Sms));
        let name = match own.contains(&one.id) {
            true => Cell::Link(Link::new(frame::at(one.id, ""), one.name.clone())),
            false => Cell::Text(one.name.clone()),
        };
        vec![name, number(t, emails.requested), number(t, texts.requested), number(t, texts.parts)]
    };
    Table {
        caption: t.organisation_services(),
        head: vec![
            t.organisation_service(),
            t.organisation_emails(),
            t.organisation_texts(),
            t.organisation_parts(),
        ],
        numbers: vec![1, 2, 3],
        rows: live.iter().map(row).collect(),
        empty: Some(t.organisation_none()),
        ..Table::default()
    }
}

fn by_month(t: Texts, months: &[OfPeriod]) -> Table {
    let mut names: Vec<&str> = months.iter().map(|one| one.period.as_str()).collect();
    names.dedup();
    let row = |month: &&str| {
        let of = |channel: Channel| {
            let found = months.iter().find(|one| one.period == *month && one.channel == channel);
            found.map(|one| one.totals).unwrap_or_default()
        };
        let (emails, texts) = (of(Channel::Email), of(Channel::Sms));
        vec![
            Cell::Text(month_name(t, month)),
            number(t, emails.requested),
            number(t, texts.requested),
            number(t, texts.parts),
        ]
    };
    Table {
        caption: t.organisation_months(),
        head: vec![
            t.organisation_month_head(),
            t.organisation_emails(),
            t.organisation_texts(),
            t.organisation_parts(),
        ],
        numbers: vec![1, 2, 3],
        rows: names.iter().map(row).collect(),
        empty: Some(t.organisation_months_none()),
        ..Table::default()
    }
}

/// A month `2026-11` as people say it.
fn month_name(t: Texts, month: &str) -> String {
    let (year, number) = month.split_once('-').unwrap_or((month, ""));
    t.organisation_month(number.parse::<u32>().unwrap_or_default(), year)
}
