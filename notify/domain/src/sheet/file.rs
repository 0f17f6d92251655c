//! Uploaded spreadsheets become the comma-separated text that [`super::Sheet`] reads. No file, however small, makes
//! more text than its caps allow.

mod workbook;

use std::fmt::Write;

use encoding_rs::{UTF_16BE, UTF_16LE};

/// How much a file may hold.
#[derive(Clone, Copy, Debug)]
pub struct FileCaps {
    /// Bytes as uploaded.
    pub bytes: usize,
    /// Bytes of everything inside it once unpacked, and of the text that it becomes.
    pub unpacked: usize,
    /// Rows, the headings counted.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
}

impl Default for FileCaps {
    /// Room for 100,000 rows with some hundred characters each.
    fn default() -> Self {
        Self {
            bytes: 20 << 20,
            unpacked: 64 << 20,
            rows: super::MAX_ROWS_OF_BULK_SENDERS + 1,
            columns: 500,
        }
    }
}

/// Why a file gives no text. [`std::fmt::Display`] is the sentence of the published interface, in English.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnreadableFile {
    /// Its name does not end like a spreadsheet's.
    #[error("{0} is not a spreadsheet that GC Notify can read")]
    NoSpreadsheet(String),
    /// It is damaged, in another encoding than Unicode, or of a kind that is not read.
    #[error(
        "Could not read {0}. Try using a different file format. Ensure your file is encoded as UTF-8."
    )]
    Unreadable(String),
    /// A date lies outside the calendar.
    #[error(
        "{0} contains numbers or dates that GC Notify can’t understand. Try formatting all columns as ‘text’ or export your file as CSV."
    )]
    BadDates(String),
    /// It is larger than the caps, packed or unpacked.
    #[error("{0} is too big")]
    TooBig(String),
}

/// What went wrong, before the file's name is put to it.
#[derive(Debug, PartialEq, Eq)]
enum Trouble {
    Unreadable,
    BadDates,
    TooBig,
}

/// Reads a file by the ending of its name: `csv` and `tsv` in UTF-8 (or UTF-16 with a byte order mark), the first
/// sheet of `xlsx` and `xlsm`. The older `xls` and `ods` are refused as unreadable, because a few bytes of them can
/// stand for billions of cells.
///
/// # Errors
/// Why there is no text, with the file's name for the reader.
pub fn read_file(name: &str, bytes: &[u8], caps: &FileCaps) -> Result<String, UnreadableFile> {
    let ending =
        name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    if bytes.len() > caps.bytes {
        return Err(UnreadableFile::TooBig(name.to_owned()));
    }
    let text = match ending.as_str() {
        "csv" => unicode(bytes).map(one_kind_of_line_end),
        "tsv" => unicode(bytes).and_then(|text| of_tabs(&text, caps)),
        "xlsx" | "xlsm" => workbook::read(bytes, caps),
        "xls" | "ods" => Err(Trouble::Unreadable),
        _ => return Err(UnreadableFile::NoSpreadsheet(name.to_owned())),
    };
    text.map_err(|trouble| match trouble {
        Trouble::Unreadable => UnreadableFile::Unreadable(name.to_owned()),
        Trouble::BadDates => UnreadableFile::BadDates(name.to_owned()),
        Trouble::TooBig => UnreadableFile::TooBig(name.to_owned()),
    })
}

/// Spreadsheet programs that "save as Unicode text" write UTF-16 and say so in the first two bytes.
fn unicode(bytes: &[u8]) -> Result<String, Trouble> {
    let (text, failed) = match bytes {
        [0xFF, 0xFE, ..] => UTF_16LE.decode_with_bom_removal(bytes),
        [0xFE, 0xFF, ..] => UTF_16BE.decode_with_bom_removal(bytes),
        _ => return std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| Trouble::Unreadable),
    };
    if failed { Err(Trouble::Unreadable) } else { Ok(text.into_owned()) }
}

/// Every line boundary that Unicode knows becomes CRLF, also inside quoted cells (section 12.1).
fn one_kind_of_line_end(text: String) -> String {
    let unusual = |c: char| {
        matches!(c, '\u{0B}' | '\u{0C}' | '\u{1C}'..='\u{1E}' | '\u{85}' | '\u{2028}' | '\u{2029}')
    };
    if text.contains(unusual) { text.replace(unusual, "\r\n") } else { text }
}

fn of_tabs(text: &str, caps: &FileCaps) -> Result<String, Trouble> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut out = Table::new(caps);
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|_| Trouble::Unreadable)? {
        for (column, cell) in record.iter().enumerate() {
            out.cell(column, cell)?;
        }
        out.end_row()?;
    }
    Ok(out.text)
}

/// Writes cells as comma-separated text and stops at the caps.
struct Table<'c> {
    text: String,
    row: usize,
    column: usize,
    caps: &'c FileCaps,
}

impl<'c> Table<'c> {
    const fn new(caps: &'c FileCaps) -> Self {
        Self { text: String::new(), row: 0, column: 0, caps }
    }

    /// Writes a cell at a column of the current row; columns come from left to right, gaps are empty cells.
    fn cell(&mut self, column: usize, content: &str) -> Result<(), Trouble> {
        if column >= self.caps.columns || self.text.len() + content.len() > self.caps.unpacked {
            return Err(Trouble::TooBig);
        }
        while self.column < column {
            self.text.push(',');
            self.column += 1;
        }
        if !content.is_empty() {
            let _ = write!(self.text, "\"{}\"", content.replace('"', "\"\""));
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), Trouble> {
        self.text.push_str("\r\n");
        (self.row, self.column) = (self.row + 1, 0);
        if self.row > self.caps.rows { Err(Trouble::TooBig) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::{FileCaps, UnreadableFile, read_file};

    fn read(name: &str, bytes: &[u8]) -> Result<String, UnreadableFile> {
        read_file(name, bytes, &FileCaps::default())
    }

    #[test]
    fn unicode_texts_are_read_and_others_refused_in_known_words() {
        assert_eq!(
            read("a.CSV", "a,b\n\"x\u{2028}y\",é".as_bytes()).as_deref(),
            Ok("a,b\n\"x\r\ny\",é")
        );
        let utf16: Vec<u8> = [0xFF, 0xFE]
            .into_iter()
            .chain("a\té".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(read("a.tsv", &utf16).as_deref(), Ok("\"a\",\"é\"\r\n"));
        let refused = read("liste.csv", b"pr\xE9nom").map_err(|error| error.to_string());
        let said = "Could not read liste.csv. Try using a different file format. Ensure your file is encoded as UTF-8.";
        assert_eq!(refused, Err(said.to_owned()));
        let refused = read("photo.png", b"").map_err(|error| error.to_string());
        assert_eq!(
            refused,
            Err("photo.png is not a spreadsheet that GC Notify can read".to_owned())
        );
    }

    #[test]
    fn a_file_beyond_its_caps_is_refused() {
        let caps = FileCaps { bytes: 10, rows: 2, columns: 2, unpacked: 100 };
        assert!(matches!(
            read_file("a.csv", b"12345678901", &caps),
            Err(UnreadableFile::TooBig(_))
        ));
        assert!(matches!(read_file("a.tsv", b"1\t2\t3", &caps), Err(UnreadableFile::TooBig(_))));
        assert!(matches!(read_file("a.tsv", b"1\n2\n3", &caps), Err(UnreadableFile::TooBig(_))));
    }
}
