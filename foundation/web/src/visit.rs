//! What keeps other sites from filling in our forms: each browser is known by a cookie, and each form proves that it was
//! made for that browser.

use std::sync::Arc;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use http::{HeaderMap, header};
use kernel::{Vault, vault::VaultError};
use subtle::ConstantTimeEq;

/// A browser, and the proof that forms made for it carry in the field `csrf`.
#[derive(Clone, Debug)]
pub struct Visit {
    token: Arc<str>,
    pub(crate) proof: Arc<str>,
    pub(crate) secure: bool,
}

impl Visit {
    /// Whether a form with this `csrf` was made for this browser.
    pub fn proves(&self, csrf: &str) -> bool {
        self.proof.as_bytes().ct_eq(csrf.as_bytes()).into()
    }

    /// Whether cookies travel over https only.
    pub const fn is_secure(&self) -> bool {
        self.secure
    }
}

/// Makes and checks the proofs.
#[derive(Clone, Debug)]
pub struct Doorkeeper {
    vault: Arc<Vault>,
    secure: bool,
}

/// The name that a cookie has: over https one that a neighbouring site cannot plant.
pub fn cookie_name(secure: bool, name: &str) -> String {
    if secure { format!("__Host-{name}") } else { name.to_owned() }
}

/// The value of the cookie `name`, if the request carries it.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

const NAME: &str = "visit";

impl Doorkeeper {
    /// Proofs are made with the index key of `vault`; `secure` says that the site is reached over https only.
    pub const fn new(vault: Arc<Vault>, secure: bool) -> Self {
        Self { vault, secure }
    }

    /// The browser behind a request, and whether it comes for the first time.
    pub(crate) fn visit(&self, headers: &HeaderMap) -> Result<(Visit, bool), VaultError> {
        let known = cookie(headers, &cookie_name(self.secure, NAME)).filter(|value| {
            BASE64_URL_SAFE_NO_PAD.decode(value).is_ok_and(|bytes| bytes.len() == 32)
        });
        let token: Arc<str> = match known {
            Some(token) => token.into(),
            None => BASE64_URL_SAFE_NO_PAD.encode(self.vault.random_bytes::<32>()?).into(),
        };
        let print = self.vault.fingerprint(format!("csrf {token}").as_bytes());
        let proof = BASE64_URL_SAFE_NO_PAD.encode(print).into();
        Ok((Visit { token, proof, secure: self.secure }, known.is_none()))
    }

    /// The cookie that makes the browser known; it ends with the browser's session.
    pub(crate) fn cookie(&self, visit: &Visit) -> String {
        let (name, secure) =
            (cookie_name(self.secure, NAME), if self.secure { "; Secure" } else { "" });
        format!("{name}={}; Path=/; SameSite=Lax; HttpOnly{secure}", visit.token)
    }
}
