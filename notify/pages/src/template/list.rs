//! The list of templates and folders.

mod found;

use accounts::{OnTeam, Permission, gate::Member};
use askama::Template;
use axum::{extract::State, response::Html};
use notify_store::{FolderId, folder_viewer::Seen, template_category, template_folder};
use serde::Deserialize;
use ui::{
    Breadcrumbs, Button, ButtonKind, ButtonLink, Choice, ErrorSummary, Errors, PageLinks, Select,
    Selected, Shell, Table, TextInput,
};
use web::{Asked, At, PageError, Reader, page};

use self::found::Found;
pub use self::found::named;
use crate::{
    app::App,
    folder::{self, MoveForm},
    frame,
    words::Texts,
};

/// Rows on a page.
const SIZE: usize = 50;

/// What is looked for, and what was done before.
#[derive(Clone, Default, Deserialize)]
pub struct Wanted {
    /// Words in names, subjects and texts.
    #[serde(default)]
    pub search: String,
    /// `email`, `sms`, or empty for both.
    #[serde(default)]
    pub kind: String,
    /// A category's id, or empty for all.
    #[serde(default)]
    pub category: String,
    /// The page, from 1.
    #[serde(default)]
    pub page: String,
    #[serde(default)]
    done: String,
}

impl Wanted {
    /// Whether the list is narrowed down.
    pub fn narrows(&self) -> bool {
        !(self.search.trim().is_empty() && self.kind.is_empty() && self.category.is_empty())
    }

    fn page(&self) -> usize {
        self.page.parse().unwrap_or(1).max(1)
    }

    /// The query of another page of the same list.
    fn query(&self, page: usize) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let page = page.to_string();
        let all = [
            ("search", self.search.as_str()),
            ("kind", &self.kind),
            ("category", &self.category),
            ("page", &page),
        ];
        query.extend_pairs(all.into_iter().filter(|(_, value)| !value.is_empty()));
        query.finish()
    }

    fn done(&self, t: Texts) -> Option<String> {
        match self.done.as_str() {
            "archived" => Some(t.done_archived()),
            "folder" => Some(t.done_folder()),
            "saved" => Some(t.done_folder_renamed()),
            "removed" => Some(t.done_folder_removed()),
            "moved" => Some(t.done_moved()),
            "people" => Some(t.done_folder_people()),
            _ => None,
        }
    }
}

/// Which list is asked for, and what was wrong with a move out of it.
#[derive(Default)]
pub struct Asking {
    /// The folder; none is the top.
    pub folder: Option<FolderId>,
    /// What is looked for.
    pub wanted: Wanted,
    /// What was to be moved.
    pub moving: MoveForm,
    /// Why it was not.
    pub errors: Errors,
}

#[derive(Template)]
#[template(path = "template/list.html")]
pub struct Templates {
    shell: Shell,
    t: Texts,
    crumbs: Option<Breadcrumbs>,
    errors: Errors,
    wanted: Wanted,
    /// Where the list is.
    here: String,
    /// The folder as its forms name it; empty at the top.
    folder: String,
    kinds: Option<Select>,
    categories: Option<Select>,
    table: Table,
    pages: PageLinks,
    /// Whether there is anything to look for.
    any: bool,
    manage: bool,
    /// Whether there are rows to tick.
    rows: bool,
    into: Select,
    name: String,
    /// Where templates are made, copied and moved.
    templates: String,
    /// The page of those who see the folder.
    people: Option<String>,
    /// That only some see the folder.
    restricted: bool,
}

/// `GET /services/{service}/templates`
pub async fn show(
    State(app): State<App>,
    team: OnTeam<Member>,
    reader: Reader,
    Asked(wanted): Asked<Wanted>,
) -> Result<Html<String>, PageError> {
    page::show(&draw(&app, &team, &reader, Asking { wanted, ..Asking::default() }).await?)
}

/// `GET /services/{service}/templates/folders/{folder}`
pub async fn inside(
    State(app): State<App>,
    team: OnTeam<Member>,
    At(which): At<folder::Which>,
    reader: Reader,
    Asked(wanted): Asked<Wanted>,
) -> Result<Html<String>, PageError> {
    let asking = Asking { folder: Some(which.folder), wanted, ..Asking::default() };
    page::show(&draw(&app, &team, &reader, asking).await?)
}

/// The page of a list.
pub async fn draw<C>(
    app: &App,
    team: &OnTeam<C>,
    reader: &Reader,
    asking: Asking,
) -> Result<Templates, PageError> {
    let t = Texts(reader.language);
    let db = &app.accounts.db;
    let seen = folder::seen(app, team).await?;
    let here = match asking.folder {
        Some(id) => Some(seen.folder(id).ok_or(PageError::Missing)?),
        None => None,
    };
    let categories = template_category::list(db.read()).await?;
    let found = Found::look(db, team.id(), (&seen, asking.folder), &asking.wanted).await?;
    let manage = team.may(Permission::ManageTemplates);
    let at = folder::at(team.id(), asking.folder);
    let page = asking.wanted.page();
    let last = found.len().div_ceil(SIZE).max(1);
    let to = |page: usize| format!("{at}?{}", asking.wanted.query(page));
    let table =
        found.table(t, team.id(), (&seen, &categories), (page, manage), &asking.moving.item);
    let title = here.map_or_else(|| t.menu_templates(), |folder| folder.name.clone());
    let mut shell = app.service_page(reader, team, title);
    shell.done = asking.wanted.done(t);
    let people =
        here.filter(|_| team.may(Permission::ManageService)).map(|_| format!("{at}/people"));
    Ok(Templates {
        shell: if asking.errors.is_empty() { shell } else { shell.failed() },
        t,
        crumbs: here.map(|here| folder::crumbs(t, team.id(), (&seen, Some(here)), false)),
        kinds: found.kinds(t, &asking.wanted),
        categories: found.categories(t, &asking.wanted, &categories),
        rows: !table.rows.is_empty(),
        table,
        pages: PageLinks {
            language: t.0,
            previous: (page > 1).then(|| to(page - 1)),
            next: (page < last).then(|| to(page + 1)),
        },
        any: found.any || asking.wanted.narrows(),
        manage,
        into: into(t, &seen, here, &asking),
        name: asking.moving.name.clone(),
        templates: frame::at(team.id(), "/templates"),
        people,
        restricted: here.is_some_and(|folder| folder.restricted),
        folder: asking.folder.map(|id| id.to_string()).unwrap_or_default(),
        here: at,
        errors: asking.errors,
        wanted: asking.wanted,
    })
}

/// Where ticked rows can go: everywhere but where they are.
fn into(t: Texts, seen: &Seen, here: Option<&template_folder::Model>, asking: &Asking) -> Select {
    let mut folders: Vec<_> = seen.folders().map(|one| (seen.path(one), one.id)).collect();
    folders.sort_by_cached_key(|(path, _)| path.to_lowercase());
    let current = asking.moving.into.as_str();
    let mut choices = vec![Choice::new("", t.move_choose(), current)];
    if here.is_some() || asking.wanted.narrows() {
        choices.push(Choice::new(folder::TOP, t.menu_templates(), current));
    }
    let others = folders.into_iter().filter(|(_, id)| here.is_none_or(|here| here.id != *id));
    choices.extend(others.map(|(path, id)| Choice::new(id.to_string(), path, current)));
    Select {
        name: "into".to_owned(),
        label: t.move_into(),
        error: asking.errors.of("into"),
        choices,
        ..Select::default()
    }
}

impl Templates {
    /// Moving into a known folder needs one to move into.
    fn has_folders(&self) -> bool {
        self.into.choices.len() > 1
    }
}
