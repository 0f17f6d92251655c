//! What staff do to a service, each with the word that addresses and forms use.

use std::{fmt, str::FromStr};

/// What staff do to a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// It may read and no longer send.
    Suspend,
    /// It may send again.
    Resume,
    /// It may write to anybody.
    GoLive,
    /// It may write only to its team again.
    BackToTrial,
    /// It counts among the live services.
    Count,
    /// It counts no longer.
    LeaveOut,
    /// It is put away for good.
    Archive,
}

/// A word that is no deed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is nothing that is done to a service")]
pub struct UnknownDeed;

impl Deed {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Suspend,
        Self::Resume,
        Self::GoLive,
        Self::BackToTrial,
        Self::Count,
        Self::LeaveOut,
        Self::Archive,
    ];

    /// The word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Suspend => "suspend",
            Self::Resume => "resume",
            Self::GoLive => "go-live",
            Self::BackToTrial => "back-to-trial",
            Self::Count => "count",
            Self::LeaveOut => "leave-out",
            Self::Archive => "archive",
        }
    }

    /// What the audit record calls it.
    pub(super) const fn action(self) -> &'static str {
        match self {
            Self::Suspend => "service.suspend",
            Self::Resume => "service.resume",
            Self::GoLive => "service.go-live",
            Self::BackToTrial => "service.back-to-trial",
            Self::Count => "service.count",
            Self::LeaveOut => "service.leave-out",
            Self::Archive => "service.archive",
        }
    }

    /// Whether it changes anything about `service`.
    pub const fn applies(self, service: &super::Model) -> bool {
        if service.is_archived() {
            return false;
        }
        match self {
            Self::Suspend => !service.is_suspended(),
            Self::Resume => service.is_suspended(),
            Self::GoLive => service.trial,
            Self::BackToTrial => !service.trial,
            Self::Count => !service.trial && !service.counted,
            Self::LeaveOut => !service.trial && service.counted,
            Self::Archive => true,
        }
    }
}

impl fmt::Display for Deed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Deed {
    type Err = UnknownDeed;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|deed| deed.as_str() == word).ok_or(UnknownDeed)
    }
}
