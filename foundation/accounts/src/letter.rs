//! The letters that accounts send, each with the values its template takes.

use kernel::{Language, Letter};

/// Every letter of this crate with the names of its values: whoever carries letters has a template for each.
pub const LETTERS: &[(&str, &[&str])] = &[
    ("confirm-address", &["name", "link"]),
    ("already-registered", &["name", "sign in link", "reset link"]),
    ("sign-in-code", &["code"]),
    ("reset-password", &["name", "link"]),
    ("confirm-new-address", &["name", "link"]),
    ("account-changed", &["name", "change en", "change fr", "support link"]),
    ("invitation", &["inviter", "service", "link"]),
    ("team-changed", &["name", "service", "change en", "change fr"]),
    ("keep-address", &["name", "change en", "change fr", "link"]),
    ("address-in-use", &["name", "link"]),
    ("account-closed", &["name", "link"]),
    ("member-left", &["name", "member", "service", "link"]),
    ("join-asked", &["name", "member", "address", "service", "reason", "link"]),
    ("join-refused", &["name", "service", "words"]),
];

/// A reader: name, address, language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct To<'a> {
    /// What they are called.
    pub name: &'a str,
    /// Where they read.
    pub address: &'a str,
    /// Which language comes first.
    pub language: Language,
}

impl<'a> To<'a> {
    /// A person that is known.
    pub fn person(person: &'a crate::person::Model) -> Self {
        let language = person.language.0;
        Self { name: &person.name, address: &person.email_address, language }
    }

    fn letter(&self, name: &'static str) -> Letter {
        Letter::new(name, self.address, self.language)
    }
}

/// Asks to confirm the address of a new account.
pub fn confirm_address(to: &To<'_>, link: String) -> Letter {
    to.letter("confirm-address").with("name", to.name).with("link", link)
}

/// Tells somebody who registers again that they have an account.
pub fn already_registered(to: &To<'_>, sign_in: String, reset: String) -> Letter {
    let letter = to.letter("already-registered").with("name", to.name);
    letter.with("sign in link", sign_in).with("reset link", reset)
}

/// Brings the second factor.
pub fn sign_in_code(to: &To<'_>, code: String) -> Letter {
    to.letter("sign-in-code").with("code", code)
}

/// Lets somebody set a new password.
pub fn reset_password(to: &To<'_>, link: String) -> Letter {
    to.letter("reset-password").with("name", to.name).with("link", link)
}

/// Asks to confirm the new address of an account.
pub fn confirm_new_address(to: &To<'_>, link: String) -> Letter {
    to.letter("confirm-new-address").with("name", to.name).with("link", link)
}

/// Tells the owner of an account what was changed, in both languages.
pub fn account_changed(to: &To<'_>, (english, french): (&str, &str), support: String) -> Letter {
    let letter = to.letter("account-changed").with("name", to.name);
    letter.with("change en", english).with("change fr", french).with("support link", support)
}

/// Invites to a team.
pub fn invitation(to: &To<'_>, (inviter, service): (&str, &str), link: String) -> Letter {
    to.letter("invitation").with("inviter", inviter).with("service", service).with("link", link)
}

/// Tells a member what changed for them on a team, in both languages.
pub fn team_changed(to: &To<'_>, service: &str, (english, french): (&str, &str)) -> Letter {
    let letter = to.letter("team-changed").with("name", to.name).with("service", service);
    letter.with("change en", english).with("change fr", french)
}

/// Tells somebody at their old address that their account moves or has moved, in both languages, and lets them keep it.
pub fn keep_address(to: &To<'_>, (english, french): (&str, &str), link: String) -> Letter {
    let letter = to.letter("keep-address").with("name", to.name);
    letter.with("change en", english).with("change fr", french).with("link", link)
}

/// Tells somebody that another account cannot move to their address.
pub fn address_in_use(to: &To<'_>, sign_in: String) -> Letter {
    to.letter("address-in-use").with("name", to.name).with("link", sign_in)
}

/// Tells somebody that their account is closed.
pub fn account_closed(to: &To<'_>, register: String) -> Letter {
    to.letter("account-closed").with("name", to.name).with("link", register)
}

/// Tells somebody who manages a service that a member has left its team.
pub fn member_left(to: &To<'_>, (member, service): (&str, &str), team: String) -> Letter {
    let letter = to.letter("member-left").with("name", to.name).with("member", member);
    letter.with("service", service).with("link", team)
}

/// Tells somebody who manages a service that `(name, address)` asks to join its team, for a reason.
pub fn join_asked(
    to: &To<'_>,
    (member, address): (&str, &str),
    (service, reason): (&str, &str),
    link: String,
) -> Letter {
    let letter = to.letter("join-asked").with("name", to.name).with("member", member);
    let letter = letter.with("address", address).with("service", service);
    letter.with("reason", reason).with("link", link)
}

/// Tells somebody that they cannot join a team, in the words of those who decided.
pub fn join_refused(to: &To<'_>, service: &str, words: &str) -> Letter {
    let letter = to.letter("join-refused").with("name", to.name);
    letter.with("service", service).with("words", words)
}
