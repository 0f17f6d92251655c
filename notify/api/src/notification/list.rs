//! `GET /v2/notifications`: pages of messages (API specification, section 2.9).

use axum::{Json, extract::State};
use notify::{Channel, Status, status::FILTER_WORDS};
use notify_store::{
    NotificationId,
    notification::{self, Filter},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::message::Notification;
use crate::{
    Api, ApiKey,
    document::{Kind, ReadRefused},
    error::{ApiError, Refusal},
    query::Query,
    wire::{Links, PAGE},
};

/// One page of messages, newest first.
#[derive(Serialize, ToSchema)]
pub struct Notifications {
    /// The messages.
    pub notifications: Vec<Notification>,
    /// This page and the next.
    pub links: Links,
}

const KNOWN: [&str; 5] = ["template_type", "status", "reference", "older_than", "include_jobs"];
const TYPES: [&str; 3] = ["sms", "email", "letter"];
const WITH_JOBS: [&str; 4] = ["true", "True", "false", "False"];

/// List messages that were sent with keys of this kind.
#[utoipa::path(
    get, path = "/v2/notifications", tag = "Messages", operation_id = "get_notifications",
    params(
        ("template_type" = Option<Vec<Kind>>, Query, description = "Only these kinds: `email`, `sms`; several with commas or repeated"),
        ("status" = Option<Vec<String>>, Query, description = "Only these statuses; several with commas or repeated"),
        ("reference" = Option<String>, Query, description = "Only those with this reference"),
        ("older_than" = Option<Uuid>, Query, description = "Only those accepted before this message"),
        ("include_jobs" = Option<String>, Query, description = "`true`: also those of bulk sends"),
    ),
    responses((status = 200, description = "At most 250 messages", body = Notifications), ReadRefused)
)]
pub async fn list(
    State(api): State<Api>,
    key: ApiKey,
    query: Query,
) -> Result<Json<Notifications>, ApiError> {
    let wanted = read(&query)?;
    let rows = rows(&api, &key, wanted).await?;
    let last = rows.last().map(|row| row.id.uuid());
    let templates = api.versions.of(key.service.id, &rows).await?;
    let mut notifications = Vec::with_capacity(rows.len());
    for row in rows {
        let made_from = (row.template_id, row.template_version);
        let template = templates.get(&made_from).ok_or(db::Error::Missing)?;
        notifications.push(Notification::open(&api, row, template)?);
    }
    let links = Links::new(&api.settings, "/v2/notifications", &query, last);
    Ok(Json(Notifications { notifications, links }))
}

/// What a query asks for; nothing can be found when it asks for letters only.
struct Wanted {
    filter: Filter,
    nothing: bool,
}

async fn rows(
    api: &Api,
    key: &ApiKey,
    wanted: Wanted,
) -> Result<Vec<notification::Model>, ApiError> {
    if wanted.nothing {
        return Ok(Vec::new());
    }
    let service = key.service.id;
    if let Some(before) = wanted.filter.older_than
        && notification::find(api.db.read(), service, before).await?.is_none()
    {
        return Ok(Vec::new());
    }
    let filter = Filter { key_kind: Some(key.kind), ..wanted.filter };
    Ok(notification::page(api.db.read(), service, filter, PAGE).await?)
}

fn read(query: &Query) -> Result<Wanted, ApiError> {
    let mut problems: Vec<Refusal> = query.only(&KNOWN).err().into_iter().collect();
    let types = words(query, "template_type", &TYPES, &mut problems);
    let statuses = words(query, "status", FILTER_WORDS, &mut problems);
    let older_than = query.uuid("older_than").unwrap_or_else(|problem| {
        problems.push(problem);
        None
    });
    let jobs = words(query, "include_jobs", &WITH_JOBS, &mut problems);
    if !problems.is_empty() {
        return Err(ApiError::all(problems));
    }
    let channels: Vec<Channel> = types.iter().filter_map(|word| word.parse().ok()).collect();
    let nothing = channels.is_empty() && !types.is_empty();
    let filter = Filter {
        channels,
        statuses: groups(&statuses),
        reference: query.one("reference").map(str::to_owned),
        key_kind: None,
        with_batches: jobs.first().is_some_and(|word| word.eq_ignore_ascii_case("true")),
        older_than: older_than.map(NotificationId::from_uuid),
    };
    Ok(Wanted { filter, nothing })
}

/// The statuses that filter words stand for, each once.
fn groups(words: &[String]) -> Vec<Status> {
    let mut statuses: Vec<Status> = Vec::new();
    for status in words.iter().filter_map(|word| Status::filter(word)).flatten() {
        if !statuses.contains(status) {
            statuses.push(*status);
        }
    }
    statuses
}

/// All values of a name, of which each is one of `allowed`. The Node client sends several as one with
/// commas in it, so what is no literal itself is split.
fn words(
    query: &Query,
    name: &'static str,
    allowed: &'static [&'static str],
    problems: &mut Vec<Refusal>,
) -> Vec<String> {
    let is_known = |word: &str| {
        allowed.contains(&word) || (name == "status" && Status::filter(word).is_some())
    };
    let mut found = Vec::new();
    for value in query.all(name) {
        let parts: Vec<&str> =
            if is_known(value) { vec![value] } else { value.split(',').collect() };
        for part in parts {
            if is_known(part) {
                found.push(part.to_owned());
            } else {
                let (value, allowed) = (part.to_owned(), allowed.join(", "));
                problems.push(Refusal::NotOneOf { at: name.into(), value, allowed });
            }
        }
    }
    found
}
