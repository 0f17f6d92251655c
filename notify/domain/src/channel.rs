//! The two ways by which a message travels.

use crate::word::words;

words! {
    /// How a message reaches its recipient.
    Channel as "channel" {
        /// An e-mail.
        Email = "email",
        /// A text message.
        Sms = "sms",
    }
}
