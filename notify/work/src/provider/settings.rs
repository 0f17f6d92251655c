//! What an operator sets about the providers; every field is described in `portico.default.toml`.

use std::sync::Arc;

use db::Db;
use kernel::Clock;
use serde::Deserialize;

use super::{
    EmailRoute, TextRoute, http_text::HttpText, http_text::settings::HttpTextSettings,
    mailbox::Mailbox, smtp::Smtp, smtp::settings::SmtpSettings,
};

/// Section `providers`: who carries what.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Providers {
    /// Section `providers.email`.
    pub email: EmailChoice,
    /// Section `providers.text`.
    pub text: TextChoice,
}

/// Section `providers.email`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EmailChoice {
    /// `mailbox` (development only) or `smtp`.
    pub route: EmailRouteName,
    /// Section `providers.email.smtp`; needed when `route = "smtp"`.
    pub smtp: Option<SmtpSettings>,
}

/// Section `providers.text`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TextChoice {
    /// `mailbox` (development only) or `http`.
    pub route: TextRouteName,
    /// Section `providers.text.http`; needed when `route = "http"`.
    pub http: Option<HttpTextSettings>,
}

/// The ways for e-mails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EmailRouteName {
    /// The development mailbox: nothing leaves the machine.
    #[default]
    Mailbox,
    /// An SMTP server.
    Smtp,
}

/// The ways for texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TextRouteName {
    /// The development mailbox: nothing leaves the machine.
    #[default]
    Mailbox,
    /// A provider with an HTTPS interface, described in the settings.
    Http,
}

/// The routes, ready to be used.
#[derive(Clone)]
pub struct Routes {
    /// The way for e-mails.
    pub email: Arc<dyn EmailRoute>,
    /// The way for texts.
    pub text: Arc<dyn TextRoute>,
}

/// Why settings cannot work.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {reason}")]
pub struct Unusable {
    /// The field, as it is written in the file.
    pub field: &'static str,
    /// What is wrong with it, for the operator.
    pub reason: String,
}

impl Unusable {
    pub(crate) fn new(field: &'static str, reason: impl Into<String>) -> Self {
        Self { field, reason: reason.into() }
    }
}

impl Providers {
    /// Checks the settings without opening anything, for `check-config`.
    ///
    /// # Errors
    /// The first field that cannot work; the mailbox when this is not `development`, because it keeps
    /// messages where everybody with the address of the page reads them.
    pub fn check(&self, development: bool) -> Result<(), Unusable> {
        let mailbox = |field| Err(Unusable::new(field, "the mailbox is for development only"));
        match (self.email.route, &self.email.smtp) {
            (EmailRouteName::Mailbox, _) if !development => return mailbox("email.route"),
            (EmailRouteName::Smtp, None) => {
                return Err(Unusable::new("email.smtp", "the section is missing"));
            }
            (EmailRouteName::Smtp, Some(settings)) => settings.check()?,
            (EmailRouteName::Mailbox, _) => {}
        }
        match (self.text.route, &self.text.http) {
            (TextRouteName::Mailbox, _) if !development => mailbox("text.route"),
            (TextRouteName::Http, None) => {
                Err(Unusable::new("text.http", "the section is missing"))
            }
            (TextRouteName::Http, Some(settings)) => settings.check(),
            (TextRouteName::Mailbox, _) => Ok(()),
        }
    }

    /// What the providers of e-mails and of texts are called, as records and pages name them.
    #[must_use]
    pub fn names(&self) -> [&str; 2] {
        let email = self.email.smtp.as_ref().filter(|_| self.email.route == EmailRouteName::Smtp);
        let text = self.text.http.as_ref().filter(|_| self.text.route == TextRouteName::Http);
        [
            email.map_or("mailbox", |smtp| smtp.name.as_str()),
            text.map_or("mailbox", |http| http.name.as_str()),
        ]
    }

    /// Opens the routes; nothing is connected yet.
    ///
    /// # Errors
    /// As [`Providers::check`], and when a certificate file cannot be read.
    pub fn open(&self, development: bool, db: &Db, clock: &Clock) -> Result<Routes, Unusable> {
        self.check(development)?;
        let mailbox = || Arc::new(Mailbox::new(db.clone(), clock.clone()));
        let email: Arc<dyn EmailRoute> = match &self.email.smtp {
            Some(smtp) if self.email.route == EmailRouteName::Smtp => {
                Arc::new(Smtp::new(smtp.clone(), clock.clone())?)
            }
            _ => mailbox(),
        };
        let text: Arc<dyn TextRoute> = match &self.text.http {
            Some(http) if self.text.route == TextRouteName::Http => {
                Arc::new(HttpText::new(http.clone())?)
            }
            _ => mailbox(),
        };
        Ok(Routes { email, text })
    }
}
