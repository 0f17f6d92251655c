//! The form for what has one value: name, sending address, channels, the name before texts.

use std::collections::BTreeSet;

use accounts::{OnTeam, gate::ManageService, service};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::Language;
use notify::{Permission, sender};
use notify_store::setting::{self, Change};
use serde::Deserialize;
use ui::{BackLink, Button, Checkbox, Checkboxes, Choice, ErrorSummary, Errors, Shell, TextInput};
use web::{Form, PageError, Reader, page};

use super::path;
use crate::{app::App, words::Texts};

/// Longest name of a service, in characters (admin specification, section T).
const LONGEST_NAME: usize = 255;

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ChangeForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    email_from: String,
    #[serde(default)]
    channel: Vec<String>,
    #[serde(default)]
    prefix_sms: String,
}

#[derive(Template)]
#[template(path = "settings/change.html")]
struct ChangePage {
    shell: Shell,
    t: Texts,
    form: ChangeForm,
    errors: Errors,
    channels: Vec<Choice>,
    suffix: String,
    back: String,
}

impl ChangePage {
    fn language(&self) -> Language {
        self.shell.language
    }
}

/// `GET /services/{service}/settings/change`
pub async fn edit(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let row = setting::get(app.accounts.db.read(), team.id()).await?;
    let channels = CHANNELS.into_iter().filter(|one| row.may(*one));
    let form = ChangeForm {
        name: team.service.name.clone(),
        email_from: row.email_from.clone(),
        channel: channels.map(|one| one.as_str().to_owned()).collect(),
        prefix_sms: if row.prefix_sms { "yes".to_owned() } else { String::new() },
    };
    page::show(&view(&app, (&team, &row), &reader, form, Errors::default()))
}

/// `POST /services/{service}/settings/change`
pub async fn save(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    reader: Reader,
    Form(typed): Form<ChangeForm>,
) -> Result<Response, PageError> {
    let row = setting::get(app.accounts.db.read(), team.id()).await?;
    let t = Texts(reader.language);
    let done = match typed.read(t, &row) {
        Ok((name, change)) => keep(&app, &team, t, (&name, &change)).await?,
        Err(errors) => Err(errors),
    };
    match done {
        Ok(()) => {
            let here = format!("{}?done=saved", path(team.id()));
            Ok(Redirect::to(&here).into_response())
        }
        Err(errors) => {
            let view = view(&app, (&team, &row), &reader, typed, errors);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&view)?).into_response())
        }
    }
}

async fn keep(
    app: &App,
    team: &OnTeam<ManageService>,
    t: Texts,
    (name, change): (&str, &Change),
) -> Result<Result<(), Errors>, PageError> {
    let stamp = team.stamp();
    let tx = app.accounts.db.begin().await?;
    let kept = async {
        if name != team.service.name {
            service::rename(&tx, &stamp, team.id(), name).await?;
        }
        setting::change(&tx, &stamp, team.id(), change).await?;
        Ok::<_, db::Error>(())
    };
    match kept.await {
        Ok(()) => {
            tx.commit().await?;
            Ok(Ok(()))
        }
        Err(error) if error.is_conflict("uq_service_name") => {
            Ok(Err(Errors::one("name", t.new_service_name_taken())))
        }
        Err(error) if error.is_conflict("uq_setting_email_from") => {
            let taken = change.email_from.clone().unwrap_or_default();
            Ok(Err(Errors::one("email_from", t.new_service_address_taken(taken))))
        }
        Err(error) => Err(error.into()),
    }
}

/// What a team switches itself.
const CHANNELS: [Permission; 2] = [Permission::Email, Permission::Sms];

fn view(
    app: &App,
    (team, row): (&OnTeam<ManageService>, &setting::Model),
    reader: &Reader,
    form: ChangeForm,
    errors: Errors,
) -> ChangePage {
    let t = Texts(reader.language);
    let shell = app.service_page(reader, team, t.settings_change_title());
    let choice = |one: Permission| {
        let label = if one == Permission::Email { t.email() } else { t.text_message() };
        let chosen = form.channel.iter().any(|word| word == one.as_str());
        Choice { chosen, ..Choice::new(one.as_str(), label, "") }
    };
    let domain = row.sending_domain.as_deref().unwrap_or(&app.sending_domain);
    ChangePage {
        channels: CHANNELS.into_iter().map(choice).collect(),
        suffix: format!("@{domain}"),
        shell: if errors.is_empty() { shell } else { shell.failed() },
        t,
        form,
        errors,
        back: path(team.id()),
    }
}

impl ChangeForm {
    /// The new name and the rest of the change, or what is wrong.
    fn read(&self, t: Texts, row: &setting::Model) -> Result<(String, Change), Errors> {
        let mut errors = Errors::default();
        let name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            errors.add("name", t.new_service_name_empty());
        } else if name.chars().count() > LONGEST_NAME {
            errors.add("name", t.new_service_name_long(LONGEST_NAME));
        } else if name.contains('"') {
            errors.add("name", t.new_service_name_quote());
        }
        let local_part = sender::local_part(&self.email_from);
        if local_part.is_empty() {
            errors.add("email_from", t.new_service_address_empty());
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let kept = |one: &Permission| match CHANNELS.contains(one) {
            true => self.channel.iter().any(|word| word == one.as_str()),
            false => row.may(*one),
        };
        let permissions: BTreeSet<_> = Permission::ALL.iter().copied().filter(kept).collect();
        let change = Change {
            email_from: Some(local_part),
            prefix_sms: Some(self.prefix_sms == "yes"),
            permissions: Some(permissions),
            ..Change::default()
        };
        Ok((name, change))
    }
}
