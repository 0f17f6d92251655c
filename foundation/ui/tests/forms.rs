//! Fields as HTML: what belongs together is tied together, and what was typed is escaped.

use askama::{Template, filters::HtmlSafe};
use kernel::Language;
use ui::{
    Button, ButtonKind, Checkbox, Checkboxes, Choice, CodeInput, Counter, ErrorSummary, Errors,
    FileInput, InputKind, Inserts, PasswordInput, Radios, Select, TextArea, TextInput,
};

type Outcome = Result<(), askama::Error>;

/// A page writes components as literals.
#[derive(Template)]
#[template(
    source = r#"{% let t = "Name" %}<form>{{ TextInput { name: "name".into(), label: t.to_string(), value: typed.clone(), error: errors.of("name"), ..Default::default() } }}{{ Button { text: "Save".into(), ..Default::default() } }}</form>"#,
    ext = "html"
)]
struct Page {
    typed: String,
    errors: Errors,
}

/// Every `id` that is referred to exists, and none twice.
fn ties(html: &str) {
    let values = |name: &str| -> Vec<String> {
        html.split(&format!(" {name}=\""))
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .flat_map(|ids| ids.split(' ').map(str::to_owned).collect::<Vec<_>>())
            .collect()
    };
    let ids = values("id");
    for name in ["for", "aria-describedby", "aria-labelledby", "aria-controls", "data-count"] {
        for id in values(name) {
            assert_eq!(ids.iter().filter(|one| **one == id).count(), 1, "{name}={id}: {html}");
        }
    }
    for pair in ids.iter().enumerate() {
        assert!(!ids[..pair.0].contains(pair.1), "{} stands twice: {html}", pair.1);
    }
    assert!(!html.contains("style=") && !html.contains("<script"), "{html}");
}

fn html(component: &(impl Template + HtmlSafe)) -> Result<String, askama::Error> {
    let html = component.render()?;
    ties(&html);
    Ok(html)
}

#[test]
fn a_page_writes_a_field_as_a_literal() -> Outcome {
    let errors = Errors::one("name", "Enter a name");
    let html = Page { typed: "\"><i>".to_owned(), errors }.render()?;
    ties(&html);
    assert!(html.contains(r#"value="&#34;&#62;&#60;i&#62;""#), "{html}");
    assert!(html.contains(r#"aria-describedby="name-error" aria-invalid="true""#), "{html}");
    assert!(html.contains(r#"<button class="button" type="submit">Save</button>"#), "{html}");
    Ok(())
}

#[test]
fn a_text_field_ties_its_hint_error_and_affixes() -> Outcome {
    let field = TextInput {
        name: "local".to_owned(),
        label: "Sender".to_owned(),
        hint: Some("Letters".to_owned()),
        error: Some("Too long".to_owned()),
        kind: InputKind::Number,
        autocomplete: "off",
        optional: Some(Language::French),
        no_spellcheck: true,
        prefix: Some("no-".to_owned()),
        suffix: Some("@example.ca".to_owned()),
        ..TextInput::default()
    };
    let page = html(&field)?;
    for piece in [
        r#"aria-describedby="local-hint local-error local-prefix local-suffix""#,
        r#"type="text" inputmode="numeric""#,
        r#"autocomplete="off""#,
        r#"spellcheck="false""#,
        "(facultatif)",
    ] {
        assert!(page.contains(piece), "{piece}: {page}");
    }
    let plain = html(&TextInput { name: "a".to_owned(), ..TextInput::default() })?;
    assert!(!plain.contains("aria-") && !plain.contains("error"), "{plain}");
    let other = TextInput { name: "a".to_owned(), id: "b".to_owned(), ..TextInput::default() };
    assert!(html(&other)?.contains(r#"id="b" name="a""#));
    Ok(())
}

#[test]
fn a_password_never_comes_back_and_its_button_waits_for_script() -> Outcome {
    let page = html(&PasswordInput {
        language: Language::French,
        name: "password".to_owned(),
        new: true,
        ..PasswordInput::default()
    })?;
    assert!(!page.contains("value="), "{page}");
    assert!(page.contains(r#"autocomplete="new-password""#), "{page}");
    assert!(page.contains(r#"type="button" hidden data-reveal="password""#), "{page}");
    assert!(page.contains("Afficher le mot de passe"), "{page}");
    Ok(())
}

#[test]
fn a_code_is_offered_by_the_telephone() -> Outcome {
    let page = html(&CodeInput { name: "code".to_owned(), ..CodeInput::default() })?;
    assert!(
        page.contains(r#"inputmode="numeric" value="" autocomplete="one-time-code""#),
        "{page}"
    );
    let letters = CodeInput { name: "code".to_owned(), letters: true, ..CodeInput::default() };
    assert!(!html(&letters)?.contains("inputmode"));
    Ok(())
}

#[test]
fn a_text_keeps_its_first_empty_line_and_says_how_long_it_is() -> Outcome {
    let page = html(&TextArea {
        name: "body".to_owned(),
        value: "\n</textarea><b>".to_owned(),
        lang: Some(Language::French),
        inserts: Some(Inserts::default()),
        counter: Some(Counter { url: "/count".to_owned(), text: "1 part".to_owned() }),
        ..TextArea::default()
    })?;
    assert!(page.contains(">\n\n&#60;/textarea&#62;&#60;b&#62;</textarea>"), "{page}");
    assert!(page.contains(r#"dir="auto" lang="fr" data-count="body-count" data-url="/count""#));
    assert!(page.contains(r#"hidden data-into="body""#), "{page}");
    assert!(page.contains(r#"id="body-count" role="status">1 part</p>"#), "{page}");
    Ok(())
}

#[test]
fn an_error_leads_to_the_first_of_several_choices() -> Outcome {
    let inner = TextInput { name: "other".to_owned(), ..TextInput::default() };
    let choices = vec![
        Choice::new("email", "Email", "sms").hint("Free"),
        Choice::new("sms", "Text", "sms").reveal(&inner),
    ];
    let error = Some("Choose one".to_owned());
    let page = html(&Radios {
        name: "channel".to_owned(),
        legend: "How?".to_owned(),
        choices: choices.clone(),
        error: error.clone(),
        ..Radios::default()
    })?;
    assert!(
        page.contains(r#"<fieldset class="field field-wrong" aria-describedby="channel-error">"#)
    );
    assert!(page.contains(r#"type="radio" id="channel" name="channel" value="email" aria-describedby="channel-about""#), "{page}");
    assert!(page.contains(r#"id="channel-2" name="channel" value="sms" checked>"#), "{page}");
    assert!(page.contains(r#"<div class="reveal"><div class="field">"#), "{page}");
    let page =
        html(&Checkboxes { name: "channel".to_owned(), choices, error, ..Checkboxes::default() })?;
    assert!(page.contains(r#"type="checkbox" id="channel""#), "{page}");
    assert!(page.contains(r#"aria-invalid="true""#), "{page}");
    Ok(())
}

#[test]
fn one_box_a_list_and_a_file_are_tied_too() -> Outcome {
    let error = Some("Say yes".to_owned());
    let page =
        html(&Checkbox { name: "agree".to_owned(), error: error.clone(), ..Checkbox::default() })?;
    assert!(
        page.contains(r#"value="yes" aria-describedby="agree-error" aria-invalid="true""#),
        "{page}"
    );
    let page = html(&Select {
        name: "zone".to_owned(),
        choices: vec![Choice::new("", "Choose", ""), Choice::new("a\"b", "A", "")],
        error: error.clone(),
        ..Select::default()
    })?;
    assert!(page.contains(r#"<option value="" selected>Choose</option>"#), "{page}");
    assert!(page.contains(r#"<option value="a&#34;b">A</option>"#), "{page}");
    let page = html(&FileInput {
        name: "file".to_owned(),
        accept: ".csv",
        error,
        ..FileInput::default()
    })?;
    assert!(page.contains(r#"type="file" accept=".csv" aria-describedby="file-error""#), "{page}");
    Ok(())
}

#[test]
fn the_summary_lists_everything_wrong_in_order() -> Outcome {
    let mut errors = Errors::new();
    assert_eq!(
        ErrorSummary { errors: errors.clone(), ..ErrorSummary::default() }.render()?.trim(),
        ""
    );
    errors.add("name", "Enter <a> name");
    errors.add("", "Nothing was sent");
    errors.add("name", "Too long");
    assert_eq!(errors.of("name").as_deref(), Some("Enter <a> name"));
    assert_eq!(errors.of("else"), None);
    let page = html(&ErrorSummary { language: Language::French, errors })?;
    assert!(page.contains(r#"role="alert" tabindex="-1" autofocus"#), "{page}");
    assert!(page.contains("<a href=\"#name\">Enter &#60;a&#62; name</a>"), "{page}");
    assert!(page.contains("<li>Nothing was sent</li>"), "{page}");
    assert!(page.contains("Il y a un problème"), "{page}");
    Ok(())
}

#[test]
fn a_button_sends_what_it_is_told() -> Outcome {
    let page = html(&Button {
        text: "Remove".to_owned(),
        kind: ButtonKind::Danger,
        name: "do".to_owned(),
        value: "remove".to_owned(),
        about: Some("Ada".to_owned()),
        ..Button::default()
    })?;
    assert_eq!(
        page.trim(),
        r#"<button class="button button-danger" type="submit" name="do" value="remove">Remove <span class="unseen">Ada</span></button>"#
    );
    Ok(())
}
