//! The configuration: the embedded default, then a file, then the environment.

use std::{net::SocketAddr, path::PathBuf};

use anyhow::{Context, Result, ensure};
use figment::{
    Figment,
    providers::{Env, Format, Toml},
};
use notify::Dialect;
use notify_work::provider::settings::{HttpTextSettings, SmtpSettings};
use serde::Deserialize;

/// The commented default, which is also the reference of all settings.
pub const DEFAULT: &str = include_str!("../portico.default.toml");

/// Everything that can be set; each field is explained in `portico.default.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "portico.default.toml explains each field, and a test compares them")]
pub struct Config {
    pub server: Server,
    pub database: Database,
    pub keys: Keys,
    pub notify: Notify,
    pub email: Email,
    pub text: Text,
    pub work: Work,
    pub callbacks: Callbacks,
    pub log: Log,
}

/// Whether this is somebody's laptop or the real thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// With the mailbox page.
    Development,
    /// Without it, and strict.
    Production,
}

/// The `[server]` section.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "portico.default.toml explains each field")]
pub struct Server {
    pub mode: Mode,
    pub address: SocketAddr,
    pub public_url: String,
    pub allowed_origins: Vec<String>,
    #[serde(deserialize_with = "maybe_address")]
    pub metrics_address: Option<SocketAddr>,
}

/// The `[database]` section.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "portico.default.toml explains each field")]
pub struct Database {
    pub url: kernel::Secret,
    pub connections: u32,
}

/// The `[keys]` section.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "portico.default.toml explains each field")]
pub struct Keys {
    pub folder: PathBuf,
}

/// The `[notify]` section.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "portico.default.toml explains each field")]
pub struct Notify {
    pub dialect: Dialect,
    pub sending_domain: String,
    pub sms_sender: String,
    pub largest_body: usize,
    pub retention_days: u16,
}

/// The `[email]` section.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "portico.default.toml explains each field")]
pub struct Email {
    pub provider: EmailProvider,
    pub sessions: usize,
    #[serde(default)]
    pub smtp: Option<SmtpSettings>,
}

/// Who takes e-mails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EmailProvider {
    /// The development mailbox.
    Mailbox,
    /// An SMTP server.
    Smtp,
}

/// The `[text]` section.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "portico.default.toml explains each field")]
pub struct Text {
    pub provider: TextProvider,
    pub sessions: usize,
    #[serde(default)]
    pub http: Option<HttpTextSettings>,
}

/// Who takes texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TextProvider {
    /// The development mailbox.
    Mailbox,
    /// A provider with an HTTPS interface.
    Http,
}

/// The `[work]` section.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "portico.default.toml explains each field")]
pub struct Work {
    pub within_serve: bool,
    pub lease_seconds: u32,
}

/// The `[callbacks]` section.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "portico.default.toml explains each field")]
pub struct Callbacks {
    pub retry_seconds: Vec<u32>,
}

/// The `[log]` section.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "portico.default.toml explains each field")]
pub struct Log {
    pub form: LogForm,
    pub filter: String,
}

/// How a log line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogForm {
    /// Plain on a terminal, JSON elsewhere.
    Auto,
    /// One line for people.
    Plain,
    /// One JSON object.
    Json,
}

impl Config {
    /// Reads the default, then `file` if one is given, then the environment, and checks the whole.
    pub fn read(file: Option<&PathBuf>) -> Result<Self> {
        let config: Self = layers(file)?.extract().context("the configuration cannot be used")?;
        config.check()?;
        Ok(config)
    }

    /// Every setting that is in force, with secrets hidden.
    pub fn shown(file: Option<&PathBuf>) -> Result<serde_json::Value> {
        let mut all = layers(file)?.extract()?;
        hide(&mut all);
        Ok(all)
    }

    /// Whether this is the real thing.
    pub fn is_production(&self) -> bool {
        self.server.mode == Mode::Production
    }

    fn check(&self) -> Result<()> {
        if let Some(smtp) = &self.email.smtp {
            smtp.check().context("section email.smtp")?;
        }
        ensure!(
            self.email.provider == EmailProvider::Mailbox || self.email.smtp.is_some(),
            "email.provider is `smtp`, and there is no section [email.smtp]"
        );
        ensure!(
            self.text.provider == TextProvider::Mailbox || self.text.http.is_some(),
            "text.provider is `http`, and there is no section [text.http]"
        );
        ensure!(self.email.sessions > 0 && self.text.sessions > 0, "sessions must be at least 1");
        if self.is_production() {
            self.check_production()?;
        }
        Ok(())
    }

    fn check_production(&self) -> Result<()> {
        ensure!(
            self.server.public_url.starts_with("https://"),
            "server.public_url must begin with https:// in production"
        );
        ensure!(
            self.email.provider != EmailProvider::Mailbox && self.text.provider != TextProvider::Mailbox,
            "the development mailbox does not exist in production: set email.provider and text.provider"
        );
        Ok(())
    }
}

fn layers(file: Option<&PathBuf>) -> Result<Figment> {
    let mut layers = Figment::from(Toml::string(DEFAULT));
    if let Some(file) = file {
        ensure!(file.exists(), "there is no configuration file {}", file.display());
        layers = layers.merge(Toml::file_exact(file));
    }
    Ok(layers.merge(Env::prefixed("PORTICO__").split("__")))
}

/// Hides whatever may be a secret: passwords, tokens, header values, and the database's address.
fn hide(value: &mut serde_json::Value) {
    let serde_json::Value::Object(fields) = value else { return };
    for (name, value) in fields {
        let is_secret = ["password", "token", "secret", "headers", "hmac"].iter().any(|word| name.contains(word));
        let is_address = name == "url" && value.as_str().is_some_and(|url| url.contains('@'));
        if is_secret || is_address {
            *value = "(hidden)".into();
        } else {
            hide(value);
        }
    }
}

fn maybe_address<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<SocketAddr>, D::Error> {
    let text = String::deserialize(from)?;
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(serde::de::Error::custom)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    fn with(text: &str) -> Result<Config> {
        let config: Config =
            Figment::from(Toml::string(DEFAULT)).merge(Toml::string(text)).extract()?;
        config.check()?;
        Ok(config)
    }

    #[test]
    fn the_default_is_whole_and_usable() {
        assert!(!with("").unwrap().is_production());
    }

    #[test]
    fn an_unknown_setting_is_named() {
        let refused = with("[server]\nadress = \"x\"").unwrap_err();
        assert!(format!("{refused:#}").contains("adress"), "{refused:#}");
    }

    #[test]
    fn production_refuses_the_development_mailbox_and_plain_http() {
        let production = "[server]\nmode = \"production\"\n";
        assert!(with(production).unwrap_err().to_string().contains("https://"));
        let real = format!("{production}public_url = \"https://notify.example.ca\"\n");
        assert!(with(&real).unwrap_err().to_string().contains("mailbox"));
    }
}
