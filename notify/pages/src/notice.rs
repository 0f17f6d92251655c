//! Telling the managers of services by letter what happened, each thing once (admin specification, sections F.8 and R).

use crate::{frame, words::Texts};
use accounts::{Accounts, Permission, Permissions, letter::To, membership, person, service};
use chrono::{NaiveDate, NaiveTime};
use kernel::{Language, Letter, Time};
use notify::{
    Channel,
    callback::Kind,
    limit::{self, Mark},
};
use notify_store::notice::{self, About, Used};

/// Notices of one round; those beyond wait for the next.
const SOME: u64 = 100;

/// Sends the letters about everything that nobody was told of yet; gives the number of notices. Any number of processes
/// may do it at once: a notice is marked in the transaction of its letters.
///
/// # Errors
/// The database's own; what was told before stays told.
pub async fn tell(accounts: &Accounts) -> db::Result<usize> {
    let now = accounts.clock.now();
    let mut told = 0;
    for one in notice::untold(accounts.db.read(), SOME).await? {
        told += usize::from(tell_one(accounts, &one, now).await?);
    }
    Ok(told)
}

async fn tell_one(accounts: &Accounts, one: &notice::Model, now: Time) -> db::Result<bool> {
    let letters = letters(accounts, one, now).await?;
    let tx = accounts.db.begin().await?;
    if !notice::tell(&tx, one, now).await? {
        return Ok(false);
    }
    for letter in letters {
        // A post that cannot take it is as if the database were away: a later round may succeed.
        let handed = accounts.post.hand(&tx, letter).await;
        handed.map_err(|error| db::Error::Busy(error.to_string()))?;
    }
    tx.commit().await?;
    Ok(true)
}

/// The letters of one notice; none when it is too late to be of use or the service is gone.
async fn letters(accounts: &Accounts, one: &notice::Model, now: Time) -> db::Result<Vec<Letter>> {
    let db = accounts.db.read();
    let space = service::find(db, one.service_id).await?.filter(|space| !space.is_archived());
    let (Some(space), Some(about)) = (space, one.about()) else { return Ok(Vec::new()) };
    if is_over(&about, now) {
        return Ok(Vec::new());
    }
    let team = membership::team(db, space.id).await?;
    let readers = team.iter().filter(|(person, may)| is_for(&about, person, may));
    let letter = |(person, _): &(person::Model, Permissions)| match &about {
        About::Limit(mark, used) => of_limit(accounts, (&space, person), (*mark, used), now),
        About::Suspended(kind, _) => of_callback(accounts, (&space, person), *kind),
    };
    Ok(readers.map(letter).collect())
}

/// Whether the day or the year of a limit has ended since.
fn is_over(about: &About, now: Time) -> bool {
    let About::Limit(_, used) = about else { return false };
    let current = if used.is_daily() { limit::day(now) } else { limit::fiscal_year(now) };
    used.period < current
}

/// Whether somebody on the team is told: who manages it, and of what is only near whoever wants news.
fn is_for(about: &About, person: &person::Model, may: &Permissions) -> bool {
    let is_news = matches!(about, About::Limit(Mark::Near, _));
    let may = match about {
        About::Limit(..) => may.has(Permission::ManageService),
        About::Suspended(..) => cares_for_keys(may),
    };
    may && person.blocked_at.is_none() && (person.wants_news || !is_news)
}

/// Whether somebody on the team is told of keys and call-backs.
fn cares_for_keys(may: &Permissions) -> bool {
    may.has(Permission::ManageService) || may.has(Permission::ManageKeys)
}

/// A letter about a key, to everybody on the team who cares for keys; for the transaction that changes the key.
///
/// # Errors
/// The database's own.
pub async fn of_key(
    accounts: &Accounts,
    space: &service::Model,
    name: &'static str,
    values: &[(&'static str, String)],
) -> db::Result<Vec<Letter>> {
    let team = membership::team(accounts.db.read(), space.id).await?;
    let readers =
        team.iter().filter(|(person, may)| cares_for_keys(may) && person.blocked_at.is_none());
    let letter = |(person, _): &(person::Model, Permissions)| {
        let to = To::person(person);
        let letter = Letter::new(name, to.address, to.language)
            .with("service", &space.name)
            .with("link", accounts.url(&frame::at(space.id, "/api")));
        values.iter().fold(letter, |letter, (name, value)| letter.with(name, value))
    };
    Ok(readers.map(letter).collect())
}

fn of_callback(
    accounts: &Accounts,
    (space, person): (&service::Model, &person::Model),
    kind: Kind,
) -> Letter {
    let to = To::person(person);
    let said = |t: Texts| match kind {
        Kind::Delivery => t.callback_delivery(),
        Kind::Received => t.callback_received(),
    };
    Letter::new("callback-suspended", to.address, to.language)
        .with("service", &space.name)
        .with("kind en", said(Texts(Language::English)))
        .with("kind fr", said(Texts(Language::French)))
        .with("link", accounts.url(&frame::at(space.id, &format!("/api/callbacks/{kind}"))))
}

fn of_limit(
    accounts: &Accounts,
    (space, person): (&service::Model, &person::Model),
    (mark, used): (Mark, &Used),
    now: Time,
) -> Letter {
    let to = To::person(person);
    let name = match mark {
        Mark::Near => "limit-near",
        Mark::Reached => "limit-reached",
    };
    let mut letter = Letter::new(name, to.address, to.language)
        .with("service", &space.name)
        .with("link", accounts.url(&frame::at(space.id, "")));
    for language in [Language::English, Language::French] {
        let t = Texts(language);
        let [of_kind, of_period, of_again, of_used, of_limit] = match language {
            Language::English => ["kind en", "period en", "again en", "used en", "limit en"],
            Language::French => ["kind fr", "period fr", "again fr", "used fr", "limit fr"],
        };
        letter = letter.with(of_kind, kind(t, used.channel)).with(of_period, period(t, used, now));
        letter = letter.with(of_limit, text::number(language, used.limit.unsigned_abs()));
        match mark {
            Mark::Near => {
                letter = letter.with(of_used, text::number(language, used.used.unsigned_abs()));
            }
            Mark::Reached => {
                let again = text::moment(language, person.zone(), again(used, now));
                letter = letter.with(of_again, t.notice_again(again));
            }
        }
    }
    letter
}

/// When the service can send again.
fn again(used: &Used, now: Time) -> Time {
    let day: Option<NaiveDate> = used.period.parse().ok();
    day.map_or_else(
        || limit::next_year(now),
        |day| limit::next_day(day.and_time(NaiveTime::MIN).and_utc()),
    )
}

fn kind(t: Texts, channel: Channel) -> String {
    match channel {
        Channel::Email => t.notice_emails(),
        Channel::Sms => t.notice_parts(),
    }
}

/// The period in words; a batch that is scheduled is charged to the day on which it leaves.
fn period(t: Texts, used: &Used, now: Time) -> String {
    match used.period.parse() {
        Ok::<NaiveDate, _>(day) if used.period != limit::day(now) => {
            t.notice_on(text::day(t.0, day))
        }
        Ok(_) => t.notice_today(),
        Err(_) => t.notice_this_year(),
    }
}
