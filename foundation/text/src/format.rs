//! Numbers and moments as readers of each language write them.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use chrono_tz::Tz;
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

/// The zones of Canada as French names them; other zones keep their English letters.
const FRENCH_ZONES: [(&str, &str); 12] = [
    ("NST", "HNT"),
    ("NDT", "HAT"),
    ("AST", "HNA"),
    ("ADT", "HAA"),
    ("EST", "HNE"),
    ("EDT", "HAE"),
    ("CST", "HNC"),
    ("CDT", "HAC"),
    ("MST", "HNR"),
    ("MDT", "HAR"),
    ("PST", "HNP"),
    ("PDT", "HAP"),
];

/// A moment as the clocks of `zone` show it: `November 21, 2026, 9:05 EST`, `21 novembre 2026, 9 h 05 HNE`.
pub fn moment(language: Language, zone: Tz, when: DateTime<Utc>) -> String {
    let there = when.with_timezone(&zone);
    format!("{}, {}", day(language, there.date_naive()), clock(language, zone, when))
}

/// The hour and minute of a moment in `zone`: `9:05 EST`, `9 h 05 HNE`.
pub fn clock(language: Language, zone: Tz, when: DateTime<Utc>) -> String {
    let there = when.with_timezone(&zone);
    let (hour, minute) = (there.hour(), there.minute());
    let letters = there.offset().to_string();
    match language {
        Language::English => format!("{hour}:{minute:02} {letters}"),
        Language::French => {
            let french = FRENCH_ZONES.iter().find(|(english, _)| *english == letters);
            let letters = french.map_or(letters.as_str(), |(_, french)| french);
            format!("{hour}\u{a0}h\u{a0}{minute:02} {letters}")
        }
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
        let (toronto, utc) = (chrono_tz::America::Toronto, chrono_tz::UTC);
        assert_eq!(moment(Language::English, utc, first), "November 1, 2026, 12:45 UTC");
        assert_eq!(
            moment(Language::French, toronto, first),
            "1er novembre 2026, 7\u{a0}h\u{a0}45 HNE"
        );
        let summer = first - chrono::TimeDelta::days(100);
        assert_eq!(moment(Language::English, toronto, summer), "July 24, 2026, 8:45 EDT");
        assert_eq!(clock(Language::French, toronto, summer), "8\u{a0}h\u{a0}45 HAE");
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(number(Language::English, 1_234_567), "1,234,567");
        assert_eq!(number(Language::French, 12_345), "12\u{a0}345");
        assert_eq!(number(Language::French, 999), "999");
    }
}
