//! The versions of a template: what changed in each, an old one taken again, and the end of a template.

use accounts::{
    OnTeam, Permission,
    gate::{ManageTemplates, Member},
};
use askama::Template;
use axum::{
    extract::State,
    response::{Html, Redirect},
};
use chrono::NaiveDate;
use kernel::Language;
use notify_store::{
    statistic,
    template::{self, Change},
    template_version,
};
use serde::Deserialize;
use ui::{BackLink, Button, ButtonKind, Diff, Shell};
use web::{At, Form, PageError, Reader, page};

use super::Which;
use crate::{app::App, folder, frame, letter, words::Texts};

/// One version beside the one before.
struct Version {
    number: i32,
    name: String,
    made: String,
    subject: Option<Diff>,
    body: Diff,
    restorable: bool,
}

#[derive(Template)]
#[template(path = "template/versions.html")]
struct Versions {
    shell: Shell,
    t: Texts,
    back: String,
    here: String,
    versions: Vec<Version>,
}

/// Versions shown at most; nobody reads on.
const MOST: usize = 50;

/// `GET …/templates/{template}/versions`, newest first.
pub async fn show(
    State(app): State<App>,
    team: OnTeam<Member>,
    At(which): At<Which>,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let current = which.current(&app, &team).await?;
    let id = current.head.id;
    let all = template_version::list(app.accounts.db.read(), team.id(), id).await?;
    let lang = letter::foreign(t.0, &current.head);
    let usable = current.head.archived_at.is_none() && team.may(Permission::ManageTemplates);
    let versions = all.iter().take(MOST).enumerate().map(|(nth, version)| {
        let before = all.get(nth + 1);
        let diff = |before: Option<&str>, after: &str| Diff {
            language: t.0,
            before: before.unwrap_or_default().to_owned(),
            after: after.to_owned(),
            lang,
        };
        let subject = version.subject.as_deref();
        let made = text::moment(t.0, team.who.zone(), version.created_at);
        Version {
            number: version.version,
            name: version.name.clone(),
            made: t.version_made(made, &version.created_by),
            subject: subject.map(|now| diff(before.and_then(|one| one.subject.as_deref()), now)),
            body: diff(before.map(|one| one.body.as_str()), &version.body),
            restorable: usable && version.version != current.head.version,
        }
    });
    let here = frame::at(team.id(), &format!("/templates/{id}"));
    page::show(&Versions {
        shell: app.service_page(&reader, &team, t.versions_title(&current.head.name)),
        t,
        versions: versions.collect(),
        back: here.clone(),
        here: format!("{here}/versions"),
    })
}

/// Which version is wanted back.
#[derive(Deserialize)]
pub struct RestoreForm {
    version: i32,
}

/// `POST …/templates/{template}/versions`: an old version becomes the newest.
pub async fn restore(
    State(app): State<App>,
    team: OnTeam<ManageTemplates>,
    At(which): At<Which>,
    Form(wanted): Form<RestoreForm>,
) -> Result<Redirect, PageError> {
    let id = which.live(&app, &team).await?.head.id;
    let db = &app.accounts.db;
    let old = template_version::find(db.read(), team.id(), id, wanted.version).await?;
    let old = old.ok_or(PageError::Missing)?;
    let change = Change {
        name: Some(old.name),
        subject: old.subject,
        body: Some(old.body),
        ..Change::default()
    };
    let tx = db.begin().await?;
    let author = &team.who.person.email_address;
    template::change(&tx, &team.stamp(), (team.id(), id), author, &change).await?;
    tx.commit().await?;
    Ok(Redirect::to(&frame::at(team.id(), &format!("/templates/{id}?done=saved"))))
}

#[derive(Template)]
#[template(path = "template/archive.html")]
struct Archive {
    shell: Shell,
    t: Texts,
    back: String,
    action: String,
    used: String,
}

/// `GET …/templates/{template}/archive`: asks first, and says when it was used last.
pub async fn ask(
    State(app): State<App>,
    team: OnTeam<ManageTemplates>,
    At(which): At<Which>,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let head = which.live(&app, &team).await?.head;
    let used = statistic::last_used(app.accounts.db.read(), team.id(), head.id).await?;
    let here = frame::at(team.id(), &format!("/templates/{}", head.id));
    page::show(&Archive {
        shell: app.service_page(&reader, &team, t.archive_title(&head.name)),
        t,
        action: format!("{here}/archive"),
        back: here,
        used: match used.and_then(|day| day.parse::<NaiveDate>().ok()) {
            Some(day) => t.archive_used(text::day(t.0, day)),
            None => t.archive_unused(),
        },
    })
}

/// Nothing but the proof.
#[derive(Deserialize)]
pub struct Nothing {}

/// `POST …/templates/{template}/archive`
pub async fn archive(
    State(app): State<App>,
    team: OnTeam<ManageTemplates>,
    At(which): At<Which>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, PageError> {
    let head = which.live(&app, &team).await?.head;
    let seen = folder::seen(&app, &team).await?;
    let lay_in = head.folder_id.filter(|id| seen.folder(*id).is_some());
    let tx = app.accounts.db.begin().await?;
    let author = &team.who.person.email_address;
    template::archive(&tx, &team.stamp(), (team.id(), head.id), author).await?;
    tx.commit().await?;
    Ok(Redirect::to(&format!("{}?done=archived", folder::at(team.id(), lay_in))))
}

impl Versions {
    fn language(&self) -> Language {
        self.shell.language
    }
}

impl Archive {
    fn language(&self) -> Language {
        self.shell.language
    }
}
