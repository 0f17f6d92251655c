//! Uploaded spreadsheets become the comma-separated text that [`super::Sheet`] reads. No file, however small, makes
//! more text than its caps allow.

mod open_document;
mod separated;
mod text;
mod workbook;

use std::fmt::Write;

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
    /// It is damaged, or holds no text.
    #[error(
        "Could not read {0}. Try using a different file format. Ensure your file is encoded as UTF-8."
    )]
    Unreadable(String),
    /// It is a workbook of Excel 2003 or older.
    #[error(
        "{0} is in a format that was replaced in 2007. Save it as an Excel workbook (.xlsx) or as CSV and try again."
    )]
    OldExcel(String),
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

/// Reads a file by the ending of its name: `csv` and `tsv` in UTF-8, UTF-16 or Windows-1252 with commas, semicolons
/// or tabs between the cells, the first sheet of `xlsx`, `xlsm` and `ods`. The older `xls` is refused, because a few
/// bytes of it can stand for billions of cells and no reader of it stops in time.
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
        "csv" | "tsv" => text::read(bytes)
            .map(one_kind_of_line_end)
            .and_then(|text| separated::with_commas(text, ending == "tsv", caps)),
        "xlsx" | "xlsm" => workbook::read(bytes, caps),
        "ods" => open_document::read(bytes, caps),
        "xls" => return Err(UnreadableFile::OldExcel(name.to_owned())),
        _ => return Err(UnreadableFile::NoSpreadsheet(name.to_owned())),
    };
    text.map_err(|trouble| match trouble {
        Trouble::Unreadable => UnreadableFile::Unreadable(name.to_owned()),
        Trouble::BadDates => UnreadableFile::BadDates(name.to_owned()),
        Trouble::TooBig => UnreadableFile::TooBig(name.to_owned()),
    })
}

/// Every line boundary that Unicode knows becomes CRLF, also inside quoted cells (section 12.1).
fn one_kind_of_line_end(text: String) -> String {
    let unusual = |c: char| {
        matches!(c, '\u{0B}' | '\u{0C}' | '\u{1C}'..='\u{1E}' | '\u{85}' | '\u{2028}' | '\u{2029}')
    };
    if text.contains(unusual) { text.replace(unusual, "\r\n") } else { text }
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
        assert_eq!(read("liste.csv", b"pr\xE9nom").as_deref(), Ok("prénom"));
        let refused = read("liste.csv", b"pr\0nom").map_err(|error| error.to_string());
        let said = "Could not read liste.csv. Try using a different file format. Ensure your file is encoded as UTF-8.";
        assert_eq!(refused, Err(said.to_owned()));
        let old = read("vieux.XLS", b"").map_err(|error| error.to_string());
        assert!(old.is_err_and(|said| said.contains("Save it as an Excel workbook (.xlsx)")));
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
