//! Asking somebody who has signed in for their password once more, before what cannot be undone easily.

use kernel::Secret;
use web::PageError;

use super::{Accounts, SignedIn};
use crate::{credential, credential::attempt, password};

/// What became of the password that somebody gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// It is theirs.
    Right,
    /// It is not, or too many wrong ones have locked the account.
    Wrong,
    /// The account has none: whoever signs in without one has to set one first.
    None,
}

impl SignedIn {
    /// Whether this is the person's password. Wrong ones count towards the lock of the account, and a locked one takes
    /// none.
    ///
    /// # Errors
    /// The database's own, and those of hashing.
    pub async fn prove(&self, accounts: &Accounts, given: &str) -> Result<Proof, PageError> {
        let (db, vault) = (accounts.db.read(), &accounts.vault);
        let address = &self.person.email_address;
        let kept = credential::of(db, self.person.id).await?.password_hash;
        if kept.is_none() {
            return Ok(Proof::None);
        }
        let locked = attempt::is_locked(db, vault, address).await?;
        if password::matches(Secret::new(given), kept).await? && !locked {
            return Ok(Proof::Right);
        }
        let tx = accounts.db.begin().await?;
        attempt::fail(&tx, vault, address, self.now).await?;
        tx.commit().await?;
        Ok(Proof::Wrong)
    }
}
