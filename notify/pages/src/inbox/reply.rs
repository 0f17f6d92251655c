//! An answer is made from a template like every text. The number travels in a form and stands in no address.

use accounts::{OnTeam, gate::SendMessages};
use askama::Template;
use axum::{extract::State, response::Html};
use kernel::Language;
use notify::Channel;
use notify_store::{received_text, template};
use ui::{BackLink, Button, ButtonKind, Shell};
use web::{At, PageError, Reader, page};

use super::{Which, open};
use crate::{app::App, frame, words::Texts};

/// A template with what its form carries.
struct Choice {
    name: String,
    /// Where the message is filled in.
    action: String,
    /// What makes a form that is sent twice send one message.
    form: String,
}

#[derive(Template)]
#[template(path = "inbox/reply.html")]
struct Reply {
    shell: Shell,
    t: Texts,
    back: String,
    to: String,
    choices: Vec<Choice>,
}

impl Reply {
    fn language(&self) -> Language {
        self.shell.language
    }
}

/// `GET /services/{service}/inbox/{text}/reply`: the templates to answer with.
pub async fn choose(
    State(app): State<App>,
    team: OnTeam<SendMessages>,
    At(which): At<Which>,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let db = app.accounts.db.read();
    let text = received_text::find(db, team.id(), which.text).await?.ok_or(PageError::Missing)?;
    let to = open(&app, t, &text).from;
    let mut choices = Vec::new();
    for one in template::list(db, team.id(), Some(Channel::Sms)).await? {
        let token = app.accounts.vault.random_bytes::<16>()?;
        choices.push(Choice {
            action: frame::at(team.id(), &format!("/templates/{}/send/change", one.head.id)),
            name: one.head.name,
            form: token.iter().map(|byte| format!("{byte:02x}")).collect(),
        });
    }
    page::show(&Reply {
        shell: app.service_page(&reader, &team, t.inbox_reply_to(&to)),
        t,
        back: frame::at(team.id(), &format!("/inbox/{}", which.text)),
        to,
        choices,
    })
}
