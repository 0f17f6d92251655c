//! The public pages: articles kept as Markdown in both languages, the map of the site, how the platform does, and what
//! machines ask first (administration specification, sections A.4 and Q).

mod article;
mod contact;
mod contents;
mod entry;
mod facts;
mod library;
mod machine;
mod map;
mod pulse;
mod show;

use std::sync::Arc;

use accounts::{Accounts, SignedIn};
use axum::extract::FromRef;
use kernel::Language;
use notify_store::inbox::Inbox;
use ui::{Account, Place, Shell};
use web::{Reader, Routes};

pub use self::facts::Installation;
pub(crate) use self::{article::Article, entry::Shelf, facts::Facts, library::Library};
use crate::frame::Frame;

/// What the public pages need.
#[derive(Clone, Debug)]
pub struct Public {
    library: Arc<Library>,
    accounts: Accounts,
    inbox: Inbox,
    frame: Frame,
    /// Where the site is reached, without a slash at its end.
    origin: Arc<str>,
    support_address: Option<Arc<str>>,
    pulse: Arc<pulse::Watch>,
}

impl FromRef<Public> for Accounts {
    fn from_ref(public: &Public) -> Self {
        public.accounts.clone()
    }
}

impl Public {
    pub(crate) fn new(library: Arc<Library>, setup: &crate::Setup, frame: Frame) -> Self {
        Self {
            library,
            accounts: setup.accounts.clone(),
            inbox: setup.dispatch.inbox.clone(),
            frame,
            origin: setup.public_url.trim_end_matches('/').into(),
            support_address: setup.installation.support_address.as_deref().map(Into::into),
            pulse: Arc::default(),
        }
    }

    /// The frame of one of the paired pages, for somebody who has signed in or not.
    fn shell(
        &self,
        (reader, who): (&Reader, Option<&SignedIn>),
        (paths, title, description): ([&'static str; 2], &str, &str),
    ) -> Shell {
        let place = Place {
            description: description.to_owned(),
            english: format!("{}{}", self.origin, paths[0]),
            french: format!("{}{}", self.origin, paths[1]),
        };
        let shell = match who {
            Some(who) => {
                let account = Account::of(reader.language, &who.person.name, who.person.staff);
                Shell { account: Some(account), ..self.frame.shell(reader, title.to_owned()) }
            }
            None => self.frame.public(reader, title.to_owned()),
        };
        Shell { place: Some(place), ..shell }
    }
}

/// The path of a pair in a language.
pub(crate) const fn path(paths: [&'static str; 2], language: Language) -> &'static str {
    match language {
        Language::English => paths[0],
        Language::French => paths[1],
    }
}

/// Where the article with this name stands in a language.
pub(crate) fn paths(name: &str, language: Language) -> &'static str {
    path(entry::paths(name), language)
}

/// Where readers write to support, in a language.
pub(crate) const fn contact(language: Language) -> &'static str {
    path(contact::PATHS, language)
}

/// Where the status stands in a language.
pub(crate) const fn status(language: Language) -> &'static str {
    path(pulse::PATHS, language)
}

/// Where the map stands in a language.
pub(crate) const fn site_map(language: Language) -> &'static str {
    path(map::PATHS, language)
}

/// All public pages.
pub fn routes(public: Public) -> Routes {
    let mut routes = machine::routes(&public).merge(map::routes()).merge(pulse::routes());
    if public.support_address.is_some() {
        routes = routes.merge(contact::routes());
    }
    show::routes(routes).with_state(public)
}
