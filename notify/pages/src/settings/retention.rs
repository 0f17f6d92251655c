//! For how many days messages are kept, by channel (admin specification, sections A.1 and M.6).

use accounts::{OnTeam, gate::ManageService};
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
use ui::{BackLink, Button, Choice, ErrorSummary, Errors, Select, Shell};
use web::{Form, PageError, Reader, page};

use super::path;
use crate::{app::App, letter, words::Texts};

/// What was chosen, by channel.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct DaysForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    sms: String,
}

impl DaysForm {
    fn of(&self, channel: Channel) -> &str {
        match channel {
            Channel::Email => &self.email,
            Channel::Sms => &self.sms,
        }
    }
}

#[derive(Template)]
#[template(path = "settings/retention.html")]
struct Retention {
    shell: Shell,
    t: Texts,
    errors: Errors,
    fields: Vec<Select>,
    back: String,
}

impl Retention {
    fn language(&self) -> Language {
        self.shell.language
    }
}

/// `GET /services/{service}/settings/retention`
pub async fn edit(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let db = app.accounts.db.read();
    let form = DaysForm {
        email: retention::get(db, team.id(), Channel::Email).await?.get().to_string(),
        sms: retention::get(db, team.id(), Channel::Sms).await?.get().to_string(),
    };
    page::show(&view(&app, &team, &reader, (&form, Errors::default())))
}

/// `POST /services/{service}/settings/retention`
pub async fn save(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    reader: Reader,
    Form(typed): Form<DaysForm>,
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let (mut wanted, mut errors) = (Vec::new(), Errors::default());
    for channel in Channel::ALL {
        match typed.of(*channel).trim().parse().ok().and_then(Days::new) {
            Some(days) => wanted.push((*channel, days)),
            None => {
                let (least, most) = Days::RANGE.into_inner();
                errors.add(channel.as_str(), t.settings_retention_wrong(least, most));
            }
        }
    }
    if !errors.is_empty() {
        let view = view(&app, &team, &reader, (&typed, errors));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&view)?).into_response());
    }
    let tx = app.accounts.db.begin().await?;
    for (channel, days) in wanted {
        if retention::get(&tx, team.id(), channel).await? != days {
            retention::set(&tx, &team.stamp(), team.id(), channel, days).await?;
        }
    }
    tx.commit().await?;
    Ok(Redirect::to(&format!("{}?done=saved", path(team.id()))).into_response())
}

fn view(
    app: &App,
    team: &OnTeam<ManageService>,
    reader: &Reader,
    (form, errors): (&DaysForm, Errors),
) -> Retention {
    let t = Texts(reader.language);
    let shell = app.service_page(reader, team, t.settings_retention());
    let field = |channel: &Channel| {
        let choice =
            |days: i32| Choice::new(days.to_string(), t.settings_days(days), form.of(*channel));
        Select {
            name: channel.as_str().to_owned(),
            label: letter::kind(t, *channel).text,
            choices: Days::RANGE.map(choice).collect(),
            error: errors.of(channel.as_str()),
            ..Select::default()
        }
    };
    Retention {
        fields: Channel::ALL.iter().map(field).collect(),
        shell: if errors.is_empty() { shell } else { shell.failed() },
        t,
        errors,
        back: path(team.id()),
    }
}
