//! What articles say about this installation: numbers come from where they are in force, so that no page promises
//! what the product does not do.

use accounts::{credential, invitation, link, password, session, sign_in_code};
use kernel::Language;
use notify::{Dialect, Lane, schedule, sms};
use notify_store::{dispatch, go_live, retention, setting::Limits};

/// What an operator has set that the public pages say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installation {
    /// Where readers can write to; none where nobody has said.
    pub support_address: Option<String>,
    /// Days for which a message can be read.
    pub retention_days: u32,
    /// Hours after which a message without its receipt counts as failed.
    pub receipt_hours: u32,
}

/// The facts that articles may name as `{{name}}`.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'i> {
    /// What the operator has set.
    pub installation: &'i Installation,
    /// How much a spreadsheet may hold.
    pub sending: dispatch::Settings,
}

impl Facts<'_> {
    /// The fact called `name` as readers of `language` write it; none when there is no such fact.
    pub fn say(&self, language: Language, name: &str) -> Option<String> {
        if name == "support" {
            return self.installation.support_address.clone();
        }
        if name == "terms version" {
            return Some(go_live::TERMS_VERSION.to_string());
        }
        if name == "terms day" {
            return go_live::terms_day().map(|day| text::day(language, day));
        }
        self.number(name).map(|number| text::number(language, number))
    }

    fn number(&self, name: &str) -> Option<u64> {
        let number = match name {
            "trial emails" => Limits::TRIAL.email_daily,
            "trial parts" => Limits::TRIAL.sms_daily,
            "live emails" => Limits::LIVE.email_daily,
            "live parts" => Limits::LIVE.sms_daily,
            "year emails" => Limits::LIVE.email_annual,
            "year parts" => Limits::LIVE.sms_annual,
            "requests" => Limits::LIVE.rate.into(),
            "session hours" => session::IDLE.num_hours(),
            "session longest" => session::LONGEST.num_hours(),
            "link hours" => link::LASTS.num_hours(),
            "code minutes" => sign_in_code::LASTS.num_minutes(),
            "invitation days" => invitation::LASTS.num_days(),
            "attempts" => credential::MOST_FAILURES.into(),
            "schedule hours" => schedule::FURTHEST.num_hours(),
            "shortest retention" => (*retention::Days::RANGE.start()).into(),
            "retention" => self.installation.retention_days.into(),
            "receipt hours" => self.installation.receipt_hours.into(),
            name => return self.size(name).and_then(|size| u64::try_from(size).ok()),
        };
        u64::try_from(number).ok()
    }

    fn size(&self, name: &str) -> Option<usize> {
        Some(match name {
            "rows" => self.sending.most_rows,
            "columns" => self.sending.caps.columns,
            "file megabytes" => self.sending.caps.bytes >> 20,
            "bulk rows" => Lane::BULK_ROWS,
            "text length" => sms::limit(Dialect::Gc),
            "email length" => notify::sheet::LONGEST_EMAIL,
            "password" => password::SHORTEST,
            _ => return None,
        })
    }
}
