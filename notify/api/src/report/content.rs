//! `GET /v2/reports/{report_id}/content`.

use accounts::Capability;
use axum::{
    body::{Body, Bytes},
    extract::State,
    response::Response,
};
use futures::stream;
use http::{HeaderValue, header};
use notify::report::State as Progress;
use notify_store::{ReportId, report};

use super::named;
use crate::{
    Api, ApiKey,
    document::{Errors, ReadRefused},
    error::{ApiError, Refusal},
    segment::Segment,
};

/// Download a report as a CSV file.
#[utoipa::path(
    get, path = "/v2/reports/{report_id}/content", tag = "Reports", operation_id = "get_report_content",
    params(("report_id" = Uuid, Path, description = "The report")),
    responses(
        (status = 200, description = "The file", body = String, content_type = "text/csv"),
        (status = 404, description = "The service has no such report, or its file has expired", body = Errors),
        (status = 409, description = "It is not ready", body = Errors),
        (status = 502, description = "The file cannot be read", body = Errors),
        ReadRefused,
    )
)]
pub async fn content(
    State(api): State<Api>,
    key: ApiKey,
    Segment(id): Segment,
) -> Result<Response, ApiError> {
    key.must_have(Capability::ManageReports)?;
    let row = named(&api, &key, &id).await?;
    if *row.status != Progress::Ready {
        return Err(Refusal::ReportNotReady { status: row.status.as_str() }.into());
    }
    if row.is_expired(api.clock.now()) {
        return Err(Refusal::NoResultFound.into());
    }
    let name = format!("attachment; filename=\"{}.csv\"", row.id);
    let name = HeaderValue::try_from(name).map_err(|error| ApiError::internal(&error))?;
    let mut answer = Response::new(file(&api, &row).await?);
    let csv = const { HeaderValue::from_static("text/csv; charset=utf-8") };
    answer.headers_mut().insert(header::CONTENT_TYPE, csv);
    answer.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    Ok(answer)
}

/// The file, one piece in memory at a time. The first is read before the answer begins, so that a file that
/// cannot be read is told by a status; when a later one cannot, the connection breaks off.
async fn file(api: &Api, row: &report::Model) -> Result<Body, ApiError> {
    let first = piece(api, row.id, 0).await?;
    let (api, id, pieces) = (api.clone(), row.id, row.pieces);
    let rest = stream::unfold(1, move |place| {
        let api = api.clone();
        async move {
            if place >= pieces {
                return None;
            }
            let read =
                piece(&api, id, place).await.map_err(|_| std::io::Error::other("unreadable"));
            Some((read, place + 1))
        }
    });
    let first = stream::iter([Ok(first)]);
    Ok(Body::from_stream(futures::StreamExt::chain(first, rest)))
}

async fn piece(api: &Api, id: ReportId, place: i32) -> Result<Bytes, ApiError> {
    let why = match report::read(api.db.read(), &api.vault, id, place).await? {
        Some(Ok(text)) => return Ok(Bytes::from(text)),
        Some(Err(error)) => error.to_string(),
        None => "it is not there".to_owned(),
    };
    tracing::error!(report.id = %id, place, "piece {place} of report {id} cannot be read: {why}");
    Err(Refusal::ReportUnreadable.into())
}
