//! The links of letters that prove an address. Opening one changes nothing, because mail scanners open links too; the
//! button on its page does.

use accounts::{
    Accounts, gate,
    link::{self, Purpose},
    person, session,
    sign_in::{self, How},
};
use askama::Template;
use audit::{Actor, Stamp};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use ui::{Account, Shell};
use web::{At, Form, PageError, Reader, Routes, page};

use crate::{
    app::{App, with_cookie},
    sent::confirmation,
    words::Texts,
};

pub fn routes() -> Routes<App> {
    Routes::default()
        .get("/confirm/{token}", show)
        .post("/confirm/{token}", save)
        .post("/confirm/{token}/again", again)
}

/// Nothing but the proof.
#[derive(Deserialize)]
pub struct Nothing {}

/// One button under an explanation.
#[derive(Template)]
#[template(path = "one_button.html")]
pub struct OneButton {
    pub shell: Shell,
    pub body: String,
    pub action: String,
    pub button: String,
}

async fn show(
    State(app): State<App>,
    At(token): At<String>,
    reader: Reader,
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let link = find(&app.accounts, &token).await?;
    if !link.works(app.accounts.clock.now()) {
        return over(&app, &reader, &token);
    }
    let page = OneButton {
        shell: app.public(&reader, t.confirm_title()),
        body: t.confirm_body(&link.email_address),
        action: format!("/confirm/{token}"),
        button: t.confirm_button(),
    };
    Ok(page::show(&page)?.into_response())
}

/// Confirms the address and signs its owner in: the link shows that the mailbox is theirs.
async fn save(
    State(app): State<App>,
    At(token): At<String>,
    reader: Reader,
    headers: HeaderMap,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, PageError> {
    let accounts = &app.accounts;
    let now = accounts.clock.now();
    let link = find(accounts, &token).await?;
    let tx = accounts.db.begin().await?;
    if !link::consume(&tx, &link, now).await? {
        return over(&app, &reader, &token);
    }
    let stamp = Stamp { actor: Actor::Person(link.person_id.uuid()), at: now };
    person::confirm(&tx, &stamp, link.person_id).await?;
    let browser = gate::browser(&headers);
    let how = (browser, true);
    let cookie = session::begin(&tx, &accounts.vault, link.person_id, how, now).await?;
    sign_in::note(&tx, &stamp, link.person_id, (How::Link, browser)).await?;
    tx.commit().await?;
    let mut answer = Redirect::to(Account::SERVICES).into_response();
    with_cookie(answer.headers_mut(), &accounts.cookie(&cookie))?;
    Ok(answer)
}

/// Sends a new link in place of one that is over.
async fn again(
    State(app): State<App>,
    At(token): At<String>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, PageError> {
    let accounts = &app.accounts;
    let link = find(accounts, &token).await?;
    let person = person::find(accounts.db.read(), link.person_id).await?;
    let person = person.ok_or(PageError::Missing)?;
    if person.confirmed_at.is_none() {
        let tx = accounts.db.begin().await?;
        confirmation(accounts, &tx, &person, accounts.clock.now()).await?;
        tx.commit().await?;
    }
    Ok(Redirect::to("/register/sent").into_response())
}

async fn find(accounts: &Accounts, token: &str) -> Result<link::Model, PageError> {
    let link = link::find(accounts.db.read(), Purpose::Confirm, token).await?;
    link.ok_or(PageError::Missing)
}

fn over(app: &App, reader: &Reader, token: &str) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let page = OneButton {
        shell: app.public(reader, t.link_over_title()),
        body: t.link_over_body(),
        action: format!("/confirm/{token}/again"),
        button: t.link_over_again(),
    };
    Ok((StatusCode::GONE, page::show(&page)?).into_response())
}
