//! What an article says only here: facts in the place of their names, and lines that hold only where something is set.

use kernel::Language;

use super::facts::Facts;

/// The article's text for this installation. `{{name}}` becomes the fact; a name that is none stays, which a test
/// refuses. Lines between `{{if name}}` and `{{end}}` stay only where the fact is known, those after `{{else}}` where not.
pub fn fill(source: &str, facts: &Facts<'_>, language: Language) -> String {
    let mut filled = String::with_capacity(source.len());
    let mut shown = true;
    for line in source.lines() {
        match line.trim().strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}")) {
            Some("else") => shown = !shown,
            Some("end") => shown = true,
            Some(mark) if mark.starts_with("if ") => {
                shown = facts.say(language, mark.trim_start_matches("if ")).is_some();
            }
            _ if shown => {
                line_into(line, facts, language, &mut filled);
                filled.push('\n');
            }
            _ => {}
        }
    }
    filled
}

fn line_into(line: &str, facts: &Facts<'_>, language: Language, filled: &mut String) {
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("{{") {
        let fact = after
            .split_once("}}")
            .and_then(|(name, after)| facts.say(language, name).map(|fact| (fact, after)));
        filled.push_str(before);
        let Some((fact, after)) = fact else {
            filled.push_str("{{");
            rest = after;
            continue;
        };
        filled.push_str(&fact);
        rest = after;
    }
    filled.push_str(rest);
}

/// French as Canada sets it: a no-break space inside guillemets, before a colon and a per cent sign; none before `;`,
/// `!` and `?`.
pub fn spaced(words: &str, language: Language) -> String {
    if language == Language::English {
        return words.to_owned();
    }
    let mut set = words.to_owned();
    for (typed, set_as) in [
        ("« ", "«\u{a0}"),
        (" »", "\u{a0}»"),
        (" :", "\u{a0}:"),
        (" %", "\u{a0}%"),
        (" Mo", "\u{a0}Mo"),
    ] {
        set = set.replace(typed, set_as);
    }
    set
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::public::Installation;

    fn filled(source: &str, support: Option<&str>) -> String {
        let installation = Installation {
            support_address: support.map(ToOwned::to_owned),
            retention_days: 7,
            receipt_hours: 72,
        };
        let facts = Facts { installation: &installation, sending: Default::default() };
        fill(source, &facts, Language::English)
    }

    #[test]
    fn facts_stand_in_the_place_of_their_names() {
        assert_eq!(
            filled("Up to {{rows}} rows, ((name)).", None),
            "Up to 100,000 rows, ((name)).\n"
        );
        assert_eq!(filled("{{nothing}} for {{retention}} days", None), "{{nothing}} for 7 days\n");
    }

    #[test]
    fn what_is_not_set_is_not_said() {
        let source = "a\n{{if support}}\nWrite to {{support}}.\n{{else}}\nAsk around.\n{{end}}\nb";
        assert_eq!(filled(source, None), "a\nAsk around.\nb\n");
        assert_eq!(filled(source, Some("help@example.ca")), "a\nWrite to help@example.ca.\nb\n");
    }

    #[test]
    fn french_is_set_as_in_canada() {
        assert_eq!(
            spaced("Ceci : « cela » à 5 %", Language::French),
            "Ceci\u{a0}: «\u{a0}cela\u{a0}» à 5\u{a0}%"
        );
        assert_eq!(spaced("This : 5 %", Language::English), "This : 5 %");
    }
}
