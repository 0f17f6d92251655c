//! Who reads a page: in which language, and from which address.

use std::{convert::Infallible, str::FromStr, sync::Arc};

use axum::extract::{FromRequestParts, OriginalUri};
use http::{HeaderMap, Uri, header, request::Parts};
use kernel::Language;
use ui::{Link, Shell};

use crate::{notice::Notices, page::Around, visit::Visit};

/// The query parameter that the language link sets.
const PARAMETER: &str = "lang";

/// The cookie that remembers the choice.
pub(crate) const COOKIE: &str = "lang";

/// The reader of a page.
#[derive(Clone, Debug)]
pub struct Reader {
    /// `lang` of the query, else the cookie, else `Accept-Language`, else English.
    pub language: Language,
    path: String,
    query: Option<String>,
    /// The language that the address names, and the one that the browser remembers.
    asked: Option<Language>,
    remembered: Option<Language>,
    /// Where the same page stands in the other language, when that is another path.
    sibling: Option<&'static str>,
    /// The proof for this browser's forms.
    pub(crate) csrf: Arc<str>,
    /// What stands around all pages.
    pub(crate) around: Arc<Around>,
    notices: Notices,
}

impl Reader {
    /// The reader behind a request.
    pub fn of(uri: &Uri, headers: &HeaderMap) -> Self {
        let (asked, remembered) = (asked_for(uri), remembered(headers));
        let language = asked.or(remembered).or_else(|| preferred(headers)).unwrap_or_default();
        Self {
            language,
            path: uri.path().to_owned(),
            query: uri.query().map(ToOwned::to_owned),
            asked,
            remembered,
            sibling: None,
            csrf: Arc::default(),
            around: Arc::default(),
            notices: Notices::default(),
        }
    }

    /// The language that the address asks for with `lang`.
    pub const fn asked(&self) -> Option<Language> {
        self.asked
    }

    /// Whether the reader has ever chosen a language, now or earlier.
    pub const fn has_chosen(&self) -> bool {
        self.asked.is_some() || self.remembered.is_some()
    }

    /// The reader of a page that is written in `language` only and stands at `sibling` in the other one.
    #[must_use]
    pub fn paired(self, language: Language, sibling: &'static str) -> Self {
        Self { language, sibling: Some(sibling), ..self }
    }

    /// Where the reader is: path and query.
    pub fn here(&self) -> String {
        match &self.query {
            Some(query) => format!("{}?{query}", self.path),
            None => self.path.clone(),
        }
    }

    /// The frame for a page of `product` that is called `title`, with the links that everybody has and then those of
    /// `menu`. Of all links the one to this path is current.
    pub fn shell(&self, title: String, product: String, mut menu: Vec<Link>) -> Shell {
        let around = self.around.within(self.language);
        menu.splice(0..0, around.menu.iter().cloned());
        let mut footer = around.footer.clone();
        for link in menu.iter_mut().chain(footer.iter_mut().flat_map(|group| &mut group.links)) {
            link.current = link.href == self.path;
        }
        Shell {
            language: self.language,
            title,
            product,
            home: around.home.clone(),
            other_language: self.in_the_other_language(),
            menu,
            footer,
            terms: around.terms.clone(),
            session_minutes: around.session_minutes,
            place: None,
            csrf: self.csrf.to_string(),
            failed: false,
            account: None,
            band: None,
            done: None,
            notices: self.notices(),
        }
    }

    /// What is announced, in the reader's language.
    fn notices(&self) -> Vec<ui::Notice> {
        let said = |notice: &crate::Notice| ui::Notice {
            text: notice.words(self.language).to_owned(),
            everybody: notice.everybody,
        };
        self.notices.0.iter().map(said).collect()
    }

    /// Marks the one of a service's links that the reader is at or below: the one with the longest address.
    pub fn mark(&self, links: &mut [Link]) {
        let below = |href: &str| {
            self.path
                .strip_prefix(href)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let here = links.iter_mut().filter(|link| below(&link.href));
        if let Some(link) = here.max_by_key(|link| link.href.len()) {
            link.current = true;
        }
    }

    /// This page in the other language: the same query with `lang` replaced, at the same path or at the sibling's.
    pub fn in_the_other_language(&self) -> String {
        let kept: String = pairs(self.query.as_deref())
            .filter(|pair| !pair.starts_with("lang="))
            .flat_map(|pair| [pair, "&"])
            .collect();
        let path = self.sibling.unwrap_or(&self.path);
        format!("{path}?{kept}{PARAMETER}={}", self.language.other().code())
    }
}

impl<S: Sync> FromRequestParts<S> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let original = parts.extensions.get::<OriginalUri>().map(|original| &original.0);
        let mut reader = Self::of(original.unwrap_or(&parts.uri), &parts.headers);
        if let Some(visit) = parts.extensions.get::<Visit>() {
            reader.csrf.clone_from(&visit.proof);
        }
        if let Some(around) = parts.extensions.get::<Arc<Around>>() {
            reader.around.clone_from(around);
        }
        if let Some(notices) = parts.extensions.get::<Notices>() {
            reader.notices.clone_from(notices);
        }
        Ok(reader)
    }
}

/// The language that the address names.
fn asked_for(uri: &Uri) -> Option<Language> {
    pairs(uri.query())
        .find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == PARAMETER))
        .and_then(|(_, code)| Language::from_str(code).ok())
}

fn pairs(query: Option<&str>) -> impl Iterator<Item = &str> {
    query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty())
}

fn remembered(headers: &HeaderMap) -> Option<Language> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .and_then(|(_, code)| Language::from_str(code).ok())
}

/// The first of our languages by weight; of equal weights, the one named first.
fn preferred(headers: &HeaderMap) -> Option<Language> {
    let wishes = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut best: Option<(f32, Language)> = None;
    for wish in wishes.split(',') {
        let mut parts = wish.trim().split(';');
        let code = parts.next().unwrap_or_default();
        let code = code.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let weight = parts
            .find_map(|part| part.trim().strip_prefix("q="))
            .map_or(1.0, |weight| weight.parse().unwrap_or(0.0));
        let Ok(language) = Language::from_str(&code) else { continue };
        if weight > 0.0 && best.is_none_or(|(least, _)| weight > least) {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn reader(address: &'static str, headers: &[(header::HeaderName, &'static str)]) -> Reader {
        let headers =
            headers.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value)));
        Reader::of(&Uri::from_static(address), &headers.collect())
    }

    #[test]
    fn the_address_wins_over_the_cookie_and_the_cookie_over_the_browser() {
        let browser = (header::ACCEPT_LANGUAGE, "fr-CA, en;q=0.8");
        let cookie = (header::COOKIE, "a=b; lang=en");
        assert_eq!(reader("/", &[]).language, Language::English);
        assert_eq!(reader("/", std::slice::from_ref(&browser)).language, Language::French);
        assert_eq!(reader("/", &[browser.clone(), cookie.clone()]).language, Language::English);
        assert_eq!(reader("/?lang=fr", &[browser, cookie]).language, Language::French);
    }

    #[test]
    fn weights_decide_and_nonsense_does_not() {
        let by = |wishes| reader("/", &[(header::ACCEPT_LANGUAGE, wishes)]).language;
        assert_eq!(by("de, en;q=0.3, fr;q=0.7"), Language::French);
        assert_eq!(by("fr;q=0, en;q=0.1"), Language::English);
        assert_eq!(by("fr;q=x, , ;;"), Language::English);
        assert_eq!(reader("/?lang=xx", &[]).language, Language::English);
    }

    #[test]
    fn the_other_language_keeps_the_query() {
        let link = |address| reader(address, &[]).in_the_other_language();
        assert_eq!(link("/dev/mailbox"), "/dev/mailbox?lang=fr");
        assert_eq!(link("/x?a=1&lang=fr&b=%20"), "/x?a=1&b=%20&lang=en");
    }
}
