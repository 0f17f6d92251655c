//! Another address for an account: asked for with the password, confirmed from the new mailbox, and for three days to be
//! taken back from the old one.

use accounts::{
    Accounts, SignedIn,
    credential::{self, attempt},
    domain, letter,
    link::{self, Purpose},
    passkey, person, session, sign_in_code,
};
use askama::Template;
use audit::{Actor, Stamp};
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::{EmailAddress, Language};
use serde::Deserialize;
use ui::{BackLink, Button, ErrorSummary, Errors, InputKind, Shell, TextInput};
use web::{At, Form, PageError, Reader, Routes, page};

use super::proof::Proven;
use crate::{
    app::{App, refused},
    confirm::{Nothing, OneButton},
    mail, register,
    sent::{self, Sent},
    words::Texts,
};

const ADDRESS: &str = "/profile/address";

pub fn routes() -> Routes<App> {
    Routes::default()
        .get(ADDRESS, edit)
        .post(ADDRESS, save)
        .get("/profile/address/sent", asked)
        .get("/new-address/{token}", show_new)
        .post("/new-address/{token}", take_new)
        .get("/keep-address/{token}", show_old)
        .post("/keep-address/{token}", keep_old)
}

/// What was typed.
#[derive(Clone, Default, Deserialize)]
struct AddressForm {
    #[serde(default)]
    email_address: String,
}

#[derive(Template)]
#[template(path = "profile/address.html")]
struct NewAddress {
    shell: Shell,
    t: Texts,
    now: String,
    form: AddressForm,
    errors: Errors,
}

/// `GET /profile/address`
async fn edit(
    State(app): State<App>,
    Proven(who): Proven,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    show(&app, &reader, &who, (AddressForm::default(), Errors::default()))
}

fn show(
    app: &App,
    reader: &Reader,
    who: &SignedIn,
    (form, errors): (AddressForm, Errors),
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let shell = refused(app.page(reader, who, t.address_title()), &errors);
    page::show(&NewAddress { shell, t, now: who.person.email_address.clone(), form, errors })
}

/// `POST /profile/address`: the answer does not tell whether the new address has an account.
async fn save(
    State(app): State<App>,
    Proven(who): Proven,
    reader: Reader,
    Form(typed): Form<AddressForm>,
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let mut errors = Errors::default();
    let wanted = check(&app.accounts, t, &who, (&typed.email_address, &mut errors)).await?;
    let Some(wanted) = wanted.filter(|_| errors.is_empty()) else {
        let page = show(&app, &reader, &who, (typed, errors))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    ask(&app.accounts, &who, &wanted).await?;
    Ok(Redirect::to("/profile/address/sent").into_response())
}

/// The new address, if it may be used: somebody with a government's address goes to another one of a government.
async fn check(
    accounts: &Accounts,
    t: Texts,
    who: &SignedIn,
    (typed, errors): (&str, &mut Errors),
) -> Result<Option<String>, PageError> {
    let now = &who.person.email_address;
    let domains = &accounts.settings.government_domains;
    let wanted = if domain::is_government(accounts.db.read(), domains, now).await? {
        register::government_address(accounts, t, typed, errors).await?
    } else {
        let parsed = EmailAddress::parse(typed.trim());
        if parsed.is_err() {
            errors.add("email_address", t.address_invalid());
        }
        parsed.ok()
    };
    let wanted = wanted.map(|address| address.to_string().to_lowercase());
    if wanted.as_ref() == Some(now) {
        errors.add("email_address", t.address_same());
    }
    Ok(wanted)
}

/// Sends the letters: to the new mailbox the link that confirms it, to the old one the link that stops the change.
async fn ask(accounts: &Accounts, who: &SignedIn, wanted: &str) -> Result<(), PageError> {
    let (person, now) = (&who.person, who.now);
    let tx = accounts.db.begin().await?;
    if !sent::may_send(&tx, person, now).await? {
        return Err(PageError::TooMany);
    }
    link::cancel(&tx, Purpose::Change, person.id, now).await?;
    let change = sent::link(accounts, &tx, Purpose::Change, (person, wanted), now).await?;
    let letter = match person::find_by_email(&tx, wanted).await? {
        Some(other) => {
            // Made and counted all the same, so that neither time nor limit tells.
            link::cancel(&tx, Purpose::Change, person.id, now).await?;
            letter::address_in_use(&letter::To::person(&other), accounts.url("/sign-in"))
        }
        None => {
            let to = letter::To { address: wanted, ..letter::To::person(person) };
            letter::confirm_new_address(&to, change)
        }
    };
    mail::post(accounts, &tx, letter).await?;
    warn(accounts, &tx, (person, &who.stamp()), |t| t.address_asked(wanted)).await?;
    tx.commit().await?;
    Ok(())
}

/// Tells the old mailbox, with the link that keeps it.
async fn warn(
    accounts: &Accounts,
    tx: &db::Transaction,
    (person, stamp): (&person::Model, &Stamp),
    change: impl Fn(Texts) -> String,
) -> Result<(), PageError> {
    let whom = (person, person.email_address.as_str());
    let keep = sent::link(accounts, tx, Purpose::Keep, whom, stamp.at).await?;
    let (english, french) = (change(Texts(Language::English)), change(Texts(Language::French)));
    let to = letter::To::person(person);
    mail::post(accounts, tx, letter::keep_address(&to, (&english, &french), keep)).await
}

/// `GET /profile/address/sent`
async fn asked(
    State(app): State<App>,
    who: SignedIn,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let page = Sent {
        shell: app.page(&reader, &who, t.sent_title()),
        body: t.sent_address(),
        advice: t.sent_advice(),
        again: t.sent_again_address(),
        again_path: ADDRESS,
    };
    page.show()
}

/// A link with the account that it is for, while it works.
async fn open(
    accounts: &Accounts,
    purpose: Purpose,
    token: &str,
) -> Result<(link::Model, Option<person::Model>), PageError> {
    let db = accounts.db.read();
    let link = link::find(db, purpose, token).await?.ok_or(PageError::Missing)?;
    let person = person::find(db, link.person_id).await?.ok_or(PageError::Missing)?;
    let works = link.works(accounts.clock.now()) && person.blocked_at.is_none();
    Ok((link, works.then_some(person)))
}

fn over(app: &App, reader: &Reader) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let page = OneLink {
        shell: app.public(reader, t.link_over_title()),
        body: t.address_over(),
        link: ui::Link::new(ADDRESS, t.address_title()),
    };
    Ok((StatusCode::GONE, page::show(&page)?).into_response())
}

/// Words and where to go.
#[derive(Template)]
#[template(path = "one_link.html")]
struct OneLink {
    shell: Shell,
    body: String,
    link: ui::Link,
}

/// `GET /new-address/{token}`
async fn show_new(
    State(app): State<App>,
    At(token): At<String>,
    reader: Reader,
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let (link, Some(_)) = open(&app.accounts, Purpose::Change, &token).await? else {
        return over(&app, &reader);
    };
    let page = OneButton {
        shell: app.public(&reader, t.address_confirm_title()),
        body: t.address_confirm_body(&link.email_address),
        action: format!("/new-address/{token}"),
        button: t.address_confirm_button(),
    };
    Ok(page::show(&page)?.into_response())
}

/// `POST /new-address/{token}`: the account moves, and every session but the one that confirms ends.
async fn take_new(
    State(app): State<App>,
    At(token): At<String>,
    who: Option<SignedIn>,
    reader: Reader,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, PageError> {
    let accounts = &app.accounts;
    let (link, Some(before)) = open(accounts, Purpose::Change, &token).await? else {
        return over(&app, &reader);
    };
    let stamp = Stamp { actor: Actor::Person(before.id.uuid()), at: accounts.clock.now() };
    let tx = accounts.db.begin().await?;
    if !link::consume(&tx, &link, stamp.at).await? {
        return over(&app, &reader);
    }
    let after = match person::move_to(&tx, &stamp, before.id, &link.email_address).await {
        Err(error) if error.is_conflict("uq_person_email_address") => return over(&app, &reader),
        moved => moved?,
    };
    let own = who.filter(|who| who.person.id == before.id);
    session::end_others(&tx, before.id, own.as_ref().map(|who| who.session)).await?;
    let moved = |t: Texts| t.changed_address(&after.email_address);
    warn(accounts, &tx, (&before, &stamp), moved).await?;
    mail::tell(accounts, &tx, &after, moved).await?;
    tx.commit().await?;
    let next = if own.is_some() { "/profile?done=address" } else { "/sign-in?done=address" };
    Ok(Redirect::to(next).into_response())
}

/// `GET /keep-address/{token}`
async fn show_old(
    State(app): State<App>,
    At(token): At<String>,
    reader: Reader,
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let (link, Some(_)) = open(&app.accounts, Purpose::Keep, &token).await? else {
        return over(&app, &reader);
    };
    let page = OneButton {
        shell: app.public(&reader, t.address_keep_title()),
        body: t.address_keep_body(&link.email_address),
        action: format!("/keep-address/{token}"),
        button: t.address_keep_button(),
    };
    Ok(page::show(&page)?.into_response())
}

/// `POST /keep-address/{token}`: the account stays at its old address or comes back to it. Whoever asked for the change
/// knew the password, so nothing that opens the account is left but the mailbox.
async fn keep_old(
    State(app): State<App>,
    At(token): At<String>,
    reader: Reader,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, PageError> {
    let accounts = &app.accounts;
    let (link, Some(person)) = open(accounts, Purpose::Keep, &token).await? else {
        return over(&app, &reader);
    };
    let stamp = Stamp { actor: Actor::Person(person.id.uuid()), at: accounts.clock.now() };
    let tx = accounts.db.begin().await?;
    if !link::consume(&tx, &link, stamp.at).await? {
        return over(&app, &reader);
    }
    let person = match person::move_to(&tx, &stamp, person.id, &link.email_address).await {
        Err(error) if error.is_conflict("uq_person_email_address") => return over(&app, &reader),
        moved => moved?,
    };
    link::cancel(&tx, Purpose::Change, person.id, stamp.at).await?;
    link::cancel(&tx, Purpose::Reset, person.id, stamp.at).await?;
    close_all(accounts, &tx, (&person, &stamp)).await?;
    mail::tell(accounts, &tx, &person, Texts::changed_address_kept).await?;
    let reset = link::issue(
        &tx,
        &accounts.vault,
        Purpose::Reset,
        (person.id, &person.email_address),
        stamp.at,
    );
    let path = format!("/new-password/{}", reset.await?);
    tx.commit().await?;
    Ok(Redirect::to(&path).into_response())
}

/// Takes away every way in but the mailbox, and ends every session.
async fn close_all(
    accounts: &Accounts,
    tx: &db::Transaction,
    (person, stamp): (&person::Model, &Stamp),
) -> Result<(), PageError> {
    credential::clear(tx, stamp, person.id).await?;
    sign_in_code::forget(tx, person.id).await?;
    passkey::forget(tx, person.id).await?;
    attempt::forget(tx, &accounts.vault, &person.email_address).await?;
    session::end_others(tx, person.id, None).await?;
    Ok(())
}

impl NewAddress {
    fn language(&self) -> Language {
        self.shell.language
    }
}
