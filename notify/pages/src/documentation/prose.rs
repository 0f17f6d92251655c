//! Sentences of the document: paragraphs, and `code` between backticks.

use askama::{Template, filters::HtmlSafe};
use kernel::Language;

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Words(String),
    /// Something typed.
    Code(String),
}

/// Words with code among them, on one line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(
    source = "{% if let Some(language) = foreign %}<span lang=\"{{ language.code() }}\">{% endif %}\
              {% for piece in pieces %}{% match piece %}{% when Piece::Words(words) %}{{ words }}\
              {% when Piece::Code(code) %}<code>{{ code }}</code>{% endmatch %}{% endfor %}\
              {% if foreign.is_some() %}</span>{% endif %}",
    ext = "html"
)]
pub struct Prose {
    pieces: Vec<Piece>,
    /// The language of the words, when it is not the page's.
    foreign: Option<Language>,
}

impl HtmlSafe for Prose {}

impl Prose {
    /// From Markdown as doc comments use it. A backtick without its partner stays as it is. `foreign` is the language
    /// of the words, when it is not the page's.
    pub fn new(text: &str, foreign: Option<Language>) -> Self {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((words, after)) = rest.split_once('`') {
            let Some((code, after)) = after.split_once('`') else { break };
            pieces.push(Piece::Words(folded(words)));
            pieces.push(Piece::Code(code.to_owned()));
            rest = after;
        }
        pieces.push(Piece::Words(folded(rest)));
        pieces.retain(|piece| *piece != Piece::Words(String::new()));
        Self { pieces, foreign }
    }

    /// One for each paragraph of the text.
    pub fn paragraphs(text: &str, foreign: Option<Language>) -> Vec<Self> {
        let all = text.split("\n\n").map(|paragraph| Self::new(paragraph, foreign));
        all.filter(|prose| !prose.pieces.is_empty()).collect()
    }
}

/// Line ends of the source are blanks of the page.
fn folded(words: &str) -> String {
    words.replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        Prose::new(text, None).render().unwrap_or_default()
    }

    #[test]
    fn code_is_marked_and_everything_is_escaped() {
        assert_eq!(html("give `a<b` now"), "give <code>a&#60;b</code> now");
        assert_eq!(html("`x`"), "<code>x</code>");
        assert_eq!(html("a ` lone <i>"), "a ` lone &#60;i&#62;");
    }

    #[test]
    fn words_of_the_other_language_say_so() {
        let prose = Prose::new("Accepted", Some(Language::English));
        assert_eq!(prose.render().unwrap_or_default(), "<span lang=\"en\">Accepted</span>");
    }

    #[test]
    fn blank_lines_part_paragraphs() {
        assert_eq!(Prose::paragraphs("one\nline\n\ntwo\n\n", None).len(), 2);
        assert!(Prose::paragraphs("", None).is_empty());
    }
}
