//! What an operator sets about a text provider with an HTTPS interface.

use std::{collections::BTreeMap, path::PathBuf, time::Duration};

use kernel::Secret;
use notify::status::Cause;
use reqwest::{
    Method,
    header::{HeaderMap, HeaderName, HeaderValue},
};
use serde::Deserialize;
use url::{Host, Url};

use super::template::{Content, Sample, fill};
use crate::provider::{Refusal, receipts::settings::ReceiptSettings, settings::Unusable};

/// Section `providers.text.http`: a text provider that takes one HTTPS request a message.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpTextSettings {
    /// The provider's name in statistics and in `sent_by`.
    #[serde(default = "default::name")]
    pub name: String,
    /// Address of the request; https, or http to this very machine. May hold the same holes as
    /// `body`, which are then percent-encoded.
    pub url: String,
    /// `POST`, `PUT` or `GET`.
    #[serde(default = "default::method")]
    pub method: String,
    /// How `body` is written and its holes are escaped: `json` or `form`.
    #[serde(default)]
    pub content: Content,
    /// Further headers, each value a secret that may be `file:/run/secrets/x`;
    /// for instance `Authorization = "Bearer …"`.
    #[serde(default)]
    pub headers: BTreeMap<String, Secret>,
    /// Body of the request with holes: `{to}` the number as `+16132532222`, `{to_digits}` the same
    /// without its plus, `{from}` the sender, `{body}` the text, `{id}` the notification. Each is escaped for
    /// `content`. In JSON, `{body_json}` and so on are whole values: a string with its quotation marks,
    /// or `null` where there is no sender.
    #[serde(default)]
    pub body: String,
    /// Sender of texts that name none.
    #[serde(default)]
    pub from: Option<String>,
    /// PEM file of the certificate authorities to trust; the system's own when absent.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
    /// Seconds for a whole request. One that is given up may have been taken all the same, and is then
    /// sent twice, unless the provider recognises `{id}`.
    #[serde(default = "default::seconds")]
    pub seconds: u64,
    /// Section `providers.text.http.answer`: how an answer is read.
    #[serde(default)]
    pub answer: AnswerSettings,
    /// Section `providers.text.http.receipts`: how receipts and received texts are read. Without it none are
    /// awaited, and a text that was handed over is `sent`.
    #[serde(default)]
    pub receipts: Option<ReceiptSettings>,
}

/// Section `providers.text.http.answer`. Pointers are JSON pointers (RFC 6901) such as `/messages/0/id`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AnswerSettings {
    /// Pointer to the provider's name for the message, by which receipts find it.
    pub id: Option<String>,
    /// Pointer to the provider's words about a refusal.
    pub words: Option<String>,
    /// The answer is a success only when this rule fits too; the HTTP status must be 2xx in any case.
    pub success: Option<Match>,
    /// What other answers mean; the first rule that fits decides. Without one: 408, 425, 429 and 5xx, and
    /// also 401, 403 and redirects (which wait for the operator), are tried again; any other is a
    /// `provider-failure`.
    pub rules: Vec<Rule>,
}

/// A test of a JSON value.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Match {
    /// Pointer to the value.
    pub pointer: String,
    /// The texts (or numbers, written as texts) that fit.
    pub values: Vec<String>,
}

/// What one kind of answer means.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The HTTP status: `422`, or `4xx`. Any when absent.
    #[serde(default)]
    pub status: Option<String>,
    /// A value in the answer. Any when absent.
    #[serde(default)]
    pub value: Option<Match>,
    /// The meaning.
    pub means: Meaning,
    /// For `provider-failure`: the reason that clients are told, `NO_ORIGINATION_IDENTITIES_FOUND` or
    /// `DESTINATION_COUNTRY_BLOCKED`.
    #[serde(default)]
    pub cause: Option<Cause>,
}

/// What an answer means for the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Meaning {
    /// The number is bad or blocked.
    PermanentFailure,
    /// The provider gave up for a passing reason.
    TemporaryFailure,
    /// The provider refuses the request.
    ProviderFailure,
    /// We are to blame, or the person opted out.
    TechnicalFailure,
    /// To be tried again.
    Retry,
}

impl Meaning {
    /// The refusal, or `None` for another try.
    pub(crate) const fn refusal(self, cause: Option<Cause>) -> Option<Refusal> {
        match self {
            Self::PermanentFailure => Some(Refusal::Permanent),
            Self::TemporaryFailure => Some(Refusal::Temporary),
            Self::ProviderFailure => Some(Refusal::Provider(cause)),
            Self::TechnicalFailure => Some(Refusal::Technical),
            Self::Retry => None,
        }
    }
}

impl HttpTextSettings {
    /// Checks what can be known without a request: the templates are filled with a sample and read back.
    ///
    /// # Errors
    /// The first field that cannot work.
    pub fn check(&self) -> Result<(), Unusable> {
        let method = self.parsed_method()?;
        self.parsed_headers()?;
        let sample = Sample::text();
        secure(&fill(&self.url, Content::Form, &sample)).map_err(|e| Unusable::new("url", e))?;
        let body = fill(&self.body, self.content, &sample);
        if self.content == Content::Json && !self.body.is_empty() {
            serde_json::from_str::<serde_json::Value>(&body)
                .map_err(|e| Unusable::new("body", format!("is no JSON once it is filled: {e}")))?;
        }
        if method != Method::GET && self.body.is_empty() {
            return Err(Unusable::new("body", "is empty"));
        }
        let whole = format!("{}{}", self.url, self.body);
        if !whole.contains("{body") || !whole.contains("{to") {
            return Err(Unusable::new(
                "body",
                "names neither in url nor in body both {to} and {body}",
            ));
        }
        if self
            .answer
            .rules
            .iter()
            .any(|rule| rule.status.as_deref().is_some_and(|s| !is_status(s)))
        {
            return Err(Unusable::new("answer.rules.status", "is neither like 422 nor like 4xx"));
        }
        self.receipts.as_ref().map_or(Ok(()), ReceiptSettings::check)
    }

    pub(crate) fn parsed_method(&self) -> Result<Method, Unusable> {
        match self.method.as_str() {
            "POST" => Ok(Method::POST),
            "PUT" => Ok(Method::PUT),
            "GET" => Ok(Method::GET),
            _ => Err(Unusable::new("method", "is none of POST, PUT and GET")),
        }
    }

    pub(crate) fn parsed_headers(&self) -> Result<HeaderMap, Unusable> {
        let mut headers = HeaderMap::new();
        for (name, value) in &self.headers {
            let header = HeaderName::from_bytes(name.as_bytes()).ok();
            let value = HeaderValue::from_str(value.expose()).ok();
            let (Some(header), Some(mut value)) = (header, value) else {
                return Err(Unusable::new("headers", format!("{name} cannot be a header")));
            };
            value.set_sensitive(true);
            headers.insert(header, value);
        }
        Ok(headers)
    }

    pub(crate) const fn limit(&self) -> Duration {
        Duration::from_secs(self.seconds)
    }
}

/// Passwords and people's numbers are in these requests: https, or this very machine.
fn secure(url: &str) -> Result<(), String> {
    let url = Url::parse(url).map_err(|e| e.to_string())?;
    let local = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => return Err("has no host".to_owned()),
    };
    match url.scheme() {
        "https" => Ok(()),
        "http" if local => Ok(()),
        _ => Err("is not https".to_owned()),
    }
}

fn is_status(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 3
        && matches!(bytes[0], b'1'..=b'5')
        && (&bytes[1..] == b"xx" || bytes[1..].iter().all(u8::is_ascii_digit))
}

/// Values that hold when a field is absent.
mod default {
    pub(super) fn name() -> String {
        "http".to_owned()
    }
    pub(super) fn method() -> String {
        "POST".to_owned()
    }
    pub(super) const fn seconds() -> u64 {
        10
    }
}
