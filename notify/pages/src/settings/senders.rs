//! The numbers and names that a service's texts come from: staff give them, the team chooses the usual one.

use accounts::{OnTeam, gate::ManageService};
use askama::Template;
use axum::{
    extract::State,
    response::{Html, Redirect},
};
use kernel::Language;
use notify_store::{SmsSenderId, sms_sender};
use serde::Deserialize;
use ui::{BackLink, Button, ButtonKind, Shell};
use web::{Asked, At, Form, PageError, Reader, page};

use super::{Done, path, reply_to::Nothing};
use crate::{app::App, words::Texts};

/// Which sender of the service.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Which {
    sender: SmsSenderId,
}

#[derive(Template)]
#[template(path = "settings/senders.html")]
struct Senders {
    shell: Shell,
    t: Texts,
    senders: Vec<sms_sender::Model>,
    back: String,
}

impl Senders {
    fn language(&self) -> Language {
        self.shell.language
    }
}

/// `GET /services/{service}/settings/senders`
pub async fn show(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    reader: Reader,
    Asked(done): Asked<Done>,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let senders = sms_sender::list(app.accounts.db.read(), team.id()).await?;
    let mut shell = app.service_page(&reader, &team, t.settings_senders());
    shell.done = (done.done == "saved").then(|| t.settings_done());
    page::show(&Senders { shell, t, senders, back: path(team.id()) })
}

/// `POST /services/{service}/settings/senders/{sender}/default`
pub async fn make_default(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    At(which): At<Which>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, PageError> {
    let tx = app.accounts.db.begin().await?;
    match sms_sender::make_default(&tx, &team.stamp(), team.id(), which.sender).await {
        Ok(_) => tx.commit().await?,
        Err(db::Error::Missing) => return Err(PageError::Missing),
        Err(error) => return Err(error.into()),
    }
    Ok(Redirect::to(&format!("{}/senders?done=saved", path(team.id()))))
}
