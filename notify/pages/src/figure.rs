//! Counts and shares as readers of each language write them.

use kernel::Language;
use ui::Cell;

use crate::words::Texts;

/// From this share of failures on, in percent, a number is marked (admin specification, section A.1).
const MANY: i64 = 3;

/// A count as a component takes it; the facts never go below zero.
pub fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// A count in a cell.
pub fn cell(t: Texts, number: i64) -> Cell {
    Cell::Text(text::number(t.0, count(number)))
}

/// Whether more than three in a hundred of `whole` failed.
pub fn are_many(part: i64, whole: i64) -> bool {
    part.saturating_mul(100) > whole.saturating_mul(MANY)
}

/// A share in percent with at most one decimal: `3.4%`, in French `3,4 %`; what is there and rounds to nothing says so.
pub fn share(t: Texts, part: i64, whole: i64) -> String {
    let tenths = if whole > 0 { (part.saturating_mul(1000) + whole / 2) / whole } else { 0 };
    let mark = match t.0 {
        Language::English => '.',
        Language::French => ',',
    };
    match (tenths / 10, tenths % 10) {
        (0, 0) if part > 0 => t.share_tiny(),
        (whole, 0) => t.share(whole),
        (whole, rest) => t.share(format!("{whole}{mark}{rest}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_and_never_vanish() {
        let [english, french] = [Texts(Language::English), Texts(Language::French)];
        assert_eq!(share(english, 34, 1000), "3.4%");
        assert_eq!(share(french, 34, 1000), "3,4\u{a0}%");
        assert_eq!(share(english, 1, 20), "5%");
        assert_eq!(share(english, 1, 100_000), "less than 0.1%");
        assert_eq!(share(english, 0, 0), "0%");
        assert!(are_many(4, 100) && !are_many(3, 100) && !are_many(0, 0));
    }
}
