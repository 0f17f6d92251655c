//! Text that must not be shown.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer, de::Error};

/// A secret text: hidden in logs, wiped when dropped.
///
/// In configuration it may be written as `file:/run/secrets/x`; the file's text, without the last
/// line end, is then the secret.
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// Hides `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self(SecretString::from(text.into()))
    }

    /// The text itself, for the one call that needs it.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(hidden)")
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let Some(path) = text.strip_prefix("file:") else { return Ok(Self::new(text)) };
        let kept = std::fs::read_to_string(path)
            .map_err(|e| D::Error::custom(format!("cannot read the secret file {path}: {e}")))?;
        Ok(Self::new(kept.trim_end_matches(['\r', '\n'])))
    }
}
