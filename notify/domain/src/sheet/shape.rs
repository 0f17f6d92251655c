//! Refusing lists that only exist to keep us busy, before they are taken apart.

/// The most columns of a list.
pub const MOST_COLUMNS: usize = 1_000;
/// The most bytes that one row, and all rows together, may fill the template to, if each placeholder stood for
/// the whole row. No honest list comes near.
const ONE_ROW: usize = 64 * 1024 * 1024;
const ALL_ROWS: usize = 8 * 1024 * 1024 * 1024;

/// Whether checking this comma-separated text against a template with `uses` placeholders is a bounded amount of work.
#[must_use]
pub fn is_reasonable(csv: &str, uses: usize) -> bool {
    let (shape, uses) = (Shape::of(csv), uses.max(1));
    shape.columns <= MOST_COLUMNS
        && shape.longest.saturating_mul(uses) <= ONE_ROW
        && csv.len().saturating_mul(uses) <= ALL_ROWS
}

/// How wide and long the rows of a list are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Shape {
    columns: usize,
    longest: usize,
}

impl Shape {
    /// Commas and line breaks inside quotation marks end nothing.
    fn of(csv: &str) -> Self {
        let (mut shape, mut start, mut commas, mut quoted) = (Self::default(), 0, 0, false);
        for (at, byte) in csv.bytes().enumerate() {
            match byte {
                b'"' => quoted = !quoted,
                b',' if !quoted => commas += 1,
                b'\n' | b'\r' if !quoted => {
                    shape.widen(commas + 1, at - start);
                    (start, commas) = (at + 1, 0);
                }
                _ => {}
            }
        }
        shape.widen(commas + 1, csv.len() - start);
        shape
    }

    fn widen(&mut self, columns: usize, length: usize) {
        self.columns = self.columns.max(columns);
        self.longest = self.longest.max(length);
    }
}

#[cfg(test)]
mod tests {
    use super::{Shape, is_reasonable};

    #[test]
    fn a_sheet_is_measured_without_being_taken_apart() {
        assert_eq!(Shape::of("a,b\nlong,\"x,\n,y\"\nz"), Shape { columns: 2, longest: 12 });
        assert_eq!(Shape::of(""), Shape { columns: 1, longest: 0 });
        assert_eq!(Shape::of(&",".repeat(5000)).columns, 5001);
        assert!(is_reasonable("a,b\n1,2", 3) && !is_reasonable(&",".repeat(5000), 1));
    }
}
