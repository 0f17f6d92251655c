//! The frame around Notify's pages.

use accounts::{Permission, Permissions, ServiceId, service};
use kernel::Language;
use ui::{Account, Band, Link, Shell, Tag, Tone};
use web::Reader;

use crate::words::Texts;

/// Where the mailbox stands.
pub const MAILBOX: &str = "/dev/mailbox";
/// Where the documentation stands.
pub const DOCUMENTATION: &str = "/documentation";

/// The address of a service's page, which begins with a slash or is empty for the first one.
pub fn at(service: ServiceId, page: &str) -> String {
    format!("{}/{service}{page}", Account::SERVICES)
}

/// Which pages the menu offers.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// Whether there is a development mailbox.
    pub mailbox: bool,
}

impl Frame {
    /// The frame for the page called `title`.
    pub fn shell(self, reader: &Reader, title: String) -> Shell {
        let t = Texts(reader.language);
        reader.shell(title, t.product(), self.menu(reader.language))
    }

    /// The same for somebody who has not signed in: with the way in.
    pub fn public(self, reader: &Reader, title: String) -> Shell {
        let t = Texts(reader.language);
        let mut menu = self.menu(reader.language);
        menu.extend(Account::of_nobody(reader.language));
        reader.shell(title, t.product(), menu)
    }

    /// The links that everybody has.
    pub fn menu(self, language: Language) -> Vec<Link> {
        let t = Texts(language);
        let mut menu = vec![Link::new(DOCUMENTATION, t.menu_documentation())];
        if self.mailbox {
            menu.push(Link::new(MAILBOX, t.menu_mailbox()));
        }
        menu
    }

    /// The band of a service with the pages that a member with these permissions can see.
    pub fn band(self, language: Language, service: &service::Model, may: &Permissions) -> Band {
        let t = Texts(language);
        let at = |page: &str| at(service.id, page);
        let mut links = Vec::new();
        if may.has(Permission::ViewActivity) {
            links.push(Link::new(at(""), t.menu_dashboard()));
        }
        links.push(Link::new(at("/templates"), t.menu_templates()));
        links.push(Link::new(at("/messages"), t.menu_messages()));
        links.push(Link::new(at("/bulk"), t.batch_menu()));
        links.push(Link::new(at("/team"), t.menu_team()));
        if may.has(Permission::ManageKeys) {
            links.push(Link::new(at("/api"), t.api_menu()));
        }
        if may.has(Permission::ManageService) || may.has(Permission::ManageKeys) {
            links.push(Link::new(at("/settings"), t.settings_menu()));
        }
        let state = match (service.suspended_at, service.trial) {
            (Some(_), _) => Some(Tag { text: t.service_suspended(), tone: Tone::Warning }),
            (None, true) => Some(Tag { text: t.service_trial(), tone: Tone::Accent }),
            (None, false) => None,
        };
        let step = service.trial.then(|| Link::new(at("/go-live"), t.go_live_menu()));
        Band { name: service.name.clone(), state, step, links }
    }
}
