//! What a member of a team may do (admin specification, section A.2).

use std::{collections::BTreeSet, fmt, str::FromStr};

/// One permission on a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Permission {
    /// See the dashboard, reports and usage.
    ViewActivity,
    /// Make and change templates.
    ManageTemplates,
    /// Send messages.
    SendMessages,
    /// Change settings and the team.
    ManageService,
    /// Make and revoke API keys, call-backs and the safelist.
    ManageKeys,
}

impl Permission {
    /// All of them, in the order in which pages list them.
    pub const ALL: [Self; 5] = [
        Self::ViewActivity,
        Self::ManageTemplates,
        Self::SendMessages,
        Self::ManageService,
        Self::ManageKeys,
    ];

    /// The word that columns and forms keep.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ViewActivity => "view_activity",
            Self::ManageTemplates => "manage_templates",
            Self::SendMessages => "send_messages",
            Self::ManageService => "manage_service",
            Self::ManageKeys => "manage_api_keys",
        }
    }
}

impl FromStr for Permission {
    type Err = UnknownPermission;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.into_iter().find(|permission| permission.as_str() == word);
        known.ok_or(UnknownPermission)
    }
}

/// A word that is no permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no permission")]
pub struct UnknownPermission;

/// The permissions of one member; kept as words with commas.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Permissions(BTreeSet<Permission>);

impl Permissions {
    /// Every permission: what the maker of a service has.
    pub fn all() -> Self {
        Self(Permission::ALL.into_iter().collect())
    }

    /// Whether this one is among them.
    pub fn has(&self, permission: Permission) -> bool {
        self.0.contains(&permission)
    }

    /// One after the other, in the order of [`Permission::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = Permission> + '_ {
        self.0.iter().copied()
    }
}

impl FromIterator<Permission> for Permissions {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        Self(permissions.into_iter().collect())
    }
}

impl fmt::Display for Permissions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, permission) in self.iter().enumerate() {
            f.write_str(if nth == 0 { "" } else { "," })?;
            f.write_str(permission.as_str())?;
        }
        Ok(())
    }
}

impl FromStr for Permissions {
    type Err = UnknownPermission;

    fn from_str(words: &str) -> Result<Self, Self::Err> {
        words.split(',').filter(|word| !word.is_empty()).map(str::parse).collect()
    }
}
