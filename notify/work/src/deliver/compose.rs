//! From a stored message to what a provider takes: open, fill, render.

use kernel::Vault;
use notify::{
    Channel, email,
    placeholder::{Personalisation, Value},
    sms::Text,
    template::Template,
};
use notify_store::notification::{self, Content};

use super::{memory::Sender, way::Message};
use crate::provider::{OutgoingEmail, OutgoingText, Unsubscribe};

/// Why a message cannot be made; none of these goes away by trying again. Nothing personal is in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unmakeable {
    /// A value is of no kind that a placeholder shows.
    #[error("a value cannot be shown")]
    Value,
    /// Placeholders without a value.
    #[error("{0} placeholders have no value")]
    Missing(usize),
    /// Nothing but white space would be sent.
    #[error("the message is empty")]
    Empty,
}

/// Makes the message that a provider takes.
pub(super) fn compose(
    row: &notification::Model,
    content: &Content,
    template: &Template,
    sender: &Sender,
    platform: &str,
) -> Result<Message, Unmakeable> {
    let values = values(content)?;
    let missing =
        |names: notify::template::MissingPersonalisation| Unmakeable::Missing(names.0.len());
    if template.channel() == Channel::Sms {
        let unfilled = template.missing(&values);
        if !unfilled.is_empty() {
            return Err(Unmakeable::Missing(unfilled.len()));
        }
        let prefix = sender.prefix.then_some(sender.name.as_str());
        let language = template.languages().of_words();
        let text = Text::render(template.body(), &values, prefix, language);
        if text.is_blank() {
            return Err(Unmakeable::Empty);
        }
        let (from, to) = (row.reply_to.clone(), content.deliver_to.clone());
        return Ok(Message::Text(OutgoingText {
            id: row.id.uuid(),
            from,
            to,
            body: text.into_message(),
        }));
    }
    let mail = email::render(template, &values, &email::Look::default()).map_err(missing)?;
    if mail.plain.trim().is_empty() {
        return Err(Unmakeable::Empty);
    }
    let domain = sender.domain.as_deref().unwrap_or(platform);
    Ok(Message::Email(Box::new(OutgoingEmail {
        id: row.id.uuid(),
        from_name: sender.name.clone(),
        from_address: format!("{}@{domain}", sender.email_from),
        to: content.deliver_to.clone(),
        reply_to: row.reply_to.clone(),
        subject: mail.subject,
        html: mail.html,
        plain: mail.plain,
        unsubscribe: content.unsubscribe.as_deref().and_then(Unsubscribe::parse),
    })))
}

/// The values as the template sees them.
fn values(content: &Content) -> Result<Personalisation, Unmakeable> {
    let mut values = Personalisation::from_json(&content.values).map_err(|_| Unmakeable::Value)?;
    for name in &content.sanitised {
        let harmless = match values.get(name) {
            Some(Value::Text(text)) => Value::Text(notify::neutralise::links(text)),
            Some(Value::List(members)) => {
                let links = |member: &String| notify::neutralise::links(member);
                Value::List(members.iter().map(links).collect())
            }
            _ => continue,
        };
        values.insert(name.clone(), harmless);
    }
    Ok(values)
}

/// Opens what is personal in a message.
pub(crate) fn open(
    vault: &Vault,
    row: &notification::Model,
) -> Result<Content, kernel::vault::VaultError> {
    Content::open(vault, row.id, &row.sealed)
}
