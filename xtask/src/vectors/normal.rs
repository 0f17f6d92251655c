//! The normal form of message HTML, in which two renderers can be compared (see the README of the vectors).

use notify::character_reference;

const DROPPED_ATTRIBUTES: [&str; 10] = [
    "style",
    "align",
    "valign",
    "cellpadding",
    "cellspacing",
    "border",
    "width",
    "height",
    "bgcolor",
    "role",
];
const UNWRAPPED: [&str; 5] = ["table", "tbody", "thead", "tr", "td"];
const BLOCKS: [&str; 14] =
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "hr", "div", "br"];

/// A piece of HTML.
enum Item {
    Text(String),
    Inline(String),
    /// A block tag, or an unwrapped table tag, which is empty but separates all the same.
    Block(String),
}

/// The normal form of `html`.
pub fn html(html: &str) -> String {
    let items = items(html);
    let mut out = String::new();
    for (at, item) in items.iter().enumerate() {
        match item {
            Item::Inline(tag) | Item::Block(tag) => out.push_str(tag),
            Item::Text(text) => {
                let mut text = text.as_str();
                if ends_at_block(items[..at].iter().rev()) {
                    text = text.trim_start_matches(' ');
                }
                if ends_at_block(items[at + 1..].iter()) {
                    text = text.trim_end_matches(' ');
                }
                out.push_str(&encode(text));
            }
        }
    }
    out
}

/// Whether the nearest neighbour that is not an inline tag or a blank is a block tag or the edge.
fn ends_at_block<'i>(neighbours: impl Iterator<Item = &'i Item>) -> bool {
    for item in neighbours {
        match item {
            Item::Block(_) => return true,
            Item::Text(text) if !text.trim_matches(' ').is_empty() => return false,
            Item::Text(_) | Item::Inline(_) => {}
        }
    }
    true
}

fn items(html: &str) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let end = next_tag(rest);
        if end > 0 {
            let text = decode(&rest[..end]);
            match items.last_mut() {
                Some(Item::Text(before)) => before.push_str(&text),
                _ => items.push(Item::Text(text)),
            }
            rest = &rest[end..];
        } else {
            let (item, length) = tag(rest);
            items.push(item);
            rest = &rest[length..];
        }
    }
    for item in &mut items {
        if let Item::Text(text) = item {
            *text = collapse(text);
        }
    }
    items
}

/// Where the next tag begins; the length of the text when there is none.
fn next_tag(html: &str) -> usize {
    let begins = |at: &usize| {
        let after = html[at + 1..].strip_prefix('/').unwrap_or(&html[at + 1..]);
        after.starts_with(char::is_alphabetic)
    };
    html.match_indices('<').map(|(at, _)| at).find(begins).unwrap_or(html.len())
}

fn tag(html: &str) -> (Item, usize) {
    let closing = html.starts_with("</");
    let after = &html[if closing { 2 } else { 1 }..];
    let name_end = after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len());
    let name = after[..name_end].to_lowercase();
    let (mut attributes, rest) = attributes(&after[name_end..]);
    let length = html.len() - rest.len();
    if UNWRAPPED.contains(&name.as_str()) {
        return (Item::Block(String::new()), length);
    }
    let mut written = String::from("<");
    if closing {
        written.push('/');
    }
    written.push_str(&name);
    if !closing {
        attributes.retain(|(attribute, _)| !DROPPED_ATTRIBUTES.contains(&attribute.as_str()));
        attributes.sort();
        for (attribute, value) in attributes {
            written
                .push_str(&format!(" {attribute}=\"{}\"", encode(&value).replace('"', "&quot;")));
        }
    }
    written.push('>');
    let block = BLOCKS.contains(&name.as_str());
    (if block { Item::Block(written) } else { Item::Inline(written) }, length)
}

/// The attributes of a tag, decoded, and what follows its `>`.
fn attributes(html: &str) -> (Vec<(String, String)>, &str) {
    let mut found = Vec::new();
    let mut rest = html;
    loop {
        rest = rest.trim_start_matches(|c: char| is_blank(c) || c == '/');
        let Some(first) = rest.chars().next() else { return (found, rest) };
        if first == '>' {
            return (found, &rest[1..]);
        }
        let end = rest.find(|c: char| is_blank(c) || "=>/".contains(c)).unwrap_or(rest.len());
        if end == 0 {
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let name = rest[..end].to_lowercase();
        rest = &rest[end..];
        let mut value = "";
        if let Some(after) = rest.trim_start_matches(is_blank).strip_prefix('=') {
            (value, rest) = attribute_value(after.trim_start_matches(is_blank));
        }
        found.push((name, decode(value)));
    }
}

fn attribute_value(html: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inner) = html.strip_prefix(quote) {
            return inner.split_once(quote).unwrap_or((inner, ""));
        }
    }
    html.split_at(html.find(|c: char| is_blank(c) || c == '>').unwrap_or(html.len()))
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}' | '\u{b}')
}

fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for c in text.chars() {
        if !is_blank(c) {
            out.push(c);
        } else if !blank {
            out.push(' ');
        }
        blank = is_blank(c);
    }
    out
}

fn encode(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Decodes the complete character references.
fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match reference(rest) {
            Some((characters, length)) => {
                out.push_str(&characters);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

fn reference(text: &str) -> Option<(String, usize)> {
    let end = text.char_indices().take(40).find(|(_, c)| *c == ';')?.0;
    let name = &text[1..end];
    let characters = match name.strip_prefix('#') {
        Some(number) => character(number)?,
        None => character_reference::decode(name)?,
    };
    Some((characters, end + 1))
}

fn character(number: &str) -> Option<String> {
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(hex) => (hex, 16),
        None => (number, 10),
    };
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    let code = u32::from_str_radix(digits, radix).unwrap_or(u32::MAX);
    let shown = char::from_u32(code).filter(|c| *c != '\0').unwrap_or('\u{fffd}');
    Some(shown.to_string())
}
