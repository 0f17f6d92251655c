//! `POST /v2/reports`.

use accounts::{Capability, KeyKind};
use axum::{extract::State, response::Response};
use http::{HeaderValue, StatusCode, header};
use jobs::Timing;
use kernel::Time;
use notify::{
    Channel,
    report::{Coverage, Kind, WRITE, WriteReport},
};
use notify_store::{
    BatchId, batch,
    report::{self, Wanted},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Api, ApiKey,
    document::{BodyRefused, Errors, ReadRefused},
    error::{ApiError, Refusal},
    manage_template::stamp,
    schema::{Fields, Raw, json_answer, python},
};

const KNOWN: &[&str] = &["report_type", "language", "job_id"];

/// A report to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestReport {
    /// What it is about.
    #[schema(value_type = ReportType)]
    pub report_type: String,
    /// Of its headings and statuses.
    #[schema(value_type = Language)]
    pub language: String,
    /// The bulk send; with the type `job`, and only then.
    #[schema(nullable = false)]
    pub job_id: Option<Uuid>,
}

/// What a report is about.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
pub enum ReportType {
    /// The texts of the last seven days.
    Sms,
    /// The emails of the last seven days.
    Email,
    /// One bulk send.
    Job,
}

/// The language of a report.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
pub enum Language {
    /// English.
    En,
    /// French.
    Fr,
}

/// A report that will be made.
#[derive(Serialize, ToSchema)]
pub struct Requested {
    /// The report.
    pub report_id: Uuid,
    /// Always `requested`.
    pub status: &'static str,
}

/// Ask for a report: a CSV file of what was sent within seven days, which is made afterwards and kept for three.
#[utoipa::path(
    post, path = "/v2/reports", tag = "Reports", operation_id = "request_report",
    request_body = RequestReport,
    responses(
        (status = 202, description = "It will be made", body = Requested,
            headers(("Location" = String, description = "Where the report can be read"))),
        (status = 404, description = "The service has no such bulk send", body = Errors),
        (status = 429, description = "Ten reports were asked for within the hour", body = Errors),
        ReadRefused, BodyRefused,
    )
)]
pub async fn request(State(api): State<Api>, key: ApiKey, raw: Raw) -> Result<Response, ApiError> {
    key.must_have(Capability::ManageReports)?;
    count(&api, &key).await?;
    let asked = read(raw.json().await?)?;
    if let Some(batch) = asked.batch {
        let found = batch::find(api.db.read(), key.service.id, BatchId::from_uuid(batch)).await?;
        found.ok_or(Refusal::JobNotFound)?;
    }
    let row = keep(&api, &key, asked).await?;
    let answer = Requested { report_id: row.id.uuid(), status: row.status.as_str() };
    let body = serde_json::to_vec(&answer).map_err(|error| ApiError::internal(&error))?;
    let mut answer = json_answer(StatusCode::ACCEPTED, body);
    let place = format!("{}/v2/reports/{}", api.settings.public_url, row.id);
    let place = HeaderValue::try_from(place).map_err(|error| ApiError::internal(&error))?;
    answer.headers_mut().insert(header::LOCATION, place);
    Ok(answer)
}

/// Counts the request before anything is looked at, whatever becomes of it.
async fn count(api: &Api, key: &ApiKey) -> Result<(), ApiError> {
    let now = api.clock.now();
    let tx = api.db.begin().await?;
    let taken = report::take(&tx, key.service.id, now).await?;
    tx.commit().await.map_err(db::Error::from)?;
    taken.map_err(|full| full_until(full.reset, now))?;
    Ok(())
}

fn full_until(reset: Time, now: Time) -> ApiError {
    // Whoever comes back after whole seconds is not a moment too early.
    let retry_after = (reset - now).num_seconds().unsigned_abs() + 1;
    Refusal::ReportLimit { retry_after, reset: reset.timestamp() + 1 }.into()
}

/// A readable request.
struct Asked {
    kind: Kind,
    language: kernel::Language,
    batch: Option<Uuid>,
}

fn read(body: Value) -> Result<Asked, ApiError> {
    let mut fields = Fields::of(body, KNOWN)?;
    let kind = one_of(&mut fields, "report_type", "sms, email, job");
    let language = one_of(&mut fields, "language", "en, fr");
    let batch = match kind {
        Some(Kind::Batch) => fields.required_uuid("job_id"),
        Some(_) if fields.has("job_id") => {
            fields.refuse(Refusal::Unexpected { fields: vec!["job_id".to_owned()] });
            None
        }
        _ => None,
    };
    let (kind, language) = fields.finish(kind.zip(language))?;
    Ok(Asked { kind, language, batch })
}

/// One of a few words, which must be there.
fn one_of<T: std::str::FromStr>(
    fields: &mut Fields,
    name: &'static str,
    allowed: &'static str,
) -> Option<T> {
    let value = fields.require(name)?;
    let word = value.as_str().and_then(|word| word.parse().ok());
    if word.is_none() {
        let value = value.as_str().map_or_else(|| python::repr(&value), str::to_owned);
        fields.refuse(Refusal::NotOneOf { at: name.into(), value, allowed: allowed.into() });
    }
    word
}

/// Notes the report and the job that makes it, in one transaction.
async fn keep(api: &Api, key: &ApiKey, asked: Asked) -> Result<report::Model, ApiError> {
    let (service, stamp) = (key.service.id, stamp(api, key));
    let channel = match asked.kind {
        Kind::Sms => Some(Channel::Sms),
        Kind::Email => Some(Channel::Email),
        Kind::Batch => None,
    };
    // Messages of test keys are seen by test keys only, as in lists; a bulk send is shown whole.
    let test = (asked.kind != Kind::Batch).then_some(key.kind == KeyKind::Test);
    let coverage = Coverage { channel, statuses: vec![], batch: asked.batch, test };
    let (kind, language, api_key) = (asked.kind, asked.language, Some(key.key));
    let tx = api.db.begin().await?;
    let wanted = Wanted { kind, language, coverage, api_key };
    let row = report::request(&tx, &stamp, service, &wanted).await?;
    let job = WriteReport { service: service.uuid(), report: row.id.uuid() };
    jobs::enqueue(&tx, &WRITE, &job, Timing::at(stamp.at)).await?;
    tx.commit().await.map_err(db::Error::from)?;
    Ok(row)
}
