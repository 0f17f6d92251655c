//! What somebody says about themselves and how they sign in (admin specification, section D).

mod address;
mod app;
mod close;
mod passkey;
mod password;
mod proof;
mod recovery;
mod way;
mod zone;

use accounts::{
    SessionId, SignedIn,
    person::{self, Preferences},
    session, sign_in,
};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::Language;
use serde::Deserialize;
use ui::{
    Account, Button, ButtonKind, Cell, Checkbox, Choice, ErrorSummary, Errors, Radios, Select,
    Shell, SummaryList, Table, TextInput,
};
use web::{Asked, At, Form, PageError, Reader, Routes, page};

use crate::{
    app::{App, refused},
    confirm::Nothing,
    mail, register,
    words::Texts,
};

/// So many sign-ins are shown.
const SIGN_INS: u64 = 10;

pub fn routes() -> Routes<App> {
    Routes::default()
        .get(Account::PROFILE, edit)
        .post(Account::PROFILE, save)
        .post("/profile/sessions/{session}/end", end)
        .merge(proof::routes())
        .merge(password::routes())
        .merge(address::routes())
        .merge(app::routes())
        .merge(recovery::routes())
        .merge(passkey::routes())
        .merge(close::routes())
}

/// What was done before.
#[derive(Deserialize)]
struct Done {
    done: Option<String>,
}

/// What was typed.
#[derive(Clone, Default, Deserialize)]
struct ProfileForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    time_zone: String,
    #[serde(default)]
    wants_news: bool,
}

#[derive(Template)]
#[template(path = "profile/edit.html")]
struct Profile {
    shell: Shell,
    t: Texts,
    form: ProfileForm,
    errors: Errors,
    ways: SummaryList,
    sessions: Table,
    sign_ins: Table,
}

/// `GET /profile`
async fn edit(
    State(app): State<App>,
    who: SignedIn,
    reader: Reader,
    Asked(Done { done }): Asked<Done>,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let form = ProfileForm {
        name: who.person.name.clone(),
        language: who.person.language.0.code().to_owned(),
        time_zone: who.zone().name().to_owned(),
        wants_news: who.person.wants_news,
    };
    let mut page = profile(&app, &reader, &who, (form, Errors::default())).await?;
    page.shell.done = match done.as_deref() {
        Some("saved") => Some(t.profile_done_saved()),
        Some("password") => Some(t.changed_password()),
        Some("address") => Some(t.changed_address(&who.person.email_address)),
        Some("ended") => Some(t.profile_done_ended()),
        Some("app-removed") => Some(t.changed_app_removed()),
        _ => None,
    };
    page::show(&page)
}

async fn profile(
    app: &App,
    reader: &Reader,
    who: &SignedIn,
    (form, errors): (ProfileForm, Errors),
) -> Result<Profile, PageError> {
    let t = Texts(reader.language);
    let db = app.accounts.db.read();
    let open = session::list(db, who.person.id, who.now).await?;
    let recent = sign_in::recent(db, who.person.id, SIGN_INS).await?;
    Ok(Profile {
        shell: refused(app.page(reader, who, t.profile_title()), &errors),
        t,
        form,
        errors,
        ways: way::of(&app.accounts, t, who).await?,
        sessions: sessions(t, who, &open),
        sign_ins: sign_ins(t, who, &recent),
    })
}

fn sessions(t: Texts, who: &SignedIn, open: &[session::Model]) -> Table {
    let row = |session: &session::Model| {
        let seen = text::moment(t.0, who.zone(), session.seen_at);
        let deed = if session.id == who.session {
            Cell::Text(t.profile_here())
        } else {
            Cell::of(&Button {
                text: t.profile_end(),
                kind: ButtonKind::Link,
                about: Some(seen.clone()),
                action: Some(format!("/profile/sessions/{}/end", session.id)),
                ..Button::default()
            })
        };
        vec![Cell::Text(session.browser.clone()), Cell::Text(seen), deed]
    };
    Table {
        caption: t.profile_sessions(),
        hide_caption: true,
        head: vec![t.profile_browser(), t.profile_seen(), t.team_do()],
        rows: open.iter().map(row).collect(),
        ..Table::default()
    }
}

fn sign_ins(t: Texts, who: &SignedIn, recent: &[sign_in::Model]) -> Table {
    let row = |sign_in: &sign_in::Model| {
        let at = text::moment(t.0, who.zone(), sign_in.at);
        [at, way::said(t, sign_in.how.0), sign_in.browser.clone()].map(Cell::Text).to_vec()
    };
    Table {
        caption: t.profile_sign_ins(),
        hide_caption: true,
        head: vec![t.profile_when(), t.profile_how(), t.profile_browser()],
        rows: recent.iter().map(row).collect(),
        empty: Some(t.profile_sign_ins_empty()),
        ..Table::default()
    }
}

/// `POST /profile`
async fn save(
    State(app): State<App>,
    who: SignedIn,
    reader: Reader,
    Form(typed): Form<ProfileForm>,
) -> Result<Response, PageError> {
    let mut errors = Errors::default();
    let name = register::name(Texts(reader.language), &typed.name, &mut errors);
    if !errors.is_empty() {
        let page = profile(&app, &reader, &who, (typed, errors)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&page)?).into_response());
    }
    let language: Language =
        typed.language.parse().map_err(|_| PageError::Refused("no language".to_owned()))?;
    let zone = zone::read(&typed.time_zone, who.zone())?;
    let preferences =
        Preferences { language, time_zone: zone.name().to_owned(), wants_news: typed.wants_news };
    let tx = app.accounts.db.begin().await?;
    person::prefer(&tx, &who.stamp(), who.person.id, &preferences).await?;
    if name != who.person.name {
        let after = person::rename(&tx, &who.stamp(), who.person.id, &name).await?;
        mail::tell(&app.accounts, &tx, &after, |t| t.changed_name(&after.name)).await?;
    }
    tx.commit().await?;
    Ok(Redirect::to("/profile?done=saved").into_response())
}

/// `POST /profile/sessions/{session}/end`: one that is not theirs is left alone.
async fn end(
    State(app): State<App>,
    who: SignedIn,
    At(id): At<SessionId>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, PageError> {
    let tx = app.accounts.db.begin().await?;
    session::end(&tx, who.person.id, id).await?;
    tx.commit().await?;
    Ok(Redirect::to("/profile?done=ended"))
}

impl Profile {
    fn language(&self) -> Language {
        self.shell.language
    }

    /// The languages, each named in itself.
    fn languages(&self) -> Vec<Choice> {
        [Language::English, Language::French]
            .into_iter()
            .map(|language| Choice {
                lang: Some(language),
                ..Choice::new(language.code(), Texts(language).language_name(), &self.form.language)
            })
            .collect()
    }

    /// The time zones, those of Canada first.
    fn zones(&self) -> Vec<Choice> {
        zone::choices(self.t, &self.form.time_zone)
    }
}
