//! The link of an invitation to a team (admin specification, section B.4). Opening it changes nothing, because mail
//! scanners open links too; the button on its page does.

use accounts::{
    Accounts, Permission, SignedIn, credential, gate,
    invitation::{self, State as Stands},
    password, person, service, session,
    sign_in::{self, How},
};
use askama::Template;
use audit::{Actor, Stamp};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::{Language, Secret};
use serde::Deserialize;
use ui::{Account, Button, ErrorSummary, Errors, PasswordInput, Shell, TextInput};
use web::{At, Form, PageError, Reader, Routes, page};

use crate::{
    app::{App, refused, with_cookie},
    confirm::{Nothing, OneButton},
    register,
    words::Texts,
};

pub fn routes() -> Routes<App> {
    Routes::default()
        .get("/invitation/{token}", show)
        .post("/invitation/{token}", accept)
        .post("/invitation/{token}/account", make_account)
}

/// An invitation with what its pages say about it.
struct Invited {
    invitation: invitation::Model,
    service: service::Model,
    inviter: String,
    /// The account of the invited address, if there is one that its owner has confirmed.
    person: Option<person::Model>,
}

async fn find(accounts: &Accounts, token: &str) -> Result<Invited, PageError> {
    let db = accounts.db.read();
    let invitation = invitation::by_token(db, token).await?.ok_or(PageError::Missing)?;
    let service = service::find(db, invitation.service_id).await?;
    let service = service.filter(|service| !service.is_archived()).ok_or(PageError::Missing)?;
    let inviter = person::find(db, invitation.invited_by).await?;
    let person = person::find_by_email(db, &invitation.email_address).await?;
    Ok(Invited {
        inviter: inviter.map(|inviter| inviter.name).unwrap_or_default(),
        person: person.filter(|person| person.confirmed_at.is_some()),
        invitation,
        service,
    })
}

/// Words in place of a button.
#[derive(Template)]
#[template(path = "invitation/explained.html")]
struct Explained {
    shell: Shell,
    body: String,
    link: Option<ui::Link>,
}

/// What is typed for a new account. The password is never shown again.
#[derive(Clone, Default, Deserialize)]
struct AccountForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
}

#[derive(Template)]
#[template(path = "invitation/account.html")]
struct NewAccount {
    shell: Shell,
    t: Texts,
    body: String,
    address: String,
    name: String,
    errors: Errors,
    action: String,
}

/// `GET /invitation/{token}`
async fn show(
    State(app): State<App>,
    At(token): At<String>,
    who: Option<SignedIn>,
    reader: Reader,
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let invited = find(&app.accounts, &token).await?;
    if let Some(page) = hindered(&app, &reader, &invited, who.as_ref())? {
        return Ok(page);
    }
    let Some(who) = who else {
        if invited.person.is_some() {
            return Err(PageError::SignIn(format!("/invitation/{token}")));
        }
        let form =
            AccountForm { name: guess(&invited.invitation.email_address), ..Default::default() };
        return Ok(ask(&app, &reader, &token, (&invited, form, Errors::default()))?.into_response());
    };
    let page = OneButton {
        shell: app.page(&reader, &who, t.invited_title(&invited.service.name)),
        body: t.invited_body(&invited.inviter),
        action: format!("/invitation/{token}"),
        button: t.invited_accept(),
    };
    Ok(page::show(&page)?.into_response())
}

/// The page for an invitation that this reader cannot accept, with the reason.
fn hindered(
    app: &App,
    reader: &Reader,
    invited: &Invited,
    who: Option<&SignedIn>,
) -> Result<Option<Response>, PageError> {
    let t = Texts(reader.language);
    let state = invited.invitation.state(app.accounts.clock.now());
    let stranger = who.filter(|who| who.person.email_address != invited.invitation.email_address);
    let inviter = &invited.inviter;
    let at = format!("{}/{}/team", Account::SERVICES, invited.service.id);
    let (status, body, link) = match (state, stranger) {
        (Stands::Cancelled, _) => (StatusCode::GONE, t.invited_cancelled(inviter), None),
        (Stands::Expired, _) => (StatusCode::GONE, t.invited_expired(inviter), None),
        (Stands::Accepted, None) => {
            (StatusCode::GONE, t.invited_accepted(), Some(ui::Link::new(at, t.invited_go())))
        }
        (Stands::Accepted, Some(_)) => (StatusCode::GONE, t.invited_accepted(), None),
        (Stands::Open, Some(who)) => {
            (StatusCode::FORBIDDEN, t.invited_other(&who.person.email_address), None)
        }
        (Stands::Open, None) => return Ok(None),
    };
    let title = t.invited_title(&invited.service.name);
    let shell = match who {
        Some(who) => app.page(reader, who, title),
        None => app.public(reader, title),
    };
    let page = page::show(&Explained { shell, body, link })?;
    Ok(Some((status, page).into_response()))
}

fn ask(
    app: &App,
    reader: &Reader,
    token: &str,
    (invited, form, errors): (&Invited, AccountForm, Errors),
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let shell = app.public(reader, t.invited_title(&invited.service.name));
    page::show(&NewAccount {
        shell: refused(shell, &errors),
        t,
        body: t.invited_body(&invited.inviter),
        address: invited.invitation.email_address.clone(),
        name: form.name,
        errors,
        action: format!("/invitation/{token}/account"),
    })
}

/// A name out of an address such as `first.last@…`; nothing for others.
fn guess(address: &str) -> String {
    let local = address.split('@').next().unwrap_or_default();
    let parts: Vec<&str> = local.split('.').collect();
    if parts.len() < 2 || !local.chars().all(|c| c.is_alphabetic() || c == '.' || c == '-') {
        return String::new();
    }
    let capital = |part: &str| {
        let mut letters = part.chars();
        let first = letters.next().map(|first| first.to_uppercase().to_string());
        format!("{}{}", first.unwrap_or_default(), letters.as_str())
    };
    parts.into_iter().map(capital).collect::<Vec<_>>().join(" ")
}

/// `POST /invitation/{token}`: the invited person, signed in, joins the team.
async fn accept(
    State(app): State<App>,
    At(token): At<String>,
    who: SignedIn,
    reader: Reader,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, PageError> {
    let accounts = &app.accounts;
    let invited = find(accounts, &token).await?;
    if let Some(page) = hindered(&app, &reader, &invited, Some(&who))? {
        return Ok(page);
    }
    let tx = accounts.db.begin().await?;
    if invitation::accept(&tx, &who.stamp(), &invited.invitation, who.person.id).await? {
        tx.commit().await?;
    }
    Ok(Redirect::to(&first_page(&invited)).into_response())
}

/// Where a new member begins: the dashboard for those who may see it, else the team.
fn first_page(invited: &Invited) -> String {
    let dashboard = invited.invitation.permissions.0.has(Permission::ViewActivity);
    let rest = if dashboard { "" } else { "/team" };
    format!("{}/{}{rest}", Account::SERVICES, invited.service.id)
}

/// `POST /invitation/{token}/account`: makes the account of the invited address, which the link has confirmed, signs in
/// and joins the team, all or nothing.
async fn make_account(
    State(app): State<App>,
    At(token): At<String>,
    who: Option<SignedIn>,
    reader: Reader,
    headers: HeaderMap,
    Form(typed): Form<AccountForm>,
) -> Result<Response, PageError> {
    let invited = find(&app.accounts, &token).await?;
    if let Some(page) = hindered(&app, &reader, &invited, who.as_ref())? {
        return Ok(page);
    }
    if who.is_some() || invited.person.is_some() {
        return Ok(Redirect::to(&format!("/invitation/{token}")).into_response());
    }
    let t = Texts(reader.language);
    let mut errors = Errors::default();
    let name = register::name(t, &typed.name, &mut errors);
    let known = [name.as_str(), invited.invitation.email_address.as_str()];
    register::check_password(t, &typed.password, &known, &mut errors);
    if !errors.is_empty() {
        let page = ask(&app, &reader, &token, (&invited, typed, errors))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let hash = password::hash(Secret::new(typed.password)).await?;
    let browser = gate::browser(&headers);
    let cookie = join(&app.accounts, &invited, (name, reader.language), (hash, browser)).await?;
    let Some(cookie) = cookie else {
        return Ok(Redirect::to(&format!("/invitation/{token}")).into_response());
    };
    let mut answer = Redirect::to(&first_page(&invited)).into_response();
    with_cookie(answer.headers_mut(), &app.accounts.cookie(&cookie))?;
    Ok(answer)
}

/// The session of the new member; none when the invitation was taken or cancelled meanwhile. An account that was
/// registered and never confirmed is taken over: only the owner of the mailbox has this link.
async fn join(
    accounts: &Accounts,
    invited: &Invited,
    (name, language): (String, Language),
    (hash, browser): (String, &str),
) -> Result<Option<String>, PageError> {
    let now = accounts.clock.now();
    let email_address = invited.invitation.email_address.clone();
    let details = person::Details { name, email_address, mobile_number: None, language };
    let tx = accounts.db.begin().await?;
    let unseen = Stamp { actor: Actor::System, at: now };
    let person = match person::find_by_email(&tx, &details.email_address).await? {
        Some(known) if known.confirmed_at.is_some() || known.blocked_at.is_some() => {
            return Ok(None);
        }
        Some(known) => person::change(&tx, &unseen, known.id, &details).await?,
        None => person::create(&tx, &unseen, &details).await?,
    };
    let stamp = Stamp { actor: Actor::Person(person.id.uuid()), at: now };
    credential::set_password(&tx, &stamp, person.id, hash).await?;
    person::confirm(&tx, &stamp, person.id).await?;
    session::end_others(&tx, person.id, None).await?;
    if !invitation::accept(&tx, &stamp, &invited.invitation, person.id).await? {
        return Ok(None);
    }
    let how = (browser, true);
    let cookie = session::begin(&tx, &accounts.vault, person.id, how, now).await?;
    sign_in::note(&tx, &stamp, person.id, (How::Link, browser)).await?;
    tx.commit().await?;
    Ok(Some(cookie))
}

impl NewAccount {
    fn language(&self) -> Language {
        self.shell.language
    }
}
