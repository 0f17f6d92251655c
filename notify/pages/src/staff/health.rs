//! How the platform is: providers, queues and jobs in words and figures, and which API keys send most.

use std::collections::HashMap;

use ::audit::{Actor, Filter, TRAFFIC};
use accounts::{ApiKeyId, Staff, api_key, service};
use askama::Template;
use axum::{extract::State, response::Html};
use chrono::TimeDelta;
use jobs::queue;
use kernel::{Id, Time};
use notify::{Channel, Lane};
use notify_store::{
    delivery,
    statistic::{Days, Totals, several},
};
use ui::{Banner, BannerTone, Cell, Link, Shell, Table};
use web::{PageError, Reader, Routes, page};

use super::{moment, service as services};
use crate::{app::App, frame, words::Texts};

/// Where staff see how the platform is.
pub(super) const HEALTH: &str = "/staff/health";

/// A queue is counted no further.
const MOST: u64 = 10_000;
/// A message that waits longer than this is late.
const LATE: TimeDelta = TimeDelta::minutes(5);
/// So great a share of failures in a day is too much (administration specification, section A.1).
const TOO_MANY: f64 = 0.03;
/// Records of accepted messages that the list of keys is made from.
const RECORDS: u64 = 10_000;
/// API keys that are listed.
const KEYS: usize = 20;
/// Jobs given up that are listed.
const GIVEN_UP: u64 = 20;

/// The page.
pub(super) fn routes() -> Routes<App> {
    Routes::default().get(HEALTH, show)
}

#[derive(Template)]
#[template(path = "staff/health.html")]
struct Health {
    shell: Shell,
    t: Texts,
    verdicts: Vec<Banner>,
    providers: Table,
    hours: Table,
    queues: Table,
    jobs: String,
    failed: Table,
    keys: Table,
    about_keys: String,
}

/// `GET /staff/health`
pub async fn show(
    State(app): State<App>,
    Staff(who): Staff,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let (db, t, now) = (app.accounts.db.read(), Texts(reader.language), who.now);
    let days = several::by_day(db, Days::last(2, now)).await?;
    let today = now.date_naive().to_string();
    let of = |channel: Channel, is_today: bool| {
        let mut sum = Totals::default();
        let here = |one: &&notify_store::statistic::OfPeriod| {
            one.channel == channel && (one.period == today) == is_today
        };
        for one in days.iter().filter(here) {
            sum = one.totals;
        }
        sum
    };
    let mut oldest = Vec::new();
    let mut lanes = Vec::new();
    for channel in Channel::ALL {
        for lane in Lane::ALL {
            let waiting = delivery::count_to(db, *channel, *lane, MOST).await?;
            let since = delivery::oldest_due(db, *channel, *lane, now).await?;
            oldest.push((*channel, since));
            lanes.push((*channel, *lane, waiting, since));
        }
    }
    let verdict = |channel: &Channel| {
        let waits = oldest.iter().filter(|(of, _)| of == channel).filter_map(|(_, since)| *since);
        verdict(t, *channel, (waits.min(), now), of(*channel, true))
    };
    let waiting = queue::count_to(db, MOST).await?;
    let due = queue::oldest_due(db, now).await?;
    let failed = queue::given_up(db, GIVEN_UP).await?;
    page::show(&Health {
        shell: app.page(&reader, &who, t.health_title()),
        t,
        verdicts: Channel::ALL.iter().map(verdict).collect(),
        providers: providers(&app, t, of),
        hours: hours(&app, t, now).await?,
        queues: queues(t, now, &lanes),
        jobs: t.health_jobs(age(t, now, due), number(t, waiting)),
        failed: Table {
            caption: t.health_failed(),
            head: vec![t.health_job(), t.staff_audit_when(), t.health_error()],
            rows: failed
                .iter()
                .map(|job| {
                    let when = job.failed_at.map(|when| moment(t, &who, when)).unwrap_or_default();
                    let error = job.last_error.clone().unwrap_or_default();
                    vec![Cell::Code(job.name.clone()), Cell::Text(when), Cell::Text(error)]
                })
                .collect(),
            empty: Some(t.health_failed_none()),
            ..Table::default()
        },
        keys: keys(&app, t, now).await?,
        about_keys: t.health_keys_about(number(t, RECORDS)),
    })
}

fn number(t: Texts, n: u64) -> String {
    text::number(t.0, n)
}

fn figure(t: Texts, n: i64) -> Cell {
    Cell::Text(number(t, n.max(0).unsigned_abs()))
}

fn channel_name(t: Texts, channel: Channel) -> String {
    match channel {
        Channel::Email => t.email(),
        Channel::Sms => t.text_message(),
    }
}

/// For how long something has waited, in words.
fn age(t: Texts, now: Time, since: Option<Time>) -> String {
    match since.map(|since| now - since) {
        None => t.health_no_wait(),
        Some(wait) if wait < TimeDelta::minutes(1) => t.health_short_wait(),
        Some(wait) => t.health_wait(wait.num_minutes()),
    }
}

/// One sentence about a channel: whether messages leave in time, and whether too many fail.
fn verdict(
    t: Texts,
    channel: Channel,
    (oldest, now): (Option<Time>, Time),
    today: Totals,
) -> Banner {
    let late = oldest.is_some_and(|since| now - since > LATE);
    let known = today.delivered + today.failed;
    let failing = known > 0 && today.failed as f64 / known as f64 > TOO_MANY;
    let text = match (late, failing) {
        (false, false) => t.health_good(),
        (true, _) => t.health_late(age(t, now, oldest)),
        (false, true) => t.health_failing(
            number(t, today.failed.max(0).unsigned_abs()),
            number(t, known.max(0).unsigned_abs()),
        ),
    };
    let tone = if late || failing { BannerTone::Warning } else { BannerTone::Done };
    Banner { tone, title: channel_name(t, channel), text, ..Banner::default() }
}

fn providers(app: &App, t: Texts, of: impl Fn(Channel, bool) -> Totals) -> Table {
    let row = |(channel, provider): (&Channel, &String)| {
        let (today, before) = (of(*channel, true), of(*channel, false));
        vec![
            Cell::Text(channel_name(t, *channel)),
            Cell::Text(provider.clone()),
            figure(t, today.requested),
            figure(t, today.delivered),
            figure(t, today.failed),
            figure(t, today.in_transit()),
            figure(t, before.requested),
            figure(t, before.failed),
        ]
    };
    Table {
        caption: t.health_providers(),
        head: vec![
            t.kind(),
            t.health_provider(),
            t.health_today(),
            t.group_delivered(),
            t.group_failed(),
            t.group_in_transit(),
            t.health_yesterday(),
            t.health_yesterday_failed(),
        ],
        numbers: (2..8).collect(),
        rows: Channel::ALL.iter().zip(app.providers.iter()).map(row).collect(),
        ..Table::default()
    }
}

async fn hours(app: &App, t: Texts, now: Time) -> Result<Table, PageError> {
    let db = app.accounts.db.read();
    let mut rows = Vec::new();
    for (name, hours) in [(t.health_hour(), 0), (t.health_day(), 23)] {
        let found = several::bounces(db, now - TimeDelta::hours(hours)).await?;
        rows.push(vec![Cell::Text(name), figure(t, found.sent), figure(t, found.bounced)]);
    }
    Ok(Table {
        caption: t.health_emails(),
        head: vec![t.health_time(), t.health_sent(), t.health_bounced()],
        numbers: vec![1, 2],
        rows,
        ..Table::default()
    })
}

fn queues(t: Texts, now: Time, lanes: &[(Channel, Lane, u64, Option<Time>)]) -> Table {
    let row = |(channel, lane, waiting, since): &(Channel, Lane, u64, Option<Time>)| {
        let lane = match lane {
            Lane::Priority => t.health_lane_priority(),
            Lane::Normal => t.health_lane_normal(),
            Lane::Bulk => t.health_lane_bulk(),
        };
        let waiting = match *waiting >= MOST {
            true => t.health_or_more(number(t, *waiting)),
            false => number(t, *waiting),
        };
        vec![
            Cell::Text(channel_name(t, *channel)),
            Cell::Text(lane),
            Cell::Text(waiting),
            Cell::Text(age(t, now, *since)),
        ]
    };
    Table {
        caption: t.health_queues(),
        head: vec![t.kind(), t.health_lane(), t.health_waiting(), t.health_oldest()],
        numbers: vec![2],
        rows: lanes.iter().map(row).collect(),
        ..Table::default()
    }
}

/// The keys that had most messages accepted in two days, from the newest records: the record has one for each group.
async fn keys(app: &App, t: Texts, now: Time) -> Result<Table, PageError> {
    let db = app.accounts.db.read();
    let filter = Filter {
        action: Some(TRAFFIC.to_owned()),
        from: Some(now - TimeDelta::days(2)),
        ..Filter::default()
    };
    let records = ::audit::page(db, &filter, None, RECORDS).await?;
    let mut sent: HashMap<ApiKeyId, u64> = HashMap::new();
    for record in &records {
        let Actor::ApiKey(key) = record.actor.0 else { continue };
        let details: serde_json::Value = serde_json::from_str(&record.details).unwrap_or_default();
        *sent.entry(Id::from_uuid(key)).or_default() += details["messages"].as_u64().unwrap_or(1);
    }
    let mut most: Vec<(ApiKeyId, u64)> = sent.into_iter().collect();
    most.sort_by_key(|(key, messages)| (std::cmp::Reverse(*messages), *key));
    most.truncate(KEYS);
    let ids: Vec<ApiKeyId> = most.iter().map(|(key, _)| *key).collect();
    let keys = api_key::find_all(db, &ids).await?;
    let owners: Vec<_> = keys.iter().map(|key| key.service_id).collect();
    let owners = service::find_all(db, &owners).await?;
    let row = |(id, messages): &(ApiKeyId, u64)| {
        let key = keys.iter().find(|key| key.id == *id)?;
        let owner = owners.iter().find(|owner| owner.id == key.service_id)?;
        Some(vec![
            Link::new(frame::at(owner.id, "/api"), key.name.clone()).into(),
            Link::new(services::path(owner.id), owner.name.clone()).into(),
            Cell::Text(number(t, *messages)),
        ])
    };
    Ok(Table {
        caption: t.health_keys(),
        head: vec![t.staff_is_key(), t.staff_service(), t.health_messages()],
        numbers: vec![2],
        rows: most.iter().filter_map(row).collect(),
        empty: Some(t.health_keys_none()),
        ..Table::default()
    })
}
