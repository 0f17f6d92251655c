//! A receipt that came before its message was known to be handed over, to be looked at again.

use kernel::JobKind;
use serde::{Deserialize, Serialize};

use crate::Status;

/// What the work of [`APPLY`] needs to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplyReceipt {
    /// The provider that sent it.
    pub provider: String,
    /// The provider's name for the message.
    pub reference: String,
    /// What it says.
    pub status: Status,
    /// The provider's words.
    pub words: Option<String>,
}

/// Looks again for the message of a receipt (API specification, section 3.14).
pub const APPLY: JobKind<ApplyReceipt> = JobKind::new("notify.apply-receipt");
