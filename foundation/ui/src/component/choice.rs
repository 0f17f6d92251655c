//! Fields to choose from.

use askama::{Template, filters::HtmlSafe};
use kernel::Language;

use super::{
    cell::{Link, Rendered},
    field::{described, id_or},
};

/// One answer among several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What it says.
    pub label: String,
    /// What it means.
    pub hint: Option<String>,
    /// Whether it is chosen.
    pub chosen: bool,
    /// Whether it cannot be chosen; say why in `hint`.
    pub disabled: bool,
    /// What is asked once it is chosen; always there without style.
    pub reveal: Option<Rendered>,
    /// The language of its label, when it is not the page's.
    pub lang: Option<Language>,
}

impl Choice {
    /// A choice with nothing special about it; `chosen` when `value` is `current`.
    pub fn new(value: impl Into<String>, label: impl Into<String>, current: &str) -> Self {
        let value = value.into();
        let chosen = value == current;
        Self { value, label: label.into(), chosen, ..Self::default() }
    }

    /// The same choice with words on what it means.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// The same choice with more fields once it is chosen.
    #[must_use]
    pub fn reveal(self, component: &impl HtmlSafe) -> Self {
        Self { reveal: Some(Rendered::of(component)), ..self }
    }
}

/// The `id` of the choice at `index`: the first has the group's own, so that an error leads to it.
fn choice_id(group: &str, index: usize) -> String {
    if index == 0 { group.to_owned() } else { format!("{group}-{}", index + 1) }
}

/// One answer out of a few, all in sight.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "component/radios.html")]
pub struct Radios {
    /// What it is sent as.
    pub name: String,
    /// The `id` of its first choice; empty takes the name.
    pub id: String,
    /// The question.
    pub legend: String,
    /// Whether the page's heading asks the same, so that the legend is only heard.
    pub legend_is_heading: bool,
    /// How to answer.
    pub hint: Option<String>,
    /// What is wrong with it.
    pub error: Option<String>,
    /// The answers.
    pub choices: Vec<Choice>,
    /// Whether they stand in one line, for two or three short ones.
    pub inline: bool,
}

impl HtmlSafe for Radios {}

impl Radios {
    fn id(&self) -> &str {
        id_or(&self.id, &self.name)
    }

    fn kind(&self) -> &'static str {
        "radio"
    }

    fn choice_id(&self, index: &usize) -> String {
        choice_id(self.id(), *index)
    }

    fn described(&self) -> Option<String> {
        described(self.id(), &[(self.hint.is_some(), "hint"), (self.error.is_some(), "error")])
    }
}

/// Any number of answers out of a few, all in sight.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "component/checkboxes.html")]
pub struct Checkboxes {
    /// What each chosen value is sent as.
    pub name: String,
    /// The `id` of its first choice; empty takes the name.
    pub id: String,
    /// The question.
    pub legend: String,
    /// Whether the page's heading asks the same, so that the legend is only heard.
    pub legend_is_heading: bool,
    /// How to answer.
    pub hint: Option<String>,
    /// What is wrong with it.
    pub error: Option<String>,
    /// The answers.
    pub choices: Vec<Choice>,
    /// Whether they stand in one line.
    pub inline: bool,
}

impl HtmlSafe for Checkboxes {}

impl Checkboxes {
    fn id(&self) -> &str {
        id_or(&self.id, &self.name)
    }

    fn kind(&self) -> &'static str {
        "checkbox"
    }

    fn choice_id(&self, index: &usize) -> String {
        choice_id(self.id(), *index)
    }

    fn described(&self) -> Option<String> {
        described(self.id(), &[(self.hint.is_some(), "hint"), (self.error.is_some(), "error")])
    }
}

/// Yes or not.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "component/checkbox.html")]
pub struct Checkbox {
    /// What it is sent as.
    pub name: String,
    /// Its `id`; empty takes the name.
    pub id: String,
    /// What is sent when it is chosen; empty sends `yes`.
    pub value: String,
    /// What a tick says.
    pub label: String,
    /// What it means.
    pub hint: Option<String>,
    /// Whether it is chosen.
    pub chosen: bool,
    /// What is wrong with it.
    pub error: Option<String>,
}

impl HtmlSafe for Checkbox {}

impl Checkbox {
    fn id(&self) -> &str {
        id_or(&self.id, &self.name)
    }

    fn sent(&self) -> &str {
        if self.value.is_empty() { "yes" } else { &self.value }
    }

    fn described(&self) -> Option<String> {
        described(self.id(), &[(self.hint.is_some(), "hint"), (self.error.is_some(), "error")])
    }
}

/// The link of a row with a box before it, in a form that does something with the rows that are ticked.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "component/pick.html")]
pub struct Pick {
    /// What the box is sent as; empty shows the link alone.
    pub name: String,
    /// What is sent when it is ticked.
    pub value: String,
    /// The `id` of the box, unique on the page.
    pub id: String,
    /// What a tick says, such as “Choose Permit ready”.
    pub label: String,
    /// Whether it is ticked.
    pub chosen: bool,
    /// The row's own page.
    pub link: Link,
    /// What is said beside the link; empty has none.
    pub note: String,
}

impl HtmlSafe for Pick {}

/// One answer out of many, out of sight until asked for.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "component/select.html")]
pub struct Select {
    /// What it is sent as.
    pub name: String,
    /// Its `id`; empty takes the name.
    pub id: String,
    /// What is asked for.
    pub label: String,
    /// Whether the label is only heard.
    pub hide_label: bool,
    /// How to answer.
    pub hint: Option<String>,
    /// What is wrong with it.
    pub error: Option<String>,
    /// The answers; hints and reveals are not shown.
    pub choices: Vec<Choice>,
    /// The language in which to say that it may stay empty.
    pub optional: Option<Language>,
}

impl HtmlSafe for Select {}

impl Select {
    fn id(&self) -> &str {
        id_or(&self.id, &self.name)
    }

    fn described(&self) -> Option<String> {
        described(self.id(), &[(self.hint.is_some(), "hint"), (self.error.is_some(), "error")])
    }
}
