//! The letters by which people learn what staff changed, in both languages.

use accounts::{letter::To, membership, person, service};
use db::Transaction;
use kernel::{Language, Letter};
use ui::Account;
use web::PageError;

use crate::{app::App, frame, words::Texts};

/// Tells everybody on a team what was changed about their service, and why.
pub async fn team(
    app: &App,
    tx: &Transaction,
    service: &service::Model,
    change: impl Fn(Texts) -> String,
    reason: &str,
) -> Result<(), PageError> {
    let gone = service.is_archived();
    let page =
        if gone { Account::SERVICES.to_owned() } else { frame::at(service.id, "/templates") };
    let link = app.accounts.url(&page);
    for reader in membership::people(tx, service.id).await? {
        let letter = with_change("service-changed", &reader, &change, reason);
        let letter = letter.with("service", &service.name).with("link", &link);
        app.accounts.post.hand(tx, letter).await?;
    }
    Ok(())
}

/// Tells somebody what was changed about their account, and why.
pub async fn person(
    app: &App,
    tx: &Transaction,
    reader: &person::Model,
    change: impl Fn(Texts) -> String,
    reason: &str,
) -> Result<(), PageError> {
    let letter = with_change("account-by-staff", reader, &change, reason);
    Ok(app.accounts.post.hand(tx, letter.with("name", &reader.name)).await?)
}

fn with_change(
    name: &'static str,
    reader: &person::Model,
    change: &impl Fn(Texts) -> String,
    reason: &str,
) -> Letter {
    let to = To::person(reader);
    Letter::new(name, to.address, to.language)
        .with("change en", change(Texts(Language::English)))
        .with("change fr", change(Texts(Language::French)))
        .with("reason", reason)
}
