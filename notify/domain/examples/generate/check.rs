//! What has to hold of every case.

use notify::{
    email::{self, EmailMessage, Look},
    placeholder::{self, Personalisation, Source, Value},
    preview::{self, Show},
    subject,
    template::Template,
    typography::{self, Around, Quotes},
};

use crate::case::{self, Chance};

/// Checks the case of a seed.
pub type Parser = fn(u64) -> Result<(), String>;

const PARSERS: [(&str, Parser); 5] = [
    ("email", email_holds),
    ("preview", preview_holds),
    ("placeholder", placeholder_holds),
    ("subject", subject_holds),
    ("typography", typography_holds),
];

/// The parser of that name.
pub fn parser(name: &str) -> Option<Parser> {
    PARSERS.iter().find(|(known, _)| *known == name).map(|(_, parser)| *parser)
}

/// The names of the parsers.
pub fn names() -> Vec<&'static str> {
    PARSERS.iter().map(|(name, _)| *name).collect()
}

fn values(texts: [&str; 3]) -> Personalisation {
    let [a, b, c] = texts;
    [("a", a), ("b", b), ("c", c), ("yes", "oui"), ("no", "non")]
        .into_iter()
        .map(|(name, text)| (name, Value::from(text)))
        .collect()
}

/// Values for every name that the template has, however odd.
fn complete(template: &Template, texts: [&str; 3]) -> Personalisation {
    let mut all = values(texts);
    for name in template.missing(&all) {
        all.insert(name, Value::from("given"));
    }
    all
}

fn rendered(template: &Template, texts: [&str; 3]) -> Result<EmailMessage, String> {
    let values = complete(template, texts);
    email::render(template, &values, &Look::default()).map_err(|refusal| refusal.to_string())
}

/// A message is well formed, and its values add no structure to it (D1).
fn email_holds(seed: u64) -> Result<(), String> {
    let mut chance = Chance::new(seed);
    let body = case::template(&mut chance);
    let template = Template::email("((a)) ((b))", &body);
    let texts = [(); 3].map(|()| case::value(&mut chance));
    let message = rendered(&template, [&texts[0], &texts[1], &texts[2]])?;
    well_formed(&message.html).map_err(|fault| format!("{fault} from {body:?} with {texts:?}"))?;
    tidy(&message)?;
    let mut plainer = Vec::new();
    for harmless in ["x", "two words", "https://a.example/x"] {
        let texts = [0, 1, 2].map(|at: usize| if texts[at].is_empty() { "" } else { harmless });
        plainer.push(rendered(&template, texts)?.html);
    }
    // A value that is a web address may be linked where it stands, so links are not counted then.
    let addressed = texts.iter().any(|text| text.starts_with("http"));
    for element in ["a", "h2", "h3", "ul", "ol", "li", "blockquote", "div", "hr"] {
        let most = plainer.iter().map(|html| count(html, element)).max().unwrap_or(0);
        if count(&message.html, element) > most && !(addressed && element == "a") {
            return Err(format!("values added <{element}> to {body:?}: {texts:?}"));
        }
    }
    Ok(())
}

/// A preview is well formed whatever is missing, and shows no label where nothing is.
fn preview_holds(seed: u64) -> Result<(), String> {
    let mut chance = Chance::new(seed);
    let body = case::template(&mut chance);
    let template = Template::email(&case::template(&mut chance), &body);
    let value = case::value(&mut chance);
    let given = match chance.below(3) {
        0 => Personalisation::new(),
        1 => [("a", Value::from(value.as_str()))].into_iter().collect(),
        _ => complete(&template, [&value; 3]),
    };
    let show = if chance.below(2) == 0 { Show::Names } else { Show::HIDDEN };
    let html = preview::body(&template, &given, show);
    well_formed(&html).map_err(|fault| format!("{fault} from {body:?} with {value:?}: {html}"))?;
    no_reserved(&html)?;
    let title = preview::subject(&template, &given, show);
    well_formed(&title).map_err(|fault| format!("{fault} in the subject {title:?}"))?;
    no_reserved(&title)?;
    no_reserved(&preview::plain(&template, &given, show))
}

/// Filling counts what it writes, and what is written has no value left out.
fn placeholder_holds(seed: u64) -> Result<(), String> {
    let mut chance = Chance::new(seed);
    let text = case::template(&mut chance);
    let template = Template::email("", &text);
    let value = case::value(&mut chance);
    let values = complete(&template, [&value; 3]);
    let filled = template.fill(&values).map_err(|refusal| refusal.to_string())?.body;
    if filled.chars().count() != template.length(&values) {
        return Err(format!("{text:?} is not as long as counted"));
    }
    let source = Source::parse(&text);
    if placeholder::compare(&[&source], &[&Source::parse(&text)]).any() {
        return Err(format!("{text:?} differs from itself"));
    }
    Ok(())
}

/// A subject is one line, and its HTML has no tag.
fn subject_holds(seed: u64) -> Result<(), String> {
    let mut chance = Chance::new(seed);
    let filled = case::template(&mut chance) + &case::value(&mut chance);
    let (text, html) = (subject::text(&filled), subject::html(&filled));
    if text.chars().any(char::is_control) || text.trim() != text {
        return Err(format!("{filled:?} gives the subject {text:?}"));
    }
    if html.contains(['<', '>']) {
        return Err(format!("{filled:?} gives a tag: {html:?}"));
    }
    Ok(())
}

/// Typography changes quotation marks, dashes and blanks only.
fn typography_holds(seed: u64) -> Result<(), String> {
    let text = case::value(&mut Chance::new(seed)).replace('\\', "");
    let mut out = String::new();
    typography::apply(&text, Around::default(), Quotes::Curled, &mut out);
    let letters = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    if letters(&out) == letters(&text) { Ok(()) } else { Err(format!("{text:?} became {out:?}")) }
}

fn tidy(message: &EmailMessage) -> Result<(), String> {
    for text in [&message.html, &message.plain, &message.subject, &message.preheader] {
        no_reserved(text)?;
    }
    let plain = &message.plain;
    if !plain.ends_with('\n') || plain.ends_with("\n\n") && plain.trim() != "" {
        return Err(format!("the end of {plain:?}"));
    }
    if message.subject.contains(['\r', '\n']) {
        return Err(format!("the subject {:?}", message.subject));
    }
    Ok(())
}

fn no_reserved(text: &str) -> Result<(), String> {
    match text.find(|c| ('\u{FDD0}'..='\u{FDEF}').contains(&c)) {
        Some(_) => Err(format!("a reserved character is left in {text:?}")),
        None => Ok(()),
    }
}

fn count(html: &str, element: &str) -> usize {
    let (bare, open) = (format!("<{element}>"), format!("<{element} "));
    html.matches(&bare).count() + html.matches(&open).count()
}

/// Every tag is one of ours, closed in order, and no link leads to a scheme that runs code.
fn well_formed(html: &str) -> Result<(), String> {
    const OURS: [&str; 24] = [
        "html",
        "head",
        "title",
        "style",
        "body",
        "div",
        "p",
        "h2",
        "h3",
        "ul",
        "ol",
        "li",
        "blockquote",
        "strong",
        "em",
        "a",
        "mark",
        "span",
        "br",
        "hr",
        "meta",
        "img",
        "!DOCTYPE",
        "link",
    ];
    let mut open = Vec::new();
    for piece in html.split('<').skip(1) {
        let Some((tag, _)) = piece.split_once('>') else { return Err("an open tag".into()) };
        let name = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap_or_default();
        if !OURS.contains(&name) {
            return Err(format!("a strange tag <{tag}>"));
        }
        match tag.strip_prefix('/') {
            Some(_) if open.pop() == Some(name) => {}
            Some(_) => return Err(format!("</{name}> out of order")),
            None if matches!(name, "br" | "hr" | "meta" | "img" | "!DOCTYPE") => {}
            None => open.push(name),
        }
        let target = tag.split("href=\"").nth(1).unwrap_or_default().to_ascii_lowercase();
        if target.starts_with("javascript") || target.starts_with("data:") {
            return Err(format!("a link to {target}"));
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("{open:?} left open")) }
}
