//! Templates and folders moved into a folder, a known one or a new one.

use accounts::{OnTeam, gate::ManageTemplates};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use db::Transaction;
use notify_store::{
    FolderId, TemplateId,
    folder_viewer::Seen,
    template,
    template_folder::{self, Refusal},
};
use serde::Deserialize;
use ui::Errors;
use web::{Form, PageError, Reader, page};

use super::{In, LONGEST_NAME, at, refusal, seen};
use crate::{
    app::App,
    template::{Asking, draw_list},
    words::Texts,
};

/// What was ticked, and where it is to go.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct MoveForm {
    /// The folder whose list was shown; empty is the top.
    #[serde(default)]
    pub folder: String,
    /// Each a `template:` or `folder:` with an id.
    #[serde(default)]
    pub item: Vec<String>,
    /// The folder to move into, [`TOP`], or empty when none was chosen.
    #[serde(default)]
    pub into: String,
    /// The name of a new folder.
    #[serde(default)]
    pub name: String,
    /// Which button was pressed: [`NEW`] or nothing.
    #[serde(default)]
    pub operation: String,
}

/// The top, as a folder to move into.
pub const TOP: &str = "top";
/// Into a new folder.
pub const NEW: &str = "new";

/// What is moved, each seen by whoever moves it.
struct Items {
    templates: Vec<TemplateId>,
    folders: Vec<FolderId>,
}

async fn items(
    app: &App,
    team: &OnTeam<ManageTemplates>,
    seen: &Seen,
    chosen: &[String],
) -> Result<Items, PageError> {
    let mut items = Items { templates: Vec::new(), folders: Vec::new() };
    for item in chosen {
        let (kind, id) = item.split_once(':').ok_or(PageError::Missing)?;
        match kind {
            "template" => items.templates.push(id.parse().map_err(|_| PageError::Missing)?),
            "folder" => items.folders.push(id.parse().map_err(|_| PageError::Missing)?),
            _ => return Err(PageError::Missing),
        }
    }
    items.templates.sort_unstable();
    items.templates.dedup();
    let heads = template::some(app.accounts.db.read(), team.id(), &items.templates).await?;
    let open = |head: &template::Model| head.archived_at.is_none() && seen.sees(head.folder_id);
    let all = heads.len() == items.templates.len() && heads.iter().all(open);
    let folders = items.folders.iter().all(|id| seen.folder(*id).is_some());
    if all && folders { Ok(items) } else { Err(PageError::Missing) }
}

/// `POST /services/{service}/templates/move`
pub async fn shift(
    State(app): State<App>,
    team: OnTeam<ManageTemplates>,
    reader: Reader,
    Form(typed): Form<MoveForm>,
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let seen = seen(&app, &team).await?;
    let here = In { folder: typed.folder.clone() }.of(&seen)?;
    let items = items(&app, &team, &seen, &typed.item).await?;
    let known = match typed.into.as_str() {
        "" | TOP => None,
        _ => In { folder: typed.into.clone() }.of(&seen)?,
    };
    let errors = wrong(t, &typed);
    if !errors.is_empty() {
        return refuse(&app, &team, &reader, (here, typed, errors)).await;
    }
    let tx = app.accounts.db.begin().await?;
    let moved = if typed.operation == NEW {
        match template_folder::create(&tx, &team.stamp(), team.id(), &typed.name, here).await {
            Ok(made) => moved(&tx, &team, &items, Some(made.id)).await,
            Err(why) => Err(why),
        }
    } else {
        moved(&tx, &team, &items, known).await
    };
    match moved {
        Ok(()) => tx.commit().await?,
        Err(why) => {
            drop(tx);
            let field = if typed.operation == NEW { "name" } else { "into" };
            let errors = Errors::one(field, refusal(t, why)?);
            return refuse(&app, &team, &reader, (here, typed, errors)).await;
        }
    }
    Ok(Redirect::to(&format!("{}?done=moved", at(team.id(), here))).into_response())
}

fn wrong(t: Texts, typed: &MoveForm) -> Errors {
    let mut errors = Errors::default();
    if typed.item.is_empty() {
        errors.add("item", t.move_nothing());
    }
    if typed.operation != NEW && typed.into.is_empty() {
        errors.add("into", t.move_nowhere());
    }
    if typed.operation == NEW && typed.name.trim().chars().count() > LONGEST_NAME {
        errors.add("name", t.template_too_long(LONGEST_NAME));
    }
    errors
}

async fn moved(
    tx: &Transaction,
    team: &OnTeam<ManageTemplates>,
    items: &Items,
    into: Option<FolderId>,
) -> Result<(), Refusal> {
    let (stamp, author) = (team.stamp(), &team.who.person.email_address);
    for id in &items.folders {
        let change = template_folder::Change { parent_id: Some(into), name: None };
        template_folder::change(tx, &stamp, team.id(), *id, &change).await?;
    }
    for id in &items.templates {
        let change = template::Change { folder_id: Some(into), ..template::Change::default() };
        template::change(tx, &stamp, (team.id(), *id), author, &change).await?;
    }
    Ok(())
}

async fn refuse(
    app: &App,
    team: &OnTeam<ManageTemplates>,
    reader: &Reader,
    (folder, typed, errors): (Option<FolderId>, MoveForm, Errors),
) -> Result<Response, PageError> {
    let asking = Asking { folder, moving: typed, errors, ..Asking::default() };
    let page = draw_list(app, team, reader, asking).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&page)?).into_response())
}
