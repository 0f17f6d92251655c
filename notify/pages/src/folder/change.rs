//! A folder made, renamed or removed.

use accounts::{OnTeam, gate::ManageTemplates};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use notify_store::{
    folder_viewer::Seen,
    template_folder::{self, Change, Refusal},
};
use serde::Deserialize;
use ui::{BackLink, Button, ButtonKind, ErrorSummary, Errors, Shell, TextInput};
use web::{Asked, At, Form, PageError, Reader, page};

use super::{In, LONGEST_NAME, Which, at, refusal, seen};
use crate::{app::App, words::Texts};

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct NameForm {
    #[serde(default)]
    name: String,
    /// The folder to make it in; empty is the top.
    #[serde(default)]
    folder: String,
}

#[derive(Template)]
#[template(path = "folder/name.html")]
struct NameFolder {
    shell: Shell,
    t: Texts,
    form: NameForm,
    errors: Errors,
    back: String,
    action: String,
}

/// `GET …/templates/folders/new`
pub async fn ask(
    State(app): State<App>,
    team: OnTeam<ManageTemplates>,
    reader: Reader,
    Asked(place): Asked<In>,
) -> Result<Html<String>, PageError> {
    let parent = place.of(&seen(&app, &team).await?)?;
    let form = NameForm { name: String::new(), folder: place.folder };
    let action = format!("{}/folders/new", at(team.id(), None));
    let at = (at(team.id(), parent), action);
    let t = Texts(reader.language);
    page::show(&draw(&app, &team, &reader, (t.folder_new(), at), (form, Errors::default())))
}

fn draw(
    app: &App,
    team: &OnTeam<ManageTemplates>,
    reader: &Reader,
    (title, (back, action)): (String, (String, String)),
    (form, errors): (NameForm, Errors),
) -> NameFolder {
    let shell = app.service_page(reader, team, title);
    let shell = if errors.is_empty() { shell } else { shell.failed() };
    NameFolder { shell, t: Texts(reader.language), form, errors, back, action }
}

fn refuse(page: &NameFolder) -> Result<Response, PageError> {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(page)?).into_response())
}

/// What is wrong with a name before the store is asked.
fn too_long(t: Texts, name: &str) -> Option<String> {
    (name.trim().chars().count() > LONGEST_NAME).then(|| t.template_too_long(LONGEST_NAME))
}

/// `POST …/templates/folders/new`
pub async fn make(
    State(app): State<App>,
    team: OnTeam<ManageTemplates>,
    reader: Reader,
    Form(typed): Form<NameForm>,
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let place = In { folder: typed.folder.clone() };
    let parent = place.of(&seen(&app, &team).await?)?;
    let made = match too_long(t, &typed.name) {
        Some(words) => Err(words),
        None => {
            let tx = app.accounts.db.begin().await?;
            let (stamp, id) = (team.stamp(), team.id());
            match template_folder::create(&tx, &stamp, id, &typed.name, parent).await {
                Ok(made) => {
                    tx.commit().await?;
                    Ok(made)
                }
                Err(why) => Err(refusal(t, why)?),
            }
        }
    };
    match made {
        Ok(made) => {
            let path = format!("{}?done=folder", at(team.id(), Some(made.id)));
            Ok(Redirect::to(&path).into_response())
        }
        Err(words) => {
            let action = format!("{}/folders/new", at(team.id(), None));
            let where_to = (t.folder_new(), (at(team.id(), parent), action));
            let bad = (typed, Errors::one("name", words));
            refuse(&draw(&app, &team, &reader, where_to, bad))
        }
    }
}

/// The folder as the member sees it.
async fn own(
    app: &App,
    team: &OnTeam<ManageTemplates>,
    which: Which,
) -> Result<(Seen, template_folder::Model), PageError> {
    let seen = seen(app, team).await?;
    let folder = seen.folder(which.folder).cloned().ok_or(PageError::Missing)?;
    Ok((seen, folder))
}

/// `GET …/templates/folders/{folder}/name`
pub async fn edit(
    State(app): State<App>,
    team: OnTeam<ManageTemplates>,
    At(which): At<Which>,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let (_, folder) = own(&app, &team, which).await?;
    let here = at(team.id(), Some(folder.id));
    let form = NameForm { name: folder.name, folder: String::new() };
    let t = Texts(reader.language);
    let place = (t.folder_rename(), (here.clone(), format!("{here}/name")));
    page::show(&draw(&app, &team, &reader, place, (form, Errors::default())))
}

/// `POST …/templates/folders/{folder}/name`
pub async fn rename(
    State(app): State<App>,
    team: OnTeam<ManageTemplates>,
    At(which): At<Which>,
    reader: Reader,
    Form(typed): Form<NameForm>,
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let (_, folder) = own(&app, &team, which).await?;
    let here = at(team.id(), Some(folder.id));
    let wrong = match too_long(t, &typed.name) {
        Some(words) => Some(words),
        None => {
            let tx = app.accounts.db.begin().await?;
            let change = Change { name: Some(typed.name.clone()), ..Change::default() };
            let stamp = team.stamp();
            match template_folder::change(&tx, &stamp, team.id(), folder.id, &change).await {
                Ok(_) => {
                    tx.commit().await?;
                    None
                }
                Err(why) => Some(refusal(t, why)?),
            }
        }
    };
    let Some(words) = wrong else {
        return Ok(Redirect::to(&format!("{here}?done=saved")).into_response());
    };
    let place = (t.folder_rename(), (here.clone(), format!("{here}/name")));
    refuse(&draw(&app, &team, &reader, place, (typed, Errors::one("name", words))))
}

#[derive(Template)]
#[template(path = "folder/remove.html")]
struct RemoveFolder {
    shell: Shell,
    t: Texts,
    errors: Errors,
    back: String,
    action: String,
}

fn sure(
    app: &App,
    team: &OnTeam<ManageTemplates>,
    reader: &Reader,
    (folder, errors): (&template_folder::Model, Errors),
) -> RemoveFolder {
    let t = Texts(reader.language);
    let back = at(team.id(), Some(folder.id));
    let shell = app.service_page(reader, team, t.folder_remove_title(&folder.name));
    let shell = if errors.is_empty() { shell } else { shell.failed() };
    RemoveFolder { shell, t, errors, action: format!("{back}/remove"), back }
}

/// `GET …/templates/folders/{folder}/remove`
pub async fn ask_remove(
    State(app): State<App>,
    team: OnTeam<ManageTemplates>,
    At(which): At<Which>,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let (_, folder) = own(&app, &team, which).await?;
    page::show(&sure(&app, &team, &reader, (&folder, Errors::default())))
}

/// Nothing but the proof.
#[derive(Deserialize)]
pub struct Nothing {}

/// `POST …/templates/folders/{folder}/remove`: only an empty one goes.
pub async fn remove(
    State(app): State<App>,
    team: OnTeam<ManageTemplates>,
    At(which): At<Which>,
    reader: Reader,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, PageError> {
    let (seen, folder) = own(&app, &team, which).await?;
    let tx = app.accounts.db.begin().await?;
    match template_folder::remove(&tx, &team.stamp(), team.id(), folder.id).await {
        Ok(_) => tx.commit().await?,
        Err(Refusal::NotEmpty) => {
            let errors = Errors::one("", Texts(reader.language).folder_not_empty());
            let page = sure(&app, &team, &reader, (&folder, errors));
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&page)?).into_response());
        }
        Err(Refusal::Missing) => return Err(PageError::Missing),
        Err(why) => return Err(why.into()),
    }
    let path = format!("{}?done=removed", at(team.id(), seen.shown_in(&folder)));
    Ok(Redirect::to(&path).into_response())
}
