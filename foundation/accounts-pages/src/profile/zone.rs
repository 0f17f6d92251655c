//! The time zones to choose from: those of Canada by the names that people use, then all others by their place.

use chrono_tz::{TZ_VARIANTS, Tz};
use ui::Choice;
use web::PageError;

use crate::words::Texts;

/// The clocks of Canada, from east to west.
const CANADA: [Tz; 9] = [
    Tz::America__St_Johns,
    Tz::America__Halifax,
    Tz::America__Toronto,
    Tz::America__Winnipeg,
    Tz::America__Regina,
    Tz::America__Edmonton,
    Tz::America__Whitehorse,
    Tz::America__Vancouver,
    Tz::UTC,
];

/// Parts of the world that places stand under; other names of the database are old or only letters.
const PARTS: [&str; 9] = [
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Pacific",
];

/// The choices, with the one called `current` chosen.
pub fn choices(t: Texts, current: &str) -> Vec<Choice> {
    let near = CANADA.into_iter().map(|zone| Choice::new(zone.name(), said(t, zone), current));
    let far = TZ_VARIANTS.iter().filter(|zone| !CANADA.contains(zone) && is_place(**zone));
    let far = far.map(|zone| Choice::new(zone.name(), zone.name().replace('_', " "), current));
    near.chain(far).collect()
}

fn said(t: Texts, zone: Tz) -> String {
    match zone {
        Tz::America__St_Johns => t.zone_newfoundland(),
        Tz::America__Halifax => t.zone_atlantic(),
        Tz::America__Toronto => t.zone_eastern(),
        Tz::America__Winnipeg => t.zone_central(),
        Tz::America__Regina => t.zone_saskatchewan(),
        Tz::America__Edmonton => t.zone_mountain(),
        Tz::America__Whitehorse => t.zone_yukon(),
        Tz::America__Vancouver => t.zone_pacific(),
        other => other.name().to_owned(),
    }
}

fn is_place(zone: Tz) -> bool {
    zone.name().split_once('/').is_some_and(|(part, _)| PARTS.contains(&part))
}

/// The zone of this name; `kept` when a form names none.
pub fn read(name: &str, kept: Tz) -> Result<Tz, PageError> {
    if name.is_empty() {
        return Ok(kept);
    }
    name.parse().map_err(|_| PageError::Refused("no time zone".to_owned()))
}

#[cfg(test)]
mod tests {
    use kernel::Language;

    use super::*;

    #[test]
    fn canada_comes_first_and_every_choice_is_a_zone_once() {
        let choices = choices(Texts(Language::French), "Europe/Paris");
        assert_eq!(choices[2].value, "America/Toronto");
        assert!(choices[2].label.contains("Est"), "{}", choices[2].label);
        let chosen: Vec<_> = choices.iter().filter(|choice| choice.chosen).collect();
        assert_eq!(
            chosen.iter().map(|one| one.label.as_str()).collect::<Vec<_>>(),
            ["Europe/Paris"]
        );
        let names: std::collections::HashSet<_> = choices.iter().map(|one| &one.value).collect();
        assert_eq!(names.len(), choices.len());
        assert!(choices.iter().all(|one| read(&one.value, Tz::UTC).is_ok()));
        assert!(!names.contains(&"Etc/GMT+5".to_owned()) && !names.contains(&"EST5EDT".to_owned()));
    }
}
