//! Finding services for staff: by state, by a part of the name, by organisation.

use std::{fmt, str::FromStr};

use sea_orm::{
    Condition, ConnectionTrait, QueryOrder, QuerySelect, QueryTrait, entity::prelude::*,
};
use serde::{Deserialize, Serialize};

use super::{Column, Entity, Model, ServiceId};
use crate::{OrganisationId, wording};

/// In which of its states a service is; each is in exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It may write to anybody.
    Live,
    /// It may write to its team.
    Trial,
    /// It may not send.
    Suspended,
    /// It is gone for good.
    Archived,
}

/// A word that is no state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no state of a service")]
pub struct UnknownState;

impl State {
    /// All of them, in the order in which pages list them.
    pub const ALL: [Self; 4] = [Self::Live, Self::Trial, Self::Suspended, Self::Archived];

    /// The state of a service.
    pub const fn of(service: &Model) -> Self {
        match (service.is_archived(), service.is_suspended(), service.trial) {
            (true, ..) => Self::Archived,
            (_, true, _) => Self::Suspended,
            (_, _, true) => Self::Trial,
            _ => Self::Live,
        }
    }

    /// The word that addresses use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Trial => "trial",
            Self::Suspended => "suspended",
            Self::Archived => "archived",
        }
    }

    fn condition(self) -> Condition {
        let (there, sends) = (Column::ArchivedAt.is_null(), Column::SuspendedAt.is_null());
        match self {
            Self::Archived => Condition::all().add(Column::ArchivedAt.is_not_null()),
            Self::Suspended => Condition::all().add(there).add(Column::SuspendedAt.is_not_null()),
            Self::Trial => Condition::all().add(there).add(sends).add(Column::Trial.eq(true)),
            Self::Live => Condition::all().add(there).add(sends).add(Column::Trial.eq(false)),
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for State {
    type Err = UnknownState;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|state| state.as_str() == word).ok_or(UnknownState)
    }
}

/// Which services are looked for; what is none does not matter.
#[derive(Clone, Debug, Default)]
pub struct Sought {
    /// Their state.
    pub state: Option<State>,
    /// A part of their name, in any case.
    pub name: Option<String>,
    /// Their organisation.
    pub organisation: Option<OrganisationId>,
}

/// One page of the services looked for, newest first; `older_than` is the last id of the page before.
pub async fn search(
    db: &impl ConnectionTrait,
    sought: &Sought,
    older_than: Option<ServiceId>,
    size: u64,
) -> db::Result<Vec<Model>> {
    let name = sought.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let rows = Entity::find()
        .apply_if(sought.state, |rows, state| rows.filter(state.condition()))
        .apply_if(name, |rows, part| rows.filter(wording::contains(Column::Name, part)))
        .apply_if(sought.organisation, |rows, is| rows.filter(Column::OrganisationId.eq(is)))
        .apply_if(older_than, |rows, last| rows.filter(Column::Id.lt(last)))
        .order_by_desc(Column::Id)
        .limit(size)
        .all(db)
        .await?;
    Ok(rows)
}

/// These services, in no order; ids of none are left out.
pub async fn find_all(db: &impl ConnectionTrait, ids: &[ServiceId]) -> db::Result<Vec<Model>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(Entity::find().filter(Column::Id.is_in(ids.iter().copied())).all(db).await?)
}

/// How many services there are in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Live.
    pub live: u64,
    /// Of these, counted.
    pub counted: u64,
    /// On trial.
    pub trial: u64,
    /// Suspended.
    pub suspended: u64,
    /// Archived.
    pub archived: u64,
}

impl Count {
    /// How many are in this state.
    pub const fn of(&self, state: State) -> u64 {
        match state {
            State::Live => self.live,
            State::Trial => self.trial,
            State::Suspended => self.suspended,
            State::Archived => self.archived,
        }
    }
}

/// Counts services by state.
pub async fn counts(db: &impl ConnectionTrait) -> db::Result<Count> {
    let one = |condition: Condition| Entity::find().filter(condition).count(db);
    Ok(Count {
        live: one(State::Live.condition()).await?,
        counted: one(State::Live.condition().add(Column::Counted.eq(true))).await?,
        trial: one(State::Trial.condition()).await?,
        suspended: one(State::Suspended.condition()).await?,
        archived: one(State::Archived.condition()).await?,
    })
}
