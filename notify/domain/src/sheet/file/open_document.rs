//! The first sheet of an OpenDocument spreadsheet, cell by cell: it says "this cell a billion times" in a few bytes,
//! so repetitions of nothing are only counted and those of something stop at the caps.

use std::io::{BufRead, BufReader, Cursor};

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};

use super::{FileCaps, Table, Trouble, workbook::weigh};

/// The markup weighs several times what it says, and is read without being kept.
const MARKUP: usize = 2;

pub(super) fn read(bytes: &[u8], caps: &FileCaps) -> Result<String, Trouble> {
    weigh(bytes, &FileCaps { unpacked: caps.unpacked.saturating_mul(MARKUP), ..*caps })?;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Trouble::Unreadable)?;
    let content = archive.by_name("content.xml").map_err(|_| Trouble::Unreadable)?;
    let mut reader = Reader::from_reader(BufReader::new(content));
    reader.config_mut().expand_empty_elements = true;
    let mut sheet =
        SheetReader { reader, buffer: Vec::new(), caps, table: Table::new(caps), due: 0 };
    sheet.read()?;
    Ok(sheet.table.text)
}

struct SheetReader<'c, R> {
    reader: Reader<R>,
    buffer: Vec<u8>,
    caps: &'c FileCaps,
    table: Table<'c>,
    /// Empty rows that are written only if something comes after them.
    due: usize,
}

/// What one step through the document meets.
enum Step {
    Start(Element, Attributes),
    End(Element),
    Text(String),
    Other,
    Nothing,
}

/// The elements that matter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Element {
    Table,
    Row,
    Cell,
    Paragraph,
    Spaces,
    Tab,
    LineBreak,
    Annotation,
    Other,
}

/// The attributes that matter.
#[derive(Default)]
struct Attributes {
    repeated: usize,
    spaces: usize,
    value: Option<String>,
    is_string: bool,
}

impl<R: BufRead> SheetReader<'_, R> {
    fn read(&mut self) -> Result<(), Trouble> {
        loop {
            match self.step()? {
                Step::Start(Element::Table, _) => break,
                Step::Nothing => return Err(Trouble::Unreadable),
                _ => {}
            }
        }
        loop {
            match self.step()? {
                Step::Start(Element::Row, row) => self.row(row.repeated)?,
                Step::End(Element::Table) => return Ok(()),
                Step::Nothing => return Err(Trouble::Unreadable),
                _ => {}
            }
        }
    }

    fn row(&mut self, repeated: usize) -> Result<(), Trouble> {
        let (mut cells, mut column) = (Vec::new(), 0usize);
        loop {
            match self.step()? {
                Step::Start(Element::Cell, cell) => {
                    let (times, text) = (cell.repeated, self.cell(cell)?);
                    if !text.is_empty() {
                        if column.saturating_add(times) > self.caps.columns {
                            return Err(Trouble::TooBig);
                        }
                        cells.extend((0..times).map(|nth| (column + nth, text.clone())));
                    }
                    column = column.saturating_add(times);
                }
                Step::End(Element::Row) => break,
                Step::Nothing => return Err(Trouble::Unreadable),
                _ => {}
            }
        }
        if cells.is_empty() {
            self.due = self.due.saturating_add(repeated);
            return Ok(());
        }
        for _ in 0..std::mem::take(&mut self.due) {
            self.table.end_row()?;
        }
        for _ in 0..repeated {
            for (column, text) in &cells {
                self.table.cell(*column, text)?;
            }
            self.table.end_row()?;
        }
        Ok(())
    }

    /// What stands in a cell: the value that the sheet calculates with, or the text that it shows.
    fn cell(&mut self, cell: Attributes) -> Result<String, Trouble> {
        let (mut text, mut paragraphs, mut depth, mut aside) = (String::new(), 0, 1usize, 0usize);
        while depth > 0 {
            let step = self.step()?;
            match step {
                Step::Start(Element::Cell, _) => depth += 1,
                Step::End(Element::Cell) => depth -= 1,
                Step::Start(Element::Annotation, _) => aside += 1,
                Step::End(Element::Annotation) => aside = aside.saturating_sub(1),
                Step::Nothing => return Err(Trouble::Unreadable),
                _ if aside > 0 => {}
                Step::Start(Element::Paragraph, _) => {
                    if paragraphs > 0 {
                        text.push('\n');
                    }
                    paragraphs += 1;
                }
                Step::Start(Element::Spaces, spaces) => {
                    self.fits(text.len().saturating_add(spaces.spaces))?;
                    text.extend(std::iter::repeat_n(' ', spaces.spaces));
                }
                Step::Start(Element::Tab, _) => text.push('\t'),
                Step::Start(Element::LineBreak, _) => text.push('\n'),
                Step::Text(more) if paragraphs > 0 => {
                    self.fits(text.len() + more.len())?;
                    text.push_str(&more);
                }
                _ => {}
            }
        }
        Ok(match cell.value {
            Some(value) if !cell.is_string => value,
            Some(value) if text.is_empty() => value,
            _ => text,
        })
    }

    fn fits(&self, length: usize) -> Result<(), Trouble> {
        if length > self.caps.unpacked { Err(Trouble::TooBig) } else { Ok(()) }
    }

    fn step(&mut self) -> Result<Step, Trouble> {
        self.buffer.clear();
        let event = self.reader.read_event_into(&mut self.buffer);
        Ok(match event.map_err(|_| Trouble::Unreadable)? {
            Event::Start(start) => {
                let element = Element::of(start.name().0);
                Step::Start(element, Attributes::of(&start, element)?)
            }
            Event::End(end) => Step::End(Element::of(end.name().0)),
            Event::Text(text) => Step::Text(text.xml10_content().into_owned()),
            Event::CData(text) => Step::Text(text.xml10_content().into_owned()),
            Event::GeneralRef(name) => {
                let known = quick_xml::escape::resolve_xml_entity(&name).map(str::to_owned);
                let other = || name.resolve_char_ref().ok().flatten().map(String::from);
                Step::Text(known.or_else(other).ok_or(Trouble::Unreadable)?)
            }
            Event::Eof => Step::Nothing,
            _ => Step::Other,
        })
    }
}

impl Element {
    fn of(name: &str) -> Self {
        match name {
            "table:table" => Self::Table,
            "table:table-row" => Self::Row,
            "table:table-cell" | "table:covered-table-cell" => Self::Cell,
            "text:p" => Self::Paragraph,
            "text:s" => Self::Spaces,
            "text:tab" => Self::Tab,
            "text:line-break" => Self::LineBreak,
            "office:annotation" => Self::Annotation,
            _ => Self::Other,
        }
    }
}

impl Attributes {
    fn of(start: &BytesStart<'_>, element: Element) -> Result<Self, Trouble> {
        let mut found = Self { repeated: 1, spaces: 1, ..Self::default() };
        if !matches!(element, Element::Row | Element::Cell | Element::Spaces) {
            return Ok(found);
        }
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|_| Trouble::Unreadable)?;
            let value = attribute.normalized_value(XmlVersion::Explicit1_0);
            let value = value.map_err(|_| Trouble::Unreadable)?;
            let number = || value.parse::<usize>().map_err(|_| Trouble::Unreadable);
            match attribute.key.0 {
                "table:number-rows-repeated" | "table:number-columns-repeated" => {
                    found.repeated = number()?;
                }
                "text:c" => found.spaces = number()?,
                "office:value-type" => found.is_string = value == "string",
                "office:value" => {
                    // Plain digits, as in the other kinds of spreadsheet.
                    let plain = value.parse::<f64>().ok().filter(|number| number.is_finite());
                    found.value = Some(plain.ok_or(Trouble::BadDates)?.to_string());
                }
                "office:date-value" => found.value = Some(date(&value)),
                "office:time-value" => found.value = Some(time(&value)),
                "office:boolean-value" | "office:string-value" => {
                    found.value = Some(value.into_owned());
                }
                _ => {}
            }
        }
        Ok(found)
    }
}

/// `2026-11-21T10:30:00` as `2026-11-21 10:30:00`, and midnight as the day alone.
fn date(value: &str) -> String {
    value.trim_end_matches("T00:00:00").replacen('T', " ", 1)
}

/// `PT10H30M00S` as `10:30:00`; anything else as it is.
fn time(value: &str) -> String {
    let parts = || {
        let (hours, rest) = value.strip_prefix("PT")?.split_once('H')?;
        let (minutes, rest) = rest.split_once('M')?;
        let seconds = rest.strip_suffix('S')?.split(['.', ',']).next()?;
        let whole = [hours, minutes, seconds].map(|part| part.parse::<u32>().ok());
        let [hours, minutes, seconds] = whole;
        Some(format!("{:02}:{:02}:{:02}", hours?, minutes?, seconds?))
    };
    parts().unwrap_or_else(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects")]

    use std::io::{Cursor, Write};

    use super::{FileCaps, Trouble, read};

    fn document(rows: &str) -> Vec<u8> {
        let names = "xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"";
        let content = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content {names}><office:body><office:spreadsheet>\
             <table:table table:name=\"S\"><table:table-column/>{rows}</table:table><table:table table:name=\"T\">\
             <table:table-row><table:table-cell office:value-type=\"string\"><text:p>not this</text:p></table:table-cell>\
             </table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
        );
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file("content.xml", zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
        archive.finish().unwrap().into_inner()
    }

    fn text(words: &str) -> String {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{words}</text:p></table:table-cell>"
        )
    }

    fn row(cells: &str) -> String {
        format!("<table:table-row>{cells}</table:table-row>")
    }

    #[test]
    fn texts_numbers_dates_and_gaps_are_read_from_the_first_sheet() {
        let second = "<table:table-cell office:value-type=\"float\" office:value=\"6135550142\"><text:p>6,14E+09</text:p></table:table-cell>\
            <table:table-cell table:number-columns-repeated=\"2\"/>\
            <table:table-cell office:value-type=\"date\" office:date-value=\"2026-11-21\"><text:p>21/11/26</text:p></table:table-cell>\
            <table:table-cell office:value-type=\"time\" office:time-value=\"PT09H05M00S\"/>";
        let third = "<table:table-cell office:value-type=\"string\"><office:annotation><text:p>a note</text:p></office:annotation>\
            <text:p>A &amp; B<text:s text:c=\"2\"/>&#233;</text:p><text:p>\"two\"</text:p></table:table-cell>";
        let empty = "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell/></table:table-row>";
        let end = "<table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
        let rows = [
            row(&[text("phone number"), text("name")].concat()),
            row(second),
            empty.into(),
            row(third),
            end.into(),
        ];
        let read = read(&document(&rows.concat()), &FileCaps::default()).unwrap();
        assert_eq!(
            read,
            "\"phone number\",\"name\"\r\n\"6135550142\",,,\"2026-11-21\",\"09:05:00\"\r\n\r\n\r\n\"A & B  é\n\"\"two\"\"\"\r\n"
        );
    }

    #[test]
    fn repeated_cells_and_rows_stop_at_the_caps() {
        let caps = FileCaps::default();
        let cells = "<table:table-cell table:number-columns-repeated=\"1000000000\" office:value-type=\"string\"><text:p>x</text:p></table:table-cell>";
        assert_eq!(read(&document(&row(cells)), &caps), Err(Trouble::TooBig));
        let rows = format!(
            "<table:table-row table:number-rows-repeated=\"4000000000\">{}</table:table-row>",
            text("x")
        );
        assert_eq!(read(&document(&rows), &caps), Err(Trouble::TooBig));
        let gap = format!(
            "<table:table-row table:number-rows-repeated=\"4000000000\"/>{}",
            row(&text("x"))
        );
        assert_eq!(read(&document(&gap), &caps), Err(Trouble::TooBig));
        let spaces = "<table:table-cell office:value-type=\"string\"><text:p><text:s text:c=\"9000000000\"/></text:p></table:table-cell>";
        assert_eq!(read(&document(&row(spaces)), &caps), Err(Trouble::TooBig));
        let twice = row(
            "<table:table-cell table:number-columns-repeated=\"3\" office:value-type=\"string\"><text:p>x</text:p></table:table-cell>",
        );
        assert_eq!(read(&document(&twice), &caps).as_deref(), Ok("\"x\",\"x\",\"x\"\r\n"));
        let bomb = document(&row(&text(&" ".repeat(3_000_000))));
        assert!(bomb.len() < 100_000);
        assert_eq!(read(&bomb, &FileCaps { unpacked: 1_000_000, ..caps }), Err(Trouble::TooBig));
    }

    #[test]
    fn a_damaged_document_is_refused() {
        let whole = document(&row(&text("x")));
        for end in (0..whole.len()).step_by(7) {
            assert!(read(&whole[..end], &FileCaps::default()).is_err());
        }
        assert_eq!(
            read(&document("<table:table-row>"), &FileCaps::default()),
            Err(Trouble::Unreadable)
        );
        assert_eq!(
            read(&document(&row(&text("&bomb;"))), &FileCaps::default()),
            Err(Trouble::Unreadable)
        );
    }
}
