//! Addresses that do not exist: how many on the first page, and which on a page of their own (admin specification,
//! sections F.1 and F.2).

use accounts::{
    OnTeam,
    gate::{Member, SeeMessages},
};
use askama::Template;
use axum::{extract::State, response::Html};
use chrono::TimeDelta;
use kernel::Language;
use notify::{Channel, Permission};
use notify_store::{
    NotificationId,
    notification::{Content, Model},
    search::{self, Search},
    setting,
    statistic::{self, Bounces, FEW, Standing},
    template,
};
use serde::Deserialize;
use ui::{BackLink, Cell, Link, Pagination, Shell, Table, Tag, Tone};
use web::{Asked, PageError, Reader, page};

use crate::{app::App, figure, frame, words::Texts};

/// Addresses on a page.
const SIZE: u64 = 50;

/// The card on the first page.
#[derive(Debug)]
pub struct Problems {
    /// How the service stands.
    pub tag: Tag,
    /// How many addresses did not exist.
    pub words: String,
    /// What could come of it, when that is near.
    pub caution: Option<String>,
    /// Where they are, if there are any.
    pub review: Option<Link>,
}

/// The card; none for a service that sends no e-mails.
pub async fn card(
    app: &App,
    t: Texts,
    team: &OnTeam<Member>,
    setting: &setting::Model,
) -> Result<Option<Problems>, PageError> {
    if !setting.may(Permission::Email) {
        return Ok(None);
    }
    let bounces = statistic::bounces(app.accounts.db.read(), team.id(), team.who.now).await?;
    let review = || Link::new(frame::at(team.id(), "/problem-addresses"), t.problems_review());
    Ok(Some(Problems {
        tag: tag(t, bounces.standing()),
        words: words(t, bounces),
        caution: caution(t, bounces.standing()),
        review: (bounces.bounced > 0).then(review),
    }))
}

fn tag(t: Texts, standing: Standing) -> Tag {
    match standing {
        Standing::Few => {
            Tag::new(t.problems_few(text::number(t.0, figure::count(FEW))), Tone::Neutral)
        }
        Standing::Fine => Tag::new(t.problems_fine(), Tone::Done),
        Standing::Warning => Tag::new(t.problems_warning(), Tone::Warning),
        Standing::Critical => Tag::new(t.problems_critical(), Tone::Danger),
    }
}

fn words(t: Texts, bounces: Bounces) -> String {
    if bounces.bounced == 0 {
        return t.problems_none();
    }
    let number = |number| text::number(t.0, figure::count(number));
    let share = figure::share(t, bounces.bounced, bounces.sent);
    t.problems_said(number(bounces.bounced), number(bounces.sent), share)
}

fn caution(t: Texts, standing: Standing) -> Option<String> {
    (standing >= Standing::Warning).then(|| t.problems_caution())
}

/// Where the page begins.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct From {
    older_than: Option<NotificationId>,
}

#[derive(Template)]
#[template(path = "dashboard/problems.html")]
struct ProblemAddresses {
    shell: Shell,
    t: Texts,
    back: String,
    card: Problems,
    recent: Table,
    older: Table,
    pages: Pagination,
}

impl ProblemAddresses {
    fn language(&self) -> Language {
        self.shell.language
    }
}

/// `GET /services/{service}/problem-addresses`: those of the last 24 hours and the older ones that are still kept.
pub async fn show(
    State(app): State<App>,
    team: OnTeam<SeeMessages>,
    reader: Reader,
    Asked(from): Asked<From>,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let (db, vault) = (app.accounts.db.read(), &app.accounts.vault);
    let sought = Search {
        channel: Some(Channel::Email),
        problem_addresses: true,
        older_than: from.older_than,
        size: SIZE,
        ..Search::default()
    };
    let dialect = app.dispatch.settings.dialect;
    let found = search::search(db, vault, dialect, team.id(), &sought).await?;
    let ids: Vec<_> = found.rows.iter().map(|row| row.template_id).collect();
    let heads = template::some(db, team.id(), &ids).await?;
    let day_ago = team.who.now - TimeDelta::hours(24);
    let heard = |row: &Model| row.updated_at.unwrap_or(row.created_at);
    let (recent, older): (Vec<_>, Vec<_>) =
        found.rows.into_iter().partition(|row| heard(row) > day_ago);
    let bounces = statistic::bounces(db, team.id(), team.who.now).await?;
    let here = frame::at(team.id(), "/problem-addresses");
    let table = |caption: String, rows: &[Model]| table(&app, t, &team, (caption, rows, &heads));
    page::show(&ProblemAddresses {
        shell: app.service_page(&reader, &team, t.problems_title()),
        t,
        back: frame::at(team.id(), ""),
        card: Problems {
            tag: tag(t, bounces.standing()),
            words: words(t, bounces),
            caution: caution(t, bounces.standing()),
            review: None,
        },
        recent: table(t.problems_recent(), &recent),
        older: table(t.problems_older(), &older),
        pages: Pagination {
            language: t.0,
            newer: from.older_than.map(|_| here.clone()),
            older: found.next.map(|next| format!("{here}?older_than={next}")),
        },
    })
}

fn table(
    app: &App,
    t: Texts,
    team: &OnTeam<SeeMessages>,
    (caption, rows, heads): (String, &[Model], &[template::Model]),
) -> Table {
    let row = |row: &Model| {
        let content = Content::open(&app.accounts.vault, row.id, &row.sealed);
        let to = content.map_or_else(|_| t.message_gone(), |content| content.to);
        let href = frame::at(team.id(), &format!("/messages/{}", row.id));
        let head = heads.iter().find(|head| head.id == row.template_id);
        let heard = row.updated_at.unwrap_or(row.created_at);
        vec![
            Cell::Link(Link::new(href, to)),
            Cell::Text(head.map(|head| head.name.clone()).unwrap_or_default()),
            Cell::Text(text::moment(t.0, team.who.zone(), heard)),
        ]
    };
    Table {
        caption,
        head: vec![t.problems_address(), t.message_template(), t.problems_heard()],
        rows: rows.iter().map(row).collect(),
        empty: Some(t.problems_empty()),
        ..Table::default()
    }
}
