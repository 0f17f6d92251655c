//! The folders of a service's templates: made, named, moved, emptied, and shown to some members only.

mod change;
mod guard;
mod people;
mod shift;

use accounts::{OnTeam, ServiceId};
use notify_store::{
    FolderId,
    folder_viewer::Seen,
    template_folder::{self, Refusal},
};
use serde::Deserialize;
use ui::{Breadcrumbs, Link};
use web::{PageError, Routes};

pub use guard::watched;
pub use shift::{MoveForm, TOP};

use crate::{app::App, frame, words::Texts};

/// Longest name of a folder, in characters (admin specification, section G.9).
pub const LONGEST_NAME: usize = 255;

pub fn routes() -> Routes<App> {
    let folders = "/services/{service}/templates/folders";
    let one = "/services/{service}/templates/folders/{folder}";
    Routes::default()
        .get(&format!("{folders}/new"), change::ask)
        .post(&format!("{folders}/new"), change::make)
        .get(&format!("{one}/name"), change::edit)
        .post(&format!("{one}/name"), change::rename)
        .get(&format!("{one}/remove"), change::ask_remove)
        .post(&format!("{one}/remove"), change::remove)
        .get(&format!("{one}/people"), people::show)
        .post(&format!("{one}/people"), people::save)
        .post("/services/{service}/templates/move", shift::shift)
}

/// Which folder of the service.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Which {
    pub folder: FolderId,
}

/// A folder that may be named in an address or a form; empty is the top.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct In {
    #[serde(default)]
    pub folder: String,
}

impl In {
    /// The folder, if it is one that is seen.
    ///
    /// # Errors
    /// `Missing` for anything else that is not empty.
    pub fn of(&self, seen: &Seen) -> Result<Option<FolderId>, PageError> {
        if self.folder.is_empty() {
            return Ok(None);
        }
        let id = self.folder.parse::<FolderId>().map_err(|_| PageError::Missing)?;
        seen.folder(id).map(|folder| Some(folder.id)).ok_or(PageError::Missing)
    }
}

/// What the signed-in member sees of the service's folders.
pub async fn seen<C>(app: &App, team: &OnTeam<C>) -> Result<Seen, PageError> {
    Ok(Seen::by(app.accounts.db.read(), team.id(), &team.who.person).await?)
}

/// The address of the list of a folder, or of the top.
pub fn at(service: ServiceId, folder: Option<FolderId>) -> String {
    match folder {
        Some(id) => frame::at(service, &format!("/templates/folders/{id}")),
        None => frame::at(service, "/templates"),
    }
}

/// The way from the top to `folder`; the folder itself is part of it when `whole`.
pub fn crumbs(
    t: Texts,
    service: ServiceId,
    (seen, folder): (&Seen, Option<&template_folder::Model>),
    whole: bool,
) -> Breadcrumbs {
    let mut links = vec![Link::new(at(service, None), t.menu_templates())];
    let way = folder.map(|folder| seen.way(folder)).unwrap_or_default();
    let shown = if whole { way.len() } else { way.len().saturating_sub(1) };
    let below = way.into_iter().take(shown);
    links.extend(below.map(|one| Link::new(at(service, Some(one.id)), seen.label(one))));
    Breadcrumbs { language: t.0, links }
}

/// Why a folder is not as it was asked for, in words; what is no reason for a reader is passed on.
pub fn refusal(t: Texts, why: Refusal) -> Result<String, PageError> {
    Ok(match why {
        Refusal::NoName => t.folder_name_empty(),
        Refusal::IntoItself => t.folder_into_itself(),
        Refusal::IntoSubfolder => t.folder_into_subfolder(),
        Refusal::TooDeep => t.folder_too_deep(),
        Refusal::NotEmpty => t.folder_not_empty(),
        Refusal::Missing | Refusal::NoParent => return Err(PageError::Missing),
        Refusal::Store(error) => return Err(error.into()),
    })
}
