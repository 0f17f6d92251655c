//! `POST /v2/notifications/bulk`.

use axum::{extract::State, response::Response};
use http::StatusCode;
use notify::{
    batch::charged_at,
    limit::{day, fiscal_year},
};
use notify_store::usage;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    accept::{self, Accepted},
    asked::{self, Asked},
    job::{Job, JobAnswer},
    rows::{self, Standard},
};
use crate::{
    Api, ApiKey,
    document::Errors,
    error::ApiError,
    gate::{self, Gate},
    notification::{Once, Ticket, sender_field, tell_quota, tell_rate},
    schema::{Raw, json_answer},
};

/// One template to many rows.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SendBulk {
    /// The template.
    pub template_id: Uuid,
    /// The name to show for it.
    pub name: String,
    /// Headings, then rows. Either this or `csv`.
    #[schema(nullable = false)]
    pub rows: Option<Vec<Vec<serde_json::Value>>>,
    /// The text of a CSV file with headings. Either this or `rows`.
    #[schema(nullable = false)]
    pub csv: Option<String>,
    /// When to send it, ISO 8601, at most 96 hours ahead; UTC unless it has an offset.
    pub scheduled_for: Option<String>,
    /// One of the service's reply addresses or senders; the default one if left out.
    pub reply_to_id: Option<Uuid>,
    /// Your own reference. A column `reference` gives each message its own.
    #[schema(max_length = 1000, nullable = false)]
    pub reference: Option<String>,
}

/// Accept many messages at once: the rows are checked and stored when this answers, and sending follows.
#[utoipa::path(
    post, path = "/v2/notifications/bulk", tag = "Send", operation_id = "send_bulk",
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key and body within 24 hours get the same answer and send nothing.")),
    request_body = SendBulk,
    responses(
        (status = 201, description = "Accepted", body = JobAnswer),
        (status = 400, description = "The request or a row is not acceptable", body = Errors),
        (status = 401, description = "No key", body = Errors),
        (status = 403, description = "A key that may not send", body = Errors),
        (status = 408, description = "The body did not arrive in time", body = Errors),
        (status = 409, description = "The Idempotency-Key was used with another request", body = Errors),
        (status = 413, description = "The body is too large", body = Errors),
        (status = 429, description = "A limit is reached", body = Errors),
        (status = 503, description = "Busy: come back after Retry-After seconds", body = Errors),
    )
)]
pub async fn send_bulk(
    State(api): State<Api>,
    key: ApiKey,
    once: Once,
    raw: Raw,
) -> Result<Response, ApiError> {
    let now = api.clock.now();
    let ticket = once.ticket(&api, &key, "bulk", &raw);
    if let Some(ticket) = &ticket
        && let Some(answer) = ticket.answered(&api, &key, now).await?
    {
        return Ok(answer);
    }
    let body = raw.json().await?;
    gate::not_suspended(&key)?;
    let asked = asked::read(body, api.settings.bulk_rows, now)?;
    let template = gate::template(&api, &key, asked.template).await?;
    gate::not_archived(&template)?;
    let gate = Gate::pass(&api, &key, template.channel, now).await?;
    let mut answer = send(&gate, asked, template, ticket.as_ref()).await?;
    tell_rate(&mut answer, gate.taken);
    Ok(answer)
}

/// Steps 8 to 13 of section 2.6.
async fn send(
    gate: &Gate<'_>,
    mut asked: Asked,
    template: std::sync::Arc<crate::memory::Template>,
    ticket: Option<&Ticket>,
) -> Result<Response, ApiError> {
    let sender = gate.sender_row(asked.sender, sender_field(gate.channel))?.unzip();
    let standard = Standard {
        template: template.clone(),
        prefix: gate.prefix().map(str::to_owned),
        dialect: gate.api.settings.dialect,
        international: gate.international(),
        most: gate.api.settings.bulk_rows,
        audience: gate.audience().await?,
        left: left(gate, &asked).await?,
        trial: gate.key.service.trial,
    };
    let given = std::mem::replace(&mut asked.rows, asked::Rows::Csv(String::new()));
    let checked = rows::check(given, standard).await?;
    let row = accept::row(gate, &asked, &template, &checked, sender)?;
    let job = Job::of(&row, &gate.key.key_name, &gate.key.service.name);
    let body = serde_json::to_vec(&JobAnswer { data: job });
    let body = body.map_err(|error| ApiError::internal(&error))?;
    let promise = ticket.map(|ticket| ticket.promise(gate.api, gate.key, &body)).transpose()?;
    let same_day = row.charged_on == day(gate.now);
    match (accept::accept(gate, row, promise).await?, ticket) {
        (Accepted::Repeated(sealed), Some(ticket)) => ticket.repeated(gate.api, gate.key, &sealed),
        (Accepted::Repeated(_), None) => Err(ApiError::internal("an answer to no promise")),
        (Accepted::New(left), _) => {
            let mut answer = json_answer(StatusCode::CREATED, body);
            if let Some(left) = left {
                if same_day {
                    gate.note(left);
                }
                tell_quota(answer.headers_mut(), left);
            }
            Ok(answer)
        }
    }
}

/// What is left of the year and of the day that the batch will be charged to.
async fn left(gate: &Gate<'_>, asked: &Asked) -> Result<Option<(i64, i64)>, ApiError> {
    let Some(limits) = gate.charge(0) else { return Ok(None) };
    let at = charged_at(gate.channel, asked.scheduled_for, gate.now);
    let service = gate.key.service.id;
    let db = gate.api.db.read();
    let in_year = usage::used(db, service, gate.channel, &fiscal_year(at)).await?;
    let in_day = usage::used(db, service, gate.channel, &day(at)).await?;
    Ok(Some((limits.annual_limit - in_year, limits.daily_limit - in_day)))
}
