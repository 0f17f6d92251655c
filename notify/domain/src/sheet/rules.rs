//! What a list is checked against: a template and the rights of its service.

use std::collections::HashSet;

use kernel::Language;

use super::{Sheet, recipient_headings};
use crate::channel::Channel;
use crate::dialect::Dialect;
use crate::placeholder::{Lists, Personalisation, Source, key, placeholders};
use crate::recipient::{Audience, Recipient, RecipientError};
use crate::sms::Text;

/// The longest e-mail body of GC Notify, in characters before Markdown.
pub const LONGEST_EMAIL: usize = 50_000;
/// The longest e-mail body of GOV.UK Notify, in bytes.
const LONGEST_EMAIL_UK: usize = 2_000_000;

/// What the rows are filled into.
#[derive(Clone, Copy, Debug)]
pub enum Template<'r> {
    /// An e-mail.
    Email {
        /// Its subject.
        subject: &'r Source,
        /// Its body.
        body: &'r Source,
    },
    /// A text.
    Sms {
        /// Its body.
        body: &'r Source,
        /// The service's name, if it is shown before the message.
        service: Option<&'r str>,
    },
}

/// What a list is checked against.
#[derive(Clone, Debug)]
pub struct Rules<'r> {
    /// The template it will be sent with.
    pub template: Template<'r>,
    /// The language of the reader, for the name of a missing recipient column and for lists in texts.
    pub language: Language,
    /// Whose limits apply.
    pub dialect: Dialect,
    /// Whether the service may text abroad.
    pub international: bool,
    /// The most rows, headings not counted.
    pub max_rows: usize,
    /// Who may receive.
    pub audience: &'r Audience,
    /// Messages left this fiscal year; `None` when nobody counts.
    pub annual_left: Option<usize>,
    /// Messages left today.
    pub daily_left: Option<usize>,
}

impl<'r> Rules<'r> {
    /// The channel of the template.
    pub const fn channel(&self) -> Channel {
        match self.template {
            Template::Email { .. } => Channel::Email,
            Template::Sms { .. } => Channel::Sms,
        }
    }

    fn sources(&self) -> Vec<&'r Source> {
        match self.template {
            Template::Email { subject, body } => vec![subject, body],
            Template::Sms { body, .. } => vec![body],
        }
    }

    pub(super) fn used_keys(&self) -> HashSet<String> {
        placeholders(&self.sources()).into_iter().map(|(name, _)| key(name)).collect()
    }

    /// Placeholders without a column, and the recipient's heading if there is none in either language; sorted.
    pub(super) fn missing_columns(&self, sheet: &Sheet<'_>) -> Vec<String> {
        let headings = recipient_headings(self.channel());
        let names = placeholders(&self.sources()).into_iter().map(|(name, _)| name);
        let mut missing: Vec<String> =
            names.filter(|name| sheet.place(&key(name)).is_none()).map(str::to_owned).collect();
        if headings.iter().all(|heading| sheet.place(&key(heading)).is_none()) {
            let [english, french] = headings;
            let heading = if self.language == Language::French { french } else { english };
            missing.push(heading.to_owned());
        }
        missing.sort();
        missing.dedup();
        missing
    }

    /// Reads a recipient as this service may send to.
    pub(super) fn recipient(&self, text: &str) -> Result<Recipient, RecipientError> {
        if self.international {
            Recipient::parse(self.channel(), text, self.dialect)
        } else {
            Recipient::parse_local(self.channel(), text, self.dialect)
        }
    }

    /// How long the message is with these values: the one length that counts (D54).
    pub(super) fn size(&self, values: &Personalisation) -> Size {
        match self.template {
            Template::Sms { body, service } => {
                let text = Text::render(body, values, service, self.language);
                Size { too_long: text.is_too_long(self.dialect), parts: text.parts() }
            }
            Template::Email { body, .. } => {
                let too_long = match self.dialect {
                    Dialect::Gc => body.length(values, Lists::Bullets) > LONGEST_EMAIL,
                    Dialect::Uk => {
                        let mut filled = String::new();
                        body.fill(values, Lists::Bullets, &mut filled);
                        filled.len() > LONGEST_EMAIL_UK
                    }
                };
                Size { too_long, parts: 0 }
            }
        }
    }

    /// Units of the own text of a text template.
    pub(super) fn own_units(&self) -> usize {
        match self.template {
            Template::Email { .. } => 0,
            Template::Sms { body, .. } => {
                Text::render(body, &Personalisation::new(), None, self.language).units()
            }
        }
    }
}

/// Whether a message is too long, and how many parts a text has.
pub(super) struct Size {
    pub(super) too_long: bool,
    pub(super) parts: usize,
}
