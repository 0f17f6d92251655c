//! One message: what it said, to whom, and what became of it (admin specification, section I.3).

use accounts::{OnTeam, api_key, gate::SeeMessages, person};
use askama::Template;
use axum::{
    extract::State,
    response::{Html, IntoResponse, Response},
};
use kernel::Language;
use notify::{
    Channel, email,
    placeholder::{Lists, Personalisation},
    preview::{self, Safety, Show, Style},
    sms,
};
use notify_store::{
    NotificationId, batch, delivery,
    notification::{self, Content, Model},
    setting, template, template_version,
};
use serde::Deserialize;
use ui::{
    BackLink, Bubble, Cell, EmailFrame, Link, Live, Rendered, Shell, SummaryList, SummaryRow,
    Table, Tag,
};
use web::{Asked, At, PageError, Reader, page};

use super::{history, list};
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

impl Whole {
    /// What stands for each value, when the template hides them (admin specification, section G.7).
    fn hides(&self, t: Texts) -> Option<String> {
        self.head.redacted_at.map(|_| t.redacted_value())
    }
}

#[derive(Template)]
#[template(path = "message/show.html")]
struct ShowMessage {
    shell: Shell,
    back: String,
    state: Live,
    facts: SummaryList,
    email: Option<EmailFrame>,
    text: Option<Bubble>,
}

/// How the message stands: the part of the page that changes by itself.
#[derive(Template)]
#[template(path = "message/state.html")]
struct Standing {
    status: Tag,
    /// The same more exactly, when the tag does not say it all.
    standing: Option<String>,
    advice: String,
    history: Table,
}

impl askama::filters::HtmlSafe for Standing {}

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
    let here = frame::at(team.id(), &format!("/messages/{}", whole.row.id));
    let from = app.sender_line(&team.service, &setting);
    let prefix = setting.prefix_sms.then_some(team.service.name.as_str());
    page::show(&ShowMessage {
        shell,
        back: frame::at(team.id(), "/messages"),
        state: state(&app, t, &team, (&whole.row, &here)).await?,
        facts: facts(&app, t, &team, &whole).await?,
        email: framed(t, &whole, (from, format!("{here}/look"))),
        text: bubble(t, &whole, prefix),
    })
}

async fn state(
    app: &App,
    t: Texts,
    team: &OnTeam<SeeMessages>,
    (row, here): (&Model, &str),
) -> Result<Live, PageError> {
    let waiting = delivery::find(app.accounts.db.read(), team.id(), row.id).await?;
    let waiting = waiting.as_ref();
    let status = list::tag(t, row.status.0, row.channel.0);
    let state = Standing {
        standing: Some(history::standing(t, row)).filter(|words| *words != status.text),
        status,
        advice: history::advice(t, row, waiting, team.who.now),
        history: history::table(t, team, row, waiting),
    };
    Ok(Live {
        id: "state".to_owned(),
        url: here.to_owned(),
        every: 3,
        finished: row.status.0.is_final(),
        body: Rendered::of(&state),
        ..Live::default()
    })
}

/// Who or what sent it: a person, a key, a spreadsheet.
async fn sender(
    app: &App,
    t: Texts,
    team: &OnTeam<SeeMessages>,
    row: &Model,
) -> Result<String, PageError> {
    let db = app.accounts.db.read();
    let person = match row.created_by {
        Some(id) => person::find(db, id).await?.map(|person| person.name),
        None => None,
    };
    let key = match row.api_key_id {
        Some(id) => api_key::find(db, team.id(), id).await?.map(|key| t.messages_key(&key.name)),
        None => None,
    };
    Ok(person.or(key).unwrap_or_else(|| t.message_by_api()))
}

async fn facts(
    app: &App,
    t: Texts,
    team: &OnTeam<SeeMessages>,
    whole: &Whole,
) -> Result<SummaryList, PageError> {
    let row = &whole.row;
    let template = frame::at(team.id(), &format!("/templates/{}", whole.head.id));
    let template = Link::new(template, whole.head.name.clone());
    let text = |key: String, words: String| SummaryRow::new(key, Cell::Text(words));
    let mut rows = vec![
        SummaryRow::new(t.message_template(), Cell::Link(template)),
        text(t.message_version(), row.template_version.to_string()),
        text(t.message_sender(), sender(app, t, team, row).await?),
    ];
    if let Some(id) = row.batch_id {
        let batch = batch::find(app.accounts.db.read(), team.id(), id).await?;
        let name = batch.map(|batch| batch.name).unwrap_or_default();
        let nth = row.row_number.unwrap_or_default();
        rows.push(text(t.message_batch(), t.message_row(name, nth)));
    }
    if let Some(from) = row.reply_to.clone().filter(|_| row.channel.0 == Channel::Sms) {
        rows.push(text(t.message_text_from(), from));
    }
    if row.channel.0 == Channel::Sms {
        rows.push(text(t.message_text_parts(), row.parts.to_string()));
    }
    if let Some(reference) = &row.reference {
        rows.push(SummaryRow::new(t.message_reference(), Cell::Code(reference.clone())));
    }
    rows.push(SummaryRow::new(t.message_id(), Cell::Code(row.id.to_string())));
    Ok(SummaryList { rows })
}

fn framed(t: Texts, whole: &Whole, (from, src): (String, String)) -> Option<EmailFrame> {
    if whole.row.channel.0 != Channel::Email {
        return None;
    }
    let subject = match whole.hides(t) {
        Some(label) => {
            let show = Show::Label(&label);
            letter::marked(preview::subject(&whole.template, &Personalisation::new(), show))
        }
        None => {
            let look = email::Look::default();
            Rendered::plain(&email::render(&whole.template, &whole.values, &look).ok()?.subject)
        }
    };
    Some(EmailFrame {
        language: t.0,
        from,
        reply_to: whole.row.reply_to.clone().unwrap_or_default(),
        to: whole.content.to.clone(),
        subject,
        src,
        lang: letter::foreign(t.0, &whole.head),
    })
}

fn bubble(t: Texts, whole: &Whole, prefix: Option<&str>) -> Option<Bubble> {
    (whole.row.channel.0 == Channel::Sms).then(|| {
        let language = whole.template.languages().of_words();
        if let Some(label) = whole.hides(t) {
            let (lists, show) = (Lists::Sentence(language), Show::Label(&label));
            let style = Style { safety: Safety::Escape, lists, show, bare_destinations: false };
            let html = preview::highlight(whole.template.body(), &Personalisation::new(), style);
            return Bubble { body: Some(letter::marked(html)), ..Bubble::default() };
        }
        let sent = sms::Text::render(whole.template.body(), &whole.values, prefix, language);
        Bubble { text: sent.into_message(), ..Bubble::default() }
    })
}

/// `GET …/messages/{message}/look`: the e-mail's own document and nothing of ours around it.
pub async fn look(
    State(app): State<App>,
    team: OnTeam<SeeMessages>,
    At(which): At<Which>,
    reader: Reader,
) -> Result<Response, PageError> {
    let whole = which.whole(&app, &team).await?;
    if whole.row.channel.0 != Channel::Email {
        return Err(PageError::Missing);
    }
    if let Some(label) = whole.hides(Texts(reader.language)) {
        let (empty, show) = (Personalisation::new(), Show::Label(&label));
        let body = preview::body(&whole.template, &empty, show);
        return Ok(letter::framed(&whole.template, &body).into_response());
    }
    let mail = email::render(&whole.template, &whole.values, &email::Look::default())?;
    Ok(letter::document(mail.html).into_response())
}

impl ShowMessage {
    fn language(&self) -> Language {
        self.shell.language
    }
}
