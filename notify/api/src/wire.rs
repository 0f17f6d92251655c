//! What the answers of many routes have in common: times and links to pages.

use chrono::SecondsFormat;
use kernel::Time;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Settings, query::Query};

/// The most entries of one page (API specification, sections 2.7, 2.9 and 2.11).
pub const PAGE: u64 = 250;

/// A time as nearly all answers write it: six digits after the second and `Z`.
pub fn time(at: Time) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// A time as answers about bulk sends write it: six digits after the second and `+00:00`.
pub fn time_with_offset(at: Time) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, false)
}

/// Where this page of a list is, and the next one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Links {
    /// This page.
    #[schema(example = "https://notify.example.ca/v2/notifications")]
    pub current: String,
    /// The page of what is older; it is there whenever this page holds anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub next: Option<String>,
}

impl Links {
    /// The links of a page of `path` that was asked for by `query` and ends with `last`.
    ///
    /// `older_than` comes first in the next link, because the Python client takes the first UUID
    /// that it finds there (API specification, section 2.9).
    pub fn new(settings: &Settings, path: &str, query: &Query, last: Option<Uuid>) -> Self {
        let here = format!("{}{path}", settings.public_url);
        let last = last.map(|last| last.to_string());
        let next = last.as_deref().map(|last| {
            let others = query.pairs().filter(|(name, _)| *name != "older_than");
            address(&here, [("older_than", last)].into_iter().chain(others))
        });
        Self { current: address(&here, query.pairs()), next }
    }
}

fn address<'a>(here: &str, pairs: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    if query.is_empty() { here.to_owned() } else { format!("{here}?{query}") }
}
