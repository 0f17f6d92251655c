//! An article made from Markdown: title, first paragraph, contents, and the rest in the components of all pages.

use kernel::Language;
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html::push_html};
use ui::{Cell, Link, Rendered, Table};

use super::{
    contents::{fill, spaced},
    facts::Facts,
};
use crate::letter::marked;

/// One article in one language.
#[derive(Clone, Debug, Default)]
pub struct Article {
    /// Its name.
    pub title: String,
    /// Its first paragraph, as plain words and as HTML.
    pub lead: (String, Rendered),
    /// Its parts, each with the address on the page.
    pub contents: Vec<Link>,
    /// The rest.
    pub body: Rendered,
}

impl Article {
    /// Reads `# Title`, a first paragraph, and whatever follows.
    pub fn read(source: &str, facts: &Facts<'_>, language: Language) -> Self {
        let filled = fill(source, facts, language);
        let options = Options::ENABLE_TABLES | Options::ENABLE_SMART_PUNCTUATION;
        let mut writer = Writer { language, ..Writer::default() };
        let mut events =
            Parser::new_ext(&filled, options).map(|event| writer_event(event, language));
        while let Some(event) = events.next() {
            match event {
                Event::Start(Tag::Heading { level, .. }) => {
                    let inside = until(&mut events, |end| matches!(end, TagEnd::Heading(_)));
                    writer.heading(level, inside);
                }
                Event::Start(Tag::Paragraph) if writer.lead.0.is_empty() => {
                    let inside = until(&mut events, |end| *end == TagEnd::Paragraph);
                    writer.lead = (plain(&inside), marked(html(inside)));
                }
                Event::Start(Tag::Table(_)) => writer.table(&mut events),
                other => writer.waiting.push(other),
            }
        }
        writer.flush();
        Self {
            title: writer.title,
            lead: writer.lead,
            contents: writer.contents,
            body: marked(writer.body),
        }
    }
}

/// Typed HTML is only words, and words are set as their language sets them.
fn writer_event(event: Event<'_>, language: Language) -> Event<'_> {
    match event {
        Event::Html(words) | Event::InlineHtml(words) => Event::Text(words),
        Event::Text(words) => Event::Text(CowStr::from(spaced(&words, language))),
        other => other,
    }
}

#[derive(Default)]
struct Writer<'s> {
    language: Language,
    title: String,
    lead: (String, Rendered),
    contents: Vec<Link>,
    /// The last heading, which names the table below it.
    part: String,
    tables: usize,
    waiting: Vec<Event<'s>>,
    body: String,
}

impl<'s> Writer<'s> {
    fn flush(&mut self) {
        push_html(&mut self.body, self.waiting.drain(..));
    }

    fn heading(&mut self, level: HeadingLevel, inside: Vec<Event<'s>>) {
        let words = plain(&inside);
        if level == HeadingLevel::H1 {
            self.title = words;
            return;
        }
        self.flush();
        let id = slug(&words);
        let inside = html(inside);
        self.body.push_str(&format!("<{level} id=\"{id}\">{inside}</{level}>\n"));
        if level == HeadingLevel::H2 {
            self.contents.push(Link::new(format!("#{id}"), words.clone()));
        }
        self.part = words;
    }

    fn table(&mut self, events: &mut impl Iterator<Item = Event<'s>>) {
        self.flush();
        self.tables += 1;
        let (mut head, mut rows) = (Vec::new(), Vec::<Vec<Cell>>::new());
        while let Some(event) = events.next() {
            match event {
                Event::Start(Tag::TableRow) => rows.push(Vec::new()),
                Event::Start(Tag::TableCell) => {
                    let inside = until(events, |end| *end == TagEnd::TableCell);
                    match rows.last_mut() {
                        Some(row) => row.push(Cell::Rendered(marked(html(inside)))),
                        None => head.push(plain(&inside)),
                    }
                }
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        let caption = self.caption();
        let table = Table { caption, hide_caption: true, head, rows, ..Table::default() };
        self.body.push_str(&table.to_string());
    }

    /// The name of a table: that of its part, and which one it is where there are several.
    fn caption(&self) -> String {
        let part = if self.part.is_empty() { &self.title } else { &self.part };
        match (self.tables, self.language) {
            (1, _) => part.clone(),
            (number, Language::English) => format!("{part} (table {number})"),
            (number, Language::French) => format!("{part} (tableau {number})"),
        }
    }
}

/// The events up to an end, which is taken too.
fn until<'s>(
    events: &mut impl Iterator<Item = Event<'s>>,
    is_end: impl Fn(&TagEnd) -> bool,
) -> Vec<Event<'s>> {
    events.take_while(|event| !matches!(event, Event::End(end) if is_end(end))).collect()
}

fn html(events: Vec<Event<'_>>) -> String {
    let mut html = String::new();
    push_html(&mut html, events.into_iter());
    html
}

fn plain(events: &[Event<'_>]) -> String {
    let words = events.iter().map(|event| match event {
        Event::Text(words) | Event::Code(words) => words.as_ref(),
        Event::SoftBreak | Event::HardBreak => " ",
        _ => "",
    });
    words.collect()
}

/// A heading as an address: lower case, letters without accents, one hyphen between words.
fn slug(words: &str) -> String {
    let mut slug = String::with_capacity(words.len());
    for letter in words.to_lowercase().chars() {
        let letter = match letter {
            'à' | 'â' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'î' | 'ï' => 'i',
            'ô' => 'o',
            'ù' | 'û' | 'ü' => 'u',
            'ç' => 'c',
            letter => letter,
        };
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if letter == 'œ' {
            slug.push_str("oe");
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::public::Installation;

    fn read(source: &str, language: Language) -> Article {
        let installation =
            Installation { support_address: None, retention_days: 7, receipt_hours: 72 };
        let facts = Facts { installation: &installation, sending: Default::default() };
        Article::read(source, &facts, language)
    }

    #[test]
    fn an_article_has_a_title_a_lead_contents_and_a_body() {
        let article =
            read("# A *b*\n\nFirst `one`.\n\n## Größe & more\n\n<b>x</b>\n", Language::English);
        assert_eq!(article.title, "A b");
        assert_eq!(article.lead.0, "First one.");
        assert_eq!(article.contents, [Link::new("#gr-e-more", "Größe & more")]);
        let body = Cell::Rendered(article.body).to_string();
        assert!(body.contains("<h2 id=\"gr-e-more\">Größe &amp; more</h2>"), "{body}");
        assert!(body.contains("&lt;b&gt;x") && !body.contains("<b>"), "{body}");
    }

    #[test]
    fn a_table_is_that_of_all_pages_and_is_named_by_its_part() {
        let source = "# T\n\nL.\n\n## États œuvrés\n\n| Mot | Sens |\n|---|---|\n| `a` | b : c |\n";
        let article = read(source, Language::French);
        assert_eq!(article.contents[0].href, "#etats-oeuvres");
        let body = Cell::Rendered(article.body).to_string();
        assert!(body.contains(r#"<caption class="unseen">États œuvrés</caption>"#), "{body}");
        assert!(body.contains("data-head=\"Sens\">b\u{a0}: c</td>"), "{body}");
        assert!(body.contains(r#"<th role="rowheader" scope="row"><code>a</code></th>"#), "{body}");
    }
}
