//! The refusals of daily and annual limits: type and sentence depend on channel, service and dialect.

use notify::Channel;

use super::Wording;

/// A limit that is reached (API specification, section 3.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LimitReached {
    /// Whether the service is in trial.
    pub trial: bool,
    /// Which channel's limit.
    pub channel: Channel,
    /// The limit in messages or parts.
    pub limit: i64,
}

/// The types of daily refusals, for the table of errors.
pub const DAILY: &[&str] = &[
    "LiveServiceTooManyEmailRequestsError",
    "TrialServiceTooManyEmailRequestsError",
    "LiveServiceTooManySMSRequestsError",
    "TrialServiceTooManySMSRequestsError",
    "TooManyRequestsError",
];

/// The types of annual refusals, for the table of errors.
pub const ANNUAL: &[&str] = &[
    "LiveServiceRequestExceedsEmailAnnualLimitError",
    "TrialServiceRequestExceedsEmailAnnualLimitError",
    "LiveServiceRequestExceedsSMSAnnualLimitError",
    "TrialServiceRequestExceedsSMSAnnualLimitError",
];

impl LimitReached {
    fn place(self) -> usize {
        usize::from(self.channel == Channel::Sms) * 2 + usize::from(self.trial)
    }

    pub(super) fn daily_type(self, say: &Wording) -> &'static str {
        if say.is_uk() { DAILY[4] } else { DAILY[self.place()] }
    }

    pub(super) fn annual_type(self) -> &'static str {
        ANNUAL[self.place()]
    }

    pub(super) fn daily_sentence(self, say: &Wording) -> String {
        let Self { channel, limit, .. } = self;
        match channel {
            _ if say.is_uk() => {
                format!("Exceeded send limits ({}: {limit}) for today", channel.as_str())
            }
            Channel::Email => format!("Exceeded email daily sending limit of {limit} messages"),
            Channel::Sms => format!("Exceeded SMS daily sending limit of {limit} fragments"),
        }
    }

    pub(super) fn annual_sentence(self) -> String {
        let name = match self.channel {
            Channel::Email => "email",
            Channel::Sms => "SMS",
        };
        format!("Exceeded annual {name} sending limit of {} messages", self.limit)
    }
}
