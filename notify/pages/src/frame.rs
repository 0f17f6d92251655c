//! The frame around Notify's pages.

use accounts::{Permission, Permissions, ServiceId, service, session};
use kernel::Language;
use ui::{Account, Band, Link, LinkGroup, Shell, Surroundings, Tag, Tone};
use web::{Reader, page::Around};

use crate::{public, words::Texts};

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
    /// Whether readers can write to support.
    pub contact: bool,
}

impl Frame {
    /// The frame for the page called `title`.
    pub fn shell(self, reader: &Reader, title: String) -> Shell {
        let t = Texts(reader.language);
        reader.shell(title, t.product(), Vec::new())
    }

    /// The same for somebody who has not signed in: with the way in.
    pub fn public(self, reader: &Reader, title: String) -> Shell {
        let t = Texts(reader.language);
        reader.shell(title, t.product(), Account::of_nobody(reader.language))
    }

    /// What stands around all pages.
    pub fn around(self) -> Around {
        Around::new(|language| self.surroundings(language))
    }

    fn surroundings(self, language: Language) -> Surroundings {
        let t = Texts(language);
        let to = |name: &str, words: String| Link::new(public::paths(name, language), words);
        let mut menu = vec![
            to("features", t.public_menu_features()),
            to("guidance", t.public_menu_guidance()),
            Link::new(DOCUMENTATION, t.menu_documentation()),
        ];
        let contact = Link::new(public::contact(language), t.contact_title());
        if self.contact {
            menu.push(contact.clone());
        }
        if self.mailbox {
            menu.push(Link::new(MAILBOX, t.menu_mailbox()));
        }
        let mut about = vec![
            to("features", t.public_menu_features()),
            to("usage-rules", t.public_foot_usage()),
            to("security", t.public_foot_security()),
            Link::new(public::status(language), t.public_status_title()),
        ];
        if self.contact {
            about.push(contact);
        }
        let guidance = vec![
            to("getting-started", t.public_foot_start()),
            to("formatting", t.public_foot_writing()),
            to("delivery", t.public_foot_delivery()),
            Link::new(DOCUMENTATION, t.menu_documentation()),
        ];
        let rules = vec![
            to("accessibility", t.public_foot_accessibility()),
            to("privacy", t.public_foot_privacy()),
            to("terms", t.public_foot_terms()),
            Link::new(public::site_map(language), t.public_map_title()),
        ];
        let group = |title, links| LinkGroup { title, links };
        Surroundings {
            product: t.product(),
            home: public::paths("home", language).to_owned(),
            menu,
            footer: vec![
                group(t.public_foot_about(), about),
                group(t.public_foot_guidance(), guidance),
                group(t.public_foot_rules(), rules),
            ],
            terms: public::paths("terms", language).to_owned(),
            session_minutes: u32::try_from(session::IDLE.num_minutes()).unwrap_or_default(),
        }
    }
}

/// The band of a service with the pages that a member with these permissions can see.
pub fn band(language: Language, service: &service::Model, may: &Permissions) -> Band {
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
    let step = service.trial.then(|| {
        let asked = service.asked_live_at.is_some();
        let words = if asked { t.go_live_menu_asked() } else { t.go_live_menu() };
        Link::new(at("/go-live"), words)
    });
    Band { name: service.name.clone(), state, step, links }
}
