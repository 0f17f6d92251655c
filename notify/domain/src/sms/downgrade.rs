//! Makes any text sendable: characters that carriers lose become close ones, and white space is put in order
//! (rendering specification, sections 10.2 and 10.3).

use unicode_normalization::{
    UnicodeNormalization, char::compose, char::decompose_canonical, is_nfc,
};

use super::alphabet::{Kind, is_bare_greek_vowel, kind};

/// Appends `text` with every character that cannot be sent replaced, and all line ends as LF.
pub(super) fn append(text: &str, out: &mut String) {
    if needs_composing(text) {
        append_composed(text.nfc(), out);
    } else {
        append_composed(text.chars(), out);
    }
}

/// Sorted characters of a template that would be sent as `?`.
pub fn unsendable(template: &str) -> Vec<char> {
    let mut found: Vec<char> = template
        .nfc()
        .filter(|c| matches!(replacement(*c), Instead::Character('?')) && *c != '?')
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

enum Instead {
    Nothing,
    Character(char),
    Text(&'static str),
}

/// Accents that stand alone begin at U+0300; most texts hold nothing from there on.
fn needs_composing(text: &str) -> bool {
    text.chars().any(|c| c >= '\u{300}') && !is_nfc(text)
}

fn append_composed(characters: impl Iterator<Item = char>, out: &mut String) {
    let mut after_return = false;
    for character in characters {
        let line_feed_of_pair = after_return && character == '\n';
        after_return = character == '\r';
        if line_feed_of_pair {
            continue;
        }
        match replacement(character) {
            Instead::Nothing => {}
            Instead::Character('\r') => out.push('\n'),
            Instead::Character(c) => out.push(c),
            Instead::Text(text) => out.push_str(text),
        }
    }
}

fn replacement(character: char) -> Instead {
    if kind(character) != Kind::Never {
        return Instead::Character(character);
    }
    match character {
        '\u{2013}' | '\u{2014}' => Instead::Character('-'),
        '\u{2018}' | '\u{2019}' => Instead::Character('\''),
        '\u{201C}' | '\u{201D}' | '«' | '»' => Instead::Character('"'),
        '\u{2026}' => Instead::Text("..."),
        '\t' | '\u{A0}' | '\u{202F}' => Instead::Character(' '),
        '\u{2028}' | '\u{2029}' => Instead::Character('\n'),
        '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' => Instead::Nothing,
        // An accent that NFC could not join to its letter: the letter alone is read more easily than "?".
        '\u{300}'..='\u{36F}' => Instead::Nothing,
        _ => Instead::Character(without_accents(character)),
    }
}

/// Drops the last accent, then the one before it, until what is left can be sent.
fn without_accents(character: char) -> char {
    let mut parts = [character; 4];
    let mut count = 0;
    decompose_canonical(character, |part| {
        if let Some(place) = parts.get_mut(count) {
            *place = part;
        }
        count += 1;
    });
    if count < 2 || count > parts.len() {
        return '?';
    }
    for kept in (1..count).rev() {
        let joined =
            parts[1..kept].iter().try_fold(parts[0], |base, accent| compose(base, *accent));
        match joined {
            Some(letter) if kind(letter) != Kind::Never || is_bare_greek_vowel(letter) => {
                return letter;
            }
            _ => {}
        }
    }
    '?'
}

/// Removes spaces before a comma or full stop that ends something, and white space around the message.
pub(super) fn tidy(message: &mut String) {
    if message.contains(" ,") || message.contains(" .") {
        *message = without_spaces_before_punctuation(message);
    }
    message.truncate(message.trim_end().len());
    let leading = message.len() - message.trim_start().len();
    message.drain(..leading);
}

/// Only when white space or the end follows the punctuation: `a .pdf` and `$ .50` keep their space (D23).
fn without_spaces_before_punctuation(message: &str) -> String {
    let mut kept = String::with_capacity(message.len());
    for (at, character) in message.char_indices() {
        if matches!(character, ',' | '.') {
            let after = message[at..].trim_start_matches([',', '.']);
            if after.is_empty() || after.starts_with(char::is_whitespace) {
                kept.truncate(kept.trim_end_matches(' ').len());
            }
        }
        kept.push(character);
    }
    kept
}
