//! The defects of other renderers that this one does not copy (rendering specification, section 16), each by its
//! number.
#![expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use kernel::Language;
use notify::{
    email::{self, Colour, EmailMessage, Logo, Look},
    markdown::{Advice, preheader::Marks},
    placeholder::{Personalisation, Value},
    preview::{self, Show},
    subject,
    template::{Languages, Template},
};

/// Values from pairs of name and text.
fn values(pairs: &[(&str, &str)]) -> Personalisation {
    pairs.iter().map(|(name, text)| (*name, Value::from(*text))).collect()
}

/// The HTML of a body without its line ends.
fn html(body: &str, pairs: &[(&str, &str)]) -> String {
    email::body(&Template::email("", body), &values(pairs)).unwrap().replace('\n', "")
}

fn message(body: &str, pairs: &[(&str, &str)]) -> EmailMessage {
    email::render(&Template::email("S", body), &values(pairs), &Look::default()).unwrap()
}

fn plain(body: &str, pairs: &[(&str, &str)]) -> String {
    message(body, pairs).plain
}

#[test]
fn d1_a_value_is_text_and_never_markdown() {
    let evil = "**Bob** [refund](https://evil.example) `x` <b>\n\n# Won\n* one\n1. two";
    assert_eq!(
        html("Dear ((name)),", &[("name", evil)]),
        "<p>Dear **Bob** [refund](https://evil.example) `x` &lt;b&gt;<br><br># Won<br>* one<br>1. two,</p>"
    );
    assert_eq!(html("((a))", &[("a", "# Head")]), "<p># Head</p>");
    assert_eq!(html("#((a))", &[("a", "one")]), "<p>#one</p>");
    assert_eq!(html("((a)). Text", &[("a", "1")]), "<p>1. Text</p>");
    assert_eq!(html("* ((a))\n* b", &[("a", "* c")]), "<ul><li>* c</li><li>b</li></ul>");
    assert_eq!(html("((a))b", &[("a", "    x")]), "<p>    xb</p>");
    assert_eq!(html("**((a))**", &[("a", " x* ")]), "<p><strong> x* </strong></p>");
    assert_eq!(html("((a))", &[("a", "[[fr]]x[[/fr]]")]), "<p>[[fr]]x[[/fr]]</p>");
}

#[test]
fn d1_a_value_is_linked_only_when_it_is_a_web_address_and_nothing_else() {
    let link = "<a href=\"https://a.example/x_y_z\">https://a.example/x_y_z</a>";
    assert_eq!(
        html("See ((u)).", &[("u", "https://a.example/x_y_z")]),
        format!("<p>See {link}.</p>")
    );
    assert_eq!(
        html("See ((u))", &[("u", "at https://a.example")]),
        "<p>See at https://a.example</p>"
    );
    assert_eq!(html("See ((u))", &[("u", "javascript://a")]), "<p>See javascript://a</p>");
    assert_eq!(
        html("Track https://a.example/?id=((id)).", &[("id", "7_7")]),
        "<p>Track <a href=\"https://a.example/?id=7_7\">https://a.example/?id=7_7</a>.</p>"
    );
}

#[test]
fn d1_a_value_cannot_leave_the_destination_it_fills() {
    let out = html("[go](((u)))", &[("u", "https://a.example) [evil](https://evil.example")]);
    assert_eq!(out, "<p><a href=\"https://a.example\">go</a> [evil](https://evil.example)</p>");
    assert_eq!(html("[go](((u)))", &[("u", "javascript:x")]), "<p><a href=\"#\">go</a></p>");
}

#[test]
fn d2_the_ampersand_of_a_link_is_escaped_once() {
    let link = "<p><a href=\"https://a.example/?q=1&amp;lang=fr\">x</a></p>";
    assert_eq!(html("[x](https://a.example/?q=1&lang=fr)", &[]), link);
    assert_eq!(html("[x](((u)))", &[("u", "https://a.example/?q=1&lang=fr")]), link);
}

#[test]
fn d3_a_bare_address_keeps_its_escapes() {
    let out = html("https://a.example/?a=b+c%26d%2Fe&f=100%&g=é", &[]);
    assert!(
        out.contains("href=\"https://a.example/?a=b+c%26d%2Fe&amp;f=100%25&amp;g=%C3%A9\""),
        "{out}"
    );
}

#[test]
fn d4_a_line_after_a_list_item_is_kept() {
    for line in ["**Note** this", "-30 °C", "1.5 km"] {
        let out = plain(&format!("* one\n{line}\n* two"), &[]);
        assert_eq!(out, format!("• one\n{line}\n• two\n"));
    }
}

#[test]
fn lists_nest_by_their_indent() {
    let body = "* aa\n    * bb\n        * cc\n            * dd\n* ee";
    assert_eq!(plain(body, &[]), "• aa\n\n• bb\n\n• cc\n\n• dd\n• ee\n");
}

#[test]
fn d5_tables_images_and_definitions_are_printed_and_the_author_is_told() {
    let body =
        "a | b\n--|--\n1 | 2\n\n![Our logo](https://a.example/x.png)\n\n[Deadline]: tomorrow.soon";
    assert_eq!(plain(body, &[]), "a | b\n1 | 2\n\nOur logo\n\n[Deadline]: tomorrow.soon\n");
    let advice = Template::email("", body).advice();
    let unused = Advice::UnusedDefinition("[Deadline]: tomorrow.soon".into());
    assert_eq!(advice, [Advice::Table, Advice::Image, unused]);
    let used = "See [the act][act].\n\n[act]: https://a.example";
    assert_eq!(plain(used, &[]), "See the act: https://a.example.\n");
    assert!(Template::email("", used).advice().is_empty());
}

#[test]
fn d7_a_missing_value_is_refused_and_never_printed() {
    let template = Template::email("Re ((topic))", "Hi ((name)) ((docs))");
    let mut given = values(&[("name", "Jo")]);
    given.insert("docs", Value::List(Vec::new()));
    let refusal = email::render(&template, &given, &Look::default()).unwrap_err();
    assert_eq!(refusal.0, ["topic", "docs"]);
    assert_eq!(template.fill(&given).unwrap_err().0, ["topic", "docs"]);
}

#[test]
fn d8_addresses_in_plain_text_are_not_decoded() {
    let address = "https://a.example/?lang=en&region=ON&copy=2&amp;x";
    assert_eq!(plain(address, &[]), format!("{address}\n"));
    assert_eq!(plain("[x](((u)))", &[("u", address)]), format!("x: {address}\n"));
}

#[test]
fn d9_language_tags_are_not_in_the_plain_text() {
    let body = "[[en]]\nHello\n[[/en]]\n[[fr]]\nBonjour\n[[/fr]]\n[[rtl]]\nx\n[[/rtl]]\n[[en]]";
    assert_eq!(plain(body, &[]), "Hello\n\nBonjour\n\nx\n");
}

#[test]
fn d10_tags_are_blocks_wherever_they_stand_and_strays_are_text() {
    assert_eq!(
        html("Before [[en]]inside[[/en]] after", &[]),
        "<p>Before </p><div lang=\"en-ca\"><p>inside</p></div><p> after</p>"
    );
    assert_eq!(html("[[/en]]\nback\n[[en]]", &[]), "<p>[[/en]]<br>back<br>[[en]]</p>");
    assert_eq!(html("[[en]][[fr]]x[[/en]]", &[]), "<div lang=\"en-ca\"><p>[[fr]]x</p></div>");
    let advice = Template::email("", "[[fr]]\nx\n[[/fr]]\n[[/en]]").advice();
    assert_eq!(advice, [Advice::UnbalancedTag("[[/en]]".into())]);
    assert_eq!(message("[[fr]]\n# Avis\n[[/fr]]", &[]).preheader, "Avis");
}

#[test]
fn d11_a_missing_link_is_its_bare_name() {
    let template = Template::email("", "[Sign in](((sign in link))) ((name))");
    let shown = preview::body(&template, &values(&[("name", "Ana")]), Show::Names);
    assert_eq!(shown, "<p><a href=\"sign in link\">Sign in</a> Ana</p>\n");
}

#[test]
fn d12_names_with_signs_of_html_find_their_values() {
    assert_eq!(html("((R&D)) ((a<b))", &[("R&D", "x"), ("a<b", "y")]), "<p>x y</p>");
}

#[test]
fn d13_placeholders_in_conditionals_are_filled() {
    let body = "((ok??\n# Approved\n\nYour permit ((permit)) is valid.\n))";
    let out = html(body, &[("ok", "yes"), ("permit", "P-1")]);
    assert_eq!(out, "<h2>Approved</h2><p>Your permit P-1 is valid.</p>");
}

#[test]
fn d14_brackets_in_names_are_balanced() {
    assert_eq!(html("((fee (CAD)))!", &[("fee (CAD)", "$5")]), "<p>$5!</p>");
}

#[test]
fn d15_previews_read_the_markdown_of_conditionals_and_keep_blocks_apart() {
    let nothing = Personalisation::new();
    let template = Template::email("", "Hi ((late??pay **now**)).");
    let shown = preview::body(&template, &nothing, Show::Names);
    assert!(shown.contains("((late??</span>pay <strong>now</strong>))</mark>."), "{shown}");
    let template = Template::email("", "Hi ((late??one\n\ntwo)) there");
    assert_eq!(
        preview::body(&template, &nothing, Show::Names).replace('\n', ""),
        "<p>Hi </p><div class='placeholder-conditional'><span class='condition'>((late??</span>\
         <p>one</p><p>two</p>))</div><p> there</p>"
    );
}

#[test]
fn d16_what_a_service_says_of_itself_is_escaped() {
    let look = Look {
        name: Some("<script>R&D</script>".into()),
        logo: Some(Logo { address: "https://a.example/\"><x".into(), alternative: "\"><y".into() }),
        colour: Some(Colour::parse("#1D70B8").unwrap()),
    };
    let template = Template::email("\"</title><z>", "x");
    let out = email::render(&template, &Personalisation::new(), &look).unwrap().html;
    for tag in ["<script", "<x", "<y", "<z"] {
        assert!(!out.contains(tag), "{tag} in {out}");
    }
    assert!(out.contains("&lt;script&gt;R&amp;D&lt;/script&gt;"));
    assert!(Colour::parse("red;}</style>").is_err());
}

#[test]
fn d17_the_document_is_in_the_language_of_its_template() {
    let french = Template::email("S", "x").in_languages(Languages::One(Language::French));
    let both = Template::email("S", "x").in_languages(Languages::Both);
    let render = |template| email::render(&template, &Personalisation::new(), &Look::default());
    assert!(render(french).unwrap().html.contains("<html lang=\"fr-ca\" dir=\"ltr\">"));
    assert!(render(both).unwrap().html.contains("<html lang=\"mul\" dir=\"ltr\">"));
}

#[test]
fn d18_the_preheader_is_plain_text_cut_before_it_is_escaped() {
    let shown = message(&format!("**{}**", "&".repeat(300)), &[]);
    assert_eq!(shown.preheader, "&amp;".repeat(256));
    assert!(shown.html.contains("&amp;…</div>"));
    let listed = message("You **need**:\n* a card\n* a _form_\n\nBye", &[]);
    assert_eq!(listed.preheader, "You need: a card, a form Bye");
    assert!(!listed.html.contains('…'));
    let typed = format!("{}&eacute; end", "x".repeat(255));
    assert!(message(&typed, &[]).preheader.ends_with("x&eacute;"));
    let template = Template::email("", "**a**");
    assert_eq!(preview::preheader(&template, &Personalisation::new(), Marks::Shown), "**a**");
}

#[test]
fn d19_subjects_keep_joiners_inside_words_and_emoji() {
    assert_eq!(
        subject::text("👩\u{200d}👧 می\u{200c}خواهم \u{200d}x\u{200b}y"),
        "👩\u{200d}👧 می\u{200c}خواهم xy"
    );
    assert_eq!(subject::text("a\r\nBcc: b\u{0}\u{7}"), "a Bcc: b");
}

#[test]
fn d20_quotes_next_to_marks_curl_the_right_way_in_plain_text() {
    assert_eq!(plain("**\"Now\"** or \"**never**\"", &[]), "**“Now”** or “**never**”\n");
    assert_eq!(plain("**Bob**'s _\"x\"_", &[]), "**Bob**’s _“x”_\n");
}

#[test]
fn d21_dashes_do_not_eat_line_ends() {
    assert_eq!(
        plain("Yours,\n--\nThe team -\nOttawa - Gatineau", &[]),
        "Yours,\n--\nThe team -\nOttawa – Gatineau\n"
    );
}

#[test]
fn d22_apostrophes_are_straight_within_addresses_and_only_there() {
    assert_eq!(
        plain("l'adresse:a@b.ca d'or@x.ca o'neil@y.ca d'Arcy's", &[]),
        "l’adresse:a@b.ca d'or@x.ca o'neil@y.ca d’Arcy’s\n"
    );
}

#[test]
fn d23_a_space_stays_before_a_dot_that_begins_a_word() {
    assert_eq!(plain("A .pdf , .50 or .ca .", &[]), "A .pdf, .50 or .ca.\n");
}

#[test]
fn d24_signs_after_an_address_are_no_part_of_it() {
    for sign in [";", "!", "?", " »", "»", "’", ">", "),"] {
        let out = html(&format!("https://a.example/x{sign}"), &[]);
        assert!(
            out.starts_with("<p><a href=\"https://a.example/x\">https://a.example/x</a>"),
            "{out}"
        );
    }
    assert!(html("https://a.example/x_(y)", &[]).contains("x_(y)</a>"));
}

#[test]
fn d25_unsafe_destinations_are_not_shown() {
    assert_eq!(plain("[Click](javascript:void) [b](data:x)", &[]), "Click b\n");
}

#[test]
fn d26_destinations_may_hold_brackets_and_stand_in_angles() {
    assert_eq!(
        html("[b](https://a.example/x_(y))", &[]),
        "<p><a href=\"https://a.example/x_(y)\">b</a></p>"
    );
    assert_eq!(
        html("[b](<https://a.example/x y)>)", &[]),
        "<p><a href=\"https://a.example/x y)\">b</a></p>"
    );
}

#[test]
fn d27_indented_and_fenced_text_keeps_its_lines() {
    assert_eq!(html("a\n\n    b *c*\n    d\n\ne", &[]), "<p>a</p><p>b *c*<br>d</p><p>e</p>");
    assert_eq!(plain("a\n\n```\nb\nc\n```\nd", &[]), "a\n\nb\nc\n\nd\n");
}

#[test]
fn d28_there_are_no_stray_breaks() {
    assert_eq!(
        html("\n\n\n* a\n\n  b\n\n* c", &[]),
        "<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>"
    );
}

#[test]
fn d29_a_line_separator_is_a_line_break() {
    assert_eq!(html("a\u{2028}b ((c))", &[("c", "d\u{2028}e")]), "<p>a<br>b d<br>e</p>");
}

#[test]
fn d30_nothing_is_put_into_names_of_sites() {
    assert_eq!(plain("GOV.UK", &[]), "GOV.UK\n");
}

#[test]
fn d31_only_the_label_is_translated() {
    let template = Template::email("", "[hidden] ((x)) [From]");
    let shown = preview::body(&template, &Personalisation::new(), Show::Label("[caché]"));
    assert_eq!(shown, "<p>[hidden] <mark class='placeholder-redacted'>[caché]</mark> [From]</p>\n");
}

#[test]
fn d32_lists_in_subjects_use_the_language_of_the_template() {
    let template = Template::email("((x))", "y").in_languages(Languages::One(Language::French));
    let mut given = Personalisation::new();
    given.insert("x", Value::List(vec!["un".into(), "deux".into()]));
    let shown = email::render(&template, &given, &Look::default()).unwrap();
    assert_eq!(shown.subject, "un et deux");
}

#[test]
fn d33_numbers_and_booleans_have_one_form() {
    let object: serde_json::Value = serde_json::json!({"a": 1.0, "b": false, "c": [0, 2.5, null]});
    let given = Personalisation::from_json(object.as_object().unwrap()).unwrap();
    let template = Template::email("S", "((a)) ((b)) ((c))");
    let shown = email::render(&template, &given, &Look::default()).unwrap();
    assert_eq!(shown.plain, "1 false \n\n• 0\n• 2.5\n");
}

#[test]
fn d34_ordinary_text_stays_text() {
    for text in
        ["#1 priority", "2*3*4", "5 * 3 * 2", "snake_case_name", "Name\n--\nTitle", "Title\n==="]
    {
        assert_eq!(plain(text, &[]), format!("{text}\n"));
    }
    assert_eq!(plain("On March 31,\n2026. Please come", &[]), "On March 31,\n2026. Please come\n");
    assert_eq!(plain("2026. Please", &[]), "2026. Please\n");
}

#[test]
fn d35_html_of_authors_is_text_and_no_remote_judge_is_asked() {
    assert_eq!(html("<b onclick=x>hi</b>", &[]), "<p>&lt;b onclick=x&gt;hi&lt;/b&gt;</p>");
}
