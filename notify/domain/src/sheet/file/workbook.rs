//! The first sheet of a workbook, cell by cell.

use std::io::{Cursor, Read};

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};

use super::{FileCaps, Table, Trouble};

/// Days from 1899-12-30 to the last day of the year 9999.
const LAST_DAY: f64 = 2_958_466.0;

pub(super) fn read(bytes: &[u8], caps: &FileCaps) -> Result<String, Trouble> {
    weigh(bytes, caps)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| Trouble::Unreadable)?;
    let first = book.sheet_names().into_iter().next().ok_or(Trouble::Unreadable)?;
    let mut cells = book.worksheet_cells_reader(&first).map_err(|_| Trouble::Unreadable)?;
    let mut table = Table::new(caps);
    while let Some(cell) = cells.next_cell().map_err(|_| Trouble::Unreadable)? {
        let (row, column) = cell.get_position();
        let (row, column) = (row as usize, column as usize);
        if row < table.row || (row == table.row && column < table.column) {
            return Err(Trouble::Unreadable);
        }
        let content = content(cell.get_value())?;
        if content.is_empty() {
            continue;
        }
        while table.row < row {
            table.end_row()?;
        }
        table.cell(column, &content)?;
    }
    Ok(table.text)
}

/// Unpacks everything once into nothing: what the file says of its own size is not to be believed.
pub(super) fn weigh(bytes: &[u8], caps: &FileCaps) -> Result<(), Trouble> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Trouble::Unreadable)?;
    let mut left = caps.unpacked as u64;
    for place in 0..archive.len() {
        let entry = archive.by_index(place).map_err(|_| Trouble::Unreadable)?;
        let weight = std::io::copy(&mut entry.take(left + 1), &mut std::io::sink())
            .map_err(|_| Trouble::Unreadable)?;
        left = left.checked_sub(weight).ok_or(Trouble::TooBig)?;
    }
    Ok(())
}

/// Numbers lose their formatting and dates become ISO dates.
fn content(cell: &DataRef<'_>) -> Result<String, Trouble> {
    Ok(match cell {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(is) => is.to_string(),
        DataRef::Error(error) => error.to_string(),
        DataRef::DateTime(date) => iso(date)?,
    })
}

fn iso(date: &ExcelDateTime) -> Result<String, Trouble> {
    if !(0.0..LAST_DAY).contains(&date.as_f64()) {
        return Err(Trouble::BadDates);
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    Ok(match (date.as_f64() < 1.0, time.as_str()) {
        (true, _) => time,
        (false, "00:00:00") => format!("{year:04}-{month:02}-{day:02}"),
        (false, _) => format!("{year:04}-{month:02}-{day:02} {time}"),
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects")]

    use std::io::{Cursor, Write};

    use super::{FileCaps, Trouble, read};

    fn workbook(sheet: &str) -> Vec<u8> {
        let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        let package = "http://schemas.openxmlformats.org/package/2006";
        let parts = [
            ("[Content_Types].xml", format!("<Types xmlns=\"{package}/content-types\"/>")),
            (
                "_rels/.rels",
                format!(
                    "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{relation}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
                ),
            ),
            (
                "xl/workbook.xml",
                format!(
                    "<workbook xmlns=\"{main}\" xmlns:r=\"{relation}\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
                ),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                format!(
                    "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{relation}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{relation}/styles\" Target=\"styles.xml\"/></Relationships>"
                ),
            ),
            (
                "xl/styles.xml",
                format!(
                    "<styleSheet xmlns=\"{main}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
                ),
            ),
            (
                "xl/worksheets/sheet1.xml",
                format!("<worksheet xmlns=\"{main}\"><sheetData>{sheet}</sheetData></worksheet>"),
            ),
        ];
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(content.as_bytes()).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    const SHEET: &str = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>phone number</t></is></c><c r=\"C1\" t=\"inlineStr\"><is><t>day</t></is></c></row>\
        <row r=\"3\"><c r=\"A3\"><v>6135550142</v></c><c r=\"C3\" s=\"1\"><v>46347</v></c></row>";

    #[test]
    fn cells_keep_their_places_numbers_their_digits_and_dates_become_iso() {
        let text = read(&workbook(SHEET), &FileCaps::default()).unwrap();
        assert_eq!(text, "\"phone number\",,\"day\"\r\n\r\n\"6135550142\",,\"2026-11-21\"");
    }

    #[test]
    fn a_small_file_that_unpacks_to_a_big_one_is_refused() {
        let bomb = workbook(&" ".repeat(3_000_000));
        assert!(bomb.len() < 100_000);
        let caps = FileCaps { unpacked: 1_000_000, ..FileCaps::default() };
        assert_eq!(read(&bomb, &caps), Err(Trouble::TooBig));
    }

    #[test]
    fn one_cell_in_the_last_corner_does_not_make_a_sheet_of_billions() {
        let corner = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
        assert_eq!(read(&workbook(corner), &FileCaps::default()), Err(Trouble::TooBig));
    }

    #[test]
    fn a_damaged_book_or_an_impossible_date_is_refused() {
        assert_eq!(read(b"PK\x03\x04nonsense", &FileCaps::default()), Err(Trouble::Unreadable));
        let date = "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>1e300</v></c></row>";
        assert_eq!(read(&workbook(date), &FileCaps::default()), Err(Trouble::BadDates));
        let whole = workbook(SHEET);
        for end in (0..whole.len()).step_by(37) {
            assert!(read(&whole[..end], &FileCaps::default()).is_err());
        }
    }
}
