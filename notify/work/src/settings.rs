//! What an operator may set about the work behind the inbox; every field stands in `portico.default.toml`.

use std::time::Duration;

use chrono::TimeDelta;
use notify::Dialect;
use serde::Deserialize;

/// Section `work`: delivery, receipts, call-backs and keeping house.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Seconds for which a taken message is nobody else's. It is lengthened while its holder lives, so
    /// this is how long the messages of a killed process wait (not on SQLite, where the next start
    /// takes them back).
    pub lease_seconds: u32,
    /// Milliseconds between two looks for due messages when nothing rings.
    pub poll_milliseconds: u32,
    /// The domain that e-mails come from when a service has none of its own; set in section `notify`.
    #[serde(skip)]
    pub sending_domain: String,
    /// Where people reach the product, for the links in letters; set in section `server`.
    #[serde(skip)]
    pub public_url: String,
    /// Whose phone rules apply to the rows of a bulk send; set in section `notify`.
    #[serde(skip)]
    pub dialect: Dialect,
    /// E-mails.
    pub email: Flow,
    /// Texts.
    pub text: Flow,
    /// Hours after which a message without a receipt counts as failed.
    pub receipt_hours: u32,
    /// Days for which a message can be read; then it is destroyed with everything personal in it.
    pub retention_days: u32,
    /// Messages that the development mailbox keeps.
    pub mailbox_size: u32,
    /// Seconds before each further attempt at a call-back; one attempt more than numbers.
    pub callback_pauses_seconds: Vec<u32>,
    /// Call-backs and other jobs at a time.
    pub jobs_at_a_time: u16,
    /// Call-backs of one service at a time in a process, so that a slow receiver holds no others up.
    pub callbacks_per_service: u16,
}

/// Sections `work.email` and `work.text`: how hard one channel's provider is worked.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Flow {
    /// Messages handed over at the same time.
    pub sessions: u16,
    /// Messages a second at most; 0 is no limit.
    pub rate_per_second: u32,
    /// Messages in hand at most: taken from the queue and not yet written back.
    pub in_hand: u16,
}

impl Default for Flow {
    fn default() -> Self {
        Self { sessions: 16, rate_per_second: 0, in_hand: 1000 }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            lease_seconds: 60,
            poll_milliseconds: 1000,
            sending_domain: "localhost".to_owned(),
            public_url: "http://localhost".to_owned(),
            dialect: Dialect::Gc,
            email: Flow::default(),
            text: Flow::default(),
            receipt_hours: 72,
            retention_days: 7,
            mailbox_size: 1000,
            callback_pauses_seconds: vec![300; 5],
            jobs_at_a_time: 16,
            callbacks_per_service: 4,
        }
    }
}

impl Settings {
    /// How long a taken message is nobody else's.
    pub fn lease(&self) -> TimeDelta {
        TimeDelta::seconds(i64::from(self.lease_seconds.max(1)))
    }

    /// How long before its end a lease is too short to begin handing a message over.
    pub fn margin(&self) -> TimeDelta {
        self.lease() / 6
    }

    /// How often to look for due messages when nothing rings.
    pub fn poll(&self) -> Duration {
        Duration::from_millis(u64::from(self.poll_milliseconds.max(10)))
    }

    /// How long to wait for a receipt.
    pub fn receipts(&self) -> TimeDelta {
        TimeDelta::hours(i64::from(self.receipt_hours))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::Settings;

    #[test]
    fn what_is_not_set_has_its_default_and_a_wrong_name_is_refused() {
        let some: Settings =
            serde_json::from_str(r#"{"lease_seconds": 90, "email": {"sessions": 4}}"#).unwrap();
        assert_eq!((some.lease_seconds, some.email.sessions, some.email.in_hand), (90, 4, 1000));
        assert_eq!(some.callback_pauses_seconds, [300; 5]);
        assert!(serde_json::from_str::<Settings>(r#"{"leases": 1}"#).is_err());
    }
}
