//! Where the reader is, and the ways from there.

use askama::{Template, filters::HtmlSafe};
use kernel::Language;

use super::cell::{Link, Tag};
use crate::Texts;

/// The pages above this one, from the top; goes into the block `before` of the frame.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "component/breadcrumbs.html")]
pub struct Breadcrumbs {
    /// The language of its name.
    pub language: Language,
    /// The pages above; one marked `current` is shown as words.
    pub links: Vec<Link>,
}

impl HtmlSafe for Breadcrumbs {}

impl Breadcrumbs {
    fn words(&self) -> Texts {
        Texts(self.language)
    }
}

/// One step back; goes into the block `before` of the frame.
#[derive(Clone, Debug, Default, Template)]
#[template(
    source = r#"<p class="back"><a href="{{ href }}">{% if text.is_empty() %}{{ self.words().back() }}{% else %}{{ text }}{% endif %}</a></p>"#,
    ext = "html"
)]
pub struct BackLink {
    /// The language of the word “Back”.
    pub language: Language,
    /// Where back is.
    pub href: String,
    /// What it says instead of “Back”; empty for that.
    pub text: String,
}

impl HtmlSafe for BackLink {}

impl BackLink {
    fn words(&self) -> Texts {
        Texts(self.language)
    }
}

/// How far along a journey the reader is, as words: “Step 2 of 3”.
#[derive(Clone, Debug, Default, Template)]
#[template(source = r#"<p class="steps">{{ self.words().step(step, of) }}</p>"#, ext = "html")]
pub struct Steps {
    /// The language of the words.
    pub language: Language,
    /// This step, from 1.
    pub step: u64,
    /// How many there are.
    pub of: u64,
}

impl HtmlSafe for Steps {}

impl Steps {
    fn words(&self) -> Texts {
        Texts(self.language)
    }
}

/// One thing to do before something larger is done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Task {
    /// What is to do.
    pub title: String,
    /// Where it is done; none when there is nothing to do here, or not yet.
    pub href: Option<String>,
    /// What it needs.
    pub hint: Option<String>,
    /// How it stands.
    pub status: Tag,
}

/// What is to do, each with how it stands.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "component/tasks.html")]
pub struct Tasks {
    /// The start of its `id`s, unique on the page; empty takes `task`.
    pub id: String,
    /// The things to do.
    pub tasks: Vec<Task>,
}

impl HtmlSafe for Tasks {}

impl Tasks {
    fn task_id(&self, index: &usize) -> String {
        let id = if self.id.is_empty() { "task" } else { &self.id };
        format!("{id}-{}", index + 1)
    }
}

/// One of several views of the same thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tab {
    /// Where the view is.
    pub href: String,
    /// What it shows.
    pub text: String,
    /// How many are there.
    pub count: Option<u64>,
    /// Whether it is the one in sight.
    pub current: bool,
}

/// Views of the same thing, as links; each is a page of its own.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "component/tabs.html")]
pub struct Tabs {
    /// The language of its numbers.
    pub language: Language,
    /// What the views are of, for those who hear it.
    pub label: String,
    /// The views.
    pub tabs: Vec<Tab>,
    /// Whether they look like pills, for filters within a page, with the counts in large.
    pub pills: bool,
}

impl HtmlSafe for Tabs {}

impl Tabs {
    fn number(&self, number: &u64) -> String {
        text::number(self.language, *number)
    }
}

/// One way on, with a word or a number about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tile {
    /// Where it goes.
    pub href: String,
    /// What is there.
    pub title: String,
    /// What it says about it; empty has none.
    pub text: String,
    /// A number in large, already written in the page's language.
    pub value: Option<String>,
    /// How it stands.
    pub tag: Option<Tag>,
}

/// Ways on, side by side.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "component/tiles.html")]
pub struct Tiles {
    /// The ways.
    pub tiles: Vec<Tile>,
}

impl HtmlSafe for Tiles {}
