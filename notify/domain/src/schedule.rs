//! When a message may leave, as a person's wall clock shows it: choices, and what a local time means where clocks
//! are put forward or back (administration specification, sections A.1 and H.4).

use chrono::{
    DateTime, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone,
    Timelike, Utc,
};
pub use chrono_tz::Tz;

/// How far ahead a message can be scheduled.
pub const FURTHEST: TimeDelta = TimeDelta::hours(96);

/// The zone of people who have chosen none.
pub const DEFAULT_ZONE: Tz = Tz::America__Toronto;

/// The zones that a Canadian list shows first, from east to west.
pub const CANADIAN_ZONES: [Tz; 9] = [
    Tz::America__St_Johns,
    Tz::America__Halifax,
    Tz::America__Toronto,
    Tz::America__Winnipeg,
    Tz::America__Regina,
    Tz::America__Edmonton,
    Tz::America__Vancouver,
    Tz::America__Whitehorse,
    Tz::America__Iqaluit,
];

/// A zone by its name in the time zone database, such as `America/Toronto`.
#[must_use]
pub fn zone(name: &str) -> Option<Tz> {
    name.parse().ok()
}

/// What a wall clock shows in a zone at a moment.
#[must_use]
pub fn local(at: DateTime<Utc>, zone: Tz) -> NaiveDateTime {
    at.with_timezone(&zone).naive_local()
}

/// A moment that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The moment.
    pub at: DateTime<Utc>,
    /// What the wall clock shows then.
    pub local: NaiveDateTime,
    /// Minutes east of UTC.
    pub offset: i32,
    /// The short name of the clock in force, such as `EST`: it tells two hours of the same name apart.
    pub clock: String,
    /// Whether the wall clock shows this time twice, because it is put back in between.
    pub twice: bool,
}

/// What a local time means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// One moment.
    Once(DateTime<Utc>),
    /// The clock is put back and shows it twice.
    Twice(DateTime<Utc>, DateTime<Utc>),
    /// The clock is put forward over it and never shows it; the moment that it shows instead, as much after the
    /// change as the time lies in the gap.
    Never(DateTime<Utc>),
}

/// Why a local time cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// It is not a date and a time.
    #[error("not a date and a time")]
    Unreadable,
    /// It has passed.
    #[error("the time is in the past")]
    Past,
    /// It is more than [`FURTHEST`] ahead.
    #[error("the time is after {latest}, the latest that can be chosen")]
    TooFarAhead {
        /// The latest moment.
        latest: DateTime<Utc>,
    },
    /// The clock is put forward over it.
    #[error("the clock never shows this time; it shows {instead} instead")]
    Skipped {
        /// The moment that it shows instead.
        instead: DateTime<Utc>,
    },
}

/// What a wall clock's time means in a zone.
#[must_use]
pub fn meaning(local: NaiveDateTime, zone: Tz) -> Meaning {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(at) => Meaning::Once(at.to_utc()),
        LocalResult::Ambiguous(first, second) => Meaning::Twice(first.to_utc(), second.to_utc()),
        LocalResult::None => {
            // No zone changes its clock twice in a day, so a day earlier the old offset is in force.
            let before = zone.offset_from_utc_datetime(&(local - TimeDelta::days(1))).fix();
            Meaning::Never(
                (local - TimeDelta::seconds(i64::from(before.local_minus_utc()))).and_utc(),
            )
        }
    }
}

/// The moment that a local time names, to the minute, if a message can be scheduled for it. A time that the clock
/// shows twice is the first of the two, or the second when the first has passed.
///
/// # Errors
/// Why it cannot be used.
pub fn moment(
    local: NaiveDateTime,
    zone: Tz,
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, Unusable> {
    let at = match meaning(local, zone) {
        Meaning::Once(at) => at,
        Meaning::Twice(first, second) => {
            if first < now {
                second
            } else {
                first
            }
        }
        Meaning::Never(instead) => return Err(Unusable::Skipped { instead }),
    };
    within(at, now)
}

/// Whether a message can be scheduled for a moment.
///
/// # Errors
/// It has passed or is too far ahead.
pub fn within(at: DateTime<Utc>, now: DateTime<Utc>) -> Result<DateTime<Utc>, Unusable> {
    let latest = now + FURTHEST;
    if at < now {
        Err(Unusable::Past)
    } else if at > latest {
        Err(Unusable::TooFarAhead { latest })
    } else {
        Ok(at)
    }
}

/// Reads what the fields of a form hold: `2026-11-21`, and `14:05` or `14:05:00`.
///
/// # Errors
/// When they hold anything else.
pub fn read(date: &str, time: &str) -> Result<NaiveDateTime, Unusable> {
    let date =
        NaiveDate::parse_from_str(date.trim(), "%Y-%m-%d").map_err(|_| Unusable::Unreadable)?;
    let time = time.trim();
    let minutes = NaiveTime::parse_from_str(time, "%H:%M");
    let time = minutes.or_else(|_| NaiveTime::parse_from_str(time, "%H:%M:%S"));
    Ok(date.and_time(time.map_err(|_| Unusable::Unreadable)?))
}

/// The whole hours of a zone's wall clock that lie ahead, up to [`FURTHEST`], in order. An hour that the clock
/// skips is not among them, one that it shows twice is there twice.
#[must_use]
pub fn choices(now: DateTime<Utc>, zone: Tz) -> Vec<Choice> {
    let start = local(now, zone);
    let hour = start.date().and_hms_opt(start.hour(), 0, 0).unwrap_or(start);
    let mut choices = Vec::with_capacity(100);
    // Two hours more than the horizon on either side, because a change of the clock shifts the hours.
    for ahead in -2..=FURTHEST.num_hours() + 2 {
        let local = hour + TimeDelta::hours(ahead);
        match meaning(local, zone) {
            Meaning::Once(at) => choices.push(choice(at, zone, false)),
            Meaning::Twice(first, second) => {
                choices.push(choice(first, zone, true));
                choices.push(choice(second, zone, true));
            }
            Meaning::Never(_) => {}
        }
    }
    choices.retain(|choice| choice.at > now && choice.at <= now + FURTHEST);
    choices.sort_by_key(|choice| choice.at);
    choices
}

fn choice(at: DateTime<Utc>, zone: Tz, twice: bool) -> Choice {
    let there = at.with_timezone(&zone);
    Choice {
        at,
        local: there.naive_local(),
        offset: there.offset().fix().local_minus_utc() / 60,
        clock: there.format("%Z").to_string(),
        twice,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects")]

    use chrono::Timelike;
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn wall(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn the_hours_ahead_are_whole_hours_of_the_persons_clock() {
        let hours = choices(at("2026-11-21T17:05:00Z"), Tz::America__Toronto);
        assert_eq!(hours.len(), 96);
        assert_eq!(
            (hours[0].at, hours[0].local),
            (at("2026-11-21T18:00:00Z"), wall("2026-11-21T13:00:00"))
        );
        assert_eq!((hours[0].offset, hours[0].clock.as_str()), (-300, "EST"));
        assert_eq!(hours[95].at, at("2026-11-25T17:00:00Z"));
        // Half an hour off the hour of UTC, and still whole hours there.
        let newfoundland = choices(at("2026-11-21T17:05:00Z"), Tz::America__St_Johns);
        assert_eq!(newfoundland[0].at, at("2026-11-21T17:30:00Z"));
        assert!(newfoundland.iter().all(|choice| choice.local.minute() == 0));
    }

    #[test]
    fn the_hour_that_comes_twice_in_autumn_is_there_twice_and_told_apart() {
        // On 1 November 2026 Toronto puts its clock back from 2:00 to 1:00.
        let zone = Tz::America__Toronto;
        let one = wall("2026-11-01T01:00:00");
        let hours = choices(at("2026-10-31T12:00:00Z"), zone);
        let ones: Vec<_> = hours.iter().filter(|choice| choice.local == one).collect();
        assert_eq!(ones.len(), 2);
        assert_eq!((ones[0].clock.as_str(), ones[1].clock.as_str()), ("EDT", "EST"));
        assert!(ones.iter().all(|choice| choice.twice));
        let (first, second) = (at("2026-11-01T05:00:00Z"), at("2026-11-01T06:00:00Z"));
        assert_eq!(meaning(one, zone), Meaning::Twice(first, second));
        assert_eq!(moment(one, zone, at("2026-11-01T04:00:00Z")), Ok(first));
        assert_eq!(moment(one, zone, at("2026-11-01T05:30:00Z")), Ok(second));
    }

    #[test]
    fn the_hour_that_spring_skips_is_no_choice_and_says_what_the_clock_shows_instead() {
        // On 14 March 2027 Toronto puts its clock forward from 2:00 to 3:00.
        let zone = Tz::America__Toronto;
        let skipped = wall("2027-03-14T02:30:00");
        let instead = at("2027-03-14T07:30:00Z");
        assert_eq!(meaning(skipped, zone), Meaning::Never(instead));
        assert_eq!(local(instead, zone), wall("2027-03-14T03:30:00"));
        let now = at("2027-03-13T12:00:00Z");
        assert_eq!(moment(skipped, zone, now), Err(Unusable::Skipped { instead }));
        let hours = choices(now, zone);
        assert!(hours.iter().all(|choice| choice.local != wall("2027-03-14T02:00:00")));
        assert_eq!(hours.len(), 96);
        // Regina never changes its clock.
        assert!(matches!(meaning(skipped, Tz::America__Regina), Meaning::Once(_)));
    }

    #[test]
    fn minutes_are_free_within_the_horizon() {
        let (zone, now) = (DEFAULT_ZONE, at("2026-11-21T17:05:30Z"));
        let read = |date, time| read(date, time).and_then(|local| moment(local, zone, now));
        assert_eq!(read("2026-11-21", "12:07"), Ok(at("2026-11-21T17:07:00Z")));
        assert_eq!(read("2026-11-21", "12:05"), Err(Unusable::Past));
        assert_eq!(read("2026-11-25", "12:05:00"), Ok(at("2026-11-25T17:05:00Z")));
        let latest = now + FURTHEST;
        assert_eq!(read("2026-11-25", "12:06"), Err(Unusable::TooFarAhead { latest }));
        for (date, time) in
            [("", ""), ("2026-02-30", "12:00"), ("2026-11-21", "24:00"), ("21/11", "noon")]
        {
            assert_eq!(read(date, time), Err(Unusable::Unreadable), "{date} {time}");
        }
        assert_eq!(super::zone("America/Toronto"), Some(Tz::America__Toronto));
        assert_eq!(super::zone("Ottawa"), None);
    }

    proptest! {
        #[test]
        fn every_choice_of_every_zone_means_itself(seconds in 1_700_000_000i64..1_900_000_000, place in 0..chrono_tz::TZ_VARIANTS.len()) {
            let (now, zone) = (DateTime::from_timestamp(seconds, 0).unwrap(), chrono_tz::TZ_VARIANTS[place]);
            let hours = choices(now, zone);
            prop_assert!((95..=97).contains(&hours.len()), "{zone}: {}", hours.len());
            prop_assert!(hours.windows(2).all(|two| two[0].at < two[1].at));
            for choice in hours {
                let meant = match meaning(choice.local, zone) {
                    Meaning::Once(at) => at == choice.at,
                    Meaning::Twice(first, second) => first == choice.at || second == choice.at,
                    Meaning::Never(_) => false,
                };
                prop_assert!(meant);
                prop_assert_eq!(local(choice.at, zone), choice.local);
            }
        }
    }
}
