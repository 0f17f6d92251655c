//! Recovery codes: made anew, shown once, to be written down or printed.

use accounts::{SignedIn, sign_in_code};
use askama::Template;
use axum::{extract::State, response::Html};
use kernel::Language;
use ui::{BackLink, Button, ButtonLink, Shell};
use web::{Form, PageError, Reader, Routes, page};

use super::proof::Proven;
use crate::{app::App, confirm::Nothing, mail, words::Texts};

const RECOVERY: &str = "/profile/recovery";

pub fn routes() -> Routes<App> {
    Routes::default().get(RECOVERY, show).post(RECOVERY, renew)
}

/// How many are left, and the button for new ones.
#[derive(Template)]
#[template(path = "profile/recovery.html")]
struct Recovery {
    shell: Shell,
    t: Texts,
    left: String,
    button: String,
}

/// `GET /profile/recovery`
async fn show(
    State(app): State<App>,
    Proven(who): Proven,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let left = sign_in_code::recovery_left(app.accounts.db.read(), who.person.id).await?;
    let (left, button) = match left {
        0 => (t.way_recovery_none(), t.recovery_make()),
        left => (t.way_recovery_left(left), t.recovery_renew()),
    };
    page::show(&Recovery { shell: app.page(&reader, &who, t.way_recovery()), t, left, button })
}

/// `POST /profile/recovery`: a new set; the old one no longer works. The codes stand in this answer and nowhere else.
async fn renew(
    State(app): State<App>,
    Proven(who): Proven,
    reader: Reader,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Html<String>, PageError> {
    let accounts = &app.accounts;
    let tx = accounts.db.begin().await?;
    let (stamp, id) = (who.stamp(), who.person.id);
    let codes = sign_in_code::renew_recovery(&tx, &accounts.vault, &stamp, id).await?;
    mail::tell(accounts, &tx, &who.person, Texts::changed_recovery_renewed).await?;
    tx.commit().await?;
    let done = Texts(reader.language).changed_recovery_renewed();
    once(&app, &reader, &who, (codes, done))
}

/// The codes, for the only time.
#[derive(Template)]
#[template(path = "profile/recovery_once.html")]
struct Once {
    shell: Shell,
    t: Texts,
    codes: Vec<String>,
}

/// The page that shows `codes` for the only time; without any it only says what is `done`.
pub fn once(
    app: &App,
    reader: &Reader,
    who: &SignedIn,
    (codes, done): (Vec<String>, String),
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let title = if codes.is_empty() { t.way_app() } else { t.recovery_once_title() };
    let shell = Shell { done: Some(done), ..app.page(reader, who, title) };
    page::show(&Once { shell, t, codes })
}

impl Recovery {
    fn language(&self) -> Language {
        self.shell.language
    }
}
