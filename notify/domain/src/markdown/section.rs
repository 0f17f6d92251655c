//! Language and direction tags as blocks of their own (rendering specification, section 5, with D9 and D10), and
//! highlighted conditionals of several lines.

use std::ops::Range;

use crate::{
    markdown::{Advice, Event, Section, Tree, block::Blocks, definition::Definitions},
    shield,
};

/// Every tag, whether it opens, and what it stands for.
const TAGS: [(&str, bool, Section); 6] = [
    ("[[en]]", true, Section::English),
    ("[[/en]]", false, Section::English),
    ("[[fr]]", true, Section::French),
    ("[[/fr]]", false, Section::French),
    ("[[rtl]]", true, Section::RightToLeft),
    ("[[/rtl]]", false, Section::RightToLeft),
];

/// The tag at the start of `text`.
pub fn tag_at(text: &str) -> Option<(&'static str, bool, Section)> {
    TAGS.into_iter().find(|(written, ..)| text.starts_with(written))
}

/// Reads a whole text.
pub fn parse(source: &str, tree: &mut Tree) {
    let definitions = Definitions::of(source);
    parse_part(source, &definitions, tree, 0);
    definitions.finish(tree);
}

/// Reads the text of a highlighted conditional, or a whole text.
fn parse_part(source: &str, definitions: &Definitions, tree: &mut Tree, depth: u8) {
    let mut from = 0;
    for cut in cuts(source, tree) {
        Blocks::read(&source[from..cut.place.start], definitions, tree);
        from = cut.place.end;
        match cut.what {
            What::Open(section) => tree.events.push(Event::Section(section)),
            What::Close => tree.events.push(Event::SectionEnd),
            What::Conditional(number) => conditional(number, definitions, tree, depth),
        }
    }
    Blocks::read(&source[from..], definitions, tree);
}

fn conditional(number: u32, definitions: &Definitions, tree: &mut Tree, depth: u8) {
    tree.events.push(Event::Conditional(number, true));
    let text = tree.highlights.text(number).to_owned();
    if depth < 4 {
        parse_part(&text, definitions, tree, depth + 1);
    }
    tree.events.push(Event::ConditionalEnd(number, true));
}

/// A place where the text is cut into separate blocks.
struct Cut {
    place: Range<usize>,
    what: What,
}

enum What {
    Open(Section),
    Close,
    Conditional(u32),
}

fn cuts(source: &str, tree: &mut Tree) -> Vec<Cut> {
    let mut cuts = Vec::new();
    if memchr::memmem::find(source.as_bytes(), b"[[").is_some() {
        cuts = balanced_tags(source, tree);
    }
    if source.contains(shield::HIGHLIGHT_BLOCK) {
        cuts.extend(conditionals(source));
        cuts.sort_by_key(|cut| cut.place.start);
    }
    cuts
}

/// The tags that have a partner; the author is told of the others, which stay text.
fn balanced_tags(source: &str, tree: &mut Tree) -> Vec<Cut> {
    let mut tags = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for at in memchr::memmem::find_iter(source.as_bytes(), b"[[") {
        let Some((written, opens, section)) = tag_at(&source[at..]) else { continue };
        let this = tags.len();
        tags.push((at..at + written.len(), opens, section, false));
        if opens {
            open.push(this);
        } else if let Some(place) = open.iter().rposition(|tag| tags[*tag].2 == section) {
            let partner = open[place];
            open.truncate(place);
            tags[partner].3 = true;
            tags[this].3 = true;
        }
    }
    for (place, .., partnered) in &tags {
        if !partnered {
            tree.advise(Advice::UnbalancedTag(source[place.clone()].to_owned()));
        }
    }
    tags.into_iter()
        .filter(|(.., partnered)| *partnered)
        .map(|(place, opens, section, _)| Cut {
            place,
            what: if opens { What::Open(section) } else { What::Close },
        })
        .collect()
}

fn conditionals(source: &str) -> impl Iterator<Item = Cut> {
    source.match_indices(shield::HIGHLIGHT_BLOCK).filter_map(|(at, _)| {
        let (number, length) = shield::highlight(&source[at..])?;
        Some(Cut { place: at..at + length, what: What::Conditional(number) })
    })
}
