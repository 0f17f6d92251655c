//! What is wrong with a list, in the reader's words and with what to do about it.

use notify::{
    Channel,
    schedule::{Tz, Unusable},
    sheet::{Fault, UnreadableFile},
};
use notify_store::dispatch::{Barred, Check, NotChecked, Problem};
use ui::Errors;
use web::PageError;

use crate::words::Texts;

/// Why a file gives no list, at the field for the file.
///
/// # Errors
/// What is no fault of the file: ours, or a template that is gone.
pub(super) fn unread(t: Texts, why: NotChecked) -> Result<Errors, PageError> {
    let said = match why {
        NotChecked::Unreadable(UnreadableFile::NoSpreadsheet(name)) => t.sheet_no_spreadsheet(name),
        NotChecked::Unreadable(UnreadableFile::Unreadable(name)) => t.sheet_unreadable(name),
        NotChecked::Unreadable(UnreadableFile::OldExcel(name)) => t.sheet_old_excel(name),
        NotChecked::Unreadable(UnreadableFile::BadDates(name)) => t.sheet_bad_dates(name),
        NotChecked::Unreadable(UnreadableFile::TooBig(name)) => t.sheet_too_big(name),
        NotChecked::TooWide => t.sheet_too_wide(),
        other => return barred(t, other),
    };
    Ok(Errors::one("file", said))
}

/// Why a service cannot send at all, for the page as a whole.
///
/// # Errors
/// What is gone, or our own defect.
pub(super) fn barred(t: Texts, why: NotChecked) -> Result<Errors, PageError> {
    match why {
        NotChecked::Barred(Barred::Suspended) => Ok(Errors::one("", t.template_suspended())),
        NotChecked::Barred(Barred::Channel(_)) => Ok(Errors::one("", t.send_channel_off())),
        NotChecked::Barred(_) | NotChecked::Gone => Err(PageError::Missing),
        other => Err(other.into()),
    }
}

/// Whether the list may be sent all the same once its sender says so, or at another time.
pub(super) fn passes(check: &Check, problem: &Problem) -> bool {
    match problem {
        Problem::AlreadySent { .. } => true,
        Problem::OverDaily { .. } => is_for_another_day(check),
        _ => false,
    }
}

/// Whether more than is left today can still go out on a later day: e-mails are charged to the day they leave.
fn is_for_another_day(check: &Check) -> bool {
    check.ready.channel() == Channel::Email && check.units <= check.ready.quota.daily_limit
}

/// Everything that keeps a list from being sent now, each with what to do.
pub(super) fn summary(t: Texts, check: &Check) -> Errors {
    let mut errors = Errors::new();
    for problem in check.problems.iter().filter(|one| !passes(check, one)) {
        errors.add(place(problem), said(t, check, problem));
    }
    errors
}

/// Where on the page the way out of a problem is.
fn place(problem: &Problem) -> &'static str {
    match problem {
        Problem::BadRecipients { .. }
        | Problem::MissingData { .. }
        | Problem::TooLong { .. }
        | Problem::OtherFaults { .. }
        | Problem::NotOnTeam { .. } => "failing",
        _ => "file",
    }
}

/// A problem in words.
pub(super) fn said(t: Texts, check: &Check, problem: &Problem) -> String {
    let rows = |count: usize| (text::number(t.0, count as u64), count);
    match problem {
        Problem::TooManyRows { most } => t.sheet_too_many(rows(*most).0, rows(check.report.rows).0),
        Problem::NoRows => t.sheet_no_rows(),
        Problem::MissingColumns(names) => {
            let found: Vec<&str> = check.columns.iter().map(|one| one.heading.as_str()).collect();
            let found = if found.is_empty() { "–".to_owned() } else { found.join(", ") };
            t.sheet_missing_columns(names.len(), found, names.join(", "))
        }
        Problem::DuplicateRecipientColumns(names) => t.sheet_duplicate_columns(names.join(", ")),
        Problem::AlreadySent { .. } => t.sheet_already_sent(),
        Problem::NotOnTeam { rows: count } => t.sheet_not_on_team(*count, rows(*count).0),
        Problem::OverDaily { left } => over(t, check, *left, true),
        Problem::OverAnnual { left } => over(t, check, *left, false),
        Problem::BadRecipients { rows: count } => t.sheet_bad_recipients(*count, rows(*count).0),
        Problem::MissingData { rows: count } => t.sheet_missing_data(*count, rows(*count).0),
        Problem::TooLong { rows: count } => t.sheet_too_long(*count, rows(*count).0),
        Problem::OtherFaults { rows: count } => t.sheet_other_faults(*count, rows(*count).0),
        Problem::MixedSimulated => t.sheet_mixed(),
    }
}

fn over(t: Texts, check: &Check, left: i64, day: bool) -> String {
    let number = |count: i64| text::number(t.0, u64::try_from(count).unwrap_or(0));
    let (needed, left) = (number(check.units), number(left));
    match (check.ready.channel(), day) {
        (Channel::Email, true) => t.sheet_over_day_emails(left, needed),
        (Channel::Email, false) => t.sheet_over_year_emails(left, needed),
        (Channel::Sms, true) => t.sheet_over_day_parts(left, needed),
        (Channel::Sms, false) => t.sheet_over_year_parts(left, needed),
    }
}

/// What is wrong with a cell, and what to write there.
pub(super) fn fault(t: Texts, fault: Fault) -> String {
    match fault {
        Fault::Missing => t.sheet_cell_missing(),
        Fault::TooLong => t.sheet_cell_too_long(),
        Fault::UnclosedQuote => t.sheet_cell_unclosed(),
        Fault::Recipient(_) => fault.explanation(t.0),
    }
}

/// Why a time cannot be used, at the field for the day or for the time.
pub(super) fn time(t: Texts, zone: Tz, why: Unusable) -> Errors {
    match why {
        Unusable::Unreadable => Errors::one("date", t.sheet_time_unreadable()),
        Unusable::Past => Errors::one("date", t.sheet_time_past()),
        Unusable::TooFarAhead { latest } => {
            Errors::one("date", t.sheet_time_far(text::moment(t.0, zone, latest)))
        }
        Unusable::Skipped { instead } => {
            Errors::one("time", t.sheet_time_skipped(text::moment(t.0, zone, instead)))
        }
    }
}
