//! Which destinations a link may have (rendering specification, section 6.1).

use crate::shield;

/// The scheme of a destination in lower case, once characters that browsers overlook are gone; none for a relative
/// destination.
fn scheme(destination: &str) -> Option<String> {
    let mut name = String::new();
    for c in destination.chars().map(shield::original).filter(|c| !is_overlooked(*c)) {
        match c {
            ':' => return (!name.is_empty()).then_some(name),
            _ if name.is_empty() && !c.is_ascii_alphabetic() => return None,
            _ if c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.') => {
                name.push(c.to_ascii_lowercase());
            }
            _ => return None,
        }
    }
    None
}

fn is_overlooked(c: char) -> bool {
    c.is_whitespace()
        || c.is_ascii_control()
        || matches!(
            c,
            '\u{180e}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | shield::GUARD
        )
}

/// Whether a link may lead there: the web, mail, telephone, or a place relative to nothing in particular.
pub fn is_safe(destination: &str) -> bool {
    scheme(destination)
        .is_none_or(|name| matches!(name.as_str(), "http" | "https" | "mailto" | "tel"))
}

/// Whether it reads as an address: safe, with neither blanks nor quotation marks.
pub fn is_address(destination: &str) -> bool {
    is_safe(destination)
        && !destination
            .chars()
            .any(|c| c.is_whitespace() || matches!(c, '"' | '\'') || c == shield::NEWLINE)
}

/// Whether the scheme comes from a value: its colon is a shielded one.
pub fn is_supplied(destination: &str) -> bool {
    let colon = destination.find([':', '\u{FDDE}']);
    colon.is_some_and(|at| !destination[at..].starts_with(':'))
}
