//! What an operator sets about an SMTP server.

use std::{net::IpAddr, path::PathBuf, time::Duration};

use kernel::Secret;
use serde::Deserialize;

use crate::provider::settings::Unusable;

/// How the connection to an SMTP server is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Protection {
    /// The connection starts in clear and must be lifted to TLS before anything is said (port 587 or 25).
    #[default]
    Starttls,
    /// TLS from the first byte (port 465).
    Tls,
    /// No TLS. Only to this very machine; refused for any other address, and never with a sign-in.
    Plain,
}

/// Section `providers.email.smtp`: one SMTP server that takes our e-mails.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmtpSettings {
    /// The provider's name in statistics and in `sent_by`.
    #[serde(default = "default::smtp_name")]
    pub name: String,
    /// Name or address of the server.
    pub host: String,
    /// Port: 587 for `starttls`, 465 for `tls`.
    #[serde(default = "default::port")]
    pub port: u16,
    /// `starttls`, `tls` or `plain` (this machine only).
    #[serde(default)]
    pub protection: Protection,
    /// PEM file of the certificate authorities to trust; the system's own when absent.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
    /// User name for the sign-in; none without it.
    #[serde(default)]
    pub username: Option<String>,
    /// Password for the sign-in; may be `file:/run/secrets/x`.
    #[serde(default)]
    pub password: Option<Secret>,
    /// The name by which we greet the server.
    #[serde(default = "default::hello")]
    pub hello: String,
    /// Where bounces go; `{id}` is the notification and `{domain}` the sender's domain. The sender's
    /// own address when empty.
    #[serde(default = "default::return_path")]
    pub return_path: String,
    /// Connections kept at most.
    #[serde(default = "default::connections")]
    pub connections: usize,
    /// Messages sent over one connection before it is closed.
    #[serde(default = "default::messages")]
    pub messages_per_connection: u32,
    /// Seconds after which an idle connection is closed.
    #[serde(default = "default::idle")]
    pub idle_seconds: u64,
    /// Seconds for connecting, TLS included.
    #[serde(default = "default::connect")]
    pub connect_seconds: u64,
    /// Seconds for each reply to a command, and for each stretch of data to be taken.
    #[serde(default = "default::command")]
    pub command_seconds: u64,
    /// Seconds for the reply after the last byte of a message. Short limits make duplicates: a server
    /// that answers later has taken the message all the same.
    #[serde(default = "default::verdict")]
    pub verdict_seconds: u64,
}

impl SmtpSettings {
    /// Checks what can be known without a connection.
    ///
    /// # Errors
    /// The first field that cannot work.
    pub fn check(&self) -> Result<(), Unusable> {
        let plain_name = |text: &str| {
            !text.is_empty() && text.bytes().all(|b| b.is_ascii_graphic()) && text.len() <= 255
        };
        if !plain_name(&self.host) {
            return Err(Unusable::new("host", "needs the name or address of a server"));
        }
        if !plain_name(&self.hello) {
            return Err(Unusable::new("hello", "needs a name without blanks"));
        }
        if self.username.is_some() != self.password.is_some() {
            return Err(Unusable::new("password", "a sign-in needs both username and password"));
        }
        if self.protection == Protection::Plain {
            if self.username.is_some() {
                return Err(Unusable::new("protection", "a password is never sent without TLS"));
            }
            if !may_be_this_machine(&self.host) {
                return Err(Unusable::new("protection", "plain is for this machine only"));
            }
        }
        if self.connections == 0 || self.messages_per_connection == 0 {
            return Err(Unusable::new("connections", "at least one connection and one message"));
        }
        Ok(())
    }

    pub(crate) const fn connect_limit(&self) -> Duration {
        Duration::from_secs(self.connect_seconds)
    }

    pub(crate) const fn command_limit(&self) -> Duration {
        Duration::from_secs(self.command_seconds)
    }

    pub(crate) const fn verdict_limit(&self) -> Duration {
        Duration::from_secs(self.verdict_seconds)
    }

    pub(crate) const fn idle_limit(&self) -> Duration {
        Duration::from_secs(self.idle_seconds)
    }
}

/// A name may still resolve to loopback: that is seen, and checked, when connecting.
fn may_be_this_machine(host: &str) -> bool {
    host.parse::<IpAddr>().map_or(true, |address| address.is_loopback())
}

/// Values that hold when a field is absent.
mod default {
    pub(super) fn smtp_name() -> String {
        "smtp".to_owned()
    }
    pub(super) const fn port() -> u16 {
        587
    }
    pub(super) fn hello() -> String {
        "localhost".to_owned()
    }
    pub(super) fn return_path() -> String {
        "bounce+{id}@{domain}".to_owned()
    }
    pub(super) const fn connections() -> usize {
        10
    }
    pub(super) const fn messages() -> u32 {
        1000
    }
    pub(super) const fn idle() -> u64 {
        60
    }
    pub(super) const fn connect() -> u64 {
        10
    }
    pub(super) const fn command() -> u64 {
        30
    }
    pub(super) const fn verdict() -> u64 {
        120
    }
}
