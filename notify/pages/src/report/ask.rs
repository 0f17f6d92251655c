//! Asking for a report of a channel's messages, or of one bulk send.

use accounts::{OnTeam, gate::ViewActivity};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use jobs::Timing;
use kernel::Language;
use notify::{
    Channel,
    report::{Coverage, Kind, WRITE, WriteReport},
    status::Group,
};
use notify_store::{
    BatchId, batch,
    report::{self, Full, Wanted},
};
use serde::Deserialize;
use ui::Errors;
use web::{Form, PageError, Reader};

use super::list;
use crate::{app::App, frame, words::Texts};

/// What the form says: a bulk send or a channel, and what became of the messages.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct AskForm {
    #[serde(default)]
    pub batch: String,
    #[serde(default)]
    pub channel: String,
    #[serde(default)]
    pub group: String,
}

impl AskForm {
    fn statuses(&self, channel: Channel) -> Vec<notify::Status> {
        self.group.parse::<Group>().map(|group| group.statuses(channel)).unwrap_or_default()
    }
}

/// `POST /services/{service}/reports`
pub(super) async fn ask(
    State(app): State<App>,
    team: OnTeam<ViewActivity>,
    reader: Reader,
    Form(form): Form<AskForm>,
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let Some((kind, coverage)) = covered(&app, &team, &form).await? else {
        let errors = Errors::one("channel", t.report_channel_empty());
        return list::refuse(&app, &team, &reader, (form, errors)).await;
    };
    match keep(&app, &team, (kind, coverage, reader.language)).await? {
        Ok(()) => {
            let path = frame::at(team.id(), "/reports?done=asked");
            Ok(Redirect::to(&path).into_response())
        }
        Err(full) => {
            let when = text::moment(t.0, team.who.zone(), full.reset);
            let errors = Errors::one("", t.report_too_many(when));
            list::refuse(&app, &team, &reader, (form, errors)).await
        }
    }
}

/// What a report shall cover; none when the form says neither a channel nor a bulk send.
async fn covered(
    app: &App,
    team: &OnTeam<ViewActivity>,
    form: &AskForm,
) -> Result<Option<(Kind, Coverage)>, PageError> {
    if !form.batch.is_empty() {
        let id: BatchId = form.batch.parse().map_err(|_| PageError::Missing)?;
        let found = batch::find(app.accounts.db.read(), team.id(), id).await?;
        let found = found.ok_or(PageError::Missing)?;
        let statuses = form.statuses(*found.channel);
        let coverage = Coverage { batch: Some(id.uuid()), statuses, ..Coverage::default() };
        return Ok(Some((Kind::Batch, coverage)));
    }
    let Ok(channel) = form.channel.parse::<Channel>() else { return Ok(None) };
    let kind = match channel {
        Channel::Email => Kind::Email,
        Channel::Sms => Kind::Sms,
    };
    // Messages of test keys are seen by test keys only, as in lists.
    let statuses = form.statuses(channel);
    let coverage =
        Coverage { channel: Some(channel), statuses, test: Some(false), ..Coverage::default() };
    Ok(Some((kind, coverage)))
}

/// Notes the report and the job that makes it, in one transaction, unless too many were asked for within the hour.
async fn keep(
    app: &App,
    team: &OnTeam<ViewActivity>,
    (kind, coverage, language): (Kind, Coverage, Language),
) -> Result<Result<(), Full>, PageError> {
    let (service, stamp) = (team.id(), team.stamp());
    let tx = app.accounts.db.begin().await?;
    if let Err(full) = report::take(&tx, service, stamp.at).await? {
        return Ok(Err(full));
    }
    let wanted = Wanted { kind, language, coverage, api_key: None };
    let row = report::request(&tx, &stamp, service, &wanted).await?;
    let job = WriteReport { service: service.uuid(), report: row.id.uuid() };
    jobs::enqueue(&tx, &WRITE, &job, Timing::at(stamp.at)).await?;
    tx.commit().await?;
    app.dispatch.jobs.notify_one();
    Ok(Ok(()))
}
