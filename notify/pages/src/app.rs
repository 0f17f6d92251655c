//! What the handlers of a service's pages need.

use std::sync::Arc;

use accounts::{Accounts, OnTeam, SignedIn, service};
use axum::extract::FromRef;
use notify_store::{dispatch::Dispatch, setting};
use ui::{Account, Shell};
use web::Reader;

use crate::{
    Asks, Setup,
    announcement::Board,
    frame::{self, Frame},
    public::Library,
    received::{Received, may_read},
};

/// The state of the pages.
#[derive(Clone, Debug)]
pub struct App {
    /// The people, the database, the time.
    pub accounts: Accounts,
    /// Through which people send.
    pub dispatch: Dispatch,
    /// The domain that e-mails come from, unless a service has its own.
    pub sending_domain: Arc<str>,
    /// The articles, for what stands on more than one page.
    pub(crate) library: Arc<Library>,
    /// Who asks the receivers of call-backs.
    pub receivers: Asks,
    received: Received,
    /// What the providers of e-mails and of texts are called.
    pub providers: Arc<[String; 2]>,
    /// What stands on every page.
    pub board: Board,
    frame: Frame,
}

impl FromRef<App> for Accounts {
    fn from_ref(app: &App) -> Self {
        app.accounts.clone()
    }
}

impl App {
    pub(crate) fn new(setup: Setup, frame: Frame, library: Arc<Library>) -> Self {
        Self {
            accounts: setup.accounts,
            dispatch: setup.dispatch,
            providers: setup.providers.into(),
            board: setup.board,
            sending_domain: setup.sending_domain.into(),
            library,
            receivers: setup.receivers,
            received: setup.received,
            frame,
        }
    }

    /// The sender of a service's e-mails, as inboxes show it.
    pub fn sender_line(&self, service: &service::Model, setting: &setting::Model) -> String {
        let domain = setting.sending_domain.as_deref().unwrap_or(&self.sending_domain);
        format!("{} <{}@{domain}>", service.name, setting.email_from)
    }

    /// The frame of a page for somebody who has signed in.
    pub fn page(&self, reader: &Reader, who: &SignedIn, title: String) -> Shell {
        let account = Account::of(reader.language, &who.person.name, who.person.staff);
        Shell { account: Some(account), ..self.frame.shell(reader, title) }
    }

    /// The frame of a page for somebody who has not signed in.
    pub fn public(&self, reader: &Reader, title: String) -> Shell {
        self.frame.public(reader, title)
    }

    /// The frame of a page of a service.
    pub fn service_page<C>(&self, reader: &Reader, team: &OnTeam<C>, title: String) -> Shell {
        let language = reader.language;
        let mut band = frame::band(language, &team.service, &team.permissions);
        if may_read(&team.permissions) {
            self.received.add(language, &team.service, &mut band);
        }
        reader.mark(&mut band.links);
        Shell { band: Some(band), ..self.page(reader, &team.who, title) }
    }
}
