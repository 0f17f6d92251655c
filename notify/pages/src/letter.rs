//! Messages shown on pages: their bodies alone in a frame where nothing runs, marks for what is not filled yet.

use askama::{Template, filters::HtmlSafe};
use axum::{
    http::header,
    response::{Html, IntoResponse},
};
use kernel::Language;
use notify::{
    Channel,
    template::{self, Languages},
};
use notify_store::template as kept;
use ui::{Rendered, Tag, Tone};

use crate::words::Texts;

/// What an e-mail may do on our origin: be seen. Its styles are its own, its images come from where it says.
pub const POLICY: &str = "sandbox; default-src 'none'; style-src 'unsafe-inline'; \
    img-src https: http: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/// HTML that the domain wrote and escaped.
struct Written(String);

impl std::fmt::Display for Written {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Written {}

/// Subject or text with its marks, as the domain escaped it.
pub fn marked(html: String) -> Rendered {
    Rendered::of(&Written(html))
}

/// The body of an e-mail inside a page of ours. The domain has escaped every other sign, so what looks like a tag is one
/// of its own. Links open beside the page; one whose address is still a gap leads nowhere.
pub fn inside(html: &str) -> Rendered {
    let mut out = String::with_capacity(html.len() + 64);
    let mut rest = html;
    while let Some(at) = rest.find("<a ") {
        let (before, link) = rest.split_at(at);
        out.push_str(before);
        let end = link.find('>').map_or(link.len(), |end| end + 1);
        let (tag, after) = link.split_at(end);
        if ["http://", "https://", "mailto:", "tel:"]
            .iter()
            .any(|scheme| tag.contains(&format!("href=\"{scheme}")))
        {
            out.push_str("<a target=\"_blank\" rel=\"noopener\"");
            out.push_str(&tag[2..]);
        } else {
            out.push_str("<a class=\"gap\">");
        }
        rest = after;
    }
    out.push_str(rest);
    marked(out)
}

/// The same below a heading of the page: its headings are one level lower.
pub fn below(html: &str) -> Rendered {
    let lower = html.replace("<h3>", "<h4>").replace("</h3>", "</h4>");
    inside(&lower.replace("<h2>", "<h3>").replace("</h2>", "</h3>"))
}

#[derive(Template)]
#[template(path = "letter.html")]
struct Framed<'a> {
    lang: &'a str,
    dir: &'a str,
    body: Written,
}

/// The document of an e-mail's body, with the policy that keeps it from doing anything.
pub fn framed(template: &template::Template, body: &str) -> impl IntoResponse + use<> {
    let dir = if template.is_right_to_left() { "rtl" } else { "ltr" };
    let page = Framed { lang: template.languages().tag(), dir, body: Written(body.to_owned()) };
    let html = page.render().unwrap_or_default();
    document(html)
}

/// A whole document of an e-mail, with the same policy.
pub fn document(html: String) -> impl IntoResponse + use<> {
    let headers =
        [(header::CONTENT_SECURITY_POLICY, POLICY), (header::X_FRAME_OPTIONS, "SAMEORIGIN")];
    (headers, Html(html))
}

/// The language of a template's words, when it is another than the reader's.
pub fn foreign(reader: Language, head: &kept::Model) -> Option<Language> {
    match head.languages() {
        Languages::One(language) if language != reader => Some(language),
        _ => None,
    }
}

/// The tag for a channel.
pub fn kind(t: Texts, channel: Channel) -> Tag {
    match channel {
        Channel::Email => Tag { text: t.email(), tone: Tone::Accent },
        Channel::Sms => Tag { text: t.text_message(), tone: Tone::Neutral },
    }
}
