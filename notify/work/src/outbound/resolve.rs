//! Resolves names for the guarded client and lets only checked addresses through.

use std::net::SocketAddr;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::address::{Forbidden, Reach, allow};

/// The system's resolver behind the check.
pub(super) struct Guarded {
    reach: Reach,
}

impl Guarded {
    pub(super) const fn new(reach: Reach) -> Self {
        Self { reach }
    }
}

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.reach;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed = sift(found, reach)?;
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

/// The addresses that may be called. One refused address beside good ones is left out; when none is
/// left, the first refusal is the answer.
fn sift(
    found: impl Iterator<Item = SocketAddr>,
    reach: Reach,
) -> Result<Vec<SocketAddr>, Forbidden> {
    let mut refusal = None;
    let mut allowed = Vec::new();
    for address in found {
        match allow(address.ip(), reach) {
            Ok(()) => allowed.push(address),
            Err(forbidden) => refusal = refusal.or(Some(forbidden)),
        }
    }
    match refusal {
        Some(forbidden) if allowed.is_empty() => Err(forbidden),
        _ => Ok(allowed),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn only_checked_addresses_are_left() {
        let found = |texts: &[&str]| {
            texts.iter().map(|text| text.parse().unwrap()).collect::<Vec<SocketAddr>>().into_iter()
        };
        let mixed = sift(found(&["10.0.0.1:0", "1.1.1.1:0", "[::1]:0"]), Reach::Public);
        assert_eq!(mixed, Ok(vec!["1.1.1.1:0".parse().unwrap()]));
        let none = sift(found(&["169.254.169.254:0", "[fe80::1]:0"]), Reach::Public);
        assert_eq!(none, Err(Forbidden::Network("link-local")));
        let local = sift(found(&["127.0.0.1:0", "10.0.0.1:0"]), Reach::ThisMachineToo);
        assert_eq!(local, Ok(vec!["127.0.0.1:0".parse().unwrap()]));
    }
}
