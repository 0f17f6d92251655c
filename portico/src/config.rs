//! The configuration: the embedded default, then a file, then the environment.

use std::{net::SocketAddr, path::PathBuf};

use anyhow::{Context, Result, ensure};
use figment::{
    Figment,
    providers::{Env, Format, Toml},
};
use kernel::EmailAddress;
use notify::Dialect;
use notify_work::provider::settings::Providers;
use serde::Deserialize;

/// The commented default, which is also the reference of all settings.
pub const DEFAULT: &str = include_str!("../portico.default.toml");

/// Everything that can be set; each field is explained in `portico.default.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "portico.default.toml explains each field")]
pub struct Config {
    pub server: Server,
    pub database: Database,
    pub keys: Keys,
    pub accounts: Accounts,
    pub notify: Notify,
    pub providers: Providers,
    pub work: notify_work::Settings,
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
    pub support_address: String,
    pub allowed_origins: Vec<String>,
    pub forwarder_secrets: Vec<kernel::Secret>,
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

/// The `[accounts]` section.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "portico.default.toml explains each field")]
pub struct Accounts {
    pub government_domains: Vec<String>,
}

/// The `[notify]` section.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "portico.default.toml explains each field")]
pub struct Notify {
    pub dialect: Dialect,
    pub sending_domain: String,
    pub largest_body: usize,
    pub deliver: bool,
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
        self.providers.check(!self.is_production()).context("section providers")?;
        ensure!(
            !self.is_production() || self.server.public_url.starts_with("https://"),
            "server.public_url must begin with https:// in production"
        );
        let support = self.server.support_address.as_str();
        ensure!(
            support.is_empty() || EmailAddress::parse(support).is_ok(),
            "server.support_address must be empty or an email address"
        );
        ensure!(
            self.server.forwarder_secrets.iter().all(|secret| secret.expose().len() >= 16),
            "server.forwarder_secrets must have 16 characters or more"
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
        let is_secret = ["password", "token", "secret", "headers", "hmac"]
            .iter()
            .any(|word| name.contains(word));
        let is_address = name == "url" && value.as_str().is_some_and(|url| url.contains('@'));
        if is_secret || is_address {
            *value = "(hidden)".into();
        } else {
            hide(value);
        }
    }
}

fn maybe_address<'de, D: serde::Deserializer<'de>>(
    from: D,
) -> Result<Option<SocketAddr>, D::Error> {
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
        let refused = format!("{:#}", with(production).unwrap_err());
        assert!(refused.contains("mailbox"), "{refused}");
        let routes = "[providers.email]\nroute = \"smtp\"\nsmtp = { host = \"relay.example.ca\" }\n\
                      [providers.text]\nroute = \"http\"\n\
                      http = { url = \"https://texts.example.ca\", body = '[{to_json},{body_json}]' }\n";
        let refused = format!("{:#}", with(&format!("{production}{routes}")).unwrap_err());
        assert!(refused.contains("https://"), "{refused}");
        let nobody = with("[server]\nsupport_address = \"nobody\"").unwrap_err();
        assert!(format!("{nobody:#}").contains("support_address"), "{nobody:#}");
        let short = with("[server]\nforwarder_secrets = [\"short\"]").unwrap_err();
        assert!(format!("{short:#}").contains("forwarder_secrets"), "{short:#}");
        let public = "public_url = \"https://notify.example.ca\"\n";
        assert!(with(&format!("{production}{public}{routes}")).unwrap().is_production());
    }
}
