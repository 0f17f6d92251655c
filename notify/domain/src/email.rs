//! The complete e-mail: subject, preheader, HTML document and plain text, all from one reading of the template
//! (rendering specification, sections 8 and 9).

mod look;

pub use look::{Colour, Logo, Look, NotAColour};

use crate::{
    escape,
    markdown::{
        Event, Section, Tree, html, plain,
        preheader::{self, Marks, Preheader},
    },
    placeholder::{Conditional, Lists, Name, Personalisation, Sink, Source, Value},
    shield, subject,
    template::{Languages, MissingPersonalisation, Template},
};

/// An e-mail ready to be handed to a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailMessage {
    /// For the header: one line, not escaped.
    pub subject: String,
    /// What inboxes show after the subject, as HTML text.
    pub preheader: String,
    /// A complete HTML document.
    pub html: String,
    /// The plain-text part; ends with one line end.
    pub plain: String,
}

/// Renders an e-mail.
///
/// # Errors
/// The names that have no value: nothing is sent without them (D7).
pub fn render(
    template: &Template,
    values: &Personalisation,
    look: &Look,
) -> Result<EmailMessage, MissingPersonalisation> {
    template.complete(values)?;
    let mut filled_subject = String::new();
    template.subject().fill(values, template.sentence(), &mut filled_subject);
    let tree = Tree::parse(&filled_body(template.body(), values));
    let preheader = preheader::write(&tree, Marks::Hidden);
    let mut plain_text = String::with_capacity(template.body().as_str().len() + 256);
    plain::write(&tree, &mut plain_text);
    let document = Document { template, look, preheader: &preheader, tree: &tree };
    Ok(EmailMessage {
        html: document.write(&subject::html(&filled_subject)),
        subject: subject::text(&filled_subject),
        preheader: preheader.html,
        plain: plain_text,
    })
}

/// The HTML of the body alone, without the document around it.
///
/// # Errors
/// The names that have no value.
pub fn body(
    template: &Template,
    values: &Personalisation,
) -> Result<String, MissingPersonalisation> {
    template.complete(values)?;
    let mut out = String::new();
    html::write(&Tree::parse(&filled_body(template.body(), values)), &mut out);
    Ok(out)
}

/// The body with its values shielded from the parser (D1).
fn filled_body(body: &Source, values: &Personalisation) -> String {
    let mut shielding = Shielding { out: String::with_capacity(body.as_str().len() + 256) };
    body.walk(values, &mut shielding);
    shielding.out
}

struct Shielding {
    out: String,
}

impl Sink for Shielding {
    fn text(&mut self, text: &str) {
        shield::template_text(text, &mut self.out);
    }

    fn value(&mut self, value: &Value) {
        Lists::Bullets.write(value, &mut self.out, &mut shield::shield);
    }

    fn missing(&mut self, _: &Name) {}

    fn missing_conditional(&mut self, _: &Conditional, _: &Personalisation) {}
}

/// Between the start of the document and its title. Nothing is fetched from anywhere, and telephone numbers are not
/// turned into links by the reader's program.
const HEAD: &str = "<head>\n\
    <meta charset=\"utf-8\">\n\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
    <meta name=\"format-detection\" content=\"telephone=no\">\n\
    <meta name=\"color-scheme\" content=\"light dark\">\n\
    <meta name=\"supported-color-schemes\" content=\"light dark\">\n";

/// How every e-mail looks; the content is at most 580 pixels wide.
const STYLE: &str = include_str!("email/style.css");

/// The HTML document around a message.
struct Document<'a> {
    template: &'a Template,
    look: &'a Look,
    preheader: &'a Preheader,
    tree: &'a Tree,
}

impl Document<'_> {
    fn write(&self, title: &str) -> String {
        let body = self.template.body().as_str().len();
        let mut out = String::with_capacity(HEAD.len() + STYLE.len() + 2 * body + 1024);
        let direction = if self.template.is_right_to_left() { "rtl" } else { "ltr" };
        let language = self.language();
        let title = if title.is_empty() { "Message" } else { title };
        let start = ["<!DOCTYPE html>\n<html lang=\"", language, "\" dir=\"", direction, "\">\n"];
        for part in start.into_iter().chain([HEAD, "<title>", title, "</title>\n<style>\n", STYLE])
        {
            out.push_str(part);
        }
        self.colour(&mut out);
        out.push_str("</style>\n</head>\n<body>\n");
        self.hidden_line(&mut out);
        out.push_str("<div class=\"page\">\n");
        self.head(&mut out);
        out.push_str("<div class=\"content\" dir=\"");
        out.push_str(direction);
        out.push_str("\">\n");
        html::write(self.tree, &mut out);
        out.push_str("</div>\n</div>\n</body>\n</html>\n");
        out
    }

    /// The language of what names none itself (D17). A template in English and French has none in common. What is
    /// written from right to left is in neither, so it must not be read out in their sounds.
    fn language(&self) -> &'static str {
        let has_other_script =
            || self.tree.events().contains(&Event::Section(Section::RightToLeft));
        match self.template.languages() {
            _ if self.template.is_right_to_left() => "und",
            Languages::One(_) if has_other_script() => Languages::Both.tag(),
            languages => languages.tag(),
        }
    }

    fn colour(&self, out: &mut String) {
        if let Some(colour) = &self.look.colour {
            out.push_str(".head{border-color:");
            out.push_str(colour.as_str());
            out.push_str("}\n");
        }
    }

    fn hidden_line(&self, out: &mut String) {
        if self.preheader.html.is_empty() {
            return;
        }
        out.push_str("<div class=\"preheader\" hidden>");
        out.push_str(&self.preheader.html);
        out.push_str(if self.preheader.cut { "\u{2026}</div>\n" } else { "</div>\n" });
    }

    /// The name and logo, all of it escaped (D16). The name is set apart from the direction around it, so that what
    /// ends in a sign keeps it at its end.
    fn head(&self, out: &mut String) {
        if self.look.name.is_none() && self.look.logo.is_none() {
            return;
        }
        out.push_str("<div class=\"head\">");
        if let Some(logo) = &self.look.logo {
            out.push_str("<img src=\"");
            escape::attribute(&logo.address, out);
            out.push_str("\" alt=\"");
            escape::attribute(&logo.alternative, out);
            out.push_str("\">");
        }
        if let Some(name) = &self.look.name {
            out.push_str("<bdi>");
            escape::text(name, out);
            out.push_str("</bdi>");
        }
        out.push_str("</div>\n");
    }
}
