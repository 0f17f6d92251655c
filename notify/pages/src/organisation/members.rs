//! Who belongs to an organisation, who is invited, and the end of either.

use accounts::{
    OfOrganisation, PersonId, domain, invitation as invitations,
    letter::To,
    organisation::{
        invitation::{self, OrganisationInvitationId},
        member,
    },
    person,
};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use db::Transaction;
use kernel::{EmailAddress, Language, Letter};
use serde::Deserialize;
use ui::{
    BackLink, Button, ButtonKind, Cell, ErrorSummary, Errors, InputKind, Link, Rendered, Shell,
    Table, Tag, TextInput, Tone,
};
use web::{Asked, At, Form, PageError, Reader, Routes, page};

use super::{members_path, path};
use crate::{app::App, words::Texts};

/// The list with the form that invites, and the ways out.
pub fn routes() -> Routes<App> {
    let members = "/organisations/{organisation}/members";
    let (remove, cancel) = (
        format!("{members}/{{person}}/remove"),
        format!("{members}/invitations/{{invitation}}/cancel"),
    );
    Routes::default()
        .get(members, show)
        .post(members, invite)
        .get(&remove, ask)
        .post(&remove, take_out)
        .post(&cancel, cancel_invitation)
}

/// What was just done.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct InviteForm {
    #[serde(default)]
    email_address: String,
}

#[derive(Template)]
#[template(path = "organisation/members.html")]
struct Members {
    shell: Shell,
    t: Texts,
    members: Table,
    invitations: Table,
    address: String,
    errors: Errors,
    action: String,
    back: String,
}

impl Members {
    fn language(&self) -> Language {
        self.shell.language
    }
}

/// `GET /organisations/{organisation}/members`
pub async fn show(
    State(app): State<App>,
    of: OfOrganisation,
    reader: Reader,
    Asked(done): Asked<Done>,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let mut view = view(&app, &of, &reader, Default::default()).await?;
    view.shell.done = match done.done.as_str() {
        "invited" => Some(t.organisation_done_invited()),
        "cancelled" => Some(t.organisation_done_cancelled()),
        "removed" => Some(t.organisation_done_removed()),
        _ => None,
    };
    page::show(&view)
}

async fn view(
    app: &App,
    of: &OfOrganisation,
    reader: &Reader,
    (address, errors): (String, Errors),
) -> Result<Members, PageError> {
    let (db, t) = (app.accounts.db.read(), Texts(reader.language));
    let shell = app.page(reader, &of.who, t.organisation_members_of(&of.organisation.name));
    let members = member::list(db, of.id()).await?;
    let open = invitation::open(db, of.id()).await?;
    Ok(Members {
        shell: if errors.is_empty() { shell } else { shell.failed() },
        t,
        members: listed(t, of, &members),
        invitations: invited(t, of, &open),
        address,
        errors,
        action: members_path(of.id()),
        back: path(of.id()),
    })
}

fn listed(t: Texts, of: &OfOrganisation, members: &[person::Model]) -> Table {
    let row = |one: &person::Model| {
        let remove = format!("{}/{}/remove", members_path(of.id()), one.id);
        let name = match one.id == of.who.person.id {
            true => t.organisation_you(&one.name),
            false => one.name.clone(),
        };
        vec![
            Cell::Text(name),
            Cell::Text(one.email_address.clone()),
            Cell::Link(Link::new(remove, t.organisation_remove_one(&one.name))),
        ]
    };
    Table {
        caption: t.organisation_members(),
        head: vec![t.organisation_person(), t.organisation_address(), t.organisation_do()],
        rows: members.iter().map(row).collect(),
        empty: Some(t.organisation_members_none()),
        ..Table::default()
    }
}

fn invited(t: Texts, of: &OfOrganisation, open: &[invitation::Model]) -> Table {
    let row = |one: &invitation::Model| {
        let state = match one.state(of.who.now) {
            invitations::State::Open => Tag::new(t.organisation_open(), Tone::Accent),
            _ => Tag::new(t.organisation_expired(), Tone::Warning),
        };
        let cancel = Button {
            text: t.organisation_cancel(),
            kind: ButtonKind::Link,
            about: Some(one.email_address.clone()),
            action: Some(format!("{}/invitations/{}/cancel", members_path(of.id()), one.id)),
            ..Button::default()
        };
        vec![
            Cell::Text(one.email_address.clone()),
            state.into(),
            Cell::Rendered(Rendered::of(&cancel)),
        ]
    };
    Table {
        caption: t.organisation_invitations(),
        head: vec![t.organisation_address(), t.organisation_state(), t.organisation_do()],
        rows: open.iter().map(row).collect(),
        ..Table::default()
    }
}

/// `POST /organisations/{organisation}/members`: sends a link, anew to somebody who has one already.
pub async fn invite(
    State(app): State<App>,
    of: OfOrganisation,
    reader: Reader,
    Form(typed): Form<InviteForm>,
) -> Result<Response, PageError> {
    let accounts = &app.accounts;
    let address = match wanted(&app, &of, Texts(reader.language), &typed.email_address).await? {
        Ok(address) => address,
        Err(errors) => {
            let view = view(&app, &of, &reader, (typed.email_address, errors)).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&view)?).into_response());
        }
    };
    let tx = accounts.db.begin().await?;
    let whom = (address.as_str(), of.who.person.id);
    let token = invitation::invite(&tx, &accounts.vault, &of.who.stamp(), of.id(), whom).await?;
    send(&app, &tx, &of, (&address, reader.language, &token)).await?;
    tx.commit().await?;
    Ok(Redirect::to(&format!("{}?done=invited", members_path(of.id()))).into_response())
}

/// The address to invite: a government's, of somebody who is no member.
async fn wanted(
    app: &App,
    of: &OfOrganisation,
    t: Texts,
    typed: &str,
) -> Result<Result<String, Errors>, PageError> {
    let (db, field) = (app.accounts.db.read(), "email_address");
    let Ok(address) = EmailAddress::parse(typed.trim()) else {
        return Ok(Err(Errors::one(field, t.organisation_address_wrong())));
    };
    let address = address.to_string().to_lowercase();
    let domains = &app.accounts.settings.government_domains;
    let members = member::list(db, of.id()).await?;
    let open = invitation::open(db, of.id()).await?;
    let wrong = if !domain::is_government(db, domains, &address).await? {
        Some(t.organisation_address_outside())
    } else if members.iter().any(|one| one.email_address == address) {
        Some(t.organisation_address_known())
    } else if members.len() + open.len() >= member::MOST {
        Some(t.organisation_full(member::MOST))
    } else {
        None
    };
    Ok(wrong.map_or(Ok(address), |wrong| Err(Errors::one(field, wrong))))
}

/// In the language of the invited person, or in the inviter's for somebody unknown.
async fn send(
    app: &App,
    tx: &Transaction,
    of: &OfOrganisation,
    (address, language, token): (&str, Language, &str),
) -> Result<(), PageError> {
    let known = person::find_by_email(tx, address).await?;
    let language = known.map_or(language, |known| known.language.0);
    let to = To { name: address, address, language };
    let letter = Letter::new("organisation-invitation", to.address, to.language)
        .with("inviter", &of.who.person.name)
        .with("organisation", &of.organisation.name)
        .with("link", app.accounts.url(&format!("/organisation-invitation/{token}")));
    Ok(app.accounts.post.hand(tx, letter).await?)
}

/// `POST …/members/invitations/{invitation}/cancel`: its link stops working.
pub async fn cancel_invitation(
    State(app): State<App>,
    of: OfOrganisation,
    At((_, id)): At<(String, OrganisationInvitationId)>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, PageError> {
    let tx = app.accounts.db.begin().await?;
    let done = invitation::cancel(&tx, &of.who.stamp(), of.id(), id).await?;
    tx.commit().await?;
    let said = if done { "?done=cancelled" } else { "" };
    Ok(Redirect::to(&format!("{}{said}", members_path(of.id()))))
}

/// Nothing is typed.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Nothing {}

#[derive(Template)]
#[template(path = "organisation/remove.html")]
struct Remove {
    shell: Shell,
    t: Texts,
    action: String,
    back: String,
}

impl Remove {
    fn language(&self) -> Language {
        self.shell.language
    }
}

async fn one(app: &App, of: &OfOrganisation, id: PersonId) -> Result<person::Model, PageError> {
    let members = member::list(app.accounts.db.read(), of.id()).await?;
    members.into_iter().find(|one| one.id == id).ok_or(PageError::Missing)
}

/// `GET …/members/{person}/remove`
pub async fn ask(
    State(app): State<App>,
    of: OfOrganisation,
    reader: Reader,
    At((_, id)): At<(String, PersonId)>,
) -> Result<Html<String>, PageError> {
    let (person, t) = (one(&app, &of, id).await?, Texts(reader.language));
    page::show(&Remove {
        shell: app.page(&reader, &of.who, t.organisation_remove_title(&person.name)),
        t,
        action: format!("{}/{id}/remove", members_path(of.id())),
        back: members_path(of.id()),
    })
}

/// `POST …/members/{person}/remove`
pub async fn take_out(
    State(app): State<App>,
    of: OfOrganisation,
    At((_, id)): At<(String, PersonId)>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, PageError> {
    let person = one(&app, &of, id).await?;
    let tx = app.accounts.db.begin().await?;
    member::remove(&tx, &of.who.stamp(), of.id(), person.id).await?;
    tx.commit().await?;
    // Who took themselves out no longer sees the list.
    let own = person.id == of.who.person.id && !of.who.person.staff;
    let members = format!("{}?done=removed", members_path(of.id()));
    Ok(Redirect::to(if own { ui::Account::SERVICES } else { &members }))
}
