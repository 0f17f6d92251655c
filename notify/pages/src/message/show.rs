//! One message: what it said, to whom, and what became of it.

use accounts::{OnTeam, gate::SeeMessages, person};
use askama::Template;
use axum::{
    extract::State,
    response::{Html, IntoResponse, Response},
};
use kernel::Language;
use notify::{Channel, email, placeholder::Personalisation, sms};
use notify_store::{
    NotificationId,
    notification::{self, Content, Model},
    setting, template, template_version,
};
use serde::Deserialize;
use ui::{BackLink, Bubble, Cell, EmailFrame, Link, Rendered, Shell, SummaryList, SummaryRow};
use web::{Asked, At, PageError, Reader, page};

use super::list;
use crate::{app::App, frame, letter, words::Texts};

/// Which message of the service.
#[derive(Clone, Copy, Deserialize)]
pub struct Which {
    message: NotificationId,
}

/// What was done before.
#[derive(Clone, Default, Deserialize)]
pub struct Done {
    done: Option<String>,
}

/// A message with what it was made from.
struct Whole {
    row: Model,
    content: Content,
    values: Personalisation,
    template: notify::template::Template,
    head: template::Model,
}

impl Which {
    async fn whole<C>(&self, app: &App, team: &OnTeam<C>) -> Result<Whole, PageError> {
        let db = app.accounts.db.read();
        let row =
            notification::find(db, team.id(), self.message).await?.ok_or(PageError::Missing)?;
        let head =
            template::find(db, team.id(), row.template_id).await?.ok_or(PageError::Missing)?;
        let version = template_version::find(db, team.id(), head.id, row.template_version).await?;
        let version = version.ok_or(PageError::Missing)?;
        let content = Content::open(&app.accounts.vault, row.id, &row.sealed)?;
        let values = Personalisation::from_json(&content.values).unwrap_or_default();
        Ok(Whole { template: head.read(&version), row, content, values, head })
    }
}

#[derive(Template)]
#[template(path = "message/show.html")]
struct ShowMessage {
    shell: Shell,
    back: String,
    facts: SummaryList,
    email: Option<EmailFrame>,
    text: Option<Bubble>,
}

/// `GET /services/{service}/messages/{message}`
pub async fn show(
    State(app): State<App>,
    team: OnTeam<SeeMessages>,
    At(which): At<Which>,
    reader: Reader,
    Asked(Done { done }): Asked<Done>,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let whole = which.whole(&app, &team).await?;
    let setting = setting::get(app.accounts.db.read(), team.id()).await?;
    let title = match whole.row.channel.0 {
        Channel::Email => t.message_email_title(&whole.content.to),
        Channel::Sms => t.message_text_title(&whole.content.to),
    };
    let mut shell = app.service_page(&reader, &team, title);
    shell.done = (done.as_deref() == Some("sent")).then(|| t.done_sent());
    let sender = match whole.row.created_by {
        Some(id) => person::find(app.accounts.db.read(), id).await?.map(|person| person.name),
        None => None,
    };
    let src = frame::at(team.id(), &format!("/messages/{}/look", whole.row.id));
    let from = app.sender_line(&team.service, &setting);
    let prefix = setting.prefix_sms.then_some(team.service.name.as_str());
    page::show(&ShowMessage {
        shell,
        back: frame::at(team.id(), "/messages"),
        facts: facts(t, &team, &whole, sender),
        email: framed(t, &whole, (from, src)),
        text: bubble(&whole, prefix),
    })
}

fn facts(
    t: Texts,
    team: &OnTeam<SeeMessages>,
    whole: &Whole,
    sender: Option<String>,
) -> SummaryList {
    let (row, zone) = (&whole.row, team.who.zone());
    let status = list::tag(t, row.status.0, row.channel.0);
    let template = frame::at(team.id(), &format!("/templates/{}", whole.head.id));
    let template = Cell::Link(Link::new(template, whole.head.name.clone()));
    let mut rows = vec![
        SummaryRow::new(t.message_status(), Cell::Tag(status)),
        SummaryRow::new(t.message_template(), template),
        SummaryRow::new(
            t.message_sender(),
            Cell::Text(sender.unwrap_or_else(|| t.message_by_api())),
        ),
        SummaryRow::new(t.message_accepted(), Cell::Text(text::moment(t.0, zone, row.created_at))),
    ];
    let moments = [(t.message_handed(), row.sent_at), (t.message_ended(), row.completed_at)];
    for (name, when) in moments {
        if let Some(when) = when {
            rows.push(SummaryRow::new(name, Cell::Text(text::moment(t.0, zone, when))));
        }
    }
    if let Some(words) = &row.provider_response {
        rows.push(SummaryRow::new(t.message_response(), Cell::Text(words.clone())));
    }
    if let Some(reference) = &row.reference {
        rows.push(SummaryRow::new(t.message_reference(), Cell::Text(reference.clone())));
    }
    SummaryList { rows }
}

fn framed(t: Texts, whole: &Whole, (from, src): (String, String)) -> Option<EmailFrame> {
    if whole.row.channel.0 != Channel::Email {
        return None;
    }
    let look = email::Look::default();
    let mail = email::render(&whole.template, &whole.values, &look).ok()?;
    Some(EmailFrame {
        language: t.0,
        from,
        reply_to: whole.row.reply_to.clone().unwrap_or_default(),
        to: whole.content.to.clone(),
        subject: Rendered::plain(&mail.subject),
        src,
        lang: letter::foreign(t.0, &whole.head),
    })
}

fn bubble(whole: &Whole, prefix: Option<&str>) -> Option<Bubble> {
    (whole.row.channel.0 == Channel::Sms).then(|| {
        let language = whole.template.languages().of_words();
        let sent = sms::Text::render(whole.template.body(), &whole.values, prefix, language);
        Bubble { text: sent.into_message(), ..Bubble::default() }
    })
}

/// `GET …/messages/{message}/look`: the e-mail's own document and nothing of ours around it.
pub async fn look(
    State(app): State<App>,
    team: OnTeam<SeeMessages>,
    At(which): At<Which>,
) -> Result<Response, PageError> {
    let whole = which.whole(&app, &team).await?;
    if whole.row.channel.0 != Channel::Email {
        return Err(PageError::Missing);
    }
    let mail = email::render(&whole.template, &whole.values, &email::Look::default())?;
    Ok(letter::document(mail.html).into_response())
}

impl ShowMessage {
    fn language(&self) -> Language {
        self.shell.language
    }
}
