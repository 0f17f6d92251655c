//! Numbering plans: which national numbers exist under a calling code, from libphonenumber's data.
//!
//! The data and the formats come from the `phonenumber` crate. Its own check accepts a number with digits too many
//! (it looks only at the start) and takes 10 µs; here each pattern is anchored and compiled once.

use std::borrow::Cow;
use std::sync::OnceLock;

use phonenumber::metadata::{DATABASE, Descriptor, Metadata};
use regex::{Regex, RegexBuilder};

/// National numbers have at least two digits and at most seventeen.
const NATIONAL_DIGITS: std::ops::RangeInclusive<usize> = 2..=17;

static PLANS: [OnceLock<Option<Plan>>; 1000] = [const { OnceLock::new() }; 1000];

/// The numbers of one calling code.
pub struct Plan {
    regions: Vec<Region>,
    prefix: Option<(Regex, Option<String>)>,
}

struct Region {
    leading: Option<Regex>,
    general: Kind,
    local_lengths: u32,
    kinds: Vec<Kind>,
}

/// One kind of number, such as toll-free: a pattern and the lengths it may have, one bit a length.
struct Kind {
    lengths: u32,
    pattern: Regex,
}

#[derive(PartialEq, Eq)]
enum Length {
    Possible,
    TooLong,
    Wrong,
}

impl Plan {
    /// The plan of a calling code, or `None` when no country has it.
    pub fn of(code: u16) -> Option<&'static Self> {
        PLANS.get(usize::from(code))?.get_or_init(|| Self::load(code)).as_ref()
    }

    /// Splits the digits of an international number into calling code and national number as dialled from abroad.
    pub fn split(digits: &str) -> Option<(u16, &'static Self, Cow<'_, str>)> {
        (1..=3).find_map(|length| {
            let code: u16 = digits.get(..length)?.parse().ok()?;
            let plan = Self::of(code)?;
            Some((code, plan, plan.without_prefix(&digits[length..])))
        })
    }

    fn load(code: u16) -> Option<Self> {
        let regions: Vec<&Metadata> = DATABASE.by_code(&code)?;
        let main = *regions.first()?;
        let parsing = main
            .national_prefix_for_parsing()
            .map(|p| p.as_str())
            .or_else(|| main.national_prefix());
        let prefix = match parsing {
            Some(pattern) => {
                let rule = main.national_prefix_transform_rule().filter(|rule| !rule.is_empty());
                Some((compile(&format!("^(?:{pattern})"))?, rule.map(str::to_owned)))
            }
            None => None,
        };
        Some(Self {
            regions: regions.into_iter().map(Region::load).collect::<Option<_>>()?,
            prefix,
        })
    }

    /// Whether somebody can have this national number.
    pub fn is_valid(&self, national: &str) -> bool {
        if !NATIONAL_DIGITS.contains(&national.len()) {
            return false;
        }
        if let [only] = &self.regions[..] {
            return only.has(national);
        }
        for region in &self.regions {
            match &region.leading {
                Some(leading) if leading.is_match(national) => return region.has(national),
                Some(_) => {}
                None if region.has(national) => return true,
                None => {}
            }
        }
        false
    }

    /// Reads a number dialled inside the country of this plan: drops the calling code that some write without `+`, and
    /// the trunk prefix.
    pub fn national<'a>(&self, code: &str, digits: &'a str) -> Cow<'a, str> {
        let Some(main) = self.regions.first() else { return Cow::Borrowed(digits) };
        let digits = match digits.strip_prefix(code) {
            Some(rest)
                if (!main.general.pattern.is_match(digits)
                    && main.general.pattern.is_match(rest))
                    || main.length(digits) == Length::TooLong =>
            {
                rest
            }
            _ => digits,
        };
        self.without_prefix(digits)
    }

    fn without_prefix<'a>(&self, national: &'a str) -> Cow<'a, str> {
        let (Some((prefix, rule)), Some(main)) = (&self.prefix, self.regions.first()) else {
            return Cow::Borrowed(national);
        };
        let Some(found) = prefix.captures(national) else { return Cow::Borrowed(national) };
        let last_group = found
            .len()
            .checked_sub(1)
            .filter(|last| *last > 0)
            .map(|last| found.get(last).is_some());
        let stripped = match rule {
            Some(rule) if last_group != Some(false) => {
                let mut changed = String::new();
                found.expand(rule, &mut changed);
                changed.push_str(&national[found.get(0).map_or(0, |whole| whole.end())..]);
                Cow::Owned(changed)
            }
            _ => Cow::Borrowed(&national[found.get(0).map_or(0, |whole| whole.end())..]),
        };
        let general = &main.general.pattern;
        let loses = general.is_match(national) && !general.is_match(&stripped);
        if loses || main.length(&stripped) == Length::Wrong {
            Cow::Borrowed(national)
        } else {
            stripped
        }
    }
}

impl Region {
    fn load(data: &Metadata) -> Option<Self> {
        let all = data.descriptors();
        let known = [
            all.fixed_line(),
            all.mobile(),
            all.toll_free(),
            all.premium_rate(),
            all.shared_cost(),
            all.personal_number(),
            all.voip(),
            all.pager(),
            all.uan(),
            all.voicemail(),
        ];
        let known: Vec<&Descriptor> = known.into_iter().flatten().collect();
        let lengths = known.iter().fold(0, |all, kind| all | bits(kind.possible_length()));
        let local_lengths =
            known.iter().fold(0, |all, kind| all | bits(kind.possible_local_length())) & !lengths;
        let general = Kind { lengths, pattern: whole(all.general().national_number().as_str())? };
        let mut kinds: Vec<Kind> = Vec::new();
        for kind in known {
            let new = Kind::load(kind)?;
            if !kinds.iter().any(|old| {
                old.pattern.as_str() == new.pattern.as_str() && old.lengths == new.lengths
            }) {
                kinds.push(new);
            }
        }
        let leading = match data.leading_digits() {
            Some(pattern) => Some(compile(&format!("^(?:{})", pattern.as_str()))?),
            None => None,
        };
        Some(Self { leading, general, local_lengths, kinds })
    }

    fn has(&self, national: &str) -> bool {
        self.general.is(national) && self.kinds.iter().any(|kind| kind.is(national))
    }

    fn length(&self, national: &str) -> Length {
        let bit = bit(national.len());
        if self.local_lengths & bit != 0 {
            Length::Wrong
        } else if self.general.lengths & bit != 0 {
            Length::Possible
        } else if bit > self.general.lengths {
            Length::TooLong
        } else {
            Length::Wrong
        }
    }
}

impl Kind {
    fn load(data: &Descriptor) -> Option<Self> {
        let lengths = match data.possible_length() {
            [] => u32::MAX,
            some => bits(some),
        };
        Some(Self { lengths, pattern: whole(data.national_number().as_str())? })
    }

    fn is(&self, national: &str) -> bool {
        self.lengths & bit(national.len()) != 0 && self.pattern.is_match(national)
    }
}

fn bits(lengths: &[u16]) -> u32 {
    lengths.iter().fold(0, |all, length| all | bit(usize::from(*length)))
}

fn bit(length: usize) -> u32 {
    u32::try_from(length).ok().and_then(|length| 1_u32.checked_shl(length)).unwrap_or(0)
}

fn whole(pattern: &str) -> Option<Regex> {
    compile(&format!("^(?:{pattern})$"))
}

/// The data is written over several lines and speaks of ASCII digits only.
fn compile(pattern: &str) -> Option<Regex> {
    RegexBuilder::new(pattern).ignore_whitespace(true).unicode(false).build().ok()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects")]

    use super::{DATABASE, Plan};

    #[test]
    fn every_calling_code_of_the_data_has_a_plan() {
        for country in DATABASE.iter() {
            assert!(Plan::of(country.country_code()).is_some(), "{}", country.id());
        }
        assert!(Plan::of(999).is_none());
    }

    #[test]
    fn the_example_of_every_country_is_valid_and_one_with_ten_digits_more_is_not() {
        for country in DATABASE.iter() {
            let plan = Plan::of(country.country_code()).unwrap();
            for kind in [country.descriptors().fixed_line(), country.descriptors().mobile()]
                .into_iter()
                .flatten()
            {
                let Some(example) = kind.example() else { continue };
                assert!(plan.is_valid(example), "{} {example}", country.id());
                assert!(
                    !plan.is_valid(&format!("{example}0000000000")),
                    "{} {example}",
                    country.id()
                );
                let international = format!("{}{example}", country.country_code());
                let (code, _, national) = Plan::split(&international).unwrap();
                assert_eq!(
                    (code, national.as_ref()),
                    (country.country_code(), example),
                    "{}",
                    country.id()
                );
            }
        }
    }

    #[test]
    fn a_trunk_prefix_written_after_the_calling_code_is_dropped() {
        assert_eq!(Plan::split("4402079460018").unwrap().2, "2079460018");
        assert_eq!(Plan::split("390612345678").unwrap().2, "0612345678");
        assert_eq!(Plan::split("5491123456789").unwrap().2, "91123456789");
    }
}
