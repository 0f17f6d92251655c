//! What was sent of late: sums with the share that failed, and four weeks as a picture.

use accounts::{OnTeam, ServiceId};
use kernel::Time;
use notify::{Channel, status::Group};
use notify_store::statistic::{self, Days, OfChannel, OfPeriod};
use ui::{Cell, Chart, ChartRow, Link, Table, Tag, Tone};
use web::PageError;

use crate::{app::App, figure, frame, words::Texts};

/// The days of the picture: four weeks.
const TREND: u32 = 28;

/// Messages of the last `days` days by channel; the numbers lead to the messages.
pub fn table<C>(t: Texts, team: &OnTeam<C>, sums: &[OfChannel], days: u32) -> Table {
    let row = |of: &OfChannel| {
        let (totals, channel) = (of.totals, of.channel);
        let link = |group: Option<Group>, number: i64| {
            let group = group.map(|group| format!("&group={group}")).unwrap_or_default();
            let href = frame::at(team.id(), &format!("/messages?channel={channel}{group}"));
            Cell::Link(Link::new(href, text::number(t.0, figure::count(number))))
        };
        vec![
            Cell::Text(label(t, of)),
            link(None, totals.requested),
            link(Some(Group::InTransit), totals.in_transit()),
            link(Some(Group::Delivered), totals.delivered),
            link(Some(Group::Failed), totals.failed),
            failed(t, totals.failed, totals.requested),
        ]
    };
    Table {
        caption: t.dashboard_sent(days),
        head: vec![
            t.kind(),
            t.dashboard_total(),
            t.group_in_transit(),
            t.group_delivered(),
            t.group_failed(),
            t.dashboard_failed_share(),
        ],
        numbers: vec![1, 2, 3, 4, 5],
        rows: sums.iter().map(row).collect(),
        ..Table::default()
    }
}

fn label(t: Texts, of: &OfChannel) -> String {
    match of.channel {
        Channel::Email => t.emails(),
        Channel::Sms => t.texts_with_parts(text::number(t.0, figure::count(of.totals.parts))),
    }
}

/// The share that failed; marked only when it is more than three in a hundred.
fn failed(t: Texts, part: i64, whole: i64) -> Cell {
    let share = figure::share(t, part, whole);
    if figure::are_many(part, whole) {
        Cell::Tag(Tag::new(share, Tone::Danger))
    } else {
        Cell::Text(share)
    }
}

/// The last four weeks, a column a day.
pub async fn trend(app: &App, t: Texts, service: ServiceId, now: Time) -> Result<Chart, PageError> {
    let days = Days::last(TREND, now);
    let sums = statistic::by_day(app.accounts.db.read(), service, days).await?;
    let of = |period: &str, channel: Channel| {
        let day = sums.iter().find(|day| day.period == period && day.channel == channel);
        figure::count(day.map_or(0, |day: &OfPeriod| day.totals.requested))
    };
    let dates = days.first.iter_days().take_while(|day| *day <= days.last);
    let rows: Vec<_> = dates
        .map(|day| {
            let period = day.to_string();
            let values = Channel::ALL.iter().map(|channel| of(&period, *channel)).collect();
            ChartRow { label: text::day(t.0, day), values }
        })
        .collect();
    Ok(Chart {
        language: t.0,
        id: "trend".to_owned(),
        title: t.dashboard_trend(),
        description: said(t, &rows),
        row_heading: t.dashboard_day(),
        series: vec![t.emails(), t.texts()],
        rows,
        open: false,
    })
}

/// What is to be seen in the picture.
fn said(t: Texts, rows: &[ChartRow]) -> String {
    let sum = |row: &ChartRow| row.values.iter().sum::<u64>();
    let all: u64 = rows.iter().map(sum).sum();
    match rows.iter().max_by_key(|row| sum(row)) {
        Some(busiest) if all > 0 => {
            let number = |number| text::number(t.0, number);
            t.dashboard_trend_said(number(all), busiest.label.clone(), number(sum(busiest)))
        }
        _ => t.dashboard_trend_nothing(),
    }
}
