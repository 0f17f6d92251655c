//! Reading `scheduled_for` (API specification, section 3.8).

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use kernel::Time;

use crate::error::Refusal;

/// How far ahead a message can be sent.
const FURTHEST: TimeDelta = TimeDelta::hours(96);

/// The moment that `text` names: ISO 8601, with its offset if it has one, else in UTC.
pub fn parse(text: &str, now: Time) -> Result<Time, Refusal> {
    let at = || "scheduled_for".into();
    let moment = moment(text).ok_or(Refusal::NotADate { at: at() })?;
    if moment < now {
        return Err(Refusal::InThePast { at: at() });
    }
    if moment > now + FURTHEST {
        return Err(Refusal::TooFarAhead { at: at() });
    }
    Ok(moment)
}

/// A date alone is its midnight; hours alone are a whole hour, as the published servers read them.
fn moment(text: &str) -> Option<Time> {
    // Nothing readable is longer, and a caller's text can be.
    if !text.is_ascii() || text.len() > 64 {
        return None;
    }
    if let Ok(exact) = DateTime::parse_from_rfc3339(text) {
        return Some(cut(exact.to_utc()));
    }
    let (date, rest) = split_date(text)?;
    let Some(rest) = rest else {
        return Some(date.and_time(NaiveTime::MIN).and_utc());
    };
    let (clock, offset) = split_offset(rest)?;
    let local = NaiveDateTime::new(date, time(clock)?);
    Some(cut(local.checked_sub_signed(offset)?.and_utc()))
}

/// What is kept is exact to the microsecond.
fn cut(moment: Time) -> Time {
    DateTime::from_timestamp_micros(moment.timestamp_micros()).unwrap_or(moment)
}

fn split_date(text: &str) -> Option<(NaiveDate, Option<&str>)> {
    let (date, rest) = match text.find(['T', 't', ' ']) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    let form = if date.contains('-') { "%Y-%m-%d" } else { "%Y%m%d" };
    let fits = matches!(date.len(), 8 | 10);
    NaiveDate::parse_from_str(date, form).ok().filter(|_| fits).map(|date| (date, rest))
}

/// The clock's time and the offset after it; none and `Z` are zero.
fn split_offset(text: &str) -> Option<(&str, TimeDelta)> {
    if let Some(clock) = text.strip_suffix(['Z', 'z']) {
        return Some((clock, TimeDelta::zero()));
    }
    let Some(at) = text.rfind(['+', '-']) else { return Some((text, TimeDelta::zero())) };
    let digits: String = text[at + 1..].chars().filter(|c| *c != ':').collect();
    let minutes = match digits.len() {
        2 => digits.parse::<i64>().ok()? * 60,
        4 => digits[..2].parse::<i64>().ok()? * 60 + digits[2..].parse::<i64>().ok()?,
        _ => return None,
    };
    if minutes > 24 * 60 {
        return None;
    }
    let sign = if text.as_bytes()[at] == b'-' { -1 } else { 1 };
    Some((&text[..at], TimeDelta::minutes(sign * minutes)))
}

fn time(text: &str) -> Option<NaiveTime> {
    let plain: String = text.chars().filter(|c| *c != ':').collect();
    let (whole, fraction) = match plain.split_once(['.', ',']) {
        Some((whole, fraction)) => (whole, fraction),
        None => (plain.as_str(), ""),
    };
    let part = |from: usize| match whole.get(from..from + 2) {
        Some(digits) => digits.parse::<u32>().ok(),
        None => (whole.len() == from).then_some(0),
    };
    if whole.len() > 6 || !whole.len().is_multiple_of(2) {
        return None;
    }
    let (hour, minute, second) = match whole.len() {
        2 => (part(0)?, 0, 0),
        4 => (part(0)?, part(2)?, 0),
        6 => (part(0)?, part(2)?, part(4)?),
        _ => return None,
    };
    NaiveTime::from_hms_micro_opt(hour, minute, second, micros(fraction)?)
}

fn micros(fraction: &str) -> Option<u32> {
    if fraction.is_empty() {
        return Some(0);
    }
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    format!("{fraction:0<6}").get(..6)?.parse().ok()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects")]
    use super::*;

    #[test]
    fn the_usual_forms_of_iso_8601_are_read() {
        let noon = [
            "2026-11-21T12:00:00Z",
            "2026-11-21T12:00:00.000000Z",
            "2026-11-21T12:00:00",
            "2026-11-21 12:00",
            "2026-11-21T12",
            "20261121T1200Z",
            "20261121T120000",
            "2026-11-21T07:00:00-05:00",
            "2026-11-21T07:00-0500",
            "2026-11-21T17:30+05:30",
            "2026-11-21T13:00:00+01",
        ];
        for text in noon {
            assert_eq!(moment(text), Some("2026-11-21T12:00:00Z".parse().unwrap()), "{text}");
        }
        assert_eq!(moment("2026-11-21"), Some("2026-11-21T00:00:00Z".parse().unwrap()));
        let micros = moment("2026-11-21T12:00:00.123456789Z").unwrap();
        assert_eq!(micros, "2026-11-21T12:00:00.123456Z".parse::<Time>().unwrap());
    }

    #[test]
    fn anything_else_is_no_date() {
        let strange = [
            "",
            "tomorrow",
            "2026",
            "2026-11",
            "21-11-2026",
            "2026-13-01",
            "2026-11-21T25:00",
            "2026-11-21T",
            "2026-11-21T1",
            "2026-11-21T12:00+99:99",
            "2026-11-21T12:00:00.x",
            "２０２６-11-21",
            "2026-11-21T12:00:00ZZ",
            "T12:00",
            "-",
            "+",
            "2026-11-21T-",
            "2026-11-21T+5",
        ];
        for text in strange {
            assert_eq!(moment(text), None, "{text}");
        }
    }

    #[test]
    fn the_past_and_the_far_future_are_refused() {
        let now: Time = "2026-11-21T12:00:00Z".parse().unwrap();
        let hours = |hours: i64| (now + TimeDelta::hours(hours)).to_rfc3339();
        assert!(matches!(parse(&hours(-1), now), Err(Refusal::InThePast { .. })));
        assert!(parse(&hours(96), now).is_ok());
        assert!(matches!(parse(&hours(97), now), Err(Refusal::TooFarAhead { .. })));
        assert!(matches!(parse("soon", now), Err(Refusal::NotADate { .. })));
    }
}
