//! What is typed into the form of a template, checked.

use kernel::Language;
use notify::{
    Channel, review, sms,
    template::{Languages, Template},
};
use notify_store::{CategoryId, template::Current, template_category};
use serde::Deserialize;
use ui::Errors;
use web::PageError;

use crate::{app::App, words::Texts};

/// Longest name and subject, in characters (admin specification, section A.1).
pub const LONGEST_NAME: usize = 255;
/// Longest e-mail, in characters (admin specification, section A.1).
const LONGEST_EMAIL: usize = 50_000;

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct TemplateForm {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub subject: String,
    #[serde(default)]
    pub body: String,
    #[serde(default)]
    pub category: String,
    #[serde(default)]
    pub language: String,
    /// `yes` when the whole text runs from right to left.
    #[serde(default)]
    pub right_to_left: String,
    /// The folder of a new template; empty is the top.
    #[serde(default)]
    pub folder: String,
    /// The version that was changed; empty for a new template.
    #[serde(default)]
    pub version: String,
    /// `yes` when new placeholders were seen and are wanted.
    #[serde(default)]
    pub confirmed: String,
}

impl TemplateForm {
    /// The form of a template as it is.
    pub fn of(current: &Current) -> Self {
        let Current { head, text } = current.clone();
        Self {
            name: text.name,
            subject: text.subject.unwrap_or_default(),
            body: text.body,
            category: head.category_id.map(|id| id.to_string()).unwrap_or_default(),
            language: head.language,
            right_to_left: if head.right_to_left { "yes".to_owned() } else { String::new() },
            folder: String::new(),
            version: head.version.to_string(),
            confirmed: String::new(),
        }
    }

    /// The same without the blanks that nobody meant, and with one kind of line end.
    #[must_use]
    pub fn tidy(mut self) -> Self {
        let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.name = line(&self.name);
        self.subject = line(&self.subject);
        self.body = self.body.replace("\r\n", "\n").trim().to_owned();
        if !["en", "fr", "both"].contains(&self.language.as_str()) {
            "en".clone_into(&mut self.language);
        }
        self
    }

    /// Whether the text runs from right to left.
    pub fn is_right_to_left(&self) -> bool {
        self.right_to_left == "yes"
    }

    /// In which languages it is written.
    pub fn languages(&self) -> Languages {
        match self.language.as_str() {
            "fr" => Languages::One(Language::French),
            "both" => Languages::Both,
            _ => Languages::One(Language::English),
        }
    }

    /// The template that was typed.
    pub fn read(&self, channel: Channel) -> Template {
        let read = match channel {
            Channel::Email => Template::email(&self.subject, &self.body),
            Channel::Sms => Template::sms(&self.body),
        };
        read.in_languages(self.languages()).right_to_left(self.is_right_to_left())
    }
}

/// The category, or what is wrong with the form (admin specification, sections G.2 and T).
///
/// # Errors
/// Those of the database.
pub async fn check(
    app: &App,
    (t, channel): (Texts, Channel),
    typed: &TemplateForm,
) -> Result<Result<CategoryId, Errors>, PageError> {
    let mut errors = Errors::default();
    let length = |text: &str| text.chars().count();
    if typed.name.is_empty() {
        errors.add("name", t.template_name_empty());
    } else if length(&typed.name) > LONGEST_NAME {
        errors.add("name", t.template_too_long(LONGEST_NAME));
    }
    if channel == Channel::Email && typed.subject.is_empty() {
        errors.add("subject", t.template_subject_empty());
    } else if length(&typed.subject) > LONGEST_NAME {
        errors.add("subject", t.template_too_long(LONGEST_NAME));
    }
    if let Some(words) = body(app, (t, channel), typed) {
        errors.add("body", words);
    }
    let category = match typed.category.parse::<CategoryId>() {
        Ok(id) => template_category::find(app.accounts.db.read(), id).await?.map(|row| row.id),
        Err(_) => None,
    };
    let Some(category) = category else {
        errors.add("category", t.template_category_empty());
        return Ok(Err(errors));
    };
    Ok(if errors.is_empty() { Ok(category) } else { Err(errors) })
}

/// What is wrong with the words of the message, or with the names in them.
fn body(app: &App, (t, channel): (Texts, Channel), typed: &TemplateForm) -> Option<String> {
    let longest = match channel {
        Channel::Email => LONGEST_EMAIL,
        Channel::Sms => sms::limit(app.dispatch.settings.dialect),
    };
    if typed.body.is_empty() {
        return Some(t.template_body_empty());
    }
    if typed.body.chars().count() > longest {
        return Some(t.template_too_long(longest));
    }
    let commas = review::names_with_commas(&typed.read(channel));
    if let Some(name) = commas.first() {
        return Some(t.template_comma(name));
    }
    if channel == Channel::Sms {
        let lost = sms::unsendable(&typed.body);
        if !lost.is_empty() {
            return Some(t.template_unsendable(spelled(&lost)));
        }
    }
    None
}

/// Characters one after another, as people read them.
pub fn spelled(characters: &[char]) -> String {
    characters.iter().map(char::to_string).collect::<Vec<_>>().join(" ")
}
