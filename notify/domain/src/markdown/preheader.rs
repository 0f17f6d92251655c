//! Writes the beginning of a tree as the line that inboxes show after the subject (rendering specification,
//! section 8, with D18).

use crate::{
    character_reference, escape,
    markdown::{Event, Link, Span, Tree},
    shield,
};

/// The most characters of a preheader.
const LONGEST: usize = 256;

/// Whether the marks of the Markdown are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marks {
    /// Plain words: what a reader's inbox shows.
    Hidden,
    /// `**bold**`, `_italic_`, bullets and numbers, as GC Notify shows them.
    Shown,
}

/// A preheader.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preheader {
    /// Escaped for HTML.
    pub html: String,
    /// The message goes on after it.
    pub cut: bool,
}

/// Writes the preheader. The cut is made before escaping, so that it never falls inside a character reference.
pub fn write(tree: &Tree, marks: Marks) -> Preheader {
    let mut writer =
        Writer { tree, marks, line: Line::default(), lists: Vec::new(), link: None, hidden: 0 };
    for event in tree.events() {
        if writer.line.full {
            break;
        }
        writer.event(event);
    }
    writer.line.finish()
}

struct Writer<'t> {
    tree: &'t Tree,
    marks: Marks,
    line: Line,
    /// Of each open list, whether it is numbered and how many items it has had.
    lists: Vec<(bool, u32)>,
    link: Option<Link>,
    /// Conditionals around whose text was already shown as it is written.
    hidden: u32,
}

impl Writer<'_> {
    fn event(&mut self, event: &Event) {
        match event {
            Event::Conditional(number, _) => self.conditional(*number),
            Event::ConditionalEnd(..) => self.hidden = self.hidden.saturating_sub(1),
            _ if self.hidden > 0 => {}
            Event::Text(words) => self.text(words.curled),
            Event::Url(span) => self.text(*span),
            Event::Angle(span, _) => {
                self.line.push("<");
                self.text(*span);
                self.line.push(">");
            }
            Event::Strong | Event::StrongEnd => self.mark("**"),
            Event::Emphasis | Event::EmphasisEnd => self.mark("_"),
            Event::Link(link) => self.link = Some(*link),
            Event::LinkEnd => self.link_end(),
            Event::Highlight(number) => {
                let mut html = String::new();
                self.tree.highlights.mark(*number, &mut html);
                self.line.push_html(&html);
            }
            Event::List(ordered) => {
                self.lists.push((*ordered, 0));
                self.line.blank();
            }
            Event::ListEnd(_) => {
                self.lists.pop();
                self.line.blank();
            }
            Event::Item => self.item(),
            Event::StrayTag(_) => {}
            _ => self.line.blank(),
        }
    }

    fn text(&mut self, span: Span) {
        let text = self.tree.get(span);
        if shield::any_reserved(text) {
            let mut html = String::new();
            shield::to_html(text, &mut html);
            self.line.push(&html);
        } else {
            self.line.push(text);
        }
    }

    fn mark(&mut self, mark: &str) {
        if self.marks == Marks::Shown {
            self.line.push(mark);
        }
    }

    /// The mark of an item; where marks are hidden, a comma between items instead.
    fn item(&mut self) {
        let Some((ordered, count)) = self.lists.last_mut() else { return };
        *count += 1;
        let (ordered, count) = (*ordered, *count);
        if self.marks == Marks::Hidden
            && count > 1
            && self.line.text.ends_with(char::is_alphanumeric)
        {
            self.line.blank = false;
            self.line.push(",");
        }
        self.line.blank();
        self.mark(&if ordered { format!("{count}. ") } else { "\u{2022} ".to_owned() });
    }

    fn link_end(&mut self) {
        if let Some(title) = self.link.take().and_then(|link| link.title) {
            self.line.push(" (");
            self.text(title.curled);
            self.line.push(")");
        }
    }

    fn conditional(&mut self, number: u32) {
        if self.hidden == 0 {
            let mut html = String::new();
            self.tree.highlights.mark(number, &mut html);
            self.line.push_html(&html);
        }
        self.hidden += 1;
    }
}

/// Words with single blanks between them, up to the longest length.
#[derive(Default)]
struct Line {
    text: String,
    /// Stretches that are HTML already, as bytes of `text`.
    markup: Vec<(usize, usize)>,
    count: usize,
    /// A blank comes before the next word.
    blank: bool,
    full: bool,
}

impl Line {
    fn blank(&mut self) {
        self.blank = !self.text.is_empty();
    }

    fn push(&mut self, text: &str) {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            if self.full {
                return;
            }
            if c.is_whitespace() {
                self.blank();
                rest = &rest[c.len_utf8()..];
                continue;
            }
            // A reference that the author typed counts as the one character that it shows.
            let reference = if c == '&' { character_reference::length(rest) } else { 0 };
            let (unit, more) = rest.split_at(reference.max(c.len_utf8()));
            if std::mem::take(&mut self.blank) {
                self.put(" ");
            }
            self.put(unit);
            rest = more;
        }
    }

    fn put(&mut self, unit: &str) {
        if self.count == LONGEST {
            self.full = true;
            return;
        }
        self.text.push_str(unit);
        self.count += 1;
    }

    /// Markup of a preview; not counted and not escaped.
    fn push_html(&mut self, html: &str) {
        if std::mem::take(&mut self.blank) {
            self.put(" ");
        }
        self.markup.push((self.text.len(), self.text.len() + html.len()));
        self.text.push_str(html);
    }

    fn finish(self) -> Preheader {
        let mut html = String::with_capacity(self.text.len() + 32);
        let mut from = 0;
        for (start, end) in self.markup {
            escape::text(&self.text[from..start], &mut html);
            html.push_str(&self.text[start..end]);
            from = end;
        }
        escape::text(&self.text[from..], &mut html);
        html.truncate(html.trim_end().len());
        Preheader { html, cut: self.full }
    }
}
