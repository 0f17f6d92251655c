//! How much a service may send, changed with a reason that its team reads (pain point P2).

use accounts::{ServiceId, SignedIn, Staff, service::Model};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::Language;
use notify_store::setting::{self, Change, Limits};
use serde::Deserialize;
use ui::{BackLink, Button, ErrorSummary, Errors, InputKind, Shell, TextArea, TextInput, Width};
use web::{At, Form, PageError, Reader, page};

use super::{open, path};
use crate::{
    app::App,
    staff::{reason, tell},
    words::Texts,
};

/// Largest limit that can be set.
const MOST: i64 = 1_000_000_000;
/// Largest number of requests a minute.
const FASTEST: i32 = 1_000_000;

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct LimitsForm {
    #[serde(default)]
    email_daily: String,
    #[serde(default)]
    sms_daily: String,
    #[serde(default)]
    email_annual: String,
    #[serde(default)]
    sms_annual: String,
    #[serde(default)]
    rate: String,
    #[serde(default)]
    reason: String,
}

#[derive(Template)]
#[template(path = "staff/limits.html")]
struct LimitsPage {
    shell: Shell,
    t: Texts,
    about: String,
    fields: Vec<TextInput>,
    reason: String,
    errors: Errors,
    action: String,
    back: String,
}

impl LimitsPage {
    fn language(&self) -> Language {
        self.shell.language
    }
}

/// `GET /staff/services/{service}/limits`
pub async fn edit(
    State(app): State<App>,
    Staff(who): Staff,
    reader: Reader,
    At(id): At<ServiceId>,
) -> Result<Html<String>, PageError> {
    let service = open(&app, id).await?;
    let now = setting::get(app.accounts.db.read(), id).await?.limits();
    page::show(&view(&app, &who, &reader, &service, (LimitsForm::of(now), Errors::default())))
}

/// `POST /staff/services/{service}/limits`
pub async fn save(
    State(app): State<App>,
    Staff(who): Staff,
    reader: Reader,
    At(id): At<ServiceId>,
    Form(typed): Form<LimitsForm>,
) -> Result<Response, PageError> {
    let service = open(&app, id).await?;
    let (limits, reason) = match typed.read(Texts(reader.language)) {
        Ok(read) => read,
        Err(errors) => {
            let view = view(&app, &who, &reader, &service, (typed, errors));
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&view)?).into_response());
        }
    };
    let tx = app.accounts.db.begin().await?;
    let before = setting::get(&tx, id).await?.limits();
    if before == limits {
        return Ok(Redirect::to(&path(id)).into_response());
    }
    let change = Change { limits: Some(limits), reason: reason.clone(), ..Change::default() };
    setting::change(&tx, &who.stamp(), id, &change).await?;
    tell::team(&app, &tx, &service, |t| told(t, before, limits), &reason).await?;
    tx.commit().await?;
    Ok(Redirect::to(&format!("{}?done=saved", path(id))).into_response())
}

/// Each limit that is another now, with what it was.
fn told(t: Texts, before: Limits, after: Limits) -> String {
    let all = [
        (t.settings_email_daily(), before.email_daily, after.email_daily),
        (t.settings_sms_daily(), before.sms_daily, after.sms_daily),
        (t.settings_email_annual(), before.email_annual, after.email_annual),
        (t.settings_sms_annual(), before.sms_annual, after.sms_annual),
        (t.settings_rate(), i64::from(before.rate), i64::from(after.rate)),
    ];
    let number = |n: i64| text::number(t.0, n.max(0).unsigned_abs());
    let changed = all.into_iter().filter(|(_, from, to)| from != to);
    let lines: Vec<String> = changed
        .map(|(name, from, to)| t.staff_told_limit(number(from), name, number(to)))
        .collect();
    lines.join("\n\n")
}

fn view(
    app: &App,
    who: &SignedIn,
    reader: &Reader,
    service: &Model,
    (form, errors): (LimitsForm, Errors),
) -> LimitsPage {
    let t = Texts(reader.language);
    let shell = app.page(reader, who, t.staff_limits_title());
    let field = |name: &str, label: String, value: &str| TextInput {
        name: name.to_owned(),
        label,
        value: value.to_owned(),
        error: errors.of(name),
        kind: InputKind::Number,
        width: Width::Medium,
        ..TextInput::default()
    };
    LimitsPage {
        fields: vec![
            field("email_daily", t.settings_email_daily(), &form.email_daily),
            field("sms_daily", t.settings_sms_daily(), &form.sms_daily),
            field("email_annual", t.settings_email_annual(), &form.email_annual),
            field("sms_annual", t.settings_sms_annual(), &form.sms_annual),
            field("rate", t.settings_rate(), &form.rate),
        ],
        shell: if errors.is_empty() { shell } else { shell.failed() },
        t,
        about: service.name.clone(),
        reason: form.reason,
        errors,
        action: format!("{}/limits", path(service.id)),
        back: path(service.id),
    }
}

impl LimitsForm {
    fn of(limits: Limits) -> Self {
        Self {
            email_daily: limits.email_daily.to_string(),
            sms_daily: limits.sms_daily.to_string(),
            email_annual: limits.email_annual.to_string(),
            sms_annual: limits.sms_annual.to_string(),
            rate: limits.rate.to_string(),
            reason: String::new(),
        }
    }

    /// The limits and the reason, or what is wrong.
    fn read(&self, t: Texts) -> Result<(Limits, String), Errors> {
        let mut errors = Errors::new();
        let mut number = |field: &str, typed: &str, most: i64| {
            let digits: String =
                typed.chars().filter(|sign| !sign.is_whitespace() && *sign != ',').collect();
            let read = digits.parse().ok().filter(|number| (0..=most).contains(number));
            if read.is_none() {
                errors.add(field, t.staff_limit_wrong(text::number(t.0, most.unsigned_abs())));
            }
            read.unwrap_or_default()
        };
        let limits = Limits {
            email_daily: number("email_daily", &self.email_daily, MOST),
            sms_daily: number("sms_daily", &self.sms_daily, MOST),
            email_annual: number("email_annual", &self.email_annual, MOST),
            sms_annual: number("sms_annual", &self.sms_annual, MOST),
            rate: i32::try_from(number("rate", &self.rate, i64::from(FASTEST))).unwrap_or(FASTEST),
        };
        let reason = reason::read(t, &self.reason, &mut errors);
        if errors.is_empty() { Ok((limits, reason)) } else { Err(errors) }
    }
}
