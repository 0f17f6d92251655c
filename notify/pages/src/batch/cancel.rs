//! Stopping a bulk send that waits or is on its way: a page that asks, then a form.

use accounts::{OnTeam, gate::CancelSends};
use askama::Template;
use axum::{
    extract::State,
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::Language;
use notify::batch::State as Stage;
use notify_store::batch::Refusal;
use serde::Deserialize;
use ui::{BackLink, Banner, BannerTone, Button, ButtonKind, Shell};
use web::{At, Form, PageError, Reader, page};

use super::{Which, progress::Progress};
use crate::{app::App, frame, words::Texts};

/// A form without fields.
#[derive(Clone, Copy, Deserialize)]
pub(super) struct Nothing {}

#[derive(Template)]
#[template(path = "batch/cancel.html")]
struct AskToCancel {
    shell: Shell,
    t: Texts,
    back: String,
    action: String,
    warning: Banner,
}

/// `GET …/bulk/{batch}/cancel`
pub(super) async fn ask(
    State(app): State<App>,
    team: OnTeam<CancelSends>,
    At(which): At<Which>,
    reader: Reader,
) -> Result<Response, PageError> {
    let one = which.found(&app, &team).await?;
    let back = frame::at(team.id(), &format!("/bulk/{}", one.batch.id));
    let progress = Progress::of(&one);
    if !progress.can_stop() {
        return Ok(Redirect::to(&back).into_response());
    }
    let t = Texts(reader.language);
    let count = progress.in_transit;
    let shown = text::number(t.0, u64::try_from(count).unwrap_or(0));
    let text = match *one.batch.status {
        Stage::Scheduled => t.batch_cancel_scheduled(count, shown),
        _ => t.batch_cancel_running(count, shown),
    };
    let page: Html<String> = page::show(&AskToCancel {
        shell: app.service_page(&reader, &team, t.batch_cancel_title(&one.batch.name)),
        action: format!("{back}/cancel"),
        warning: Banner { tone: BannerTone::Warning, text, ..Banner::default() },
        back,
        t,
    })?;
    Ok(page.into_response())
}

/// `POST …/bulk/{batch}/cancel`
pub(super) async fn cancel(
    State(app): State<App>,
    team: OnTeam<CancelSends>,
    At(which): At<Which>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, PageError> {
    let one = which.found(&app, &team).await?;
    let never_begun = *one.batch.status == Stage::Scheduled;
    let back = frame::at(team.id(), &format!("/bulk/{}", one.batch.id));
    match app.dispatch.stop((team.id(), team.who.person.id), which.batch).await {
        Ok(()) if never_begun => Ok(Redirect::to(&frame::at(team.id(), "/bulk?done=cancelled"))),
        Ok(()) => Ok(Redirect::to(&format!("{back}?done=stopped"))),
        // It was stopped, or has left, between the question and the answer: the page says so.
        Err(Refusal::Cancelled | Refusal::Begun) => Ok(Redirect::to(&back)),
        Err(Refusal::Missing) => Err(PageError::Missing),
        Err(Refusal::Store(error)) => Err(error.into()),
    }
}

impl AskToCancel {
    fn language(&self) -> Language {
        self.shell.language
    }
}
