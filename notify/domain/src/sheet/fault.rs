//! What is wrong with one cell.

use kernel::Language;

use crate::recipient::RecipientError;

/// Why a cell keeps its row from being sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The template needs a value and there is none.
    Missing,
    /// No recipient of the channel.
    Recipient(RecipientError),
    /// The message is too long because of this value.
    TooLong,
    /// A quotation mark opens this cell and nothing closes it, so the rest of the file is inside.
    UnclosedQuote,
}

impl Fault {
    /// The sentence of the published library, in English.
    pub fn message(self) -> String {
        match self {
            Self::Missing => "Missing".into(),
            Self::Recipient(error) => error.message(),
            Self::TooLong => {
                "Maximum 612 characters. Some messages may be too long due to custom content."
                    .into()
            }
            Self::UnclosedQuote => "Quotation mark is never closed".into(),
        }
    }

    /// What a reader of the interface is told.
    pub fn explanation(self, language: Language) -> String {
        match (self, language) {
            (Self::Recipient(error), _) => explain(error, language),
            (_, Language::English) => self.message(),
            (Self::Missing, Language::French) => "Manquante".into(),
            (Self::TooLong, Language::French) => {
                "612 caractères au maximum. Certains messages peuvent être trop longs en raison de leur contenu \
                 personnalisé."
                    .into()
            }
            (Self::UnclosedQuote, Language::French) => "Le guillemet n’est jamais fermé".into(),
        }
    }

    /// What the API says of the cell: it does not repeat why a recipient is none.
    pub fn api_message(self) -> String {
        match self {
            Self::Recipient(_) => "invalid recipient".into(),
            other => other.message(),
        }
    }
}

fn explain(error: RecipientError, language: Language) -> String {
    match (error, language) {
        (RecipientError::Phone(number), Language::English) => number.explanation(),
        (RecipientError::Phone(number), Language::French) => number.explanation_fr(),
        (RecipientError::Email(address), Language::French) => address.message_fr().into(),
        (RecipientError::UkPhone(number), Language::French) => number.message_fr().into(),
        (RecipientError::Email(_) | RecipientError::UkPhone(_), Language::English) => {
            error.message()
        }
    }
}
