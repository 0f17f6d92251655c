//! Each component as HTML: what it escapes, what it leaves out.

use askama::Template;
use kernel::Language;
use ui::{
    Cell, Link, Pagination, Problem, ProblemPage, Shell, SummaryList, Table, Tag, Texts, Tone,
};

type Outcome = Result<(), askama::Error>;

#[test]
fn what_people_typed_is_escaped_once() -> Outcome {
    let list = SummaryList::from_iter([("Subject".to_owned(), Cell::Text("<b> & “x”".to_owned()))]);
    assert!(list.render()?.contains("<dt>Subject</dt><dd>&#60;b&#62; &#38; “x”</dd>"));
    let link = Cell::Link(Link::new("/a?b=\"", "<i>"));
    assert_eq!(link.render()?, "<a href=\"/a?b=&#34;\">&#60;i&#62;</a>");
    Ok(())
}

#[test]
fn a_component_inside_another_keeps_its_tags() -> Outcome {
    let tag = Tag { text: "Text".to_owned(), tone: Tone::Accent };
    let table = Table {
        caption: "Messages".to_owned(),
        head: vec!["When".to_owned(), "Kind".to_owned()],
        rows: vec![vec![Cell::Text("now".to_owned()), Cell::Tag(tag)]],
        ..Table::default()
    };
    let html = table.render()?;
    assert!(html.contains(r#"<th role="rowheader" scope="row">now</th>"#), "{html}");
    assert!(
        html.contains(
            r#"<td role="cell" data-head="Kind"><span class="tag tag-accent">Text</span></td>"#
        ),
        "{html}"
    );
    assert!(html.contains(r#"<caption>Messages</caption>"#), "{html}");
    Ok(())
}

#[test]
fn pagination_without_other_pages_is_nothing() -> Outcome {
    let mut pages = Pagination { language: Language::French, newer: None, older: None };
    assert_eq!(pages.render()?.trim(), "");
    pages.older = Some("?older_than=1".to_owned());
    assert!(pages.render()?.contains(r#"<a rel="next" href="?older_than=1">Plus anciens</a>"#));
    Ok(())
}

#[test]
fn the_frame_says_its_language_and_has_one_heading() -> Outcome {
    for language in [Language::English, Language::French] {
        let (title, advice) = Problem::Missing.words(Texts(language));
        let shell = Shell {
            language,
            title: title.clone(),
            product: "Notify".to_owned(),
            other_language: "/x?lang=fr".to_owned(),
            ..Shell::default()
        };
        let html = ProblemPage { shell, advice }.render()?;
        assert!(html.contains(&format!("<html lang=\"{language}\">")), "{html}");
        assert!(html.contains(&format!("<title>{title} – Notify</title>")), "{html}");
        assert_eq!(html.matches("<h1>").count(), 1);
        assert!(!html.contains("<script>") && !html.contains("style="), "{html}");
    }
    Ok(())
}
