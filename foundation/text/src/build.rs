//! The build-script half: reads both catalogues, refuses what is missing in one, and writes a method for each message.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::{Path, PathBuf},
    process::exit,
};

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement},
    parser,
};

/// The messages of one file, each with the variables it takes.
type Messages = BTreeMap<String, BTreeSet<String>>;

/// Call this from `build.rs`. Reads the files of `text/en/` and `text/fr/` beside it and writes `Texts` for
/// [`crate::texts!`]; when something is missing or wrong, the build ends with every reason named.
#[expect(clippy::disallowed_methods, reason = "cargo tells build scripts their folders this way")]
pub fn generate() {
    let home = PathBuf::from(env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("text");
    let out = PathBuf::from(env::var("OUT_DIR").unwrap_or_default());
    if let Err(problems) = write(&home, &out) {
        for problem in problems {
            println!("cargo::error={problem}");
        }
        exit(1);
    }
}

/// Joins the files of each language in `out`, and writes the methods beside them.
fn write(home: &Path, out: &Path) -> Result<(), Vec<String>> {
    let (english, french) = (joined(&home.join("en"))?, joined(&home.join("fr"))?);
    let code = code(&english, &french)?;
    for (name, content) in [("en.ftl", english), ("fr.ftl", french), ("texts.rs", code)] {
        let file = out.join(name);
        fs::write(&file, content).map_err(|error| vec![format!("{}: {error}", file.display())])?;
    }
    Ok(())
}

/// All files of a folder, by name: one language.
fn joined(folder: &Path) -> Result<String, Vec<String>> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let told = |error| vec![format!("{}: {error}", folder.display())];
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(told)? {
        files.push(entry.map_err(told)?.path());
    }
    files.sort();
    files.iter().map(|file| fs::read_to_string(file).map_err(told)).collect()
}

/// The Rust source of `Texts`, or everything that is wrong.
fn code(english: &str, french: &str) -> Result<String, Vec<String>> {
    let mut problems = Vec::new();
    let english_messages = messages("English", english, &mut problems);
    let french_messages = messages("French", french, &mut problems);
    compare(&english_messages, &french_messages, &mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut code = HEAD.to_owned();
    for (id, variables) in &english_messages {
        code.push_str(&method(id, variables, english));
    }
    code.push_str("}\n");
    Ok(code)
}

fn messages(language: &str, source: &str, problems: &mut Vec<String>) -> Messages {
    let resource = parser::parse(source).unwrap_or_else(|(resource, errors)| {
        problems.extend(errors.iter().map(|error| format!("{language}: {error}")));
        resource
    });
    let mut messages = Messages::new();
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        let id = message.id.name.to_owned();
        let mut variables = BTreeSet::new();
        match &message.value {
            Some(value) => gather(&id, value, &mut variables, problems),
            None => problems.push(format!("{id}: {language} has no words")),
        }
        if messages.insert(id.clone(), variables).is_some() {
            problems.push(format!("{id}: {language} has it twice"));
        }
    }
    messages
}

/// The variables of a pattern, and what a catalogue of this house does not do.
fn gather(
    id: &str,
    pattern: &Pattern<&str>,
    variables: &mut BTreeSet<String>,
    problems: &mut Vec<String>,
) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => {
                if value.contains(['\'', '"']) {
                    problems.push(format!("{id}: write ’ “ ” « », not straight quotes"));
                }
            }
            PatternElement::Placeable { expression: Expression::Inline(inline) } => {
                gather_inline(id, inline, variables, problems);
            }
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                gather_inline(id, selector, variables, problems);
                for variant in variants {
                    gather(id, &variant.value, variables, problems);
                }
            }
        }
    }
}

fn gather_inline(
    id: &str,
    inline: &InlineExpression<&str>,
    variables: &mut BTreeSet<String>,
    problems: &mut Vec<String>,
) {
    match inline {
        InlineExpression::VariableReference { id } => {
            variables.insert(id.name.to_owned());
        }
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        _ => problems.push(format!("{id}: only variables, choices and literals are used here")),
    }
}

fn compare(english: &Messages, french: &Messages, problems: &mut Vec<String>) {
    for id in english.keys().filter(|id| !french.contains_key(*id)) {
        problems.push(format!("{id}: missing in French"));
    }
    for (id, french_takes) in french {
        let Some(english_takes) = english.get(id) else {
            problems.push(format!("{id}: missing in English"));
            continue;
        };
        if english_takes != french_takes {
            problems.push(format!(
                "{id}: English takes {{{}}}, French takes {{{}}}",
                listed(english_takes),
                listed(french_takes)
            ));
        }
    }
}

fn listed(names: &BTreeSet<String>) -> String {
    names.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}

const HEAD: &str = r#"static CATALOGUE: ::std::sync::LazyLock<::text::Catalogue> = ::std::sync::LazyLock::new(|| {
    ::text::Catalogue::new(
        include_str!(concat!(env!("OUT_DIR"), "/en.ftl")),
        include_str!(concat!(env!("OUT_DIR"), "/fr.ftl")),
    )
});

/// The words of this crate in one language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Texts(pub ::kernel::Language);

impl Texts {
"#;

fn method(id: &str, variables: &BTreeSet<String>, english: &str) -> String {
    let name = id.replace('-', "_");
    let doc = english
        .lines()
        .find_map(|line| line.strip_prefix(id)?.trim_start().strip_prefix('='))
        .map(str::trim)
        .filter(|words| !words.is_empty())
        .unwrap_or("(several lines)");
    let takes: String =
        variables.iter().map(|v| format!(", {}: impl ::text::Argument", snake(v))).collect();
    let gives: String = variables
        .iter()
        .map(|v| format!("({v:?}, ::text::Argument::value(&{})), ", snake(v)))
        .collect();
    format!(
        "    #[doc = {doc:?}]\n    pub fn {name}(self{takes}) -> String {{\n        \
         CATALOGUE.say(self.0, {id:?}, &[{gives}])\n    }}\n"
    )
}

fn snake(variable: &str) -> String {
    variable.replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(english: &str, french: &str) -> Vec<String> {
        code(english, french).err().unwrap_or_default()
    }

    #[test]
    fn a_message_missing_in_either_language_is_named() {
        assert_eq!(
            problems("a = A\nb = B\n", "a = A\nc = C\n"),
            ["b: missing in French", "c: missing in English"]
        );
    }

    #[test]
    fn a_variable_of_one_language_only_is_named() {
        assert_eq!(
            problems("sent-to = To { $count }\n", "sent-to = À { $count } { $nombre }\n"),
            ["sent-to: English takes {count}, French takes {count, nombre}"]
        );
    }

    #[test]
    fn variables_inside_choices_count() {
        let english = "n = { $count ->\n    [one] { $who }\n   *[other] many\n}\n";
        assert_eq!(
            problems(english, "n = { $count }\n"),
            ["n: English takes {count, who}, French takes {count}"]
        );
    }

    #[test]
    fn straight_quotes_and_repeats_are_refused() {
        assert_eq!(
            problems("a = it's\na = A\n", "a = A\n"),
            ["a: write ’ “ ” « », not straight quotes", "a: English has it twice"]
        );
    }

    #[test]
    fn what_cannot_be_parsed_stops_the_build() {
        assert!(!problems("a = A\n= nothing\n", "a = A\n").is_empty());
    }

    #[test]
    fn each_message_becomes_a_method() {
        let code =
            code("sent-to = To { $count }\n", "sent-to = À { $count }\n").unwrap_or_default();
        assert!(code.contains("pub fn sent_to(self, count: impl ::text::Argument) -> String"));
        assert!(code.contains(r#"CATALOGUE.say(self.0, "sent-to", &[("count","#), "{code}");
    }
}
