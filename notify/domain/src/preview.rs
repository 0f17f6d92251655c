//! Shows a message whose values are missing or hidden, for the pages where templates are written and read
//! (rendering specification, section 2.6, with D11, D15 and D31).

use crate::{
    escape,
    markdown::{
        self, Section, Tree,
        preheader::{self, Marks},
    },
    placeholder::{Conditional, Lists, Name, Personalisation, Segment, Sink, Source, Value, walk},
    shield, subject,
    template::Template,
};

/// What stands in the place of a value that is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show<'a> {
    /// `((name))`, marked.
    #[default]
    Names,
    /// `[name]`, marked.
    NamesWithoutBrackets,
    /// This label for every one, such as `[hidden]`: it comes translated, and no word of the message is (D31).
    Label(&'a str),
}

impl Show<'static> {
    /// The label of GC Notify.
    pub const HIDDEN: Self = Self::Label("[hidden]");
}

/// How text and values are made safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// For HTML.
    Escape,
    /// For HTML, without the tags that the text holds.
    Strip,
    /// Not at all: for text that is never HTML.
    Passthrough,
}

/// How a subject or body is shown before any Markdown.
#[derive(Clone, Copy, Debug)]
pub struct Style<'a> {
    /// How text is made safe.
    pub safety: Safety,
    /// How list values are written.
    pub lists: Lists,
    /// What stands for missing values.
    pub show: Show<'a>,
    /// In `[text](((link)))` the bare name stands for a missing link, so that the link keeps its form (D11).
    pub bare_destinations: bool,
}

/// Fills a text, marking what has no value.
pub fn highlight(source: &Source, values: &Personalisation, style: Style) -> String {
    let mut sink = Highlighter { style, out: String::with_capacity(source.as_str().len() + 64) };
    source.walk(values, &mut sink);
    sink.out
}

struct Highlighter<'a> {
    style: Style<'a>,
    out: String,
}

impl Highlighter<'_> {
    fn safe(&mut self, text: &str) {
        safe(self.style.safety, text, &mut self.out);
    }

    fn safe_copy(&self, text: &str) -> String {
        let mut out = String::new();
        safe(self.style.safety, text, &mut out);
        out
    }
}

fn safe(safety: Safety, text: &str, out: &mut String) {
    match safety {
        Safety::Escape => escape::text(text, out),
        Safety::Strip => escape::strip_tags(text, out),
        Safety::Passthrough => out.push_str(text),
    }
}

impl Sink for Highlighter<'_> {
    fn text(&mut self, text: &str) {
        self.safe(text);
    }

    fn value(&mut self, value: &Value) {
        let safety = self.style.safety;
        let mut write = |text: &str, out: &mut String| safe(safety, text, out);
        self.style.lists.write(value, &mut self.out, &mut write);
    }

    fn missing(&mut self, name: &Name) {
        let name = self.safe_copy(&name.written);
        if self.style.bare_destinations && self.out.ends_with("](") {
            self.out.push_str(&name);
        } else {
            missing(&name, self.style.show, &mut self.out);
        }
    }

    fn missing_conditional(&mut self, asked: &Conditional, _: &Personalisation) {
        let name = self.safe_copy(&asked.name.written);
        let text = self.safe_copy(&asked.text);
        conditional(&name, &text, self.style.show, &mut self.out);
    }
}

fn missing(name: &str, show: Show, out: &mut String) {
    let (class, element, before, inner, after) = match show {
        Show::Names => ("placeholder", "mark", "((", name, "))"),
        Show::NamesWithoutBrackets => ("placeholder-no-brackets", "span", "[", name, "]"),
        Show::Label(label) => ("placeholder-redacted", "mark", "", label, ""),
    };
    for part in ["<", element, " class='", class, "'>", before, inner, after, "</", element, ">"] {
        out.push_str(part);
    }
}

/// A conditional on one line; its line ends become breaks.
fn conditional(name: &str, text: &str, show: Show, out: &mut String) {
    if let Show::Label(_) = show {
        missing(name, show, out);
        return;
    }
    conditional_open(name, false, out);
    out.push_str(&text.trim_matches('\n').replace('\n', "<br>"));
    out.push_str("))</mark>");
}

fn conditional_open(name: &str, block: bool, out: &mut String) {
    out.push_str(if block { "<div" } else { "<mark" });
    out.push_str(" class='placeholder-conditional'><span class='condition'>((");
    out.push_str(name);
    out.push_str("??</span>");
}

/// The marked places of a text while it is read as Markdown.
#[derive(Debug, Default)]
pub struct Highlights {
    places: Vec<Place>,
    /// Stands for each place, where values are hidden.
    label: Option<String>,
}

#[derive(Debug)]
struct Place {
    /// The name as written.
    name: String,
    /// Of a conditional, its text as written and as filled.
    text: Option<(String, String)>,
}

impl Highlights {
    fn place(&self, number: u32) -> Option<&Place> {
        self.places.get(number as usize)
    }

    /// Whether the place is a conditional whose text is shown.
    pub(crate) fn is_conditional(&self, number: u32) -> bool {
        self.label.is_none() && self.place(number).is_some_and(|place| place.text.is_some())
    }

    /// The filled text of a conditional.
    pub(crate) fn text(&self, number: u32) -> &str {
        let text = self.place(number).and_then(|place| place.text.as_ref());
        text.map_or("", |(_, filled)| filled)
    }

    /// The whole markup of a place.
    pub(crate) fn mark(&self, number: u32, out: &mut String) {
        let Some(place) = self.place(number) else { return };
        let name = escaped(&place.name);
        match (&self.label, &place.text) {
            (Some(label), _) => missing(&name, Show::Label(&escaped(label)), out),
            (None, None) => missing(&name, Show::Names, out),
            (None, Some((written, _))) => {
                let mut marked = String::new();
                conditional(&name, &escaped(written), Show::Names, &mut marked);
                out.push_str(&without_tags(&marked));
            }
        }
    }

    /// The opening markup of a conditional.
    pub(crate) fn open(&self, number: u32, block: bool, out: &mut String) {
        if let Some(place) = self.place(number) {
            conditional_open(&escaped(&place.name), block, out);
        }
    }

    /// The place in plain text: all of it, or the beginning of a conditional.
    pub(crate) fn open_plain(&self, number: u32, out: &mut String) {
        let Some(place) = self.place(number) else { return };
        match &self.label {
            Some(label) => out.push_str(label),
            None => {
                out.push_str("((");
                out.push_str(&place.name);
                out.push_str(if place.text.is_some() { "??" } else { "))" });
            }
        }
    }

    /// A link's destination with the bare names of the places in it (D11); none when it holds no place.
    pub(crate) fn name_in(&self, destination: &str) -> Option<String> {
        let mut from = destination.find(shield::HIGHLIGHT)?;
        let mut out = destination[..from].to_owned();
        while let Some((number, length)) = shield::highlight(&destination[from..]) {
            if let Some(place) = self.place(number) {
                shield::shield(&place.name, &mut out);
            }
            let rest = &destination[from + length..];
            let next = rest.find(shield::HIGHLIGHT).unwrap_or(rest.len());
            out.push_str(&rest[..next]);
            from += length + next;
        }
        Some(out)
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape::text(text, &mut out);
    out
}

/// The text without reserved characters.
fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    shield::template_text(text, &mut out);
    out
}

fn without_tags(text: &str) -> String {
    ["[[en]]", "[[/en]]", "[[fr]]", "[[/fr]]", "[[rtl]]", "[[/rtl]]"]
        .iter()
        .fold(text.to_owned(), |text, tag| text.replace(tag, ""))
}

/// Fills a text for the parser, with marks where values are missing.
struct Marker<'h> {
    highlights: &'h mut Highlights,
    out: String,
    lists: Lists,
}

impl Marker<'_> {
    fn push(&mut self, kind: char, place: Place) {
        let number = u32::try_from(self.highlights.places.len()).unwrap_or(u32::MAX);
        self.highlights.places.push(place);
        shield::push_highlight(kind, number, &mut self.out);
    }

    fn filled(&mut self, parts: &[Segment], values: &Personalisation) -> String {
        let mut inner =
            Marker { highlights: self.highlights, out: String::new(), lists: self.lists };
        walk(parts, values, &mut inner);
        inner.out
    }
}

impl Sink for Marker<'_> {
    fn text(&mut self, text: &str) {
        shield::template_text(text, &mut self.out);
    }

    fn value(&mut self, value: &Value) {
        // Only bodies are read as Markdown; a subject is escaped as a whole.
        let mut write = match self.lists {
            Lists::Bullets => shield::shield,
            Lists::Sentence(_) => shield::template_text,
        };
        self.lists.write(value, &mut self.out, &mut write);
    }

    fn missing(&mut self, name: &Name) {
        self.push(shield::HIGHLIGHT, Place { name: clean(&name.written), text: None });
    }

    fn missing_conditional(&mut self, asked: &Conditional, values: &Personalisation) {
        let filled = self.filled(&asked.parts, values);
        let block = filled.contains('\n')
            && self.lists == Lists::Bullets
            && self.highlights.label.is_none();
        let place =
            Place { name: clean(&asked.name.written), text: Some((clean(&asked.text), filled)) };
        self.push(if block { shield::HIGHLIGHT_BLOCK } else { shield::HIGHLIGHT }, place);
    }
}

fn marked(
    source: &Source,
    values: &Personalisation,
    lists: Lists,
    show: Show,
) -> (String, Highlights) {
    let label = match show {
        Show::Label(label) => Some(label.to_owned()),
        Show::Names | Show::NamesWithoutBrackets => None,
    };
    let mut highlights = Highlights { places: Vec::new(), label };
    let mut marker = Marker { highlights: &mut highlights, out: String::new(), lists };
    source.walk(values, &mut marker);
    let filled = marker.out;
    (filled, highlights)
}

/// The body of an e-mail template with what values there are, read for a preview.
pub fn tree(template: &Template, values: &Personalisation, show: Show) -> Tree {
    let (filled, highlights) = marked(template.body(), values, Lists::Bullets, show);
    Tree::parse_highlighted(&filled, highlights)
}

/// The HTML of an e-mail's body, missing values marked by `show`.
pub fn body(template: &Template, values: &Personalisation, show: Show) -> String {
    let mut html = String::new();
    markdown::html::write(&tree(template, values, show), &mut html);
    html
}

/// The body as readers of English and of French get it, side by side; none when it is not written in blocks of both.
pub fn sides(template: &Template, values: &Personalisation, show: Show) -> Option<[String; 2]> {
    let tree = tree(template, values, show);
    let both = tree.has(Section::English) && tree.has(Section::French);
    both.then(|| {
        [Section::English, Section::French].map(|section| {
            let mut html = String::new();
            markdown::html::write_side(&tree, section, &mut html);
            html
        })
    })
}

/// The preheader of an e-mail as HTML, missing values marked; they are never hidden here.
pub fn preheader(template: &Template, values: &Personalisation, marks: Marks) -> String {
    preheader::write(&tree(template, values, Show::Names), marks).html
}

/// The subject of an e-mail as HTML, missing values marked by `show`.
pub fn subject(template: &Template, values: &Personalisation, show: Show) -> String {
    let (filled, highlights) = marked(template.subject(), values, template.sentence(), show);
    let text = subject::marked_html(&filled);
    let mut html = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find(shield::HIGHLIGHT) {
        html.push_str(&rest[..at]);
        let Some((number, length)) = shield::highlight(&rest[at..]) else { break };
        highlights.mark(number, &mut html);
        rest = &rest[at + length..];
    }
    html.push_str(rest);
    html
}

/// The plain-text part of an e-mail, missing values as `((name))` or by their label.
pub fn plain(template: &Template, values: &Personalisation, show: Show) -> String {
    let mut out = String::new();
    markdown::plain::write(&tree(template, values, show), &mut out);
    out
}

/// The plain-text part of an e-mail with the markup of missing values in it, as GC Notify answers; pages show
/// [`plain`].
pub fn plain_with_markup(template: &Template, values: &Personalisation) -> String {
    let style = Style {
        safety: Safety::Passthrough,
        lists: Lists::Bullets,
        show: Show::Names,
        bare_destinations: values.is_empty(),
    };
    let mut filled = String::new();
    shield::template_text(&highlight(template.body(), values, style), &mut filled);
    let mut out = String::new();
    markdown::plain::write(&Tree::parse(&filled), &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::{Show, sides};
    use crate::{placeholder::Personalisation, template::Template};

    #[test]
    fn each_side_has_its_language_and_what_has_none() {
        let body =
            "Dear ((name)),\n\n[[en]]\n# Hello\n[[/en]]\n\n[[fr]]\n# Bonjour\n[[/fr]]\n\nRef. 12";
        let found = sides(&Template::email("S", body), &Personalisation::new(), Show::Names);
        let [english, french] = found.unwrap_or_default();
        assert!(english.contains("<h2>Hello</h2>") && !english.contains("Bonjour"), "{english}");
        assert!(french.contains("<h2>Bonjour</h2>") && !french.contains("Hello"), "{french}");
        for side in [english, french] {
            assert!(side.contains("((name))") && side.contains("Ref. 12"), "{side}");
        }
        let one = Template::email("S", "[[en]]\nHello\n[[/en]]");
        assert_eq!(sides(&one, &Personalisation::new(), Show::Names), None);
    }
}
