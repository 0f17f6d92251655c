//! What a service has used: month by month in a fiscal year, and which templates (admin specification, sections F.3
//! and F.4).

mod months;
mod templates;

use accounts::{OnTeam, ServiceId, gate::ViewActivity};
use askama::Template;
use axum::{
    extract::State,
    response::{Html, Response},
};
use kernel::{Language, Time};
use notify::limit;
use notify_store::{setting, statistic::Days};
use serde::Deserialize;
use ui::{BackLink, ButtonKind, ButtonLink, Link, Shell, Tab, Table, Tabs};
use web::{Asked, PageError, Reader, Routes, page};

use crate::{
    app::App,
    dashboard::{self, Quota},
    download, frame,
    words::Texts,
};

/// Fiscal years that can be looked at: this one and two before.
const YEARS: i32 = 3;

pub fn routes() -> Routes<App> {
    let at = |page: &str| format!("/services/{{service}}/usage{page}");
    Routes::default()
        .get(&at(""), show)
        .get(&at("/months.csv"), save)
        .get(&at("/templates"), templates::show)
        .get(&at("/templates.csv"), templates::save)
}

/// Which fiscal year, by the year of its April.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Wanted {
    year: Option<i32>,
    page: Option<usize>,
}

impl Wanted {
    /// The year, if it is one that can be looked at.
    fn year(self, now: Time) -> Result<i32, PageError> {
        let current = limit::fiscal_start(now);
        let year = self.year.unwrap_or(current);
        let known = (current - YEARS + 1..=current).contains(&year);
        known.then_some(year).ok_or(PageError::Missing)
    }
}

#[derive(Template)]
#[template(path = "usage/show.html")]
struct Usage {
    shell: Shell,
    t: Texts,
    back: String,
    years: Tabs,
    /// What is left, of the current year only: what the limits were in others is not known.
    quota: Option<Quota>,
    months: Table,
    csv: ButtonLink,
    templates: Link,
}

impl Usage {
    fn language(&self) -> Language {
        self.shell.language
    }
}

/// `GET /services/{service}/usage`
async fn show(
    State(app): State<App>,
    team: OnTeam<ViewActivity>,
    reader: Reader,
    Asked(wanted): Asked<Wanted>,
) -> Result<Html<String>, PageError> {
    let (t, now) = (Texts(reader.language), team.who.now);
    let year = wanted.year(now)?;
    let quota = if year == limit::fiscal_start(now) {
        let setting = setting::get(app.accounts.db.read(), team.id()).await?;
        Some(dashboard::quota(&app, t, &team, &setting).await?)
    } else {
        None
    };
    let lines = months::lines(&app, team.id(), Days::fiscal_year(year), now).await?;
    let here = frame::at(team.id(), "/usage");
    page::show(&Usage {
        shell: app.service_page(&reader, &team, t.usage_title()),
        t,
        back: frame::at(team.id(), ""),
        years: years(t, &here, (year, now)),
        quota,
        months: months::table(t, year, &lines),
        csv: to_keep(t, format!("{here}/months.csv?year={year}")),
        templates: Link::new(format!("{here}/templates?year={year}"), t.usage_templates()),
    })
}

/// `GET /services/{service}/usage/months.csv`
async fn save(
    State(app): State<App>,
    team: OnTeam<ViewActivity>,
    reader: Reader,
    Asked(wanted): Asked<Wanted>,
) -> Result<Response, PageError> {
    let (t, now) = (Texts(reader.language), team.who.now);
    let year = wanted.year(now)?;
    let lines = months::lines(&app, team.id(), Days::fiscal_year(year), now).await?;
    let rows: Vec<_> = lines.iter().map(|line| line.plain()).collect();
    download::csv(&format!("usage-{year}"), &months::head(t), &rows)
}

fn to_keep(t: Texts, href: String) -> ButtonLink {
    let kind = ButtonKind::Secondary;
    ButtonLink { text: t.usage_csv(), href, kind, download: true }
}

/// The years to choose from, the current one first.
fn years(t: Texts, here: &str, (chosen, now): (i32, Time)) -> Tabs {
    let current = limit::fiscal_start(now);
    let tab = |year: i32| Tab {
        href: format!("{here}?year={year}"),
        text: year_name(t, year),
        count: None,
        current: year == chosen,
    };
    let tabs = (current - YEARS + 1..=current).rev().map(tab).collect();
    Tabs { language: t.0, label: t.usage_years(), tabs, pills: true }
}

/// A fiscal year as people say it.
fn year_name(t: Texts, year: i32) -> String {
    t.usage_year(year.to_string(), (year + 1).to_string())
}

/// A month `2026-11` as people say it.
fn month_name(t: Texts, month: &str) -> String {
    let (year, number) = month.split_once('-').unwrap_or((month, ""));
    let number: u32 = number.parse().unwrap_or(0);
    t.usage_month(number, year)
}

/// Where the pages of a service's use are.
fn path(service: ServiceId) -> String {
    frame::at(service, "/usage")
}
