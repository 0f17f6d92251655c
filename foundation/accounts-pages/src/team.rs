//! A service's team: who is on it, who is invited, and what they may do (admin specification, section L).

mod invite;
mod member;

use accounts::{
    OnTeam, Permission, Permissions, gate::Member, invitation, join_request, letter, membership,
    person, service,
};
use askama::Template;
use axum::{extract::State, response::Html};
use kernel::Language;
use serde::Deserialize;
use ui::{Account, Button, ButtonKind, Cell, Choice, Link, Rendered, Shell, Table, Tag, Tone};
use web::{Asked, PageError, Reader, Routes, page};

use crate::{app::App, mail, words::Texts};

pub fn routes() -> Routes<App> {
    Routes::default()
        .get("/services/{service}/team", list)
        .merge(invite::routes())
        .merge(member::routes())
}

/// Where the team of a service stands, with what follows.
pub fn at(service: &service::Model, rest: &str) -> String {
    format!("{}/{}/team{rest}", Account::SERVICES, service.id)
}

/// What was done before.
#[derive(Deserialize)]
struct Done {
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "team/list.html")]
struct Team {
    shell: Shell,
    t: Texts,
    members: Table,
    /// Without rows when nobody is invited.
    invitations: Table,
    /// Without rows when nobody asks to join, or for those who do not decide.
    requests: Table,
    invite: Option<String>,
    leave: Option<String>,
    /// Where the form of the invitations goes when none of its buttons is pressed: nowhere new.
    here: String,
    /// Whether fewer than two people can change the settings and the team.
    lone: bool,
}

/// `GET /services/{service}/team`
async fn list(
    State(app): State<App>,
    team: OnTeam<Member>,
    reader: Reader,
    Asked(Done { done }): Asked<Done>,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let db = app.accounts.db.read();
    let people = membership::team(db, team.id()).await?;
    let open = invitation::open(db, team.id()).await?;
    let asks = if team.may(Permission::ManageService) {
        join_request::open(db, team.id()).await?
    } else {
        Vec::new()
    };
    let manages = team.may(Permission::ManageService);
    let managers = people.iter().filter(|(_, may)| may.has(Permission::ManageService)).count();
    let mut shell = app.service_page(&reader, &team, t.team_title());
    shell.done = match done.as_deref() {
        Some("invited") => Some(t.team_done_invited()),
        Some("cancelled") => Some(t.team_done_cancelled()),
        Some("permitted") => Some(t.team_done_permitted()),
        Some("removed") => Some(t.team_done_removed()),
        Some("joined") => Some(t.join_done_joined()),
        Some("refused") => Some(t.join_done_refused()),
        _ => None,
    };
    page::show(&Team {
        shell,
        t,
        members: members(t, &team, &people),
        invitations: invitations(t, &team, &open),
        requests: requests(t, &team, &asks),
        invite: manages.then(|| at(&team.service, "/invite")),
        leave: team.member.then(|| at(&team.service, "/leave")),
        here: at(&team.service, ""),
        lone: managers < 2,
    })
}

fn members(t: Texts, team: &OnTeam<Member>, people: &[(person::Model, Permissions)]) -> Table {
    let row = |(person, may): &(person::Model, Permissions)| {
        let own = person.id == team.who.person.id;
        let name = if own {
            Cell::Text(t.team_you(&person.name))
        } else if team.may(Permission::ManageService) {
            let href = at(&team.service, &format!("/{}", person.id));
            Cell::Link(Link::new(href, person.name.clone()))
        } else {
            Cell::Text(person.name.clone())
        };
        vec![name, Cell::Text(person.email_address.clone()), Cell::Text(said(t, may))]
    };
    Table {
        caption: t.team_members(),
        hide_caption: true,
        head: vec![t.name_label(), t.address_label(), t.team_may()],
        rows: people.iter().map(row).collect(),
        ..Table::default()
    }
}

fn invitations(t: Texts, team: &OnTeam<Member>, open: &[invitation::Model]) -> Table {
    let manages = team.may(Permission::ManageService);
    let mut head = vec![t.address_label(), t.team_may(), t.team_state()];
    if manages {
        head.push(t.team_do());
    }
    let row = |invitation: &invitation::Model| {
        let state = match invitation.state(team.who.now) {
            invitation::State::Open => Tag::new(t.team_open(), Tone::Accent),
            _ => Tag::new(t.team_expired(), Tone::Warning),
        };
        let address = &invitation.email_address;
        let may = said(t, &invitation.permissions.0);
        let mut cells = vec![Cell::Text(address.clone()), Cell::Text(may), Cell::Tag(state)];
        if manages {
            let deed = |text, deed: &str| Button {
                text,
                kind: ButtonKind::Link,
                about: Some(address.clone()),
                action: Some(at(&team.service, &format!("/invitations/{}/{deed}", invitation.id))),
                ..Button::default()
            };
            let deeds = [deed(t.team_resend(), "resend"), deed(t.team_cancel(), "cancel")];
            cells.push(Cell::Rendered(Rendered::all(&deeds)));
        }
        cells
    };
    Table {
        caption: t.team_invitations(),
        hide_caption: true,
        head,
        rows: open.iter().map(row).collect(),
        ..Table::default()
    }
}

fn requests(
    t: Texts,
    team: &OnTeam<Member>,
    asks: &[(join_request::Model, person::Model)],
) -> Table {
    let row = |(request, person): &(join_request::Model, person::Model)| {
        let href = at(&team.service, &format!("/requests/{}", request.id));
        let asked = text::moment(t.0, team.who.zone(), request.asked_at);
        vec![
            Cell::Link(Link::new(href, person.name.clone())),
            Cell::Text(person.email_address.clone()),
            Cell::Text(asked),
        ]
    };
    Table {
        caption: t.join_requests(),
        hide_caption: true,
        head: vec![t.name_label(), t.address_label(), t.join_asked()],
        rows: asks.iter().map(row).collect(),
        ..Table::default()
    }
}

/// What somebody may do, in one line.
pub fn said(t: Texts, may: &Permissions) -> String {
    let words: Vec<String> = may.iter().map(|one| label(t, one)).collect();
    if words.is_empty() { t.team_looks() } else { words.join(" · ") }
}

fn label(t: Texts, permission: Permission) -> String {
    match permission {
        Permission::ViewActivity => t.may_view_activity(),
        Permission::ManageTemplates => t.may_manage_templates(),
        Permission::SendMessages => t.may_send_messages(),
        Permission::ManageService => t.may_manage_service(),
        Permission::ManageKeys => t.may_manage_keys(),
    }
}

fn hint(t: Texts, permission: Permission) -> String {
    match permission {
        Permission::ViewActivity => t.may_view_activity_hint(),
        Permission::ManageTemplates => t.may_manage_templates_hint(),
        Permission::SendMessages => t.may_send_messages_hint(),
        Permission::ManageService => t.may_manage_service_hint(),
        Permission::ManageKeys => t.may_manage_keys_hint(),
    }
}

/// The permissions to choose from, with those of `may` chosen.
pub fn choices(t: Texts, may: &Permissions) -> Vec<Choice> {
    let choice = |one: Permission| Choice {
        chosen: may.has(one),
        ..Choice::new(one.as_str(), label(t, one), "").hint(hint(t, one))
    };
    Permission::ALL.into_iter().map(choice).collect()
}

/// The permissions that a form names.
pub fn chosen(words: &[String]) -> Result<Permissions, PageError> {
    words
        .iter()
        .map(|word| word.parse::<Permission>())
        .collect::<Result<Permissions, _>>()
        .map_err(|error| PageError::Refused(error.to_string()))
}

/// Tells a member what changed for them, in both languages.
pub async fn tell(
    app: &App,
    tx: &db::Transaction,
    (service, person): (&service::Model, &person::Model),
    change: impl Fn(Texts) -> String,
) -> Result<(), PageError> {
    let (english, french) = (change(Texts(Language::English)), change(Texts(Language::French)));
    let to = letter::To::person(person);
    let letter = letter::team_changed(&to, &service.name, (&english, &french));
    mail::post(&app.accounts, tx, letter).await
}

/// Tells those who manage a service that `leaver` has left its team, unless they want no such news.
pub async fn tell_managers(
    app: &App,
    tx: &db::Transaction,
    (service, leaver): (&service::Model, &person::Model),
) -> Result<(), PageError> {
    let page = app.accounts.url(&at(service, ""));
    for (person, may) in membership::team(tx, service.id).await? {
        if may.has(Permission::ManageService) && person.wants_news && person.id != leaver.id {
            let to = letter::To::person(&person);
            let who = (leaver.name.as_str(), service.name.as_str());
            let letter = letter::member_left(&to, who, page.clone());
            mail::post(&app.accounts, tx, letter).await?;
        }
    }
    Ok(())
}

fn refusal(t: Texts, rule: membership::Rule) -> String {
    match rule {
        membership::Rule::Manager => t.team_rule_manager(),
        membership::Rule::Two => t.team_rule_two(),
    }
}
