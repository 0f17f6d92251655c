//! What a provider tells afterwards about a message it took, written into the message.

use db::Transaction;
use kernel::Time;
use notify::Status;

use crate::{NotificationId, awaited_receipt, notification, statistic::Tally};

/// How a receipt names its message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// By the name that a provider gave it.
    Provider {
        /// The provider.
        provider: String,
        /// Its name for the message.
        reference: String,
    },
    /// By our own id, as in a bounce's return path.
    Message(NotificationId),
}

/// One receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Which message it is about.
    pub about: About,
    /// What it says.
    pub status: Status,
    /// The provider's words.
    pub words: Option<String>,
}

/// What a receipt did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applied {
    /// It gave the message another status; the message as it is now.
    Changed(Box<notification::Model>),
    /// It is older than what is known, or says the same: nothing changed.
    Nothing,
    /// No message of that name was handed over, or that is not written yet: it may be worth asking again.
    Unknown,
}

/// Writes what a receipt says if the rules allow it (API specification, section 3.14), and stops
/// waiting for one when the message has ended. What changes is counted in `tally`.
pub async fn apply(
    tx: &Transaction,
    receipt: &Receipt,
    at: Time,
    tally: &mut Tally,
) -> db::Result<Applied> {
    let known = match &receipt.about {
        About::Provider { provider, reference } => {
            notification::by_provider_reference(tx, provider, reference).await?
        }
        About::Message(id) => notification::held(tx, *id).await?,
    };
    let Some(mut message) = known.filter(|message| *message.status != Status::Created) else {
        return Ok(Applied::Unknown);
    };
    let Some(next) = message.status.after_receipt(receipt.status, *message.channel) else {
        return Ok(Applied::Nothing);
    };
    let step = notification::Step {
        from: *message.status,
        to: next,
        at,
        provider: None,
        provider_reference: None,
        provider_response: receipt.words.clone(),
    };
    if notification::step(tx, &[message.id], &step, tally).await?.is_empty() {
        return Ok(Applied::Nothing);
    }
    if next.is_final() {
        awaited_receipt::remove(tx, &[message.id]).await?;
        message.completed_at = Some(at);
    }
    message.status = next.into();
    message.updated_at = Some(at);
    message.provider_response = receipt.words.clone().or(message.provider_response);
    Ok(Applied::Changed(Box::new(message)))
}
