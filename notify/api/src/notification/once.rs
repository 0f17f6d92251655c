//! `Idempotency-Key`: a request that is sent again within 24 hours gets the same answer and sends nothing.

use axum::{extract::FromRequestParts, response::Response};
use http::{HeaderValue, StatusCode, request::Parts};
use kernel::Time;
use notify_store::idempotency::{self, KEPT, Promise};

use crate::{
    Api, ApiKey,
    error::{ApiError, Refusal},
    schema::{Raw, json_answer},
};

/// The name of the header.
const HEADER: &str = "idempotency-key";
/// The longest key.
const LONGEST: usize = 255;

/// The key of a request, if it carries one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Once(Option<String>);

/// A request that is to be answered once.
#[derive(Clone, Debug)]
pub struct Ticket {
    key: String,
    request_hash: Vec<u8>,
}

impl FromRequestParts<Api> for Once {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &Api) -> Result<Self, ApiError> {
        let Some(value) = parts.headers.get(HEADER) else { return Ok(Self(None)) };
        let visible = value.as_bytes().iter().all(u8::is_ascii_graphic);
        if !visible || !(1..=LONGEST).contains(&value.len()) {
            return Err(Refusal::IdempotencyKey.into());
        }
        Ok(Self(value.to_str().ok().map(str::to_owned)))
    }
}

impl Once {
    /// The ticket of a request to `route` with the body `raw`. With a key of another kind it is another request:
    /// what a test key was answered was never sent.
    ///
    /// The fingerprint is a keyed one: bodies hold recipients, which a plain hash would give away.
    pub fn ticket(self, api: &Api, key: &ApiKey, route: &str, raw: &Raw) -> Option<Ticket> {
        let chosen = self.0?;
        let kind = key.kind.word().as_bytes();
        let request = [route.as_bytes(), b" ", kind, b"\n", raw.bytes()].concat();
        Some(Ticket { key: chosen, request_hash: api.vault.fingerprint(&request) })
    }
}

impl Ticket {
    /// What was answered to the same request before, if it was.
    pub async fn answered(
        &self,
        api: &Api,
        key: &ApiKey,
        now: Time,
    ) -> Result<Option<Response>, ApiError> {
        let kept = idempotency::find(api.db.read(), key.service.id, &self.key).await?;
        match kept {
            Some(kept) if kept.created_at >= now - KEPT => {
                if kept.request_hash != self.request_hash {
                    return Err(Refusal::IdempotencyReused.into());
                }
                self.repeated(api, key, &kept.answer_sealed).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// The promise to answer alike, with the answer that will be given.
    pub fn promise(&self, api: &Api, key: &ApiKey, answer: &[u8]) -> Result<Promise, ApiError> {
        let answer_sealed = api.vault.seal(&self.place(key), answer)?;
        let request_hash = self.request_hash.clone();
        Ok(Promise { key: self.key.clone(), request_hash, answer_sealed })
    }

    /// The answer that was given before.
    pub fn repeated(&self, api: &Api, key: &ApiKey, sealed: &[u8]) -> Result<Response, ApiError> {
        let body = api.vault.open(&self.place(key), sealed)?;
        let mut answer = json_answer(StatusCode::CREATED, body);
        answer.headers_mut().insert("idempotency-replayed", HeaderValue::from_static("true"));
        Ok(answer)
    }

    fn place(&self, key: &ApiKey) -> Vec<u8> {
        [key.service.id.uuid().as_bytes(), self.key.as_bytes()].concat()
    }
}
