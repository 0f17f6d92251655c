//! The life of a message: its statuses, which may follow which, and how people and filters speak of them.

mod group;

pub use self::group::Group;
use crate::channel::Channel;
use crate::word::words;

words! {
    /// Where a message stands (API specification, section 3.14).
    Status as "status" {
        /// Accepted, not yet handed to a provider.
        Created = "created",
        /// Handed to a provider that will send a receipt.
        Sending = "sending",
        /// Handed to a provider; a receipt may never come.
        Sent = "sent",
        /// The provider holds it.
        Pending = "pending",
        /// The provider confirmed delivery.
        Delivered = "delivered",
        /// Mailbox full, phone off, or no receipt in 72 hours.
        TemporaryFailure = "temporary-failure",
        /// No such address or number, or it blocks us.
        PermanentFailure = "permanent-failure",
        /// We could not send it.
        TechnicalFailure = "technical-failure",
        /// The provider refused the request itself.
        ProviderFailure = "provider-failure",
        /// A file waits for its scan.
        PendingVirusCheck = "pending-virus-check",
        /// A file holds malware.
        VirusScanFailed = "virus-scan-failed",
        /// The content holds a Social Insurance Number.
        PiiCheckFailed = "pii-check-failed",
        /// A letter's file is not printable.
        ValidationFailed = "validation-failed",
        /// Withdrawn by its sender before it left.
        Cancelled = "cancelled",
        /// A letter came back.
        ReturnedLetter = "returned-letter",
        /// A letter is with the printer.
        Accepted = "accepted",
        /// A letter is in the post.
        Received = "received",
        /// A literal of the past that old records may carry.
        Failed = "failed",
    }
}

words! {
    /// What a provider told beyond the status, where the description depends on it (section 3.15).
    Cause as "cause" {
        /// The address is on the provider's own suppression list.
        Suppressed = "suppressed",
        /// The address is on our suppression list at the provider.
        OnAccountSuppressionList = "on-account-suppression-list",
        /// The recipient's server refused an attachment.
        AttachmentRejected = "attachment-rejected",
        /// We have no number from which that country may be texted.
        NoOriginationIdentitiesFound = "NO_ORIGINATION_IDENTITIES_FOUND",
        /// Texts to that country are switched off.
        DestinationCountryBlocked = "DESTINATION_COUNTRY_BLOCKED",
    }
}

impl Cause {
    /// The cause that a provider's answer names, if it names one (section 3.14).
    #[must_use]
    pub fn in_response(words: &str) -> Option<Self> {
        match words {
            "The email address is on our email provider suppression list" => Some(Self::Suppressed),
            "The email address is on the GC Notify suppression list" => {
                Some(Self::OnAccountSuppressionList)
            }
            "The email was rejected because of its attachments" => Some(Self::AttachmentRejected),
            words => Self::ALL.iter().copied().find(|cause| words.contains(cause.as_str())),
        }
    }
}

/// The words a list may be filtered by, in the order the refusal names them (section 2.9).
pub const FILTER_WORDS: &[&str] = &[
    "cancelled",
    "created",
    "sending",
    "sent",
    "delivered",
    "pending",
    "failed",
    "technical-failure",
    "temporary-failure",
    "permanent-failure",
    "provider-failure",
    "pending-virus-check",
    "validation-failed",
    "virus-scan-failed",
    "returned-letter",
    "pii-check-failed",
    "accepted",
    "received",
];

const FAILED: &[Status] = &[
    Status::TechnicalFailure,
    Status::TemporaryFailure,
    Status::PermanentFailure,
    Status::ProviderFailure,
    Status::ValidationFailed,
    Status::VirusScanFailed,
    Status::ReturnedLetter,
    Status::PiiCheckFailed,
    Status::Failed,
];
const ACCEPTED: &[Status] = &[Status::Created, Status::Sending, Status::Accepted];
const RECEIVED: &[Status] = &[Status::Delivered, Status::Received];
const ACCEPTED_OR_RECEIVED: &[Status] =
    &[Status::Created, Status::Sending, Status::Accepted, Status::Delivered, Status::Received];

impl Status {
    /// The statuses a filter word stands for, or `None` when it is no filter word. `failed`, `accepted` and `received`
    /// are groups; `accepted, received` is one odd literal of GC Notify's own schema (section 2.9).
    pub fn filter(word: &str) -> Option<&'static [Self]> {
        match word {
            "failed" => Some(FAILED),
            "accepted" => Some(ACCEPTED),
            "received" => Some(RECEIVED),
            "accepted, received" => Some(ACCEPTED_OR_RECEIVED),
            _ => Self::ALL
                .iter()
                .position(|status| status.as_str() == word)
                .map(|at| &Self::ALL[at..=at]),
        }
    }

    /// Whether nothing further is expected. `sent` is not final: a receipt may still come.
    pub const fn is_final(self) -> bool {
        !matches!(
            self,
            Self::Created
                | Self::Sending
                | Self::Sent
                | Self::Pending
                | Self::PendingVirusCheck
                | Self::Accepted
        )
    }

    /// Whether the message left, or will not: `completed_at` is given for these (section 2.8).
    pub const fn is_completed(self) -> bool {
        self.is_final() || matches!(self, Self::Sent)
    }

    /// Whether the message counts as one that failed; the group behind the filter word `failed`.
    pub fn is_failure(self) -> bool {
        FAILED.contains(&self)
    }

    /// Whether a message of this channel may go from `self` to `next` (section 3.14).
    ///
    /// A final status stays, with one exception: an e-mail can bounce after the first server confirmed it.
    /// Texts take receipts while `sending`, `sent` or `pending`.
    pub const fn may_become(self, next: Self, channel: Channel) -> bool {
        use Status as S;
        match self {
            S::PendingVirusCheck => {
                matches!(next, S::Created | S::VirusScanFailed | S::TechnicalFailure | S::Cancelled)
            }
            S::Created => matches!(
                next,
                S::Sending
                    | S::Sent
                    | S::Pending
                    | S::PendingVirusCheck
                    | S::TechnicalFailure
                    | S::ProviderFailure
                    | S::PermanentFailure
                    | S::VirusScanFailed
                    | S::PiiCheckFailed
                    | S::Cancelled
            ),
            S::Sending | S::Sent => {
                next.is_receipt() || (matches!(next, S::Pending) && matches!(channel, Channel::Sms))
            }
            S::Pending => next.is_receipt(),
            S::Delivered => {
                matches!(channel, Channel::Email)
                    && matches!(next, S::TemporaryFailure | S::PermanentFailure)
            }
            _ => false,
        }
    }

    /// The status to keep when a receipt says `said`, or `None` when the receipt changes nothing.
    ///
    /// A number that the provider held and then refused exists: `pending` then permanent is a temporary failure.
    pub fn after_receipt(self, said: Self, channel: Channel) -> Option<Self> {
        let next = match (self, said) {
            (Self::Pending, Self::PermanentFailure) => Self::TemporaryFailure,
            _ => said,
        };
        self.may_become(next, channel).then_some(next)
    }

    const fn is_receipt(self) -> bool {
        matches!(
            self,
            Self::Delivered
                | Self::TemporaryFailure
                | Self::PermanentFailure
                | Self::TechnicalFailure
        )
    }

    /// What people are told in English: `status_description` of the API (section 3.15).
    pub const fn description(self, channel: Channel, cause: Option<Cause>) -> &'static str {
        match (self, channel) {
            (Self::Created | Self::Sending | Self::Pending | Self::PendingVirusCheck, _) => {
                "In transit"
            }
            (Self::Sent, Channel::Email) | (Self::Delivered, _) => "Delivered",
            (Self::Sent, Channel::Sms) => "Sent",
            (Self::TemporaryFailure, Channel::Email) => "Content or inbox issue",
            (Self::TemporaryFailure, Channel::Sms) => "Carrier issue",
            (Self::PermanentFailure, Channel::Email) if is_block(cause) => "Blocked",
            (Self::PermanentFailure, Channel::Email) => "No such address",
            (Self::PermanentFailure, Channel::Sms) => "No such number",
            (Self::TechnicalFailure, _) => "Tech issue",
            (Self::ProviderFailure, _) if is_country(cause) => {
                "Can't send to this international number"
            }
            (Self::ProviderFailure, _) => "No such number",
            (Self::VirusScanFailed, _) => "Attachment has virus",
            (Self::PiiCheckFailed, _) => "Exceeds Protected A",
            (Self::Failed, _) => "Failed",
            _ => self.as_str(),
        }
    }

    /// What people are told in French.
    pub const fn description_fr(self, channel: Channel, cause: Option<Cause>) -> &'static str {
        match (self, channel) {
            (Self::Created | Self::Sending | Self::Pending | Self::PendingVirusCheck, _) => {
                "En transit"
            }
            (Self::Sent, Channel::Email) | (Self::Delivered, _) => "Livré",
            (Self::Sent, Channel::Sms) => "Envoyé",
            (Self::TemporaryFailure, Channel::Email) => {
                "Problème de contenu ou de boîte de réception"
            }
            (Self::TemporaryFailure, Channel::Sms) => "Problème du fournisseur de services mobiles",
            (Self::PermanentFailure, Channel::Email) if is_block(cause) => "Bloqué",
            (Self::PermanentFailure, Channel::Email) => "Adresse inexistante",
            (Self::PermanentFailure, Channel::Sms) => "Numéro inexistant",
            (Self::TechnicalFailure, _) => "Problème technique",
            (Self::ProviderFailure, _) if is_country(cause) => {
                "Envoi impossible à ce numéro international"
            }
            (Self::ProviderFailure, _) => "Numéro inexistant",
            (Self::VirusScanFailed, _) => "La pièce jointe contient un virus",
            (Self::PiiCheckFailed, _) => "Au-delà de Protégé A",
            (Self::ValidationFailed, _) => "Validation échouée",
            (Self::Cancelled, _) => "Annulé",
            (Self::ReturnedLetter, _) => "Lettre retournée",
            (Self::Accepted, _) => "Acceptée",
            (Self::Received, _) => "Reçue",
            (Self::Failed, _) => "Échec",
        }
    }
}

const fn is_block(cause: Option<Cause>) -> bool {
    matches!(cause, Some(Cause::Suppressed | Cause::OnAccountSuppressionList))
}

const fn is_country(cause: Option<Cause>) -> bool {
    matches!(cause, Some(Cause::NoOriginationIdentitiesFound | Cause::DestinationCountryBlocked))
}

#[cfg(test)]
mod tests {
    use super::{Cause, FILTER_WORDS, Status};
    use crate::channel::Channel::{Email, Sms};

    #[test]
    fn every_word_reads_back_as_the_status_it_was_written_from() {
        for status in Status::ALL {
            assert_eq!(status.to_string().parse(), Ok(*status));
            assert_eq!(serde_json::json!(status), serde_json::json!(status.as_str()));
        }
        assert!("Delivered".parse::<Status>().is_err());
    }

    #[test]
    fn a_receipt_never_overrides_a_final_status_except_a_late_bounce() {
        assert!(Status::Delivered.may_become(Status::PermanentFailure, Email));
        assert!(!Status::Delivered.may_become(Status::PermanentFailure, Sms));
        assert!(!Status::PermanentFailure.may_become(Status::Delivered, Email));
        for from in
            Status::ALL.iter().filter(|status| status.is_final() && **status != Status::Delivered)
        {
            for to in Status::ALL {
                assert!(
                    !from.may_become(*to, Email) && !from.may_become(*to, Sms),
                    "{from} to {to}"
                );
            }
        }
    }

    #[test]
    fn a_held_text_that_is_then_refused_failed_only_for_now() {
        assert_eq!(
            Status::Pending.after_receipt(Status::PermanentFailure, Sms),
            Some(Status::TemporaryFailure)
        );
        assert_eq!(
            Status::Sending.after_receipt(Status::PermanentFailure, Sms),
            Some(Status::PermanentFailure)
        );
        assert_eq!(Status::Created.after_receipt(Status::Delivered, Sms), None);
    }

    #[test]
    fn filter_words_stand_for_groups() {
        for word in FILTER_WORDS {
            assert!(Status::filter(word).is_some_and(|group| !group.is_empty()), "{word}");
        }
        assert_eq!(Status::filter("sent"), Some(&[Status::Sent][..]));
        assert!(
            Status::filter("failed").is_some_and(|group| group.contains(&Status::PiiCheckFailed))
        );
        assert!(
            Status::filter("accepted, received")
                .is_some_and(|group| group.contains(&Status::Delivered))
        );
        assert_eq!(Status::filter("elephant"), None);
    }

    #[test]
    fn a_cause_is_found_in_a_providers_words() {
        let list = "The email address is on our email provider suppression list";
        assert_eq!(Cause::in_response(list), Some(Cause::Suppressed));
        let refused = "ConflictException: DESTINATION_COUNTRY_BLOCKED";
        assert_eq!(Cause::in_response(refused), Some(Cause::DestinationCountryBlocked));
        assert_eq!(Cause::in_response("550 no such user"), None);
    }

    #[test]
    fn descriptions_follow_the_channel_and_the_cause() {
        assert_eq!(Status::PermanentFailure.description(Email, None), "No such address");
        assert_eq!(Status::PermanentFailure.description(Email, Some(Cause::Suppressed)), "Blocked");
        assert_eq!(
            Status::ProviderFailure.description(Sms, Some(Cause::DestinationCountryBlocked)),
            "Can't send to this international number"
        );
        assert_eq!(Status::Cancelled.description(Email, None), "cancelled");
        assert_eq!(Status::Sent.description_fr(Sms, None), "Envoyé");
    }
}
