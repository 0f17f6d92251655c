//! The HTML document of an e-mail (rendering specification, section 9).
#![expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

#[path = "../examples/documents/sample.rs"]
mod sample;

use notify::{
    email::{self, EmailMessage, Logo, Look},
    placeholder::{Personalisation, Value},
    template::{Filled, Template},
};

fn message(name: &str) -> EmailMessage {
    sample::messages().unwrap().into_iter().find(|(known, _)| *known == name).unwrap().1
}

#[test]
fn every_part_says_its_language_and_direction() {
    assert!(message("english").html.contains("<html lang=\"en-ca\" dir=\"ltr\">"));
    assert!(message("french").html.contains("<html lang=\"fr-ca\" dir=\"ltr\">"));
    let both = message("both").html;
    for part in ["<html lang=\"mul\"", "<div lang=\"en-ca\">", "<div lang=\"fr-ca\">"] {
        assert!(both.contains(part), "{part}");
    }
    let arabic = message("right-to-left").html;
    assert!(arabic.contains("<html lang=\"und\" dir=\"rtl\">"));
    assert!(arabic.contains("<div class=\"content\" dir=\"rtl\">"));
    let template = Template::email("S", "[[rtl]]\nx\n[[/rtl]]");
    let html = email::render(&template, &Personalisation::new(), &Look::default()).unwrap().html;
    assert!(html.contains("<html lang=\"mul\" dir=\"ltr\">") && html.contains("<div dir=\"rtl\">"));
}

#[test]
fn nothing_is_fetched_from_anywhere() {
    // Only a service's own logo comes from somewhere, and the test below is about that.
    let plain = sample::messages().unwrap();
    let with_logo = ["both-with-logo", "french-branded", "right-to-left-branded"];
    let plain = plain.into_iter().filter(|(name, _)| !with_logo.contains(name));
    for (name, message) in plain {
        for word in ["<img", "<link", "<script", "src=", "url(", "@import", "@font-face"] {
            assert!(!message.html.contains(word), "{word} in {name}");
        }
    }
}

#[test]
fn a_logo_is_there_only_when_a_service_has_one() {
    let logo = Logo { address: "https://a.example/l.png".into(), alternative: "Ministry".into() };
    let look = Look { logo: Some(logo), ..Look::default() };
    let template = Template::email("S", "x");
    let html = email::render(&template, &Personalisation::new(), &look).unwrap().html;
    assert!(html.contains("<img src=\"https://a.example/l.png\" alt=\"Ministry\">"));
}

#[test]
fn dark_and_light_and_small_screens_are_provided_for() {
    let html = message("english").html;
    for part in [
        "<meta name=\"color-scheme\" content=\"light dark\">",
        "@media (prefers-color-scheme:dark)",
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
        "max-width:600px",
    ] {
        assert!(html.contains(part), "{part}");
    }
}

#[test]
fn the_preheader_is_hidden_and_the_title_is_the_subject() {
    let html = message("english").html;
    assert!(
        html.contains("<div class=\"preheader\" hidden>Your benefit Hello Zoé &lt;b&gt;O’Brien")
    );
    assert!(html.contains("<title>Your benefit, Zoé &lt;b&gt;O’Brien&lt;/b&gt; [x]("));
    let empty = message("empty").html;
    assert!(
        !empty.contains("<div class=\"preheader\"") && empty.contains("<title>Message</title>")
    );
}

#[test]
fn the_plain_part_reads_without_its_markup() {
    let plain = message("both").plain;
    assert!(plain.starts_with("(le français suit)\n\n\nYour benefit\n-----"), "{plain}");
    assert!(plain.contains("\n1. Check your bank account\n2. Keep this message\n\n• on paper\n"));
    assert!(
        plain.contains(
            "(Opens the sign-in page): https://benefits.example/sign-in?lang=en&from=mail"
        )
    );
    assert!(plain.contains("You need:\n\n• passport\n• photo <2>\n"));
    assert!(!plain.contains("[["));
    assert_eq!(message("empty").plain, "\n");
}

#[test]
fn filling_for_the_api_leaves_markdown_and_values_as_they_are() {
    let template = Template::email("Re ((x))", "**((x))** ((list))");
    let list = Value::List(vec!["a".into(), "b".into()]);
    let values: Personalisation = [("x", Value::from("_1_")), ("list", list)].into_iter().collect();
    let filled = template.fill(&values).unwrap();
    let expected = Filled { subject: Some("Re _1_".into()), body: "**_1_** \n\n* a\n* b".into() };
    assert_eq!(filled, expected);
    assert_eq!(template.length(&values), filled.body.chars().count());
    assert_eq!(Template::sms("((list))").fill(&values).unwrap().body, "a and b");
}
