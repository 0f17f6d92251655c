//! What a service sends: channels, the name before texts, texts abroad.

use std::collections::BTreeSet;

use accounts::{OnTeam, gate::ManageService};
use askama::Template;
use axum::{
    extract::State,
    response::{Html, Redirect},
};
use kernel::Language;
use notify::Permission;
use notify_store::setting::{self, Change};
use serde::Deserialize;
use ui::{BackLink, Button, Checkbox, Checkboxes, Choice, Shell};
use web::{Form, PageError, Reader, page};

use super::path;
use crate::{app::App, words::Texts};

/// What was ticked.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ChangeForm {
    #[serde(default)]
    channel: Vec<String>,
    #[serde(default)]
    prefix_sms: String,
    #[serde(default)]
    international: String,
}

#[derive(Template)]
#[template(path = "settings/change.html")]
struct ChangePage {
    shell: Shell,
    t: Texts,
    form: ChangeForm,
    channels: Vec<Choice>,
    back: String,
}

impl ChangePage {
    fn language(&self) -> Language {
        self.shell.language
    }
}

/// The channels that a team switches itself.
const CHANNELS: [Permission; 2] = [Permission::Email, Permission::Sms];

/// `GET /services/{service}/settings/change`
pub async fn edit(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let row = setting::get(app.accounts.db.read(), team.id()).await?;
    let yes = |is: bool| if is { "yes".to_owned() } else { String::new() };
    let t = Texts(reader.language);
    let choice = |one: Permission| {
        let label = if one == Permission::Email { t.email() } else { t.text_message() };
        Choice { chosen: row.may(one), ..Choice::new(one.as_str(), label, "") }
    };
    page::show(&ChangePage {
        shell: app.service_page(&reader, &team, t.settings_change_title()),
        channels: CHANNELS.into_iter().map(choice).collect(),
        form: ChangeForm {
            channel: Vec::new(),
            prefix_sms: yes(row.prefix_sms),
            international: yes(row.may(Permission::InternationalSms)),
        },
        back: path(team.id()),
        t,
    })
}

/// `POST /services/{service}/settings/change`
pub async fn save(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    Form(typed): Form<ChangeForm>,
) -> Result<Redirect, PageError> {
    let row = setting::get(app.accounts.db.read(), team.id()).await?;
    let kept = |one: &Permission| match one {
        Permission::InternationalSms => typed.international == "yes",
        one if CHANNELS.contains(one) => typed.channel.iter().any(|word| word == one.as_str()),
        one => row.may(*one),
    };
    let permissions: BTreeSet<_> = Permission::ALL.iter().copied().filter(kept).collect();
    let change = Change {
        prefix_sms: Some(typed.prefix_sms == "yes"),
        permissions: Some(permissions),
        ..Change::default()
    };
    let tx = app.accounts.db.begin().await?;
    setting::change(&tx, &team.stamp(), team.id(), &change).await?;
    tx.commit().await?;
    Ok(Redirect::to(&format!("{}?done=saved", path(team.id()))))
}
