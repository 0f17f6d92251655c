//! Choosing a template to copy: the service first, then the template.

use accounts::{OnTeam, ServiceId, gate::ManageTemplates};
use askama::Template;
use axum::{extract::State, response::Html};
use notify_store::template;
use serde::Deserialize;
use ui::{BackLink, Cell, Link, Shell, Table, Tile, Tiles};
use web::{Asked, At, PageError, Reader, page};

use super::begin;
use crate::{
    app::App,
    folder::{self, In},
    frame, letter,
    words::Texts,
};

#[derive(Template)]
#[template(path = "template/copy.html")]
struct ChooseSource {
    shell: Shell,
    t: Texts,
    back: String,
    services: Tiles,
}

/// `GET …/templates/copy`: from which service.
pub async fn services(
    State(app): State<App>,
    team: OnTeam<ManageTemplates>,
    reader: Reader,
    Asked(place): Asked<In>,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let parent = place.of(&folder::seen(&app, &team).await?)?;
    let mut sources = begin::sources(&app, &team).await?;
    if !sources.iter().any(|one| one.id == team.id()) {
        sources.insert(0, team.service.clone());
    }
    let href = |from: ServiceId| {
        frame::at(team.id(), &format!("/templates/copy/{from}?folder={}", place.folder))
    };
    let tile = |one: &accounts::service::Model| Tile {
        href: href(one.id),
        title: one.name.clone(),
        ..Tile::default()
    };
    page::show(&ChooseSource {
        shell: app.service_page(&reader, &team, t.copy_title()),
        t,
        back: folder::at(team.id(), parent),
        services: Tiles { tiles: sources.iter().map(tile).collect() },
    })
}

/// Which service to copy from.
#[derive(Clone, Copy, Deserialize)]
pub struct Source {
    from: ServiceId,
}

#[derive(Template)]
#[template(path = "template/copy_from.html")]
struct ChooseTemplate {
    shell: Shell,
    t: Texts,
    back: String,
    table: Table,
}

/// `GET …/templates/copy/{from}`: the templates that the person sees there.
pub async fn templates(
    State(app): State<App>,
    team: OnTeam<ManageTemplates>,
    At(Source { from }): At<Source>,
    reader: Reader,
    Asked(place): Asked<In>,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    place.of(&folder::seen(&app, &team).await?)?;
    let (source, seen) = begin::seen_in(&app, &team, from).await?;
    let heads = template::heads(app.accounts.db.read(), from, None).await?;
    let row = |head: &template::Model| {
        let (channel, id) = (head.channel.0, head.id);
        let to = format!("/templates/new/{channel}?copy={id}&from={from}&folder={}", place.folder);
        let folder = head.folder_id.and_then(|id| seen.folder(id));
        vec![
            Cell::Link(Link::new(frame::at(team.id(), &to), head.name.clone())),
            Cell::Tag(letter::kind(t, channel)),
            Cell::Text(folder.map(|one| seen.path(one)).unwrap_or_default()),
        ]
    };
    let rows: Vec<_> = heads.iter().filter(|head| seen.sees(head.folder_id)).map(row).collect();
    page::show(&ChooseTemplate {
        shell: app.service_page(&reader, &team, t.copy_from_title(&source.name)),
        t,
        back: frame::at(team.id(), "/templates"),
        table: Table {
            caption: t.templates_caption(rows.len()),
            head: vec![t.template_name(), t.kind(), t.folder()],
            rows,
            empty: Some(t.copy_none()),
            ..Table::default()
        },
    })
}
