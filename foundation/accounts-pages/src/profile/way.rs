//! The ways in which somebody can sign in, as the profile lists them.

use accounts::{Accounts, SignedIn, credential, passkey, sign_in::How, sign_in_code};
use ui::{SummaryList, SummaryRow};
use web::PageError;

use crate::words::Texts;

/// What is set up, each with the page that changes it.
pub async fn of(accounts: &Accounts, t: Texts, who: &SignedIn) -> Result<SummaryList, PageError> {
    let db = accounts.db.read();
    let known = credential::of(db, who.person.id).await?;
    let spare = sign_in_code::recovery_left(db, who.person.id).await?;
    let moment = |at| text::moment(t.0, who.zone(), at);
    let password = match known.password_changed_at {
        Some(at) => t.way_password_since(moment(at)),
        None => t.way_password_none(),
    };
    let app = match known.totp_confirmed_at {
        Some(at) => t.way_app_since(moment(at)),
        None => t.way_app_none(),
    };
    let mut rows = vec![
        SummaryRow::new(t.address_label(), who.person.email_address.clone())
            .action("/profile/address", t.way_change()),
        SummaryRow::new(t.password_label(), password).action("/profile/password", t.way_change()),
        SummaryRow::new(t.way_app(), app).action("/profile/app", t.way_change()),
    ];
    let keys = passkey::of(db, who.person.id).await?.len();
    let keys = if keys == 0 { t.way_passkeys_none() } else { t.way_passkeys_count(keys) };
    rows.push(SummaryRow::new(t.way_passkeys(), keys).action("/profile/passkeys", t.way_change()));
    let codes = match spare {
        0 => t.way_recovery_none(),
        spare => t.way_recovery_left(spare),
    };
    rows.push(SummaryRow::new(t.way_recovery(), codes).action("/profile/recovery", t.way_change()));
    Ok(rows.into_iter().collect())
}

/// What was enough to sign in, in words.
pub fn said(t: Texts, how: How) -> String {
    match how {
        How::Link => t.how_link(),
        How::Email => t.how_email(),
        How::App => t.how_app(),
        How::Recovery => t.how_recovery(),
        How::Passkey => t.how_passkey(),
    }
}
