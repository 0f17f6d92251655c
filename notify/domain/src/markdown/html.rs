//! Writes a tree as the HTML of a message body.

use crate::{
    escape,
    markdown::{Event, Link, Section, Span, Tree, Words, url},
    shield,
};

/// Appends the body, one block a line.
pub fn write(tree: &Tree, out: &mut String) {
    let mut writer = Writer { tree, out, in_link: false, scratch: String::new() };
    for event in tree.events() {
        writer.event(event);
    }
}

/// Appends the body as the readers of one language get it to hear: what stands in no block of a language, and what
/// stands in blocks of `section`.
pub fn write_side(tree: &Tree, section: Section, out: &mut String) {
    let other = match section {
        Section::English => Section::French,
        Section::French => Section::English,
        Section::RightToLeft => return write(tree, out),
    };
    let mut writer = Writer { tree, out, in_link: false, scratch: String::new() };
    let mut left_out = 0;
    for event in tree.events() {
        match event {
            Event::Section(_) if left_out > 0 => left_out += 1,
            Event::Section(opened) if *opened == other => left_out = 1,
            Event::SectionEnd if left_out > 0 => left_out -= 1,
            _ if left_out > 0 => {}
            event => writer.event(event),
        }
    }
}

struct Writer<'t, 'o> {
    tree: &'t Tree,
    out: &'o mut String,
    in_link: bool,
    scratch: String,
}

impl Writer<'_, '_> {
    fn event(&mut self, event: &Event) {
        match event {
            Event::Text(words) => self.text(*words),
            Event::Link(link) => self.link(*link),
            Event::LinkEnd => {
                self.in_link = false;
                self.out.push_str("</a>");
            }
            Event::Url(span) => self.url(*span),
            Event::Angle(span, web) => self.angle(*span, *web),
            Event::StrayTag(span) => self.words(*span),
            Event::Highlight(number) => self.tree.highlights.mark(*number, self.out),
            Event::Conditional(number, block) => {
                self.tree.highlights.open(*number, *block, self.out);
            }
            Event::ConditionalEnd(_, block) => {
                self.out.push_str(if *block { "))</div>\n" } else { "))</mark>" });
            }
            other => {
                let tag = tag(other);
                self.out.push_str(tag);
            }
        }
    }

    fn text(&mut self, words: Words) {
        self.words(if self.in_link { words.straight } else { words.curled });
    }

    fn words(&mut self, span: Span) {
        let text = self.tree.get(span);
        if !shield::any_reserved(text) {
            escape::text(text, self.out);
            return;
        }
        self.scratch.clear();
        shield::to_html(text, &mut self.scratch);
        escape::text(&self.scratch, self.out);
    }

    fn attribute(&mut self, name: &str, value: Span) {
        self.scratch.clear();
        shield::unshield(self.tree.get(value), &mut self.scratch);
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape::attribute(&self.scratch, self.out);
        self.out.push('"');
    }

    fn link(&mut self, link: Link) {
        self.in_link = true;
        self.out.push_str("<a ");
        let empty = self.tree.get(link.destination.straight).is_empty();
        if link.safe && !empty {
            self.attribute("href", link.destination.straight);
        } else {
            self.out.push_str("href=\"#\"");
        }
        if let Some(title) = link.title {
            self.attribute(" title", title.straight);
        }
        self.out.push('>');
    }

    fn url(&mut self, span: Span) {
        let mut address = String::new();
        shield::unshield(self.tree.get(span), &mut address);
        self.scratch.clear();
        url::encode(&address, &mut self.scratch);
        self.out.push_str("<a href=\"");
        escape::attribute(&self.scratch, self.out);
        self.out.push_str("\">");
        escape::text(&address, self.out);
        self.out.push_str("</a>");
    }

    fn angle(&mut self, span: Span, web: bool) {
        self.out.push_str("&lt;");
        if web && !self.in_link {
            self.url(span);
        } else {
            self.words(span);
        }
        self.out.push_str("&gt;");
    }
}

/// Tags that carry no text of the message.
fn tag(event: &Event) -> &'static str {
    match event {
        Event::Paragraph => "<p>",
        Event::ParagraphEnd => "</p>\n",
        Event::Heading(1) => "<h2>",
        Event::Heading(_) => "<h3>",
        Event::HeadingEnd(1) => "</h2>\n",
        Event::HeadingEnd(_) => "</h3>\n",
        Event::Rule => "<hr>\n",
        Event::List(true) => "<ol>\n",
        Event::List(false) => "<ul>\n",
        Event::ListEnd(true) => "</ol>\n",
        Event::ListEnd(false) => "</ul>\n",
        Event::Item => "<li>",
        Event::ItemEnd => "</li>\n",
        Event::Callout => "<blockquote>\n",
        Event::CalloutEnd => "</blockquote>\n",
        Event::Section(Section::English) => "<div lang=\"en-ca\">\n",
        Event::Section(Section::French) => "<div lang=\"fr-ca\">\n",
        Event::Section(Section::RightToLeft) => "<div dir=\"rtl\">\n",
        Event::SectionEnd => "</div>\n",
        Event::Break => "<br>\n",
        Event::Strong => "<strong>",
        Event::StrongEnd => "</strong>",
        Event::Emphasis => "<em>",
        Event::EmphasisEnd => "</em>",
        _ => "",
    }
}
