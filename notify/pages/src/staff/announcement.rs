//! Announcements: written in both languages for a time, and put away.

use accounts::{SignedIn, Staff};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use chrono::{NaiveDate, NaiveTime, TimeZone, Utc};
use kernel::{Language, Time};
use notify_store::{
    AnnouncementId,
    announcement::{self, LONGEST, Model, New, State as Stands},
};
use serde::Deserialize;
use ui::{
    Button, ButtonKind, Cell, Checkbox, ErrorSummary, Errors, InputKind, Pagination, Rendered,
    Shell, Table, Tag, TextArea, TextInput, Tone, Width,
};
use web::{Asked, At, Form, PageError, Reader, Routes, page};

use super::{address, moment};
use crate::{app::App, words::Texts};

/// Where staff write announcements.
pub(super) const ANNOUNCEMENTS: &str = "/staff/announcements";

/// Announcements on a page.
const SIZE: u64 = 20;

/// The list with the form, and the end of one.
pub(super) fn routes() -> Routes<App> {
    Routes::default()
        .get(ANNOUNCEMENTS, show)
        .post(ANNOUNCEMENTS, save)
        .post(&format!("{ANNOUNCEMENTS}/{{announcement}}/archive"), archive)
}

/// Which page is asked for, and what was just done.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Wanted {
    older_than: Option<AnnouncementId>,
    #[serde(default)]
    done: String,
}

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct AnnouncementForm {
    #[serde(default)]
    english: String,
    #[serde(default)]
    french: String,
    #[serde(default)]
    from_day: String,
    #[serde(default)]
    from_time: String,
    #[serde(default)]
    to_day: String,
    #[serde(default)]
    to_time: String,
    #[serde(default)]
    everybody: String,
}

#[derive(Template)]
#[template(path = "staff/announcements.html")]
struct Announcements {
    shell: Shell,
    t: Texts,
    table: Table,
    pages: Pagination,
    form: AnnouncementForm,
    errors: Errors,
    action: &'static str,
}

impl Announcements {
    fn language(&self) -> Language {
        self.shell.language
    }
}

/// `GET /staff/announcements`
pub async fn show(
    State(app): State<App>,
    Staff(who): Staff,
    reader: Reader,
    Asked(wanted): Asked<Wanted>,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let mut view = view(&app, &who, &reader, wanted.older_than, Default::default()).await?;
    view.shell.done = match wanted.done.as_str() {
        "made" => Some(t.announcement_done()),
        "archived" => Some(t.announcement_archived()),
        _ => None,
    };
    page::show(&view)
}

async fn view(
    app: &App,
    who: &SignedIn,
    reader: &Reader,
    older_than: Option<AnnouncementId>,
    (form, errors): (AnnouncementForm, Errors),
) -> Result<Announcements, PageError> {
    let t = Texts(reader.language);
    let mut rows = announcement::page(app.accounts.db.read(), older_than, SIZE + 1).await?;
    let more = rows.len() as u64 > SIZE;
    rows.truncate(SIZE as usize);
    let last = rows.last().filter(|_| more).map(|row| row.id);
    let shell = app.page(reader, who, t.announcement_title());
    let head = vec![
        t.announcement_words(),
        t.staff_state(),
        t.announcement_from(),
        t.announcement_to(),
        t.announcement_do(),
    ];
    Ok(Announcements {
        shell: if errors.is_empty() { shell } else { shell.failed() },
        t,
        table: Table {
            caption: t.announcement_list(),
            head,
            rows: rows.iter().map(|one| row(t, who, one)).collect(),
            empty: Some(t.announcement_none()),
            ..Table::default()
        },
        pages: Pagination {
            language: t.0,
            newer: older_than.map(|_| ANNOUNCEMENTS.to_owned()),
            older: last
                .map(|last| address(ANNOUNCEMENTS, &[("older_than", Some(last.to_string()))])),
        },
        form,
        errors,
        action: ANNOUNCEMENTS,
    })
}

fn row(t: Texts, who: &SignedIn, one: &Model) -> Vec<Cell> {
    let words = match t.0 {
        Language::English => one.english.clone(),
        Language::French => one.french.clone(),
    };
    let state = one.state(who.now);
    let tag = match state {
        Stands::Planned => Tag::new(t.announcement_planned(), Tone::Accent),
        Stands::Shown => Tag::new(t.announcement_shown(), Tone::Done),
        Stands::Over => Tag::new(t.announcement_over(), Tone::Neutral),
    };
    let away = Button {
        text: t.announcement_archive(),
        kind: ButtonKind::Link,
        about: Some(words.clone()),
        action: Some(format!("{ANNOUNCEMENTS}/{}/archive", one.id)),
        ..Button::default()
    };
    let end = one.archived_at.or(one.ends_at).map(|end| moment(t, who, end));
    vec![
        Cell::Text(words),
        tag.into(),
        Cell::Text(moment(t, who, one.starts_at)),
        Cell::Text(end.unwrap_or_else(|| t.announcement_open_end())),
        if state == Stands::Over { Cell::default() } else { Cell::Rendered(Rendered::of(&away)) },
    ]
}

/// `POST /staff/announcements`
pub async fn save(
    State(app): State<App>,
    Staff(who): Staff,
    reader: Reader,
    Form(typed): Form<AnnouncementForm>,
) -> Result<Response, PageError> {
    let new = match typed.read(Texts(reader.language), &who) {
        Ok(new) => new,
        Err(errors) => {
            let view = view(&app, &who, &reader, None, (typed, errors)).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&view)?).into_response());
        }
    };
    let tx = app.accounts.db.begin().await?;
    announcement::create(&tx, &who.stamp(), who.person.id, new).await?;
    tx.commit().await?;
    app.board.forget();
    Ok(Redirect::to(&format!("{ANNOUNCEMENTS}?done=made")).into_response())
}

/// Nothing is typed.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Nothing {}

/// `POST /staff/announcements/{announcement}/archive`
pub async fn archive(
    State(app): State<App>,
    Staff(who): Staff,
    At(id): At<AnnouncementId>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, PageError> {
    let tx = app.accounts.db.begin().await?;
    let done = announcement::archive(&tx, &who.stamp(), id).await?;
    tx.commit().await?;
    app.board.forget();
    let said = if done { "?done=archived" } else { "" };
    Ok(Redirect::to(&format!("{ANNOUNCEMENTS}{said}")))
}

impl AnnouncementForm {
    fn read(&self, t: Texts, who: &SignedIn) -> Result<New, Errors> {
        let mut errors = Errors::new();
        let mut words = |field: &str, typed: &str| {
            let typed = typed.trim();
            match typed.chars().count() {
                0 => errors.add(field, t.announcement_empty()),
                count if count > LONGEST => errors.add(field, t.announcement_long(LONGEST)),
                _ => {}
            }
            typed.to_owned()
        };
        let (english, french) = (words("english", &self.english), words("french", &self.french));
        let start = when(who, (&self.from_day, &self.from_time));
        let end = when(who, (&self.to_day, &self.to_time));
        if start.is_err() {
            errors.add("from_day", t.announcement_when_wrong());
        }
        if end.is_err() {
            errors.add("to_day", t.announcement_when_wrong());
        }
        let starts_at = start.ok().flatten().unwrap_or(who.now);
        let ends_at = end.ok().flatten();
        if ends_at.is_some_and(|end| end <= starts_at || end <= who.now) {
            errors.add("to_day", t.announcement_end_wrong());
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let everybody = self.everybody == "yes";
        Ok(New { english, french, everybody, starts_at, ends_at })
    }
}

/// A day and a time of day where the reader is; a day alone begins at midnight, and nothing at all is none.
fn when(who: &SignedIn, (day, time): (&str, &str)) -> Result<Option<Time>, ()> {
    let (day, time) = (day.trim(), time.trim());
    if day.is_empty() && time.is_empty() {
        return Ok(None);
    }
    let day: NaiveDate = day.parse().map_err(|_| ())?;
    let time = match time {
        "" => NaiveTime::MIN,
        typed => NaiveTime::parse_from_str(typed, "%H:%M").map_err(|_| ())?,
    };
    let there = who.zone().from_local_datetime(&day.and_time(time)).earliest();
    there.map(|moment| Some(moment.with_timezone(&Utc))).ok_or(())
}
