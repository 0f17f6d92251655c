//! The address a service writes from.

use unicode_normalization::UnicodeNormalization;

/// Longest part of an address before the @ (RFC 5321, section 4.5.3.1.1).
pub const LONGEST_LOCAL_PART: usize = 64;

/// A name as the part of an address before the @: without accents, in lower case, a dot for each gap; empty when
/// nothing of the name can stand there (admin specification, section E.2).
pub fn local_part(name: &str) -> String {
    let plain = name.nfd().filter(|letter| !('\u{300}'..='\u{36f}').contains(letter));
    let spaced: String = plain
        .map(
            |letter| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { ' ' },
        )
        .collect();
    let mut part = spaced.split_whitespace().collect::<Vec<_>>().join(".");
    part.truncate(LONGEST_LOCAL_PART);
    part.trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_the_part_before_the_at() {
        assert_eq!(local_part("Crédits d’impôt — été 2026"), "credits.d.impot.ete.2026");
        assert_eq!(local_part("  Permits  "), "permits");
        assert_eq!(local_part("許可"), "");
        assert_eq!(local_part(&"x".repeat(80)).len(), 64);
    }
}
