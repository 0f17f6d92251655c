//! What a service may do with messages (API specification, section 3.4).

use std::collections::BTreeSet;

use crate::{channel::Channel, word::words};

words! {
    /// One thing a service may do.
    Permission as "permission" {
        /// Send e-mails.
        Email = "email",
        /// Send texts.
        Sms = "sms",
        /// Send texts to numbers outside North America.
        InternationalSms = "international_sms",
        /// Receive texts.
        InboundSms = "inbound_sms",
        /// Send files with e-mails.
        UploadDocument = "upload_document",
    }
}

impl Permission {
    /// What a new service may do.
    pub const DEFAULT: &'static [Self] =
        &[Self::Email, Self::Sms, Self::InternationalSms, Self::UploadDocument];

    /// The permission to send by `channel`.
    #[must_use]
    pub const fn to_send(channel: Channel) -> Self {
        match channel {
            Channel::Email => Self::Email,
            Channel::Sms => Self::Sms,
        }
    }

    /// The permissions in a text such as `email,sms`; words that are none are left out.
    #[must_use]
    pub fn listed(text: &str) -> BTreeSet<Self> {
        text.split(',').filter_map(|word| word.trim().parse().ok()).collect()
    }

    /// The text that [`Permission::listed`] reads.
    #[must_use]
    pub fn list(permissions: &BTreeSet<Self>) -> String {
        let words: Vec<_> = permissions.iter().map(|permission| permission.as_str()).collect();
        words.join(",")
    }
}

#[cfg(test)]
mod tests {
    use super::Permission;

    #[test]
    fn a_list_reads_back_as_it_was_written() {
        let all = Permission::ALL.iter().copied().collect();
        assert_eq!(Permission::listed(&Permission::list(&all)), all);
        assert!(Permission::listed("").is_empty());
    }
}
