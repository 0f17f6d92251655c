//! The list of templates.

use accounts::{OnTeam, Permission, gate::Member};
use askama::Template;
use axum::{extract::State, response::Html};
use notify_store::template::{self, Current};
use serde::Deserialize;
use ui::{Button, ButtonLink, Cell, Link, Shell, Table, TextInput};
use web::{Asked, PageError, Reader, page};

use crate::{app::App, frame, letter, words::Texts};

/// What is looked for.
#[derive(Clone, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    search: String,
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "template/list.html")]
struct Templates {
    shell: Shell,
    t: Texts,
    table: Table,
    here: String,
    search: String,
    any: bool,
    new: Option<String>,
}

/// `GET /services/{service}/templates`
pub async fn show(
    State(app): State<App>,
    team: OnTeam<Member>,
    reader: Reader,
    Asked(wanted): Asked<Wanted>,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let all = template::list(app.accounts.db.read(), team.id(), None).await?;
    let sought = wanted.search.trim().to_lowercase();
    let found = |one: &&Current| {
        one.head.name.to_lowercase().contains(&sought)
            || one.text.body.to_lowercase().contains(&sought)
    };
    let rows: Vec<Vec<Cell>> = all
        .iter()
        .filter(found)
        .map(|one| {
            let href = frame::at(team.id(), &format!("/templates/{}", one.head.id));
            vec![
                Cell::Link(Link::new(href, one.head.name.clone())),
                Cell::Tag(letter::kind(t, one.head.channel.0)),
            ]
        })
        .collect();
    let mut shell = app.service_page(&reader, &team, t.menu_templates());
    shell.done = (wanted.done.as_deref() == Some("archived")).then(|| t.done_archived());
    page::show(&Templates {
        shell,
        t,
        table: Table {
            caption: t.templates_caption(rows.len()),
            head: vec![t.template_name(), t.kind()],
            rows,
            empty: Some(t.templates_none_found()),
            ..Table::default()
        },
        here: frame::at(team.id(), "/templates"),
        search: wanted.search,
        any: !all.is_empty(),
        new: team.may(Permission::ManageTemplates).then(|| frame::at(team.id(), "/templates/new")),
    })
}
