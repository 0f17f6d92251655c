//! What one person and the service wrote to each other.

use accounts::{OnTeam, Permission, ServiceId, gate::SeeMessages};
use askama::Template;
use axum::{extract::State, response::Html};
use kernel::{Id, Language, Time};
use notify::{placeholder::Personalisation, sms, sms::asks_to_stop, status::Group};
use notify_store::{
    notification::{self, Content as Sent},
    received_text::{self, Model},
    search, setting, template, template_version,
};
use serde::Deserialize;
use ui::{BackLink, Bubble, ButtonLink, Link, Pagination, Shell, Tag};
use uuid::Uuid;
use web::{Asked, At, PageError, Reader, page};

use super::{Which, open, stop};
use crate::{app::App, frame, message, words::Texts};

/// Texts on a page.
const SIZE: usize = 50;

/// Where the page begins: the oldest text of the page before, received or sent.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct From {
    before: Option<Uuid>,
}

/// One text, either way.
struct Item {
    id: Uuid,
    bubble: Bubble,
    /// What to look out for.
    tag: Option<Tag>,
    /// The message with its history, of one that was sent.
    link: Option<Link>,
}

#[derive(Template)]
#[template(path = "inbox/conversation.html")]
struct Conversation {
    shell: Shell,
    back: String,
    items: Vec<Item>,
    pages: Pagination,
    reply: Option<ButtonLink>,
}

impl Conversation {
    fn language(&self) -> Language {
        self.shell.language
    }
}

/// `GET /services/{service}/inbox/{text}`
pub async fn show(
    State(app): State<App>,
    team: OnTeam<SeeMessages>,
    At(which): At<Which>,
    reader: Reader,
    Asked(from): Asked<From>,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let db = app.accounts.db.read();
    let text = received_text::find(db, team.id(), which.text).await?.ok_or(PageError::Missing)?;
    let with = open(&app, t, &text).from;
    let mut items = received(&app, t, &team, (&text, from.before)).await?;
    items.extend(sent(&app, t, &team, (&text, &with, from.before)).await?);
    items.sort_by_key(|item| std::cmp::Reverse(item.id));
    let more = items.len() > SIZE;
    items.truncate(SIZE);
    let oldest = items.last().map(|item| item.id).filter(|_| more);
    items.reverse();
    let here = frame::at(team.id(), &format!("/inbox/{}", which.text));
    let may = team.may(Permission::SendMessages) && team.member;
    let reply = ButtonLink {
        text: t.inbox_reply(),
        href: format!("{here}/reply"),
        ..ButtonLink::default()
    };
    page::show(&Conversation {
        shell: app.service_page(&reader, &team, t.inbox_with(with)),
        back: frame::at(team.id(), "/inbox"),
        items,
        pages: Pagination {
            language: t.0,
            newer: from.before.map(|_| here.clone()),
            older: oldest.map(|oldest| format!("{here}?before={oldest}")),
        },
        reply: may.then_some(reply),
    })
}

/// One more than a page of what the person wrote.
async fn received(
    app: &App,
    t: Texts,
    team: &OnTeam<SeeMessages>,
    (text, before): (&Model, Option<Uuid>),
) -> Result<Vec<Item>, PageError> {
    let db = app.accounts.db.read();
    let texts = match text.sender_hash {
        Some(hash) => {
            let before = before.map(Id::from_uuid);
            received_text::of_sender(db, (team.id(), hash), before, SIZE as u64 + 1).await?
        }
        // Kept before conversations were: it stands alone.
        None => vec![text.clone()],
    };
    let item = |text: &Model| {
        let content = open(app, t, text);
        Item {
            id: text.id.uuid(),
            tag: asks_to_stop(&content.text).then(|| stop(t)),
            link: None,
            bubble: Bubble {
                text: content.text,
                from: content.from,
                note: text::moment(t.0, team.who.zone(), text.received_at),
                received: true,
                ..Bubble::default()
            },
        }
    };
    Ok(texts.iter().map(item).collect())
}

/// One more than a page of what the service sent to them, as it was sent.
async fn sent(
    app: &App,
    t: Texts,
    team: &OnTeam<SeeMessages>,
    (text, with, before): (&Model, &str, Option<Uuid>),
) -> Result<Vec<Item>, PageError> {
    let Some(hash) = text.sender_hash else { return Ok(Vec::new()) };
    let db = app.accounts.db.read();
    let before = before.map(Id::from_uuid);
    let rows = search::texts_to(db, (team.id(), hash), before, SIZE as u64 + 1).await?;
    let words = Words::of(app, team.id(), &rows).await?;
    let setting = setting::get(db, team.id()).await?;
    let prefix = setting.prefix_sms.then_some(team.service.name.as_str());
    let dialect = app.dispatch.settings.dialect;
    let key = |number: &str| {
        notify::Recipient::parse(notify::Channel::Sms, number, dialect).map(|to| to.key()).ok()
    };
    let with = key(with);
    let item = |row: &notification::Model| {
        let content = Sent::open(&app.accounts.vault, row.id, &row.sealed).ok()?;
        // A hash can in principle be that of two numbers.
        if key(&content.deliver_to) != with {
            return None;
        }
        Some(Item {
            id: row.id.uuid(),
            bubble: Bubble {
                text: words.filled(row, &content, prefix).unwrap_or_else(|| t.message_gone()),
                from: team.service.name.clone(),
                note: note(t, team, (row, row.created_at)),
                ..Bubble::default()
            },
            tag: failed(t, row),
            link: Some(Link::new(
                frame::at(team.id(), &format!("/messages/{}", row.id)),
                t.inbox_history(),
            )),
        })
    };
    Ok(rows.iter().filter_map(item).collect())
}

fn note(t: Texts, team: &OnTeam<SeeMessages>, (row, when): (&notification::Model, Time)) -> String {
    let state = message::tag(t, row.status.0, row.channel.0).text;
    format!("{} · {state}", text::moment(t.0, team.who.zone(), when))
}

fn failed(t: Texts, row: &notification::Model) -> Option<Tag> {
    let tag = message::tag(t, row.status.0, row.channel.0);
    (row.status.0.group(row.channel.0) == Group::Failed).then_some(tag)
}

/// The templates that messages were made from.
struct Words {
    heads: Vec<template::Model>,
    versions: Vec<template_version::Model>,
}

impl Words {
    async fn of(
        app: &App,
        service: ServiceId,
        rows: &[notification::Model],
    ) -> Result<Self, PageError> {
        let db = app.accounts.db.read();
        let ids: Vec<_> = rows.iter().map(|row| row.template_id).collect();
        let wanted: Vec<_> =
            rows.iter().map(|row| (row.template_id, row.template_version)).collect();
        Ok(Self {
            heads: template::some(db, service, &ids).await?,
            versions: template_version::some(db, service, &wanted).await?,
        })
    }

    fn filled(
        &self,
        row: &notification::Model,
        content: &Sent,
        prefix: Option<&str>,
    ) -> Option<String> {
        let head = self.heads.iter().find(|head| head.id == row.template_id)?;
        let is_it = |one: &&template_version::Model| {
            one.template_id == row.template_id && one.version == row.template_version
        };
        let template = head.read(self.versions.iter().find(is_it)?);
        let values = Personalisation::from_json(&content.values).unwrap_or_default();
        let language = template.languages().of_words();
        Some(sms::Text::render(template.body(), &values, prefix, language).into_message())
    }
}
