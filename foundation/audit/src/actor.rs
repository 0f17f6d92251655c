//! Who did it, as one word that a column keeps.

use std::{fmt, str::FromStr};

use uuid::Uuid;

/// Who did something.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Actor {
    /// A program with an API key: `api-key:{id}`.
    ApiKey(Uuid),
    /// Somebody with a shell on the machine: `operator:{name}`.
    Operator(String),
    /// A person who signed in: `person:{id}`.
    Person(Uuid),
    /// Portico itself, for instance a schedule: `system`.
    System,
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ApiKey(id) => write!(f, "api-key:{id}"),
            Self::Operator(name) => write!(f, "operator:{name}"),
            Self::Person(id) => write!(f, "person:{id}"),
            Self::System => f.write_str("system"),
        }
    }
}

/// A text that names no actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownActor;

impl FromStr for Actor {
    type Err = UnknownActor;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let id = |text: &str| text.parse().map_err(|_| UnknownActor);
        match text.split_once(':') {
            Some(("api-key", rest)) => Ok(Self::ApiKey(id(rest)?)),
            Some(("person", rest)) => Ok(Self::Person(id(rest)?)),
            Some(("operator", name)) => Ok(Self::Operator(name.to_owned())),
            None if text == "system" => Ok(Self::System),
            _ => Err(UnknownActor),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_actor_is_read_back_as_it_was_written() {
        for actor in [
            Actor::ApiKey(Uuid::from_u128(1)),
            Actor::Person(Uuid::from_u128(2)),
            Actor::Operator("night: shift".to_owned()),
            Actor::System,
        ] {
            assert_eq!(actor.to_string().parse(), Ok(actor));
        }
        assert_eq!("robot:1".parse::<Actor>(), Err(UnknownActor));
    }
}
