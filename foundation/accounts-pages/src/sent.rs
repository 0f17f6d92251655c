//! Links that are sent by letter: how many an hour, and the page that says that one is on its way.

use accounts::{
    Accounts, letter,
    link::{self, Purpose},
    person,
};
use askama::Template;
use axum::response::Html;
use chrono::TimeDelta;
use kernel::Time;
use ui::Shell;
use web::{PageError, page};

use crate::mail;

/// At most so many links are sent to one account in an hour.
const AN_HOUR: u64 = 5;

/// Whether another link may be sent to this account, so that nobody's inbox is flooded.
pub async fn may_send(
    tx: &db::Transaction,
    person: &person::Model,
    now: Time,
) -> Result<bool, PageError> {
    Ok(link::recent(tx, person.id, now - TimeDelta::hours(1)).await? < AN_HOUR)
}

/// The address of a new link of this purpose, to be sent to `address`.
pub async fn link(
    accounts: &Accounts,
    tx: &db::Transaction,
    purpose: Purpose,
    (person, address): (&person::Model, &str),
    now: Time,
) -> Result<String, PageError> {
    let token = link::issue(tx, &accounts.vault, purpose, (person.id, address), now).await?;
    let page = match purpose {
        Purpose::Confirm => "/confirm",
        Purpose::Reset => "/new-password",
        Purpose::Change => "/new-address",
        Purpose::Keep => "/keep-address",
    };
    Ok(accounts.url(&format!("{page}/{token}")))
}

/// The address of a link with which the owner of an account sets a new password.
pub async fn reset_link(
    accounts: &Accounts,
    tx: &db::Transaction,
    person: &person::Model,
    now: Time,
) -> Result<String, PageError> {
    link(accounts, tx, Purpose::Reset, (person, &person.email_address), now).await
}

/// Sends the link that confirms an address, unless many were sent within the hour.
pub async fn confirmation(
    accounts: &Accounts,
    tx: &db::Transaction,
    person: &person::Model,
    now: Time,
) -> Result<(), PageError> {
    if !may_send(tx, person, now).await? {
        return Ok(());
    }
    let whom = (person, person.email_address.as_str());
    let link = link(accounts, tx, Purpose::Confirm, whom, now).await?;
    mail::post(accounts, tx, letter::confirm_address(&letter::To::person(person), link)).await
}

/// The page after a link was sent, or not: it does not tell.
#[derive(Template)]
#[template(path = "sent.html")]
pub struct Sent {
    pub shell: Shell,
    pub body: String,
    pub advice: String,
    pub again: String,
    pub again_path: &'static str,
}

impl Sent {
    /// The page.
    pub fn show(&self) -> Result<Html<String>, PageError> {
        page::show(self)
    }
}
