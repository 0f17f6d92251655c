//! Identifiers that know what they identify and sort by birth.

use std::{fmt, hash::Hash, marker::PhantomData, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

use crate::Time;

/// The identifier of a `T`: a UUIDv7, so that byte order is order of creation on every database.
///
/// Its creation time can be read from it, so it is no secret; secrets are random bytes.
pub struct Id<T>(Uuid, PhantomData<fn() -> T>);

impl<T> Id<T> {
    /// A new identifier born at `now`; the order of two born in the same millisecond is random.
    #[expect(clippy::disallowed_methods, reason = "the one place where identifiers are made")]
    pub fn new(now: Time) -> Self {
        let (millis, nanos) = (now.timestamp_millis().max(0) as u64, now.timestamp_subsec_nanos());
        let stamp = uuid::Timestamp::from_unix(uuid::NoContext, millis / 1000, nanos);
        Self(Uuid::new_v7(stamp), PhantomData)
    }

    /// The lowest identifier that could have been born at `moment`: every one born before it sorts
    /// below, so that age can be asked of the primary key.
    pub fn first_of(moment: Time) -> Self {
        let millis = moment.timestamp_millis().max(0) as u64;
        let lowest = uuid::Builder::from_unix_timestamp_millis(millis, &[0; 10]);
        Self(lowest.into_uuid(), PhantomData)
    }

    /// Takes a UUID from outside for an identifier of a `T`.
    pub const fn from_uuid(uuid: Uuid) -> Self {
        Self(uuid, PhantomData)
    }

    /// The plain UUID, for the wire.
    pub const fn uuid(self) -> Uuid {
        self.0
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<T> Hash for Id<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}
impl<T> FromStr for Id<T> {
    type Err = uuid::Error;

    /// Any spelling of a UUID: either case, with or without hyphens, in braces or as a URN
    /// (API specification, section 0.6).
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::parse_str(text).map(Self::from_uuid)
    }
}
impl<T> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
impl<'de, T> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Uuid::deserialize(deserializer).map(Self::from_uuid)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    #[test]
    fn a_later_birth_sorts_later() {
        let early = Id::<()>::new("2026-11-21T10:00:00Z".parse().unwrap());
        let late = Id::<()>::new("2026-11-21T10:00:00.002Z".parse().unwrap());
        assert!(early < late);
    }

    #[test]
    fn any_spelling_of_a_uuid_is_read() {
        let plain: Id<()> = "67e55044-10b1-426f-9247-bb680e5fe0c8".parse().unwrap();
        for spelling in
            ["67E5504410B1426F9247BB680E5FE0C8", "{67e55044-10b1-426f-9247-bb680e5fe0c8}"]
        {
            assert_eq!(plain, spelling.parse().unwrap());
        }
        assert!(" 67e55044-10b1-426f-9247-bb680e5fe0c8".parse::<Id<()>>().is_err());
    }
}
