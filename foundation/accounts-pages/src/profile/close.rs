//! Closing the account: what becomes of each service is said first.

use accounts::{
    closing::{self, Fate},
    letter,
    membership::Rule,
    service,
};
use askama::Template;
use axum::{
    extract::State,
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::Language;
use ui::{Account, BackLink, Button, ButtonKind, Cell, Link, Shell, Table};
use web::{Form, PageError, Reader, Routes, page};

use super::proof::Proven;
use crate::{
    app::{App, with_cookie},
    confirm::Nothing,
    mail, team,
    words::Texts,
};

const CLOSE: &str = "/profile/close";

pub fn routes() -> Routes<App> {
    Routes::default().get(CLOSE, show).post(CLOSE, close)
}

#[derive(Template)]
#[template(path = "profile/close.html")]
struct Close {
    shell: Shell,
    t: Texts,
    services: Table,
    /// Why it cannot be closed yet.
    hindrance: Option<String>,
}

/// `GET /profile/close`
async fn show(
    State(app): State<App>,
    Proven(who): Proven,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let db = app.accounts.db.read();
    let fates = closing::fates(db, who.person.id).await?;
    let needed = fates.iter().any(|(_, fate)| matches!(fate, Fate::Needs(_)));
    let hindrance = match closing::is_last_staff(db, &who.person).await? {
        true => Some(t.close_last_staff()),
        false => needed.then(|| t.close_needed()),
    };
    let shell = app.page(&reader, &who, t.close_title());
    page::show(&Close { shell, t, services: services(t, &fates), hindrance })
}

fn services(t: Texts, fates: &[(service::Model, Fate)]) -> Table {
    let row = |(service, fate): &(service::Model, Fate)| {
        let team = format!("{}/{}/team", Account::SERVICES, service.id);
        let said = match fate {
            Fate::GoesOn => t.close_goes_on(),
            Fate::Ends => t.close_ends(),
            Fate::Needs(Rule::Manager) => t.close_needs_manager(),
            Fate::Needs(Rule::Two) => t.close_needs_two(),
        };
        vec![Cell::Link(Link::new(team, service.name.clone())), Cell::Text(said)]
    };
    Table {
        caption: t.close_services(),
        head: vec![t.close_service(), t.close_what()],
        rows: fates.iter().map(row).collect(),
        ..Table::default()
    }
}

/// `POST /profile/close`
async fn close(
    State(app): State<App>,
    Proven(who): Proven,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, PageError> {
    let accounts = &app.accounts;
    let tx = accounts.db.begin().await?;
    if closing::is_last_staff(&tx, &who.person).await? {
        return Ok(Redirect::to(CLOSE).into_response());
    }
    let to = letter::To::person(&who.person);
    let letter = letter::account_closed(&to, accounts.url("/register"));
    mail::post(accounts, &tx, letter).await?;
    let Some(go_on) = closing::close(&tx, &who.stamp(), &who.person).await? else {
        // The page says which service is in the way.
        return Ok(Redirect::to(CLOSE).into_response());
    };
    for service in &go_on {
        team::tell_managers(&app, &tx, (service, &who.person)).await?;
    }
    tx.commit().await?;
    let mut answer = Redirect::to("/sign-in?done=closed").into_response();
    with_cookie(answer.headers_mut(), &accounts.no_cookie())?;
    Ok(answer)
}

impl Close {
    fn language(&self) -> Language {
        self.shell.language
    }
}
