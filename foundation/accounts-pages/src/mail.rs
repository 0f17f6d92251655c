//! How letters leave a handler: in its transaction.

use accounts::{Accounts, letter, person};
use db::Transaction;
use kernel::{Language, Letter};
use web::PageError;

use crate::words::Texts;

/// Hands a letter over in the caller's transaction.
pub async fn post(accounts: &Accounts, tx: &Transaction, letter: Letter) -> Result<(), PageError> {
    Ok(accounts.post.hand(tx, letter).await?)
}

/// Tells the owner of an account what was changed about it, in both languages.
pub async fn tell(
    accounts: &Accounts,
    tx: &Transaction,
    person: &person::Model,
    change: impl Fn(Texts) -> String,
) -> Result<(), PageError> {
    let (english, french) = (change(Texts(Language::English)), change(Texts(Language::French)));
    let to = letter::To::person(person);
    let support = accounts.url("/forgot-password");
    post(accounts, tx, letter::account_changed(&to, (&english, &french), support)).await
}
