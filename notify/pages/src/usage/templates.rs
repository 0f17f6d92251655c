//! Which templates were used, month by month.

use std::collections::HashMap;

use accounts::{OnTeam, gate::ViewActivity};
use askama::Template;
use axum::{
    extract::State,
    response::{Html, Response},
};
use kernel::Language;
use notify_store::{
    TemplateId,
    statistic::{self, Days, OfTemplateMonth},
    template,
};
use ui::{BackLink, ButtonLink, Cell, Link, Pagination, Shell, Table, Tabs};
use web::{Asked, PageError, Reader, page};

use super::{Wanted, month_name, path, to_keep, year_name, years};
use crate::{app::App, download, figure, frame, letter, words::Texts};

/// Rows of a page.
const SIZE: usize = 50;

#[derive(Template)]
#[template(path = "usage/templates.html")]
struct TemplateUsage {
    shell: Shell,
    back: String,
    years: Tabs,
    table: Table,
    pages: Pagination,
    csv: ButtonLink,
}

impl TemplateUsage {
    fn language(&self) -> Language {
        self.shell.language
    }
}

/// `GET /services/{service}/usage/templates`: the newest month first, in it the template used most.
pub async fn show(
    State(app): State<App>,
    team: OnTeam<ViewActivity>,
    reader: Reader,
    Asked(wanted): Asked<Wanted>,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let year = wanted.year(team.who.now)?;
    let days = Days::fiscal_year(year);
    let used = statistic::by_template_and_month(app.accounts.db.read(), team.id(), days).await?;
    let nth = wanted.page.unwrap_or(1);
    let pages: Vec<_> = used.chunks(SIZE).collect();
    let rows = match nth.checked_sub(1).ok_or(PageError::Missing)? {
        0 => pages.first().copied().unwrap_or_default(),
        place => pages.get(place).copied().ok_or(PageError::Missing)?,
    };
    let heads = heads(&app, &team, rows).await?;
    let here = format!("{}/templates", path(team.id()));
    let at = |page: usize| format!("{here}?year={year}&page={page}");
    page::show(&TemplateUsage {
        shell: app.service_page(&reader, &team, t.usage_templates()),
        back: format!("{}?year={year}", path(team.id())),
        years: years(t, &here, (year, team.who.now)),
        table: table(t, &team, year, (rows, &heads)),
        pages: Pagination {
            language: t.0,
            newer: (nth > 1).then(|| at(nth - 1)),
            older: (nth < pages.len()).then(|| at(nth + 1)),
        },
        csv: to_keep(t, format!("{}/templates.csv?year={year}", path(team.id()))),
    })
}

/// `GET /services/{service}/usage/templates.csv`: all of the year.
pub async fn save(
    State(app): State<App>,
    team: OnTeam<ViewActivity>,
    reader: Reader,
    Asked(wanted): Asked<Wanted>,
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let year = wanted.year(team.who.now)?;
    let days = Days::fiscal_year(year);
    let used = statistic::by_template_and_month(app.accounts.db.read(), team.id(), days).await?;
    let heads = heads(&app, &team, &used).await?;
    let row = |of: &OfTemplateMonth| {
        let name = heads.get(&of.template).map(|head| head.name.clone()).unwrap_or_default();
        let numbers = [of.totals.requested, of.totals.failed].map(|number| number.to_string());
        let words = [of.month.clone(), name, letter::kind(t, of.channel).text];
        words.into_iter().chain(numbers).collect()
    };
    let rows: Vec<_> = used.iter().map(row).collect();
    download::csv(&format!("templates-{year}"), &head(t), &rows)
}

async fn heads(
    app: &App,
    team: &OnTeam<ViewActivity>,
    used: &[OfTemplateMonth],
) -> Result<HashMap<TemplateId, template::Model>, PageError> {
    let mut ids: Vec<_> = used.iter().map(|of| of.template).collect();
    ids.sort_unstable();
    ids.dedup();
    let heads = template::some(app.accounts.db.read(), team.id(), &ids).await?;
    Ok(heads.into_iter().map(|head| (head.id, head)).collect())
}

fn head(t: Texts) -> Vec<String> {
    vec![
        t.usage_month_head(),
        t.message_template(),
        t.kind(),
        t.dashboard_messages(),
        t.group_failed(),
    ]
}

fn table(
    t: Texts,
    team: &OnTeam<ViewActivity>,
    year: i32,
    (rows, heads): (&[OfTemplateMonth], &HashMap<TemplateId, template::Model>),
) -> Table {
    let row = |of: &OfTemplateMonth| {
        let href = frame::at(team.id(), &format!("/templates/{}", of.template));
        let name = heads.get(&of.template).map(|head| head.name.clone());
        vec![
            Cell::Text(month_name(t, &of.month)),
            name.map_or_else(Cell::default, |name| Cell::Link(Link::new(href, name))),
            Cell::Tag(letter::kind(t, of.channel)),
            figure::cell(t, of.totals.requested),
            figure::cell(t, of.totals.failed),
        ]
    };
    Table {
        caption: t.usage_templates_of(year_name(t, year)),
        head: head(t),
        numbers: vec![3, 4],
        rows: rows.iter().map(row).collect(),
        empty: Some(t.usage_templates_none()),
        ..Table::default()
    }
}
