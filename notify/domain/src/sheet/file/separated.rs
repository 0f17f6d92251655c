//! Lists whose cells stand between semicolons or tabs become lists with commas; which it is the file itself shows.

use std::borrow::Cow;

use super::{FileCaps, Table, Trouble};
use crate::sheet::record::Records;

/// What may stand between cells, the likeliest first.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// The text with commas between its cells; unchanged if it has them.
pub(super) fn with_commas(text: String, is_tsv: bool, caps: &FileCaps) -> Result<String, Trouble> {
    let (hint, rest) = hint(&text);
    let separator = hint.unwrap_or_else(|| separator(rest, is_tsv));
    match (separator, hint) {
        (b',', None) => Ok(text),
        (b',', Some(_)) => Ok(rest.to_owned()),
        _ => rewritten(rest, separator, caps),
    }
}

/// A first line `sep=;`, with which spreadsheet programs are told what stands between cells. They do not count it.
fn hint(text: &str) -> (Option<u8>, &str) {
    let start = text.trim_start_matches('\u{FEFF}');
    let Some(line) = start.lines().next() else { return (None, text) };
    let named = line.trim_matches('"').strip_prefix("sep=").map(str::as_bytes);
    match named {
        Some([named]) if SEPARATORS.contains(named) => {
            let rest = start[line.len()..].trim_start_matches('\r');
            (Some(*named), rest.strip_prefix('\n').unwrap_or(rest))
        }
        _ => (None, text),
    }
}

/// What stands between the headings. A separator counts for more if the next row has as many of them: a comma
/// inside a heading of a list with semicolons has none there.
fn separator(text: &str, is_tsv: bool) -> u8 {
    let mut order = SEPARATORS;
    if is_tsv {
        order.rotate_right(1);
    }
    let mut best = (order[0], (false, 1));
    for separator in order {
        let (mut records, mut fields) = (Records::separated(text, separator), Vec::new());
        let mut cells = || loop {
            records.read(&mut fields)?;
            if fields.iter().any(|field| !field.trim().is_empty()) {
                return Some(fields.len());
            }
        };
        let headings = cells().unwrap_or(1);
        let is_regular = headings > 1 && cells().is_none_or(|count| count == headings);
        if (is_regular, headings) > best.1 {
            best = (separator, (is_regular, headings));
        }
    }
    best.0
}

/// Every row keeps its number, so that messages name the row that the spreadsheet shows.
fn rewritten(text: &str, separator: u8, caps: &FileCaps) -> Result<String, Trouble> {
    let mut records = Records::separated(text, separator);
    let mut fields: Vec<Cow<'_, str>> = Vec::new();
    let mut table = Table::new(caps);
    while let Some(number) = records.read(&mut fields) {
        while table.row + 1 < number {
            table.end_row()?;
        }
        for (column, cell) in fields.iter().enumerate() {
            table.cell(column, cell)?;
        }
        table.end_row()?;
    }
    let mut text = table.text;
    if records.is_unclosed() {
        // The last cell has swallowed the rest of the file, and the check must see that it did.
        text.truncate(text.trim_end_matches(['\r', '\n']).trim_end_matches('"').len());
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects")]

    use super::*;
    use crate::sheet::Sheet;

    fn rows(text: &str) -> Vec<(usize, Vec<String>)> {
        let text = with_commas(text.to_owned(), false, &FileCaps::default()).unwrap();
        let sheet = Sheet::read(&text);
        let columns = sheet.columns().len();
        let cells = |row: crate::sheet::Row<'_>| {
            let cell = |at: usize| row.cell(at).text().unwrap_or_default().to_owned();
            (row.number, (0..columns).map(cell).collect())
        };
        sheet.rows().map(cells).collect()
    }

    #[test]
    fn semicolons_and_tabs_are_read_like_commas() {
        let wanted = vec![(2, vec!["a@b.ca".to_owned(), "Lim, Rosa".into(), "1".into()])];
        assert_eq!(rows("email address,name,n\na@b.ca,\"Lim, Rosa\",1\n"), wanted);
        assert_eq!(rows("email address;name;n\r\na@b.ca;Lim, Rosa;1\r\n"), wanted);
        assert_eq!(rows("email address\tname\tn\na@b.ca\tLim, Rosa\t1\n"), wanted);
        assert_eq!(rows("sep=;\nemail address;name;n\na@b.ca;Lim, Rosa;1\n"), wanted);
        assert_eq!(rows("\"sep=,\"\r\nemail address,name,n\na@b.ca,\"Lim, Rosa\",1\n"), wanted);
    }

    #[test]
    fn a_comma_in_a_heading_is_no_separator() {
        let read = rows("name, first;email address\nRosa;a@b.ca\n");
        assert_eq!(read, [(2, vec!["Rosa".to_owned(), "a@b.ca".into()])]);
        assert_eq!(rows("email address\na@b.ca\nc@d.ca\n").len(), 2);
    }

    #[test]
    fn rows_keep_their_numbers_quotes_and_leading_empty_cells() {
        let read = rows("a;b\n\n\"x;\"\"y\"\"\n2\";1\n\n;3\n");
        assert_eq!(read[0], (3, vec!["x;\"y\"\n2".to_owned(), "1".into()]));
        assert_eq!(read[1], (5, vec![String::new(), "3".into()]));
        let tabs = rows("a\tb\n\t3\n");
        assert_eq!(tabs, [(2, vec![String::new(), "3".into()])]);
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_stays_open() {
        let text =
            with_commas("a;b\n1;\"2\n3;4\n".to_owned(), false, &FileCaps::default()).unwrap();
        let sheet = Sheet::read(&text);
        let rows: Vec<_> = sheet.rows().collect();
        assert!(rows.len() == 1 && rows[0].unclosed);
    }
}
