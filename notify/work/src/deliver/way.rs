//! A channel's provider, and the message in the form that it takes.

use std::sync::Arc;

use notify::Channel;

use crate::provider::{EmailRoute, Outcome, OutgoingEmail, OutgoingText, Refusal, TextRoute};

/// A rendered message.
#[derive(Clone, Debug)]
pub(super) enum Message {
    /// For an e-mail provider.
    Email(Box<OutgoingEmail>),
    /// For a text provider.
    Text(OutgoingText),
}

/// The provider of one channel.
#[derive(Clone)]
pub(super) enum Way {
    /// E-mails go here.
    Email(Arc<dyn EmailRoute>),
    /// Texts go here.
    Text(Arc<dyn TextRoute>),
}

impl Way {
    pub(super) fn channel(&self) -> Channel {
        match self {
            Self::Email(_) => Channel::Email,
            Self::Text(_) => Channel::Sms,
        }
    }

    pub(super) fn name(&self) -> &str {
        match self {
            Self::Email(route) => route.name(),
            Self::Text(route) => route.name(),
        }
    }

    pub(super) fn gives_receipts(&self) -> bool {
        match self {
            Self::Email(route) => route.gives_receipts(),
            Self::Text(route) => route.gives_receipts(),
        }
    }

    pub(super) fn delivers_itself(&self) -> bool {
        match self {
            Self::Email(route) => route.delivers_itself(),
            Self::Text(route) => route.delivers_itself(),
        }
    }

    pub(super) async fn hand_over(&self, message: &Message) -> Outcome {
        match (self, message) {
            (Self::Email(route), Message::Email(email)) => route.send(email).await,
            (Self::Text(route), Message::Text(text)) => route.send(text).await,
            _ => Outcome::refused(Refusal::Technical, "a message of the other channel"),
        }
    }
}
