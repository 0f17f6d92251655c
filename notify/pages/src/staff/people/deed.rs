//! Blocking, unblocking, signing out, a link for a new password, the end of an account: one question with a reason each.

use accounts::{
    PersonId, SignedIn, Staff,
    credential::attempt,
    letter::{self, To},
    link::{self, Purpose},
    membership::{self, Rule},
    person::{self, Deed, Model},
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use db::Transaction;
use ui::Errors;
use web::{At, Form, PageError, Reader};

use super::path;
use crate::{
    app::App,
    staff::{
        question::{self, Asked},
        reason::ReasonForm,
        tell,
    },
    words::Texts,
};

/// What the button and the link to it say.
pub(super) fn name(t: Texts, deed: Deed) -> String {
    match deed {
        Deed::Block => t.staff_person_block(),
        Deed::Unblock => t.staff_person_unblock(),
        Deed::SendPassword => t.staff_person_password(),
        Deed::EndSessions => t.staff_person_end(),
        Deed::Archive => t.staff_person_archive(),
    }
}

/// What follows from it, said before.
fn effect(t: Texts, deed: Deed) -> String {
    match deed {
        Deed::Block => t.staff_person_block_effect(),
        Deed::Unblock => t.staff_person_unblock_effect(),
        Deed::SendPassword => t.staff_person_password_effect(),
        Deed::EndSessions => t.staff_person_end_effect(),
        Deed::Archive => t.staff_person_archive_effect(),
    }
}

/// What they read about it.
fn told(t: Texts, deed: Deed) -> String {
    match deed {
        Deed::Block => t.staff_told_block(),
        Deed::Unblock => t.staff_told_unblock(),
        Deed::SendPassword => t.staff_told_password(),
        Deed::EndSessions => t.staff_told_end(),
        Deed::Archive => t.staff_told_person_archive(),
    }
}

/// The person and the deed of an address. Nobody does this to themselves.
async fn find(
    app: &App,
    who: &SignedIn,
    (id, deed): (PersonId, &str),
) -> Result<(Model, Deed), PageError> {
    let deed: Deed = deed.parse().map_err(|_| PageError::Missing)?;
    let person = person::find(app.accounts.db.read(), id).await?.ok_or(PageError::Missing)?;
    if person.id == who.person.id {
        return Err(PageError::Forbidden);
    }
    Ok((person, deed))
}

/// `GET /staff/people/{person}/deeds/{deed}`
pub async fn ask(
    State(app): State<App>,
    Staff(who): Staff,
    reader: Reader,
    At((id, deed)): At<(PersonId, String)>,
) -> Result<Response, PageError> {
    let (person, deed) = find(&app, &who, (id, &deed)).await?;
    if !deed.applies(&person) {
        return Ok(Redirect::to(&path(id)).into_response());
    }
    let asked = asked(Texts(reader.language), (&person, deed));
    question::show(&app, &who, &reader, asked, Default::default())
}

fn asked(t: Texts, (person, deed): (&Model, Deed)) -> Asked {
    Asked {
        deed: name(t, deed),
        about: format!("{} ({})", person.name, person.email_address),
        effect: effect(t, deed),
        is_final: deed == Deed::Archive,
        action: format!("{}/deeds/{deed}", path(person.id)),
        back: path(person.id),
    }
}

/// `POST /staff/people/{person}/deeds/{deed}`
pub async fn perform(
    State(app): State<App>,
    Staff(who): Staff,
    reader: Reader,
    At((id, deed)): At<(PersonId, String)>,
    Form(typed): Form<ReasonForm>,
) -> Result<Response, PageError> {
    let (person, deed) = find(&app, &who, (id, &deed)).await?;
    if !deed.applies(&person) {
        return Ok(Redirect::to(&path(id)).into_response());
    }
    let t = Texts(reader.language);
    let tx = app.accounts.db.begin().await?;
    let mut errors = Errors::new();
    let reason = typed.read(t).unwrap_or_else(|wrong| {
        errors = wrong;
        String::new()
    });
    if deed == Deed::Archive
        && let Some(needs) = needed_by(&tx, id).await?
    {
        errors.add("", t.staff_person_needed(needs));
    }
    if !errors.is_empty() {
        drop(tx);
        let asked = asked(t, (&person, deed));
        return question::show(&app, &who, &reader, asked, (typed.reason, errors));
    }
    person::perform(&tx, &who.stamp(), id, (deed, &reason)).await?;
    if deed == Deed::Unblock {
        attempt::forget(&tx, &app.accounts.vault, &person.email_address).await?;
    }
    if deed == Deed::SendPassword {
        send_link(&app, &tx, &who, &person).await?;
    }
    if person.confirmed_at.is_some() {
        tell::person(&app, &tx, &person, |t| told(t, deed), &reason).await?;
    }
    tx.commit().await?;
    Ok(Redirect::to(&format!("{}?done=saved", path(id))).into_response())
}

/// A live service that would be left without a manager or with a single member.
async fn needed_by(tx: &Transaction, person: PersonId) -> Result<Option<String>, PageError> {
    for service in membership::services(tx, person).await? {
        if service.trial {
            continue;
        }
        match membership::breaks(tx, (service.id, person), None).await? {
            Some(Rule::Manager | Rule::Two) => return Ok(Some(service.name)),
            None => {}
        }
    }
    Ok(None)
}

async fn send_link(
    app: &App,
    tx: &Transaction,
    who: &SignedIn,
    person: &Model,
) -> Result<(), PageError> {
    let accounts = &app.accounts;
    let whom = (person.id, person.email_address.as_str());
    let token = link::issue(tx, &accounts.vault, Purpose::Reset, whom, who.now).await?;
    let link = accounts.url(&format!("/new-password/{token}"));
    Ok(accounts.post.hand(tx, letter::reset_password(&To::person(person), link)).await?)
}
