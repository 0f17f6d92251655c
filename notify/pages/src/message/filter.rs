//! What a list of messages is narrowed down by: what stands in the address, in links and in the form (admin
//! specification, section I.1).

use accounts::{ApiKeyId, PersonId};
use chrono::{NaiveDate, NaiveTime, TimeZone};
use chrono_tz::Tz;
use kernel::Time;
use notify::{Channel, status::Group};
use notify_store::{
    NotificationId, TemplateId,
    search::{Origin, Search},
    statistic::Days,
};
use serde::Deserialize;
use ui::Errors;
use web::PageError;

use crate::words::Texts;

/// The days that are listed when no other are asked for: as many as messages are kept.
pub const DAYS: u32 = 7;

/// What is looked for, as it stands in an address. A recipient and a reference never do.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    pub channel: String,
    #[serde(default)]
    pub group: String,
    #[serde(default)]
    pub template: String,
    #[serde(default)]
    pub sender: String,
    #[serde(default)]
    pub from: String,
    #[serde(default)]
    pub to: String,
    pub older_than: Option<NotificationId>,
}

/// The same, understood.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    pub channel: Option<Channel>,
    pub group: Option<Group>,
    pub template: Option<TemplateId>,
    pub origin: Option<Origin>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

impl Wanted {
    /// What it means, and which dates are none.
    ///
    /// # Errors
    /// What no form of ours sends.
    pub fn read(&self, t: Texts) -> Result<(Filter, Errors), PageError> {
        let mut errors = Errors::default();
        let mut date = |field: &str, typed: &str| match typed.trim() {
            "" => None,
            typed => {
                let day = NaiveDate::parse_from_str(typed, "%Y-%m-%d").ok();
                if day.is_none() {
                    errors.add(field, t.messages_date_wrong());
                }
                day
            }
        };
        let filter = Filter {
            from: date("from", &self.from),
            to: date("to", &self.to),
            channel: word(&self.channel)?,
            group: word(&self.group)?,
            template: word(&self.template)?,
            origin: origin(&self.sender)?,
        };
        Ok((filter, errors))
    }
}

fn word<T: std::str::FromStr>(typed: &str) -> Result<Option<T>, PageError> {
    let refused = |_| PageError::Refused("the list cannot be narrowed down by this".to_owned());
    if typed.is_empty() { Ok(None) } else { typed.parse().map(Some).map_err(refused) }
}

fn origin(typed: &str) -> Result<Option<Origin>, PageError> {
    match typed.split_once(':') {
        Some(("person", id)) => Ok(word::<PersonId>(id)?.map(Origin::Person)),
        Some(("key", id)) => Ok(word::<ApiKeyId>(id)?.map(Origin::Key)),
        _ if typed.is_empty() => Ok(None),
        _ => Err(PageError::Refused("nobody sends like this".to_owned())),
    }
}

/// A sender as the form and addresses write it.
pub fn sender_word(origin: Origin) -> String {
    match origin {
        Origin::Person(id) => format!("person:{id}"),
        Origin::Key(id) => format!("key:{id}"),
    }
}

impl Filter {
    /// What stands in an address or in hidden fields for it, without the group of statuses.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let pairs = [
            ("channel", self.channel.map(|is| is.to_string())),
            ("template", self.template.map(|is| is.to_string())),
            ("sender", self.origin.map(sender_word)),
            ("from", self.from.map(|is| is.to_string())),
            ("to", self.to.map(|is| is.to_string())),
        ];
        pairs.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// The address of a list at `here`, narrowed down like this but with another group.
    pub fn address(&self, here: &str, group: Option<Group>) -> String {
        let group = group.map(|group| ("group", group.to_string()));
        let pairs: Vec<_> = self
            .pairs()
            .into_iter()
            .chain(group)
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if pairs.is_empty() { here.to_owned() } else { format!("{here}?{}", pairs.join("&")) }
    }

    /// Whether the facts by day count what is listed: nothing but the channel narrows it down.
    pub const fn is_counted(&self) -> bool {
        self.template.is_none() && self.origin.is_none() && self.from.is_none() && self.to.is_none()
    }

    /// Whether the form's own fields narrow the list down.
    pub fn is_narrow(&self) -> bool {
        !self.pairs().is_empty()
    }

    /// The search for it. Days are the reader's; without any, the list begins where messages are no longer kept.
    pub fn search(&self, zone: Tz, now: Time) -> Search {
        let first = Days::last(DAYS, now).first.and_time(NaiveTime::MIN).and_utc();
        let usual = self.to.is_none().then_some(first);
        let after = |day: NaiveDate| day.succ_opt().map(|next| midnight(next, zone));
        Search {
            channel: self.channel,
            group: self.group,
            template: self.template,
            origin: self.origin,
            since: self.from.map(|day| midnight(day, zone)).or(usual),
            until: self.to.and_then(after),
            ..Search::default()
        }
    }
}

/// The first moment of a day in a zone; where clocks skip midnight, the moment after.
fn midnight(day: NaiveDate, zone: Tz) -> Time {
    let hours = (0..4).filter_map(|hour| day.and_hms_opt(hour, 0, 0));
    let first = hours.filter_map(|local| zone.from_local_datetime(&local).earliest()).next();
    first.map_or_else(|| day.and_time(NaiveTime::MIN).and_utc(), |first| first.to_utc())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    #[test]
    fn a_day_begins_where_the_reader_is_even_when_clocks_skip_midnight() {
        let at = |zone: Tz, day: &str| midnight(day.parse().unwrap(), zone).to_rfc3339();
        assert_eq!(at(chrono_tz::America::Toronto, "2026-11-21"), "2026-11-21T05:00:00+00:00");
        assert_eq!(at(chrono_tz::America::Toronto, "2026-07-01"), "2026-07-01T04:00:00+00:00");
        // In Santiago the day of the change begins at one.
        assert_eq!(at(chrono_tz::America::Santiago, "2026-09-06"), "2026-09-06T04:00:00+00:00");
    }

    #[test]
    fn an_address_says_what_was_understood() {
        let wanted = Wanted {
            channel: "email".to_owned(),
            from: " 2026-11-02 ".to_owned(),
            to: "soon".to_owned(),
            ..Wanted::default()
        };
        let (filter, errors) = wanted.read(Texts::default()).unwrap();
        assert!(errors.of("to").is_some() && errors.of("from").is_none());
        let address = filter.address("/m", Some(Group::Failed));
        assert_eq!(address, "/m?channel=email&from=2026-11-02&group=failed");
        assert!(
            Wanted { sender: "x".to_owned(), ..Wanted::default() }.read(Texts::default()).is_err()
        );
    }
}
