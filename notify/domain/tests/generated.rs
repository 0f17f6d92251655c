//! What has to hold of every message, tried on generated cases; `examples/generate` tries a million of them.
#![expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

#[path = "../examples/generate/case.rs"]
mod case;
#[path = "../examples/generate/check.rs"]
mod check;

use notify::{
    email::{self, Look},
    placeholder::{Personalisation, Source, Value, key},
    template::Template,
};
use proptest::prelude::*;

fn holds(parser: &str) {
    let check = check::parser(parser).unwrap();
    for seed in 0..20_000 {
        check(seed).unwrap();
    }
}

#[test]
fn emails_are_well_formed_and_values_add_nothing_to_them() {
    holds("email");
}

#[test]
fn previews_are_well_formed() {
    holds("preview");
}

#[test]
fn filling_counts_what_it_writes() {
    holds("placeholder");
}

#[test]
fn subjects_are_one_line() {
    holds("subject");
}

#[test]
fn typography_keeps_every_letter() {
    holds("typography");
}

#[test]
fn there_is_a_test_for_every_generator() {
    assert_eq!(check::names(), ["email", "preview", "placeholder", "subject", "typography"]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn no_text_makes_the_renderer_panic(body in any::<String>(), value in any::<String>()) {
        let template = Template::email(&value, &body);
        let mut values: Personalisation = [("x", Value::from(value.as_str()))].into_iter().collect();
        for name in template.missing(&values) {
            values.insert(name, Value::from(value.as_str()));
        }
        prop_assert!(email::render(&template, &values, &Look::default()).is_ok());
    }

    #[test]
    fn any_value_is_shown_as_it_is_in_plain_text(value in "[!#-&(-\\[\\]-~]{1,20}") {
        let values: Personalisation = [("x", Value::from(value.as_str()))].into_iter().collect();
        let message = email::render(&Template::email("S", "a=((x))=b"), &values, &Look::default()).unwrap();
        prop_assert_eq!(message.plain, format!("a={value}=b\n"));
    }

    #[test]
    fn a_key_is_its_own_key(name in any::<String>()) {
        prop_assert_eq!(key(&key(&name)), key(&name));
    }

    #[test]
    fn a_text_without_double_brackets_has_no_placeholders(text in "[^(]*") {
        prop_assert!(Source::parse(&text).names().is_empty());
    }
}

#[test]
fn a_hostile_body_takes_no_more_than_a_moment() {
    let pieces = [
        "**a ",
        "*a ",
        "_a ",
        "[",
        "[a](",
        "[a](b \"c ",
        "[a](<b> ",
        "`a ``b ",
        "```a\n",
        "~~a ",
        "<a:b ",
        "((",
        "^ ",
        "* a\n",
        " * a\n",
        "https://",
        "[[en]]",
        "[[/fr]]",
        "\n",
        "![",
        "[a]: b.c\n",
        "'",
        "o'@",
        "> ",
        "&a",
        "\\",
    ];
    for piece in pieces {
        let body = piece.repeat(50_000 / piece.len());
        let template = Template::email("S", &body);
        let started = std::time::Instant::now();
        let _ = email::render(&template, &Personalisation::new(), &Look::default());
        let took = started.elapsed();
        assert!(took.as_secs() < 5, "{piece:?} repeated took {took:?}");
    }
}
