//! Why a request's authentication was refused; the API has the sentence for each.

use kernel::vault::VaultError;

/// Why nobody could be told from the header `Authorization`. The numbers are the steps of the tables
/// in sections 1.5 and 1.6 of the API specification.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Refused {
    /// 1.5, step 1: there is no header.
    #[error("no authorization header")]
    NoHeader,
    /// 1.5, step 2: neither `Bearer` nor `ApiKey-v1`.
    #[error("unknown authorization scheme")]
    UnknownScheme,
    /// 1.5, step 3: the token is not three base64url parts with two JSON objects.
    #[error("the token cannot be decoded")]
    Undecodable,
    /// 1.5, step 4: there is no `iss`.
    #[error("the token has no issuer")]
    NoIssuer,
    /// 1.5, step 5: `iss` is not a UUID.
    #[error("the issuer is no service id")]
    BadIssuer,
    /// 1.5, step 6: no such service.
    #[error("no such service")]
    UnknownService,
    /// 1.5, step 7: the service has no key at all.
    #[error("the service has no keys")]
    NoKeys,
    /// 1.5, step 8: the service is archived; under `ApiKey-v1` too.
    #[error("the service is archived")]
    Archived,
    /// 1.5, step 9: the signature matches none of the service's keys.
    #[error("no key of the service made the signature")]
    UnknownSignature,
    /// 1.5, step 9a: the token says another algorithm than HS256.
    #[error("the token's algorithm is not HS256")]
    WrongAlgorithm,
    /// 1.5, step 9b: the signature is good, but there is no `iat`.
    #[error("the token does not say when it was issued")]
    NoIssuedAt,
    /// 1.5, step 10: `iat` is more than 30 s off or no number, or `nbf` lies in the future.
    #[error("the caller's clock is off")]
    Clock,
    /// 1.2: a past `exp`, or any `aud`.
    #[error("the token has claims that it must not have")]
    BadClaims,
    /// 1.5, step 11, and 1.6, step 4: the key is revoked.
    #[error("the key is revoked")]
    Revoked,
    /// 1.6, steps 1 and 3: not the full key, or with another service's id.
    #[error("the key is not complete")]
    IncompleteKey,
    /// 1.6, step 2: no key has this secret.
    #[error("no such key")]
    UnknownKey,
    /// Not the caller's fault: the database did not answer.
    #[error(transparent)]
    Store(#[from] db::Error),
    /// Not the caller's fault: a stored secret cannot be opened.
    #[error(transparent)]
    Vault(#[from] VaultError),
}
