//! The frame around every page: language, title, menu, the one `h1`, the footer.

use kernel::Language;

use crate::{Link, Tag, Texts, asset};

/// What `shell.html` shows around a page's content. A page's struct has it as the field `shell`.
#[derive(Clone, Debug, Default)]
pub struct Shell {
    /// The language of the page.
    pub language: Language,
    /// The page's name: its `h1` and the first half of its `title`.
    pub title: String,
    /// The product's name, beside the title and in the header.
    pub product: String,
    /// The same page in the other language, its query kept.
    pub other_language: String,
    /// Where the product's first page is; empty has none.
    pub home: String,
    /// The links of the header.
    pub menu: Vec<Link>,
    /// The links of the footer.
    pub footer: Vec<LinkGroup>,
    /// Where the terms of use are.
    pub terms: String,
    /// After how many minutes without a click somebody who has signed in is signed out; 0 says nothing about it.
    pub session_minutes: u32,
    /// Where the page stands in both languages, when its two languages have addresses of their own.
    pub place: Option<Place>,
    /// What each form carries in its hidden field `csrf`, as the proof that it is ours.
    pub csrf: String,
    /// Whether what the reader sent was refused; the title says so first.
    pub failed: bool,
    /// The reader's own links, when they have signed in.
    pub account: Option<Account>,
    /// The service whose page this is.
    pub band: Option<Band>,
    /// What the reader has just done, said at the top of the page.
    pub done: Option<String>,
    /// What is announced to readers for a time.
    pub notices: Vec<Notice>,
}

/// An announcement in the language of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notice {
    /// Its words.
    pub text: String,
    /// Whether those who have not signed in see it, too.
    pub everybody: bool,
}

/// Links under a heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkGroup {
    /// What they have in common.
    pub title: String,
    /// The links.
    pub links: Vec<Link>,
}

/// What a product puts around all its pages, in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// The product's name.
    pub product: String,
    /// Where its first page is; empty has none.
    pub home: String,
    /// The links of the header that everybody has.
    pub menu: Vec<Link>,
    /// The links of the footer.
    pub footer: Vec<LinkGroup>,
    /// Where the terms of use are.
    pub terms: String,
    /// After how many minutes without a click somebody who has signed in is signed out; 0 says nothing about it.
    pub session_minutes: u32,
}

/// Where a public page stands: for search engines, and for readers who come from one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// What the page is about, in a sentence.
    pub description: String,
    /// The whole address of the English page.
    pub english: String,
    /// The whole address of the French page.
    pub french: String,
}

/// The links of somebody who has signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Their name.
    pub name: String,
    /// To their services, their profile and, for staff, to their work.
    pub links: Vec<Link>,
    /// Where the form that signs out goes.
    pub sign_out: String,
}

impl Account {
    /// Where somebody's services are.
    pub const SERVICES: &str = "/services";
    /// Where somebody's profile is.
    pub const PROFILE: &str = "/profile";
    /// Where staff work.
    pub const STAFF: &str = "/staff";
    /// Where the form that signs out goes.
    pub const SIGN_OUT: &str = "/sign-out";

    /// The links of somebody called `name`.
    pub fn of(language: Language, name: &str, staff: bool) -> Self {
        let t = Texts(language);
        let mut links = vec![
            Link::new(Self::SERVICES, t.your_services()),
            Link::new(Self::PROFILE, t.your_profile()),
        ];
        if staff {
            links.push(Link::new(Self::STAFF, t.staff()));
        }
        Self { name: name.to_owned(), links, sign_out: Self::SIGN_OUT.to_owned() }
    }

    /// The links of somebody who has not signed in.
    pub fn of_nobody(language: Language) -> Vec<Link> {
        let t = Texts(language);
        vec![Link::new("/sign-in", t.sign_in()), Link::new("/register", t.create_account())]
    }
}

/// The band that says in which service the reader is, with the service's pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// The service's name.
    pub name: String,
    /// Its state, when it is not simply live: on trial, suspended.
    pub state: Option<Tag>,
    /// What to do about the state, such as asking to go live.
    pub step: Option<Link>,
    /// Its pages.
    pub links: Vec<Link>,
}

impl Shell {
    /// The frame's words in the page's language.
    pub fn words(&self) -> Texts {
        Texts(self.language)
    }

    /// The text of the `title`: the page, the service, the product; what went wrong comes first.
    pub fn title_line(&self) -> String {
        let error = if self.failed { self.words().title_error() } else { String::new() };
        match &self.band {
            Some(band) => format!("{error}{} – {} – {}", self.title, band.name, self.product),
            None => format!("{error}{} – {}", self.title, self.product),
        }
    }

    /// The same page after a refusal.
    #[must_use]
    pub fn failed(self) -> Self {
        Self { failed: true, ..self }
    }

    /// The whole address of this page among the two of its place.
    pub fn canonical<'a>(&self, place: &'a Place) -> &'a str {
        match self.language {
            Language::English => &place.english,
            Language::French => &place.french,
        }
    }

    /// The announcements that this reader sees.
    pub fn announced(&self) -> impl Iterator<Item = &Notice> {
        self.notices.iter().filter(|notice| notice.everybody || self.account.is_some())
    }

    /// The address of the script.
    pub fn script(&self) -> &'static str {
        asset::path("portico.js")
    }

    /// The address of the style sheet.
    pub fn style(&self) -> &'static str {
        asset::path("style.css")
    }

    /// The address of the icon.
    pub fn icon(&self) -> &'static str {
        asset::path("icon.svg")
    }
}
