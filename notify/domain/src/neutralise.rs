//! Values without any effect: what `sanitise_content_for` asks for (API specification, section 3.9).

/// Characters that mean something in Markdown.
const MARKS: &str = "`*_(){}[]<>#+-.!|\\";

/// The value with its links made harmless: addresses with a scheme go, and what looks like a host (`a.b`)
/// is taken apart (`a. b`).
///
/// The renderer keeps values from being read as Markdown by itself, so this is all that it has to do.
pub fn links(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        match word.find("://") {
            Some(at) => apart(&word[..scheme_start(word, at)], &mut out),
            None => apart(word, &mut out),
        }
        out.push_str(&piece[word.len()..]);
    }
    out
}

/// The value as GOV.UK Notify shows it to the caller: [`links`], and a backslash before each mark of Markdown.
pub fn value(text: &str) -> String {
    let plain = links(text);
    let mut out = String::with_capacity(plain.len() + 16);
    for c in plain.chars() {
        if MARKS.contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Where the scheme before `://` begins; what stands before it is kept.
fn scheme_start(word: &str, colon: usize) -> usize {
    let is_scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-');
    word[..colon]
        .rfind(|c| !is_scheme(c))
        .map_or(0, |at| at + word[at..].chars().next().map_or(1, char::len_utf8))
}

/// Puts a blank after each full stop between two letters or digits.
fn apart(word: &str, out: &mut String) {
    let mut before = None;
    let mut rest = word.chars().peekable();
    while let Some(c) = rest.next() {
        out.push(c);
        let joins = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if c == '.' && joins(before) && joins(rest.peek().copied()) {
            out.push(' ');
        }
        before = Some(c);
    }
}

#[cfg(test)]
mod tests {
    use super::{links, value};

    #[test]
    fn links_and_marks_have_no_effect() {
        assert_eq!(value("**bold** & plain"), "\\*\\*bold\\*\\* & plain");
        assert_eq!(links("see evil.example now"), "see evil. example now");
        assert_eq!(links("see https://evil.example/a?b now"), "see  now");
        assert_eq!(links("(HTTPS://evil.example)"), "(");
        assert_eq!(value("pay 1.5"), "pay 1\\. 5");
        assert_eq!(links("é://x à.b"), "é à. b");
        assert_eq!(links("a.é://x"), "a. é");
        assert_eq!(value("Rosa Lim"), "Rosa Lim");
    }

    proptest::proptest! {
        #[test]
        fn nothing_that_looks_like_a_host_is_left(text in "\\PC{0,40}|[a-c.:/ é]{0,20}") {
            let out = links(&text);
            let letters: Vec<char> = out.chars().collect();
            let host = letters.windows(3).any(|w| w[1] == '.' && w[0].is_alphanumeric() && w[2].is_alphanumeric());
            proptest::prop_assert!(!host && !out.contains("://"));
        }
    }
}
