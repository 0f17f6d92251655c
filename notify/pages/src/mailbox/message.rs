//! One message of the mailbox, as its reader would see it and as it was sent.

use askama::Template;
use axum::{
    extract::State,
    response::{Html, IntoResponse},
};
use http::header;
use notify::Channel;
use notify_store::{
    MailboxMessageId,
    mailbox_message::{self, Model},
};
use text::Zone;
use ui::{Cell, Shell, SummaryList};
use web::{At, PageError, Reader, page};

use super::Mailbox;
use crate::letter::kind;
use crate::{frame::MAILBOX, words::Texts};

/// What an e-mail may do on our origin: be seen. Its styles are its own, its images come from where it says.
const MAIL_POLICY: &str = "sandbox; default-src 'none'; style-src 'unsafe-inline'; \
    img-src https: http: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

#[derive(Template)]
#[template(path = "mailbox/message.html")]
struct Message {
    shell: Shell,
    t: Texts,
    facts: SummaryList,
    /// The address of the HTML alone, when the message has any.
    html: Option<String>,
    headers: Option<String>,
    plain: String,
    plain_title: String,
    mailbox: &'static str,
}

/// `GET /dev/mailbox/{id}`
pub async fn show(
    State(mailbox): State<Mailbox>,
    reader: Reader,
    At(id): At<MailboxMessageId>,
) -> Result<Html<String>, PageError> {
    let row = found(&mailbox, id).await?;
    let t = Texts(reader.language);
    let (title, plain_title) = match row.channel.0 {
        Channel::Email => (t.message_email_title(&row.recipient), t.message_plain()),
        Channel::Sms => (t.message_text_title(&row.recipient), t.message_words()),
    };
    page::show(&Message {
        shell: mailbox.frame.shell(&reader, title),
        facts: facts(t, &row),
        t,
        html: row.html.as_ref().map(|_| format!("{MAILBOX}/{id}/html")),
        headers: row.headers,
        plain: row.plain,
        plain_title,
        mailbox: MAILBOX,
    })
}

/// `GET /dev/mailbox/{id}/html`: the e-mail's own document and nothing of ours around it.
pub async fn html(
    State(mailbox): State<Mailbox>,
    At(id): At<MailboxMessageId>,
) -> Result<impl IntoResponse, PageError> {
    let document = found(&mailbox, id).await?.html.ok_or(PageError::Missing)?;
    Ok(([(header::CONTENT_SECURITY_POLICY, MAIL_POLICY)], Html(document)))
}

async fn found(mailbox: &Mailbox, id: MailboxMessageId) -> Result<Model, PageError> {
    mailbox_message::find(mailbox.db.read(), id)
        .await
        .map_err(PageError::internal)?
        .ok_or(PageError::Missing)
}

fn facts(t: Texts, row: &Model) -> SummaryList {
    let mut rows = vec![
        (t.kind(), Cell::Tag(kind(t, row.channel.0))),
        (t.message_from(), Cell::Text(row.sender.clone())),
        (t.message_to(), Cell::Text(row.recipient.clone())),
    ];
    if let Some(subject) = &row.subject {
        rows.push((t.message_subject(), Cell::Text(subject.clone())));
    }
    if let Some(encoding) = &row.encoding {
        let characters = row.plain.chars().count();
        rows.push((t.message_encoding(), Cell::Text(encoding_name(encoding).to_owned())));
        let counted = t.message_parts_counted(characters, row.parts);
        rows.push((t.message_parts(), Cell::Text(counted)));
    }
    rows.push((t.message_received(), Cell::Text(text::moment(t.0, Zone::UTC, row.received_at))));
    rows.push((t.message_notification(), Cell::Code(row.notification_id.to_string())));
    rows.into_iter().collect()
}

/// The name people know an encoding by.
fn encoding_name(word: &str) -> &str {
    match word {
        "gsm7" => "GSM-7",
        "ucs2" => "UCS-2",
        other => other,
    }
}
