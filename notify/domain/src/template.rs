//! A template: a channel, a subject, a body, and how it is written.

use kernel::Language;

use crate::{
    Channel,
    markdown::{Advice, Tree},
    placeholder::{self, Lists, Personalisation, Source},
    preview,
};

/// The language or languages in which a template is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Languages {
    /// All in one.
    One(Language),
    /// Both, one after the other or in language blocks.
    Both,
}

impl Default for Languages {
    fn default() -> Self {
        Self::One(Language::English)
    }
}

impl Languages {
    /// The language of single words that we add, such as the "and" of a list; English where there are both.
    pub fn of_words(self) -> Language {
        match self {
            Self::One(language) => language,
            Self::Both => Language::English,
        }
    }

    /// For the `lang` attribute of a document; `mul` says that its parts name theirs (D17).
    pub fn tag(self) -> &'static str {
        match self {
            Self::One(Language::English) => "en-ca",
            Self::One(Language::French) => "fr-ca",
            Self::Both => "mul",
        }
    }
}

/// A template, read once and filled many times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    channel: Channel,
    languages: Languages,
    right_to_left: bool,
    subject: Source,
    body: Source,
}

/// The names, in template order, that a template needs and a caller did not supply.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Missing personalisation: {}", .0.join(", "))]
pub struct MissingPersonalisation(pub Vec<String>);

/// A template with its values, in the form in which it was written: what the API answers with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// None for texts.
    pub subject: Option<String>,
    /// The body, its Markdown not read.
    pub body: String,
}

impl Template {
    /// Reads an e-mail template.
    pub fn email(subject: &str, body: &str) -> Self {
        Self {
            channel: Channel::Email,
            languages: Languages::default(),
            right_to_left: false,
            subject: Source::parse(subject),
            body: Source::parse(body),
        }
    }

    /// Reads a text template.
    pub fn sms(body: &str) -> Self {
        Self { channel: Channel::Sms, ..Self::email("", body) }
    }

    /// Says in which languages it is written; English unless said.
    #[must_use]
    pub fn in_languages(self, languages: Languages) -> Self {
        Self { languages, ..self }
    }

    /// Says that the whole body is written from right to left.
    #[must_use]
    pub fn right_to_left(self, right_to_left: bool) -> Self {
        Self { right_to_left, ..self }
    }

    /// How it travels.
    pub fn channel(&self) -> Channel {
        self.channel
    }

    /// In which languages it is written.
    pub fn languages(&self) -> Languages {
        self.languages
    }

    /// Whether the whole body is written from right to left.
    pub fn is_right_to_left(&self) -> bool {
        self.right_to_left
    }

    /// The subject; empty for texts.
    pub fn subject(&self) -> &Source {
        &self.subject
    }

    /// The body.
    pub fn body(&self) -> &Source {
        &self.body
    }

    /// Names in order of first use, subject first; each with whether it is a conditional.
    pub fn placeholders(&self) -> Vec<(&str, bool)> {
        placeholder::placeholders(&[&self.subject, &self.body])
    }

    /// Names without a value, in template order.
    pub fn missing(&self, values: &Personalisation) -> Vec<String> {
        placeholder::missing(&[&self.subject, &self.body], values)
    }

    /// Supplied names that it does not use, sorted.
    pub fn additional(&self, values: &Personalisation) -> Vec<String> {
        placeholder::additional(&[&self.subject, &self.body], values)
    }

    /// Fills subject and body without reading their Markdown.
    ///
    /// # Errors
    /// The names that have no value: nothing is sent without them (D7).
    pub fn fill(&self, values: &Personalisation) -> Result<Filled, MissingPersonalisation> {
        self.complete(values)?;
        let mut body = String::new();
        self.body.fill(values, self.lists(), &mut body);
        let subject = (self.channel == Channel::Email).then(|| {
            let mut subject = String::new();
            self.subject.fill(values, self.sentence(), &mut subject);
            subject
        });
        Ok(Filled { subject, body })
    }

    /// Characters of the filled body, counted without filling it: what the limit of 50,000 is about.
    pub fn length(&self, values: &Personalisation) -> usize {
        self.body.length(values, self.lists())
    }

    /// What its author should know: tables, images, definitions and tags that do not do what they seem to.
    pub fn advice(&self) -> Vec<Advice> {
        match self.channel {
            Channel::Email => {
                let nothing = Personalisation::new();
                let tree: Tree = preview::tree(self, &nothing, preview::Show::Names);
                tree.advice().to_vec()
            }
            Channel::Sms => Vec::new(),
        }
    }

    /// Refuses when a value is missing.
    pub(crate) fn complete(&self, values: &Personalisation) -> Result<(), MissingPersonalisation> {
        let missing = self.missing(values);
        if missing.is_empty() { Ok(()) } else { Err(MissingPersonalisation(missing)) }
    }

    /// How list values are written in the body.
    fn lists(&self) -> Lists {
        match self.channel {
            Channel::Email => Lists::Bullets,
            Channel::Sms => self.sentence(),
        }
    }

    /// How list values are written in a sentence.
    pub fn sentence(&self) -> Lists {
        Lists::Sentence(self.languages.of_words())
    }
}
