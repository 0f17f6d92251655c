//! What the handlers need: the accounts, and the frame that the product puts around the pages.

use std::sync::Arc;

use accounts::{Accounts, OnTeam, Permissions, SignedIn, service};
use axum::{
    extract::FromRef,
    http::{HeaderMap, HeaderValue, header},
};
use kernel::Language;
use ui::{Account, Band, Errors, Shell};
use web::{PageError, Reader};

/// What the pages are made from.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The accounts.
    pub accounts: Accounts,
    /// What the product puts around the pages.
    pub frame: Frame,
}

/// Draws the band of a service for a member with some permissions.
pub type DrawBand = dyn Fn(Language, &service::Model, &Permissions) -> Band + Send + Sync;

/// What the product puts around the pages, because the foundation knows none.
#[derive(Clone)]
pub struct Frame {
    /// The product's name.
    pub product: fn(Language) -> String,
    /// The band of a service for a member with these permissions.
    pub band: Arc<DrawBand>,
}

impl std::fmt::Debug for Frame {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Frame").finish_non_exhaustive()
    }
}

/// The state of the pages.
#[derive(Clone, Debug)]
pub struct App {
    /// The accounts.
    pub accounts: Accounts,
    frame: Frame,
}

impl FromRef<App> for Accounts {
    fn from_ref(app: &App) -> Self {
        app.accounts.clone()
    }
}

impl App {
    pub(crate) fn new(setup: Setup) -> Self {
        Self { accounts: setup.accounts, frame: setup.frame }
    }

    /// The frame for somebody who has not signed in.
    pub fn public(&self, reader: &Reader, title: String) -> Shell {
        let menu = Account::of_nobody(reader.language);
        reader.shell(title, (self.frame.product)(reader.language), menu)
    }

    /// The frame for somebody who has signed in.
    pub fn page(&self, reader: &Reader, who: &SignedIn, title: String) -> Shell {
        let account = Account::of(reader.language, &who.person.name, who.person.staff);
        let shell = reader.shell(title, (self.frame.product)(reader.language), Vec::new());
        Shell { account: Some(account), ..shell }
    }

    /// The frame of a page of a service.
    pub fn service_page<C>(&self, reader: &Reader, team: &OnTeam<C>, title: String) -> Shell {
        let mut band = (self.frame.band)(reader.language, &team.service, &team.permissions);
        reader.mark(&mut band.links);
        Shell { band: Some(band), ..self.page(reader, &team.who, title) }
    }
}

/// The frame after a refusal, if there was one.
pub fn refused(shell: Shell, errors: &Errors) -> Shell {
    if errors.is_empty() { shell } else { shell.failed() }
}

/// Sets a cookie on an answer.
pub fn with_cookie(headers: &mut HeaderMap, cookie: &str) -> Result<(), PageError> {
    headers.append(header::SET_COOKIE, HeaderValue::from_str(cookie)?);
    Ok(())
}
