//! What a handler can ask of a member of a team, each a type, so that a signature says who may call it.

use crate::Permission;

/// Something that is true of a member.
pub trait Claim: Send + Sync + 'static {
    /// One of these permissions is enough; none at all asks for membership alone.
    const ANY: &'static [Permission];
    /// Whether staff who are not on the team may, too.
    const STAFF: bool;
}

macro_rules! claims {
    ($($(#[doc = $says:literal])+ $name:ident: [$($permission:ident),*], staff: $staff:literal;)+) => {$(
        $(#[doc = $says])+
        #[derive(Clone, Copy, Debug)]
        pub enum $name {}

        impl Claim for $name {
            const ANY: &'static [Permission] = &[$(Permission::$permission),*];
            const STAFF: bool = $staff;
        }
    )+};
}

claims! {
    /// On the team, whatever they may do.
    Member: [], staff: true;
    /// On the team, and no staff from outside: to leave it.
    OwnTeam: [], staff: false;
    /// May see the dashboard, reports and usage.
    ViewActivity: [ViewActivity], staff: true;
    /// May see what became of a message.
    SeeMessages: [ViewActivity, SendMessages], staff: true;
    /// May make and change templates.
    ManageTemplates: [ManageTemplates], staff: true;
    /// May send; staff who are not on the team never do in its name.
    SendMessages: [SendMessages], staff: false;
    /// May stop what was scheduled.
    CancelSends: [SendMessages], staff: true;
    /// May download the example of a spreadsheet.
    PrepareSheet: [ManageTemplates, SendMessages], staff: true;
    /// May change settings and the team.
    ManageService: [ManageService], staff: true;
    /// May read the settings.
    ReadSettings: [ManageService, ManageKeys], staff: true;
    /// May manage keys, call-backs and the safelist.
    ManageKeys: [ManageKeys], staff: true;
    /// May make an API key; staff who are not on the team never get one.
    CreateKeys: [ManageKeys], staff: false;
}
