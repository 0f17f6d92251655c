//! The templates of a service: the list, the form, one template as it will look, its versions.

mod begin;
mod choose;
mod confirm;
mod copy;
mod edit;
mod form;
mod list;
mod preview;
mod redact;
mod samples;
mod show;
mod versions;

use accounts::OnTeam;
use notify_store::{
    TemplateId,
    template::{self, Current},
};
use serde::Deserialize;
use web::{PageError, Routes};

pub use self::list::{Asking, draw as draw_list};
use crate::app::App;

pub fn routes() -> Routes<App> {
    let templates = "/services/{service}/templates";
    let one = "/services/{service}/templates/{template}";
    Routes::default()
        .get(templates, list::show)
        .get(&format!("{templates}/folders/{{folder}}"), list::inside)
        .get(&format!("{templates}/new"), choose::choose)
        .get(&format!("{templates}/new/{{channel}}"), edit::create)
        .post(&format!("{templates}/new/{{channel}}"), edit::make)
        .post(&format!("{templates}/new/{{channel}}/preview"), preview::new)
        .post(&format!("{templates}/new/{{channel}}/count"), preview::count_new)
        .get(&format!("{templates}/samples"), samples::show)
        .get(&format!("{templates}/samples/{{sample}}"), samples::one)
        .get(&format!("{templates}/copy"), copy::services)
        .get(&format!("{templates}/copy/{{from}}"), copy::templates)
        .get(&format!("{one}/redact"), redact::ask)
        .post(&format!("{one}/redact"), redact::redact)
        .get(one, show::show)
        .get(&format!("{one}/look"), show::look)
        .get(&format!("{one}/edit"), edit::edit)
        .post(&format!("{one}/edit"), edit::save)
        .post(&format!("{one}/preview"), preview::known)
        .post(&format!("{one}/count"), preview::count_known)
        .get(&format!("{one}/versions"), versions::show)
        .post(&format!("{one}/versions"), versions::restore)
        .get(&format!("{one}/archive"), versions::ask)
        .post(&format!("{one}/archive"), versions::archive)
}

/// Which template of the service.
#[derive(Clone, Copy, Deserialize)]
pub struct Which {
    template: TemplateId,
}

impl Which {
    /// The template, archived or not.
    pub async fn current<C>(&self, app: &App, team: &OnTeam<C>) -> Result<Current, PageError> {
        let found = template::current(app.accounts.db.read(), team.id(), self.template).await?;
        found.ok_or(PageError::Missing)
    }

    /// The template, if it can still be used.
    pub async fn live<C>(&self, app: &App, team: &OnTeam<C>) -> Result<Current, PageError> {
        let current = self.current(app, team).await?;
        let live = current.head.archived_at.is_none();
        if live { Ok(current) } else { Err(PageError::Missing) }
    }
}
