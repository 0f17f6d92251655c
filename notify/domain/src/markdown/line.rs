//! What a line of a template begins with.

/// Whether the line holds nothing but spaces.
pub fn is_blank(line: &str) -> bool {
    line.bytes().all(|byte| byte == b' ')
}

/// Number of spaces at the start.
pub fn indent(line: &str) -> usize {
    line.bytes().take_while(|byte| *byte == b' ').count()
}

/// Three or more of `-`, `*` and `_`, alone on the line.
pub fn is_rule(line: &str) -> bool {
    if indent(line) > 3
        || !matches!(line.trim_start_matches(' ').as_bytes().first(), Some(b'-' | b'*' | b'_'))
    {
        return false;
    }
    let mut count = 0;
    for byte in line.bytes() {
        match byte {
            b'-' | b'*' | b'_' => count += 1,
            b' ' => {}
            _ => return false,
        }
    }
    count >= 3
}

/// A heading: its level and its words. A `#` needs a space or a letter after it, so that `#1 priority` is text (D34).
pub fn heading(line: &str) -> Option<(u8, &str)> {
    let trimmed = line.trim_start_matches(' ');
    let rest = trimmed.trim_start_matches('#');
    let level = u8::try_from(trimmed.len() - rest.len()).ok()?;
    if !(1..=6).contains(&level) || !rest.starts_with(|c: char| c == ' ' || c.is_alphabetic()) {
        return None;
    }
    let words = rest.trim_matches(' ').trim_end_matches('#').trim_end_matches(' ');
    (!words.is_empty()).then_some((level, words))
}

/// The opening line of fenced text: the fence itself.
pub fn fence(line: &str) -> Option<&str> {
    let trimmed = line.trim_start_matches(' ');
    let mark = trimmed.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let rest = trimmed.trim_start_matches(mark);
    let length = trimmed.len() - rest.len();
    let word = rest.trim_matches(' ');
    (length >= 3 && !word.contains(['`', ' '])).then(|| &trimmed[..length])
}

/// A callout line: `^` and at least one more character.
pub fn is_callout(line: &str) -> bool {
    line.trim_start_matches(' ').strip_prefix('^').is_some_and(|rest| !rest.is_empty())
}

/// The mark at the start of a list item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marker {
    /// Spaces before it.
    pub indent: usize,
    /// Numbered.
    pub ordered: bool,
    /// The number is 1.
    pub is_first: bool,
    /// Bytes to the item's words.
    pub bytes: usize,
    /// Characters to the item's words.
    pub columns: usize,
}

/// The longest number that marks an item: a year at the start of a line is no marker (D34).
const LONGEST_NUMBER: usize = 3;

/// A marker followed by a space.
pub fn marker(line: &str) -> Option<Marker> {
    let indent = indent(line);
    let rest = &line[indent..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let first = rest.chars().next()?;
    let (length, ordered) = match first {
        '*' | '-' | '\u{2022}' => (first.len_utf8(), false),
        _ if (1..=LONGEST_NUMBER).contains(&digits) && rest[digits..].starts_with('.') => {
            (digits + 1, true)
        }
        _ => return None,
    };
    let after = &rest[length..];
    let spaces = self::indent(after);
    let columns = if ordered { length } else { 1 };
    (spaces > 0).then_some(Marker {
        indent,
        ordered,
        is_first: &rest[..digits] == "1",
        bytes: indent + length + spaces,
        columns: indent + columns + spaces,
    })
}

/// Whether a line of this kind ends the paragraph before it although it has no blank line above: a marker, or a `+`,
/// which makes a paragraph of its own. A number other than 1 does not, being part of a sentence (D34); `•` does not.
pub fn interrupts_as_item(line: &str) -> bool {
    let rest = line.trim_start_matches(' ');
    rest.starts_with("+ ")
        || (!rest.starts_with('\u{2022}')
            && marker(line).is_some_and(|marker| !marker.ordered || marker.is_first))
}

/// The row of dashes under the heading of a table.
pub fn is_table_delimiter(line: &str) -> bool {
    line.contains('|')
        && line.contains('-')
        && line.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' '))
}
