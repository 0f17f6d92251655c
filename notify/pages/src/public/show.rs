//! An article as a page; each stands at two addresses, one for each language.

use accounts::SignedIn;
use askama::Template;
use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use kernel::Language;
use ui::{Account, ButtonLink, Link, Shell};
use web::{PageError, Reader, Routes, page};

use super::{
    Public,
    article::Article,
    entry::{ENTRIES, Entry, Shelf},
    path,
};
use crate::words::Texts;

/// Adds both addresses of every article.
pub fn routes(mut routes: Routes<Public>) -> Routes<Public> {
    for entry in ENTRIES {
        for language in [Language::English, Language::French] {
            let show = move |State(public): State<Public>,
                             who: Option<SignedIn>,
                             reader: Reader| async move {
                show(&public, who.as_ref(), reader, (entry, language))
            };
            routes = routes.get(entry.path(language), show);
        }
    }
    routes
}

#[derive(Template)]
#[template(path = "public/article.html")]
struct Page<'a> {
    shell: Shell,
    t: Texts,
    article: &'a Article,
    /// Whether this is the first page, where the way in is.
    home: bool,
    /// The other guides, on the page of a guide.
    guides: Vec<Link>,
}

/// The article; its sibling for a reader who asks for the other language; their services for somebody who has signed
/// in and comes to the first page.
fn show(
    public: &Public,
    who: Option<&SignedIn>,
    reader: Reader,
    (entry, language): (&'static Entry, Language),
) -> Result<Response, PageError> {
    let home = entry.shelf == Shelf::Home;
    if home && who.is_some() {
        return Ok(Redirect::to(Account::SERVICES).into_response());
    }
    if let Some(elsewhere) = sibling(&reader, entry.paths, language) {
        return Ok(elsewhere.into_response());
    }
    let (_, article) = public.library.find(entry.name, language).ok_or(PageError::Missing)?;
    let reader = reader.paired(language, entry.path(language.other()));
    let what = (entry.paths, article.title.as_str(), article.lead.0.as_str());
    let guides = match entry.shelf {
        Shelf::Guidance => guides(public, language, entry),
        _ => Vec::new(),
    };
    let shell = public.shell((&reader, who), what);
    let page = page::show(&Page { shell, t: Texts(language), article, home, guides })?;
    Ok((Extension(page::Spoken(language)), page).into_response())
}

/// Where a reader goes who asks for the other language, or who comes to the first page with another one.
pub(super) fn sibling(
    reader: &Reader,
    paths: [&'static str; 2],
    language: Language,
) -> Option<Redirect> {
    let asked = match paths[0] {
        // Everybody types the address of the site without knowing that it has two first pages.
        "/" if language == Language::English => Some(reader.language),
        _ => reader.asked(),
    };
    let other = asked.filter(|asked| *asked != language)?;
    let at = path(paths, other);
    let to = if reader.asked().is_some() { format!("{at}?lang={other}") } else { at.to_owned() };
    Some(Redirect::to(&to))
}

fn guides(public: &Public, language: Language, here: &Entry) -> Vec<Link> {
    let articles = public.library.articles(language);
    let guides = articles.filter(|(entry, _)| entry.shelf == Shelf::Guidance);
    let others = guides.filter(|(entry, _)| entry.name != here.name);
    others.map(|(entry, article)| Link::new(entry.path(language), &article.title)).collect()
}
