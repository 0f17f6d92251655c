//! Who sees a folder: everybody who sees the one above, or only some.

use accounts::{OnTeam, Permission, PersonId, gate::ManageService, membership};
use askama::{Template, filters::HtmlSafe};
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use notify_store::{folder_viewer, template_folder};
use serde::Deserialize;
use ui::{BackLink, Button, Checkboxes, Choice, ErrorSummary, Errors, Radios, Shell};
use web::{At, Form, PageError, Reader, page};

use super::{Which, at, seen};
use crate::{app::App, words::Texts};

/// Everybody who sees the folder above.
const ALL: &str = "all";
/// Those who are ticked.
const SOME: &str = "some";

/// What was chosen.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct PeopleForm {
    #[serde(default)]
    who: String,
    #[serde(default)]
    person: Vec<PersonId>,
}

#[derive(Template)]
#[template(path = "folder/people.html")]
struct FolderPeople {
    shell: Shell,
    t: Texts,
    errors: Errors,
    back: String,
    action: String,
    who: Radios,
}

/// The members to choose from, and those who see everything anyway.
#[derive(Template)]
#[template(path = "folder/members.html")]
struct Members {
    boxes: Checkboxes,
    always: String,
}

impl HtmlSafe for Members {}

/// `GET …/templates/folders/{folder}/people`
pub async fn show(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    At(which): At<Which>,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let folder = own(&app, &team, which).await?;
    let mut seers = folder_viewer::seers(app.accounts.db.read(), team.id()).await?;
    let who = if folder.restricted { SOME } else { ALL };
    let person = seers.remove(&folder.id).unwrap_or_default();
    let form = PeopleForm { who: who.to_owned(), person };
    page::show(&draw(&app, &team, &reader, (&folder, &form, Errors::default())).await?)
}

async fn own(
    app: &App,
    team: &OnTeam<ManageService>,
    which: Which,
) -> Result<template_folder::Model, PageError> {
    seen(app, team).await?.folder(which.folder).cloned().ok_or(PageError::Missing)
}

async fn draw(
    app: &App,
    team: &OnTeam<ManageService>,
    reader: &Reader,
    (folder, form, errors): (&template_folder::Model, &PeopleForm, Errors),
) -> Result<FolderPeople, PageError> {
    let t = Texts(reader.language);
    let members = membership::team(app.accounts.db.read(), team.id()).await?;
    let (managers, others): (Vec<_>, Vec<_>) =
        members.into_iter().partition(|(_, may)| may.has(Permission::ManageService));
    let choice = |person: &accounts::person::Model| Choice {
        value: person.id.to_string(),
        label: person.name.clone(),
        hint: Some(person.email_address.clone()),
        chosen: form.person.contains(&person.id),
        ..Choice::default()
    };
    let boxes = Checkboxes {
        name: "person".to_owned(),
        legend: t.folder_people_members(),
        choices: others.iter().map(|(person, _)| choice(person)).collect(),
        ..Checkboxes::default()
    };
    let names: Vec<&str> = managers.iter().map(|(person, _)| person.name.as_str()).collect();
    let always = t.folder_people_always(names.join(", "));
    let above = match folder.parent_id {
        Some(_) => t.folder_people_all_above(),
        None => t.folder_people_all(),
    };
    let back = at(team.id(), Some(folder.id));
    let shell = app.service_page(reader, team, t.folder_people_title(&folder.name));
    Ok(FolderPeople {
        shell: if errors.is_empty() { shell } else { shell.failed() },
        t,
        action: format!("{back}/people"),
        back,
        who: Radios {
            name: "who".to_owned(),
            legend: t.folder_people_who(),
            legend_is_heading: true,
            hint: Some(t.folder_people_hint()),
            error: errors.of("who"),
            choices: vec![
                Choice::new(ALL, above, &form.who),
                Choice::new(SOME, t.folder_people_some(), &form.who)
                    .reveal(&Members { boxes, always }),
            ],
            ..Radios::default()
        },
        errors,
    })
}

/// `POST …/templates/folders/{folder}/people`
pub async fn save(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    At(which): At<Which>,
    reader: Reader,
    Form(typed): Form<PeopleForm>,
) -> Result<Response, PageError> {
    let folder = own(&app, &team, which).await?;
    if typed.who != ALL && typed.who != SOME {
        let errors = Errors::one("who", Texts(reader.language).folder_people_empty());
        let page = draw(&app, &team, &reader, (&folder, &typed, errors)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&page)?).into_response());
    }
    let members = membership::list(app.accounts.db.read(), team.id()).await?;
    let on_team = |person: &PersonId| members.iter().any(|member| member.person_id == *person);
    if !typed.person.iter().all(on_team) {
        return Err(PageError::Missing);
    }
    let mut people = typed.person;
    people.sort_unstable();
    people.dedup();
    let only = (typed.who == SOME).then_some(people.as_slice());
    let tx = app.accounts.db.begin().await?;
    folder_viewer::set(&tx, &team.stamp(), (team.id(), folder.id), only).await?;
    tx.commit().await?;
    Ok(Redirect::to(&format!("{}?done=people", at(team.id(), Some(folder.id)))).into_response())
}
