//! How the platform does, in words: whether it takes messages, and whether they leave at once. Known for some seconds,
//! so that a thousand readers ask the database once, and of nobody's messages in particular.

use std::sync::{Mutex, PoisonError};

use askama::Template;
use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Response},
};
use chrono::TimeDelta;
use db::Db;
use kernel::{Language, Time};
use notify::{Channel, Lane, schedule};
use notify_store::delivery;
use ui::{Shell, Tag, Tone};
use web::{PageError, Reader, Routes, page};

use super::{Public, path, show::sibling};
use crate::words::Texts;

/// Where the page is.
pub const PATHS: [&str; 2] = ["/status", "/etat"];

/// For how long an answer is good.
const FRESH: TimeDelta = TimeDelta::seconds(15);
/// Messages that wait no longer than this leave at once, as far as anybody can tell.
const AT_ONCE: TimeDelta = TimeDelta::minutes(2);

pub fn routes() -> Routes<Public> {
    let of = |language| {
        move |State(public): State<Public>, reader: Reader| async move {
            show(&public, reader, language).await
        }
    };
    Routes::default().get(PATHS[0], of(Language::English)).get(PATHS[1], of(Language::French))
}

/// How one kind of message does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flow {
    /// What is due leaves at once.
    AtOnce,
    /// The longest-waiting message has been due for so many minutes.
    Late(u64),
}

/// What was known at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pulse {
    at: Time,
    /// E-mails and texts, single ones and big batches apart, because batches may well wait; none when the database
    /// did not answer.
    flows: Option<[[Flow; 2]; 2]>,
}

/// The last look.
#[derive(Debug, Default)]
pub struct Watch(Mutex<Option<Pulse>>);

impl Watch {
    /// How it goes now, or went some seconds ago.
    async fn look(&self, db: &Db, now: Time) -> Pulse {
        let known = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.filter(|known| now - known.at < FRESH) {
            return known;
        }
        let flows = flows(db, now).await;
        if let Err(error) = &flows {
            tracing::warn!(%error, "could not ask how long messages wait");
        }
        let pulse = Pulse { at: now, flows: flows.ok() };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(pulse);
        pulse
    }
}

async fn flows(db: &Db, now: Time) -> db::Result<[[Flow; 2]; 2]> {
    let [email, text] = [Channel::Email, Channel::Sms].map(|channel| of_channel(db, channel, now));
    Ok([email.await?, text.await?])
}

async fn of_channel(db: &Db, channel: Channel, now: Time) -> db::Result<[Flow; 2]> {
    let oldest = |lane| delivery::oldest_due(db.read(), channel, lane, now);
    let single = oldest(Lane::Priority).await?.into_iter().chain(oldest(Lane::Normal).await?).min();
    Ok([flow(single, now), flow(oldest(Lane::Bulk).await?, now)])
}

fn flow(oldest: Option<Time>, now: Time) -> Flow {
    let waits = oldest.map_or(TimeDelta::zero(), |due| now - due);
    if waits <= AT_ONCE {
        return Flow::AtOnce;
    }
    Flow::Late(u64::try_from(waits.num_minutes()).unwrap_or_default())
}

struct Line {
    what: String,
    how: Tag,
    words: String,
}

#[derive(Template)]
#[template(path = "public/status.html")]
struct Page {
    shell: Shell,
    t: Texts,
    lead: String,
    lines: Vec<Line>,
    asked: String,
}

async fn show(public: &Public, reader: Reader, language: Language) -> Result<Response, PageError> {
    if let Some(elsewhere) = sibling(&reader, PATHS, language) {
        return Ok(elsewhere.into_response());
    }
    let t = Texts(language);
    let accounts = &public.accounts;
    let pulse = public.pulse.look(&accounts.db, accounts.clock.now()).await;
    let full = public.inbox.is_full();
    let reader = reader.paired(language, path(PATHS, language.other()));
    let shell = public
        .shell((&reader, None), (PATHS, &t.public_status_title(), &t.public_status_description()));
    let good = !full && pulse.flows.is_some_and(|flows| flows == [[Flow::AtOnce; 2]; 2]);
    let page = page::show(&Page {
        shell,
        t,
        lead: if good { t.public_status_good() } else { t.public_status_bad() },
        lines: lines(t, &pulse, full),
        asked: text::moment(language, schedule::DEFAULT_ZONE, pulse.at),
    })?;
    Ok((Extension(page::Spoken(language)), page).into_response())
}

fn lines(t: Texts, pulse: &Pulse, full: bool) -> Vec<Line> {
    let works = || Tag::new(t.public_status_works(), Tone::Done);
    let taking = match (pulse.flows, full) {
        (None, _) => Line {
            what: t.public_status_taking(),
            how: Tag::new(t.public_status_down(), Tone::Danger),
            words: t.public_status_taking_down(),
        },
        (_, true) => Line {
            what: t.public_status_taking(),
            how: Tag::new(t.public_status_slow(), Tone::Warning),
            words: t.public_status_taking_full(),
        },
        _ => Line {
            what: t.public_status_taking(),
            how: works(),
            words: t.public_status_taking_works(),
        },
    };
    let mut lines = vec![taking];
    let flows = pulse.flows.into_iter().flatten().flatten();
    let names = [
        t.public_status_emails(),
        t.public_status_email_batches(),
        t.public_status_texts(),
        t.public_status_text_batches(),
    ];
    lines.extend(names.into_iter().zip(flows).map(|(what, flow)| match flow {
        Flow::AtOnce => Line { what, how: works(), words: t.public_status_at_once() },
        Flow::Late(minutes) => Line {
            what,
            how: Tag::new(t.public_status_slow(), Tone::Warning),
            words: t.public_status_late(minutes),
        },
    }));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_minutes_are_at_once_and_more_is_said_in_minutes() {
        let now = "2026-11-21T12:00:00Z".parse().unwrap_or_default();
        let due = |seconds| Some(now - TimeDelta::seconds(seconds));
        assert_eq!(flow(None, now), Flow::AtOnce);
        assert_eq!(flow(due(120), now), Flow::AtOnce);
        assert_eq!(flow(due(200), now), Flow::Late(3));
    }

    #[test]
    fn a_database_that_does_not_answer_is_told_and_nothing_is_guessed() {
        let pulse = Pulse { at: Time::default(), flows: None };
        let lines = lines(Texts(Language::English), &pulse, false);
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].how.tone, Tone::Danger);
    }
}
