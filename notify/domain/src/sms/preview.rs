//! The bubble that shows an author what a text will look like, missing values marked (rendering specification, 10.5).

use kernel::Language;

use super::downgrade;
use crate::escape;
use crate::placeholder::{Lists, Personalisation, Source};
use crate::preview::{Safety, Show, Style, highlight};

/// What ends an address although it is no white space, when it stands last.
const NOT_LAST: &[char] = &['.', ',', ':', '"', '\'', ')', ']', ';', '!', '?', '»', '’', '”'];

/// The inside of the bubble, as HTML. Everything an author or caller wrote is escaped; bare addresses become links.
pub fn preview_html(
    template: &Source,
    values: &Personalisation,
    service: Option<&str>,
    language: Language,
) -> String {
    let mut html = String::new();
    if let Some(name) = service.map(str::trim).filter(|name| !name.is_empty()) {
        escape::text(name, &mut html);
        html.push_str(": ");
    }
    let style = Style {
        safety: Safety::Escape,
        lists: Lists::Sentence(language),
        show: Show::Names,
        bare_destinations: false,
    };
    html.push_str(&highlight(template, values, style));
    // The published bubble shows guillemets as "?", and its vector `sms-preview-004` is no listed defect. The message
    // itself carries quotation marks instead (D36).
    let mut shown = String::with_capacity(html.len() + 32);
    downgrade::append(&html.replace(['«', '»'], "?"), &mut shown);
    downgrade::tidy(&mut shown);
    link(&shown.replace('\n', "<br>"))
}

fn link(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = address_start(rest) {
        let length = address_length(&rest[start..]);
        out.push_str(&rest[..start]);
        let address = &rest[start..start + length];
        if address.ends_with("//") {
            out.push_str(address);
        } else {
            out.push_str("<a href=\"");
            out.push_str(&address.replace('"', "&quot;"));
            out.push_str("\">");
            out.push_str(address);
            out.push_str("</a>");
        }
        rest = &rest[start + length..];
    }
    out.push_str(rest);
    out
}

fn address_start(text: &str) -> Option<usize> {
    [text.find("http://"), text.find("https://")].into_iter().flatten().min()
}

/// The length of the address at the start of escaped text, without the punctuation that closes the sentence (D24).
fn address_length(text: &str) -> usize {
    let ends =
        [text.find(|c: char| c.is_whitespace() || c == '<'), text.find("&lt;"), text.find("&gt;")];
    let mut end = ends.into_iter().flatten().min().unwrap_or(text.len());
    let shortest = text.find("//").map_or(0, |at| at + 2);
    while end > shortest {
        let address = &text[..end];
        let kept = match address.strip_suffix("&quot;") {
            Some(kept) => kept,
            None if ends_with_reference(address) => break,
            None => address.strip_suffix(NOT_LAST).unwrap_or(address),
        };
        if kept.len() == end {
            break;
        }
        end = kept.len();
    }
    end.max(shortest)
}

/// Whether the semicolon at the end belongs to something like `&amp;`.
fn ends_with_reference(address: &str) -> bool {
    let Some(body) = address.strip_suffix(';') else { return false };
    body.rsplit_once('&').is_some_and(|(_, name)| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#')
    })
}

#[cfg(test)]
mod tests {
    use kernel::Language;
    use proptest::prelude::*;

    use super::preview_html;
    use crate::placeholder::{Personalisation, Source, Value};

    fn preview(template: &str, name: &str) -> String {
        let values: Personalisation = [("name", Value::from(name))].into_iter().collect();
        preview_html(&Source::parse(template), &values, None, Language::English)
    }

    #[test]
    fn d24_what_closes_the_sentence_is_no_part_of_the_link() {
        assert_eq!(
            preview("See <https://a.example/?x=1&y=2>!", ""),
            "See &lt;<a href=\"https://a.example/?x=1&amp;y=2\">https://a.example/?x=1&amp;y=2</a>&gt;!"
        );
        assert_eq!(preview("https://", ""), "https://");
        assert_eq!(
            preview("(https://a.example/b).", ""),
            "(<a href=\"https://a.example/b\">https://a.example/b</a>)."
        );
    }

    #[test]
    fn a_missing_value_is_marked_and_a_missing_condition_shows_its_text() {
        assert_eq!(preview("Hi ((who))", ""), "Hi <mark class='placeholder'>((who))</mark>");
        assert_eq!(
            preview("((late??\nLine 1\nLine 2\n))", ""),
            "<mark class='placeholder-conditional'><span class='condition'>((late??</span>Line 1<br>Line 2))</mark>"
        );
    }

    proptest! {
        #[test]
        fn a_value_never_adds_a_tag(name in "\\PC{0,40}") {
            let html = preview("Hi ((name)).", &name);
            for tag in html.split('<').skip(1) {
                prop_assert!(tag.starts_with("br>") || tag.starts_with("a href=\"http") || tag.starts_with("/a>"), "{}", html);
            }
        }
    }
}
