//! A fiscal year by month: e-mails, texts and their parts, and how many failed.

use accounts::ServiceId;
use chrono::Datelike;
use kernel::Time;
use notify::Channel;
use notify_store::statistic::{self, Days, OfPeriod, Totals};
use ui::{Cell, Table};

use super::{month_name, year_name};
use crate::{app::App, figure, words::Texts};

/// One month.
pub struct Line {
    /// `2026-11`.
    month: String,
    emails: Totals,
    texts: Totals,
}

impl Line {
    fn numbers(&self) -> [i64; 5] {
        let Self { emails, texts, .. } = self;
        [emails.requested, emails.failed, texts.requested, texts.parts, texts.failed]
    }

    /// The line for a spreadsheet: the month as `2026-11`, numbers without marks.
    pub fn plain(&self) -> Vec<String> {
        let numbers = self.numbers().map(|number| number.to_string());
        std::iter::once(self.month.clone()).chain(numbers).collect()
    }
}

/// The months of a fiscal year up to now, those without messages too.
///
/// # Errors
/// The database's own.
pub async fn lines(app: &App, service: ServiceId, year: Days, now: Time) -> db::Result<Vec<Line>> {
    let sums = statistic::by_month(app.accounts.db.read(), service, year).await?;
    let of = |month: &str, channel: Channel| {
        let found = sums.iter().find(|sum| sum.period == month && sum.channel == channel);
        found.map(|sum: &OfPeriod| sum.totals).unwrap_or_default()
    };
    let days =
        year.first.iter_days().take_while(|day| *day <= Ord::min(year.last, now.date_naive()));
    let months = days.filter(|day| day.day() == 1).map(|day| day.format("%Y-%m").to_string());
    Ok(months
        .map(|month| Line {
            emails: of(&month, Channel::Email),
            texts: of(&month, Channel::Sms),
            month,
        })
        .collect())
}

/// The headings.
pub fn head(t: Texts) -> Vec<String> {
    vec![
        t.usage_month_head(),
        t.emails(),
        t.usage_emails_failed(),
        t.texts(),
        t.text_parts(),
        t.usage_texts_failed(),
    ]
}

/// The table with its sums.
pub fn table(t: Texts, year: i32, lines: &[Line]) -> Table {
    let row = |name: String, numbers: [i64; 5]| {
        let cells = numbers.map(|number| figure::cell(t, number));
        std::iter::once(Cell::Text(name)).chain(cells).collect::<Vec<_>>()
    };
    let mut sums = [0; 5];
    let mut rows = Vec::new();
    for line in lines {
        let numbers = line.numbers();
        for (sum, number) in sums.iter_mut().zip(numbers) {
            *sum += number;
        }
        rows.push(row(month_name(t, &line.month), numbers));
    }
    rows.push(row(t.dashboard_total(), sums));
    Table {
        caption: t.usage_months(year_name(t, year)),
        head: head(t),
        numbers: vec![1, 2, 3, 4, 5],
        rows,
        ..Table::default()
    }
}
