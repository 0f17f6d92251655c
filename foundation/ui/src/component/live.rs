//! What a script adds to a page. Without script each is as the page brought it or not there, and the page still works.

use askama::{Template, filters::HtmlSafe};
use kernel::Language;

use super::cell::Rendered;
use crate::Texts;

/// A region that shows news by itself.
///
/// The script asks `url` again and takes the element with the same `id` out of the answer, or the whole answer when it
/// has none; so `url` may be the page itself. It stops when the region comes back without `url` (see `finished`), when
/// the page is refused, and pauses while the page is out of sight.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "component/live.html")]
pub struct Live {
    /// Its `id`, unique on the page.
    pub id: String,
    /// Where its newest state is.
    pub url: String,
    /// Server-sent events that say when to ask again: each event's data is the region's new HTML, or `changed` to ask
    /// `url`; an event named `end` stops.
    pub events: Option<String>,
    /// How often to ask where events are not to be had, in seconds; 0 takes 5.
    pub every: u16,
    /// Whether nothing more will happen.
    pub finished: bool,
    /// Whether a screen reader is told of each change; only for a few words, such as a state.
    pub announce: bool,
    /// What it shows now.
    pub body: Rendered,
}

impl HtmlSafe for Live {}

impl Live {
    const fn seconds(&self) -> u16 {
        if self.every == 0 { 5 } else { self.every }
    }
}

/// A region that shows what a form would make, while the form is filled in.
///
/// The script sends the form with `POST` to `url` and takes the element with the same `id`, or the whole answer.
/// Without script a button of the form does the same: `Button { action: Some(url), … }`.
#[derive(Clone, Debug, Default, Template)]
#[template(
    source = r#"<div id="{{ id }}" class="preview" data-preview-of="{{ form }}" data-url="{{ url }}">{{ body }}</div>"#,
    ext = "html"
)]
pub struct Preview {
    /// Its `id`, unique on the page.
    pub id: String,
    /// The `id` of the form.
    pub form: String,
    /// Where the form is sent to be shown.
    pub url: String,
    /// What it shows now.
    pub body: Rendered,
}

impl HtmlSafe for Preview {}

/// A field that narrows a list in sight down to the items that hold the words typed. Only there with script.
///
/// The items are the children of the element with the `id` in `list`, or the rows of a table inside it.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "component/filter.html")]
pub struct Filter {
    /// The language of what is said about the number found.
    pub language: Language,
    /// The `id` of the list.
    pub list: String,
    /// What to look for, such as “Search by template name”.
    pub label: String,
}

impl HtmlSafe for Filter {}

impl Filter {
    fn words(&self) -> Texts {
        Texts(self.language)
    }
}

/// How many rows of a form are chosen, said while they are ticked. Only there with script.
#[derive(Clone, Debug, Default, Template)]
#[template(
    source = r#"<p class="count" role="status" hidden data-selected="{{ name }}" data-none="{{ self.words().selected_none() }}" data-one="{{ self.words().selected_one() }}" data-many="{{ self.words().selected_many("%") }}"></p>"#,
    ext = "html"
)]
pub struct Selected {
    /// The language of its words.
    pub language: Language,
    /// The name of the boxes that are counted.
    pub name: String,
}

impl HtmlSafe for Selected {}

impl Selected {
    fn words(&self) -> Texts {
        Texts(self.language)
    }
}

/// Something a button writes into a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Insert {
    /// What the button says.
    pub text: String,
    /// What is written before the chosen words, or where the cursor is.
    pub before: String,
    /// What is written after them; empty when nothing is put around words.
    pub after: String,
}

impl Insert {
    /// A button that says `text` and writes `before` and `after` around the chosen words.
    pub fn new(
        text: impl Into<String>,
        before: impl Into<String>,
        after: impl Into<String>,
    ) -> Self {
        Self { text: text.into(), before: before.into(), after: after.into() }
    }
}

/// Buttons that write into a text, which can be undone like typing. Only there with script.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "component/inserts.html")]
pub struct Inserts {
    /// What they are for, for those who hear it.
    pub label: String,
    /// The `id` of the text.
    pub into: String,
    /// The buttons.
    pub inserts: Vec<Insert>,
}

impl HtmlSafe for Inserts {}
