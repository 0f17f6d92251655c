//! Comma-separated values, read one record at a time without copying what needs no change.
//!
//! Written here because the rules are those of a particular reader (rendering specification, section 12.2): spaces
//! after a comma are skipped, also before a quotation mark, and what follows a closing quotation mark is kept.

use std::borrow::Cow;

use memchr::{memchr, memchr3};

/// Reads the records of a text.
#[derive(Clone, Debug)]
pub struct Records<'t> {
    text: &'t str,
    separator: u8,
    at: usize,
    number: usize,
    unclosed: bool,
}

impl<'t> Records<'t> {
    /// Starts at the first line that holds anything. Trailing blank lines and commas are no records.
    pub fn of(text: &'t str) -> Self {
        Self::separated(text, b',')
    }

    /// The same where another ASCII character stands between the fields.
    pub fn separated(text: &'t str, separator: u8) -> Self {
        // A tab at the start is an empty first cell, where tabs stand between the cells (D50).
        let is_blank = |c: char| is_outer(c) && c != char::from(separator);
        let start = text.len() - text.trim_start_matches(is_blank).len();
        let number = line_ends(&text[..start]);
        let text = text[start..].trim_end_matches(|c| is_outer(c) || c == char::from(separator));
        Self { text, separator, at: 0, number, unclosed: false }
    }

    /// Reads the next record into `fields`, which it clears first, and gives the number that a spreadsheet shows for
    /// it, from 1; `None` at the end. A blank line is a record without fields.
    pub fn read(&mut self, fields: &mut Vec<Cow<'t, str>>) -> Option<usize> {
        fields.clear();
        if self.at >= self.text.len() {
            return None;
        }
        self.number += 1;
        if !self.line_end() {
            fields.push(self.field());
            while self.separator() {
                fields.push(self.field());
            }
            self.line_end();
        }
        Some(self.number)
    }

    /// Whether a quotation mark was opened and never closed; then the last field is everything after it.
    pub const fn is_unclosed(&self) -> bool {
        self.unclosed
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn separator(&mut self) -> bool {
        let there = self.rest().as_bytes().first() == Some(&self.separator);
        self.at += usize::from(there);
        there
    }

    fn line_end(&mut self) -> bool {
        let rest = self.rest();
        let length =
            if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with(['\n', '\r'])) };
        self.at += length;
        length > 0
    }

    fn field(&mut self) -> Cow<'t, str> {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(' ').len();
        if self.rest().starts_with('"') {
            self.at += 1;
            return self.quoted();
        }
        Cow::Borrowed(self.plain())
    }

    /// Up to the next separator or line end; quotation marks inside are ordinary.
    fn plain(&mut self) -> &'t str {
        let rest = self.rest();
        let end = memchr3(self.separator, b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn quoted(&mut self) -> Cow<'t, str> {
        let first = self.until_quote();
        if self.at_end_of_field() {
            return Cow::Borrowed(first);
        }
        let mut whole = first.to_owned();
        while self.rest().starts_with('"') {
            self.at += 1;
            whole.push('"');
            whole.push_str(self.until_quote());
        }
        whole.push_str(self.plain());
        Cow::Owned(whole)
    }

    /// Up to the next quotation mark, which it skips.
    fn until_quote(&mut self) -> &'t str {
        let rest = self.rest();
        let end = memchr(b'"', rest.as_bytes());
        self.unclosed |= end.is_none();
        self.at += end.map_or(rest.len(), |end| end + 1);
        &rest[..end.unwrap_or(rest.len())]
    }

    fn at_end_of_field(&self) -> bool {
        match self.text.as_bytes().get(self.at) {
            None | Some(b'\n' | b'\r') => true,
            Some(byte) => *byte == self.separator,
        }
    }
}

fn is_outer(character: char) -> bool {
    character.is_whitespace() || kernel::email_address::is_invisible(character)
}

fn line_ends(text: &str) -> usize {
    text.matches('\n').count() + text.matches('\r').count() - text.matches("\r\n").count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Records;

    fn all(text: &str) -> Vec<(usize, Vec<String>)> {
        let (mut records, mut fields, mut found) = (Records::of(text), Vec::new(), Vec::new());
        while let Some(number) = records.read(&mut fields) {
            found.push((number, fields.iter().map(|field| field.to_string()).collect()));
        }
        found
    }

    #[test]
    fn quoted_cells_keep_commas_line_ends_and_what_follows_the_quote() {
        let text = "a, \"b, \"\"c\"\"\" ,\"d\"e\"\r\n\"f\r\ng\",h\r\ri\n,";
        let rows = all(text);
        assert_eq!(rows[0], (1, vec!["a".into(), "b, \"c\" ".into(), "de\"".into()]));
        assert_eq!(rows[1], (2, vec!["f\r\ng".into(), "h".into()]));
        assert_eq!(rows[2], (3, vec![]));
        assert_eq!(rows[3], (4, vec!["i".into()]));
        assert_eq!(rows.len(), 4);
    }

    #[test]
    fn a_record_keeps_the_number_that_the_spreadsheet_shows() {
        assert_eq!(
            all("\u{FEFF}\r\n\n a\n\nb\n\n").iter().map(|row| row.0).collect::<Vec<_>>(),
            [3, 4, 5]
        );
    }

    proptest! {
        #[test]
        fn what_is_written_is_what_is_read(cells in proptest::collection::vec(proptest::collection::vec("[a-c,\"\n\r é]{0,6}", 2..4), 1..5)) {
            let written: String = cells.iter().map(|row| {
                let row: Vec<String> = row.iter().map(|cell| format!("\"x{}\"", cell.replace('"', "\"\""))).collect();
                row.join(",") + "\n"
            }).collect();
            let read: Vec<Vec<String>> = all(&written).into_iter().map(|row| row.1).collect();
            let wanted: Vec<Vec<String>> = cells.iter().map(|row| row.iter().map(|cell| format!("x{cell}")).collect()).collect();
            prop_assert_eq!(read, wanted);
        }

        #[test]
        fn reading_any_text_ends(text in "[a,\"\n\r \u{200B}é]{0,60}") {
            prop_assert!(all(&text).len() <= text.len() + 1);
        }
    }
}
