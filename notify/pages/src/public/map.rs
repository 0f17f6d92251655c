//! The map of the site: every public page, by what it is for.

use accounts::SignedIn;
use askama::Template;
use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Response},
};
use kernel::Language;
use ui::{Link, LinkGroup, Shell};
use web::{PageError, Reader, Routes, page};

use super::{Public, Shelf, contact, path, pulse, show::sibling};
use crate::{frame::DOCUMENTATION, words::Texts};

/// Where the map is.
pub const PATHS: [&str; 2] = ["/sitemap", "/plan-du-site"];

pub fn routes() -> Routes<Public> {
    let of = |language| {
        move |State(public): State<Public>, who: Option<SignedIn>, reader: Reader| async move {
            show(&public, who.as_ref(), reader, language)
        }
    };
    Routes::default().get(PATHS[0], of(Language::English)).get(PATHS[1], of(Language::French))
}

#[derive(Template)]
#[template(path = "public/map.html")]
struct Map {
    shell: Shell,
    intro: String,
    groups: Vec<LinkGroup>,
}

fn show(
    public: &Public,
    who: Option<&SignedIn>,
    reader: Reader,
    language: Language,
) -> Result<Response, PageError> {
    if let Some(elsewhere) = sibling(&reader, PATHS, language) {
        return Ok(elsewhere.into_response());
    }
    let t = Texts(language);
    let reader = reader.paired(language, path(PATHS, language.other()));
    let (title, intro) = (t.public_map_title(), t.public_map_intro());
    let shell = public.shell((&reader, who), (PATHS, &title, &intro));
    let page = page::show(&Map { shell, intro, groups: groups(public, t) })?;
    Ok((Extension(page::Spoken(language)), page).into_response())
}

fn groups(public: &Public, t: Texts) -> Vec<LinkGroup> {
    let language = t.0;
    let on = |shelf: Shelf| {
        let articles = public.library.articles(language);
        let here = articles.filter(move |(entry, _)| entry.shelf == shelf);
        here.map(|(entry, article)| Link::new(entry.path(language), &article.title))
    };
    let mut about = vec![Link::new(path(pulse::PATHS, language), t.public_status_title())];
    if public.support_address.is_some() {
        about.push(Link::new(path(contact::PATHS, language), t.contact_title()));
    }
    let way_in = [
        Link::new("/register", t.public_register()),
        Link::new("/sign-in", t.public_sign_in()),
        Link::new("/forgot-password", t.public_forgot()),
    ];
    let documentation = Link::new(DOCUMENTATION, t.documentation_title());
    let group = |title, links| LinkGroup { title, links };
    vec![
        group(
            t.public_foot_about(),
            on(Shelf::Home).chain(on(Shelf::About)).chain(about).collect(),
        ),
        group(t.public_foot_guidance(), on(Shelf::Guidance).chain([documentation]).collect()),
        group(t.public_foot_account(), way_in.into()),
        group(t.public_foot_rules(), on(Shelf::Rules).collect()),
    ]
}
