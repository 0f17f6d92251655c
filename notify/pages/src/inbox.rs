//! What people wrote to a service: who wrote, each conversation, and answers (admin specification, section J).

mod conversation;
mod reply;

use accounts::{OnTeam, gate::SeeMessages};
use askama::Template;
use axum::{
    extract::State,
    response::{Html, Response},
};
use notify::sms::asks_to_stop;
use notify_store::{
    ReceivedTextId,
    received_text::{self, Content, Model, conversation as conversations},
    sms_sender,
};
use serde::Deserialize;
use ui::{ButtonKind, ButtonLink, Cell, Link, Pagination, Rendered, Shell, Table, Tag, Tone};
use web::{Asked, PageError, Reader, Routes, page};

use crate::{app::App, download, frame, words::Texts};

/// Conversations on a page.
const SIZE: u64 = 50;
/// Characters of a text in the list.
const SNIPPET: usize = 90;
/// The most texts in a file, the newest ones.
const MOST: usize = 20_000;

pub fn routes() -> Routes<App> {
    let at = |page: &str| format!("/services/{{service}}/inbox{page}");
    Routes::default()
        .get(&at(""), show)
        .get(&at("/texts.csv"), save)
        .get(&at("/{text}"), conversation::show)
        .get(&at("/{text}/reply"), reply::choose)
}

/// Which text of the service; it stands for everything that its sender wrote.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Which {
    text: ReceivedTextId,
}

/// Where the page begins.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct From {
    older_than: Option<ReceivedTextId>,
}

#[derive(Template)]
#[template(path = "inbox/list.html")]
struct Inbox {
    shell: Shell,
    t: Texts,
    /// The numbers that people write to.
    numbers: String,
    table: Table,
    pages: Pagination,
    csv: Option<ButtonLink>,
}

/// `GET /services/{service}/inbox`: everybody who wrote, with their newest text.
async fn show(
    State(app): State<App>,
    team: OnTeam<SeeMessages>,
    reader: Reader,
    Asked(from): Asked<From>,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let db = app.accounts.db.read();
    let mut people = conversations::page(db, team.id(), from.older_than, SIZE + 1).await?;
    let more = people.len() as u64 > SIZE;
    people.truncate(usize::try_from(SIZE).unwrap_or(usize::MAX));
    let ids: Vec<_> = people.iter().map(|one| one.latest_id).collect();
    let mut texts = received_text::some(db, team.id(), &ids).await?;
    texts.sort_by_key(|text| std::cmp::Reverse(text.id));
    let senders = sms_sender::list(db, team.id()).await?;
    let numbers: Vec<_> =
        senders.into_iter().filter(|one| one.receives).map(|one| one.sender).collect();
    let here = frame::at(team.id(), "/inbox");
    let last = people.last().map(|one| one.latest_id).filter(|_| more);
    let csv = ButtonLink {
        text: t.usage_csv(),
        href: format!("{here}/texts.csv"),
        kind: ButtonKind::Secondary,
        download: true,
    };
    let empty = if numbers.is_empty() { t.inbox_no_number() } else { t.inbox_empty() };
    page::show(&Inbox {
        shell: app.service_page(&reader, &team, t.inbox_title()),
        t,
        numbers: numbers.join(", "),
        csv: (!texts.is_empty()).then_some(csv),
        table: Table {
            caption: t.inbox_caption(),
            head: vec![t.inbox_from(), t.inbox_text(), t.inbox_when()],
            rows: texts.iter().map(|text| row(&app, t, &team, text)).collect(),
            empty: Some(empty),
            ..Table::default()
        },
        pages: Pagination {
            language: t.0,
            newer: from.older_than.map(|_| here.clone()),
            older: last.map(|last| format!("{here}?older_than={last}")),
        },
    })
}

fn row(app: &App, t: Texts, team: &OnTeam<SeeMessages>, text: &Model) -> Vec<Cell> {
    let content = open(app, t, text);
    let href = frame::at(team.id(), &format!("/inbox/{}", text.id));
    let words = if asks_to_stop(&content.text) {
        Cell::Rendered(Rendered::all(&[
            Cell::Tag(stop(t)),
            Cell::Text(format!(" {}", content.text)),
        ]))
    } else {
        Cell::Text(snippet(&content.text))
    };
    vec![
        Cell::Link(Link::new(href, content.from)),
        words,
        Cell::Text(text::moment(t.0, team.who.zone(), text.received_at)),
    ]
}

/// What marks a text that asks for no more texts.
fn stop(t: Texts) -> Tag {
    Tag::new(t.inbox_stop(), Tone::Warning)
}

fn snippet(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SNIPPET) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// Who wrote what; what cannot be opened any more says so.
fn open(app: &App, t: Texts, text: &Model) -> Content {
    let opened = Content::open(&app.accounts.vault, text.id, &text.sealed);
    opened.unwrap_or_else(|_| Content { from: t.message_gone(), text: String::new() })
}

/// `GET /services/{service}/inbox/texts.csv`: the newest texts.
async fn save(
    State(app): State<App>,
    team: OnTeam<SeeMessages>,
    reader: Reader,
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let (mut rows, mut last) = (Vec::new(), None);
    while rows.len() < MOST {
        let some = received_text::page(app.accounts.db.read(), team.id(), last, 500).await?;
        let Some(end) = some.last() else { break };
        last = Some(end.id);
        for text in &some {
            let content = open(&app, t, text);
            let when = text.received_at.with_timezone(&team.who.zone());
            let when = when.format("%Y-%m-%d %H:%M:%S %Z").to_string();
            rows.push(vec![when, content.from, text.notify_number.clone(), content.text]);
        }
    }
    let head = [t.inbox_when(), t.inbox_from(), t.inbox_to(), t.inbox_text()];
    download::csv("received-texts", &head, &rows)
}
