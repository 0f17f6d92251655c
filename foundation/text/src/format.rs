//! Numbers and moments as readers of each language write them.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use kernel::Language;

const MONTHS: [(&str, &str); 12] = [
    ("January", "janvier"),
    ("February", "février"),
    ("March", "mars"),
    ("April", "avril"),
    ("May", "mai"),
    ("June", "juin"),
    ("July", "juillet"),
    ("August", "août"),
    ("September", "septembre"),
    ("October", "octobre"),
    ("November", "novembre"),
    ("December", "décembre"),
];

/// A moment with its time zone said: `November 21, 2026, 14:05 UTC`, `21 novembre 2026, 14 h 05 UTC`.
pub fn moment(language: Language, when: DateTime<Utc>) -> String {
    let (year, day) = (when.year(), when.day());
    let (hour, minute) = (when.hour(), when.minute());
    let (english, french) = MONTHS[when.month0() as usize];
    match (language, day) {
        (Language::English, _) => format!("{english} {day}, {year}, {hour}:{minute:02} UTC"),
        (Language::French, 1) => format!("1er {french} {year}, {hour} h {minute:02} UTC"),
        (Language::French, _) => format!("{day} {french} {year}, {hour} h {minute:02} UTC"),
    }
}

/// A day: `November 21, 2026`, `21 novembre 2026`.
pub fn day(language: Language, day: NaiveDate) -> String {
    let (english, french) = MONTHS[day.month0() as usize];
    match (language, day.day()) {
        (Language::English, number) => format!("{english} {number}, {}", day.year()),
        (Language::French, 1) => format!("1er {french} {}", day.year()),
        (Language::French, number) => format!("{number} {french} {}", day.year()),
    }
}

/// A whole number in groups of three: `12,345`, in French `12 345` with no-break spaces.
pub fn number(language: Language, number: u64) -> String {
    let mark = match language {
        Language::English => ',',
        Language::French => '\u{a0}',
    };
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3 * 2);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(mark);
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_read_naturally() {
        let first = DateTime::from_timestamp(1_793_537_130, 0).unwrap_or_default();
        assert_eq!(moment(Language::English, first), "November 1, 2026, 12:45 UTC");
        assert_eq!(moment(Language::French, first), "1er novembre 2026, 12 h 45 UTC");
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(number(Language::English, 1_234_567), "1,234,567");
        assert_eq!(number(Language::French, 12_345), "12\u{a0}345");
        assert_eq!(number(Language::French, 999), "999");
    }
}
