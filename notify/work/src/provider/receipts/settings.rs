//! What an operator sets about the receipts and received texts of a provider.

use std::collections::BTreeMap;

use kernel::Secret;
use serde::Deserialize;

use super::News;
use crate::provider::{http_text::template::Content, settings::Unusable};

/// Section `providers.text.http.receipts`: what the provider posts to us, and how it proves that it is
/// the provider. Pointers are JSON pointers (RFC 6901); a form is read as one flat object.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceiptSettings {
    /// Proof that a request comes from the provider.
    pub authentication: Authentication,
    /// How its body is written: `json` or `form`.
    #[serde(default)]
    pub content: Content,
    /// Pointer to a list of items, where one request brings several. The body is one item when absent.
    #[serde(default)]
    pub list: Option<String>,
    /// Section `receipt`: an item with these fields is a delivery receipt.
    #[serde(default)]
    pub receipt: Option<ReceiptFields>,
    /// Section `received`: an item with these fields is a received text.
    #[serde(default)]
    pub received: Option<ReceivedFields>,
}

/// Proof that a request comes from the provider. All are compared in constant time.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum Authentication {
    /// `Authorization: Bearer …` with this token.
    Bearer(Secret),
    /// A header of the provider's choice with this value.
    Header {
        /// The header's name.
        name: String,
        /// Its whole value.
        value: Secret,
    },
    /// A header with the HMAC-SHA-256 of the body.
    Hmac {
        /// The header's name.
        header: String,
        /// The key.
        secret: Secret,
        /// What stands before the signature, such as `sha256=`.
        #[serde(default)]
        prefix: String,
        /// How the signature is written: `hex` or `base64`.
        #[serde(default)]
        encoding: SignatureEncoding,
    },
}

/// How a signature is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SignatureEncoding {
    /// Two digits a byte.
    #[default]
    Hex,
    /// The standard alphabet, padded.
    Base64,
}

/// Section `providers.text.http.receipts.receipt`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceiptFields {
    /// Pointer to the provider's name for the message.
    pub reference: String,
    /// Pointer to the provider's status.
    pub status: String,
    /// Pointer to the provider's own description.
    #[serde(default)]
    pub words: Option<String>,
    /// The provider's statuses, as texts, and what each means: `delivered`, `temporary-failure`,
    /// `permanent-failure`, `technical-failure` or `pending`.
    pub statuses: BTreeMap<String, News>,
    /// The meaning of any other status; the request is refused when absent.
    #[serde(default)]
    pub otherwise: Option<News>,
}

/// Section `providers.text.http.receipts.received`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceivedFields {
    /// Pointer to the provider's name for the text, by which a repeated request is recognised.
    #[serde(default)]
    pub reference: Option<String>,
    /// Pointer to the number it comes from.
    pub source: String,
    /// Pointer to our number that it was sent to.
    pub destination: String,
    /// Pointer to what it says.
    pub message: String,
    /// Pointer to the moment it was received: RFC 3339, or Unix seconds.
    #[serde(default)]
    pub received_at: Option<String>,
}

impl ReceiptSettings {
    /// Checks what can be known without a request.
    ///
    /// # Errors
    /// The first field that cannot work.
    pub fn check(&self) -> Result<(), Unusable> {
        let (secret, header) = match &self.authentication {
            Authentication::Bearer(token) => (token, "authorization"),
            Authentication::Header { name, value } => (value, name.as_str()),
            Authentication::Hmac { header, secret, .. } => (secret, header.as_str()),
        };
        if secret.expose().len() < 16 {
            return Err(Unusable::new(
                "receipts.authentication",
                "the secret is shorter than 16 bytes",
            ));
        }
        if reqwest::header::HeaderName::from_bytes(header.as_bytes()).is_err() {
            return Err(Unusable::new("receipts.authentication", "that cannot be a header's name"));
        }
        if self.receipt.is_none() && self.received.is_none() {
            return Err(Unusable::new("receipts", "needs a section receipt or a section received"));
        }
        Ok(())
    }
}
