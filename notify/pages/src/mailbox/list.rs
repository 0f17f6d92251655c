//! The list of messages, newest first, and what to do while there are none.

use askama::Template;
use axum::{extract::State, response::Html};
use kernel::Language;
use notify::Channel;
use notify_store::{
    MailboxMessageId,
    mailbox_message::{self, Model},
};
use serde::Deserialize;
use text::Zone;
use ui::{Cell, Link, Pagination, Shell, Table};
use web::{Asked, PageError, Reader, page};

use super::Mailbox;
use crate::letter::kind;
use crate::{frame::MAILBOX, words::Texts};

const SIZE: u64 = 50;

/// How much of a text stands in the list, in characters.
const OPENING: usize = 60;

#[derive(Deserialize)]
pub struct Wanted {
    older_than: Option<MailboxMessageId>,
}

#[derive(Template)]
#[template(path = "mailbox/list.html")]
struct List {
    shell: Shell,
    t: Texts,
    table: Table,
    pages: Pagination,
    /// The address that the newcomer's first command goes to.
    origin: String,
    mailbox: &'static str,
    documentation: &'static str,
}

/// `GET /dev/mailbox`
pub async fn show(
    State(mailbox): State<Mailbox>,
    reader: Reader,
    Asked(wanted): Asked<Wanted>,
) -> Result<Html<String>, PageError> {
    let rows = mailbox_message::page(mailbox.db.read(), wanted.older_than, SIZE)
        .await
        .map_err(PageError::internal)?;
    let t = Texts(reader.language);
    page::show(&List {
        shell: mailbox.frame.shell(&reader, t.mailbox_title()),
        pages: pages(reader.language, wanted.older_than, &rows),
        table: table(t, &rows),
        t,
        origin: mailbox.public_url.to_string(),
        mailbox: MAILBOX,
        documentation: crate::frame::DOCUMENTATION,
    })
}

fn table(t: Texts, rows: &[Model]) -> Table {
    Table {
        caption: t.mailbox_caption(),
        head: vec![t.mailbox_message(), t.kind(), t.mailbox_to(), t.mailbox_received()],
        rows: rows.iter().map(|row| cells(t, row)).collect(),
        ..Table::default()
    }
}

fn cells(t: Texts, row: &Model) -> Vec<Cell> {
    let name = match row.channel.0 {
        Channel::Email => named(row.subject.as_deref().unwrap_or_default(), t.mailbox_no_subject()),
        Channel::Sms => named(&row.plain, t.mailbox_no_words()),
    };
    vec![
        Cell::Link(Link::new(format!("{MAILBOX}/{}", row.id), name)),
        Cell::Tag(kind(t, row.channel.0)),
        Cell::Text(row.recipient.clone()),
        Cell::Text(text::moment(t.0, Zone::UTC, row.received_at)),
    ]
}

/// The beginning of `words` on one line, or `otherwise` when there are none to click on.
fn named(words: &str, otherwise: String) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(OPENING) {
        _ if line.is_empty() => otherwise,
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

fn pages(language: Language, older_than: Option<MailboxMessageId>, rows: &[Model]) -> Pagination {
    let older = rows
        .last()
        .filter(|_| rows.len() as u64 == SIZE)
        .map(|last| format!("{MAILBOX}?older_than={}", last.id));
    // Keyset pages know only the way down; the way back leads to the top.
    Pagination { language, newer: older_than.map(|_| MAILBOX.to_owned()), older }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_between_characters_and_blanks_are_folded() {
        let name = |words: &str| named(words, "(nothing)".to_owned());
        assert_eq!(name("Hello\n\n  you"), "Hello you");
        assert_eq!(name(" \n"), "(nothing)");
        assert_eq!(name(&"é".repeat(61)), format!("{}…", "é".repeat(60)));
        assert_eq!(name(&"é".repeat(60)), "é".repeat(60));
    }
}
