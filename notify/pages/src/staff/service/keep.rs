//! For how many days a service's messages can be read, per channel (admin specification, section M.5).

use accounts::{ServiceId, SignedIn, Staff, service::Model};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::Language;
use notify::Channel;
use notify_store::retention::{self, Days};
use serde::Deserialize;
use ui::{BackLink, Button, Choice, ErrorSummary, Errors, Radios, Shell, TextArea};
use web::{At, Form, PageError, Reader, page};

use super::{open, path};
use crate::{
    app::App,
    staff::{reason, tell},
    words::Texts,
};

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct KeepForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    sms: String,
    #[serde(default)]
    reason: String,
}

#[derive(Template)]
#[template(path = "staff/retention.html")]
struct Keep {
    shell: Shell,
    t: Texts,
    about: String,
    fields: Vec<Radios>,
    reason: String,
    errors: Errors,
    action: String,
    back: String,
}

impl Keep {
    fn language(&self) -> Language {
        self.shell.language
    }
}

/// `GET /staff/services/{service}/retention`
pub async fn edit(
    State(app): State<App>,
    Staff(who): Staff,
    reader: Reader,
    At(id): At<ServiceId>,
) -> Result<Html<String>, PageError> {
    let (db, service) = (app.accounts.db.read(), open(&app, id).await?);
    let form = KeepForm {
        email: retention::get(db, id, Channel::Email).await?.get().to_string(),
        sms: retention::get(db, id, Channel::Sms).await?.get().to_string(),
        reason: String::new(),
    };
    page::show(&view(&app, &who, &reader, &service, (form, Errors::default())))
}

/// `POST /staff/services/{service}/retention`
pub async fn save(
    State(app): State<App>,
    Staff(who): Staff,
    reader: Reader,
    At(id): At<ServiceId>,
    Form(typed): Form<KeepForm>,
) -> Result<Response, PageError> {
    let service = open(&app, id).await?;
    let (days, reason) = match typed.read(Texts(reader.language)) {
        Ok(read) => read,
        Err(errors) => {
            let view = view(&app, &who, &reader, &service, (typed, errors));
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&view)?).into_response());
        }
    };
    let tx = app.accounts.db.begin().await?;
    let mut changed = Vec::new();
    for (channel, days) in days {
        let before = retention::get(&tx, id, channel).await?;
        if before != days {
            let wanted = (channel, days);
            retention::set_because(&tx, &who.stamp(), id, wanted, &reason).await?;
            changed.push((channel, before.get(), days.get()));
        }
    }
    if changed.is_empty() {
        return Ok(Redirect::to(&path(id)).into_response());
    }
    tell::team(&app, &tx, &service, |t| told(t, &changed), &reason).await?;
    tx.commit().await?;
    Ok(Redirect::to(&format!("{}?done=saved", path(id))).into_response())
}

fn told(t: Texts, changed: &[(Channel, i32, i32)]) -> String {
    let line = |(channel, from, to): &(Channel, i32, i32)| match channel {
        Channel::Email => t.staff_told_keep_email(*from, *to),
        Channel::Sms => t.staff_told_keep_sms(*from, *to),
    };
    changed.iter().map(line).collect::<Vec<_>>().join("\n\n")
}

fn view(
    app: &App,
    who: &SignedIn,
    reader: &Reader,
    service: &Model,
    (form, errors): (KeepForm, Errors),
) -> Keep {
    let t = Texts(reader.language);
    let shell = app.page(reader, who, t.staff_keep_title());
    let field = |name: &str, legend: String, chosen: &str| Radios {
        name: name.to_owned(),
        legend,
        error: errors.of(name),
        choices: Days::RANGE
            .map(|days| Choice::new(days.to_string(), t.staff_keep_days(days), chosen))
            .collect(),
        ..Radios::default()
    };
    Keep {
        fields: vec![
            field("email", t.staff_keep_email(), &form.email),
            field("sms", t.staff_keep_sms(), &form.sms),
        ],
        shell: if errors.is_empty() { shell } else { shell.failed() },
        t,
        about: service.name.clone(),
        reason: form.reason,
        errors,
        action: format!("{}/retention", path(service.id)),
        back: path(service.id),
    }
}

impl KeepForm {
    /// The days of each channel and the reason, or what is wrong.
    fn read(&self, t: Texts) -> Result<([(Channel, Days); 2], String), Errors> {
        let mut errors = Errors::new();
        let mut days = |field: &str, typed: &str| {
            let read = typed.parse().ok().and_then(Days::new);
            if read.is_none() {
                errors.add(field, t.staff_keep_wrong());
            }
            read.unwrap_or(Days::DEFAULT)
        };
        let wanted =
            [(Channel::Email, days("email", &self.email)), (Channel::Sms, days("sms", &self.sms))];
        let reason = reason::read(t, &self.reason, &mut errors);
        if errors.is_empty() { Ok((wanted, reason)) } else { Err(errors) }
    }
}
