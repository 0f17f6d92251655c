//! What the share of addresses that do not exist says about a service's lists (administration specification, F.1).

use super::Bounces;

/// Below so many e-mails in 24 hours a share says nothing.
pub const FEW: i64 = 1_000;
/// From so many in a hundred on the team is warned.
const WARNING: i64 = 5;
/// From so many in a hundred on providers may stop sending.
const CRITICAL: i64 = 10;

/// How a service stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It sent too few e-mails to tell.
    Few,
    /// Hardly any address was wrong.
    Fine,
    /// Five in a hundred or more were wrong.
    Warning,
    /// Ten in a hundred or more were wrong.
    Critical,
}

impl Bounces {
    /// How the service stands.
    #[must_use]
    pub const fn standing(&self) -> Standing {
        let hundredfold = self.bounced.saturating_mul(100);
        if self.sent < FEW {
            Standing::Few
        } else if hundredfold >= self.sent.saturating_mul(CRITICAL) {
            Standing::Critical
        } else if hundredfold >= self.sent.saturating_mul(WARNING) {
            Standing::Warning
        } else {
            Standing::Fine
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_thresholds_are_those_of_the_specification() {
        let standing = |sent, bounced| Bounces { sent, bounced }.standing();
        assert_eq!(standing(999, 999), Standing::Few);
        assert_eq!(standing(1_000, 49), Standing::Fine);
        assert_eq!(standing(1_000, 50), Standing::Warning);
        assert_eq!(standing(1_000, 99), Standing::Warning);
        assert_eq!(standing(1_000, 100), Standing::Critical);
    }
}
