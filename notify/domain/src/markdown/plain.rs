//! Writes a tree as the plain-text part of an e-mail (rendering specification, sections 4.7 and 9.6).

use crate::{
    markdown::{Event, Link, Span, Tree},
    shield,
};

/// Length of the lines under headings and between parts.
const LINE: usize = 65;

/// Appends the text: no blanks at the start, one line end at the end.
pub fn write(tree: &Tree, out: &mut String) {
    let start = out.len();
    let mut writer = Writer { tree, out, start, lists: Vec::new(), link: None };
    for event in tree.events() {
        writer.event(event);
    }
    let end = out.trim_end_matches('\n').len().max(start);
    out.truncate(end);
    out.push('\n');
}

struct Writer<'t, 'o> {
    tree: &'t Tree,
    out: &'o mut String,
    /// Where text may begin: at the start, and after the mark of an item, blanks are left out.
    start: usize,
    /// Of each open list, the number of its last item; none for bullets.
    lists: Vec<Option<u32>>,
    link: Option<Link>,
}

impl Writer<'_, '_> {
    fn event(&mut self, event: &Event) {
        match event {
            Event::Paragraph | Event::Heading(2..) => self.lines("\n\n"),
            Event::Heading(_) => self.lines("\n\n\n"),
            Event::HeadingEnd(_) => {
                self.out.push('\n');
                self.line('-');
            }
            Event::Rule => {
                self.lines("\n\n");
                self.line('=');
            }
            Event::List(ordered) => {
                self.lists.push(ordered.then_some(0));
                self.lines("\n");
            }
            Event::ListEnd(_) => {
                self.lists.pop();
            }
            Event::Item => self.item(),
            Event::ItemEnd => self.item_end(),
            Event::Text(words) => self.text(words.curled),
            Event::Break => self.lines("\n"),
            Event::Strong | Event::StrongEnd => self.out.push_str("**"),
            Event::Emphasis | Event::EmphasisEnd => self.out.push('_'),
            Event::Link(link) => self.link = Some(*link),
            Event::LinkEnd => self.link_end(),
            Event::Url(span) | Event::Angle(span, _) => self.text(*span),
            Event::Highlight(number) | Event::Conditional(number, _) => {
                self.tree.highlights.open_plain(*number, self.out);
            }
            Event::ConditionalEnd(..) => self.out.push_str("))"),
            Event::ParagraphEnd
            | Event::Callout
            | Event::CalloutEnd
            | Event::Section(_)
            | Event::SectionEnd
            | Event::StrayTag(_) => {}
        }
    }

    /// Line ends, unless text has yet to begin.
    fn lines(&mut self, ends: &str) {
        if self.out.len() > self.start {
            self.out.push_str(ends);
        }
    }

    fn line(&mut self, sign: char) {
        self.out.extend(std::iter::repeat_n(sign, LINE));
    }

    fn text(&mut self, span: Span) {
        let mut text = self.tree.get(span);
        if self.out.len() == self.start {
            text = text.trim_start();
        }
        shield::unshield(text, self.out);
    }

    fn item(&mut self) {
        self.lines("\n");
        match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                let number = *number;
                self.out.push_str(&number.to_string());
                self.out.push_str(". ");
            }
            _ => self.out.push_str("\u{2022} "),
        }
        self.start = self.out.len();
    }

    fn item_end(&mut self) {
        let end = self.out.trim_end().len();
        self.out.truncate(end);
        self.start = 0;
    }

    fn link_end(&mut self) {
        let Some(link) = self.link.take() else { return };
        if let Some(title) = link.title {
            self.out.push_str(" (");
            self.text(title.curled);
            self.out.push(')');
        }
        // What an author must not link to is not shown either (D25); what a recipient wrote is, as text.
        if link.safe || link.supplied {
            self.out.push_str(": ");
            self.text(link.destination.curled);
        }
    }
}
