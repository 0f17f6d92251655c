//! Says when a bulk send has moved, so that its page asks again only then.

use std::{convert::Infallible, time::Duration};

use accounts::{OnTeam, ServiceId, gate::Member};
use axum::{
    extract::State,
    http::StatusCode,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures::{Stream, stream};
use notify_store::{BatchId, batch};
use serde::Deserialize;
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::{Instant, sleep},
};
use web::{Asked, At, PageError};

use super::{Which, progress::Progress};
use crate::app::App;

/// How many pages of a process are told at once. Others ask now and then by themselves.
const MOST: usize = 64;
/// How often it is looked whether something has moved.
const EVERY: Duration = Duration::from_secs(1);
/// How long one page is told before it has to ask anew, and to show again who it is.
const LONGEST: Duration = Duration::from_secs(4 * 60);

static SEATS: Semaphore = Semaphore::const_new(MOST);

/// What the page shows already: [`Progress::mark`].
#[derive(Clone, Default, Deserialize)]
pub(super) struct Asking {
    #[serde(default)]
    seen: String,
}

/// What one page is told.
struct Watch {
    app: App,
    service: ServiceId,
    batch: BatchId,
    seen: String,
    until: Instant,
    ended: bool,
    _seat: SemaphorePermit<'static>,
}

/// `GET …/bulk/{batch}/events`: `changed` whenever the numbers have, `end` once nothing more will happen. When no
/// seat is free the answer has no content, after which a browser does not ask for events again.
pub(super) async fn events(
    State(app): State<App>,
    team: OnTeam<Member>,
    At(which): At<Which>,
    Asked(asking): Asked<Asking>,
) -> Result<Response, PageError> {
    which.found(&app, &team).await?;
    let Ok(seat) = SEATS.try_acquire() else {
        return Ok(StatusCode::NO_CONTENT.into_response());
    };
    let watch = Watch {
        app,
        service: team.id(),
        batch: which.batch,
        seen: asking.seen,
        until: Instant::now() + LONGEST,
        ended: false,
        _seat: seat,
    };
    Ok(Sse::new(watch.told()).keep_alive(KeepAlive::default()).into_response())
}

impl Watch {
    fn told(self) -> impl Stream<Item = Result<Event, Infallible>> {
        stream::unfold(self, |mut watch| async move {
            let event = watch.next().await?;
            Some((Ok(event), watch))
        })
    }

    /// The next thing to tell; none when the time is up or the end was told.
    async fn next(&mut self) -> Option<Event> {
        while !self.ended && Instant::now() < self.until {
            let found = batch::show(self.app.accounts.db.read(), self.service, self.batch).await;
            let now = found.ok()?.as_ref().map(Progress::of);
            let Some(now) = now.filter(|now| !now.is_over()) else {
                self.ended = true;
                return Some(Event::default().event("end").data("end"));
            };
            let mark = now.mark();
            if mark != self.seen {
                self.seen = mark;
                return Some(Event::default().data("changed"));
            }
            sleep(EVERY).await;
        }
        None
    }
}
