//! What is read rather than filled in, as HTML: the words say what the colours say, and nothing typed becomes a tag.

use askama::{Template, filters::HtmlSafe};
use kernel::Language;
use ui::{
    BackLink, Banner, BannerTone, Bar, Breadcrumbs, Bubble, ButtonLink, Cell, Chart, ChartRow,
    Copyable, Details, Diff, EmailFrame, Filter, Insert, Inserts, Inset, Link, Live, Panel,
    Preview, Rendered, Selected, Steps, SummaryList, SummaryRow, Tab, Table, Tabs, Tag, Task,
    Tasks, Tile, Tiles, Tone,
};

type Outcome = Result<(), askama::Error>;

const TYPED: &str = "<b> & \"x\"";
const ESCAPED: &str = "&#60;b&#62; &#38; &#34;x&#34;";

/// The HTML, in which what was typed stands escaped and never as it was typed.
fn html(component: &(impl Template + HtmlSafe)) -> Result<String, askama::Error> {
    let html = component.render()?;
    assert!(html.contains(ESCAPED), "{html}");
    assert!(!html.contains("<b>") && !html.contains("&#38;#"), "{html}");
    assert!(!html.contains("style=") && !html.contains("<script"), "{html}");
    Ok(html)
}

fn typed() -> String {
    TYPED.to_owned()
}

#[test]
fn bad_news_interrupts_and_good_news_waits() -> Outcome {
    let banner = |tone| Banner { tone, text: typed(), ..Banner::default() };
    assert!(
        html(&banner(BannerTone::Done))?.contains(r#"class="banner banner-done" role="status""#)
    );
    assert!(
        html(&banner(BannerTone::Danger))?.contains(r#"class="banner banner-danger" role="alert""#)
    );
    let page = html(&Banner { title: typed(), focus: true, ..Banner::default() })?;
    assert!(page.contains(r#"tabindex="-1" autofocus"#) && !page.contains("<p>"), "{page}");
    html(&Inset { text: typed(), ..Inset::default() })?;
    html(&Panel { title: typed(), ..Panel::default() })?;
    let page =
        html(&Details { summary: "More".to_owned(), body: Rendered::words(TYPED), open: true })?;
    assert!(page.starts_with(r#"<details class="details" open><summary>More</summary>"#), "{page}");
    Ok(())
}

#[test]
fn the_reader_is_told_where_they_are() -> Outcome {
    let mut here = Link::new("", TYPED);
    here.current = true;
    let links = vec![Link::new("/a", "A"), here];
    let page = html(&Breadcrumbs { language: Language::French, links })?;
    assert!(page.contains(r#"aria-label="Vous êtes ici""#), "{page}");
    assert!(
        page.contains(r#"<li><a href="/a">A</a></li><li><span aria-current="page">"#),
        "{page}"
    );
    let back = BackLink { language: Language::French, href: "/a".to_owned(), text: String::new() };
    assert!(back.render()?.contains(r#"<a href="/a">Retour</a>"#));
    let steps = Steps { language: Language::English, step: 2, of: 3 };
    assert!(steps.render()?.contains("Step 2 of 3"));
    let steps = Steps { language: Language::French, ..steps };
    assert!(steps.render()?.contains("Étape 2 de 3"));
    Ok(())
}

#[test]
fn tabs_count_and_say_which_is_open() -> Outcome {
    let tab = Tab { href: "/?s=1".to_owned(), text: typed(), count: Some(1234), current: true };
    let tabs = Tabs { label: "Views".to_owned(), tabs: vec![tab], ..Tabs::default() };
    let page = html(&tabs)?;
    assert!(page.contains(r#"<a href="/?s=1" aria-current="page">"#), "{page}");
    assert!(page.contains("(1,234)"), "{page}");
    let page = html(&Tabs { pills: true, language: Language::French, ..tabs })?;
    assert!(page.contains("1\u{a0}234") || page.contains("1\u{202f}234"), "{page}");
    Ok(())
}

#[test]
fn a_task_says_how_it_stands_to_those_who_hear_its_link() -> Outcome {
    let status = Tag::new("To do", Tone::Accent);
    let task =
        Task { title: typed(), href: Some("/t".to_owned()), hint: Some("Two".to_owned()), status };
    let page =
        html(&Tasks { id: String::new(), tasks: vec![task.clone(), Task { href: None, ..task }] })?;
    assert!(
        page.contains(r#"<a href="/t" aria-describedby="task-1-hint task-1-status">"#),
        "{page}"
    );
    assert!(
        page.contains(r#"<div id="task-2-status"><span class="tag tag-accent">To do</span></div>"#)
    );
    assert_eq!(page.matches("<a ").count(), 1, "{page}");
    let tile = Tile { title: typed(), value: Some("12".to_owned()), ..Tile::default() };
    assert!(html(&Tiles { tiles: vec![tile] })?.contains(r#"<span class="tile-value">12</span>"#));
    html(&ButtonLink { text: typed(), ..ButtonLink::default() })?;
    Ok(())
}

#[test]
fn a_change_link_says_what_it_changes() -> Outcome {
    let rows = vec![
        SummaryRow::new("Name", typed()).action("/n", "Change"),
        SummaryRow::new("ID", typed()),
    ];
    let page = html(&SummaryList { rows })?;
    assert!(
        page.contains(
            r#"<dd class="acts"><a href="/n">Change <span class="unseen">Name</span></a></dd>"#
        ),
        "{page}"
    );
    assert!(page.contains(r#"class="summary summary-acts""#), "{page}");
    Ok(())
}

#[test]
fn numbers_stand_under_their_heading_and_an_empty_table_says_so() -> Outcome {
    let table = Table {
        caption: "Sent".to_owned(),
        hide_caption: true,
        head: vec!["Day".to_owned(), "Sent".to_owned()],
        numbers: vec![1],
        rows: vec![vec![Cell::Text(typed()), Cell::Text("12".to_owned())]],
        empty: Some("None yet <".to_owned()),
    };
    let page = html(&table)?;
    assert!(page.contains(r#"<caption class="unseen">Sent</caption>"#), "{page}");
    assert!(page.contains(r#"scope="col" class="number">Sent</th>"#), "{page}");
    assert!(page.contains(r#"data-head="Sent" class="number">12</td>"#), "{page}");
    let page = Table { rows: Vec::new(), ..table }.render()?;
    assert_eq!(page.trim(), r#"<p class="empty">None yet &#60;</p>"#);
    Ok(())
}

#[test]
fn a_limit_is_said_before_it_is_reached_and_never_by_colour_alone() -> Outcome {
    let bar = |used, limit| Bar { label: typed(), used, limit, ..Bar::default() };
    let page = html(&bar(39, 50))?;
    assert!(page.contains("39 of 50 used</p>") && page.contains(r#"width="78""#), "{page}");
    let page = html(&bar(40, 50))?;
    assert!(
        page.contains("bar-near") && page.contains("<strong>Nearly used up</strong>"),
        "{page}"
    );
    let page = html(&bar(50, 50))?;
    assert!(page.contains("bar-full") && page.contains("<strong>Used up</strong>"), "{page}");
    let page = html(&bar(u64::MAX, 1))?;
    assert!(
        page.contains("<strong>Over the limit</strong>") && page.contains(r#"width="100""#),
        "{page}"
    );
    assert!(html(&bar(1, 1_000_000))?.contains(r#"class="bar-fill" width="1""#));
    assert!(html(&bar(0, 0))?.contains("bar-full"));
    let french = Bar { language: Language::French, ..bar(40, 50) };
    assert!(html(&french)?.contains("40 sur 50 <strong>Limite presque atteinte</strong>"));
    Ok(())
}

#[test]
fn a_chart_says_in_a_table_what_it_draws() -> Outcome {
    let row = |label: &str, values: [u64; 2]| ChartRow {
        label: label.to_owned(),
        values: values.to_vec(),
    };
    let page = html(&Chart {
        title: typed(),
        description: "Most on Monday".to_owned(),
        row_heading: "Day".to_owned(),
        series: vec!["Sent".to_owned(), "Failed".to_owned()],
        rows: vec![row("Mon", [150, 50]), row("Tue", [0, 20])],
        ..Chart::default()
    })?;
    assert!(
        page.contains(r#"aria-labelledby="chart-title chart-about"><title id="chart-title">"#),
        "{page}"
    );
    assert!(page.contains(r#"<desc id="chart-about">Most on Monday</desc>"#), "{page}");
    // 200 is the top, so 150 takes three quarters of the height and 50 stands on it up to the top.
    assert!(
        page.contains(r#"class="look-1" x="62.5" y="50.0" width="375.0" height="150.0""#),
        "{page}"
    );
    assert!(
        page.contains(r#"class="look-2" x="62.5" y="0.0" width="375.0" height="50.0""#),
        "{page}"
    );
    assert_eq!(page.matches("<rect").count(), 5, "nothing is drawn for nothing: {page}");
    assert!(page.contains(r#"data-head="Failed" class="number">20</td>"#), "{page}");
    Ok(())
}

#[test]
fn a_chart_of_nothing_is_still_a_chart() -> Outcome {
    let page = Chart::default().render()?;
    assert!(page.contains("<span>4</span><span>2</span><span>0</span>"), "{page}");
    let row = ChartRow { label: String::new(), values: vec![u64::MAX] };
    let page =
        Chart { rows: vec![row], series: vec!["All".to_owned()], ..Chart::default() }.render()?;
    assert_eq!(page.matches("look-1").count(), 1, "{page}");
    Ok(())
}

#[test]
fn a_message_is_shown_as_it_was_written() -> Outcome {
    let page = html(&Bubble { text: typed(), lang: Some(Language::French), ..Bubble::default() })?;
    assert!(page.contains(r#"dir="auto" lang="fr">"#), "{page}");
    let page = html(&EmailFrame { from: typed(), src: "/m".to_owned(), ..EmailFrame::default() })?;
    assert!(page.contains(r#"<iframe sandbox title="Body of the email" src="/m""#), "{page}");
    assert!(!page.contains("Reply to"), "{page}");
    let page = html(&Copyable {
        id: "k".to_owned(),
        label: "Key".to_owned(),
        value: typed(),
        ..Copyable::default()
    })?;
    assert!(
        page.contains(
            r#"type="button" hidden data-copy="k" data-done="Copied">Copy <span class="unseen">Key"#
        ),
        "{page}"
    );
    Ok(())
}

#[test]
fn a_difference_is_said_in_words() -> Outcome {
    let diff =
        Diff { before: "Hello you".to_owned(), after: format!("Hello {TYPED}"), ..Diff::default() };
    let page = html(&diff)?;
    assert!(
        page.contains("Hello <del><span class=\"unseen\" lang=\"en\">[removed:] </span>you<span"),
        "{page}"
    );
    assert!(page.contains(&format!("[added:] </span>{ESCAPED}<span")), "{page}");
    let same = Diff { after: diff.before.clone(), ..diff };
    assert!(same.render()?.contains("The two texts are the same."));
    Ok(())
}

#[test]
fn a_finished_region_is_left_alone() -> Outcome {
    let live = Live {
        id: "l".to_owned(),
        url: "/l".to_owned(),
        body: Rendered::words(TYPED),
        ..Live::default()
    };
    assert!(html(&live)?.contains(r#"<div id="l" data-live="/l" data-every="5">"#));
    let events = Live { events: Some("/e".to_owned()), announce: true, ..live.clone() };
    assert!(html(&events)?.contains(r#"data-events="/e" role="status">"#));
    assert!(html(&Live { finished: true, ..live })?.contains(r#"<div id="l"><p>"#));
    let preview = Preview {
        id: "p".to_owned(),
        form: "f".to_owned(),
        url: "/p".to_owned(),
        body: Rendered::words(TYPED),
    };
    assert!(html(&preview)?.contains(r#"data-preview-of="f" data-url="/p""#));
    let filter = Filter { list: "l".to_owned(), label: typed(), ..Filter::default() };
    assert!(html(&filter)?.contains(
        r#"hidden data-filter="l" data-none="Nothing found" data-one="1 found" data-many="% found""#
    ));
    Ok(())
}

#[test]
fn what_needs_script_is_hidden_until_there_is_some() -> Outcome {
    let insert = Insert::new("Bold", "**", "**");
    let page = html(&Inserts { label: typed(), into: "body".to_owned(), inserts: vec![insert] })?;
    assert!(page.contains(r#"hidden data-into="body""#), "{page}");
    let button = r#"<button type="button" data-before="**" data-after="**">Bold</button>"#;
    assert!(page.contains(button), "{page}");
    let page = html(&Selected { language: Language::French, name: typed() })?;
    assert!(page.contains(r#"data-one="1 sélection" data-many="% sélections""#), "{page}");
    Ok(())
}
