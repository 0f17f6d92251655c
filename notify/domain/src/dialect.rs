//! Whose sentences and limits the API speaks where GC Notify and GOV.UK Notify differ.

use crate::word::words;

words! {
    /// The published API whose clients this installation serves.
    Dialect as "dialect" {
        /// GC Notify, the default.
        Gc = "gc",
        /// GOV.UK Notify.
        Uk = "uk",
    }
}
