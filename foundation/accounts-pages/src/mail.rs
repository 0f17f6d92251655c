//! How letters leave a handler: in its transaction.

use accounts::Accounts;
use db::Transaction;
use kernel::Letter;
use web::PageError;

/// Hands a letter over in the caller's transaction.
pub async fn post(accounts: &Accounts, tx: &Transaction, letter: Letter) -> Result<(), PageError> {
    Ok(accounts.post.hand(tx, letter).await?)
}
