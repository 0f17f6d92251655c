//! Reports: what became of a service's messages, as the lines of a CSV file (API specification, section 2.14).
//!
//! A report never holds a value of a message, only to whom it went and what became of it; so nothing
//! in it need be hidden for templates whose values are not to be shown.

use chrono::TimeDelta;
use chrono_tz::Tz;
use kernel::{JobKind, Language, Time};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Channel, Dialect, Status, sheet::write_line, status::Cause, word::words};

/// How far back a report looks, and how long it stays in the list.
pub const LOOKS_BACK: TimeDelta = TimeDelta::days(7);
/// How long the file of a finished report is kept.
pub const KEPT: TimeDelta = TimeDelta::hours(72);
/// Reports that one service may ask for within [`ALLOWANCE_TIME`].
pub const ALLOWANCE: usize = 10;
/// The time in which a service may ask for [`ALLOWANCE`] reports.
pub const ALLOWANCE_TIME: TimeDelta = TimeDelta::hours(1);

/// The mark at the start of the file by which spreadsheets know that it is UTF-8.
const BYTE_ORDER_MARK: char = '\u{feff}';

words! {
    /// What a report is about; the words are the wire's `report_type`.
    Kind as "kind of report" {
        /// Texts.
        Sms = "sms",
        /// E-mails.
        Email = "email",
        /// One bulk send.
        Batch = "job",
    }
}

words! {
    /// How far a report has come.
    State as "state of a report" {
        /// Asked for.
        Requested = "requested",
        /// Its lines are being written.
        Generating = "generating",
        /// It can be downloaded until it expires.
        Ready = "ready",
        /// It could not be written.
        Error = "error",
    }
}

/// Which messages a report covers; what is not said covers all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Coverage {
    /// Only messages of this channel, which is also that of their templates.
    pub channel: Option<Channel>,
    /// Only those that stand at one of these statuses; all when empty.
    pub statuses: Vec<Status>,
    /// Only those of this bulk send, in the order of its rows.
    pub batch: Option<Uuid>,
    /// Only those sent with test keys, or only those sent otherwise.
    pub test: Option<bool>,
}

/// What the work of [`WRITE`] needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WriteReport {
    /// Whose report.
    pub service: Uuid,
    /// Which.
    pub report: Uuid,
}

/// Writes the file of a report that was asked for.
pub const WRITE: JobKind<WriteReport> = JobKind::new("notify.write-report");

/// One message as a report shows it.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// The recipient as the caller wrote it.
    pub recipient: &'a str,
    /// The name of the template.
    pub template: &'a str,
    /// How it travelled.
    pub channel: Channel,
    /// The name of the person or key that sent it.
    pub sent_by: &'a str,
    /// The e-mail address of the person who sent it; empty for a key.
    pub sent_by_email: &'a str,
    /// The name of the bulk send that it belongs to.
    pub batch: &'a str,
    /// Its row in that bulk send, as the spreadsheet counts.
    pub row: Option<i32>,
    /// What became of it.
    pub status: Status,
    /// Why, where the words depend on it.
    pub cause: Option<Cause>,
    /// When it was handed over; when it was accepted if it never was.
    pub at: Time,
}

/// How the lines of one report are written.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// Whether it is about one bulk send: then rows are numbered, and all have the same sender.
    pub kind: Kind,
    /// Of the headings, kinds and statuses.
    pub language: Language,
    /// Whose clock the times are read from.
    pub dialect: Dialect,
}

impl Form {
    /// Begins a file: the mark for spreadsheets and the headings.
    pub fn begin(self, out: &mut String) {
        let french = self.language == Language::French;
        let word = |english, other| if french { other } else { english };
        let sent_by = [word("Sent by", "Envoyé par"), word("Sent by email", "Envoyé par courriel")];
        let first =
            [word("Recipient", "Destinataire"), word("Template", "Gabarit"), word("Type", "Type")];
        let last =
            [word("Job", "Tâche"), word("Status", "État"), word("Sent Time", "Heure d’envoi")];
        out.push(BYTE_ORDER_MARK);
        self.write(word("Row number", "Numéro de ligne"), first, sent_by, last, out);
    }

    /// Adds the line of one message.
    pub fn line(self, line: &Line<'_>, out: &mut String) {
        let (status, channel, cause) = (line.status, line.channel, line.cause);
        let (kind, status) = match self.language {
            Language::English => (channel.as_str(), status.description(channel, cause)),
            Language::French => (french(channel), status.description_fr(channel, cause)),
        };
        let at = line.at.with_timezone(&zone(self.dialect)).format("%Y-%m-%d %H:%M:%S").to_string();
        let row = line.row.map(|row| row.to_string()).unwrap_or_default();
        let first = [line.recipient, line.template, kind];
        let sent_by = [line.sent_by, line.sent_by_email];
        self.write(&row, first, sent_by, [line.batch, status, &at], out);
    }

    fn write(
        self,
        row: &str,
        first: [&str; 3],
        sent_by: [&str; 2],
        last: [&str; 3],
        out: &mut String,
    ) {
        if self.kind == Kind::Batch {
            write_line([row].into_iter().chain(first).chain(last), out);
        } else {
            write_line(first.into_iter().chain(sent_by).chain(last), out);
        }
    }
}

const fn french(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "courriel",
        Channel::Sms => "sms",
    }
}

/// The clock that people who read the report live by.
const fn zone(dialect: Dialect) -> Tz {
    match dialect {
        Dialect::Gc => Tz::America__Toronto,
        Dialect::Uk => Tz::Europe__London,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    fn line<'a>() -> Line<'a> {
        Line {
            recipient: "+16135550142",
            template: "=HYPERLINK(\"https://example.com\")",
            channel: Channel::Sms,
            sent_by: "Permits, live",
            sent_by_email: "",
            batch: "March\nlist",
            row: Some(2),
            status: Status::PermanentFailure,
            cause: None,
            at: "2026-07-01T03:59:59Z".parse().unwrap(),
        }
    }

    fn written(kind: Kind, language: Language) -> String {
        let form = Form { kind, language, dialect: Dialect::Gc };
        let mut out = String::new();
        form.begin(&mut out);
        form.line(&line(), &mut out);
        out
    }

    #[test]
    fn a_report_of_a_channel_says_who_sent_in_eastern_time() {
        assert_eq!(
            written(Kind::Sms, Language::English),
            "\u{feff}\"Recipient\",\"Template\",\"Type\",\"Sent by\",\"Sent by email\",\"Job\",\"Status\",\"Sent Time\"\r\n\
             \"'+16135550142\",\"'=HYPERLINK(\"\"https://example.com\"\")\",\"sms\",\"Permits, live\",\"\",\"March\nlist\",\
             \"No such number\",\"2026-06-30 23:59:59\"\r\n"
        );
    }

    #[test]
    fn a_french_report_of_a_bulk_send_numbers_the_rows() {
        assert_eq!(
            written(Kind::Batch, Language::French),
            "\u{feff}\"Numéro de ligne\",\"Destinataire\",\"Gabarit\",\"Type\",\"Tâche\",\"État\",\"Heure d’envoi\"\r\n\
             \"2\",\"'+16135550142\",\"'=HYPERLINK(\"\"https://example.com\"\")\",\"sms\",\"March\nlist\",\
             \"Numéro inexistant\",\"2026-06-30 23:59:59\"\r\n"
        );
    }

    #[test]
    fn the_columns_of_a_french_channel_report_are_those_of_the_specification() {
        let out = written(Kind::Email, Language::French);
        let heads = out.lines().next().unwrap().trim_start_matches('\u{feff}').replace('"', "");
        assert_eq!(
            heads,
            "Destinataire,Gabarit,Type,Envoyé par,Envoyé par courriel,Tâche,État,Heure d’envoi"
        );
    }

    #[test]
    fn what_a_report_covers_is_read_back_and_what_is_unknown_is_refused() {
        let all: Coverage = serde_json::from_str("{}").unwrap();
        assert_eq!(all, Coverage::default());
        let some = Coverage {
            channel: Some(Channel::Sms),
            statuses: vec![Status::Delivered],
            batch: Some(Uuid::from_u128(7)),
            test: Some(false),
        };
        let text = serde_json::to_string(&some).unwrap();
        assert_eq!(serde_json::from_str::<Coverage>(&text).unwrap(), some);
        assert!(serde_json::from_str::<Coverage>(r#"{"weather": 1}"#).is_err());
    }
}
