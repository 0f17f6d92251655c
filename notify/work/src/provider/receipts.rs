//! What providers tell us afterwards: delivery receipts and received texts.

use base64::{Engine, engine::general_purpose::STANDARD};
use kernel::{Secret, Time};
use notify::Status;
use reqwest::header::HeaderMap;
use ring::{digest, hmac};
use serde_json::Value;
use thiserror::Error;

use super::{
    http_text::template::Content,
    json::{at, text_at},
};
use crate::outbound::signature::key;

pub mod settings;

use settings::{Authentication, ReceiptFields, ReceiptSettings, ReceivedFields, SignatureEncoding};

/// Most items that one request may bring.
const ITEMS: usize = 1000;

/// One thing a provider told us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Incoming {
    /// News of a message that we handed over.
    Receipt {
        /// The provider's name for it, as in [`super::Outcome::Accepted`].
        reference: String,
        /// What became of it.
        news: News,
        /// The provider's own words, for `provider_response`.
        words: Option<String>,
    },
    /// A text that somebody sent to one of our numbers.
    Text {
        /// The provider's name for it, so that a repeated delivery can be recognised; a digest of all that
        /// was said about it when the provider gives none.
        reference: String,
        /// The number it comes from.
        source: String,
        /// Our number that it was sent to.
        destination: String,
        /// What it says.
        message: String,
        /// When the provider received it, if it said so.
        received_at: Option<Time>,
    },
}

/// The status that a receipt reports (API specification, section 3.14).
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum News {
    /// `delivered`.
    Delivered,
    /// `temporary-failure`.
    TemporaryFailure,
    /// `permanent-failure`.
    PermanentFailure,
    /// `technical-failure`.
    TechnicalFailure,
    /// Still on its way: nothing changes.
    Pending,
}

impl News {
    /// The status to move to; `None` when nothing changes.
    pub const fn status(self) -> Option<Status> {
        match self {
            Self::Delivered => Some(Status::Delivered),
            Self::TemporaryFailure => Some(Status::TemporaryFailure),
            Self::PermanentFailure => Some(Status::PermanentFailure),
            Self::TechnicalFailure => Some(Status::TechnicalFailure),
            Self::Pending => None,
        }
    }
}

/// Why a provider's request was not understood.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unread {
    /// It carries no proof: answer 401.
    #[error("the request carries no proof that it comes from the provider")]
    NoProof,
    /// Its proof is wrong: answer 403.
    #[error("the request's proof is wrong")]
    WrongProof,
    /// Its body cannot be read as the settings say: answer 400.
    #[error("the body is not what the settings describe: {0}")]
    Body(String),
    /// An unknown status and no meaning for others: answer 400.
    #[error("the settings give the status {0:?} no meaning")]
    Status(String),
}

/// Reads one request of a provider: proof first, then every item. Pure; keeps nothing.
///
/// # Errors
/// [`Unread`]; then nothing of the request was understood, and the provider should try again.
pub fn read(
    settings: &ReceiptSettings,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Vec<Incoming>, Unread> {
    prove(&settings.authentication, headers, body)?;
    let json = parse(settings.content, body)?;
    let items = match &settings.list {
        None => std::slice::from_ref(&json),
        Some(pointer) => match at(&json, pointer) {
            Some(Value::Array(items)) if items.len() <= ITEMS => items.as_slice(),
            Some(Value::Array(_)) => return Err(Unread::Body(format!("more than {ITEMS} items"))),
            _ => return Err(Unread::Body(format!("no list at {pointer}"))),
        },
    };
    items.iter().map(|item| understand(settings, item)).collect()
}

fn prove(proof: &Authentication, headers: &HeaderMap, body: &[u8]) -> Result<(), Unread> {
    let header =
        |name: &str| headers.get(name).map(|value| value.as_bytes()).ok_or(Unread::NoProof);
    let right = match proof {
        Authentication::Bearer(token) => {
            let given = header("authorization")?;
            let scheme = given.get(..7).is_some_and(|s| s.eq_ignore_ascii_case(b"bearer "));
            scheme && same(token, &given[7..])
        }
        Authentication::Header { name, value } => same(value, header(name)?),
        Authentication::Hmac { header: name, secret, prefix, encoding } => {
            let given = header(name)?.strip_prefix(prefix.as_bytes());
            given.and_then(|given| decode(*encoding, given)).is_some_and(|given| {
                // In constant time.
                hmac::verify(&key(secret), body, &given).is_ok()
            })
        }
    };
    if right { Ok(()) } else { Err(Unread::WrongProof) }
}

/// Compares in constant time, the length included: both sides are keyed digests.
fn same(secret: &Secret, given: &[u8]) -> bool {
    let key = key(secret);
    let wanted = hmac::sign(&key, secret.expose().as_bytes());
    hmac::verify(&key, given, wanted.as_ref()).is_ok()
}

fn decode(encoding: SignatureEncoding, given: &[u8]) -> Option<Vec<u8>> {
    match encoding {
        SignatureEncoding::Hex => hex::decode(given).ok(),
        SignatureEncoding::Base64 => STANDARD.decode(given).ok(),
    }
}

fn parse(content: Content, body: &[u8]) -> Result<Value, Unread> {
    match content {
        Content::Json => serde_json::from_slice(body).map_err(|e| Unread::Body(e.to_string())),
        Content::Form => Ok(url::form_urlencoded::parse(body)
            .map(|(name, value)| (name.into_owned(), Value::from(value.into_owned())))
            .collect()),
    }
}

fn understand(settings: &ReceiptSettings, item: &Value) -> Result<Incoming, Unread> {
    if let Some(incoming) = settings.receipt.as_ref().and_then(|fields| receipt(fields, item)) {
        return incoming;
    }
    let text = settings.received.as_ref().and_then(|fields| received(fields, item));
    text.ok_or_else(|| {
        Unread::Body("an item has neither the fields of a receipt nor of a text".to_owned())
    })
}

fn receipt(fields: &ReceiptFields, item: &Value) -> Option<Result<Incoming, Unread>> {
    let reference = text_at(item, &fields.reference)?;
    let status = text_at(item, &fields.status)?;
    let Some(news) = fields.statuses.get(&status).copied().or(fields.otherwise) else {
        return Some(Err(Unread::Status(status)));
    };
    let words = fields.words.as_deref().and_then(|pointer| text_at(item, pointer));
    Some(Ok(Incoming::Receipt { reference, news, words }))
}

fn received(fields: &ReceivedFields, item: &Value) -> Option<Incoming> {
    let named = fields.reference.as_deref().and_then(|pointer| text_at(item, pointer));
    let whole = || hex::encode(digest::digest(&digest::SHA256, item.to_string().as_bytes()));
    Some(Incoming::Text {
        reference: named.unwrap_or_else(whole),
        source: text_at(item, &fields.source)?,
        destination: text_at(item, &fields.destination)?,
        message: text_at(item, &fields.message)?,
        received_at: fields
            .received_at
            .as_deref()
            .and_then(|pointer| text_at(item, pointer))
            .and_then(|text| moment(&text)),
    })
}

fn moment(text: &str) -> Option<Time> {
    match text.parse::<i64>() {
        Ok(seconds) => chrono::DateTime::from_timestamp(seconds, 0),
        Err(_) => chrono::DateTime::parse_from_rfc3339(text).ok().map(|moment| moment.to_utc()),
    }
}
