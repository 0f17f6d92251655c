//! Reading what the header `Authorization` presents: a signed token, or a whole key.

use std::sync::Arc;

use base64::{
    Engine,
    alphabet::URL_SAFE,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use ring::hmac;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::{Refused, keyring::Known};
use crate::ServiceId;

/// By how many seconds a caller's clock may be off (API specification, section 1.2).
const TOLERANCE: f64 = 30.0;

const BASE64URL: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// What a request presents.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Presented<'a> {
    /// A token that should be signed with a key's secret.
    Bearer(&'a str),
    /// A key in full.
    ApiKey(&'a str),
}

/// Splits the header's value: the scheme in any case, one separator, then the rest without blanks at
/// its ends (API specification, section 1.1). An empty header is as none.
pub(super) fn presented(authorization: Option<&str>) -> Result<Presented<'_>, Refused> {
    let value = authorization.filter(|value| !value.is_empty()).ok_or(Refused::NoHeader)?;
    if let Some(rest) = after_scheme(value, "Bearer") {
        return Ok(Presented::Bearer(rest));
    }
    after_scheme(value, "ApiKey-v1").map(Presented::ApiKey).ok_or(Refused::UnknownScheme)
}

fn after_scheme<'a>(value: &'a str, scheme: &str) -> Option<&'a str> {
    let (start, rest) = value.split_at_checked(scheme.len())?;
    if !start.eq_ignore_ascii_case(scheme) {
        return None;
    }
    let mut rest = rest.chars();
    rest.next();
    Some(rest.as_str().trim())
}

/// The last 36 characters of a key, or all of a shorter text.
pub(super) fn secret_part(key: &str) -> &str {
    let start = key.char_indices().rev().nth(35).map_or(0, |(at, _)| at);
    &key[start..]
}

/// Whether a key is long enough and names `service` before its secret part
/// (API specification, section 1.6, step 3).
pub(super) fn names_service(key: &str, service: ServiceId) -> bool {
    let letters = key.chars().count();
    let named = key.chars().skip(letters.saturating_sub(73)).take(36);
    letters >= 79 && named.eq(service.to_string().chars())
}

/// A token taken apart; nothing of it is proven before [`Token::signer`] finds a key.
pub(super) struct Token<'a> {
    signed: &'a str,
    signature: Vec<u8>,
    hs256: bool,
    claims: Claims,
}

#[derive(Deserialize)]
struct Header {
    #[serde(default, deserialize_with = "present")]
    alg: Option<Value>,
}

#[derive(Deserialize)]
struct Claims {
    #[serde(default, deserialize_with = "present")]
    iss: Option<Value>,
    #[serde(default, deserialize_with = "present")]
    iat: Option<Value>,
    #[serde(default, deserialize_with = "present")]
    nbf: Option<Value>,
    #[serde(default, deserialize_with = "present")]
    exp: Option<Value>,
    #[serde(default)]
    aud: Value,
}

/// Tells a claim that is there and null from one that is not there.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

impl<'a> Token<'a> {
    /// Takes a token apart without believing it.
    pub fn read(text: &'a str) -> Result<Self, Refused> {
        let (signed, signature) = text.rsplit_once('.').ok_or(Refused::Undecodable)?;
        let (header, claims) = signed.split_once('.').ok_or(Refused::Undecodable)?;
        let header: Header = decoded(header)?;
        let signature = BASE64URL.decode(signature).map_err(|_| Refused::Undecodable)?;
        let hs256 = header.alg.is_some_and(|alg| alg == "HS256");
        Ok(Self { signed, signature, hs256, claims: decoded(claims)? })
    }

    /// The service that the token says it is from.
    pub fn issuer(&self) -> Result<ServiceId, Refused> {
        let issuer = self.claims.iss.as_ref().ok_or(Refused::NoIssuer)?;
        let issuer = issuer.as_str().ok_or(Refused::BadIssuer)?;
        issuer.parse().map_err(|_| Refused::BadIssuer)
    }

    /// The key whose secret made the signature; the comparison takes the same time for any signature.
    pub fn signer<'k>(&self, keys: &'k [Arc<Known>]) -> Result<&'k Arc<Known>, Refused> {
        if !self.hs256 {
            return Err(Refused::WrongAlgorithm);
        }
        let made_it = |known: &&Arc<Known>| {
            hmac::verify(&known.signing, self.signed.as_bytes(), &self.signature).is_ok()
        };
        keys.iter().find(made_it).ok_or(Refused::UnknownSignature)
    }

    /// Whether the token is of this moment, `now` in whole seconds as its maker counts them.
    pub fn check_claims(&self, now: i64) -> Result<(), Refused> {
        let now = now as f64;
        if self.claims.nbf.as_ref().is_some_and(|nbf| nbf.as_f64().is_none_or(|nbf| nbf > now)) {
            return Err(Refused::Clock);
        }
        let expired = |exp: &Value| exp.as_f64().is_none_or(|exp| exp <= now);
        if self.claims.exp.as_ref().is_some_and(expired) || !self.claims.aud.is_null() {
            return Err(Refused::BadClaims);
        }
        let issued = self.claims.iat.as_ref().ok_or(Refused::NoIssuedAt)?;
        match issued.as_f64() {
            Some(issued) if (now - issued).abs() <= TOLERANCE => Ok(()),
            _ => Err(Refused::Clock),
        }
    }
}

fn decoded<T: for<'de> Deserialize<'de>>(part: &str) -> Result<T, Refused> {
    let json = BASE64URL.decode(part).map_err(|_| Refused::Undecodable)?;
    // A JSON array would also fill a struct, field by field; only an object will do.
    if json.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'{') {
        return Err(Refused::Undecodable);
    }
    serde_json::from_slice(&json).map_err(|_| Refused::Undecodable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_is_read_in_any_case_and_blanks_fall_away() {
        assert!(matches!(presented(Some("bEARER  a.b.c ")), Ok(Presented::Bearer("a.b.c"))));
        assert!(matches!(presented(Some("apikey-V1 gcntfy-x")), Ok(Presented::ApiKey("gcntfy-x"))));
        assert!(matches!(presented(Some("Bearer")), Ok(Presented::Bearer(""))));
        for none in [None, Some("")] {
            assert!(matches!(presented(none), Err(Refused::NoHeader)));
        }
        for other in ["Basic abc", "é", "CacheClear-v1 x", "a.b.c"] {
            assert!(matches!(presented(Some(other)), Err(Refused::UnknownScheme)), "{other}");
        }
    }

    #[test]
    fn the_secret_is_the_last_36_characters_whatever_they_are() {
        assert_eq!(secret_part("gcntfy-short"), "gcntfy-short");
        let accents = format!("gcntfy-{}", "é".repeat(36));
        assert_eq!(secret_part(&accents), "é".repeat(36));
    }
}
