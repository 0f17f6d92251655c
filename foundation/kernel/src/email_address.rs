//! E-mail addresses: what counts as one, and the forms it is shown, compared and sent in.

use std::fmt;

/// The longest address that is accepted, in characters.
const LONGEST: usize = 320;
/// The longest domain, in bytes of its ASCII form.
const LONGEST_DOMAIN: usize = 253;
/// The longest part of a domain between two dots.
const LONGEST_LABEL: usize = 63;

/// An address that may receive mail (rendering specification, section 11.2). It exists only if it is valid.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EmailAddress {
    written: String,
    at: usize,
    ascii_domain: Option<String>,
}

/// Why a text is no e-mail address. Clients are told the same for every reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Not a valid email address")]
pub struct InvalidEmailAddress;

impl InvalidEmailAddress {
    /// The sentence that clients of the API match on.
    pub const fn message(self) -> &'static str {
        "Not a valid email address"
    }

    /// The same for a French reader of the interface.
    pub const fn message_fr(self) -> &'static str {
        "Adresse courriel non valide"
    }
}

impl EmailAddress {
    /// Reads an address, dropping invisible characters anywhere and ASCII white space around it.
    ///
    /// # Errors
    /// Anything that is not one plain address: display names, several addresses, IP literals, domains of one label.
    pub fn parse(text: &str) -> Result<Self, InvalidEmailAddress> {
        let written = clean(text);
        let (local, domain) = written.split_once('@').ok_or(InvalidEmailAddress)?;
        if local.is_empty() || !local.chars().all(is_local_character) {
            return Err(InvalidEmailAddress);
        }
        if domain.starts_with('.') || domain.contains('@') || domain.contains(char::is_whitespace) {
            return Err(InvalidEmailAddress);
        }
        if written.contains("..") || written.chars().nth(LONGEST).is_some() {
            return Err(InvalidEmailAddress);
        }
        let ascii_domain = if domain.is_ascii() {
            None
        } else {
            Some(idna::domain_to_ascii(domain).map_err(|_| InvalidEmailAddress)?)
        };
        if !is_domain(ascii_domain.as_deref().unwrap_or(domain)) {
            return Err(InvalidEmailAddress);
        }
        let at = local.len();
        Ok(Self { written, at, ascii_domain })
    }

    /// The address as its owner wrote it, cleaned of invisible characters and outer white space.
    pub fn as_written(&self) -> &str {
        &self.written
    }

    /// The form to compare by and to send to: lower-cased as a whole.
    pub fn normalised(&self) -> String {
        self.written.to_lowercase()
    }

    /// The form for SMTP and DNS: lower-cased, the domain in ASCII (`xn--…`).
    pub fn for_smtp(&self) -> String {
        match &self.ascii_domain {
            None => self.normalised(),
            Some(domain) => {
                format!("{}@{}", self.local_part().to_lowercase(), domain.to_lowercase())
            }
        }
    }

    /// What stands before the `@`.
    pub fn local_part(&self) -> &str {
        &self.written[..self.at]
    }

    /// What stands after the `@`, as written.
    pub fn domain(&self) -> &str {
        &self.written[self.at + 1..]
    }

    /// Whether the receiving server must know SMTPUTF8, because the part before the `@` holds accented letters.
    pub fn needs_smtputf8(&self) -> bool {
        !self.local_part().is_ascii()
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.written)
    }
}

impl std::str::FromStr for EmailAddress {
    type Err = InvalidEmailAddress;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

/// Whether a character is never seen and never meant: it comes along when people copy from web pages and documents.
pub const fn is_invisible(character: char) -> bool {
    matches!(character, '\u{180E}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

fn clean(text: &str) -> String {
    let ascii_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{0B}' | '\u{0C}');
    if text.is_ascii() {
        return text.trim_matches(ascii_space).to_owned();
    }
    let visible: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    visible.trim_matches(ascii_space).to_owned()
}

const fn is_local_character(character: char) -> bool {
    matches!(character, 'a'..='z' | 'A'..='Z' | '0'..='9' | '\u{C0}'..='\u{FF}' | '.' | '!' | '#' | '$' | '%' | '&'
        | '\'' | '*' | '+' | '/' | '=' | '?' | '^' | '_' | '`' | '{' | '|' | '}' | '~' | '-')
}

fn is_domain(domain: &str) -> bool {
    if domain.len() > LONGEST_DOMAIN {
        return false;
    }
    match domain.rsplit_once('.') {
        Some((front, last)) => front.split('.').all(is_label) && is_last_label(last),
        None => false,
    }
}

/// Letters and digits with single hyphens inside; only the `xn--` of an encoded label holds two in a row.
fn is_label(label: &str) -> bool {
    let rest = match label.get(..4) {
        Some(start) if start.eq_ignore_ascii_case("xn--") => &label[4..],
        _ => label,
    };
    label.len() <= LONGEST_LABEL
        && rest
            .split('-')
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

fn is_last_label(label: &str) -> bool {
    let letters = label.len() >= 2 && label.bytes().all(|b| b.is_ascii_alphabetic());
    let encoded = label.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xn--"));
    is_label(label) && (letters || encoded)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects")]

    use super::{EmailAddress, InvalidEmailAddress};

    #[test]
    fn an_address_keeps_what_was_written_and_is_compared_in_lower_case() {
        let address = EmailAddress::parse(" Zo\u{200B}é@Exemple.GC.ca\n").unwrap();
        assert_eq!(address.as_written(), "Zoé@Exemple.GC.ca");
        assert_eq!(address.normalised(), "zoé@exemple.gc.ca");
        assert_eq!((address.local_part(), address.domain()), ("Zoé", "Exemple.GC.ca"));
        assert!(address.needs_smtputf8());
    }

    #[test]
    fn a_domain_in_another_script_has_an_ascii_form_for_the_wire() {
        let address = EmailAddress::parse("Rosa@食堂.日本").unwrap();
        assert_eq!(address.for_smtp(), "rosa@xn--cks722m.xn--wgv71a");
        assert_eq!(EmailAddress::parse("Rosa@Exemple.ca").unwrap().for_smtp(), "rosa@exemple.ca");
    }

    #[test]
    fn what_is_not_one_plain_address_is_refused() {
        for text in [
            "",
            "rosa",
            "@b.ca",
            "a@b",
            "a@b..ca",
            "a@-b.ca",
            "a@b-.ca",
            "a@a--b.ca",
            "a@1.2.3.4",
            "a@[1.2.3.4]",
        ] {
            assert_eq!(EmailAddress::parse(text), Err(InvalidEmailAddress), "{text}");
        }
        let long = format!("{}@exemple.ca", "l".repeat(310));
        assert_eq!(EmailAddress::parse(&long), Err(InvalidEmailAddress));
        assert!(EmailAddress::parse(&long[1..]).is_ok());
    }
}
