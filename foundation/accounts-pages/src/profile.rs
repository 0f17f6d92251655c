//! What somebody says about themselves, their password, and where they are signed in (admin specification, section D).

use accounts::{
    Accounts, SessionId, SignedIn,
    credential::{self, attempt},
    letter, password, person, session,
};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::{Language, Secret};
use serde::Deserialize;
use ui::{
    Account, BackLink, Button, ButtonKind, Cell, Choice, ErrorSummary, Errors, PasswordInput,
    Radios, Shell, Table, TextInput,
};
use web::{Asked, At, Form, PageError, Reader, Routes, page};

use crate::{
    app::{App, refused},
    confirm::Nothing,
    mail, register,
    words::Texts,
};

const PASSWORD: &str = "/profile/password";

pub fn routes() -> Routes<App> {
    Routes::default()
        .get(Account::PROFILE, edit)
        .post(Account::PROFILE, save)
        .get(PASSWORD, edit_password)
        .post(PASSWORD, save_password)
        .post("/profile/sessions/{session}/end", end)
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
}

#[derive(Template)]
#[template(path = "profile/edit.html")]
struct Profile {
    shell: Shell,
    t: Texts,
    address: String,
    form: ProfileForm,
    errors: Errors,
    sessions: Table,
}

/// `GET /profile`
async fn edit(
    State(app): State<App>,
    who: SignedIn,
    reader: Reader,
    Asked(Done { done }): Asked<Done>,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let language = who.person.language.0.code().to_owned();
    let form = ProfileForm { name: who.person.name.clone(), language };
    let mut page = profile(&app, &reader, &who, (form, Errors::default())).await?;
    page.shell.done = match done.as_deref() {
        Some("saved") => Some(t.profile_done_saved()),
        Some("password") => Some(t.changed_password()),
        Some("ended") => Some(t.profile_done_ended()),
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
    let open = session::list(app.accounts.db.read(), who.person.id, who.now).await?;
    Ok(Profile {
        shell: refused(app.page(reader, who, t.profile_title()), &errors),
        t,
        address: who.person.email_address.clone(),
        form,
        errors,
        sessions: sessions(t, who, &open),
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

/// `POST /profile`
async fn save(
    State(app): State<App>,
    who: SignedIn,
    reader: Reader,
    Form(typed): Form<ProfileForm>,
) -> Result<Response, PageError> {
    let mut errors = Errors::default();
    let name = register::name(Texts(reader.language), &typed.name, &mut errors);
    let language: Language =
        typed.language.parse().map_err(|_| PageError::Refused("no language".to_owned()))?;
    if !errors.is_empty() {
        let page = profile(&app, &reader, &who, (typed, errors)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&page)?).into_response());
    }
    let details = person::Details {
        name,
        email_address: who.person.email_address.clone(),
        mobile_number: who.person.mobile_number.clone(),
        language,
    };
    let tx = app.accounts.db.begin().await?;
    person::change(&tx, &who.stamp(), who.person.id, &details).await?;
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

/// What was typed; it is never shown again.
#[derive(Deserialize)]
struct PasswordForm {
    #[serde(default)]
    current: String,
    #[serde(default)]
    password: String,
}

#[derive(Template)]
#[template(path = "profile/password.html")]
struct NewPassword {
    shell: Shell,
    t: Texts,
    errors: Errors,
}

/// `GET /profile/password`
async fn edit_password(
    State(app): State<App>,
    who: SignedIn,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    ask_password(&app, &reader, &who, Errors::default())
}

fn ask_password(
    app: &App,
    reader: &Reader,
    who: &SignedIn,
    errors: Errors,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let shell = refused(app.page(reader, who, t.profile_password()), &errors);
    page::show(&NewPassword { shell, t, errors })
}

/// `POST /profile/password`: sets it, ends all other sessions and tells the owner.
async fn save_password(
    State(app): State<App>,
    who: SignedIn,
    reader: Reader,
    Form(typed): Form<PasswordForm>,
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let mut errors = Errors::default();
    let known = [who.person.name.as_str(), who.person.email_address.as_str()];
    register::check_password(t, &typed.password, &known, &mut errors);
    if !is_right(&app.accounts, &who, typed.current).await? {
        errors.add("current", t.profile_current_wrong());
    }
    if !errors.is_empty() {
        let page = ask_password(&app, &reader, &who, errors)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let hash = password::hash(Secret::new(typed.password)).await?;
    let tx = app.accounts.db.begin().await?;
    credential::set_password(&tx, &who.stamp(), who.person.id, hash).await?;
    session::end_others(&tx, who.person.id, Some(who.session)).await?;
    let english = Texts(Language::English).changed_password();
    let french = Texts(Language::French).changed_password();
    let to = letter::To::person(&who.person);
    let support = app.accounts.url("/forgot-password");
    let letter = letter::account_changed(&to, (&english, &french), support);
    mail::post(&app.accounts, &tx, letter).await?;
    tx.commit().await?;
    Ok(Redirect::to("/profile?done=password").into_response())
}

/// Whether this is their password. Wrong ones count towards the lock of the account, and a locked one takes none.
async fn is_right(accounts: &Accounts, who: &SignedIn, current: String) -> Result<bool, PageError> {
    let db = accounts.db.read();
    let address = &who.person.email_address;
    let kept = credential::of(db, who.person.id).await?.password_hash;
    let locked = attempt::is_locked(db, &accounts.vault, address).await?;
    if password::matches(Secret::new(current), kept).await? && !locked {
        return Ok(true);
    }
    let tx = accounts.db.begin().await?;
    attempt::fail(&tx, &accounts.vault, address, who.now).await?;
    tx.commit().await?;
    Ok(false)
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
}

impl NewPassword {
    fn language(&self) -> Language {
        self.shell.language
    }
}
