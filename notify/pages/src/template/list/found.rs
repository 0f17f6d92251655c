//! What a list of templates shows: folders first, then templates, a page at a time.

use accounts::ServiceId;
use db::Db;
use kernel::Language;
use notify::Channel;
use notify_store::{
    CategoryId, FolderId,
    folder_viewer::Seen,
    template::{self, Model},
    template_category, template_folder,
};
use ui::{Cell, Choice, Link, Pick, Select, Table, Tag, Tone};
use web::PageError;

use super::{SIZE, Wanted};
use crate::{folder, frame, letter, words::Texts};

/// The rows of a list, and what they are taken from.
pub struct Found<'a> {
    folders: Vec<&'a template_folder::Model>,
    templates: Vec<Model>,
    /// All that is seen, before it was narrowed down.
    all: Vec<Model>,
    narrowed: bool,
    /// Whether there is anything at all to look for.
    pub any: bool,
}

impl<'a> Found<'a> {
    /// What lies in a folder or, when the list is narrowed down, in it and below it.
    pub async fn look(
        db: &Db,
        service: ServiceId,
        (seen, here): (&'a Seen, Option<FolderId>),
        wanted: &Wanted,
    ) -> Result<Self, PageError> {
        let words = wanted.search.trim();
        let mut all = template::heads(db.read(), service, None).await?;
        all.retain(|head| seen.sees(head.folder_id));
        let any = !all.is_empty() || seen.folders().next().is_some();
        let inside = seen.inside(here);
        if !wanted.narrows() {
            let templates = all.iter().filter(|head| head.folder_id == here).cloned().collect();
            return Ok(Self { folders: inside, templates, all, narrowed: false, any });
        }
        let mut templates = match words {
            "" => all.clone(),
            _ => template::holding(db.read(), service, words).await?,
        };
        templates.retain(|head| {
            seen.sees(head.folder_id)
                && seen.is_below(head.folder_id, here)
                && (wanted.kind.is_empty() || wanted.kind == head.channel.to_string())
                && (wanted.category.is_empty() || wanted.category == category(head))
        });
        let named = |one: &&template_folder::Model| {
            seen.is_below(Some(one.id), here) && notify::find::holds(&[&one.name], words)
        };
        let by_name = !words.is_empty() && wanted.kind.is_empty() && wanted.category.is_empty();
        let folders = if by_name { seen.folders().filter(named).collect() } else { Vec::new() };
        Ok(Self { folders, templates, all, narrowed: true, any })
    }

    /// How many rows there are on all pages.
    pub fn len(&self) -> usize {
        self.folders.len() + self.templates.len()
    }

    /// The rows of one page.
    pub fn table(
        &self,
        t: Texts,
        service: ServiceId,
        (seen, categories): (&Seen, &[template_category::Model]),
        (page, manage): (usize, bool),
        chosen: &[String],
    ) -> Table {
        let row = Row { t, service, seen, found: self, manage, chosen };
        let folders = self.folders.iter().map(|folder| row.folder(folder));
        let templates = self.templates.iter().map(|head| row.template(head, categories));
        let rows = folders.chain(templates).skip((page - 1) * SIZE).take(SIZE);
        let mut head = vec![t.template_name(), t.kind(), t.template_category_short()];
        if self.narrowed {
            head.push(t.folder());
        }
        Table {
            caption: match (self.narrowed, self.folders.len()) {
                (false, 0) | (true, _) => t.templates_caption(self.len()),
                (false, _) => t.templates_and_folders_caption(),
            },
            head,
            rows: rows.collect(),
            empty: Some(if self.narrowed { t.templates_none_found() } else { t.folder_empty() }),
            ..Table::default()
        }
    }

    /// To narrow down by kind, where there are both.
    pub fn kinds(&self, t: Texts, wanted: &Wanted) -> Option<Select> {
        let both =
            Channel::ALL.iter().all(|kind| self.all.iter().any(|one| one.channel.0 == *kind));
        both.then(|| Select {
            name: "kind".to_owned(),
            label: t.kind(),
            choices: vec![
                Choice::new("", t.templates_all_kinds(), &wanted.kind),
                Choice::new(Channel::Email.to_string(), t.email(), &wanted.kind),
                Choice::new(Channel::Sms.to_string(), t.text_message(), &wanted.kind),
            ],
            ..Select::default()
        })
    }

    /// To narrow down by category, where more than one is used.
    pub fn categories(
        &self,
        t: Texts,
        wanted: &Wanted,
        categories: &[template_category::Model],
    ) -> Option<Select> {
        let is_used = |one: &&template_category::Model| {
            self.all.iter().any(|head| head.category_id == Some(one.id))
        };
        let used: Vec<_> = categories.iter().filter(is_used).collect();
        let mut choices = vec![Choice::new("", t.templates_all_categories(), &wanted.category)];
        let choice = |one: &&template_category::Model| {
            Choice::new(one.id.to_string(), named(t.0, one), &wanted.category)
        };
        choices.extend(used.iter().map(choice));
        (used.len() > 1 || !wanted.category.is_empty()).then(|| Select {
            name: "category".to_owned(),
            label: t.template_category_short(),
            choices,
            ..Select::default()
        })
    }
}

fn category(head: &Model) -> String {
    head.category_id.map(|id| id.to_string()).unwrap_or_default()
}

/// A category's name in the reader's language.
pub fn named(language: Language, category: &template_category::Model) -> String {
    match language {
        Language::English => category.name_en.clone(),
        Language::French => category.name_fr.clone(),
    }
}

/// What rows are made from.
struct Row<'a> {
    t: Texts,
    service: ServiceId,
    seen: &'a Seen,
    found: &'a Found<'a>,
    manage: bool,
    chosen: &'a [String],
}

impl Row<'_> {
    fn pick(&self, kind: &str, id: &str, link: Link, note: String) -> Cell {
        let value = format!("{kind}:{id}");
        Cell::of(&Pick {
            name: if self.manage { "item".to_owned() } else { String::new() },
            id: format!("item-{id}"),
            label: self.t.templates_choose(&link.text),
            chosen: self.chosen.contains(&value),
            value,
            link,
            note,
        })
    }

    fn folder(&self, folder: &template_folder::Model) -> Vec<Cell> {
        let (t, seen) = (self.t, self.seen);
        let templates = self.found.all.iter().filter(|one| one.folder_id == Some(folder.id));
        let note = t.folder_holds(seen.inside(Some(folder.id)).len(), templates.count());
        let label = if self.found.narrowed { folder.name.clone() } else { seen.label(folder) };
        let link = Link::new(folder::at(self.service, Some(folder.id)), label);
        let kind = Tag::new(t.folder(), Tone::Neutral);
        let mut cells = vec![
            self.pick("folder", &folder.id.to_string(), link, note),
            Cell::Tag(kind),
            Cell::default(),
        ];
        if self.found.narrowed {
            cells.push(self.place(seen.shown_in(folder)));
        }
        cells
    }

    fn template(&self, head: &Model, categories: &[template_category::Model]) -> Vec<Cell> {
        let href = frame::at(self.service, &format!("/templates/{}", head.id));
        let link = Link::new(href, head.name.clone());
        let of = |id: CategoryId| categories.iter().find(|one| one.id == id);
        let category = head.category_id.and_then(of).map(|one| named(self.t.0, one));
        let mut cells = vec![
            self.pick("template", &head.id.to_string(), link, String::new()),
            Cell::Tag(letter::kind(self.t, head.channel.0)),
            Cell::Text(category.unwrap_or_default()),
        ];
        if self.found.narrowed {
            cells.push(self.place(head.folder_id));
        }
        cells
    }

    /// The folder that something lies in.
    fn place(&self, folder: Option<FolderId>) -> Cell {
        let folder = folder.and_then(|id| self.seen.folder(id));
        let name = folder.map_or_else(|| self.t.menu_templates(), |one| self.seen.path(one));
        Cell::Link(Link::new(folder::at(self.service, folder.map(|one| one.id)), name))
    }
}
