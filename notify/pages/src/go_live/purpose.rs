//! What the messages are for: purpose, recipients, volumes. Half of it is kept, too.

use accounts::{OnTeam, gate::ManageService};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::Language;
use notify_store::go_live::{self, State as Progress, Use};
use serde::Deserialize;
use ui::{BackLink, Button, ErrorSummary, Errors, InputKind, Shell, TextArea, TextInput};
use web::{Form, PageError, Reader, page};

use super::path;
use crate::{app::App, words::Texts};

/// Longest answer, in characters: it is read as a whole by staff.
const LONGEST: usize = 2_000;
/// Most messages that can be expected a day.
const MOST: i64 = 1_000_000_000;

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct PurposeForm {
    #[serde(default)]
    purpose: String,
    #[serde(default)]
    recipients: String,
    #[serde(default)]
    email_daily: String,
    #[serde(default)]
    sms_daily: String,
}

#[derive(Template)]
#[template(path = "go_live/purpose.html")]
struct Purpose {
    shell: Shell,
    t: Texts,
    form: PurposeForm,
    errors: Errors,
    back: String,
}

impl Purpose {
    fn language(&self) -> Language {
        self.shell.language
    }
}

/// `GET /services/{service}/go-live/purpose`
pub async fn edit(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let row = go_live::latest(app.accounts.db.read(), team.id()).await?;
    let number = |number: Option<i64>| number.map(|n| n.to_string()).unwrap_or_default();
    let form = row.map_or_else(PurposeForm::default, |row| PurposeForm {
        email_daily: number(row.email_daily),
        sms_daily: number(row.sms_daily),
        purpose: row.purpose,
        recipients: row.recipients,
    });
    page::show(&view(&app, &team, &reader, form, Errors::default()))
}

/// `POST /services/{service}/go-live/purpose`: keeps what is there, and says what is still missing.
pub async fn save(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    reader: Reader,
    Form(typed): Form<PurposeForm>,
) -> Result<Response, PageError> {
    let latest = go_live::latest(app.accounts.db.read(), team.id()).await?;
    let asked = latest.is_some_and(|row| row.state.0 == Progress::Asked);
    if asked || !team.service.trial {
        return Ok(Redirect::to(&path(team.id())).into_response());
    }
    let (said, errors) = typed.read(Texts(reader.language));
    let tx = app.accounts.db.begin().await?;
    match go_live::describe(&tx, &team.stamp(), team.id(), said).await {
        Ok(_) => tx.commit().await?,
        // Somebody else has asked meanwhile.
        Err(db::Error::Missing) => return Ok(Redirect::to(&path(team.id())).into_response()),
        Err(error) => return Err(error.into()),
    }
    if errors.is_empty() {
        let here = format!("{}?done=purpose", path(team.id()));
        return Ok(Redirect::to(&here).into_response());
    }
    let view = view(&app, &team, &reader, typed, errors);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&view)?).into_response())
}

fn view(
    app: &App,
    team: &OnTeam<ManageService>,
    reader: &Reader,
    form: PurposeForm,
    errors: Errors,
) -> Purpose {
    let t = Texts(reader.language);
    let shell = app.service_page(reader, team, t.go_live_purpose_title());
    let shell = if errors.is_empty() { shell } else { shell.failed() };
    Purpose { shell, t, form, errors, back: path(team.id()) }
}

impl PurposeForm {
    /// What can be kept of it, and what is wrong with the rest.
    fn read(&self, t: Texts) -> (Use, Errors) {
        let mut errors = Errors::default();
        let mut words = |field: &str, typed: &str, empty: String| {
            let typed = typed.trim();
            if typed.is_empty() {
                errors.add(field, empty);
            } else if typed.chars().count() > LONGEST {
                errors.add(field, t.go_live_purpose_long(LONGEST));
                return String::new();
            }
            typed.to_owned()
        };
        let purpose = words("purpose", &self.purpose, t.go_live_purpose_empty());
        let recipients = words("recipients", &self.recipients, t.go_live_recipients_empty());
        let mut number = |field: &str, typed: &str, wrong: String| {
            let digits: String = typed.chars().filter(|sign| !sign.is_whitespace()).collect();
            let read = digits.parse().ok().filter(|number| (0..=MOST).contains(number));
            if read.is_none() {
                errors.add(field, wrong);
            }
            read
        };
        let email_daily = number("email_daily", &self.email_daily, t.go_live_email_daily_wrong());
        let sms_daily = number("sms_daily", &self.sms_daily, t.go_live_sms_daily_wrong());
        (Use { purpose, recipients, email_daily, sms_daily }, errors)
    }
}
