//! Filling one message and refusing it when it has no words, too many, or lacks a value: what every single send
//! asks, from a program or from a page (API specification, section 2.3, steps 11 to 13).

use kernel::Language;

use crate::{
    Channel, Dialect,
    placeholder::{self, Conditional, Lists, Name, Personalisation, Sink, Source, Value},
    sms::{self, Text},
};

/// The most bytes of an e-mail.
pub const LONGEST_EMAIL: usize = 2_000_000;

/// A template as it is written.
#[derive(Clone, Copy, Debug)]
pub struct Written<'t> {
    /// E-mail or text.
    pub channel: Channel,
    /// The language of lists in sentences.
    pub language: Language,
    /// The subject of an e-mail.
    pub subject: Option<&'t Source>,
    /// The text.
    pub body: &'t Source,
}

/// A filled template that can be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fitting {
    /// The subject of an e-mail.
    pub subject: Option<String>,
    /// The text, not rendered.
    pub body: String,
    /// What it counts against limits: 1 for an e-mail, its parts for a text.
    pub parts: usize,
}

/// Why a filled template cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// It has no words.
    #[error("the message is empty")]
    Blank,
    /// The e-mail is too long, in bytes.
    #[error("the e-mail has {length} bytes, more than {limit}")]
    EmailTooLong {
        /// The most bytes.
        limit: usize,
        /// Its bytes.
        length: usize,
    },
    /// The text is too long, in the units of its encoding, without the service's name.
    #[error("the text has {length} units, more than {limit}")]
    TextTooLong {
        /// The most units.
        limit: usize,
        /// Its units.
        length: usize,
    },
}

impl Written<'_> {
    /// Names without a value, in the order of the template.
    #[must_use]
    pub fn missing(&self, values: &Personalisation) -> Vec<String> {
        match self.subject {
            Some(subject) => placeholder::missing(&[subject, self.body], values),
            None => placeholder::missing(&[self.body], values),
        }
    }

    /// Fills it; `prefix` is the service's name if its texts begin with it.
    ///
    /// # Errors
    /// Why it cannot be sent. Ask [`Self::missing`] first: what has no value is left out.
    pub fn fit(
        &self,
        values: &Personalisation,
        prefix: Option<&str>,
        dialect: Dialect,
    ) -> Result<Fitting, Unfit> {
        match self.channel {
            Channel::Email => self.email(values),
            Channel::Sms => self.text(values, prefix, dialect),
        }
    }

    fn email(&self, values: &Personalisation) -> Result<Fitting, Unfit> {
        let subject_length = self.subject.map_or(0, |subject| bytes(subject, values));
        let length = bytes(self.body, values) + subject_length;
        if length > LONGEST_EMAIL {
            return Err(Unfit::EmailTooLong { limit: LONGEST_EMAIL, length });
        }
        let mut body = String::new();
        self.body.fill(values, Lists::Bullets, &mut body);
        if body.trim().is_empty() {
            return Err(Unfit::Blank);
        }
        let subject = self.subject.map(|subject| {
            let mut filled = String::new();
            subject.fill(values, Lists::Sentence(self.language), &mut filled);
            filled
        });
        Ok(Fitting { subject, body, parts: 1 })
    }

    fn text(
        &self,
        values: &Personalisation,
        prefix: Option<&str>,
        dialect: Dialect,
    ) -> Result<Fitting, Unfit> {
        let limit = sms::limit(dialect);
        let mut body = String::new();
        // Not even a long value is copied as often as a short template can ask for it.
        let length = bytes(self.body, values);
        if length > LONGEST_EMAIL {
            return Err(Unfit::TextTooLong { limit, length });
        }
        self.body.fill(values, Lists::Sentence(self.language), &mut body);
        if body.contains('\r') {
            body = body.replace("\r\n", "\n").replace('\r', "\n");
        }
        let text = Text::of(&body, prefix);
        if text.is_too_long(dialect) {
            return Err(Unfit::TextTooLong { limit, length: text.units_without_prefix() });
        }
        if text.is_blank() {
            return Err(Unfit::Blank);
        }
        Ok(Fitting { subject: None, body, parts: text.parts() })
    }
}

/// How many bytes the filled text has, without filling it: a long value in a template that repeats its
/// placeholder ten thousand times must not be copied to find out.
fn bytes(source: &Source, values: &Personalisation) -> usize {
    let mut measure = Measure(0);
    source.walk(values, &mut measure);
    measure.0
}

struct Measure(usize);

impl Sink for Measure {
    fn text(&mut self, text: &str) {
        self.0 = self.0.saturating_add(text.len());
    }

    fn value(&mut self, value: &Value) {
        let length = match value {
            Value::Text(text) => text.len(),
            Value::List(members) => members.iter().map(|member| member.len() + 3).sum(),
            // No number is longer, and "false" is shorter.
            Value::Number(_) | Value::Bool(_) => 32,
        };
        self.0 = self.0.saturating_add(length);
    }

    fn missing(&mut self, _: &Name) {}

    fn missing_conditional(&mut self, _: &Conditional, _: &Personalisation) {}
}
