//! Writes lists and reports so that a spreadsheet shows their cells and never runs them.

/// What a spreadsheet may take for the beginning of a formula; the last four are the wide forms that some
/// of them read like the narrow ones.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Appends one line of comma-separated values. Every cell is quoted, and one that a spreadsheet would take for a
/// formula gets an apostrophe before it (D56).
pub fn write_line<T: AsRef<str>>(cells: impl IntoIterator<Item = T>, out: &mut String) {
    for (place, cell) in cells.into_iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        out.push('"');
        if cell.as_ref().trim_start_matches(' ').starts_with(FORMULA) {
            out.push('\'');
        }
        out.push_str(&cell.as_ref().replace('"', "\"\""));
        out.push('"');
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::write_line;

    #[test]
    fn d56_exported_cells_are_quoted_and_are_no_formulas() {
        let mut out = String::new();
        write_line(["=1+1", "a, \"b\"", "+16135550142", "", "＝1", "\n=1", " =1"], &mut out);
        let rest = "\"a, \"\"b\"\"\",\"'+16135550142\",\"\",\"'＝1\",\"'\n=1\",\"' =1\"\r\n";
        assert_eq!(out, format!("\"'=1+1\",{rest}"));
    }
}
