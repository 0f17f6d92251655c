//! What a service can ask to be told (API specification, section 4).

use crate::word::words;

words! {
    /// What a call-back is about.
    Kind as "kind of call-back" {
        /// How a message ended.
        Delivery = "delivery",
        /// A text that somebody sent to the service.
        Received = "received",
    }
}
