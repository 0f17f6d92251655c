//! The file of a report, for whoever asked for it, as long as it is kept.

use accounts::{OnTeam, gate::ViewActivity};
use axum::{
    body::{Body, Bytes},
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use futures::{StreamExt, stream};
use notify::report::State as Stage;
use notify_store::{
    ReportId,
    report::{self, Model},
};
use serde::Deserialize;
use web::{At, PageError};

use crate::app::App;

/// Which report of the service.
#[derive(Clone, Copy, Deserialize)]
pub(super) struct Which {
    report: ReportId,
}

/// `GET …/reports/{report}/download`; to everybody but the one who asked for it, it is not there.
pub(super) async fn download(
    State(app): State<App>,
    team: OnTeam<ViewActivity>,
    At(which): At<Which>,
) -> Result<Response, PageError> {
    let found = report::find(app.accounts.db.read(), team.id(), which.report).await?;
    let own = team.stamp().actor.to_string();
    let row = found.filter(|row| row.requested_by == own).ok_or(PageError::Missing)?;
    if *row.status != Stage::Ready || row.is_expired(team.who.now) {
        return Err(PageError::Missing);
    }
    let day = row.requested_at.date_naive();
    let name = format!("attachment; filename=\"report-{}-{day}.csv\"", *row.kind);
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, file(&app, &row).await?).into_response())
}

/// The file, one piece in memory at a time. The first is read before the answer begins, so that a file that cannot be
/// read is told by a page; when a later one cannot, the connection breaks off.
async fn file(app: &App, row: &Model) -> Result<Body, PageError> {
    let first = piece(app, row.id, 0).await?;
    let (app, id, pieces) = (app.clone(), row.id, row.pieces);
    let rest = stream::unfold(1, move |place| {
        let app = app.clone();
        async move {
            if place >= pieces {
                return None;
            }
            let read = piece(&app, id, place).await.map_err(std::io::Error::other);
            Some((read, place + 1))
        }
    });
    Ok(Body::from_stream(stream::iter([Ok(first)]).chain(rest)))
}

/// A piece of a report's file could not be read.
#[derive(Debug, thiserror::Error)]
enum Unread {
    #[error("piece {0} of the file is not there")]
    Gone(i32),
    #[error(transparent)]
    Store(#[from] db::Error),
    #[error(transparent)]
    Vault(#[from] kernel::vault::VaultError),
}

async fn piece(app: &App, id: ReportId, place: i32) -> Result<Bytes, Unread> {
    let (db, vault) = (app.accounts.db.read(), &app.accounts.vault);
    let read = report::read(db, vault, id, place).await?.ok_or(Unread::Gone(place))?;
    Ok(Bytes::from(read?))
}
