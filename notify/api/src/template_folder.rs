//! Managing folders of templates with a key that may (API specification, section 2.13).

mod body;
mod change;
mod create;
mod list;
mod remove;

pub use body::Folder;
pub use change::ChangeFolder;
pub use create::CreateFolder;
pub use list::Folders;

use notify_store::template_folder;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    Api,
    error::{ApiError, Refusal},
    schema::Fields,
};

/// The most characters of a folder's name.
const NAME: usize = 255;

/// The routes that manage folders.
pub fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(list::list, create::create)).routes(routes!(
        list::show,
        change::change,
        remove::remove
    ))
}

/// The member `name`, which must not be empty; white space alone is the store's to refuse.
fn name(fields: &mut Fields) -> Option<String> {
    let name = fields.string("name", NAME)?;
    if name.is_empty() {
        fields.refuse(Refusal::TooShort { at: "name".into(), value: String::new() });
        return None;
    }
    Some(name)
}

impl From<template_folder::Refusal> for ApiError {
    fn from(refusal: template_folder::Refusal) -> Self {
        use template_folder::Refusal as Kept;
        match refusal {
            Kept::Missing => Refusal::NoResultFound.into(),
            Kept::NoName => Refusal::FolderWithoutName.into(),
            Kept::NoParent => Refusal::FolderNotFound.into(),
            Kept::IntoItself => Refusal::FolderIntoItself.into(),
            Kept::IntoSubfolder => Refusal::FolderIntoSubfolder.into(),
            Kept::TooDeep => Refusal::FolderTooDeep.into(),
            Kept::NotEmpty => Refusal::FolderNotEmpty.into(),
            Kept::Store(error) => error.into(),
        }
    }
}
