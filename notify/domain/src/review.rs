//! What an author should look at before a template is used: rules of rendering that surprise, and rules of
//! accessibility that are easily forgotten (admin specification, sections G.2 and P28).

use crate::{
    Channel,
    markdown::{Advice, Event, Link, Section, Tree},
    placeholder::{Personalisation, Segment, Source},
    preview,
    template::{Languages, Template},
};

/// Something to look at. Nothing of it keeps a template from being saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// Tables are printed as text.
    Table,
    /// Images are printed as their description.
    Image,
    /// A `[word]: token` line that nothing refers to is printed as text.
    UnusedDefinition(String),
    /// A language or direction tag without its partner is printed as text.
    UnbalancedTag(String),
    /// The words of a link say nothing to somebody who hears the link alone.
    VagueLink(String),
    /// A link has no words.
    EmptyLink(String),
    /// A link to where the connection is not kept private.
    InsecureLink(String),
    /// A link that leads nowhere, because its scheme could run code.
    UnsafeLink(String),
    /// A lower heading comes before any higher one.
    HeadingOrder(String),
    /// A heading has no words.
    EmptyHeading,
    /// The name of a placeholder holds signs that headings of spreadsheets or programs rarely have.
    OddName(String),
    /// Brackets of a placeholder that is not closed, or not opened; printed as text.
    LooseBrackets,
    /// `((name?words))`: one question mark where two make a condition.
    OneQuestionMark(String),
    /// The template is in both languages and has no block in this one.
    MissingLanguage(Section),
    /// The template is said to be in one language and has a block in the other.
    OtherLanguage(Section),
    /// Blocks of languages and Markdown are printed as text in text messages.
    TagInText(String),
}

/// Words of links that say nothing about where they lead, without accents and in lower case.
const VAGUE: &[&str] = &[
    "cette page",
    "ce lien",
    "click",
    "click here",
    "cliquer ici",
    "cliquez",
    "cliquez ici",
    "details",
    "en savoir plus",
    "form",
    "formulaire",
    "here",
    "ici",
    "info",
    "learn more",
    "lien",
    "link",
    "lire",
    "lire la suite",
    "more",
    "page",
    "plus",
    "plus d'information",
    "plus d’information",
    "read more",
    "see more",
    "suite",
    "this",
    "this link",
    "this page",
    "voir",
    "voir plus",
    "website",
    "site web",
];

/// What there is to look at, in the order of the template.
pub fn remarks(template: &Template) -> Vec<Remark> {
    let mut found = Vec::new();
    for source in [template.subject(), template.body()] {
        names(source, &mut found);
    }
    match template.channel() {
        Channel::Email => {
            let tree = preview::tree(template, &Personalisation::new(), preview::Show::Names);
            found.extend(tree.advice().iter().cloned().map(Remark::from));
            events(&tree, &mut found);
            languages(template, &tree, &mut found);
        }
        Channel::Sms => {
            let tags = ["[[en]]", "[[fr]]", "[[rtl]]"];
            let used = tags.into_iter().filter(|tag| template.body().as_str().contains(tag));
            found.extend(used.map(|tag| Remark::TagInText(tag.to_owned())));
        }
    }
    let mut once = Vec::with_capacity(found.len());
    for remark in found {
        if !once.contains(&remark) {
            once.push(remark);
        }
    }
    once
}

impl From<Advice> for Remark {
    fn from(advice: Advice) -> Self {
        match advice {
            Advice::Table => Self::Table,
            Advice::Image => Self::Image,
            Advice::UnusedDefinition(word) => Self::UnusedDefinition(word),
            Advice::UnbalancedTag(tag) => Self::UnbalancedTag(tag),
        }
    }
}

/// Names that hold a comma: they look like a list of conditions and are one name (admin specification, section T).
pub fn names_with_commas(template: &Template) -> Vec<String> {
    let names = template.placeholders().into_iter().map(|(name, _)| name);
    names.filter(|name| name.contains(',')).map(str::to_owned).collect()
}

fn names(source: &Source, found: &mut Vec<Remark>) {
    for (name, _) in source.names() {
        if let Some((before, _)) = name.split_once('?') {
            found.push(Remark::OneQuestionMark(before.to_owned()));
        } else if is_odd(name) {
            found.push(Remark::OddName(name.to_owned()));
        }
    }
    let loose = |segment: &Segment| match segment {
        Segment::Text(text) => text.contains("((") || text.contains("))"),
        Segment::Placeholder(_) | Segment::Conditional(_) => false,
    };
    if source.segments().iter().any(loose) {
        found.push(Remark::LooseBrackets);
    }
}

/// A name of letters, digits, blanks and the signs of ordinary words is not odd; an endless one is.
fn is_odd(name: &str) -> bool {
    let usual = |c: char| c.is_alphanumeric() || " -_'’./".contains(c);
    name.trim() != name || name.chars().count() > 60 || !name.chars().all(usual)
}

/// Links and headings with their words.
fn events(tree: &Tree, found: &mut Vec<Remark>) {
    let (mut link, mut heading): (Option<Link>, Option<u8>) = (None, None);
    let mut words = String::new();
    let mut highest = false;
    for event in tree.events() {
        match event {
            // What stands in a block of a language is a message of its own.
            Event::Section(_) | Event::SectionEnd => highest = false,
            Event::Link(opened) => {
                link = Some(*opened);
                if heading.is_none() {
                    words.clear();
                }
            }
            Event::Heading(level) => {
                heading = Some(*level);
                words.clear();
            }
            Event::LinkEnd => {
                if let Some(link) = link.take() {
                    links(tree, link, words.trim(), found);
                }
            }
            Event::HeadingEnd(level) => {
                heading = None;
                if words.trim().is_empty() {
                    found.push(Remark::EmptyHeading);
                } else if *level > 1 && !highest {
                    found.push(Remark::HeadingOrder(words.trim().to_owned()));
                }
                highest = highest || *level == 1;
            }
            Event::Url(span) => insecure(&tree.address(*span), found),
            Event::Text(text) => words.push_str(&tree.words(*text)),
            Event::Highlight(_) | Event::Conditional(..) => words.push('…'),
            _ => {}
        }
    }
}

fn links(tree: &Tree, link: Link, words: &str, found: &mut Vec<Remark>) {
    let address = tree.destination(link);
    let plain = crate::find::plain(words);
    let plain = plain.trim_matches(|c: char| !c.is_alphanumeric());
    if words.is_empty() {
        found.push(Remark::EmptyLink(address.clone()));
    } else if VAGUE.contains(&plain) {
        found.push(Remark::VagueLink(words.to_owned()));
    }
    if !crate::markdown::is_safe(&address) {
        found.push(Remark::UnsafeLink(address));
        return;
    }
    insecure(&address, found);
}

fn insecure(address: &str, found: &mut Vec<Remark>) {
    if address.starts_with("http://") {
        found.push(Remark::InsecureLink(address.to_owned()));
    }
}

fn languages(template: &Template, tree: &Tree, found: &mut Vec<Remark>) {
    let both = [Section::English, Section::French];
    let has = |section: Section| tree.has(section);
    match template.languages() {
        Languages::Both => {
            found.extend(both.into_iter().filter(|one| !has(*one)).map(Remark::MissingLanguage));
        }
        Languages::One(language) => {
            let other = match language {
                kernel::Language::English => Section::French,
                kernel::Language::French => Section::English,
            };
            if has(other) {
                found.push(Remark::OtherLanguage(other));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use kernel::Language;

    use super::{Remark, names_with_commas, remarks};
    use crate::{
        markdown::Section,
        template::{Languages, Template},
    };

    fn of(body: &str) -> Vec<Remark> {
        remarks(&Template::email("Subject", body))
    }

    #[test]
    fn a_usual_message_leaves_nothing_to_look_at() {
        let body = "# Your permit\n\nDear ((first name)),\n\n## Next steps\n\n\
            * ((urgent??Call us.))\n\n[Read how to renew a permit](https://canada.ca/permits)";
        assert_eq!(of(body), []);
        assert_eq!(remarks(&Template::sms("Your code is ((code))")), []);
    }

    #[test]
    fn links_are_heard_alone() {
        assert_eq!(of("[Click here](https://a.ca)"), [Remark::VagueLink("Click here".to_owned())]);
        assert_eq!(
            of("[Cliquez ici.](https://a.ca)"),
            [Remark::VagueLink("Cliquez ici.".to_owned())]
        );
        assert_eq!(of("[((name))](https://a.ca)"), []);
        assert_eq!(of("See http://a.ca now"), [Remark::InsecureLink("http://a.ca".to_owned())]);
        let found = of("[Pay the fee](javascript:alert)");
        assert_eq!(found, [Remark::UnsafeLink("javascript:alert".to_owned())]);
    }

    #[test]
    fn headings_begin_at_the_top_in_every_language() {
        assert_eq!(of("## Later"), [Remark::HeadingOrder("Later".to_owned())]);
        assert_eq!(of("# First\n\n## Later"), []);
        let both = "[[en]]\n# First\n[[/en]]\n[[fr]]\n## Ensuite\n[[/fr]]";
        let both = Template::email("S", both).in_languages(Languages::Both);
        assert_eq!(remarks(&both), [Remark::HeadingOrder("Ensuite".to_owned())]);
    }

    #[test]
    fn names_are_words() {
        assert_eq!(of("((first_name)) ((prénom)) ((date 1))"), []);
        assert_eq!(of("((a|b))"), [Remark::OddName("a|b".to_owned())]);
        assert_eq!(of("((urgent?call us))"), [Remark::OneQuestionMark("urgent".to_owned())]);
        assert_eq!(of("Dear ((name, hello"), [Remark::LooseBrackets]);
        let commas = Template::email("((a, b))", "((c))");
        assert_eq!(names_with_commas(&commas), ["a, b"]);
    }

    #[test]
    fn each_language_that_is_promised_is_there() {
        let body = "[[en]]\nHello\n[[/en]]";
        let both = Template::email("S", body).in_languages(Languages::Both);
        assert_eq!(remarks(&both), [Remark::MissingLanguage(Section::French)]);
        let french = Template::email("S", body).in_languages(Languages::One(Language::French));
        assert_eq!(remarks(&french), [Remark::OtherLanguage(Section::English)]);
        assert_eq!(of("[[en]]\nHello"), [Remark::UnbalancedTag("[[en]]".to_owned())]);
        let text = remarks(&Template::sms("[[fr]]Allô[[/fr]]"));
        assert_eq!(text, [Remark::TagInText("[[fr]]".to_owned())]);
    }
}
