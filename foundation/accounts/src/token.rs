//! Secrets that travel in cookies and links: random, and kept only as their SHA-256.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use kernel::{Vault, vault::VaultError};
use ring::digest::{SHA256, digest};

/// A new secret of 32 random bytes as text for a cookie or a link, and the hash that the database keeps.
pub(crate) fn new(vault: &Vault) -> Result<(String, Vec<u8>), VaultError> {
    let token = BASE64_URL_SAFE_NO_PAD.encode(vault.random_bytes::<32>()?);
    let hash = hash(&token);
    Ok((token, hash))
}

/// The hash under which a secret is found.
pub(crate) fn hash(token: &str) -> Vec<u8> {
    digest(&SHA256, token.as_bytes()).as_ref().to_vec()
}
