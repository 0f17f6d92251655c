//! Reading query strings: unknown names are refused, as in bodies (API specification, section 2.9).

use axum::extract::FromRequestParts;
use http::request::Parts;
use uuid::Uuid;

use crate::{
    Api,
    error::{ApiError, Refusal},
    schema,
};

/// The most pairs that are looked at; no route knows that many names.
const MOST: usize = 1_000;

/// The pairs of a query string, decoded, in their order.
#[derive(Clone, Debug, Default)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Refuses names that are not in `known`.
    pub fn only(&self, known: &[&str]) -> Result<(), Refusal> {
        let mut strange: Vec<String> = Vec::new();
        for (name, _) in &self.0 {
            if !known.contains(&name.as_str()) && !strange.contains(name) {
                strange.push(name.clone());
            }
        }
        if strange.is_empty() { Ok(()) } else { Err(Refusal::Unexpected { fields: strange }) }
    }

    /// The first value of a name.
    pub fn one(&self, name: &str) -> Option<&str> {
        let pair = self.0.iter().find(|(known, _)| known == name);
        pair.map(|(_, value)| value.as_str())
    }

    /// All values of a name.
    pub fn all<'q>(&'q self, name: &'q str) -> impl Iterator<Item = &'q str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The first value of a name as a UUID.
    pub fn uuid(&self, name: &'static str) -> Result<Option<Uuid>, Refusal> {
        let Some(text) = self.one(name) else { return Ok(None) };
        schema::uuid(text).map(Some).ok_or(Refusal::NotUuid { at: name.into() })
    }

    /// The pairs, for building a link to the next page.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl FromRequestParts<Api> for Query {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &Api) -> Result<Self, ApiError> {
        let text = parts.uri.query().unwrap_or_default();
        let pairs = url::form_urlencoded::parse(text.as_bytes()).take(MOST);
        Ok(Self(pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect()))
    }
}
