//! Names, values and filling: what every message rests on (rendering specification, section 2).
#![expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use kernel::Language;
use notify::placeholder::{
    Lists, Personalisation, Source, Value, additional, compare, missing, placeholders,
};

fn values(json: &str) -> Personalisation {
    let map: serde_json::Map<String, serde_json::Value> = serde_json::from_str(json).unwrap();
    Personalisation::from_json(&map).unwrap()
}

fn filled(template: &str, json: &str) -> String {
    let mut out = String::new();
    let lists = Lists::Sentence(Language::English);
    Source::parse(template).fill(&values(json), lists, &mut out);
    out
}

#[test]
fn names_match_without_case_spaces_hyphens_and_underscores() {
    assert_eq!(filled("((First-Name)) ((first_name))", r#"{"FIRST NAME": "Zoé"}"#), "Zoé Zoé");
}

#[test]
fn of_two_matching_names_the_later_wins() {
    assert_eq!(filled("((a b))", r#"{"a b": "one", "A_B": "two"}"#), "two");
}

#[test]
fn values_are_not_read_for_placeholders_again() {
    assert_eq!(filled("((a))", r#"{"a": "((b))", "b": "no"}"#), "((b))");
}

#[test]
fn d13_placeholders_inside_a_conditional_are_filled() {
    let template = "((show??Hi ((name)), bye)).";
    assert_eq!(filled(template, r#"{"show": "yes", "name": "Jo"}"#), "Hi Jo, bye.");
    assert_eq!(filled(template, r#"{"show": "no", "name": "Jo"}"#), ".");
    let source = Source::parse(template);
    assert_eq!(placeholders(&[&source]), [("show", true), ("name", false)]);
}

#[test]
fn d14_brackets_in_names_and_conditionals_are_balanced() {
    assert_eq!(filled("((amount (CAD)))", r#"{"amount (CAD)": "$5"}"#), "$5");
    assert_eq!(filled("((a??(optional)))", r#"{"a": "no"}"#), "");
    assert_eq!(filled("((a??(optional)))!", r#"{"a": "y"}"#), "(optional)!");
    assert_eq!(filled("((smile :( a)) ((b))", r#"{"smile :( a": "1", "b": "2"}"#), "1 2");
    assert_eq!(filled("(()) ((b))", r#"{"b": "2"}"#), "(()) 2");
    assert_eq!(filled("(( never closed ((b))", r#"{"b": "2"}"#), "(( never closed 2");
}

#[test]
fn d32_lists_in_a_sentence_use_the_language_of_the_message() {
    let mut out = String::new();
    let values = values(r#"{"x": ["pain", "lait", "thé"]}"#);
    Source::parse("((x))").fill(&values, Lists::Sentence(Language::French), &mut out);
    assert_eq!(out, "pain, lait et thé");
}

#[test]
fn d33_numbers_and_booleans_are_written_as_in_json() {
    let json = r#"{"a": 7, "b": true, "c": 2.5, "d": 1.0, "e": 0, "f": -3, "g": false}"#;
    let text = filled("((a)) ((b)) ((c)) ((d)) ((e)) ((f)) ((g))", json);
    assert_eq!(text, "7 true 2.5 1 0 -3 false");
    assert_eq!(filled("((x))", r#"{"x": [0, null, "", false, "a"]}"#), "0, false and a");
}

#[test]
fn a_list_without_a_usable_member_is_missing_and_an_empty_string_is_not() {
    let source = Source::parse("((a)) ((b)) ((c)) ((d))");
    let values = values(r#"{"a": [], "b": [null, ""], "c": "", "d": null}"#);
    assert_eq!(missing(&[&source], &values), ["a", "b", "d"]);
}

#[test]
fn missing_names_keep_template_order_and_spelling() {
    let (subject, body) =
        (Source::parse("Re ((Case))"), Source::parse("((z)) ((a)) ((z)) ((case))"));
    assert_eq!(missing(&[&subject, &body], &Personalisation::new()), ["Case", "z", "a", "case"]);
}

#[test]
fn extra_names_are_reported_as_supplied() {
    let source = Source::parse("((a))");
    let values = values(r#"{"A": "1", "Zed": "2", "B b": "3"}"#);
    assert_eq!(additional(&[&source], &values), ["B b", "Zed"]);
}

#[test]
fn versions_differ_when_their_keys_differ() {
    let (old, new) =
        (Source::parse("((First name)) ((x))"), Source::parse("((first_name)) ((Y y))"));
    let difference = compare(&[&old], &[&new]);
    assert_eq!((difference.added, difference.removed), (vec!["Y y".into()], vec!["x".into()]));
}

#[test]
fn a_list_as_the_answer_of_a_conditional_shows_it_when_a_member_says_yes() {
    assert_eq!(filled("((a??text))", r#"{"a": ["yes"]}"#), "text");
    assert!(!Value::List(vec!["no".into()]).truthy());
}

#[test]
fn objects_are_no_values() {
    let json = r#"{"a": "1", "file": {"file": "aGk="}}"#;
    let map: serde_json::Map<String, serde_json::Value> = serde_json::from_str(json).unwrap();
    assert_eq!(Personalisation::from_json(&map).unwrap_err().0, "file");
}

#[test]
fn thousands_of_unclosed_brackets_cost_little() {
    let text = "(( (a ".repeat(10_000);
    assert_eq!(filled(&text, "{}"), text);
}
